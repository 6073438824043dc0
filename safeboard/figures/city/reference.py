"""The reference city: two census returns and the sheets beside them, from which the printed report's figures follow.

It is the same city whenever and wherever it is written: every draw comes from a generator seeded with a word.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from safeboard.figures.city import reference_numbers as numbers
from safeboard.figures.city.conferences import conferences_of
from safeboard.figures.city.draws import seeded
from safeboard.figures.city.records import Child
from safeboard.figures.city.reference_care import draw_protections, looked_after_rows, protection_rows
from safeboard.figures.city.reference_caseload import Case, draw_caseload
from safeboard.figures.city.reference_children import children_of
from safeboard.figures.city.reference_conferences import attendance_rows, issue_rows
from safeboard.figures.city.reference_plans import draw_plans
from safeboard.figures.city.reference_programmes import caf_rows, contact_rows, mappa_rows, screening_rows
from safeboard.figures.city.rows import Rows, rows_of
from safeboard.figures.city.sheets import whole_folder, write_sheet
from safeboard.figures.city.targets import impossible_figures
from safeboard.figures.exchange.census_writer import Sender, open_return
from safeboard.figures.tables.catalogue import TABLES

__all__ = ["ReferenceCity", "draw_reference_city", "impossible_figures", "write_reference_city"]

_SENDER: Final = Sender(numbers.AREA)

_ASSESSMENT_COLUMNS: Final = (
    "cina_assessment_id",
    "cina_person_id",
    "cina_referral_id",
    "cina_assessment_kind",
    "cina_assessment_start_date",
    "cina_assessment_auth_date",
)
"""The census of today says of no assessment whether it was initial or core, so this sheet does, for every one."""


SHEETS: Final = (
    "ssd_cin_assessments",
    "conference_attendance",
    "conference_issue",
    "police_protection",
    "ssd_cla_episodes",
    "domestic_violence_screening",
    "mappa_case",
    "caf",
    "ssd_contacts",
)
"""The tables written as sheets beside the returns."""


@dataclass(frozen=True, slots=True)
class ReferenceCity:
    """The whole city in memory: its children, their episodes, and their rows by child identifier."""

    children: Sequence[Child]
    cases: Sequence[Case]
    rows: Mapping[str, Rows]


def draw_reference_city() -> ReferenceCity:
    """The reference city, always the same."""
    cases = draw_caseload(_rng("episodes"), draw_plans(_rng("plans")))
    children = children_of(cases, _rng("children"))
    return ReferenceCity(children, cases, {child.id: rows_of(child) for child in children})


def write_reference_city(out: Path) -> tuple[Path, ...]:
    """Write the reference city's returns of 2008 and 2009 and its sheets into the folder `out`; the files written.

    All of them together are the sources of one report. The folder is made if need be, its files of the same names are
    replaced. BadInput where a return cannot be written.
    """
    returns = {year: f"CIN_Census_{year}.xml" for year in numbers.FLOWS}
    names = (*returns.values(), *(f"{table}.csv" for table in SHEETS))
    with whole_folder(out, names) as part:
        city = draw_reference_city()
        for year, name in returns.items():
            with open_return(part / name, year=year, sender=_SENDER) as add:
                for rows in city.rows.values():
                    add(rows)
        for table, columns, lines in _sheets(city):
            write_sheet(part, table, columns, lines)
    return tuple(out / name for name in names)


def _sheets(city: ReferenceCity) -> Iterator[tuple[str, Sequence[str], Iterator[dict[str, Any]]]]:
    """Each sheet's table, columns and rows."""
    conferences = [each for child in city.children for each in conferences_of(child, city.rows[child.id])]
    protections = draw_protections(city.cases, _rng("police protection"))
    yield "ssd_cin_assessments", _ASSESSMENT_COLUMNS, _all(city, "ssd_cin_assessments")
    for table, rows in (
        ("conference_attendance", attendance_rows(conferences, _rng("attendance"))),
        ("conference_issue", issue_rows(conferences, _rng("issues"))),
        ("police_protection", protection_rows(protections)),
        ("ssd_cla_episodes", looked_after_rows(city.cases, protections, _rng("looked after"))),
        ("domestic_violence_screening", screening_rows(_rng("screenings"))),
        ("mappa_case", mappa_rows(_rng("mappa"))),
        ("caf", caf_rows(city.children, _rng("common assessments"))),
        ("ssd_contacts", contact_rows(city.children, _rng("contacts"))),
    ):
        yield table, TABLES[table].names, rows


def _all(city: ReferenceCity, table: str) -> Iterator[dict[str, Any]]:
    return (row for rows in city.rows.values() for row in rows[table])


def _rng(concern: str) -> Random:
    """A generator of its own for each concern, so that a change to one leaves the others as they are."""
    return seeded(f"reference city: {concern}")
