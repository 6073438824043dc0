"""The forms of this room."""

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
