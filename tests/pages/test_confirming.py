"""Asking once more: a GET does nothing, a POST does it once, and what refuses is told without being done."""

import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from tests.house.synthetic import House, house
from tests.pages.tasks import tasks
from tests.pages.test_forms import hidden, opened
from tests.pages.trial.models import Stage, Task

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.trial.urls")]


def question(stage: Stage = Stage.OPEN) -> tuple[House, Client, str]:
    here = house()
    [task] = tasks(here, 1, stage=stage)
    return here, here.client("business_manager"), f"/tasks/{task.pk}/finish/"


def stages() -> list[str]:
    return list(Task.objects.values_list("stage", flat=True))


def problems(text: str) -> list[str]:
    summary = text.partition("There is a problem")[2].partition("</ul>")[0]
    return [" ".join(each.split()) for each in re.findall(r"<li>([^<]+)", summary)]


def looked_at(client: Client, address: str) -> dict[str, str]:
    """What the page carries besides the button: its token, and what it asks."""
    text = client.get(address).content.decode()
    return {**hidden(text), "asked": re.findall(r'name="asked" value="([^"]*)"', text)[0]}


def test_looking_asks_and_does_nothing() -> None:
    _, client, address = question()
    text = client.get(address).content.decode()
    main = text.partition("<h1")[2].partition("</form>")[0]
    words = [" ".join(each.split()) for each in re.findall(r">([^<>]+)<", main) if each.strip()]
    assert words == ["Finish the task", "Task 1 is then done.", "Finish it", "Cancel"]
    assert re.findall(r'href="([^"]*)">Cancel', main) == [address.replace("finish/", "")]
    assert stages() == [Stage.OPEN]


def test_the_button_does_it_says_so_and_leads_back() -> None:
    _, client, address = question()
    answer = client.post(address, opened(client, address))
    assert (answer.status_code, answer["Location"]) == (302, address.replace("finish/", ""))
    assert [str(each) for each in get_messages(answer.wsgi_request)] == ["The task is done."]
    assert stages() == [Stage.DONE]


def test_a_post_of_nothing_at_all_does_it_too() -> None:
    _, client, address = question()
    assert client.post(address).status_code == 302
    assert stages() == [Stage.DONE]


def test_sent_twice_it_is_done_once() -> None:
    _, client, address = question()
    once = opened(client, address)
    first, second = client.post(address, once), client.post(address, once)
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert stages() == [Stage.DONE]


def test_what_refuses_is_told_here_and_nothing_is_done() -> None:
    _, client, address = question(Stage.LATE)
    answer = client.post(address, opened(client, address))
    text = answer.content.decode()
    assert (answer.status_code, problems(text)) == (200, ["It is not open. See what has become of it."])
    assert stages() == [Stage.LATE]


def test_what_the_page_no_longer_asks_is_not_done() -> None:
    """Two who would finish the task at once: the second does not open it again."""
    _, client, address = question()
    first, second = looked_at(client, address), looked_at(client, address)
    assert (first["asked"], client.post(address, first).status_code) == ("Finish it", 302)
    answer = client.post(address, second)
    text = answer.content.decode()
    assert (answer.status_code, problems(text)) == (
        200,
        ["Somebody has done this meanwhile. See what this page asks now."],
    )
    assert (stages(), re.findall(r'name="asked" value="([^"]*)"', text)) == ([Stage.DONE], ["Open it again"])
    assert client.post(address, {**second, **looked_at(client, address)}).status_code == 302
    assert stages() == [Stage.OPEN]


def test_who_may_not_change_it_is_not_asked() -> None:
    here, _, address = question()
    client = here.client("chair")
    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    assert stages() == [Stage.OPEN]
