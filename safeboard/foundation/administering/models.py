"""Arrangements that wait for every area's agreement, and the yearly reviews of who holds which seat."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from safeboard.foundation.access.models import Seat
from safeboard.foundation.access.words import Module
from safeboard.foundation.agencies.models import Agency, Arrangement, BoardArea

USER = settings.AUTH_USER_MODEL


class Proposal(models.Model):
    """An arrangement proposed by one area. It holds once every area named has agreed, each by its own administrator."""

    name = models.CharField(max_length=200)
    module = models.CharField(max_length=30, choices=Module.choices)
    areas = models.ManyToManyField(BoardArea, related_name="proposals")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day it holds; empty while it goes on.")
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    arrangement = models.OneToOneField(
        Arrangement, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="proposal_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="proposal_is_withdrawn_or_agreed_not_both",
                condition=Q(withdrawn_at__isnull=True) | Q(arrangement__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """One area's agreement to a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="agreements")
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "area"], name="area_agrees_once")]

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class AccessReview(models.Model):
    """One look at all seats of an agency. Finished when every seat that went on at its start was kept or ended."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="access_reviews")
    started_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_access_review_of_an_agency", fields=["agency"], condition=Q(finished_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"access review {self.pk}"


class ReviewedSeat(models.Model):
    """One seat of a review: to be kept or ended, by somebody other than who sits in it."""

    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="seats")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    kept = models.BooleanField(null=True, blank=True, help_text="Empty: not decided yet.")
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["holder__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "seat"], name="seat_once_in_an_access_review"),
            models.CheckConstraint(
                name="nobody_reviews_their_own_seat", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("holder"))
            ),
            models.CheckConstraint(
                name="reviewed_seat_is_decided_by_somebody",
                condition=Q(kept__isnull=True, decided_by__isnull=True, decided_at__isnull=True)
                | Q(kept__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"reviewed seat {self.pk}"
