"""Forms that name another person: one types a name or number, then chooses among those one may open."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from safeboard.casework.people.codes import RelationshipKind, SaidBy
from safeboard.casework.people.forms import DaysForm
from safeboard.casework.people.kinship import FIRST, SECOND
from safeboard.casework.people.models import Person
from safeboard.foundation.pages.fields import DayField

Found = Sequence[tuple[Person, str]]
"""People with the words that tell them from others."""

Finding = Callable[[str], Found]


class NamingForm(forms.Form):
    """`who` is typed; once it is, those found stand below to choose from, in `other`."""

    who = forms.CharField(
        label="Who? Beginning of their names, or a number",
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text="Only people who have a record can be named: search for them and add them first.",
    )

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = (self.data.get("who") or "").replace("\0", "").strip() if self.is_bound else ""
        found = finding(words) if words else ()
        self._found = {str(person.pk): person for person, _ in found}
        if words and self._found:
            self.fields["other"] = forms.ChoiceField(
                label="Which of these?",
                choices=[(str(person.pk), said) for person, said in found],
                widget=forms.RadioSelect,
                error_messages={"required": "Choose which of these people is meant."},
            )
            self.order_fields(["who", "other"])
        self._none = bool(words) and not self._found

    def clean_other(self) -> Person:
        return self._found[self.cleaned_data["other"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self._none:
            self.add_error("who", "Nobody whom you may see fits. Try less of the name, or search and add them.")
        given.pop("who", None)
        return given


def _directed() -> list[tuple[str, str]]:
    """Each kind both ways round, as what the other is to the person of the page."""
    choices = []
    for kind in RelationshipKind:
        choices.append((f"{kind.value}|first", FIRST[kind].other.capitalize()))
        if kind in SECOND:
            choices.append((f"{kind.value}|second", SECOND[kind].other.capitalize()))
    return choices


class SourceForm(DaysForm):
    """Who said so, and since when."""

    said_by = forms.ChoiceField(label="Who says so?", choices=[("", "Choose"), *SaidBy.choices])
    source = forms.CharField(
        label="Who exactly, or which document", max_length=300, required=False, help_text="If it is worth knowing."
    )
    confirmed = forms.BooleanField(label="It is confirmed by a document or a second source", required=False)
    field_order = ["said_by", "source", "confirmed", "starts_on", "ends_on"]


class RelationshipForm(NamingForm, SourceForm):
    """Who is what to the person of the page."""

    kind = forms.ChoiceField(label="What is that person to this one?", choices=[("", "Choose"), *_directed()])
    field_order = ["who", "other", "kind", "said_by", "source", "confirmed", "starts_on", "ends_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)


class MemberForm(NamingForm, DaysForm):
    """Somebody more in a household."""

    field_order = ["who", "other", "starts_on", "ends_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)


class HouseholdForm(forms.Form):
    """A household: where, and who of the family."""

    title = forms.CharField(label="Title", max_length=100, help_text="What colleagues call it: Mother's household.")
    starts_on = DayField(label="First day", required=False, help_text="Leave empty where it is not known.")

    def __init__(self, *args: Any, places: list[tuple[str, str]], family: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if places:
            self.fields["address"] = forms.ChoiceField(
                label="Where?",
                required=False,
                choices=[*places, ("", "Not known, or none of these")],
                widget=forms.RadioSelect,
                initial="",
            )
        if family:
            self.fields["members"] = forms.MultipleChoiceField(
                label="Who else lives there?", required=False, choices=family, widget=forms.CheckboxSelectMultiple
            )
        self.order_fields(["title", "address", "members", "starts_on"])
