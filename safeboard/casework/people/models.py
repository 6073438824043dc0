"""The tables of this room: a person, and what is known of them."""

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from safeboard.casework.people.codes import (
    DISABILITIES,
    ETHNICITIES,
    MUTUAL,
    NO_DISABILITY,
    SEXES,
    AddressKind,
    FlagKind,
    IdentifierKind,
    NameKind,
    PersonKind,
    RecordStatus,
    RelationshipKind,
    SafetyKind,
    SaidBy,
)
from safeboard.casework.people.model_parts import HeldBack, OfTwoPeople, WithDetails, ends_after_it_starts
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import Agency, BoardArea

SEXES_KNOWN = [code for code, _ in SEXES]
ETHNICITIES_KNOWN = [code for code, _ in ETHNICITIES]
DISABILITIES_KNOWN = [code for code, _ in DISABILITIES]


class Days(Func):
    """The days of a row as a range, both ends inclusive; an end not known is open."""

    function = "daterange"
    output_field = DateRangeField()


class Person(models.Model):
    """A child, an adult or an unborn child: one record however many agencies know them.

    `kind` is as recorded; a child becomes an adult on their 18th birthday without anybody changing it (`rules`).
    `agency` answers for the record: whom to ask. `joined_into` is the record in use where this one was a duplicate.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="people")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    sensitivity = models.PositiveSmallIntegerField(choices=Sensitivity.choices, default=Sensitivity.PERSONAL)
    kind = models.CharField(max_length=10, choices=PersonKind.choices)
    status = models.CharField(max_length=10, choices=RecordStatus.choices, default=RecordStatus.CURRENT)
    joined_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined_records"
    )
    born_on = models.DateField(null=True, blank=True)
    born_estimated = models.BooleanField(default=False)
    expected_on = models.DateField(
        null=True, blank=True, help_text="Expected day of birth; kept once the child is born."
    )
    died_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=SEXES, default="U")
    ethnicity = models.CharField(max_length=4, choices=ETHNICITIES, default="NOBT")
    disabilities = ArrayField(models.CharField(max_length=4, choices=DISABILITIES), default=list, blank=True)
    first_language = models.CharField(max_length=60, blank=True)
    interpreter = models.BooleanField(null=True, blank=True, help_text="Whether one is needed; empty: not known.")
    communication = models.CharField(max_length=300, blank=True, help_text="What helps to be understood.")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            models.Index(fields=["area", "born_on"], name="people_of_an_area_by_birth"),
            # With the key, by which the list breaks ties: those of one load were all added at the same moment.
            models.Index(fields=["-added_at", "id"], name="people_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(
                name="unborn_has_no_day_of_birth", condition=~Q(kind=PersonKind.UNBORN) | Q(born_on__isnull=True)
            ),
            models.CheckConstraint(
                name="estimated_birth_has_a_day", condition=Q(born_estimated=False) | Q(born_on__isnull=False)
            ),
            models.CheckConstraint(
                name="dies_after_birth",
                condition=Q(died_on__isnull=True) | Q(born_on__isnull=True) | Q(died_on__gte=F("born_on")),
            ),
            models.CheckConstraint(name="sex_in_the_census_codes", condition=Q(sex__in=SEXES_KNOWN)),
            models.CheckConstraint(name="ethnicity_in_the_census_codes", condition=Q(ethnicity__in=ETHNICITIES_KNOWN)),
            models.CheckConstraint(
                name="disabilities_in_the_census_codes", condition=Q(disabilities__contained_by=DISABILITIES_KNOWN)
            ),
            models.CheckConstraint(
                name="no_disability_stands_alone",
                condition=~Q(disabilities__contains=[NO_DISABILITY]) | Q(disabilities__len=1),
            ),
            models.CheckConstraint(
                name="joined_leads_to_another_record",
                condition=Q(status=RecordStatus.JOINED, joined_into__isnull=False) & ~Q(joined_into=F("id"))
                | ~Q(status=RecordStatus.JOINED) & Q(joined_into__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"  # never a name: this stands in errors and logs


class PersonName(HeldBack):
    """A name somebody has or had. One is current; both days are inclusive, empty where not known.

    `sensitivity` is the name's own, where it is higher than the record's: the former name of somebody adopted, say.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=10, choices=NameKind.choices)
    sensitivity = models.PositiveSmallIntegerField(
        choices=Sensitivity.choices, default=Sensitivity.PERSONAL, db_default=Sensitivity.PERSONAL
    )
    given = models.CharField(max_length=100, blank=True, help_text="First and middle names.")
    family = models.CharField(max_length=100, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="one_current_name", fields=["person"], condition=Q(kind=NameKind.CURRENT)),
            models.CheckConstraint(name="a_name_says_something", condition=~Q(given="", family="")),
            models.CheckConstraint(
                name="current_name_is_no_secret",
                condition=~Q(kind=NameKind.CURRENT) | Q(sensitivity__lte=Sensitivity.PERSONAL),
            ),
            models.CheckConstraint(
                name="current_name_goes_on", condition=~Q(kind=NameKind.CURRENT) | Q(ends_on__isnull=True)
            ),
            ends_after_it_starts("name_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"name {self.pk}"

    @property
    def full(self) -> str:
        return self.held_back or f"{self.given} {self.family}".strip()


class Identifier(HeldBack):
    """A number by which an agency or the nation knows somebody. Ended where it was wrong or replaced, never deleted.

    `area` is the person's: a number is unique within it, kind and issuer, among those not ended. `sensitivity` is the
    number's own, as a name's.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=IdentifierKind.choices)
    issuer = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    value = models.CharField(max_length=40)
    sensitivity = models.PositiveSmallIntegerField(
        choices=Sensitivity.choices, default=Sensitivity.PERSONAL, db_default=Sensitivity.PERSONAL
    )
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["value"], name="people_by_identifier")]
        constraints = [
            models.UniqueConstraint(
                name="identifier_once_in_an_area",
                fields=["area", "kind", "issuer", "value"],
                condition=Q(ended_on__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="local_number_has_an_issuer",
                condition=Q(kind=IdentifierKind.LOCAL, issuer__isnull=False)
                | ~Q(kind=IdentifierKind.LOCAL) & Q(issuer__isnull=True),
            ),
            models.CheckConstraint(
                name="nhs_number_is_ten_digits",
                condition=~Q(kind=IdentifierKind.NHS) | Q(value__regex=r"^[0-9]{10}$"),
            ),
            models.CheckConstraint(
                name="upn_is_of_its_form",
                condition=~Q(kind__in=[IdentifierKind.UPN, IdentifierKind.FORMER_UPN])
                | Q(value__regex=r"^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$"),
            ),
        ]

    def __str__(self) -> str:
        return f"identifier {self.pk}"


class Address(models.Model):
    """A place in an area's records. Several people may have one; `uprn` is the national number of the property."""

    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="addresses")
    lines = models.CharField(max_length=300, help_text="House and street, town.")
    postcode = models.CharField(max_length=8, blank=True)
    uprn = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "addresses"
        indexes = [models.Index(fields=["area", "postcode"], name="addresses_by_postcode")]
        constraints = [
            models.CheckConstraint(name="uprn_is_digits", condition=Q(uprn="") | Q(uprn__regex=r"^[1-9][0-9]{0,11}$")),
            models.CheckConstraint(name="an_address_says_where", condition=~Q(lines="")),
        ]

    def __str__(self) -> str:
        return f"address {self.pk}"

    @property
    def full(self) -> str:
        return ", ".join(part for part in (self.lines, self.postcode) if part)


