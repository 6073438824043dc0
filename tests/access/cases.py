"""Two kinds of record for tests of the policy alone: a case, and papers that lead to one case or to two."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps.registry import Apps
from django.db import connection, models

from safeboard.foundation.access.policy import GUARDS, About, Guard, guard
from safeboard.foundation.access.words import Module, Sensitivity

OUR_OWN = Apps(["tests.access"])
"""Not the house's registry: these tables exist in these tests only."""


class HelpingAgency(models.Model):
    """An agency that helps with cases, under the agency's own key."""

    class Meta:
        apps = OUR_OWN
        app_label = "access"


class Case(models.Model):
    """A record with everything the policy may look at."""

    area = models.IntegerField()
    sensitivity = models.IntegerField(default=Sensitivity.PERSONAL)
    agency = models.IntegerField(null=True)
    owner = models.IntegerField(null=True)
    helping = models.ManyToManyField(HelpingAgency)
    diagnosis = models.CharField(max_length=20, default="")

    class Meta:
        apps = OUR_OWN
        app_label = "access"


class Paper(models.Model):
    """Something that leads to a case, or to two: a relationship, say."""

    area = models.IntegerField()
    of = models.ForeignKey(Case, models.CASCADE, related_name="+")
    and_of = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    tells_kind = models.CharField(max_length=20, default="")
    tells_id = models.CharField(max_length=20, default="")

    class Meta:
        apps = OUR_OWN
        app_label = "access"


class Tie(models.Model):
    """Something that is for those who may do the same with both of two cases."""

    area = models.IntegerField()
    one = models.ForeignKey(Case, models.CASCADE, related_name="+")
    other = models.ForeignKey(Case, models.CASCADE, related_name="+")

    class Meta:
        apps = OUR_OWN
        app_label = "access"


CASE = Guard(
    Module.PEOPLE,
    "case",
    "area",
    agency="agency",
    contributing="helping",
    owner="owner",
    fields={"diagnosis": Sensitivity.SEALED, "owner": Sensitivity.SENSITIVE},
)
PAPER = Guard(
    Module.PEOPLE,
    "case",
    "area",
    Sensitivity.PERSONAL,
    record=("of_id", "and_of_id"),
    about=(About("tells_id", "tells_kind"), About("tells_id", of="another kind")),
)
TIE = Guard(Module.PEOPLE, "case", "area", Sensitivity.PERSONAL, record=("one_id", "other_id"), both=("one", "other"))


@contextmanager
def cases() -> Iterator[None]:
    """The two tables, under the policy, until the transaction of the test is undone."""
    with connection.schema_editor() as editor:
        editor.create_model(HelpingAgency)
        editor.create_model(Case)
        editor.create_model(Paper)
        editor.create_model(Tie)
    guard(Case, CASE)
    guard(Paper, PAPER)
    guard(Tie, TIE)
    yield
    del GUARDS[Case], GUARDS[Paper], GUARDS[Tie]


def keys(rows: Any) -> list[int]:
    return sorted(row.pk for row in rows)
