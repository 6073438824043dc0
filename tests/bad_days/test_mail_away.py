"""The mail server is away: what was done stands, whoever did it is told, and no address is given away."""

import pytest
from django.test import Client
from pytest_django import Settings

from safeboard.foundation.signing_in.models import Invitation
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import house
from tests.house_process.running import free_port

__all__ = ["trail_may_be_emptied"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trail_may_be_emptied")]


@pytest.fixture(autouse=True)
def _nobody_there(settings: Settings) -> None:
    """A real mail client that finds nobody at the server's port."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


def test_an_invitation_stands_and_the_page_says_that_its_e_mail_did_not_leave() -> None:
    client = house().client("agency_administrator", "police")
    client.raise_request_exception = False
    answer = client.post("/invitations/", {"email": "new.person@police.example", "role": "practitioner"})
    said = answer.content.decode()
    assert (answer.status_code, "The e-mail could not be sent" in said, "police.example" in said) == (502, True, False)
    assert Invitation.objects.count() == 1


def test_a_forgotten_password_is_answered_alike_for_every_address(caplog: pytest.LogCaptureFixture) -> None:
    known = house().user("chair").email
    answers = [
        Client().post("/account/password/reset/", {"email": email}) for email in (known, "nobody@nowhere.example")
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert [known in record.getMessage() for record in caplog.records] == [False]
