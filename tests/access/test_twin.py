"""The policy and its slow twin agree on random records, seats, restrictions, openings, involvements, arrangements."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from safeboard.foundation.access.models import BreakGlass, Involvement, Restriction, Seat, User
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.viewer import viewer_of
from safeboard.foundation.access.words import Action, Sensitivity
from safeboard.foundation.agencies.models import Agency, Arrangement, BoardArea
from tests.access.cases import CASE, PAPER, TIE, Case, HelpingAgency, Paper, Tie, cases, keys
from tests.access.twin import Facts, Twin, allowed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
"""In London it is the first of July already: a day off by one shows."""
TODAY = date(2026, 7, 1)
PLACES = range(3)
days = st.sampled_from([TODAY + timedelta(days=n) for n in (-3, -1, 0, 1, 3)])
moments = st.sampled_from([NOW + timedelta(hours=n) for n in (-3, -2, -1, 0, 1, 2)])
places = st.sampled_from(PLACES)
periods = st.tuples(days, st.one_of(st.none(), days)).filter(lambda both: both[1] is None or both[0] <= both[1])
spans = st.tuples(moments, moments).filter(lambda both: both[0] <= both[1])
nobody_or_one = st.one_of(st.none(), places)
case_rows = st.tuples(places, st.sampled_from(Sensitivity), nobody_or_one, nobody_or_one, st.sets(places))
closed = st.tuples(places, spans, st.booleans(), st.booleans(), st.booleans(), st.dictionaries(places, st.booleans()))
WORLDS = st.fixed_dictionaries(
    {
        "role": st.sampled_from(sorted(roles())),
        "cases": st.lists(case_rows, min_size=3, max_size=3),
        "papers": st.lists(st.tuples(places, places, nobody_or_one, nobody_or_one), max_size=3),
        "ties": st.lists(st.tuples(places, places, places), max_size=3),
        "restrictions": st.lists(closed, max_size=3),
        "openings": st.lists(st.tuples(places, places, moments), max_size=2),
        "involvements": st.lists(st.tuples(places, st.booleans(), places, periods), max_size=3),
        "arrangements": st.lists(
            st.tuples(st.sampled_from(["people", "actions"]), st.sets(places), periods), max_size=2
        ),
        "kind": st.sampled_from(["case", "case", "another kind"]),
    }
)


class World:
    """Three areas with an agency each, three users (the first looks), and what the draw says of three cases."""

    def __init__(self, drawn: dict[str, Any]) -> None:
        self.areas = [BoardArea.objects.create(code=f"X9900010{n}", name=f"Area {n}") for n in PLACES]
        # The first two agencies are in one area: somebody looks at a neighbour's records there too.
        self.agencies = [
            Agency.objects.create(area=self.areas[max(n - 1, 0)], name=f"Agency {n}", kind="police") for n in PLACES
        ]
        self.helpers = [HelpingAgency.objects.create(pk=agency.pk) for agency in self.agencies]
        self.users = [User.objects.create(email=f"u{n}@twin.example", name=f"Synthetic User {n}") for n in PLACES]
        Seat.objects.create(user=self.users[0], role=drawn["role"], agency=self.agencies[0], starts_on=date(2020, 1, 1))
        self.kind = drawn["kind"]
        self.cases = [self._case(*each) for each in drawn["cases"]]
        for area, one, two, told in drawn["papers"]:
            other = self.cases[two] if two is not None else None
            tells = {} if told is None else {"tells_kind": "case", "tells_id": str(self.cases[told].pk)}
            Paper.objects.create(area=self.areas[area].pk, of=self.cases[one], and_of=other, **tells)
        for area, one, two in drawn["ties"]:
            Tie.objects.create(area=self.areas[area].pk, one=self.cases[one], other=self.cases[two])
        for each in drawn["restrictions"]:
            self._restrict(*each)
        for case, user, at in drawn["openings"]:
            self._open(case, user, at)
        for each in drawn["involvements"]:
            self._involve(*each)
        for module, areas, (first, last) in drawn["arrangements"]:
            made = Arrangement.objects.create(name="A panel", module=module, starts_on=first, ends_on=last)
            made.areas.set([self.areas[n] for n in areas])

    def _case(self, area: int, sensitivity: int, agency: int | None, owner: int | None, helping: set[int]) -> Case:
        made: Case = Case.objects.create(
            area=self.areas[area].pk,
            sensitivity=sensitivity,
            agency=None if agency is None else self.agencies[agency].pk,
            owner=None if owner is None else self.users[owner].pk,
        )
        made.helping.set([self.helpers[n] for n in helping])
        return made

    def _restrict(self, case: int, span: Any, only: bool, hides: bool, duty: bool, listed: dict[int, bool]) -> None:
        made = Restriction.objects.create(
            **self._of(case),
            category="other",
            set_by=self.users[1],
            only_listed=only,
            hides_existence=hides and only,
            lets_duty_team_in=duty,
            starts_at=span[0],
            ends_at=span[1],
            review_on=TODAY,
        )
        for user, through in listed.items():
            made.entries.create(user=self.users[user], allowed=through)

    def _open(self, case: int, user: int, at: datetime) -> None:
        BreakGlass.objects.create(
            **self._of(case), user=self.users[user], opened_at=at, ends_at=at + timedelta(hours=2), review_on=TODAY
        )

    def _involve(self, case: int, by_agency: bool, who: int, period: tuple[date, date | None]) -> None:
        user, agency = (None, self.agencies[who]) if by_agency else (self.users[who], None)
        said_by = self.users[(who + 1) % 3]
        named = {"kind": self.kind, "object_id": str(self.cases[case].pk)}
        Involvement.objects.create(
            **named, user=user, agency=agency, said_by=said_by, starts_on=period[0], ends_on=period[1]
        )

    def _of(self, case: int) -> dict[str, Any]:
        return {"kind": self.kind, "object_id": str(self.cases[case].pk), "area": self.areas[0]}


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def compare(drawn: dict[str, Any]) -> None:
    with transaction.atomic():
        world = World(drawn)
        viewer = viewer_of(world.users[0], NOW)
        assert viewer is not None
        twin = Twin(viewer, Facts.read())
        for action in Action:
            for level in (Sensitivity.OPEN, Sensitivity.SENSITIVE):
                for model, how in ((Case, CASE), (Paper, PAPER), (Tie, TIE)):
                    found = visible(model._default_manager.all(), viewer, action, level=level)
                    expected = allowed(twin, action, model._default_manager.all(), how, level)
                    assert (action, model, keys(found)) == (action, model, expected)
                    assert found.count() == len(expected)
        transaction.set_rollback(True)


def test_the_policy_and_its_twin_decide_alike() -> None:
    with cases():
        compare()
