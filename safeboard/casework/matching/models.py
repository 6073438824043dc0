"""The tables of this room."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from safeboard.casework.people.models import Person


class SearchDocument(models.Model):
    """Under which keys a person is found, and the facts that say why. Written by the database alone (`sql/`).

    Django does not manage the table: it holds nothing that cannot be made anew from the people's own records, so the
    trail, backups by table and emptying for tests leave it alone.
    """

    person = models.OneToOneField(
        Person, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="search_document"
    )
    keys = SearchVectorField()
    facts = models.JSONField()

    class Meta:
        managed = False
        db_table = "matching_searchdocument"

    def __str__(self) -> str:
        return f"search document {self.pk}"
