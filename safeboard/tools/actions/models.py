"""Where actions come from, recommendations, actions, and every fact about them from which their status follows."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import Agency, BoardArea
from safeboard.foundation.signing_in.models import OneTaskLink
from safeboard.tools.actions.codes import Impact, Priority, Risk, SourceKind

USER = settings.AUTH_USER_MODEL


class Source(models.Model):
    """What actions come from. `record_kind` and `object_id` name the record it is about, where the house keeps one:

    by the kind and key by which the policy knows it. What closes that record closes the source and its actions too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="Who entered it.")
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    record_kind = models.CharField(max_length=50, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    dated_on = models.DateField()
    sensitivity = models.PositiveSmallIntegerField(choices=Sensitivity.choices, default=Sensitivity.OFFICIAL)
    load = models.ForeignKey("ActionLoad", on_delete=models.PROTECT, null=True, blank=True, related_name="sources")

    class Meta:
        ordering = ["-dated_on", "title"]
        constraints = [
            models.CheckConstraint(name="source_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="source_names_a_record_by_kind_and_key",
                condition=Q(record_kind="", object_id="") | (~Q(record_kind="") & ~Q(object_id="")),
            ),
            models.UniqueConstraint(fields=["area", "kind", "title", "dated_on"], name="source_once_in_an_area"),
        ]

    def __str__(self) -> str:
        return self.title


class Recommendation(models.Model):
    """What a source recommends, in its own words. Several actions may answer one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField(help_text="Its number in the source.")
    words = models.TextField()
    load = models.ForeignKey(
        "ActionLoad", on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )

    class Meta:
        ordering = ["source", "number"]
        constraints = [
            models.CheckConstraint(name="recommendation_says_something", condition=~Q(words="")),
            models.UniqueConstraint(fields=["source", "number"], name="recommendation_number_once_in_a_source"),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.number}"


class Theme(models.Model):
    """A subject that returns in several sources: one shared tag instead of as many lists."""

    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("area", models.functions.Lower("name"), name="theme_once_in_an_area"),
            models.CheckConstraint(name="theme_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class ActionLoad(models.Model):
    """One workbook of actions: read and checked, then loaded whole, and undone whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    rows = models.JSONField(default=list, help_text="The rows as read, until they are loaded.")
    problems = models.JSONField(default=list)
    problems_in_all = models.PositiveIntegerField(default=0, help_text="How many were found, kept or not.")
    counted = models.PositiveIntegerField(help_text="How many rows the file held.")
    loaded_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="load_with_problems_is_not_loaded", condition=Q(loaded_at=None) | Q(problems=[])
            ),
            models.CheckConstraint(
                name="load_is_undone_after_it_was_loaded",
                condition=Q(undone_at=None) | Q(loaded_at__isnull=False, undone_at__gte=F("loaded_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"Load of {self.counted} rows"


class ActionItem(models.Model):
    """Something that an agency has agreed to do by a day.

    `first_due_on` is the first day agreed: a trigger refuses any change of it. `due_on` moves, each time with a reason
    (`DueDateChange`). Status is worked out from the facts below (`rules.status`). `version` counts writes, so that two
    people at once cannot overwrite each other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="The number people use in meetings, counted in each area.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="actions")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    measure_of_success = models.TextField(blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="led_actions")
    contributing = models.ManyToManyField(Agency, blank=True, related_name="contributed_actions")
    owner = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_actions")
    first_due_on = models.DateField()
    due_on = models.DateField()
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.MEDIUM)
    risk = models.PositiveSmallIntegerField(choices=Risk.choices, default=Risk.MEDIUM)
    sensitivity = models.PositiveSmallIntegerField(choices=Sensitivity.choices, default=Sensitivity.OFFICIAL)
    themes = models.ManyToManyField(Theme, blank=True, related_name="actions")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    load = models.ForeignKey(ActionLoad, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    version = models.PositiveIntegerField(default=1)

    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closing_words = models.TextField(blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verifying_words = models.TextField(blank=True)
    impact_due_on = models.DateField(null=True, blank=True, help_text="When to look whether practice has changed.")
    impact_checked_on = models.DateField(null=True, blank=True)
    impact_checked_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    impact = models.CharField(max_length=20, choices=Impact.choices, blank=True)
    impact_words = models.TextField(blank=True, help_text="What changed.")
    impact_known_by = models.TextField(blank=True, help_text="How we know.")

    class Meta:
        verbose_name = "action"
        ordering = ["due_on", "number"]
        indexes = [
            models.Index(fields=["area", "due_on"], name="actions_of_an_area_by_due_day"),
            models.Index(fields=["owner", "due_on"], name="actions_of_an_owner_by_due_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="action_number_once_in_an_area"),
            models.CheckConstraint(name="action_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="closed_by_somebody_with_words",
                condition=Q(closed_on=None, closed_by=None, closing_words="")
                | (Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(closing_words="")),
            ),
            models.CheckConstraint(
                name="verified_after_closed_with_words",
                condition=Q(verified_on=None, verified_by=None, verifying_words="")
                | (
                    Q(closed_on__isnull=False, verified_by__isnull=False, verified_on__gte=F("closed_on"))
                    & ~Q(verifying_words="")
                ),
            ),
            models.CheckConstraint(
                name="nobody_verifies_what_they_closed",
                condition=Q(verified_by=None) | ~Q(verified_by=F("closed_by")),
            ),
            models.CheckConstraint(
                name="nobody_verifies_what_they_own",
                condition=Q(verified_by=None) | Q(owner=None) | ~Q(verified_by=F("owner")),
            ),
            models.CheckConstraint(
                name="impact_checked_after_closed_or_verified",
                condition=Q(
                    impact_checked_on=None, impact_checked_by=None, impact="", impact_words="", impact_known_by=""
                )
                | (
                    Q(closed_on__isnull=False, impact_checked_by__isnull=False, impact_checked_on__gte=F("closed_on"))
                    & (Q(risk__lt=Risk.HIGH) | Q(verified_on__isnull=False))
                    & ~Q(impact="")
                    & ~Q(impact_words="")
                    & ~Q(impact_known_by="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.number}"


class OfAnAction(models.Model):
    """One thing that happened to an action, with who and when."""

    action = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="%(class)ss")
    at = models.DateTimeField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]


class DueDateChange(OfAnAction):
    """The due date was moved, and why."""

    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.TextField()

    class Meta(OfAnAction.Meta):
        constraints = [
            models.CheckConstraint(
                name="due_date_moves_with_a_reason", condition=~Q(reason="") & ~Q(from_on=F("to_on"))
            )
        ]


class ProgressNote(OfAnAction):
    """How far somebody says that it is."""

    words = models.TextField()

    class Meta(OfAnAction.Meta):
        constraints = [models.CheckConstraint(name="progress_note_says_something", condition=~Q(words=""))]


class Evidence(OfAnAction):
    """What shows that an action is done: words, a file, or both. The file lies under its key, never under its name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    words = models.TextField(blank=True)
    file_name = models.CharField(max_length=200, blank=True, help_text="As it was called where it came from.")
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="In bytes.")
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta(OfAnAction.Meta):
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="evidence_is_words_or_a_whole_file",
                condition=(~Q(words="") & Q(file_name="", media_type="", size=0, sha256=""))
                | (~Q(file_name="") & ~Q(media_type="") & Q(size__gt=0) & ~Q(sha256="")),
            )
        ]


