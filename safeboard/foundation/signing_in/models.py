"""Links that let somebody in: for the demonstration, by invitation, for one task."""

from django.conf import settings
from django.db import models


class DemoLink(models.Model):
    """A link that signs in as an example user, once. Made and honoured in the demonstration only."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Link {self.pk}"
