"""Reads of people. Every one starts from who is looking."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat, Trim
from django.http import Http404
from django.utils import timezone

from safeboard.casework.people.codes import OF_BIRTH, AddressKind, NameKind, PersonKind, RecordStatus
from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.known import (
    A_HOUSEHOLD,
    WITHOUT_A_NAME,
    Living,
    Record,
    Related,
    Shown,
    Sibling,
    Standing,
)
from safeboard.casework.people.model_parts import HeldBack
from safeboard.casework.people.models import (
    Address,
    Flag,
    Household,
    HouseholdMember,
    Identifier,
    Person,
    PersonAddress,
    PersonName,
    Relationship,
    SafetyWarning,
)
from safeboard.casework.people.network import FAMILY, Network, network_from
from safeboard.casework.people.parts import one, taken_apart, together
from safeboard.casework.people.rules import bond
from safeboard.foundation.access.models import Restriction
from safeboard.foundation.access.policy import GUARDS, seen_with, visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Sensitivity
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.pages.columns import in_words

Part = TypeVar("Part", bound=HeldBack)
FOUND = 20
ALLOWED = (Action.CHANGE, Action.PRINT, Action.RESTRICT, Action.VERIFY)
READING = (Action.OPEN, Action.FIND)


def day_of(viewer: Viewer) -> date:
    return timezone.localdate(viewer.at)


def current_name(person: str = "pk") -> Subquery:
    """The current name of the person whose key the look-up gives."""
    names = PersonName.objects.filter(person=OuterRef(person), kind=NameKind.CURRENT)
    return Subquery(names.annotate(full_name=Trim(Concat("given", Value(" "), "family"))).values("full_name")[:1])


def people(viewer: Viewer, action: Action = Action.OPEN) -> QuerySet[Person]:
    """Those on whom the viewer may do the action, joined records left out."""
    return visible(Person.objects.exclude(status=RecordStatus.JOINED), viewer, action)


def person_for(viewer: Viewer, key: UUID, action: Action) -> Person:
    """The person, for something the viewer would do. Http404 where they may not. A joined record is only read."""
    found = visible(Person.objects.filter(pk=key), viewer, action).select_related("area", "agency").first()
    if found is None or (found.status == RecordStatus.JOINED and action not in (Action.FIND, Action.OPEN)):
        raise Http404
    return found


def whom_to_ask(viewer: Viewer, key: UUID) -> str | None:
    """Whom to ask about a record that the viewer may know of but not open; None where they may not know of it."""
    known = visible(Person.objects.filter(pk=key), viewer, Action.FIND).select_related("agency")
    found: Any = known.annotate(asked=whom_a_restriction_names(viewer)).first()
    return (found.asked or found.agency.name) if found else None


def whom_a_restriction_names(viewer: Viewer) -> Subquery:
    """For an annotation of people: whom the restriction that closes the record says to ask, NULL where none does."""
    closed = Restriction.objects.filter(
        kind=PERSON, object_id=Cast(OuterRef("pk"), CharField()), starts_at__lte=viewer.at, ends_at__gt=viewer.at
    )
    return Subquery(closed.order_by("-starts_at").values("ask")[:1])


def shown(viewer: Viewer, keys: Collection[UUID]) -> Mapping[UUID, Shown | None]:
    """Of these keys the people whom the viewer may know of, None for those they may not open. One query."""
    if not keys:
        return {}
    rows = Person.objects.filter(pk__in=keys)
    opens, finds = (Exists(visible(Person.objects.filter(pk=OuterRef("pk")), viewer, action)) for action in READING)
    found = rows.annotate(opens=opens, name=current_name()).filter(Q(opens=True) | Q(finds))
    return {each.pk: _shown(each) if each.opens else None for each in found}


def _shown(row: Any) -> Shown:
    return Shown(
        row.pk,
        row.name or WITHOUT_A_NAME,
        PersonKind(row.kind),
        row.sex,
        row.born_on,
        row.born_estimated,
        row.expected_on,
        row.died_on,
    )


def lives_at(viewer: Viewer, person: OuterRef) -> QuerySet[Any, Any]:
    """The addresses where the person of an outer query lives today, for a condition: not those for letters only."""
    on = day_of(viewer)
    here: QuerySet[PersonAddress] = PersonAddress.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on), person=person
    )
    return here.exclude(kind=AddressKind.CORRESPONDENCE).values("address")


def _warnings_about(viewer: Viewer) -> QuerySet[SafetyWarning]:
    """Of the outer person and of the places where they live: a dog bites whoever comes, whomever they come for."""
    return SafetyWarning.objects.filter(
        Q(person=OuterRef("pk")) | Q(address__in=lives_at(viewer, OuterRef(OuterRef("pk"))))
    )


def kinds_warned_of(viewer: Viewer) -> ArraySubquery:
    """The kinds of the safety warnings that hold today for each of many people, to annotate a list with."""
    on = day_of(viewer)
    holds = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    return ArraySubquery(_warnings_about(viewer).filter(holds).order_by("kind").values("kind").distinct())


def record_of(viewer: Viewer, key: UUID) -> Record:
    """All that the viewer may know of a person, in two queries. Http404 where they may not open the record."""
    mine = {"person": OuterRef("pk")}
    of_households = HouseholdMember.objects.filter(
        Exists(HouseholdMember.objects.filter(household=OuterRef("household"), person=OuterRef(OuterRef("pk"))))
    )
    found = (
        visible(Person.objects.filter(pk=key), viewer, Action.OPEN)
        .select_related("area", "agency", "joined_into")
        .annotate(
            **{f"may_{action}": Exists(people(viewer, action).filter(pk=OuterRef("pk"))) for action in ALLOWED},
            parts_one=Exists(visible(Person.objects.filter(joined_into=OuterRef("pk")), viewer, Action.VERIFY)),
            all_names=together(PersonName.objects.filter(**mine), said=_said(viewer, PersonName)),
            all_identifiers=together(
                Identifier.objects.filter(**mine), said=_said(viewer, Identifier), issuer_name="issuer__name"
            ),
            all_addresses=together(
                PersonAddress.objects.filter(**mine),
                said=_said(viewer, PersonAddress),
                **{f"at_{column}": f"address__{column}" for column in _columns(Address)},
            ),
            all_relationships=together(Relationship.objects.filter(Q(person=OuterRef("pk")) | Q(other=OuterRef("pk")))),
            all_parentage=together(_parentage_of_my_siblings()),
            all_members=together(
                of_households, **{f"in_{column}": f"household__{column}" for column in _columns(Household)}
            ),
            all_warnings=together(_warnings_about(viewer), said=_said(viewer, SafetyWarning)),
            all_flags=together(Flag.objects.filter(**mine), agency_name="agency__name"),
        )
        .first()
    )
    if found is None:
        raise Http404
    return _record(viewer, found)


def _said(viewer: Viewer, model: type[Any]) -> Exists:
    """Whether the viewer may see the field of a part that is above the record: its words or its place."""
    return seen_with(model, next(iter(GUARDS[model].fields)), viewer, Action.OPEN)


def _parentage_of_my_siblings() -> QuerySet[Relationship]:
    mine = Relationship.objects.filter(kind__in=OF_BIRTH, other=OuterRef(OuterRef(OuterRef("pk")))).values("person")
    siblings = Relationship.objects.filter(kind__in=OF_BIRTH, person__in=mine).values("other")
    # Their other parents too: without them nobody could say whether two share one parent or both.
    return Relationship.objects.filter(kind__in=OF_BIRTH, other__in=siblings)


def _columns(model: type[Any]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _record(viewer: Viewer, read: Any) -> Record:
    on = day_of(viewer)
    relationships = taken_apart(Relationship, read.all_relationships)
    instead = f"Not shown to your role. Ask {read.agency.name}."
    warnings = [_held_back(SafetyWarning, row, instead, "text") for row in read.all_warnings]
    members = taken_apart(HouseholdMember, read.all_members)
    keys = {key for each in relationships for key in (each.person_id, each.other_id)}
    keys |= {each.person_id for each in warnings} | {each.person_id for each in members}
    parentage = taken_apart(Relationship, read.all_parentage)
    keys |= {key for each in parentage for key in (each.person_id, each.other_id)}
    known = shown(viewer, keys)
    return Record(
        person=read,
        on=on,
        allowed=frozenset(action for action in ALLOWED if getattr(read, f"may_{action}")),
        names=_sorted_names([_held_back(PersonName, row, instead, "given", "family") for row in read.all_names]),
        numbered=[
            (_held_back(Identifier, row, instead, "value"), row["issuer_name"] or "") for row in read.all_identifiers
        ],
        addresses=_newest_first([_address(row, instead) for row in read.all_addresses]),
        related=[
            _related(each, read.pk, known) for each in relationships if {each.person_id, each.other_id} <= set(known)
        ],
        siblings=_siblings(read.pk, parentage, known),
        living=_living(read, members, known),
        warnings=[
            Standing(each, known.get(each.person_id), each.person_id == read.pk, each.review_on < on)
            for each in warnings
        ],
        flagged=[(one(Flag, row), row["agency_name"]) for row in read.all_flags],
        parts_again=read.may_verify and read.parts_one,
    )


def _sorted_names(names: list[PersonName]) -> list[PersonName]:
    order = list(NameKind)
    return sorted(names, key=lambda name: order.index(NameKind(name.kind)))


def _newest_first(addresses: list[PersonAddress]) -> list[PersonAddress]:
    return sorted(addresses, key=lambda each: (each.ends_on or date.max, each.starts_on or date.min), reverse=True)


def _held_back(model: type[Part], row: Mapping[str, Any], instead: str, *fields: str) -> Part:
    """One row; where its fields are above the viewer they are empty, and `held_back` says what to show."""
    made = one(model, row)
    if not row["said"]:
        made.held_back = instead
        for field in fields:
            setattr(made, field, "")
    return made


def _address(row: Mapping[str, Any], instead: str) -> PersonAddress:
    made = _held_back(PersonAddress, row, instead)
    if made.held_back:
        made.address = Address(lines=instead)
    else:
        made.address = one(Address, {column: row[f"at_{column}"] for column in _columns(Address)})
    return made


def _both_known(relationship: Relationship, known: Mapping[UUID, Shown | None]) -> bool:
    return relationship.person_id in known and relationship.other_id in known


def _related(relationship: Relationship, key: UUID, known: Mapping[UUID, Shown | None]) -> Related:
    first = relationship.person_id == key
    return Related(relationship, first, known.get(relationship.other_id if first else relationship.person_id))


def _siblings(key: UUID, parentage: Sequence[Relationship], known: Mapping[UUID, Shown | None]) -> list[Sibling]:
    """By parents whom the viewer may open: a bond through another would tell of that other. The eldest first."""
    parents: dict[UUID, set[UUID]] = {}
    for each in parentage:
        if known.get(each.person_id):
            parents.setdefault(each.other_id, set()).add(each.person_id)
    mine = parents.pop(key, set())
    found = [(known.get(other), bond(mine, theirs)) for other, theirs in parents.items()]
    siblings = [Sibling(other, how) for other, how in found if other and how]
    return sorted(siblings, key=lambda each: each.other.eldest_first)


def _living(read: Any, members: list[HouseholdMember], known: Mapping[UUID, Shown | None]) -> list[Living]:
    households = {
        row["household_id"]: one(Household, {column: row[f"in_{column}"] for column in _columns(Household)})
        for row in read.all_members
    }
    return [
        Living(
            member,
            households[member.household_id],
            [
                (each, known[each.person_id])
                for each in members
                if each.household_id == member.household_id and each.person_id != read.pk and each.person_id in known
            ],
            all(known.get(each.person_id) for each in members if each.household_id == member.household_id),
        )
        for member in members
        if member.person_id == read.pk
    ]


def warnings_of(viewer: Viewer, key: UUID) -> list[Standing]:
    """The warnings that hold for somebody the viewer may open: for pages of other rooms about the person."""
    return record_of(viewer, key).standing


def by_words(rows: QuerySet[Any, Any], words: str) -> QuerySet[Any, Any]:
    """Those of whom each word begins a name, now or ever, or is a number they are known by.

    A name or a number more sensitive than the record itself is no way to be found, for anybody.
    """
    of_all_who_open = Q(sensitivity__lte=Sensitivity.PERSONAL) | Q(sensitivity__lte=F("person__sensitivity"))
    for word in words.replace(",", " ").split():
        names = PersonName.objects.filter(of_all_who_open).filter(
            Q(given__istartswith=word)
            | Q(family__istartswith=word)
            # A middle name or the second part of a double one.
            | Q(given__icontains=f" {word}")
            | Q(family__icontains=f" {word}")
            | Q(family__icontains=f"-{word}")
        )
        numbers = Identifier.objects.filter(of_all_who_open, value__iexact=word)
        rows = rows.filter(Q(pk__in=names.values("person")) | Q(pk__in=numbers.values("person")))
    return rows


FAMILY_REACHED = """
WITH RECURSIVE reached(id, steps) AS (
    SELECT %s::uuid, 0
    UNION
    SELECT CASE WHEN tie.person_id = reached.id THEN tie.other_id ELSE tie.person_id END, reached.steps + 1
    FROM reached JOIN people_relationship AS tie ON reached.id IN (tie.person_id, tie.other_id)
    WHERE reached.steps < %s AND (tie.kind = ANY(%s) OR reached.steps = 0)
)
SELECT * FROM people_relationship
WHERE person_id IN (SELECT id FROM reached) AND other_id IN (SELECT id FROM reached) ORDER BY id
"""
STEPS = 5
"""Relationships from the focus: great-grandparents' other grandchildren are no nearer than that."""


