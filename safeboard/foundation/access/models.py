"""Users, the seats they sit in, who is involved in a record, restricted records, break-glass and notices."""

from datetime import timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from safeboard.foundation.access.words import OpeningOutcome, RestrictionCategory
from safeboard.foundation.agencies.models import Agency, BoardArea, Team

BREAK_GLASS_LASTS: Final = timedelta(hours=2)


class UserAccounts(BaseUserManager["User"]):
    """Makes users. An e-mail address is kept in lower case: it is one address in any case."""

    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from their seats alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    ended_on = models.DateField(null=True, blank=True, help_text="The last day they may sign in.")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserAccounts()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A user in a role for an agency of an area, for a time. Somebody with two roles has two seats."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seats")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day of the seat; empty while it goes on.")

    class Meta:
        ordering = ["user", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_starts", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.agency}"


class OfARecord(models.Model):
    """Something said of a record of any kind, by a plain kind and id: access knows no room above it."""

    kind = models.CharField(max_length=50)
    object_id = models.CharField(max_length=40)

    class Meta:
        abstract = True


class Involvement(OfARecord):
    """A user, or all of an agency, works with a record for a time (days inclusive): what reach `involved` looks at."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True)
    why = models.CharField(max_length=300, help_text="What they do for the record: social worker of the child, say.")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"], name="involved_in_a_record")]
        constraints = [
            models.CheckConstraint(
                name="involved_is_a_user_or_an_agency",
                condition=Q(user__isnull=False, agency__isnull=True) | Q(user__isnull=True, agency__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_involves_themselves", condition=Q(user__isnull=True) | ~Q(user=F("said_by"))
            ),
            models.CheckConstraint(
                name="involvement_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]


class Restriction(OfARecord):
    """A record closed from a start to an end. Reviewed every 90 days.

    `only_listed`: to all but those on its list; otherwise to those alone whom the list keeps out. `hides_existence`:
    others may not even know that there is such a record. `lets_duty_team_in`: somebody must be able to act at night.
    """

    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30, choices=RestrictionCategory.choices)
    reason = models.TextField()
    ask = models.CharField(max_length=200, help_text="Whom to ask: shown to those who may know the record exists.")
    only_listed = models.BooleanField(default=True)
    hides_existence = models.BooleanField(default=False)
    lets_duty_team_in = models.BooleanField(default=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="Closed until then, exclusive.")
    review_on = models.DateField()

    class Meta:
        ordering = ["review_on", "id"]
        indexes = [models.Index(fields=["kind", "object_id"], name="restriction_of_a_record")]
        constraints = [
            models.CheckConstraint(name="restriction_ends_after_it_starts", condition=Q(ends_at__gte=F("starts_at"))),
            models.CheckConstraint(
                name="only_what_is_closed_to_all_is_hidden", condition=Q(hides_existence=False) | Q(only_listed=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Restriction {self.pk}"


class RestrictionEntry(models.Model):
    """One user allowed through a restriction, or kept out even though the role would reach."""

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="entries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    allowed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["restriction", "user"], name="user_once_in_a_restriction")]


class RestrictionReview(models.Model):
    """One review of a restriction: kept on or ended, by whom, and why."""

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="reviews")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kept = models.BooleanField()
    reason = models.TextField()

    class Meta:
        ordering = ["-at"]


class BreakGlass(OfARecord):
    """One user opened one record in an emergency: for two hours, told to its owner, reviewed the next working day."""

    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="Open until then, exclusive.")
    review_on = models.DateField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=OpeningOutcome.choices, blank=True)
    found = models.TextField(blank=True, help_text="What the reviewer found, in words.")

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["kind", "object_id", "user"], name="broken_glass_of_a_record"),
            models.Index(fields=["user", "-ends_at"], name="broken_glass_of_a_user"),
        ]
        constraints = [
            models.CheckConstraint(
                name="nobody_reviews_their_own_break_glass",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("user")),
            ),
            models.CheckConstraint(
                name="broken_glass_is_open_for_two_hours_at_most",
                condition=Q(ends_at__gt=F("opened_at"), ends_at__lte=F("opened_at") + BREAK_GLASS_LASTS),
            ),
            models.CheckConstraint(
                name="break_glass_is_reviewed_with_an_outcome",
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, outcome="")
                | (Q(reviewed_by__isnull=False, reviewed_at__gte=F("opened_at")) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Opening {self.pk}"

    @property
    def ended_early(self) -> bool:
        """Whether whoever opened the record said that they had finished before the time was over."""
        return self.ends_at < self.opened_at + BREAK_GLASS_LASTS


class Notice(OfARecord):
    """Something told to one user in the house: a sentence without a name, and the record it is about."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    said = models.CharField(max_length=200, help_text="In words, without a name.")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["user", "-at"], name="notices_of_a_user", condition=Q(read_at__isnull=True))]
        constraints = [
            models.CheckConstraint(
                name="notice_is_read_after_it_is_given", condition=Q(read_at__isnull=True) | Q(read_at__gte=F("at"))
            )
        ]

    def __str__(self) -> str:
        return f"Notice {self.pk}"
