"""Alerts, monthly samples, what is known of staff for them, and each verification of the trail."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from safeboard.foundation.agencies.models import BoardArea
from safeboard.foundation.watching.codes import Cause, Outcome

USER = settings.AUTH_USER_MODEL


class LookedInto(models.Model):
    """Something that one person answers for and another looks into, with an outcome. Nobody looks into their own."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", help_text="Whose reading it was.")
    looked_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    words = models.TextField(blank=True, max_length=4_000)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_looked_into_by_somebody_else",
                condition=Q(looked_by__isnull=True) | ~Q(looked_by=F("user")),
            ),
            models.CheckConstraint(
                name="%(class)s_has_all_of_its_outcome_or_none",
                condition=Q(looked_by__isnull=True, looked_at__isnull=True, outcome="")
                | Q(looked_by__isnull=False, looked_at__isnull=False) & ~Q(outcome=""),
            ),
        ]


class Alert(LookedInto):
    """One thing in the trail that the privacy officer looks into. `once` keeps one cause from being told twice."""

    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=20, choices=Cause.choices)
    kind = models.CharField(max_length=100, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    first_entry = models.BigIntegerField(help_text="The number of the first entry of the trail that made it.")
    readings = models.PositiveIntegerField(help_text="How many records, or readings, made it.")
    day = models.DateField(help_text="The day of the first of them.")
    found_at = models.DateTimeField()
    once = models.CharField(max_length=200, unique=True)

    class Meta(LookedInto.Meta):
        ordering = ["-found_at", "-pk"]

    def __str__(self) -> str:
        return f"alert {self.pk}"


class Sample(models.Model):
    """The readings of one month drawn by lot for review. The same seed draws the same readings again."""

    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(help_text="Its first day.")
    seed = models.CharField(max_length=32)
    eligible = models.PositiveIntegerField(help_text="How many readings of the month it was drawn from.")
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["area", "month"], name="one_sample_of_an_area_and_month"),
            models.CheckConstraint(name="sample_is_of_a_whole_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"sample of {self.month:%B %Y}"


class SampledReading(LookedInto):
    """One reading of a sample, by the number of its entry in the trail."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="readings")
    entry = models.BigIntegerField()

    class Meta(LookedInto.Meta):
        ordering = ["entry"]
        constraints = [
            *LookedInto.Meta.constraints,
            models.UniqueConstraint(fields=["sample", "entry"], name="entry_once_in_a_sample"),
        ]

    def __str__(self) -> str:
        return f"sampled reading {self.pk}"


class HomeAddress(models.Model):
    """Where a user lives, told by the privacy officer for alerts and for nothing else."""

    user = models.OneToOneField(USER, on_delete=models.PROTECT, related_name="home_address")
    postcode = models.CharField(max_length=8)
    house = models.CharField(max_length=100, help_text="The number or name of the house.")

    def __str__(self) -> str:
        return f"home address {self.pk}"


class Connection(models.Model):
    """A record known to be of a user's own family or household: they, and their colleagues, have no business there."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=50)
    object_id = models.CharField(max_length=40)
    how = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "object_id"], name="user_connected_once_with_a_record")
        ]

    def __str__(self) -> str:
        return f"connection {self.pk}"


class Verification(models.Model):
    """One verification of the trail: from which block to which, and what was wrong (each in words)."""

    verified_at = models.DateTimeField()
    since = models.BigIntegerField()
    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    entries = models.BigIntegerField()
    wrong = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-verified_at"]

    def __str__(self) -> str:
        return f"verification {self.pk}"


class LookedTo(models.Model):
    """The last block of the trail that was looked through for alerts."""

    number = models.BigIntegerField()
