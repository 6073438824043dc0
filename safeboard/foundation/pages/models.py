"""What the page machinery keeps of a user: saved views, drafts of forms, and which forms were sent already."""

import uuid

from django.conf import settings
from django.db import models

from safeboard.foundation.access.models import Seat


class SavedView(models.Model):
    """A register narrowed and ordered in one way, under a name of its user's own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    register = models.CharField(max_length=50)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    words = models.CharField(max_length=200, blank=True, help_text="What was searched for.")
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "register", "name"], name="saved_view_named_once"),
            models.UniqueConstraint(
                fields=["user", "register"], condition=models.Q(is_default=True), name="one_saved_view_is_shown_first"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """A form not yet sent, as typed. It is its author's alone, in the seat it was written in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=100, help_text="Which form, of which record.")
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=500)
    typed = models.JSONField(default=dict, help_text="{name: [texts]} as a browser posts them.")
    was = models.TextField(blank=True, help_text="What the record held when the form was opened, signed.")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["-kept_at"]
        constraints = [models.UniqueConstraint(fields=["seat", "key"], name="one_draft_of_a_form")]

    def __str__(self) -> str:
        return self.title


class PostedForm(models.Model):
    """A form that was sent and done: sent again, it is answered as before and nothing is done twice."""

    token = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=500, blank=True, help_text="The address its answer led to.")
    posted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["posted_at"], name="posted_forms_by_time")]
