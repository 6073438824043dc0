"""Passwords made of what anybody would try here are refused; the same words among others are not."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.house.synthetic import house

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "Safeboard2026!",
        "Safeguarding1234",
        "s4f3gu4rd1ng-b0ard",
        "ReferenceCityPolice1",
        "Welcome-Council-99",
        "childrenchildren",
    ],
)
def test_words_of_ours_are_refused(password: str) -> None:
    house()
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "words_of_ours" in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize(
    "password", ["ochre lantern tumbles", "police ochre lantern", "tr4velling-ukulele", "Ωμέγα και θάλασσα"]
)
def test_other_words_are_not(password: str) -> None:
    house()
    with CaptureQueriesContext(connection) as asked:
        validate_password(password)
    assert len(asked) == 2


def test_a_name_of_this_house_is_refused_only_here() -> None:
    validate_password("ReferenceTown77")
    house()
    with pytest.raises(ValidationError):
        validate_password("ReferenceReference77")
