"""The reference city's sources as an analyst gives them, loaded into the house as the worker loads them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from safeboard.figures.city.reference import write_reference_city
from safeboard.figures.performance.measuring import measure
from safeboard.figures.performance.models import FigureRow, HouseSnapshot, Upload
from safeboard.figures.performance.reading import read
from safeboard.figures.performance.services import give_files, make_snapshot
from tests.house.synthetic import House, house


@pytest.fixture(scope="session")
def city_files(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    """The reference city's returns of 2008 and 2009, and its sheets."""
    return write_reference_city(tmp_path_factory.mktemp("city"))


def given(paths: Sequence[Path]) -> list[SimpleUploadedFile]:
    """The files as a browser sends them."""
    return [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]


def uploaded(here: House, paths: Sequence[Path]) -> Upload:
    """Files given by the analyst and read by the worker."""
    upload = give_files(files=given(paths), by=here.viewer("analyst"))
    read(upload.pk)
    upload.refresh_from_db()
    return upload


def loaded(here: House, paths: Sequence[Path], year: str = "") -> HouseSnapshot:
    """The same, made a snapshot and its figures counted."""
    upload = uploaded(here, paths)
    assert list(upload.problems.filter(stops=True)) == []
    snapshot = make_snapshot(upload=upload, year=year, by=here.viewer("analyst"))
    measure(snapshot.pk)
    snapshot.refresh_from_db()
    return snapshot


@pytest.fixture(scope="session")
def counted_once() -> dict[str, Sequence[Model]]:
    """The rows of the city, kept from the first module that needs them: counting them takes as long as many tests."""
    return {}


@pytest.fixture(scope="module")
def city(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    city_files: Sequence[Path],
    counted_once: dict[str, Sequence[Model]],
) -> Iterator[HouseSnapshot]:
    """The reference city's snapshot, loaded for the tests of a module and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        here = house()
        if not counted_once:
            snapshot = loaded(here, city_files)
            counted_once["first"] = [snapshot.upload, *snapshot.upload.files.all(), snapshot]  # type: ignore[union-attr]
            counted_once["figures"] = list(snapshot.figures.all())
        else:
            _put_back(here, counted_once)
        yield HouseSnapshot.objects.get(pk=counted_once["first"][-1].pk)
        transaction.set_rollback(True)


def _put_back(here: House, kept: dict[str, Sequence[Model]]) -> None:
    for row in kept["first"]:
        for name, now in (("area", here.area), ("made_by", here.user("analyst"))):
            if hasattr(row, name):
                setattr(row, name, now)
        row.save(force_insert=True)
    FigureRow.objects.bulk_create([row for row in kept["figures"] if isinstance(row, FigureRow)])
