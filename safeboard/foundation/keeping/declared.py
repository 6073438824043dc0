"""Reads what each room declares of its tables in `keeping.toml`: a retention class, and a class for each field."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from safeboard.foundation.keeping.classes import PersonalData


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """How long a class of records is kept: so many years after an event. Not confirmed by the board's own schedule."""

    key: str
    title: str
    event: str
    years: int
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What a room declares of one of its tables."""

    retention: RetentionClass
    fields: Mapping[str, PersonalData]


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
    return Kept(
        retention=retention_classes()[entry["retention"]],
        fields={
            field: PersonalData(named) for named, fields in entry.items() if named != "retention" for field in fields
        },
    )
