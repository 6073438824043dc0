"""Two snapshots of one year: what readers without rows see of the second is protected beside the first."""

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.figures.disclosure.assembling import assemble
from safeboard.figures.disclosure.figures import protect_figures
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.performance.codes import PUBLISHED_THRESHOLD, Audience, Origin
from safeboard.figures.performance.models import FigureRow, HouseSnapshot
from safeboard.figures.performance.publishing import prepare
from safeboard.figures.performance.selectors import chosen, snapshots
from safeboard.figures.performance.stored import counted_of, earlier_of, figure_of
from safeboard.foundation.access.words import Action
from safeboard.foundation.kernel.errors import BadInput
from tests.house.synthetic import house
from tests.performance.city import city_files, loaded
from tests.performance.making import a_snapshot

__all__ = ["city_files"]
pytestmark = pytest.mark.django_db


def without_three_children(paths: Sequence[Path], to: Path) -> list[Path]:
    """The same files, three children missing from the newest return: as a board corrects it."""
    corrected = []
    for path in paths:
        text = path.read_text() if path.name == "CIN_Census_2009.xml" else ""
        children = re.findall(r"<Child>.*?</Child>", text, re.DOTALL)
        for child in (children[number] for number in (100, 500, 900) if children):
            text = text.replace(child, "", 1)
        if text:
            path = to / path.name
            path.write_text(text)
        corrected.append(path)
    return corrected


def test_a_corrected_year_tells_nobody_how_few_were_corrected(city_files: Sequence[Path], tmp_path: Path) -> None:
    here = house()
    first = loaded(here, city_files)
    second = loaded(here, without_three_children(city_files, tmp_path))
    before, after = ({row.position: row for row in each.figures.all()} for each in (first, second))
    changed = [place for place in before if before[place].numerator != after[place].numerator]
    assert len(changed) > 20
    few = [
        place
        for place in before
        if not before[place].numerator_hidden
        and not after[place].numerator_hidden
        and 0 < abs((before[place].numerator or 0) - (after[place].numerator or 0)) <= PUBLISHED_THRESHOLD
    ]
    assert few == []
    opened = [p for p in before if before[p].numerator_hidden and after[p].numerator and not after[p].numerator_hidden]
    assert opened == []
    figures = [counted_of(row) for row in after.values()]
    again = protect_figures(figures, MEASURES, PUBLISHED_THRESHOLD, earlier_of(second))
    assert [figure_of(row, full=False) for row in after.values()] == list(again)
    assert assemble(figures, MEASURES, PUBLISHED_THRESHOLD).publication.cells


def live(like: HouseSnapshot) -> HouseSnapshot:
    """A snapshot of live records, counted a moment ago."""
    rows = list(like.figures.all())
    like.pk, like.identity, like.measured_at = uuid4(), "0" * 64, timezone.now()
    like.origin, like.upload = Origin.LIVE, None
    like._state.adding = True
    like.save()
    for row in rows:
        row.pk, row.snapshot = None, like
        row._state.adding = True
    FigureRow.objects.bulk_create(rows)
    return like


def test_live_records_are_shown_to_those_alone_who_may_see_rows() -> None:
    here = house()
    files = a_snapshot(here)
    nightly = live(HouseSnapshot.objects.get(pk=files.pk))
    offered = {}
    for role in ("analyst", "business_manager", "chair", "board_member", "social_worker"):
        viewer = here.viewer(role, at=timezone.now())
        taken = chosen(viewer)
        assert taken is not None
        offered[role] = {each.pk for each in taken.offered} == {each.pk for each in snapshots(viewer, Action.FIND)}
        assert {each.pk for each in taken.offered} == ({files.pk, nightly.pk} if taken.full else {files.pk})
    assert offered == dict.fromkeys(offered, True)
    address = reverse("performance-snapshot", args=[nightly.pk])
    assert [here.client(role).get(address).status_code for role in ("analyst", "chair")] == [200, 404]


def test_a_public_report_of_live_records_is_refused_once_other_figures_of_the_year_were_shown() -> None:
    here = house()
    files = a_snapshot(here)
    nightly = live(HouseSnapshot.objects.get(pk=files.pk))
    HouseSnapshot.objects.filter(pk=files.pk).update(measured_at=timezone.now() + timedelta(minutes=1))
    by = here.viewer("analyst", at=timezone.now())
    with pytest.raises(BadInput, match="were shown to everybody since"):
        prepare(snapshot=nightly, audience=Audience.PUBLIC, by=by)
    assert prepare(snapshot=nightly, audience=Audience.BOARD, by=by).pk
    assert prepare(snapshot=files, audience=Audience.PUBLIC, by=by).pk
