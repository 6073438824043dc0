"""Users, the seats they sit in, who is involved in a record, restricted records and break-glass."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from safeboard.foundation.agencies.models import Agency, Team


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
    """A user, or all of an agency, works with a record for a time: what the reach `involved` looks at."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"], name="involved_in_a_record")]
        constraints = [
            models.CheckConstraint(
                name="involved_is_a_user_or_an_agency",
                condition=Q(user__isnull=False, agency__isnull=True) | Q(user__isnull=True, agency__isnull=False),
            )
        ]


class Restriction(OfARecord):
    """A record closed to all but those allowed, from its start to its end. Reviewed every 90 days."""

    category = models.CharField(max_length=100)
    reason = models.TextField()
    ask = models.CharField(max_length=200, help_text="Whom to ask: shown to those who may know the record exists.")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"], name="restriction_of_a_record")]


class RestrictionEntry(models.Model):
    """One user allowed through a restriction, or kept out even though the role would reach."""

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="entries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    allowed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["restriction", "user"], name="user_once_in_a_restriction")]


class BreakGlass(OfARecord):
    """One user opened one record in an emergency: for two hours, told to its owner, reviewed the next working day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_on = models.DateField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id", "user"], name="broken_glass_of_a_record")]
        constraints = [
            models.CheckConstraint(
                name="nobody_reviews_their_own_break_glass",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("user")),
            )
        ]
