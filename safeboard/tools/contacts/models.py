"""Whom to call."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from safeboard.foundation.agencies.models import Agency, BoardArea
from safeboard.tools.contacts.codes import Part

USER = settings.AUTH_USER_MODEL


class Contact(models.Model):
    """Somebody, or a desk, at an agency who is to be called for one thing. Reached by telephone, e-mail or both."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="contacts")
    part = models.CharField(max_length=30, choices=Part.choices)
    name = models.CharField(max_length=200)
    telephone = models.CharField(max_length=50, blank=True)
    email = models.EmailField(blank=True)
    when = models.CharField(max_length=200, blank=True, help_text="Hours, or what to say.")
    checked_on = models.DateField(help_text="When somebody last made sure that it is right.")
    checked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True, help_text="Not to be called from this day on.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["part", "agency__name", "name"]
        constraints = [
            models.CheckConstraint(name="contact_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="contact_can_be_reached", condition=~Q(telephone="") | ~Q(email="")),
            models.UniqueConstraint(
                fields=["agency", "part", "name"], condition=Q(ended_on=None), name="contact_once_in_a_part"
            ),
        ]

    def __str__(self) -> str:
        return f"Contact {self.pk}"
