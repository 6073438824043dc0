"""The entries of the trail, the blocks they are chained in, and the head of the chain."""

from django.db import models
from django.db.models import BigIntegerField, Case, OuterRef, Subquery, When
from django.db.models.functions import Cast

from safeboard.foundation.agencies.models import Agency


class Did(models.TextChoices):
    """What was done."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    REMOVED = "removed", "Removed"
    OPENED = "opened", "Opened"
    LISTED = "listed", "Listed"
    SEARCHED = "searched", "Searched"
    EXPORTED = "exported", "Exported"
    PRINTED = "printed", "Printed"
    REFUSED = "refused", "Refused"
    SIGNED_IN = "signed in", "Signed in"
    SIGNED_OUT = "signed out", "Signed out"
    BROKE_GLASS = "broke glass", "Opened by break-glass"
    ENDED_GLASS = "ended glass", "Ended break-glass early"


class OfAnArea(models.Manager["TrailEntry"]):
    """Entries that can be asked by `area_key`: the area of the agency that they name by key; none where they do not."""

    def get_queryset(self) -> models.QuerySet["TrailEntry"]:
        # Text that is no key is no agency: what stands in the trail outlives what it names.
        agency = Case(When(agency__regex=r"^[0-9]{1,9}$", then=Cast("agency", BigIntegerField())), default=None)
        area = Agency.objects.filter(pk=OuterRef("agency_of_entry")).values("area_id")
        return super().get_queryset().alias(agency_of_entry=agency, area_key=Subquery(area))


class TrailEntry(models.Model):
    """One thing done. Written by the database only: number, time, chain and hash come from its trigger.

    `kind` and `object_id` point at the record without a key, since the trail outlives what it tells of. `details` of a
    change holds {column: [before, after]}; of a reading, what was asked. `hash` is the SHA-256 of all that.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=40, blank=True)
    seat = models.CharField(max_length=40, blank=True)
    agency = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=500, blank=True)
    did = models.CharField(max_length=20, choices=Did.choices)
    kind = models.CharField(max_length=100)
    object_id = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict)
    block = models.BigIntegerField(help_text="The key of the block that its transaction closed.")
    hash = models.CharField(max_length=64)

    objects = OfAnArea()

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["block", "number"], name="trail_of_a_block"),
            models.Index(fields=["kind", "object_id", "-number"], name="trail_of_a_record"),
            models.Index(fields=["who", "-at"], name="trail_of_a_user"),
            models.Index(fields=["-at"], name="trail_by_time"),
        ]


class TrailBlock(models.Model):
    """What one transaction noted, closed when it committed: the link of the chain.

    `number` counts without a gap in the order of commits. `digest` is the SHA-256 of its entries' hashes in order,
    `hash` that of number, time, how many entries, digest and `previous`, the hash of the block before (see `chain.py`).
    """

    key = models.BigIntegerField(primary_key=True)
    xact = models.CharField(max_length=20, help_text="The database's number of the transaction.")
    number = models.BigIntegerField(null=True, unique=True)
    closed_at = models.DateTimeField(null=True)
    entries = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["xact"], name="trail_block_still_open", condition=models.Q(number=None))]


class TrailHead(models.Model):
    """The last block's number and hash: what shows that the newest are missing."""

    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)
