"""The check tables: a census return in DuckDB, one table for each group of the file, and the words rules use.

Every check table has `n` (its row's number), `child` (the child's number), `line`, and the numbers of the rows that
enclose it (`episode`, `assessment`, `plan`; a row of CINdetails has its own number as `episode`, so that everything in
an episode joins USING (episode)). An element of dates, flags or numbers has two columns: its value, and its text with
`_text` after the name. A value is NULL where the text is missing or cannot be read, so a rule about a value says
nothing of an unreadable one, and a rule about a missing value asks whether the text is NULL.

`still_open` is true where the end is not given; `last_day` is then the reference date, and NULL for an unreadable end.
"""

from datetime import date, timedelta
from typing import Final

import duckdb

from safeboard.figures.census.code_lists import codes_in_force, upn_authorities
from safeboard.figures.census.groups import GROUPS, HEADER, own_elements
from safeboard.figures.census.years import rules_year
from safeboard.figures.tables.declaration import Kind
from safeboard.foundation.guidance import rule_in_force
from safeboard.foundation.kernel.periods import Period
from safeboard.foundation.kernel.working_days import add_working_days, is_working_day

SQL_TYPES: Final = {
    Kind.IDENTIFIER: "VARCHAR",
    Kind.CODE: "VARCHAR",
    Kind.DATE: "DATE",
    Kind.WHOLE_NUMBER: "INTEGER",
    Kind.YES_NO: "BOOLEAN",
}

ENDS: Final = {
    "CINdetails": "CINclosureDate",
    "Assessments": "AssessmentAuthorisationDate",
    "CINPlanDates": "CINPlanEndDate",
    "ChildProtectionPlans": "CPPendDate",
}
"""The element that ends each group that lasts."""

SCHOOL_AGE_YEARS: Final = 6
"""Rule 8770Q asks about children born on or before 31 August this many years before the census ends."""


def new_tables(census_year: Period) -> duckdb.DuckDBPyConnection:
    """A connection with empty check tables and the macros for that census year."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    for statement in (*_macros(census_year), *_tables()):
        connection.execute(statement)
    return connection


def _tables() -> list[str]:
    header = ", ".join(f"{name} VARCHAR" for name in HEADER if name not in ("Year", "ReferenceDate"))
    made = [
        f"CREATE TABLE Header (n INTEGER, line INTEGER, {header}, Year INTEGER, Year_text VARCHAR, "
        "ReferenceDate DATE, ReferenceDate_text VARCHAR)"
    ]
    for group in GROUPS.values():
        columns = ["n INTEGER", "child INTEGER", "line INTEGER"]
        columns += [f"{column} INTEGER" for column in own_numbers(group.name) if column != "child"]
        for element in own_elements(group):
            columns += [f"{element.name} {SQL_TYPES[element.column.kind]}"]
            columns += [f"{element.name}_text VARCHAR"] if element.typed else []
        columns += ["still_open BOOLEAN", "last_day DATE"] if group.name in ENDS else []
        made.append(f"CREATE TABLE {group.name} ({', '.join(columns)})")
    return made


def own_numbers(group: str) -> tuple[str, ...]:
    """The number columns of a group's check table beside `n`: those of the groups above it, and its own."""
    own = {"CINdetails": "episode", "Assessments": "assessment", "ChildProtectionPlans": "plan"}.get(group)
    above = tuple(GROUPS[group].above.values())
    extra = ("review_group",) if group == "Reviews" else ()
    return above + ((own,) if own else ()) + extra


def _macros(census_year: Period) -> list[str]:
    ends = census_year.end.year
    school_age = date(ends - SCHOOL_AGE_YEARS, 8, 31)
    by = rules_year(ends)
    lists = ", ".join(f"'{name}': [{_quoted(codes)}]" for name, codes in codes_in_force(by).items())
    days = {
        "first_day": census_year.start,
        "reference_date": census_year.end,
        "last_working_day_before_year": last_working_day_before(census_year.start),
        "first_timely_assessment": _days_back(census_year.end, "single assessment"),
        "first_timely_enquiry": _days_back(census_year.end, "initial conference"),
        "school_age_born_by": school_age,
    }
    return [
        *(f"CREATE MACRO {name}() AS DATE '{day.isoformat()}'" for name, day in days.items()),
        "CREATE MACRO in_year(day) AS day BETWEEN first_day() AND reference_date()",
        "CREATE MACRO not_true(flag, given) AS given IS NULL OR NOT flag",
        "CREATE MACRO not_false(flag, given) AS given IS NULL OR flag",
        f"CREATE MACRO in_code_list(element, code) AS list_contains(MAP {{{lists}}}[element], code)",
        f"CREATE MACRO upn_authority_known(number) AS list_contains([{_quoted(upn_authorities(by))}], number)",
    ]


def _quoted(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def _days_back(reference_date: date, what: str) -> date:
    """The earliest day from which the guidance's working days are not yet over on the reference date.

    An early return is checked by the rules of a later year, and so by the limit of that year.
    """
    on = Period.year_ending(rules_year(reference_date.year)).end
    return add_working_days(reference_date, -rule_in_force(what, "", on).value)


def last_working_day_before(day: date) -> date:
    """The last working day earlier than `day`."""
    before = day - timedelta(days=1)
    while not is_working_day(before):
        before -= timedelta(days=1)
    return before
