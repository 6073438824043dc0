"""Reads of people. Every one starts from who is looking."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Trim
from django.http import Http404
from django.utils import timezone

from safeboard.casework.people.codes import OF_BIRTH, AddressKind, NameKind, PersonKind, RecordStatus
from safeboard.casework.people.guards import PERSON
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
from safeboard.casework.people.parts import one, taken_apart, together
from safeboard.casework.people.rules import Bond, bond, goes_on
from safeboard.foundation.access.models import Restriction
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action

WITHOUT_A_NAME = "Name not known"


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody as they are named beside another: only people whom the viewer may open."""

    key: UUID
    name: str
    kind: PersonKind
    sex: str
    born_on: date | None
    born_estimated: bool
    expected_on: date | None
    died_on: date | None

    @property
    def eldest_first(self) -> tuple[date, str]:
        """Sorts people by age; those whose birth is not known stand last."""
        return (self.born_on or self.expected_on or date.max, self.name)


@dataclass(frozen=True, slots=True)
class Standing:
    """A safety warning as it stands on a page. `whose` is None where it is somebody's whom the viewer may not open:

    then its kind is told, because it may be a matter of life, and neither its text nor whose it is.
    """

    warning: SafetyWarning
    whose: Shown | None
    own: bool
    overdue: bool

    @property
    def words(self) -> str:
        said = self.warning.get_kind_display()
        if self.whose and self.warning.text:
            said = f"{said}. {self.warning.text}"
        if not self.own:
            said += f" (at this address: {self.whose.name})" if self.whose else " (at this address)"
        return f"{said} Overdue for review." if self.overdue else said


@dataclass(frozen=True, slots=True)
class Related:
    """A relationship of the person whose record is read. `other` is None for somebody the viewer may not open."""

    relationship: Relationship
    first: bool
    other: Shown | None


@dataclass(frozen=True, slots=True)
class Sibling:
    """Somebody with a parent in common, by birth or adoption: derived, never typed."""

    other: Shown
    bond: Bond | None


@dataclass(frozen=True, slots=True)
class Living:
    """A household of the person: their own time in it, and who else is or was."""

    member: HouseholdMember
    household: Household
    others: Sequence[tuple[HouseholdMember, Shown | None]]


@dataclass(frozen=True, slots=True)
class Record:
    """All that one viewer may know of one person, on one day."""

    person: Person
    on: date
    names: Sequence[PersonName]
    identifiers: Sequence[Identifier]
    addresses: Sequence[PersonAddress]
    related: Sequence[Related]
    siblings: Sequence[Sibling]
    living: Sequence[Living]
    warnings: Sequence[Standing]
    flags: Sequence[Flag]

    @property
    def name(self) -> str:
        return next((name.full for name in self.names if name.kind == NameKind.CURRENT), WITHOUT_A_NAME)

    @property
    def born_to(self) -> frozenset[UUID]:
        """The keys of the parents, by birth or adoption, whom the viewer may open."""
        by_birth = [each for each in self.related if each.relationship.kind in OF_BIRTH and not each.first]
        return frozenset(each.other.key for each in by_birth if each.other)

    @property
    def standing(self) -> list[Standing]:
        """The warnings that hold, whether reviewed in time or not."""
        return [each for each in self.warnings if goes_on(each.warning.starts_on, each.warning.ends_on, self.on)]

    @property
    def raised(self) -> list[Flag]:
        """The flags that have neither run out nor been ended."""
        return [each for each in self.flags if flag_holds(each, self.on)]

    @property
    def parts(self) -> list[Any]:
        """Every row that tells of the person beside the person's own: what the history covers."""
        return [
            *(self.names),
            *self.identifiers,
            *self.addresses,
            *(each.relationship for each in self.related if each.other),
            *(each.member for each in self.living),
            *(each.warning for each in self.warnings if each.own),
            *self.flags,
        ]


def flag_holds(flag: Flag, on: date) -> bool:
    return goes_on(flag.starts_on, min(flag.expires_on, flag.ends_on or flag.expires_on), on)


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
    found = visible(Person.objects.filter(pk=key), viewer, Action.FIND).select_related("agency").first()
    if found is None:
        return None
    closed = Restriction.objects.filter(
        kind=PERSON, object_id=str(key), starts_at__lte=viewer.at, ends_at__gt=viewer.at
    ).first()
    return closed.ask if closed else found.agency.name


def shown(viewer: Viewer, keys: Collection[UUID]) -> Mapping[UUID, Shown]:
    """The people of these keys whom the viewer may open, by key. One query, none for no keys."""
    if not keys:
        return {}
    found = visible(Person.objects.filter(pk__in=keys), viewer, Action.OPEN).annotate(name=current_name())
    return {
        each.pk: Shown(
            each.pk,
            each.name or WITHOUT_A_NAME,
            PersonKind(each.kind),
            each.sex,
            each.born_on,
            each.born_estimated,
            each.expected_on,
            each.died_on,
        )
        for each in found
    }