def network_of(viewer: Viewer, record: Record) -> Network:
    """The family round a person whose record the viewer has opened, in three queries. No more than they may know."""
    relationships = list(
        Relationship.objects.raw(FAMILY_REACHED, [record.person.pk, STEPS, [str(kind) for kind in FAMILY]])
    )
    keys = {record.person.pk, *(key for each in relationships for key in (each.person_id, each.other_id))}
    known = shown(viewer, keys)
    living: dict[int, tuple[str, set[UUID]]] = {}
    members = HouseholdMember.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=record.on), person__in=known, household__ends_on__isnull=True
    )
    not_opened = ~Exists(visible(Person.objects.filter(pk=OuterRef("person")), viewer, Action.OPEN))
    others = HouseholdMember.objects.filter(not_opened, household=OuterRef("household"))
    title = Case(When(Exists(others), then=Value(A_HOUSEHOLD)), default="household__title")
    for household, called, key in members.values_list("household", title, "person"):
        if known[key]:
            living.setdefault(household, (called, set()))[1].add(key)
    households = {name: (title, frozenset(keys)) for name, (title, keys) in sorted(living.items())}
    return network_from(record.person.pk, relationships, known, households, record.on)


def openable(viewer: Viewer, keys: Collection[str]) -> QuerySet[Person]:
    """Those of these keys whom the viewer may open."""
    return people(viewer).filter(pk__in=keys)


def find_by_words(viewer: Viewer, words: str, but: UUID) -> list[tuple[Person, str]]:
    """Up to 20 people whom the viewer may open and the words fit, with what tells them apart; never `but`."""
    rows = by_words(people(viewer).exclude(pk=but), words).annotate(name=current_name()).order_by("name", "pk")[:FOUND]
    return [(row, _told_apart(row)) for row in rows]


def _told_apart(row: Any) -> str:
    born = row.born_on or row.expected_on
    what = "born" if row.born_on else "expected"
    name = row.name or WITHOUT_A_NAME
    return f"{name}, {what} {in_words(born)}" if born else name


def agencies_of(viewer: Viewer) -> list[Agency]:
    """The agencies of the viewer's area that work there now."""
    return list(Agency.objects.filter(area=viewer.area_id, ended_on=None))
