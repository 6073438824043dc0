"""No page asks the database more than eleven questions, whatever it shows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from safeboard.foundation.access.roles import roles
from tests.house.examples import EXAMPLES
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import confirmed, house

__all__ = ["trail_may_be_emptied"]
MOST = 11
NO_QUESTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Questions:
    """Counts what is asked of the database. To begin and to end a transaction asks nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.startswith(NO_QUESTION):
            self.asked.append(sql)
        return execute(sql, *rest)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("trail_may_be_emptied")
def test_no_page_asks_more_than_eleven_questions() -> None:
    here, clients, counts = house(), {"": Client()}, {}
    for name, example in EXAMPLES.items():
        address = reverse(name, kwargs=dict(example.keys(here)))
        client = clients[example.role] = clients.get(example.role) or confirmed(here.client(example.role))
        counts[name] = asked(client, f"{address}?{example.query}")
    for role in roles():
        client = clients.get(role) or confirmed(here.client(role))
        counts[f"first page, {role}"] = asked(client, reverse("home"))
    assert {name: count for name, count in counts.items() if count > MOST} == {}


def asked(client: Client, address: str) -> int:
    """How many questions a page asks."""
    questions = Questions()
    with connection.execute_wrapper(questions):
        answer = client.get(address)
    assert answer.status_code in (200, 302, 401), address
    return len(questions.asked)
