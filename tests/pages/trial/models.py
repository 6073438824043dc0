"""The one record kind of the trial area."""

from django.conf import settings
from django.db import models

from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import Agency, BoardArea


class Stage(models.TextChoices):
    """How far a task is."""

    OPEN = "open", "Open"
    LATE = "late", "Overdue"
    DONE = "done", "Done"


class Task(models.Model):
    """Something to be done."""

    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.OPEN)
    due_on = models.DateField(null=True, blank=True)
    cost = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    sensitivity = models.PositiveSmallIntegerField(choices=Sensitivity.choices, default=Sensitivity.OFFICIAL)
