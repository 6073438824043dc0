"""The form of a contact."""

from typing import Any

from django import forms

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.agencies.models import Agency
from safeboard.tools.contacts.codes import Part
from safeboard.tools.contacts.selectors import agencies


class ContactForm(forms.Form):
    """Whom to call, for what, and how."""

    agency = forms.ModelChoiceField(label="Agency", queryset=Agency.objects.none(), empty_label="Choose")
    part = forms.ChoiceField(label="To be called for", choices=[("", "Choose"), *Part.choices])
    name = forms.CharField(label="Name", max_length=200, help_text="Of the person, or of the desk.")
    telephone = forms.CharField(
        label="Telephone", max_length=50, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.EmailField(label="E-mail address at work", required=False)
    when = forms.CharField(
        label="When, and what to say", max_length=200, required=False, help_text="Weekdays 9 to 5, for example."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, viewer: Viewer, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agency"].queryset = agencies(viewer, action)
