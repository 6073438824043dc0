"""An area is begun from the command line: with its board, and an administrator who can invite all others."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safeboard.foundation.access.models import User
from safeboard.foundation.access.viewer import viewer_of
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.agencies.models import BoardArea
from safeboard.foundation.kernel.errors import BadInput
from safeboard.site.command_line import parser
from safeboard.site.house.beginning import begin
from tests.house.synthetic import house

pytestmark = pytest.mark.django_db


def test_the_first_administrator_chooses_a_password_and_then_a_second_step() -> None:
    link, client = begin("Coventry", email="First@example.org", name="Sam Oak"), Client()
    page = client.get(link, follow=True)
    assert page.status_code == 200
    client.post(page.request["PATH_INFO"], {"password1": "three words apart", "password2": "three words apart"})
    user = User.objects.get(email="first@example.org")
    assert user.check_password("three words apart")
    viewer = viewer_of(user, timezone.now())
    assert viewer is not None
    assert (viewer.may(Module.HOUSE, Action.ADMINISTER), viewer.seat.agency.area.code) == (True, "E08000026")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/")["Location"] == reverse("signing_in:second-factor")


def test_somebody_with_an_account_gets_the_seat_and_no_link() -> None:
    user = house().user("system_administrator")
    assert begin("331", email=user.email, name="ignored") == ""
    assert user.seats.count() == 2


def test_an_area_begun_already_or_not_known_or_a_wrong_address_is_refused_and_leaves_nothing() -> None:
    begin("331", email="first@example.org", name="Sam Oak")
    with pytest.raises(BadInput, match="in the house already"):
        begin("E08000026", email="second@example.org", name="Sam Elm")
    with pytest.raises(BadInput, match="No area has this code"):
        begin("Atlantis", email="second@example.org", name="Sam Elm")
    with pytest.raises(BadInput, match="not an e-mail address"):
        begin("Haringey", email="second", name="Sam Elm")
    assert (BoardArea.objects.count(), User.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (["--address", "https://house.example/"], "", "within three days: https://house.example/account/"),
        ([], "http://127.0.0.1:8244", "within three days: http://127.0.0.1:8244/account/"),
        (["--address", "https://house.example"], "http://127.0.0.1:8244", ": https://house.example/account/"),
        ([], "", "open this path at the address that\n./run serve printed: /account/"),
    ],
)
def test_the_link_is_at_the_address_that_the_house_was_given_and_no_other(
    words: list[str], given: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFEBOARD_ADDRESS", given)
    typed = ["area", "331", "--administrator", "first@example.org", "--name", "Sam Oak", *words]
    asked, told = parser(typed).parse_args(typed), StringIO()
    call_command(
        "begin_area", asked.area, administrator="first@example.org", name="N", address=asked.address, stdout=told
    )
    assert said in told.getvalue()
    assert told.getvalue().count("http") == (1 if words or given else 0)
