"""Two posts at the same moment: the same form is done once, and of two changes the second is shown the first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import house
from tests.pages.tasks import tasks
from tests.pages.test_forms import GIVEN, opened
from tests.pages.trial.models import Task

__all__ = ["trail_may_be_emptied"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("trail_may_be_emptied"),
    pytest.mark.urls("tests.pages.trial.urls"),
]


def at_once(posts: list[tuple[Client, str, dict[str, Any]]]) -> list[tuple[int, str]]:
    """Each post on a connection of its own, begun together; (status, where it leads)."""
    together = Barrier(len(posts))

    def post(client: Client, address: str, typed: dict[str, Any]) -> tuple[int, str]:
        together.wait()
        try:
            answer = client.post(address, typed)
            return answer.status_code, answer.headers.get("Location", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(posts)) as threads:
        return list(threads.map(lambda each: post(*each), posts))


def test_the_same_form_is_done_once() -> None:
    client = house().client("business_manager")
    typed = {**opened(client, "/tasks/add/"), **GIVEN}
    answers = at_once([(client, "/tasks/add/", typed)] * 4)
    task = Task.objects.get()
    assert answers == [(302, f"/tasks/{task.pk}/")] * 4


def test_of_two_changes_one_is_saved_and_the_other_is_shown_it() -> None:
    task = tasks(house(), 1, note="Before")[0]
    address = f"/tasks/{task.pk}/change/"
    clients = [house().client("business_manager"), house().client("business_manager", name="Second")]
    posts = [
        (client, address, {**opened(client, address), **GIVEN, "note": f"By {number}"})
        for number, client in enumerate(clients)
    ]
    answers = at_once(posts)
    assert sorted(status for status, _ in answers) == [200, 302]
    saved = next(number for number, (status, _) in enumerate(answers) if status == 302)
    assert Task.objects.get().note == f"By {saved}"
