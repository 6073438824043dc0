"""Notices: told in the house, and by an e-mail that says only that there is something."""

from datetime import timedelta

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from safeboard.foundation.access.notices import BODY, read, tell, unread
from tests.house.synthetic import NOW, house

pytestmark = pytest.mark.django_db


def test_each_user_is_told_once_and_by_an_email_without_a_word_of_it(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    here = house()
    chair = here.user("chair")
    with django_capture_on_commit_callbacks(execute=True):
        tell(users=[chair, chair], said="A measure has fallen.", kind="measure", object_id=7, at=NOW)
    assert [(each.said, each.kind, each.object_id) for each in unread(here.viewer("chair"))] == [
        ("A measure has fallen.", "measure", "7")
    ]
    assert [(each.to, each.body) for each in mail.outbox] == [([chair.email], BODY)]


def test_one_reads_ones_own_notices_only() -> None:
    here = house()
    made = tell(users=[here.user("chair")], said="A measure has fallen.", kind="measure", object_id=7, at=NOW)[0]
    assert read(notice_id=made.pk, by=here.viewer("analyst")) is None
    assert unread(here.viewer("chair")).count() == 1
    early = here.viewer("chair", at=NOW - timedelta(seconds=1))
    assert read(notice_id=made.pk, by=early) == made
    assert unread(here.viewer("chair")).count() == 0


def test_who_has_left_is_told_nothing() -> None:
    here = house()
    chair = here.user("chair")
    chair.is_active = False
    assert tell(users=[chair], said="A measure has fallen.", kind="measure", object_id=7, at=NOW) == []