class PersonAddress(HeldBack):
    """Somebody at an address for a time. Main addresses of one person never overlap; both days are inclusive.

    `sensitivity` is that of where it is: a refuge, say. That there is such an address may be told to more.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="people")
    kind = models.CharField(max_length=15, choices=AddressKind.choices)
    sensitivity = models.PositiveSmallIntegerField(choices=Sensitivity.choices, default=Sensitivity.PERSONAL)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "person addresses"
        constraints = [
            ExclusionConstraint(
                name="one_main_address_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=AddressKind.MAIN),
            ),
            models.CheckConstraint(
                name="safe_contact_is_sensitive",
                condition=~Q(kind=AddressKind.SAFE_CONTACT) | Q(sensitivity__gte=Sensitivity.SENSITIVE),
            ),
            ends_after_it_starts("address_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"address of a person {self.pk}"


class Relationship(models.Model):
    """`person` is the `kind` of `other`, as somebody said. Mutual kinds are held once, the lower key first."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships_of_others")
    kind = models.CharField(max_length=20, choices=RelationshipKind.choices)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    said_by = models.CharField(max_length=15, choices=SaidBy.choices)
    source = models.CharField(max_length=300, blank=True, help_text="Who exactly, or which document.")
    confirmed = models.BooleanField(default=False)

    objects = OfTwoPeople()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="nobody_is_their_own_relation", condition=~Q(person=F("other"))),
            models.CheckConstraint(
                name="mutual_relationship_is_held_once",
                condition=~Q(kind__in=MUTUAL) | Q(person__lt=F("other")),
            ),
            models.UniqueConstraint(
                name="relationship_goes_on_once",
                fields=["person", "other", "kind"],
                condition=Q(ends_on__isnull=True),
            ),
            ends_after_it_starts("relationship_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"relationship {self.pk}"


class Household(models.Model):
    """People who live together for a time, at an address where it is known."""

    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="households")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, null=True, blank=True, related_name="households")
    title = models.CharField(max_length=100, help_text="What colleagues call it: Mother's household.")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [ends_after_it_starts("household_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"household {self.pk}"


class HouseholdMember(models.Model):
    """Somebody in a household for a time. Both days are inclusive."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="in_a_household_once", fields=["household", "person"], condition=Q(ends_on__isnull=True)
            ),
            ends_after_it_starts("member_ends_after_they_start"),
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"


class SafetyWarning(HeldBack):
    """What must be known before writing, telephoning or visiting. Stands on every page about the person.

    With an `address` it stands on the pages of everybody who lives there too. After `review_on` it still stands, marked
    as overdue for review: it goes only when somebody ends it. `ends_on` is the last day it holds.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safety_warnings")
    address = models.ForeignKey(
        Address, on_delete=models.PROTECT, null=True, blank=True, related_name="safety_warnings"
    )
    kind = models.CharField(max_length=20, choices=SafetyKind.choices)
    text = models.CharField(max_length=500, blank=True, help_text="What to do, and what not.")
    starts_on = models.DateField()
    review_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = WithDetails()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="warning_is_reviewed_later", condition=Q(review_on__gt=F("starts_on"))),
            ends_after_it_starts("warning_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"warning {self.pk}"


class Flag(models.Model):
    """An alert about a person that goes by itself after `expires_on`, its last day, unless it is ended sooner."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=20, choices=FlagKind.choices)
    text = models.CharField(max_length=500, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="Whom to ask about it.")
    starts_on = models.DateField()
    expires_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="flag_expires_later", condition=Q(expires_on__gte=F("starts_on"))),
            ends_after_it_starts("flag_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"flag {self.pk}"
