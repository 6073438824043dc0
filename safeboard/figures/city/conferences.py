"""The conferences about a child, and the rows that say who was invited and who came."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, Final

from safeboard.figures.city.draws import Weighted
from safeboard.figures.city.records import Child
from safeboard.figures.city.rows import Rows
from safeboard.foundation.kernel.months import completed_years

Row = dict[str, Any]

_ATTENDING: Final = Weighted({"PN1": 6, "PN2": 2, "PN3": 1, "PN4": 1})
_ABSENT: Final = Weighted({"PN5": 3, "PN6": 5, "PN7": 4})
_UNDER_4: Final = "PN0"
_HAS_OPINION: Final = 4

_AGENCIES: Final[dict[str, tuple[float, float, int, int]]] = {
    "SOCIAL_CARE": (1.0, 0.99, -1, 18),
    "HEALTH": (0.97, 0.86, -1, 18),
    "EDUCATION": (0.95, 0.81, 4, 18),
    "EARLY_YEARS": (0.6, 0.7, 1, 4),
    "POLICE": (0.85, 0.58, -1, 18),
    "PROBATION": (0.2, 0.55, -1, 18),
    "YOUTH": (0.4, 0.6, 12, 18),
    "VOLUNTARY": (0.25, 0.75, -1, 18),
    "HOUSING": (0.2, 0.45, -1, 18),
    "OTHER": (0.15, 0.6, -1, 18),
}
"""For each agency: how often it is invited, how often it then comes, and from and below which age of the child."""


@dataclass(frozen=True, slots=True)
class Conference:
    """An initial conference or a review about one child."""

    id: str
    kind: str
    held: date
    child: Child

    @property
    def age(self) -> int:
        return completed_years(self.child.born, self.held)


def conferences_of(child: Child, rows: Rows) -> Iterator[Conference]:
    """The child's conferences from its rows."""
    for row in rows["ssd_initial_cp_conference"]:
        yield Conference(row["icpc_icpc_id"], "INITIAL", row["icpc_icpc_date"], child)
    for row in rows["ssd_cp_reviews"]:
        yield Conference(row["cppr_cp_review_id"], "REVIEW", row["cppr_cp_review_date"], child)


def invitations(conference: Conference, rng: Random, *, parent_came: bool, child_came: bool) -> Iterator[Row]:
    """The attendance rows of a conference: one for the parents, one for the child, one for each agency invited."""
    yield _attender(conference, "PARENT", parent_came)
    yield _attender(conference, "CHILD", child_came) | {
        "cona_participation": _participation(conference, child_came, rng)
    }
    yield from _agencies(conference, rng)


def issue_row(conference: Conference, code: str) -> Row:
    """The row of one key issue, or of NONE."""
    return {
        "coni_issue_id": f"{conference.id}/{code}",
        "coni_person_id": conference.child.id,
        "coni_conference_id": conference.id,
        "coni_conference_date": conference.held,
        "coni_issue": code,
    }


def _attender(conference: Conference, attender: str, attended: bool) -> Row:
    return {
        "cona_attendance_id": f"{conference.id}/{attender}",
        "cona_person_id": conference.child.id,
        "cona_conference_id": conference.id,
        "cona_conference_kind": conference.kind,
        "cona_conference_date": conference.held,
        "cona_attender": attender,
        "cona_attended": attended,
    }


def _participation(conference: Conference, attended: bool, rng: Random) -> str:
    if conference.age < _HAS_OPINION:
        return _UNDER_4
    return (_ATTENDING if attended else _ABSENT).draw(rng)


def _agencies(conference: Conference, rng: Random) -> Iterator[Row]:
    for agency, (invited, comes, youngest, below) in _AGENCIES.items():
        if youngest <= conference.age < below and rng.random() < invited:
            row = _attender(conference, "AGENCY", rng.random() < comes)
            yield row | {"cona_attendance_id": f"{conference.id}/{agency}", "cona_agency": agency}