class NewsAsked(OfAnAction):
    """Somebody without an account was asked, by a link for one task, how far the action is, and what they answered."""

    link = models.OneToOneField(OneTaskLink, on_delete=models.PROTECT, related_name="+")
    whom = models.CharField(max_length=200, help_text="Who was asked, by what they do.")
    question = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(OfAnAction.Meta):
        verbose_name_plural = "news asked"
        constraints = [
            models.CheckConstraint(
                name="news_is_answered_with_words",
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
            )
        ]


class Reopening(OfAnAction):
    """A closed action was opened again, why, and what had been said of it until then."""

    reason = models.TextField()
    was_closed_on = models.DateField()
    was_closed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    closing_words = models.TextField()
    was_verified_on = models.DateField(null=True, blank=True)
    was_verified_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verifying_words = models.TextField(blank=True)
    impact = models.CharField(max_length=20, choices=Impact.choices, blank=True)
    impact_words = models.TextField(blank=True)

    class Meta(OfAnAction.Meta):
        constraints = [models.CheckConstraint(name="reopened_with_a_reason", condition=~Q(reason=""))]


class OwnerChange(models.Model):
    """Many actions given to another owner at once: seen first, then done, or undone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    to = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="owner_change_is_undone_after_it_was_done",
                condition=Q(undone_at=None) | Q(done_at__isnull=False, undone_at__gte=F("done_at")),
            )
        ]


class OwnerChanged(models.Model):
    """One action of an `OwnerChange`, and who owned it before."""

    change = models.ForeignKey(OwnerChange, on_delete=models.CASCADE, related_name="entries")
    action = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="+")
    before = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "action"], name="action_once_in_an_owner_change")]


class Reminders(models.Model):
    """How one user wants to be reminded: the weekly e-mail, and a calendar feed under a secret address."""

    user = models.OneToOneField(USER, on_delete=models.CASCADE, related_name="+")
    weekly = models.BooleanField(default=True)
    token_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    token_made_at = models.DateTimeField(null=True, blank=True)


class Digest(models.Model):
    """One user's e-mail of one week: the row is what keeps it from being sent twice."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    week = models.DateField(help_text="The Monday.")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "week"], name="digest_once_a_week")]


class CalendarDay(models.Model):
    """What one user's calendar was last told of one day, so that a change of it counts on."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    counted = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "due_on"], name="calendar_day_once_for_a_user")]
