"""The forms of a person's record: one thing a page."""

from typing import Any

from django import forms

from safeboard.casework.people.codes import (
    DISABILITIES,
    ETHNICITIES,
    SEXES,
    AddressKind,
    FlagKind,
    IdentifierKind,
    NameKind,
    PersonKind,
    SafetyKind,
)
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.pages.fields import DayField

CHOOSE = ("", "Choose")
NOT_KNOWN = "Leave empty where it is not known."
WHO_SEES = [
    (str(Sensitivity.PERSONAL.value), "Personal: all whose work is with children and families here"),
    (str(Sensitivity.SENSITIVE.value), "Sensitive: social care and designated professionals"),
    (str(Sensitivity.SEALED.value), "Sealed: those who review allegations, deaths and criminal proceedings"),
]


def _name(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=100, required=False, widget=plain_text())


def plain_text() -> forms.TextInput:
    return forms.TextInput({"autocomplete": "off", "spellcheck": "false"})


def choice_of(label: str, choices: list[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


class NamedForm(forms.Form):
    """A name in two parts, either of which may be missing."""

    given = _name("First and middle names")
    family = _name("Family name")


class BirthForm(forms.Form):
    """Correct who somebody is."""

    kind = choice_of("Kind", list(PersonKind.choices))
    born_on = DayField(label="Day of birth", required=False, help_text="Empty for an unborn child.")
    born_estimated = forms.BooleanField(label="The day is estimated", required=False)
    expected_on = DayField(label="Expected day of birth", required=False, help_text="Of an unborn child.")
    sex = choice_of("Sex", SEXES)


class BornForm(NamedForm):
    """The expected child is born."""

    born_on = DayField(label="Day of birth")
    sex = choice_of("Sex", SEXES)
    field_order = ["born_on", "sex", "given", "family"]


class DeathForm(forms.Form):
    """The day somebody died."""

    died_on = DayField(label="Day of death")


class LanguageForm(forms.Form):
    """In which language, and how, somebody is spoken with."""

    first_language = forms.CharField(label="First language", max_length=60, required=False)
    interpreter = forms.TypedChoiceField(
        label="Is an interpreter needed?",
        choices=[("True", "Yes"), ("False", "No"), ("", "Not known")],
        coerce=lambda said: said == "True",
        empty_value=None,
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )
    communication = forms.CharField(
        label="What helps to be understood",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Signs, pictures, large print, a quiet room.",
    )


class BackgroundForm(LanguageForm):
    """Ethnicity, disability and language."""

    ethnicity = forms.ChoiceField(
        label="Ethnicity", choices=ETHNICITIES, help_text="As the person or the parent says it, in the census's words."
    )
    disabilities = forms.MultipleChoiceField(
        label="Disabilities", choices=DISABILITIES, required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("ethnicity", "disabilities")


class HandlingForm(forms.Form):
    """Which agency answers for the record, and how sensitive it is."""

    def __init__(self, *args: Any, agencies: list[Agency], highest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agencies = {str(agency.pk): agency for agency in agencies}
        self.fields["agency"] = forms.ChoiceField(
            label="Agency that answers for the record",
            choices=[(key, agency.name) for key, agency in self._agencies.items()],
        )
        self.fields["sensitivity"] = choice_of(
            "Who may see the record?", [each for each in WHO_SEES if int(each[0]) <= highest]
        )

    def clean_agency(self) -> Agency:
        return self._agencies[self.cleaned_data["agency"]]

    def clean_sensitivity(self) -> int:
        return int(self.cleaned_data["sensitivity"])


class OnForm(forms.Form):
    """The last day of something."""

    on = DayField(label="Last day")


class DaysForm(forms.Form):
    """From when to when, both days inclusive."""

    starts_on = DayField(label="First day", required=False, help_text=NOT_KNOWN)
    ends_on = DayField(label="Last day", required=False, help_text="Leave empty while it goes on.")


def _who_sees(what: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=f"Who may see the {what}?",
        choices=WHO_SEES,
        coerce=int,
        initial=int(Sensitivity.PERSONAL),
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
        help_text="Others who open the record read that there is one, and whom to ask. Nobody can search by it.",
    )


class NameForm(NamedForm, DaysForm):
    """A name."""

    kind = choice_of("What kind of name?", list(NameKind.choices))
    sensitivity = _who_sees("name")
    field_order = ["kind", "given", "family", "starts_on", "ends_on", "sensitivity"]


class IdentifierForm(forms.Form):
    """A number."""

    kind = choice_of("What kind of number?", list(IdentifierKind.choices))
    value = forms.CharField(label="Number", max_length=40, widget=plain_text())
    sensitivity = _who_sees("number")

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agencies = {str(agency.pk): agency for agency in agencies}
        self.fields["issuer"] = forms.ChoiceField(
            label="Whose number is it?",
            required=False,
            choices=[CHOOSE, *((key, agency.name) for key, agency in self._agencies.items())],
            help_text="For an agency's own number.",
        )
        self.order_fields(["kind", "value", "issuer", "sensitivity"])

    def clean_issuer(self) -> Agency | None:
        return self._agencies.get(self.cleaned_data["issuer"])


class AddressForm(DaysForm):
    """An address."""

    kind = choice_of("What is this address to them?", list(AddressKind.choices))
    lines = forms.CharField(
        label="Address",
        max_length=300,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        help_text="House and street, town. No fixed address: say so, and the town.",
    )
    postcode = forms.CharField(label="Postcode", max_length=10, required=False, widget=plain_text())
    uprn = forms.CharField(
        label="Unique property reference number",
        max_length=20,
        required=False,
        help_text="If you have it.",
        widget=plain_text(),
    )
    sensitivity = _who_sees("address")
    field_order = ["kind", "lines", "postcode", "uprn", "starts_on", "ends_on", "sensitivity"]


class WarningForm(forms.Form):
    """A safety warning."""

    kind = choice_of("What is the danger?", list(SafetyKind.choices))
    text = forms.CharField(
        label="What to do, and what not",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="It stands on every page about this person. Write what a visitor must know, no more.",
    )
    starts_on = DayField(label="First day", required=False, help_text="Leave empty for today.")
    review_on = DayField(label="Look at it again on", help_text="It stands until somebody ends it.")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if places:
            self.fields["address"] = forms.ChoiceField(
                label="Does it concern everybody who comes to an address?",
                required=False,
                choices=[("", "No, this person alone"), *places],
                widget=forms.RadioSelect,
                help_text="Then it stands on the pages of all who live there.",
                initial="",
            )


class ReviewForm(forms.Form):
    """A warning looked at again."""

    text = forms.CharField(
        label="What to do, and what not", max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    review_on = DayField(label="Look at it again on")


class FlagForm(forms.Form):
    """A flag."""

    kind = choice_of("What should colleagues see?", list(FlagKind.choices))
    text = forms.CharField(label="More, if needed", max_length=500, required=False, widget=forms.Textarea({"rows": 3}))
    starts_on = DayField(label="First day", required=False, help_text="Leave empty for today.")
    expires_on = DayField(label="Runs out on", help_text="Its last day.")


class ExtendForm(forms.Form):
    """A flag's words and last day."""

    text = forms.CharField(label="More, if needed", max_length=500, required=False, widget=forms.Textarea({"rows": 3}))
    expires_on = DayField(label="Runs out on", help_text="Its last day.")
