"""The questions about somebody new: one thing a page, and all but the first may be left empty."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms

from safeboard.casework.people.codes import SEXES, AddressKind, IdentifierKind, PersonKind, SafetyKind
from safeboard.casework.people.forms import NOT_KNOWN, WHO_SEES, NamedForm, choice_of, plain_text
from safeboard.casework.people.rules import checked_identifier, checked_postcode
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.fields import DayField

OLDEST = 120


def by_rule(form: forms.Form, field: str, rule: Callable[[str], str]) -> str:
    """What the rule makes of a field's text, "" for none. What it refuses stands beside the field."""
    text: str = form.cleaned_data[field]
    try:
        return rule(text) if text else ""
    except BadInput as wrong:
        for problem in wrong.problems:
            form.add_error(field, f"{problem.message} {problem.remedy}".strip())
        return text


class WhoForm(NamedForm):
    """Who it is, as far as it is known."""

    kind = choice_of(
        "Child or adult",
        [
            (PersonKind.CHILD.value, "A child, under 18"),
            (PersonKind.ADULT.value, "An adult"),
            (PersonKind.UNBORN.value, "A child not born yet"),
        ],
    )
    field_order = ["kind", "given", "family"]


class BirthKnownForm(forms.Form):
    """When somebody was born, or about how old they are."""

    born_on = DayField(label="Day of birth", required=False, help_text=NOT_KNOWN)
    born_estimated = forms.BooleanField(label="The day is estimated", required=False)
    age = forms.IntegerField(
        label="Or about how old, in years",
        required=False,
        min_value=0,
        max_value=OLDEST,
        help_text="Where the day is not known. It is kept as an estimated day of birth.",
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3", "autocomplete": "off"}),
    )
    sex = choice_of("Sex", SEXES, initial="U")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("born_on") and given.get("age") is not None:
            self.add_error("age", "Give the day or the age, not both. Empty one of them.")
        if given.get("born_estimated") and not given.get("born_on") and "born_on" not in self.errors:
            self.add_error("born_estimated", "There is no day to be estimated. Give one, or untick.")
        return given


class ExpectedForm(forms.Form):
    """When a child is expected."""

    expected_on = DayField(label="When is the birth expected?", help_text="About is enough.")


class NumbersForm(forms.Form):
    """The numbers by which somebody is known."""

    nhs = forms.CharField(label="NHS number", max_length=40, required=False, widget=plain_text())
    upn = forms.CharField(
        label="Unique pupil number", max_length=40, required=False, widget=plain_text(), help_text="Of a pupil."
    )
    local = forms.CharField(
        label="Your own agency's number",
        max_length=40,
        required=False,
        widget=plain_text(),
        help_text="Of the case, say.",
    )

    def clean_nhs(self) -> str:
        return by_rule(self, "nhs", partial(checked_identifier, IdentifierKind.NHS))

    def clean_upn(self) -> str:
        return by_rule(self, "upn", partial(checked_identifier, IdentifierKind.UPN))


class HomeForm(forms.Form):
    """Where somebody lives, or may be reached."""

    kind = choice_of("What is this address to them?", list(AddressKind.choices), initial=AddressKind.MAIN.value)
    lines = forms.CharField(
        label="Address",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        help_text="House and street, town. No fixed address: say so, and the town.",
    )
    postcode = forms.CharField(label="Postcode", max_length=10, required=False, widget=plain_text())
    starts_on = DayField(label="Since when?", required=False, help_text=NOT_KNOWN)

    def clean_postcode(self) -> str:
        return by_rule(self, "postcode", checked_postcode)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("lines") and "lines" not in self.errors and (given.get("postcode") or given.get("starts_on")):
            self.add_error("lines", 'Say where it is. Write at least the town, or "no fixed address".')
        return given


class ContactForm(forms.Form):
    """What must be known before somebody is written to, telephoned or visited."""

    kind = choice_of("What is the danger?", [*SafetyKind.choices, ("", "None is known")], required=False, initial="")
    text = forms.CharField(
        label="What to do, and what not",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="It stands on every page about this person. Write what a visitor must know, no more.",
    )
    review_on = DayField(label="Look at it again on", required=False, help_text="It stands until somebody ends it.")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("text") and not given.get("kind"):
            self.add_error("kind", "Choose the danger that these words are about.")
        if given.get("kind") and not given.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", "Say when it is looked at again. Choose a day after today.")
        return given


class CloseForm(forms.Form):
    """Who may see the record."""

    sensitivity = choice_of(
        "Who may see the record?",
        WHO_SEES[:2],
        initial=WHO_SEES[0][0],
        help_text="Sensitive where it must be kept close: relatives of staff, people in hiding.",
    )

    def clean_sensitivity(self) -> int:
        return int(self.cleaned_data["sensitivity"])


class NoneOfThemForm(forms.Form):
    """A new record is made only if it is of none of those who are like it."""

    none_of_them = forms.BooleanField(
        label="It is none of these people",
        error_messages={"required": "Look at the records like this. If it is none of them, say so."},
    )
