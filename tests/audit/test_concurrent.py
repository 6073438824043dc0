"""Writers at once keep one chain, and nobody waits for anybody's long work."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from safeboard.foundation.agencies.models import Agency, Team
from safeboard.foundation.audit.chain import verify
from safeboard.foundation.audit.models import Did, TrailBlock, TrailEntry
from safeboard.foundation.audit.trail import acts, note
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import house

__all__ = ["trail_may_be_emptied"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trail_may_be_emptied")]

WRITERS, TIMES = 6, 10


def work(writer: int, agency: int) -> None:
    try:
        acts(who=str(writer))
        for time in range(TIMES):
            with transaction.atomic():
                Team.objects.create(agency_id=agency, name=f"Synthetic team {writer} {time}")
                note(Did.OPENED, "person", time)
    finally:
        connection.close()


def test_many_writers_keep_one_chain() -> None:
    agency = house().agencies["police"].pk
    before = TrailBlock.objects.count()
    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(work, range(WRITERS), [agency] * WRITERS))
    verified = verify()
    assert (verified.wrong, verified.state.number) == ((), before + WRITERS * TIMES)
    for writer in range(WRITERS):
        dids = TrailEntry.objects.filter(who=str(writer)).order_by("number").values_list("did", flat=True)
        assert list(dids) == ["added", "opened"] * TIMES


def open_and_return(key: int) -> int:
    try:
        note(Did.OPENED, "person", key)
        return TrailEntry.objects.filter(kind="person", object_id=str(key)).count()
    finally:
        connection.close()


def test_a_page_is_noted_while_a_long_load_goes_on() -> None:
    agency = house().agencies["police"]
    with ThreadPoolExecutor(1) as other, transaction.atomic():
        Team.objects.create(agency=agency, name="Synthetic team")
        assert other.submit(open_and_return, 5).result(timeout=10) == 1
    assert verify().wrong == ()


def change_twice(order: tuple[int, int]) -> None:
    try:
        with transaction.atomic():
            for key in order:
                Agency.objects.filter(pk=key).update(name=f"Synthetic agency {key} {order[0]}")
    finally:
        connection.close()


def test_two_that_write_the_same_rows_do_not_wait_for_each_other_for_ever() -> None:
    """With a lock of the trail taken at the first write, these two would stop each other."""
    here = house()
    first, second = here.agencies["police"].pk, here.agencies["health"].pk
    with ThreadPoolExecutor(2) as other, transaction.atomic():
        Team.objects.create(agency_id=first, name="Synthetic team")
        waiting = other.submit(change_twice, (second, second))
        waiting.result(timeout=10)
        Agency.objects.filter(pk=second).update(name="Synthetic agency of the first")
    assert verify().wrong == ()


def test_work_that_is_undone_leaves_no_entry_and_no_block() -> None:
    agency = house().agencies["police"]
    before = verify()
    with transaction.atomic():
        Team.objects.create(agency=agency, name="Synthetic team")
        transaction.set_rollback(True)
    assert verify() == before
