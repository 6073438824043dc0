"""Keys as the trail holds them: as text, which outlives what it names."""

from django.db.models import Case, IntegerField, When
from django.db.models.functions import Cast


def as_key(name: str) -> Case:
    """The text of a field as a number, for an annotation; none where it is not one."""
    return Case(When(**{f"{name}__regex": r"^[0-9]{1,9}$"}, then=Cast(name, IntegerField())), default=None)
