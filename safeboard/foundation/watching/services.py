"""Looking into alerts and sampled readings, drawing samples, verifying, and what is known of staff for alerts."""

import secrets
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import CharField
from django.db.models.functions import Cast

from safeboard.foundation.access.models import User
from safeboard.foundation.access.policy import may
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.agencies.models import Agency, BoardArea
from safeboard.foundation.audit.chain import BEGINNING, State, verify
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.months import add_months
from safeboard.foundation.watching.codes import Outcome
from safeboard.foundation.watching.models import (
    Alert,
    Connection,
    HomeAddress,
    LookedInto,
    Sample,
    SampledReading,
    Verification,
)
from safeboard.foundation.watching.rules import HERE, drawn
from safeboard.foundation.watching.selectors import READ, record_seen, user_of
from safeboard.foundation.watching.telling import tell_of_broken_trail
from safeboard.foundation.watching.thresholds import thresholds


@transaction.atomic
def look_into(*, what: Alert | SampledReading, outcome: Outcome, words: str, by: Viewer) -> None:
    """Record what came of an alert or a sampled reading. PermissionDenied where it is not the viewer's to look into.

    Raises BadInput for one's own reading, for one looked into already, and for an outcome that asks for words and has
    none.
    """
    if not may(by, Action.VERIFY, what):
        raise PermissionDenied
    held: LookedInto = type(what).objects.select_for_update().get(pk=what.pk)
    if held.user_id == by.user.pk:
        raise BadInput(Problem("Nobody looks into their own reading.", "Ask another privacy officer."))
    if held.looked_at is not None:
        raise BadInput(Problem("Somebody has looked into this meanwhile.", "Look at what they found."))
    if outcome != Outcome.IN_ORDER and not words.strip():
        raise BadInput(Problem("Say what was found and done.", "A line is enough.", element="words"))
    held.outcome, held.words, held.looked_by, held.looked_at = outcome, words.strip(), by.user, by.at
    held.save()


def eligible(area: BoardArea, month: date) -> list[int]:
    """The entries of a month from which its sample is drawn: readings of sensitive records in seats of the area."""
    first, next_first = _beginning(month), _beginning(add_months(month, 1))
    agencies = Agency.objects.filter(area=area).order_by().annotate(key=Cast("pk", CharField())).values("key")
    rows = TrailEntry.objects.filter(
        did__in=READ,
        kind__in=thresholds().kinds,
        agency__in=agencies,
        who__regex=r"^[0-9]+$",
        at__gte=first,
        at__lt=next_first,
    )
    return list(rows.order_by("number").values_list("number", flat=True))


def _beginning(month: date) -> datetime:
    return datetime.combine(month, time(), HERE)


@transaction.atomic
def draw(*, area: BoardArea, month: date, at: datetime) -> Sample | None:
    """Draw the sample of a month (its first day), once. None where it was drawn already.

    Of a month that is over; of one that goes on, from what was read by now.
    """
    entries = eligible(area, month)
    sample, made = Sample.objects.get_or_create(
        area=area,
        month=month,
        defaults={"seed": secrets.token_hex(16), "eligible": len(entries), "drawn_at": at},
    )
    if not made:
        return None
    numbers = drawn(entries, thresholds().sampled, sample.seed)
    who = dict(TrailEntry.objects.filter(number__in=numbers).values_list("number", "who"))
    SampledReading.objects.bulk_create(
        SampledReading(sample=sample, entry=number, user_id=int(who[number])) for number in numbers
    )
    return sample


def draws_the_same(sample: Sample) -> bool:
    """Whether drawing again with the sample's seed gives the readings it holds."""
    held = list(sample.readings.order_by("entry").values_list("entry", flat=True))
    entries = eligible(sample.area, sample.month)
    if sample.drawn_at < _beginning(add_months(sample.month, 1)):
        entries = entries[: sample.eligible]  # the month went on, and so did its readings
    return drawn(entries, thresholds().sampled, sample.seed) == held


def verify_new(at: datetime, *, whole: bool = False) -> Verification:
    """Verify what was written since the last verification that found all in order, or the whole; keep the state."""
    last = Verification.objects.filter(wrong=[]).order_by("-number", "-pk").first()
    since = State(last.number, last.hash) if last else BEGINNING
    verified = verify(since)
    if whole and not verified.wrong:
        verified = verify()
    wrong = [f"{what} {number} {words}" for what, number, words in verified.wrong]
    kept = Verification.objects.create(
        verified_at=at,
        since=0 if whole else since.number,
        number=verified.state.number,
        hash=verified.state.hash,
        entries=verified.entries,
        wrong=wrong[:100],
    )
    if wrong:
        tell_of_broken_trail(at)
    return kept


@transaction.atomic
def tell_home(*, user: User, postcode: str, house: str, by: Viewer) -> None:
    """Keep where a user lives, for alerts alone; empty takes it away. PermissionDenied for other areas' users."""
    _check(user, by)
    if not postcode.strip() and not house.strip():
        HomeAddress.objects.filter(user=user).delete()
        return
    if not (postcode.strip() and house.strip()):
        place = "house" if postcode.strip() else "postcode"
        raise BadInput(Problem("Both are needed to know a home.", "Fill in the other, or empty both.", element=place))
    HomeAddress.objects.update_or_create(
        user=user, defaults={"postcode": postcode.strip().upper(), "house": house.strip()}
    )


@transaction.atomic
def connect(*, user: User, kind: str, object_id: str, how: str, by: Viewer) -> None:
    """Keep that a record is of a user's own family or household. Raises BadInput for a record that is not found."""
    _check(user, by)
    if kind not in thresholds().kinds or record_seen(by, kind, object_id) is None:
        wrong = Problem(
            "No record has this key.", "Copy it from the address of the record's page.", element="object_id"
        )
        raise BadInput(wrong)
    Connection.objects.update_or_create(user=user, kind=kind, object_id=object_id, defaults={"how": how.strip()})


@transaction.atomic
def disconnect(*, connection: Connection, by: Viewer) -> None:
    """Take it back."""
    _check(connection.user, by)
    connection.delete()


def _check(user: User, by: Viewer) -> None:
    if not by.may(Module.TRAIL, Action.VERIFY) or user_of(by, user.pk) is None:
        raise PermissionDenied
