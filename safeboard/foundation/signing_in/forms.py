"""The forms of signing in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from safeboard.foundation.access.models import User
from safeboard.foundation.access.roles import Role
from safeboard.foundation.agencies.models import Agency

BY_PASSKEY, BY_PASSWORD = "passkey", "password"


class AgencySignInForm(forms.Form):
    """An agency's OpenID Connect provider."""

    issuer = forms.URLField(
        label="Address of the provider",
        max_length=300,
        assume_scheme="https",
        help_text="The issuer, as the agency's IT gives it.",
    )
    client_id = forms.CharField(label="Client identifier", max_length=200)
    secret = forms.CharField(
        label="Client secret",
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="It is stored encrypted and never shown. Leave empty to keep the one stored.",
    )
    email_domains = forms.CharField(
        label="Domains of the agency's e-mail addresses",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line. Somebody with another address is refused.",
    )
    vouches_for_emails = forms.BooleanField(
        label="The provider does not say that addresses are verified, but gives out only its own", required=False
    )
    is_on = forms.BooleanField(label="People can sign in there", required=False)


class InvitationForm(forms.Form):
    """Whom to invite, to which seat."""

    email = forms.EmailField(label="E-mail address at work", help_text="The invitation goes there.")

    def __init__(self, *args: Any, agencies: list[Agency], roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(agencies) > 1:
            choices = [("", "Choose"), *((str(agency.pk), agency.name) for agency in agencies)]
            self.fields["agency"] = forms.ChoiceField(label="Agency", choices=choices)
        self.fields["role"] = forms.ChoiceField(
            label="Role",
            choices=[(role.key, f"{role.title}: {role.plain}") for role in roles],
            widget=forms.RadioSelect,
        )


class AcceptForm(forms.Form):
    """What somebody invited says of themselves, and how they will sign in."""

    name = forms.CharField(
        label="Your name",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="As colleagues in other agencies will see it.",
    )
    way = forms.ChoiceField(
        label="How will you sign in?",
        choices=[
            (BY_PASSKEY, "With a passkey: fingerprint, face, PIN or security key"),
            (BY_PASSWORD, "With a password and a second step"),
        ],
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label="Password, if you chose one",
        required=False,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters: three or four words that do not belong together. It need not ever change.",
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("way") == BY_PASSWORD:
            try:
                validate_password(given.get("password") or "", User(email=self.email, name=given.get("name", "")))
            except forms.ValidationError as wrong:
                self.add_error("password", wrong)
        else:
            given["password"] = None
        return given


class StaffForm(forms.Form):
    """An agency's list of its present staff: typed or pasted, or a file."""

    typed = forms.CharField(
        label="E-mail addresses of everybody who works there now",
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="One a line, or with commas or tabs between.",
    )
    file = forms.FileField(
        label="Or a file that holds them",
        required=False,
        help_text="CSV or Excel (.xlsx), of 2 MB at most, in any column.",
    )

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(agencies) > 1:
            choices = [("", "Choose"), *((str(agency.pk), agency.name) for agency in agencies)]
            self.fields["agency"] = forms.ChoiceField(label="Agency", choices=choices)


class CodeForm(forms.Form):
    """The code that came another way than the link."""

    code = forms.CharField(
        label="Code of six digits",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text="It came to you by telephone or text message.",
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())
