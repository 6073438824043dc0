"""The tables of this room."""

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest

from safeboard.casework.people.models import Identifier, Person
from safeboard.foundation.agencies.models import Agency, BoardArea


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


class Answer(models.TextChoices):
    """What was decided about a pair."""

    WAITING = "waiting", "Waiting"
    LATER = "later", "Looked at, to be decided later"
    DIFFERENT = "different", "Two different people"
    JOINED = "joined", "One person: joined"


class OfTwoPeople(models.Manager["Pair"]):
    """Pairs with `level`: the higher of the two people's sensitivities."""

    def get_queryset(self) -> models.QuerySet["Pair"]:
        return super().get_queryset().annotate(level=Greatest("one__sensitivity", "other__sensitivity"))


class Pair(models.Model):
    """Two records that may be of one person: proposed by the comparison of all records, or by somebody.

    Held once, the lower key first, and never proposed again once decided. `evidence` is a list of
    [what was compared, what was found in words, weight]: weights are powers of two, and `weight` is their sum with that
    of the chance that two records are of one person at all. `looked_at_on` is for pairs left for later.
    """

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    weight = models.FloatField(null=True, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    said = models.CharField(max_length=500, blank=True, help_text="Why somebody thinks so, or what they decided by.")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = OfTwoPeople()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="two_people_are_a_pair_once", fields=["one", "other"]),
            models.CheckConstraint(name="lower_key_of_a_pair_first", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(
                name="decided_pair_says_by_whom_and_when",
                condition=Q(answer=Answer.WAITING, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(answer=Answer.WAITING) & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="nobody_joins_a_pair_they_proposed",
                condition=~Q(answer=Answer.JOINED) | Q(proposed_by__isnull=True) | ~Q(proposed_by=F("decided_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"pair {self.pk}"


class Join(models.Model):
    """A record was joined into another, which all reads lead to from then on. Undone, both are as they were."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    folded = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    folded_status = models.CharField(max_length=10, help_text="What the folded record was before.")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="joins")
    said = models.CharField(max_length=500)
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_said = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="folded_into_one_record_at_a_time", fields=["folded"], condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(name="joined_into_another_record", condition=~Q(kept=F("folded"))),
            models.CheckConstraint(
                name="undone_join_says_by_whom_and_when",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"join {self.pk}"


class AttachedRow(models.Model):
    """Where a row attached to a person came from, while that person is joined into another.

    `table` and `row` name it. `homes` holds {column: key of the person it was attached to}, `placed` where the join put
    it, `before` and `after` what else had to change for it to stand at the kept record (a second current name becomes
    one they are known as). `stuck` where it could not be put where it belongs, because the same stands there already:
    it is tried again at each join and parting. The memory goes when the row is home again.
    """

    table = models.CharField(max_length=80)
    row = models.CharField(max_length=40)
    homes = models.JSONField()
    placed = models.JSONField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    stuck = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="attached_row_is_remembered_once", fields=["table", "row"])]

    def __str__(self) -> str:
        return f"attached row {self.pk}"


class AgencyList(models.Model):
    """A list of people that an agency sent, held against our records for the one who read it in. A dry run till linked.

    Linking puts the agency's own numbers on the matched records; undoing ends those numbers again.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    linked_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="list_is_undone_after_it_was_linked",
                condition=Q(undone_at__isnull=True) | Q(linked_at__isnull=False, undone_at__gte=F("linked_at")),
            )
        ]

    def __str__(self) -> str:
        return f"list {self.pk}"


class Outcome(models.TextChoices):
    """What became of a row."""

    MATCHED = "matched", "Matched"
    POSSIBLE = "possible", "Possible"
    UNKNOWN = "not known", "Not known to us"
    UNREADABLE = "not readable", "Not readable"


class ListedPerson(models.Model):
    """One row of an agency's list, as it was read (`cells`), and what became of it: every row has an outcome.

    `evidence` is as a pair's; `said` is what is wrong with the row, or why it could not be linked.
    """

    of = models.ForeignKey(AgencyList, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(help_text="The row's number in the file, the header being 1.")
    cells = models.JSONField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    weight = models.FloatField(null=True, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    said = models.CharField(max_length=500, blank=True)
    number = models.ForeignKey(
        Identifier, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Added by linking."
    )

    class Meta:
        ordering = ["of", "line"]
        constraints = [
            models.UniqueConstraint(name="line_of_a_list_once", fields=["of", "line"]),
            models.CheckConstraint(
                name="matched_or_possible_row_names_a_person",
                condition=Q(outcome__in=[Outcome.MATCHED, Outcome.POSSIBLE], person__isnull=False)
                | Q(outcome__in=[Outcome.UNKNOWN, Outcome.UNREADABLE], person__isnull=True),
            ),
            models.CheckConstraint(
                name="unreadable_row_says_why", condition=~Q(outcome=Outcome.UNREADABLE) | ~Q(said="")
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.pk} of a list"
