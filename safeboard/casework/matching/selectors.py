"""Reads of pairs and joins. Every one starts from who is looking: both records must be theirs to open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.http import Http404

from safeboard.casework.matching.models import AgencyList, Answer, Join, ListedPerson, Outcome, Pair
from safeboard.casework.matching.searching import Fit, search
from safeboard.casework.people.identity import days_of, written
from safeboard.casework.people.known import Record
from safeboard.casework.people.models import Person
from safeboard.casework.people.record_cards import days
from safeboard.casework.people.selectors import current_name, record_of
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing known of both records, beside each other."""

    title: str
    one: Sequence[str]
    other: Sequence[str]

    @property
    def same(self) -> bool:
        return bool(self.one) and sorted(self.one) == sorted(self.other)


def pairs(viewer: Viewer, action: Action) -> QuerySet[Any, Any]:
    """The pairs of which the viewer may do the action with both records, with their current names."""
    # That two records may be one person's tells what is in them: to know of the pair is to open both.
    needed = Action.OPEN if action == Action.FIND else action
    turns = (When(answer=Answer.WAITING, then=0), When(answer=Answer.LATER, then=1))
    return visible(Pair.objects.all(), viewer, needed).annotate(
        one_name=current_name("one"),
        other_name=current_name("other"),
        turn=Case(*turns, default=2, output_field=IntegerField()),
    )


def pair_for(viewer: Viewer, key: int, action: Action) -> Pair:
    """The pair, for something the viewer would do with both records. Http404 where they may not."""
    found: Pair | None = pairs(viewer, action).filter(pk=key).select_related("one", "other").first()
    if found is None:
        raise Http404
    return found


def standing_join(pair: Pair) -> Join | None:
    """The join by which the pair is one record now."""
    return Join.objects.filter(pair=pair, undone_at=None).first()


def joined_into(viewer: Viewer, person: Person) -> QuerySet[Join]:
    """The standing joins of a record, and of those joined into it, that the viewer may undo; the newest first."""
    of_it = Join.objects.filter(kept__in=_with_all_joined_into(person), undone_at=None)
    return of_it.filter(pair__in=pairs(viewer, Action.VERIFY).values("pk")).select_related("joined_by")


def _with_all_joined_into(person: Person) -> set[UUID]:
    """The record and those joined into it by any number of steps: one query a step, and few have more than one."""
    found, last = {person.pk}, {person.pk}
    while last:
        last = set(Person.objects.filter(joined_into__in=last).values_list("pk", flat=True)) - found
        found |= last
    return found


def side_by_side(viewer: Viewer, pair: Pair) -> list[Beside]:
    """What is known of each of the two, for somebody who may open both."""
    one, other = record_of(viewer, pair.one_id), record_of(viewer, pair.other_id)
    return [Beside(title, _of(one)[title], _of(other)[title]) for title in _of(one)]


def _of(record: Record) -> dict[str, list[str]]:
    person = record.person
    return {
        "Names": [f"{name.full} ({name.get_kind_display().lower()})" for name in record.names],
        "Kind": [person.get_kind_display()],
        "Days": [f"{label} {words}" for label, words in days_of(person, record.on)],
        "Sex": [person.get_sex_display()],
        "Numbers": [each.held_back or written(each.kind, each.value) for each in record.identifiers],
        "Addresses": [f"{each.address.full} {days(each.starts_on, each.ends_on)}".strip() for each in record.addresses],
        "Family": [each.other.name for each in record.related if each.other],
        "Agency": [person.agency.name],
    }


def alike(viewer: Viewer, key: UUID) -> list[Fit]:
    """Who else fits the name and date of birth of somebody whose record the viewer may open: at most ten."""
    record = record_of(viewer, key)
    words = f"{record.name} {record.person.born_on or ''}"
    return [fit for fit in search(viewer, words).fits if fit.key != key and fit.may_open][:10]


def lists(viewer: Viewer, action: Action) -> QuerySet[Any, Any]:
    """The lists that the viewer read in, with how many rows came to what."""
    rows = visible(AgencyList.objects.filter(read_by=viewer.user), viewer, action).select_related("agency")
    counts = {outcome.name.lower(): Count("rows", filter=Q(rows__outcome=outcome)) for outcome in Outcome}
    return rows.annotate(counted=Count("rows"), **counts)


def listed(viewer: Viewer, action: Action) -> QuerySet[Any, Any]:
    """The rows of the viewer's lists, with the name of the person matched, where the record may be opened still."""
    rows = visible(ListedPerson.objects.filter(of__read_by=viewer.user), viewer, action)
    may_open = visible(Person.objects.all(), viewer, Action.OPEN)
    return rows.annotate(person_name=Case(When(person__in=may_open, then=current_name("person")), default=Value("")))
