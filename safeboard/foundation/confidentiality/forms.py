"""The forms of restricted records, break-glass and involvement. People are named by their address at work."""

from typing import Any, Final

from django import forms

from safeboard.foundation.access.models import User
from safeboard.foundation.access.words import OpeningOutcome, RestrictionCategory
from safeboard.foundation.pages.fields import DayField

AS_USUAL, ONLY_LISTED, ONLY_KEPT_OUT = "", "only listed", "only kept out"
LONGEST: Final = 5_000


def words(label: str, help_text: str = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class UsersField(forms.CharField):
    """Users, by their addresses at work, one a line. An address that nobody has is refused by name of its line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[User]:
        typed = super().clean(value)
        addresses = list(dict.fromkeys(typed.lower().replace(",", " ").split()))
        users = {user.email: user for user in User.objects.filter(email__in=addresses, is_active=True)}
        if missing := [address for address in addresses if address not in users]:
            raise forms.ValidationError(f"Nobody signs in with {', '.join(missing)}. Correct the address.")
        return [users[address] for address in addresses]


class UserField(forms.EmailField):
    """One user, by their address at work."""

    def clean(self, value: Any) -> User | None:
        address = super().clean(value)
        user = User.objects.filter(email=address.lower(), is_active=True).first() if address else None
        if address and user is None:
            raise forms.ValidationError(f"Nobody signs in with {address}. Correct the address.")
        return user


class RestrictForm(forms.Form):
    """Why a record is closed, to whom, and for how long."""

    category = forms.ChoiceField(
        label="Why must it be restricted?", choices=RestrictionCategory.choices, widget=forms.RadioSelect
    )
    reason = words("Reason in words", "For those who review it. It is not shown to those whom it keeps out.")
    ask = forms.CharField(
        label="Whom to ask",
        max_length=200,
        help_text="A role and a telephone number. Shown to everyone who may know that the record exists.",
    )
    ends_on = DayField(
        label="Last day (optional)",
        required=False,
        help_text="Leave it empty for the usual length of this kind of restriction.",
    )
    closed_to = forms.ChoiceField(
        label="Closed to",
        required=False,
        choices=[
            (AS_USUAL, "As is usual for this kind of restriction"),
            (ONLY_LISTED, "Everyone except those named below, and the duty team"),
            (ONLY_KEPT_OUT, "Only those named below as kept out"),
        ],
        widget=forms.RadioSelect,
    )
    allowed = UsersField(
        label="Who may still open it (optional)",
        required=False,
        max_length=LONGEST,
        help_text="Work e-mail addresses, one a line. Name yourself, too, if you must still open it.",
    )
    kept_out = UsersField(
        label="Who is kept out, whatever their role (optional)",
        required=False,
        max_length=LONGEST,
        help_text="For example a relative of the family. Work e-mail addresses, one a line.",
    )


class ReviewForm(forms.Form):
    """Whether a restriction is kept on."""

    keep = forms.ChoiceField(
        label="What is to become of it?",
        choices=[("keep", "Keep it on for another 90 days"), ("end", "End it now")],
        widget=forms.RadioSelect,
    )
    reason = words("Why")
    ends_on = DayField(
        label="New last day (optional)", required=False, help_text="Leave it empty to keep the last day as it is."
    )


class ListForm(forms.Form):
    """Somebody let through a restriction, kept out, or taken off its list."""

    user = UserField(label="Their work e-mail address", max_length=254)
    place = forms.ChoiceField(
        label="What applies to them?",
        choices=[
            ("pass", "They may still open the record"),
            ("out", "They are kept out, whatever their role"),
            ("off", "Neither: take them off both lists"),
        ],
        widget=forms.RadioSelect,
    )


class BreakGlassForm(forms.Form):
    """What is happening, in words."""

    reason = words(
        "What is happening, and why can it not wait?",
        "Somebody else reads this on the next working day. Say it in a sentence.",
    )


class OutcomeForm(forms.Form):
    """What the review of an opening came to."""

    outcome = forms.ChoiceField(
        label="What did the review come to?", choices=OpeningOutcome.choices, widget=forms.RadioSelect
    )
    found = words("What was found")


class InvolveForm(forms.Form):
    """Who works with a record, as what, and for how long."""

    user = UserField(label="A colleague, by their work e-mail address", max_length=254, required=False)
    agency = forms.ChoiceField(label="Or everyone in an agency", required=False)
    why = forms.CharField(
        label="What they do",
        max_length=300,
        help_text="For example health visitor of the child, or the school the child goes to.",
    )
    starts_on = DayField(label="First day (optional)", required=False, help_text="Leave it empty for today.")
    ends_on = DayField(label="Last day (optional)", required=False, help_text="Leave it empty while it goes on.")

    def __init__(self, *args: Any, agencies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "No agency"), *((str(key), name) for key, name in agencies)]
        self.fields["agency"] = forms.ChoiceField(label=self.fields["agency"].label, choices=choices, required=False)
