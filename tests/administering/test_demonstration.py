"""The demonstration's access reviews are due in days from today, whenever it is started: one of them is overdue."""

from datetime import timedelta

import pytest

from safeboard.foundation.access.models import User
from safeboard.foundation.access.viewer import viewer_of
from safeboard.foundation.administering.models import AccessReview, ReviewedSeat
from safeboard.foundation.administering.selectors import reviews_due
from safeboard.site.demo.access_reviews import DUE_IN, make_access_reviews
from safeboard.site.demo.users import make_agencies, make_area, make_users
from tests.house.synthetic import NOW

pytestmark = pytest.mark.django_db


def test_one_is_overdue_by_a_few_days_and_the_others_are_not_due_yet() -> None:
    agencies = make_agencies(make_area())
    users = make_users(agencies)
    make_access_reviews(agencies, users, NOW)
    viewer = viewer_of(User.objects.get(email="system-administrator@demo.example"), NOW)
    assert viewer is not None
    due = reviews_due(viewer)
    assert [(each.due - NOW.date()).days for each in due if each.due] == list(DUE_IN)
    assert [each.overdue for each in due] == [True, *[False] * (len(DUE_IN) - 1)]
    assert not ReviewedSeat.objects.exclude(kept=True).exists()


def test_a_demonstration_started_again_keeps_the_reviews_it_has() -> None:
    agencies = make_agencies(make_area())
    users = make_users(agencies)
    for days in (0, 30):
        make_access_reviews(agencies, users, NOW + timedelta(days=days))
    assert AccessReview.objects.count() == len(DUE_IN)
