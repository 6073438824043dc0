"""Reads the rule book's data files strictly: a misspelt word or an overlap in them fails at once, not in a figure."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any, Final

from safeboard.foundation.guidance.rules import Edition, Ended, Entry, Mark, Rule, Unit, Wording

_MARKS: Final = {"C": Mark.CONFIRMED, "S": Mark.STATED, "M": Mark.UNCONFIRMED}

_KINDS: Final = ("timescale", "wording", "ended")

_EDITION_FIELDS: Final = {"name", "first_day", "day_known", "mark", "source", "note"}

_BOARD_FIELDS: Final = {"place", "area"}

_ENTRY_FIELDS: Final = {"what", "from", "until", "day_known", "mark", "source", "note", "of", "words"}

_FIELDS: Final = {
    "timescale": (_ENTRY_FIELDS - {"words"}) | {"value", "unit"},
    "wording": _ENTRY_FIELDS - {"of"},
    "ended": _ENTRY_FIELDS - {"of"},
}

_REQUIRED: Final = {
    "timescale": {"what", "value", "unit", "mark", "source"},
    "wording": {"what", "words", "mark", "source"},
    "ended": {"what", "words", "mark", "source"},
}


class BrokenRuleBook(ValueError):
    """A data file of the rule book contradicts itself. The message names file and entry."""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Every edition in order of time, and every entry, national and local, of each."""

    editions: tuple[Edition, ...]
    national: tuple[Entry, ...]
    local: tuple[Entry, ...]


def read_rule_book(root: Traversable, names: Iterable[str]) -> RuleBook:
    """The rule book under `root`: `editions/*/edition.toml` with `timescales.toml` beside it, and `local/*.toml`.

    `names` are the words an entry may have as `what`. BrokenRuleBook where a file is wrong.
    """
    known = frozenset(names)
    editions = _editions(root.joinpath("editions"))
    national = tuple(
        entry
        for edition in editions
        for entry in _entries(_toml(root, f"editions/{edition.folder}/timescales.toml"), edition, known)
    )
    local = tuple(
        entry
        for file in sorted(file.name for file in root.joinpath("local").iterdir() if file.name.endswith(".toml"))
        for entry in _local_entries(_toml(root, f"local/{file}"), editions, known)
    )
    return RuleBook(editions, national, local)


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    content: Mapping[str, Any]

    def broken(self, said: str) -> BrokenRuleBook:
        return BrokenRuleBook(f"{self.path}: {said}")

    def only(self, fields: Iterable[str], allowed: Iterable[str], where: str = "") -> None:
        strange = sorted(set(fields) - set(allowed))
        if strange:
            raise self.broken(f"{where}unknown {', '.join(strange)}")


def _toml(root: Traversable, path: str) -> _File:
    return _File(path, tomllib.loads(root.joinpath(path).read_text(encoding="utf-8")))


def _editions(root: Traversable) -> tuple[Edition, ...]:
    files = {folder.name: _toml(folder, "edition.toml") for folder in root.iterdir() if folder.is_dir()}
    for file in files.values():
        file.only(file.content, _EDITION_FIELDS)
    in_order = sorted(files, key=lambda folder: files[folder].content["first_day"])
    starts = [files[folder].content["first_day"] for folder in in_order]
    last_days = [*(start - timedelta(days=1) for start in starts[1:]), date.max]
    return tuple(
        Edition(
            name=files[folder].content["name"],
            folder=folder,
            first_day=first_day,
            last_day=last_day,
            day_known=files[folder].content.get("day_known", True),
            mark=_MARKS[files[folder].content["mark"]],
            source=files[folder].content["source"],
            note=files[folder].content.get("note", ""),
        )
        for folder, first_day, last_day in zip(in_order, starts, last_days, strict=True)
    )


def _local_entries(file: _File, editions: Iterable[Edition], known: frozenset[str]) -> list[Entry]:
    """A board's entries, each set against one edition by name and ending with it."""
    by_name = {edition.name: edition for edition in editions}
    file.only(file.content, {*_BOARD_FIELDS, *_KINDS, "edition"})
    edition = by_name.get(file.content["edition"])
    if edition is None:
        raise file.broken(f"no edition is named {file.content['edition']}")
    entries = _File(file.path, {key: value for key, value in file.content.items() if key in _KINDS})
    return _entries(entries, edition, known, place=file.content["place"], area=tuple(file.content["area"]))


def _entries(
    file: _File, edition: Edition, known: frozenset[str], *, place: str = "", area: tuple[str, ...] = ()
) -> list[Entry]:
    file.only(file.content, _KINDS)
    entries = [
        _entry(file, kind, given, edition, known, place, area)
        for kind in _KINDS
        for given in file.content.get(kind, ())
    ]
    _refuse_overlaps(file, entries)
    return entries


def _entry(
    file: _File,
    kind: str,
    given: Mapping[str, Any],
    edition: Edition,
    known: frozenset[str],
    place: str,
    area: tuple[str, ...],
) -> Entry:
    what = given.get("what")
    if what not in known:
        raise file.broken(f"there is no rule named {what}")
    file.only(given, _FIELDS[kind], f"{what}: ")
    missing = sorted(_REQUIRED[kind] - set(given))
    if missing:
        raise file.broken(f"{what}: without {', '.join(missing)}")
    first_day, last_day, day_known = _days(file, given, edition)
    common: dict[str, Any] = {
        "what": what,
        "edition": edition.name,
        "first_day": first_day,
        "last_day": last_day,
        "day_known": day_known,
        "source": given["source"],
        "mark": _MARKS[given["mark"]],
        "note": given.get("note", ""),
        "place": place,
        "area": area,
    }
    if kind == "wording":
        return Wording(**common, words=given["words"])
    if kind == "ended":
        return Ended(**common, words=given["words"])
    if given["value"] <= 0:
        raise file.broken(f"{what}: {given['value']} is no limit")
    return Rule(**common, value=given["value"], unit=Unit(given["unit"]), of=given.get("of", ""))


def _days(file: _File, given: Mapping[str, Any], edition: Edition) -> tuple[date, date, bool]:
    first_day: date = given.get("from", edition.first_day)
    last_day: date = given.get("until", edition.last_day)
    day_known: bool = given.get("day_known", "from" in given or edition.day_known)
    if not edition.first_day <= first_day <= last_day <= edition.last_day:
        raise file.broken(f"{given['what']}: {first_day} to {last_day} is not within {edition.name}")
    if not day_known and first_day.day != 1:
        raise file.broken(f"{given['what']}: an unknown day is given as the first of its month")
    return first_day, last_day, day_known


def _refuse_overlaps(file: _File, entries: Iterable[Entry]) -> None:
    in_order = sorted(entries, key=lambda entry: (entry.what, entry.first_day))
    for earlier, later in pairwise(in_order):
        if earlier.what == later.what and later.first_day <= earlier.last_day:
            raise file.broken(f"{later.what}: two entries hold on {later.first_day}")