def _lives_at(viewer: Viewer, person: OuterRef) -> QuerySet[Any, Any]:
    on = day_of(viewer)
    here: QuerySet[PersonAddress] = PersonAddress.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on), person=person
    )
    return here.exclude(kind=AddressKind.CORRESPONDENCE).values("address")


def _warnings_about(viewer: Viewer) -> QuerySet[SafetyWarning]:
    """Of the outer person and of the places where they live: a dog bites whoever comes, whomever they come for."""
    return SafetyWarning.objects.filter(
        Q(person=OuterRef("pk")) | Q(address__in=_lives_at(viewer, OuterRef(OuterRef("pk"))))
    )


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
            all_names=together(PersonName.objects.filter(**mine)),
            all_identifiers=together(Identifier.objects.filter(**mine), issuer_name="issuer__name"),
            all_addresses=together(
                visible(PersonAddress.objects.filter(**mine), viewer, Action.OPEN),
                **{f"at_{column}": f"address__{column}" for column in _columns(Address)},
            ),
            all_relationships=together(Relationship.objects.filter(Q(person=OuterRef("pk")) | Q(other=OuterRef("pk")))),
            all_parentage=together(_parentage_of_my_siblings()),
            all_members=together(
                of_households, **{f"in_{column}": f"household__{column}" for column in _columns(Household)}
            ),
            all_warnings=together(_warnings_about(viewer)),
            all_flags=together(Flag.objects.filter(**mine), agency_name="agency__name"),
        )
        .first()
    )
    if found is None:
        raise Http404
    return _record(viewer, found)


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
    warnings = taken_apart(SafetyWarning, read.all_warnings)
    members = taken_apart(HouseholdMember, read.all_members)
    keys = {key for each in relationships for key in (each.person_id, each.other_id)}
    keys |= {each.person_id for each in warnings} | {each.person_id for each in members}
    parentage = taken_apart(Relationship, read.all_parentage)
    keys |= {key for each in parentage for key in (each.person_id, each.other_id)}
    known = shown(viewer, keys)
    return Record(
        person=read,
        on=on,
        names=_sorted_names(taken_apart(PersonName, read.all_names)),
        identifiers=[_identifier(row) for row in read.all_identifiers],
        addresses=_newest_first([_address(row) for row in read.all_addresses]),
        related=[_related(each, read.pk, known) for each in relationships],
        siblings=_siblings(read.pk, parentage, known),
        living=_living(read, members, known),
        warnings=[
            Standing(each, known.get(each.person_id), each.person_id == read.pk, each.review_on < on)
            for each in warnings
        ],
        flags=[_flag(row) for row in read.all_flags],
    )


def _sorted_names(names: list[PersonName]) -> list[PersonName]:
    order = list(NameKind)
    return sorted(names, key=lambda name: order.index(NameKind(name.kind)))


def _newest_first(addresses: list[PersonAddress]) -> list[PersonAddress]:
    return sorted(addresses, key=lambda each: (each.ends_on or date.max, each.starts_on or date.min), reverse=True)


def _identifier(row: Mapping[str, Any]) -> Identifier:
    made = one(Identifier, row)
    made.issued_by = row["issuer_name"] or ""  # type: ignore[attr-defined]
    return made


def _flag(row: Mapping[str, Any]) -> Flag:
    made = one(Flag, row)
    made.asked = row["agency_name"]  # type: ignore[attr-defined]
    return made


def _address(row: Mapping[str, Any]) -> PersonAddress:
    made = one(PersonAddress, row)
    made.address = one(Address, {column: row[f"at_{column}"] for column in _columns(Address)})
    return made


def _related(relationship: Relationship, key: UUID, known: Mapping[UUID, Shown]) -> Related:
    first = relationship.person_id == key
    return Related(relationship, first, known.get(relationship.other_id if first else relationship.person_id))


def _siblings(key: UUID, parentage: Sequence[Relationship], known: Mapping[UUID, Shown]) -> list[Sibling]:
    """By parents whom the viewer may open: a bond through another would tell of that other. The eldest first."""
    parents: dict[UUID, set[UUID]] = {}
    for each in parentage:
        if each.person_id in known:
            parents.setdefault(each.other_id, set()).add(each.person_id)
    mine = parents.pop(key, set())
    found = [Sibling(known[other], bond(mine, theirs)) for other, theirs in parents.items() if other in known]
    return sorted((each for each in found if each.bond), key=lambda each: each.other.eldest_first)


def _living(read: Any, members: list[HouseholdMember], known: Mapping[UUID, Shown]) -> list[Living]:
    households = {
        row["household_id"]: one(Household, {column: row[f"in_{column}"] for column in _columns(Household)})
        for row in read.all_members
    }
    return [
        Living(
            member,
            households[member.household_id],
            [
                (each, known.get(each.person_id))
                for each in members
                if each.household_id == member.household_id and each.person_id != read.pk
            ],
        )
        for member in members
        if member.person_id == read.pk
    ]


def warnings_of(viewer: Viewer, key: UUID) -> list[Standing]:
    """The warnings that hold for somebody the viewer may open: for pages of other rooms about the person."""
    return record_of(viewer, key).standing
