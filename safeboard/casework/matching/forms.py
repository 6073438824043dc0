"""The forms of this room."""

from collections.abc import Sequence
from typing import Any

from django import forms

from safeboard.casework.matching.asked import LONGEST


class SearchForm(forms.Form):
    """The one box."""

    words = forms.CharField(
        label="Name, date of birth, number or address",
        max_length=LONGEST,
        strip=True,
        error_messages={
            "required": "Type a name, a date of birth, a number or an address.",
            "max_length": f"That is too long to search for. Type at most {LONGEST} characters.",
            "null_characters_not_allowed": "There is a character that cannot be typed. Type it again by hand.",
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )


class ReasonForm(forms.Form):
    """Why: kept with the decision."""

    said = forms.CharField(
        label="How do you know?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with the decision, for those who will ask.",
    )


class ProposeForm(ReasonForm):
    """Which of those found is the same person."""

    def __init__(self, *args: Any, found: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"] = forms.ChoiceField(
            label="Which of these is the same person?", choices=list(found), widget=forms.RadioSelect
        )
        self.order_fields(["other", "said"])


class JoinForm(ReasonForm):
    """Which record is kept, and that this is meant."""

    def __init__(self, *args: Any, records: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"] = forms.ChoiceField(
            label="Which record shall be kept in use?",
            choices=list(records),
            widget=forms.RadioSelect,
            help_text="All that the other record holds will stand there. The other one stays, and leads to it.",
        )
        self.fields["sure"] = forms.BooleanField(label="I have looked at both records: they are of one person")
        self.order_fields(["kept", "said", "sure"])


class ListForm(forms.Form):
    """An agency's list."""

    file = forms.FileField(
        label="The list",
        max_length=200,
        help_text="Excel or CSV, at most 1,000 rows and 5 MB, with the columns: Your number, First names, Family name, "
        "Date of birth, Sex, NHS number, Postcode. What you do not hold stays empty.",
    )
