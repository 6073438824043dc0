"""The forms of this room."""

from django import forms

from safeboard.foundation.watching.codes import Outcome


class OutcomeForm(forms.Form):
    """What came of looking into something."""

    outcome = forms.ChoiceField(
        label="What did you find?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What was found and done",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed unless it was in order. Name no child here.",
    )


class HomeForm(forms.Form):
    """Where a user lives, for alerts."""

    postcode = forms.CharField(label="Postcode", required=False, max_length=8)
    house = forms.CharField(label="Number or name of the house", required=False, max_length=100)


class ConnectionForm(forms.Form):
    """A record of a user's own family or household."""

    object_id = forms.CharField(
        label="Key of the record", max_length=40, help_text="The last part of the address of the record's page."
    )
    how = forms.CharField(
        label="How they are connected", max_length=200, help_text="For example: own child, grandchild, neighbour."
    )
