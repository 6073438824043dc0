"""Writes of this room: proposing that two records are one person's, deciding, joining, undoing."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from safeboard.casework.matching.attached import from_homes, remember, settle
from safeboard.casework.matching.models import Answer, Join, Pair
from safeboard.casework.matching.rules import Side, problems_of_joining
from safeboard.casework.people.codes import RecordStatus
from safeboard.casework.people.models import Person
from safeboard.foundation.access.duties import Duty, keep_apart
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.kernel.errors import BadInput, Problem


@transaction.atomic
def propose(*, one: Person, other: Person, said: str, by: Viewer) -> Pair:
    """Say that two records may be of one person. A pair that is held already comes back as it is.

    PermissionDenied unless the viewer may change both; BadInput for one record twice.
    """
    if one.pk == other.pk:
        raise BadInput(Problem("That is one record, twice.", "Choose another."))
    held = {person.pk: person for person in _held((one.pk, other.pk), by, Action.CHANGE)}
    low, high = (held[key] for key in sorted(held))
    return Pair.objects.get_or_create(
        one=low, other=high, defaults={"said": said, "proposed_by": by.user, "proposed_at": by.at}
    )[0]


@transaction.atomic
def decide(*, pair: Pair, answer: Answer, said: str, by: Viewer) -> Pair:
    """Say that the two are different people, or leave it for later. Joining has a verb of its own.

    PermissionDenied unless the viewer may verify both records; BadInput where the pair is joined meanwhile.
    """
    if answer not in (Answer.DIFFERENT, Answer.LATER):
        raise BadInput(Problem("That is decided on the page of joining.", "Choose one of the others."))
    _held((pair.one_id, pair.other_id), by, Action.VERIFY)
    held = _undecided(pair)
    return _decided(held, answer, said, by)


@transaction.atomic
def join(*, pair: Pair, keep: UUID, said: str, by: Viewer) -> Join:
    """Join the other record of a pair into the one to keep. Nothing is lost, and it can be undone.

    PermissionDenied unless the viewer may open and verify both. BadInput for the one who proposed the pair, without a
    reason, and where the two cannot be joined.
    """
    held = {person.pk: person for person in _held((pair.one_id, pair.other_id), by, Action.VERIFY)}
    decided = _undecided(pair)
    keep_apart(Duty.JOIN_RECORDS, by=by, from_users=[decided.proposed_by_id])
    if keep not in held:
        raise BadInput(Problem("That is neither of the two.", "Choose which record to keep.", element="kept"))
    if not said.strip():
        raise BadInput(Problem("There is no reason.", "Say how you know.", element="said"))
    kept = held.pop(keep)
    folded = next(iter(held.values()))
    if problems := problems_of_joining(Side.of(kept), Side.of(folded)):
        raise BadInput(problems)
    memories = remember(folded.pk)
    made = Join.objects.create(
        kept=kept,
        folded=folded,
        folded_status=folded.status,
        pair=decided,
        said=said,
        joined_by=by.user,
        joined_at=by.at,
    )
    Person.objects.filter(pk=folded.pk).update(status=RecordStatus.JOINED, joined_into=kept)
    settle(memories)
    _decided(decided, Answer.JOINED, said, by)
    return made


@transaction.atomic
def unjoin(*, made: Join, said: str, by: Viewer) -> None:
    """Undo a join: every row that came from the folded record goes home, as it is by now; the pair waits again.

    What was added at the kept record since then stays there. PermissionDenied unless the viewer may open and verify
    both; BadInput where it is undone already, or without a reason.
    """
    _held((made.kept_id, made.folded_id), by, Action.VERIFY)
    if not said.strip():
        raise BadInput(Problem("There is no reason.", "Say how you know.", element="said"))
    if not Join.objects.filter(pk=made.pk, undone_at=None).update(undone_at=by.at, undone_by=by.user, undone_said=said):
        raise BadInput(Problem("This was undone already.", "There is nothing to do."))
    memories = from_homes(_folded_under(made.folded_id))
    Person.objects.filter(pk=made.folded_id).update(status=made.folded_status, joined_into=None)
    settle(memories)
    _decided(made.pair, Answer.LATER, said, by)


def _folded_under(person: UUID) -> list[UUID]:
    """The record and those joined into it, by several steps."""
    found = [person]
    for key in found:
        found += Person.objects.filter(joined_into=key).values_list("pk", flat=True)
    return found


def _held(keys: Sequence[UUID], by: Viewer, action: Action) -> list[Person]:
    """Both records, locked in one order, so that of two who join at once the second waits. Else PermissionDenied."""
    people = Person.objects.filter(pk__in=keys)
    allowed = set(visible(people, by, action).values_list("pk", flat=True))
    allowed &= set(visible(people, by, Action.OPEN).values_list("pk", flat=True))
    if allowed != set(keys):
        raise PermissionDenied
    return list(people.order_by("pk").select_for_update())


def _undecided(pair: Pair) -> Pair:
    held = Pair._base_manager.select_for_update().get(pk=pair.pk)
    if held.answer == Answer.JOINED:
        raise BadInput(Problem("Somebody has joined these two meanwhile.", "Undo that on its page if it was wrong."))
    return held


def _decided(pair: Pair, answer: Answer, said: str, by: Viewer) -> Pair:
    pair.answer, pair.decided_by, pair.decided_at = answer, by.user, by.at
    pair.said = said or pair.said
    pair.save(update_fields=["answer", "decided_by", "decided_at", "said"])
    return pair
