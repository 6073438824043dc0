"""Fills the check tables from a return read for checking, whole columns at a time."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from safeboard.figures.census.groups import GROUPS, Group, own_elements
from safeboard.figures.census.tables import ENDS
from safeboard.figures.exchange.census_columns import COLUMNS, KEYS
from safeboard.figures.exchange.census_reading import Batch
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import Kind
from safeboard.figures.tables.reading import YES_NO_CENSUS, Fault, read_iso_date, read_number
from safeboard.figures.tables.schema import ARROW_TYPES


def _or_none(read: Callable[[str], Any]) -> Callable[[str], Any]:
    def value(text: str) -> Any:
        found = read(text)
        return None if isinstance(found, Fault) else found

    return value


READERS: Final[dict[Kind, Callable[[str], Any]]] = {
    Kind.DATE: _or_none(read_iso_date),
    Kind.WHOLE_NUMBER: _or_none(read_number),
    Kind.YES_NO: lambda text: YES_NO_CENSUS.get(text, YES_NO_CENSUS.get(text.lower())),
}
"""How one text is read; None where it cannot be."""

_CHILD: Final = "child_number"
_GROUP: Final = "review_group"
_LINE: Final = "line"


class Filler:
    """Adds batches of one return to its check tables. Each different text is read once a batch."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def add(self, batch: Batch) -> None:
        """Adds the batch's rows to every check table."""
        children = pa.array(batch.children, pa.int32())
        for table in COLUMNS:
            self._connection.register(table, _staged(batch, table, children))
        for group in GROUPS.values():
            self._connection.execute(_insert(group))
        for table in COLUMNS:
            self._connection.unregister(table)


def _staged(batch: Batch, table: str, children: pa.Array) -> pa.Table:
    """The batch's rows of one standard table: row numbers, texts, and values beside those that must be read."""
    columns: dict[str, pa.Array] = {_LINE: pa.array(batch.column(table, -1), pa.int32())}
    for place, name in enumerate(COLUMNS[table]):
        given = batch.column(table, place)
        kind = TABLES[table].column(name).kind
        if name in KEYS[table]:
            columns |= {name: _numbers(given)} if name in _NUMBERS else {}
        elif kind in READERS:
            columns[f"{name}_text"] = _trimmed(given)
            columns[name] = _values(columns[f"{name}_text"], kind)
        else:
            columns[name] = _trimmed(given)
    columns[_CHILD] = _children(batch, table, children)
    if table == "ssd_cp_reviews":
        columns[_GROUP] = pa.array(batch.review_groups, pa.int32())
    return pa.table(columns)


def _children(batch: Batch, table: str, children: pa.Array) -> pa.Array:
    if table == "ssd_person":
        return pa.array(range(batch.first, batch.last + 1), pa.int32())
    keys = _numbers(batch.column(table, 0))
    return children.take(pc.subtract(keys, batch.first_key))


def _numbers(keys: list[str | int | None]) -> pa.Array:
    return pa.array(keys, pa.string()).cast(pa.int32())


def _trimmed(given: list[str | int | None]) -> pa.Array:
    texts = pc.utf8_trim_whitespace(pa.array(given, pa.string()))
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _values(texts: pa.Array, kind: Kind) -> pa.Array:
    encoded, read = texts.dictionary_encode(), READERS[kind]
    values = [read(text) for text in encoded.dictionary.to_pylist()]
    return pa.array(values, ARROW_TYPES[kind]).take(encoded.indices)


_SOURCES: Final[Mapping[str, tuple[str, str, Mapping[str, str]]]] = {
    "ChildIdentifiers": ("ssd_person", "child_number", {}),
    "ChildCharacteristics": ("ssd_person", "child_number", {}),
    "Disabilities": ("ssd_disability", "disa_table_id", {}),
    "CINdetails": ("ssd_cin_episodes", "cine_referral_id", {"episode": "cine_referral_id"}),
    "Assessments": (
        "ssd_cin_assessments",
        "cina_assessment_id",
        {"episode": "cina_referral_id", "assessment": "cina_assessment_id"},
    ),
    "AssessmentFactors": ("ssd_assessment_factors", "cinf_table_id", {"assessment": "cinf_assessment_id"}),
    "CINPlanDates": ("ssd_cin_plans", "cinp_cin_plan_id", {"episode": "cinp_referral_id"}),
    "Section47": ("ssd_s47_enquiry", "s47e_s47_enquiry_id", {"episode": "s47e_referral_id"}),
    "ChildProtectionPlans": (
        "ssd_cp_plans",
        "cppl_cp_plan_id",
        {"episode": "cppl_referral_id", "plan": "cppl_cp_plan_id"},
    ),
    "Reviews": ("ssd_cp_reviews", "cppr_cp_review_id", {"plan": "cppr_cp_plan_id", "review_group": "review_group"}),
    "PreProceedingsandFGDM": (
        "pre_proceedings",
        "prep_pre_proceedings_id",
        {"episode": "prep_referral_id"},
    ),
}
"""For each group: the standard table of its rows, their key there, and the columns of numbers."""

_NUMBERS: Final = frozenset(
    {"icpc_referral_id", "icpc_s47_enquiry_id"}
    | {key for _, key, _ in _SOURCES.values()}
    | {column for _, _, numbers in _SOURCES.values() for column in numbers.values()}
)
"""The keys that are used: those of rows and of the rows above them."""

_JOINS: Final = {
    "CINdetails": "LEFT JOIN ssd_initial_cp_conference AS conference ON icpc_referral_id = cine_referral_id "
    "AND icpc_s47_enquiry_id IS NULL",
    "Section47": "LEFT JOIN ssd_initial_cp_conference AS conference ON icpc_s47_enquiry_id = s47e_s47_enquiry_id",
    "AssessmentFactors": "JOIN ssd_cin_assessments ON cina_assessment_id = cinf_assessment_id",
    "Reviews": "JOIN ssd_cp_plans ON cppl_cp_plan_id = cppr_cp_plan_id",
}
"""What a group's rows take from other tables: the conference, or the episode above."""

_EPISODE_OF: Final = {"AssessmentFactors": "cina_referral_id", "Reviews": "cppl_referral_id"}


def _insert(group: Group) -> str:
    table, key, numbers = _SOURCES[group.name]
    picked = {"n": key, "child": f"{table}.child_number", "line": f"{table}.line"}
    if group.name in _EPISODE_OF:
        picked["episode"] = _EPISODE_OF[group.name]
    picked |= numbers
    for element in own_elements(group):
        picked[element.name] = element.column.name
        if element.typed:
            picked[f"{element.name}_text"] = f"{element.column.name}_text"
    if group.name in ENDS:
        end = GROUPS[group.name].element(ENDS[group.name]).column.name
        picked["still_open"] = f"{end}_text IS NULL"
        picked["last_day"] = f"CASE WHEN {end}_text IS NULL THEN reference_date() ELSE {end} END"
    chosen = ", ".join(f"{what} AS {name}" for name, what in picked.items())
    return f"INSERT INTO {group.name} BY NAME SELECT {chosen} FROM {table} {_JOINS.get(group.name, '')}"
