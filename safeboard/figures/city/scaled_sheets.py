"""The tables the census lacks, for the scaled city: each row follows from one child, or from no child at all."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from safeboard.figures.city.conferences import conferences_of, invitations, issue_row
from safeboard.figures.city.draws import Weighted, day_between
from safeboard.figures.city.records import Child
from safeboard.figures.city.rows import Rows
from safeboard.figures.city.scaled_child import Span

Row = dict[str, Any]

_DAY: Final = timedelta(days=1)
_BY_POLICE: Final = 0.1
_LOOKED_AFTER: Final = 0.06
_OLD_ENOUGH: Final = 8
_AGENCY: Final = Weighted({"EDUCATION": 60, "HEALTH": 22, "EARLY_YEARS": 10, "VOLUNTARY": 5, "YOUTH": 3})
_ISSUES: Final = {"DOMESTIC_VIOLENCE": 0.48, "ALCOHOL": 0.22, "DRUGS": 0.2}
_LEVELS: Final = Weighted({"1": 2, "2": 5, "3": 2, "4": 1})
_SCREENINGS_A_CHILD: Final = 0.25
_CHILDREN_A_CASE: Final = 400


def sheet_rows(rng: Random, child: Child, rows: Rows, family: str, span: Span) -> Iterator[tuple[str, Row]]:
    """(table, row) for everything about the child that no census return holds."""
    for conference in conferences_of(child, rows):
        parent, present = rng.random() < 0.87, conference.age >= _OLD_ENOUGH and rng.random() < 0.3
        for row in invitations(conference, rng, parent_came=parent, child_came=present):
            yield "conference_attendance", row
        if conference.kind == "INITIAL" and rng.random() < 0.9:
            found = [code for code, share in _ISSUES.items() if rng.random() < share]
            for code in found or ["NONE"]:
                yield "conference_issue", issue_row(conference, code)
    for number, episode in enumerate(child.episodes):
        if episode.referred >= span.first:
            yield "ssd_contacts", _contact(child, number, episode.referred, episode.source)
    yield from _care(rng, child, family, span)
    if rng.random() < 0.06:
        yield "caf", _caf(rng, child, span)


def _contact(child: Child, number: int, day: date, source: str) -> Row:
    return {
        "cont_contact_id": f"{child.id}/t{number + 1}",
        "cont_person_id": child.id,
        "cont_contact_date": day,
        "cont_contact_source_code": source,
    }


def _care(rng: Random, child: Child, family: str, span: Span) -> Iterator[tuple[str, Row]]:
    """Police protection at the start of some enquiries, and the looked-after periods after it or without it."""
    begun = [enquiry.started for episode in child.episodes for enquiry in episode.enquiries]
    for day in begun:
        by_police = rng.random() < _BY_POLICE and child.born < day
        if by_police:
            yield (
                "police_protection",
                {
                    "polp_protection_id": f"{child.id}/y{day}",
                    "polp_person_id": child.id,
                    "polp_family_id": family,
                    "polp_start_date": day,
                    "polp_became_looked_after": True,
                },
            )
        if by_police or (child.born < day and rng.random() < _LOOKED_AFTER):
            ended = day + timedelta(days=3 + int(rng.expovariate(1 / 200)))
            yield "ssd_cla_episodes", _looked_after(rng, child, day, ended if ended <= span.last else None)
            return


def _looked_after(rng: Random, child: Child, first: date, last: date | None) -> Row:
    return {
        "clae_cla_episode_id": f"{child.id}/l{first}",
        "clae_person_id": child.id,
        "clae_cla_episode_start_date": first,
        "clae_cla_episode_ceased_date": last,
        "clae_short_breaks_only": rng.random() < 0.05,
    }


def _caf(rng: Random, child: Child, span: Span) -> Row:
    completed = min(max(child.episodes[0].referred - timedelta(days=rng.randint(-300, 300)), span.first), span.last)
    return {
        "caf_assessment_id": f"{child.id}/f",
        "caf_person_id": child.id,
        "caf_completed_date": min(max(completed, child.born + _DAY), span.last),
        "caf_agency": _AGENCY.draw(rng),
        "caf_level": "2" if rng.random() < 0.85 else "3",
    }


def programme_rows(rng: Random, children: int, span: Span) -> Iterator[tuple[str, Row]]:
    """(table, row) for domestic violence screenings and MAPPA cases, which are about no child of the census."""
    for number in range(int(children * _SCREENINGS_A_CHILD)):
        level = _LEVELS.draw(rng)
        yield (
            "domestic_violence_screening",
            {
                "dvsc_screening_id": f"DV{number + 1:08d}",
                "dvsc_screening_date": day_between(rng, span.first, span.last),
                "dvsc_level": level,
                "dvsc_needs_investigation": level in ("3", "4"),
            },
        )
    for number in range(children // _CHILDREN_A_CASE + 1):
        first = day_between(rng, span.first, span.last)
        last = first + timedelta(days=30 + int(rng.expovariate(1 / 200)))
        yield (
            "mappa_case",
            {
                "mapp_case_id": f"MP{number + 1:06d}",
                "mapp_start_date": first,
                "mapp_end_date": last if last <= span.last else None,
                "mapp_category": rng.choice("123"),
                "mapp_level": rng.choice("1223"),
                "mapp_risk_to_children": rng.random() < 0.4,
                "mapp_serious_further_offence_date": None,
            },
        )
