"""The demonstration's register holds every kind of source and every stage, and is filled once."""

from datetime import date

import pytest

from safeboard.foundation.access.viewer import viewer_of
from safeboard.site.demo.actions import make_actions
from safeboard.site.demo.users import make_agencies, make_area, make_users
from safeboard.tools.actions.codes import SourceKind, Status
from safeboard.tools.actions.models import ActionItem
from safeboard.tools.actions.selectors import actions
from tests.house.synthetic import NOW

pytestmark = pytest.mark.django_db


def test_every_kind_of_source_and_every_stage_is_there_once() -> None:
    agencies = make_agencies(make_area())
    users = make_users(agencies)
    today = date(2026, 11, 2)
    made = make_actions(agencies, users, today)
    assert make_actions(agencies, users, today) == []
    chair = viewer_of(next(user for user in users if user.email == "chair@demo.example"), NOW)
    assert chair is not None
    assert len(made) == ActionItem.objects.count() == 82
    assert {each.source.kind for each in made} == set(SourceKind.values)
    assert {each.status for each in actions(chair)} == set(Status.values)  # type: ignore[attr-defined]
