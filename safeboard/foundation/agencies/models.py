"""The areas whose boards use this house, their agencies with teams and sites, and who shares what by arrangement."""

from django.db import models
from django.db.models import F, Q

from safeboard.foundation.agencies.kinds import AgencyKind


class BoardArea(models.Model):
    """An area that a board in this house serves. Nothing crosses from one to another but by an `Arrangement`."""

    code = models.CharField(max_length=9, unique=True, help_text="The ONS code, nine characters.")
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Arrangement(models.Model):
    """A named agreement by which areas share one module's records: three areas share a child death panel."""

    name = models.CharField(max_length=200)
    module = models.CharField(max_length=30)
    areas = models.ManyToManyField(BoardArea, related_name="arrangements")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day it holds; empty while it goes on.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="arrangement_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An organisation that works with children in one area."""

    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="agencies")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices)
    ended_on = models.DateField(null=True, blank=True, help_text="Its last day, where it is no more.")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="agency_named_once_in_an_area")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team within an agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="team_named_once_in_an_agency")]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place where an agency works."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="site_named_once_in_an_agency")]

    def __str__(self) -> str:
        return self.name
