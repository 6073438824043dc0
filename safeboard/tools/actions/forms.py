"""The forms of the register. Who may choose what is asked of the selectors, for the viewer at hand."""

from collections.abc import Sequence
from textwrap import shorten
from typing import Any

from django import forms

from safeboard.foundation.access.models import User
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.working_days import FIRST_DAY, LAST_DAY
from safeboard.foundation.pages.fields import DayField
from safeboard.tools.actions.codes import Impact, Priority, Risk, SourceKind
from safeboard.tools.actions.models import Recommendation, Theme
from safeboard.tools.actions.selectors import agencies, levels, may_lead, may_own, themes, with_agency

LONGEST = 10_000
"""Characters of a long text."""


def _words(label: str, help_text: str = "", *, required: bool = True, rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _due(label: str, help_text: str, *, required: bool = True) -> DayField:
    return DayField(label=label, help_text=help_text, required=required, earliest=FIRST_DAY, latest=LAST_DAY)


def _cut(each: Recommendation) -> str:
    """Its number and how it begins: a list to choose from has no room for more."""
    return f"{each.number}. {shorten(each.words, 100, placeholder='…')}"


def named_with_agency(user: Any) -> str:
    """A user of `selectors.with_agency` as they are chosen from a list."""
    return f"{user.name}, {user.works_at}" if user.works_at else str(user.name)


class SourceForm(forms.Form):
    """What actions come from."""

    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose"), *SourceKind.choices])
    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="As the board calls it. Name no child and no member of a family.",
    )
    dated_on = _due("Date", "Of the report, the meeting or the letter.")
    sensitivity = forms.TypedChoiceField(label="How sensitive is it?", coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sensitivity"].choices = levels(viewer)  # type: ignore[attr-defined]
        self.fields["sensitivity"].initial = 1


class SourceRecordForm(forms.Form):
    """Which record of the house a source is of."""

    record_kind = forms.ChoiceField(label="Kind of record", required=False)
    object_id = forms.CharField(
        label="Its key",
        max_length=40,
        required=False,
        help_text="The last part of the address of the record's page.",
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record_kind"].choices = [("", "None"), *kinds]  # type: ignore[attr-defined]


class RecommendationForm(forms.Form):
    """What the source recommends."""

    words = _words("What is recommended", "In the source's own words. It gets the next number.")


class ThemeForm(forms.Form):
    """A subject that returns."""

    name = forms.CharField(label="Theme", max_length=60, help_text="One subject in a word or two: thresholds, neglect.")


class ActionForm(forms.Form):
    """What is agreed of an action. The due date is asked only when it is added: later it is moved, with a reason."""

    title = forms.CharField(
        label="What is to be done", max_length=200, help_text="One thing, begun with a verb. Name no child."
    )
    words = _words("Details", required=False)
    measure_of_success = _words("How we will know that it is done and has helped", required=False, rows=3)
    recommendation = forms.ModelChoiceField(
        label="Recommendation it answers",
        queryset=Recommendation.objects.none(),
        required=False,
        empty_label="None in particular",
    )
    agency = forms.ModelChoiceField(label="Agency that leads", queryset=Agency.objects.none(), empty_label="Choose")
    owner = forms.ModelChoiceField(
        label="Owner",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody yet",
        help_text="The person who answers for it. They are reminded once a week.",
    )
    contributing = forms.ModelMultipleChoiceField(
        label="Agencies that contribute",
        queryset=Agency.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = _due("Due", "The first due date stays visible for good.")
    priority = forms.TypedChoiceField(
        label="Priority", choices=Priority.choices, coerce=int, initial=Priority.MEDIUM, widget=forms.RadioSelect
    )
    risk = forms.TypedChoiceField(
        label="Risk to children if it is not done",
        choices=Risk.choices,
        coerce=int,
        initial=Risk.MEDIUM,
        widget=forms.RadioSelect,
        help_text="High: it needs evidence, and somebody else verifies it.",
    )
    sensitivity = forms.TypedChoiceField(label="How sensitive is it?", coerce=int, initial=1, widget=forms.RadioSelect)
    themes = forms.ModelMultipleChoiceField(
        label="Themes", queryset=Theme.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, viewer: Viewer, recommendations: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        # What stands may stay, even where the viewer could not choose it.
        agency, owner = (self.initial.get(name) or 0 for name in ("agency", "owner"))
        fields["agency"].queryset = may_lead(viewer) | Agency.objects.filter(pk=agency)
        fields["contributing"].queryset = agencies(viewer)
        fields["owner"].queryset = with_agency(may_own(viewer) | User.objects.filter(pk=owner), viewer)
        fields["owner"].label_from_instance = named_with_agency
        fields["themes"].queryset = themes(viewer)
        fields["sensitivity"].choices = levels(viewer)
        if recommendations is None:
            del fields["recommendation"], fields["due_on"]
        else:
            fields["recommendation"].queryset = recommendations
            fields["recommendation"].label_from_instance = _cut
        if not fields["themes"].queryset:
            del fields["themes"]


class DueDateForm(forms.Form):
    """Another due date, and why."""

    to = _due("New due date", "")
    reason = _words("Why it moves", "It is shown beside both dates.", rows=3)


class ProgressForm(forms.Form):
    """How far it is."""

    words = _words("How far it is", "What has been done, what is left, what stands in the way.")


class AskForm(forms.Form):
    """Whom to ask how far it is, without an account."""

    whom = forms.CharField(
        label="Whom do you ask?",
        max_length=200,
        help_text="What they do, for example: head teacher, North Primary School. It stands on the action.",
    )
    email = forms.EmailField(label="Their e-mail address at work", max_length=254)
    question = _words("What do you want to know?", "Name no child.", rows=3)
    last_day = _due("Last day to answer", "The link leads nowhere afterwards.")


class AnswerForm(forms.Form):
    """How far it is, as somebody without an account says it."""

    words = _words("Your answer", "Name no child.")


class EvidenceForm(forms.Form):
    """What shows that it is done."""

    words = _words("What shows that it is done", required=False)
    file = forms.FileField(
        label="File",
        required=False,
        max_length=200,
        help_text="PDF, Word, Excel, PowerPoint, a picture or plain text, up to 10 MB, without macros.",
    )


class CloseForm(forms.Form):
    """It is done."""

    words = _words("What was done")
    impact_due_on = _due("When to look whether practice has changed", "Empty: not planned.", required=False)


class VerifyForm(forms.Form):
    """Somebody else has looked."""

    words = _words("What you looked at, and what you found")


class ImpactForm(forms.Form):
    """What it changed."""

    impact = forms.ChoiceField(label="Has practice changed?", choices=Impact.choices, widget=forms.RadioSelect)
    words = _words("What changed")
    known_by = _words("How do we know?", "An audit, figures, what children and families say.", rows=3)


class ReopenForm(forms.Form):
    """It is not done after all."""

    reason = _words("Why it is opened again", rows=3)
