"""Which way round a list is sorted is said in words of its column's kind, whatever the column is sorted by."""

import pytest

from safeboard.foundation.pages.columns import Column
from safeboard.foundation.pages.ordering import BY_CODE, ways_of
from tests.house.synthetic import house
from tests.pages.tasks import tasks
from tests.pages.trial.models import Task

DAYS, NUMBERS, WORDS = ("oldest first", "newest first"), ("smallest first", "largest first"), ("A to Z", "Z to A")


@pytest.mark.parametrize(
    ("look_up", "ways"),
    [
        ("due_on", DAYS),
        ("-due_on", DAYS[::-1]),
        ("cost", NUMBERS),
        ("pk", NUMBERS),
        ("owner_id", NUMBERS),
        ("owner__last_login", DAYS),
        ("owner__is_active", ("no first", "yes first")),
        ("title", WORDS),
        ("agency__name", WORDS),
        ("-agency__name", WORDS[::-1]),
        ("stage", BY_CODE),  # done, late, open: "Done", "Overdue", "Open"
    ],
)
def test_each_kind_of_column_has_its_words(look_up: str, ways: tuple[str, str]) -> None:
    assert ways_of(Task.objects.all(), Column("x", "X", lambda row: row, (look_up,))) == ways


def test_a_column_may_have_words_of_its_own() -> None:
    own = ("waiting first", "waiting last")
    assert ways_of(Task.objects.all(), Column("x", "X", lambda row: row, ("title",), ways=own)) == own


@pytest.mark.django_db
@pytest.mark.urls("tests.pages.trial.urls")
@pytest.mark.parametrize(
    ("sort", "said"),
    [
        ("title", "sorted by title, A to Z"),
        ("-title", "sorted by title, Z to A"),
        ("-due", "sorted by due, newest first"),
        ("-cost", "sorted by cost, largest first"),
        ("nonsense", "sorted by due, oldest first"),
    ],
)
def test_a_list_shows_and_says_which_way_round_it_is(sort: str, said: str) -> None:
    tasks(house(), 3)
    client = house().client("business_manager")
    page = client.get(f"/tasks/?sort={sort}").content.decode()
    assert f'<span class="sb-quiet">, {said}</span>' in page
    swapped = client.get(f"/tasks/?sort={sort}", headers={"HX-Request": "true", "HX-Target": "register"})
    assert f'hx-swap-oob="innerHTML">3 tasks, {said}</div>' in swapped.content.decode()
