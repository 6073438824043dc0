"""What several tables of this room have in common, and the managers that read them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest

from safeboard.casework.people.codes import OF_SAFE_CONTACT
from safeboard.foundation.access.words import Sensitivity

if TYPE_CHECKING:  # these tables stand on the parts kept here
    from safeboard.casework.people.models import Relationship, SafetyWarning


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """The constraint that an end, where both days are known, is no earlier than the start."""
    return models.CheckConstraint(
        name=name, condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
    )


class HeldBack(models.Model):
    """Something that may be told of to those who open the record, and said to fewer. Never stored: `held_back` is put

    on a row as it is read, and holds the words to show instead of what this viewer may not see.
    """

    held_back = ""

    class Meta:
        abstract = True


class OfTwoPeople(models.Manager["Relationship"]):
    """Relationships with `level`: the higher of the two people's sensitivities."""

    def get_queryset(self) -> models.QuerySet["Relationship"]:
        return super().get_queryset().annotate(level=Greatest("person__sensitivity", "other__sensitivity"))


class WithDetails(models.Manager["SafetyWarning"]):
    """Safety warnings with `detail`: how sensitive their words are. A danger is told to all who come near it; how and

    where somebody can be reached safely is told to fewer, for it may lead others there.
    """

    def get_queryset(self) -> models.QuerySet["SafetyWarning"]:
        hidden = When(kind__in=OF_SAFE_CONTACT, then=Value(Sensitivity.SENSITIVE))
        return (
            super()
            .get_queryset()
            .annotate(
                detail=Case(hidden, default=Value(Sensitivity.OPEN), output_field=models.PositiveSmallIntegerField())
            )
        )
