"""Standard tables of any size for timing, made by arithmetic alone: the same size gives the same rows.

Not a believable city: only as many rows, dates, links and missing values as a council's ten years would have.
"""

from datetime import date

import duckdb

from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import Kind
from safeboard.figures.tables.schema import arrow_schema
from safeboard.figures.tables.snapshot import Coverage, Manifest, Snapshot

FIRST, LAST = date(1999, 4, 1), date(2009, 3, 31)

ROWS_PER_CHILD = {
    "ssd_person": 1.0,
    "ssd_disability": 0.1,
    "ssd_contacts": 0.2,
    "ssd_cin_episodes": 0.6,
    "ssd_cin_assessments": 0.5,
    "ssd_assessment_factors": 0.3,
    "ssd_s47_enquiry": 0.12,
    "ssd_initial_cp_conference": 0.08,
    "ssd_cp_plans": 0.07,
    "ssd_cp_reviews": 0.15,
    "ssd_cp_visits": 0.1,
    "ssd_cin_plans": 0.1,
    "ssd_cla_episodes": 0.03,
    "conference_attendance": 0.2,
    "conference_issue": 0.1,
    "police_protection": 0.01,
    "domestic_violence_screening": 0.1,
    "mappa_case": 0.001,
    "caf": 0.05,
    "pre_proceedings": 0.001,
}


def _chance(salt: str, choices: int) -> str:
    """A whole number below `choices` that follows from the row's number."""
    return f"(hash(n, '{salt}') % {choices})"


def _date(column: str, ends: dict[str, str]) -> str:
    if column == "pers_dob":
        return f"DATE '1991-01-01' + CAST({_chance(column, 6500)} AS INTEGER)"
    if column in ends:
        return (
            f"CASE WHEN {_chance('open', 8)} > 0 THEN least(DATE '{LAST}', "
            f"{_date(ends[column], {})} + CAST({_chance(column, 400)} AS INTEGER)) END"
        )
    return f"DATE '{FIRST}' + CAST({_chance(column, (LAST - FIRST).days + 1)} AS INTEGER)"


def _expression(table: str, name: str, children: int) -> str:
    declared = TABLES[table]
    column = declared.column(name)
    if name == declared.key:
        return f"'{table}-' || n" if column.name != "pers_person_id" else "'child-' || n"
    if name == declared.person:
        return f"'child-' || {_chance(name, children)}"
    if column.refers_to:
        rows = max(1, int(ROWS_PER_CHILD[column.refers_to] * children))
        return f"'{column.refers_to}-' || {_chance(name, rows)}"
    if column.codes:
        words = ", ".join(f"'{code}'" for code in column.codes)
        known = f"list_extract([{words}], CAST({_chance(name, len(column.codes.words))} AS INTEGER) + 1)"
        return known if column.required else f"CASE WHEN {_chance('known', 20)} > 0 THEN {known} END"
    return {
        Kind.DATE: _date(name, {end: start for start, end in declared.periods}),
        Kind.WHOLE_NUMBER: f"CAST({_chance(name, 3)} AS INTEGER)",
        Kind.YES_NO: f"{_chance(name, 8)} = 0",
        Kind.IDENTIFIER: f"'{name}-' || {_chance(name, max(1, children // 20))}",
        Kind.CODE: "NULL",
    }[column.kind]


def scaled_snapshot(children: int) -> Snapshot:
    """Some 3.8 rows a child over ten years, in memory, on two threads."""
    connection = duckdb.connect(config={"threads": 2})
    counts = {}
    for name, table in TABLES.items():
        counts[name] = max(1, int(ROWS_PER_CHILD[name] * children))
        connection.register("shape", arrow_schema(table).empty_table())
        connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM shape')
        connection.unregister("shape")
        columns = ", ".join(_expression(name, column, children) for column in table.names)
        connection.execute(f'INSERT INTO "{name}" SELECT {columns}, 1, n + 1 FROM range({counts[name]}) AS made(n)')
    return Snapshot(
        identity=f"{children} children",
        manifest=Manifest(
            reference_date=LAST,
            row_counts=counts,
            collected={name: frozenset(table.names) for name, table in TABLES.items()},
            coverage={name: Coverage(FIRST, LAST) for name in TABLES},
        ),
        connection=connection,
    )
