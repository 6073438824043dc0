"""Setting up a passkey, and removing one, but never the last second factor."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.forms import BooleanField, CharField, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from safeboard.foundation.access.doors import signed_in_door


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """The library's form in plain words. A passkey signs in by itself unless it is meant as a second step only."""

    name = CharField(label="Name of the passkey", required=False, max_length=100)
    passwordless = BooleanField(
        label="Sign in with this passkey alone",
        help_text="It then asks for your fingerprint, face or PIN, and you need no password.",
        required=False,
        initial=True,
    )


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """The library's page, which by itself would remove the last one too."""

    def form_valid(self, form: Form) -> HttpResponse:
        if get_adapter().can_delete_authenticator(self.get_object()):
            answer: HttpResponse = super().form_valid(form)
            return answer
        messages.error(self.request, "This is your only second step. Add another one first, then remove this one.")
        return redirect("mfa_list_webauthn")


_remove = RemovePasskey.as_view()


@signed_in_door("one's own account")
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove. Stands at the library's own address."""
    answer: HttpResponse = _remove(request, pk=pk)
    return answer
