"""Something in the trail to look at: for the walk of every page."""

from functools import partial
from typing import Any

from django.utils import timezone

from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.watching.codes import Cause
from safeboard.foundation.watching.looking import look
from safeboard.foundation.watching.models import Alert, Connection, Sample
from safeboard.foundation.watching.services import draw
from tests.house.synthetic import House
from tests.people.families import a_person
from tests.watching.readings import opens


def looked(here: House) -> str:
    """Somebody opened a person of their own surname: the person's key. Looked for, and the month's sample drawn."""
    worker = here.user("social_worker", name="Sam Ashcombe")
    key = str(a_person(here).pk)
    opens(worker, key)
    now = timezone.now()
    look(now)
    draw(area=here.area, month=timezone.localdate(now).replace(day=1), at=now)
    Connection.objects.create(user=worker, kind="person", object_id=key, how="own child")
    return key


def a_record(here: House) -> dict[str, Any]:
    return {"kind": "person", "object_id": looked(here)}


def an_entry(here: House) -> dict[str, Any]:
    return {"number": TrailEntry.objects.get(kind="person", object_id=looked(here)).number}


def an_alert(here: House) -> dict[str, Any]:
    return {"pk": Alert.objects.get(cause=Cause.OWN_NAME, object_id=looked(here)).pk}


def a_reader(here: House) -> dict[str, Any]:
    looked(here)
    return {"pk": here.user("social_worker", name="Sam Ashcombe").pk}


def a_sample(here: House, reading: bool = False) -> dict[str, Any]:
    looked(here)
    sample = Sample.objects.get(area=here.area)
    return {"pk": sample.readings.earliest("pk").pk if reading else sample.pk}


a_sampled_reading = partial(a_sample, reading=True)
