"""Probable duplicates among the people of an area, proposed by Splink with its evidence; decided pairs stay decided."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import pyarrow as pa
from django.db.models import Q
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.blocking_rule_library import CustomRule
from splink.comparison_library import CustomComparison

from safeboard.casework.matching.likeness import chance, comparisons, evidence, splink_levels, total
from safeboard.casework.matching.models import Pair
from safeboard.casework.matching.nicknames import pet_names
from safeboard.casework.matching.weighing import consonants
from safeboard.casework.people.codes import NameKind, RecordStatus
from safeboard.casework.people.models import Person, Relationship
from safeboard.foundation.agencies.models import BoardArea

PROPOSED_FROM: Final = 5.0
"""From this sum of weights on a pair is proposed: thirty to one for one person."""
COMPARED: Final = (
    block_on("born", "left(given, 1)"),
    block_on("born", "sound"),
    block_on("given", "family"),
    block_on("sound", "left(born, 4)"),
    block_on("given", "left(born, 4)", "right(born, 2)"),
    block_on("sound", "postcodes[1]"),
    CustomRule("l.turned = r.born AND l.sound = r.sound"),
)
"""Only pairs that have at least this in common are compared at all: a million records make half a billion pairs."""

logging.getLogger("splink").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Likely:
    """Two people (the lower key first) who may be one, with the sum of weights and what was found, by comparison."""

    one: UUID
    other: UUID
    weight: float
    found: Mapping[str, int]


def propose_duplicates(area: BoardArea, at: datetime) -> int:
    """Compare all people of an area and put the probable pairs up for review. How many are new.

    Pairs known already, whatever was decided, are left alone, and so are two people known to be related.
    """
    rows = list(described(area))
    known = _known_pairs()
    pairs = [
        Pair(one_id=pair.one, other_id=pair.other, weight=pair.weight, evidence=evidence(pair.found), proposed_at=at)
        for pair in likely(rows)
        if (pair.one, pair.other) not in known
    ]
    # Two runs at once propose the same: the second one's are refused by the constraint, one by one.
    Pair.objects.bulk_create(pairs, ignore_conflicts=True)
    return len(pairs)


def _known_pairs() -> set[tuple[UUID, UUID]]:
    held = Pair.objects.values_list("one", "other")
    related = Relationship.objects.values_list("person", "other")
    return {(one, other) for one, other in held} | {(min(pair), max(pair)) for pair in related}


def described(area: BoardArea) -> Iterator[dict[str, Any]]:
    """What is compared of each person of an area, from the facts of the search documents."""
    rows = Person.objects.filter(~Q(status=RecordStatus.JOINED), area=area).order_by("pk")
    for key, sex, facts in rows.values_list("pk", "sex", "search_document__facts").iterator():
        if facts:
            yield as_compared(str(key), sex, facts)


def as_compared(key: str, sex: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """One person's facts as the comparisons want them."""
    named = sorted(facts["names"], key=lambda name: name[0] != NameKind.CURRENT)
    given = named[0][1][0] if named and named[0][1] else ""
    born = facts["days"][0].replace("-", "") if facts["days"] else ""
    return {
        "key": key,
        "given": given,
        "forms": sorted({given, *_formal(given)} - {""}),
        "family": "".join(named[0][2]) if named else "",
        "sound": consonants("".join(named[0][2])) if named else "",
        "names": sorted({word for _, _, family in named for word in family}),
        "born": born,
        "turned": born[:4] + born[6:] + born[4:6],
        "sex": sex,
        "postcodes": sorted({place[2] for place in facts["places"]} - {""}),
        "numbers": sorted({value for kind, value, _ in facts["numbers"] if kind == "nhs"}),
    }


def _formal(given: str) -> list[str]:
    return [formal for formal, pets in pet_names().items() if given in pets]


TABLE: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("key", "given", "family", "sound", "born", "turned", "sex")),
        *((name, pa.list_(pa.string())) for name in ("forms", "names", "postcodes", "numbers")),
    ]
)


def likely(rows: list[dict[str, Any]]) -> list[Likely]:
    """The pairs among the rows that are probably one person, the surest first."""
    return _compared([rows], len(rows), PROPOSED_FROM) if len(rows) > 1 else []


def likely_between(rows: list[dict[str, Any]], others: list[dict[str, Any]], weight: float) -> list[Likely]:
    """The pairs of a row (`one`) and one of the others that weigh at least so much, the surest first."""
    return _compared([rows, others], len(others), weight) if rows and others else []


def _compared(tables: list[list[dict[str, Any]]], records: int, weight: float) -> list[Likely]:
    settings = SettingsCreator(
        link_type="dedupe_only" if len(tables) == 1 else "link_only",
        unique_id_column_name="key",
        probability_two_random_records_match=chance(records),
        comparisons=[
            CustomComparison(output_column_name=each.key, comparison_levels=list(splink_levels(each)))
            for each in comparisons()
        ],
        blocking_rules_to_generate_predictions=list(COMPARED),
    )
    database = DuckDBAPI()
    held = [
        database.register(pa.Table.from_pylist(rows, schema=TABLE), dataset_display_name=f"side_{number}")
        for number, rows in enumerate(tables)
    ]
    predicted = Linker(held, settings, log_level=None).inference.predict(threshold_match_weight=weight).as_record_list()
    first = {row["key"] for row in tables[0]} if len(tables) > 1 else set()
    pairs = [_likely(each, records, first) for each in predicted]
    return sorted(pairs, key=lambda each: (-each.weight, each.one, each.other))


def _likely(compared: Mapping[str, Any], records: int, first: set[str]) -> Likely:
    """Splink numbers the levels that say something downwards to 0, and what is not known -1."""
    found = {}
    for each in comparisons():
        saying = [place for place, level in enumerate(each.levels) if level.weight is not None]
        number = compared[f"gamma_{each.key}"]
        found[each.key] = 0 if number < 0 else saying[len(saying) - 1 - number]
    keys = sorted((compared["key_l"], compared["key_r"]), key=lambda key: (key not in first, key))
    return Likely(UUID(keys[0]), UUID(keys[1]), round(total(found, records), 2), found)
