"""Reads what each room declares of its tables in `keeping.toml`: a retention class, and a class for each field."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from django.apps import apps
from django.db.models import Model

from safeboard.foundation.keeping.classes import PersonalData

OF_TABLE: Final = ("retention", "copied")
"""What a declaration says of a table as a whole; all else in it names fields."""

OF_LIBRARIES: Final = "safeboard.site"
"""Where the tables of libraries are declared: they have no `keeping.toml` of their own."""


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """How long a class of records is kept: so many years after an event. Not confirmed by the board's own schedule.

    `copied` says whether a scrubbed copy of the house has rows of it.
    """

    key: str
    title: str
    event: str
    years: int
    source: str
    confirmed: bool
    copied: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What a room declares of one of its tables. `copied`: whether a scrubbed copy of the house has its rows."""

    retention: RetentionClass
    fields: Mapping[str, PersonalData]
    copied: bool


@cache
def retention_classes() -> Mapping[str, RetentionClass]:
    declared = tomllib.loads(files(__package__).joinpath("retention.toml").read_text(encoding="utf-8"))
    return {key: RetentionClass(key=key, **entry) for key, entry in declared.items()}


@cache
def declared_in(package: str) -> Mapping[str, Kept]:
    """The tables of a room by model name. Empty where it declares none; KeyError for a class that does not exist."""
    file = files(package).joinpath("keeping.toml")
    if not file.is_file():
        return {}
    return {model: _kept(entry) for model, entry in tomllib.loads(file.read_text(encoding="utf-8")).items()}


def _kept(entry: Mapping[str, Any]) -> Kept:
    retention = retention_classes()[entry["retention"]]
    return Kept(
        retention=retention,
        fields={
            field: PersonalData(named) for named, fields in entry.items() if named not in OF_TABLE for field in fields
        },
        copied=bool(entry.get("copied", retention.copied)),
    )


def tables() -> Iterator[tuple[type[Model], Kept | None]]:
    """Every table of the house and of the libraries it uses, with what is declared of it; None where nothing is."""
    for model in apps.get_models():
        room = apps.get_app_config(model._meta.app_label).name
        ours = room.startswith("safeboard.")
        if (ours or model._meta.managed) and not model._meta.proxy and not model.__module__.startswith("tests."):
            name = model.__name__ if ours else model._meta.label_lower.replace(".", "_")
            yield model, declared_in(room if ours else OF_LIBRARIES).get(name)
