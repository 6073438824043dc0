"""Links that let somebody in (demonstration, invitation, one task), agencies' own sign-in, and lists of leavers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from safeboard.foundation.access.models import Seat
from safeboard.foundation.agencies.models import Agency, BoardArea


class DemoLink(models.Model):
    """A link that signs in as an example user, once. Made and honoured in the demonstration only."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Link {self.pk}"


class AgencySignIn(models.Model):
    """An agency's own OpenID Connect provider: its people sign in there with the account they use at work."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="sign_in")
    issuer = models.URLField(max_length=300, help_text="The provider's address, as in its discovery document.")
    client_id = models.CharField(max_length=200)
    secret = models.TextField(help_text="The client secret, encrypted.")
    email_domains = models.TextField(help_text="Domains of the agency's addresses, one a line; others are refused.")
    vouches_for_emails = models.BooleanField(
        default=False, help_text="Its directory gives out only its own addresses, though it does not say 'verified'."
    )
    is_on = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"Sign-in of {self.agency}"

    @property
    def key(self) -> str:
        """The word for it in addresses, and in the accounts tied to it."""
        return f"agency-{self.agency_id}"

    def holds_domain_of(self, email: str) -> bool:
        """Whether the address is in one of the agency's domains. A subdomain is another domain."""
        return email.rpartition("@")[2].lower() in self.email_domains.lower().split()


class Invitation(models.Model):
    """A seat offered to an address. Good once, until it expires or is withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=40)
    email = models.EmailField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="Good until then, exclusive.")
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="invitation_is_accepted_or_withdrawn_not_both",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"Invitation to {self.agency}"


class LeaversList(models.Model):
    """An agency's list of its present staff, held against its seats: whose address is not on it has left."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="leavers_lists")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    listed = models.PositiveIntegerField(help_text="How many addresses the list held.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="leavers_are_undone_after_they_are_confirmed",
                condition=Q(undone_at__isnull=True) | Q(confirmed_at__isnull=False, undone_at__gte=F("confirmed_at")),
            )
        ]

    def __str__(self) -> str:
        return f"Leavers of {self.agency}"


class Leaver(models.Model):
    """One seat that a list ends, with what it was before, so that ending it can be undone."""

    leavers_list = models.ForeignKey(LeaversList, on_delete=models.CASCADE, related_name="leavers")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField(help_text="The seat's first day before.")
    ended_on = models.DateField(null=True, blank=True, help_text="The seat's last day before.")
    closed_account = models.BooleanField(default=False, help_text="It was the user's last seat.")

    class Meta:
        ordering = ["seat__user__name", "seat_id"]
        constraints = [models.UniqueConstraint(fields=["leavers_list", "seat"], name="seat_once_in_a_list_of_leavers")]

    def __str__(self) -> str:
        return f"Leaver {self.pk}"


class OneTaskLink(models.Model):
    """A link for one task about one record, for somebody without an account. The code for it comes another way."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=50)
    kind = models.CharField(max_length=50)
    object_id = models.CharField(max_length=40)
    email = models.EmailField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="Found until then, exclusive.")
    token_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    tries_left = models.PositiveSmallIntegerField(default=5)
    used_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=20, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["kind", "object_id"], name="one_task_links_of_a_record")]
        constraints = [
            models.CheckConstraint(
                name="one_task_is_used_with_a_receipt",
                condition=Q(used_at__isnull=True, receipt="") | (Q(used_at__isnull=False) & ~Q(receipt="")),
            ),
            models.CheckConstraint(
                name="one_task_is_withdrawn_by_somebody_and_unused",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, used_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"One task {self.pk}"
