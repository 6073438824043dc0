"""The library's forms of signing in and of passwords, with the words of the house's own forms."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from allauth.account import forms as library
from allauth.mfa.base.forms import ReauthenticateForm as SecondStepAgain
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.forms import Form

from safeboard.foundation.pages.plain_words import speak_plainly

NEW_PASSWORD: Final = {"password1": "New password", "password2": "New password again"}


class InOurWords(Form):
    """A form of the library whose labels, and words for wrong input, are the house's."""

    labels: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        speak_plainly(self)


class SignInForm(InOurWords, library.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    labels = {"login": "E-mail address", "password": "Password"}


class ForgottenPasswordForm(InOurWords, library.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link to."""

    labels = {"email": "E-mail address"}


class PasswordByLinkForm(InOurWords, library.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password of somebody who came by the link."""

    labels = NEW_PASSWORD


class ChangePasswordForm(InOurWords, library.ChangePasswordForm):  # type: ignore[misc]
    """The password in use, and the new one."""

    labels = {"oldpassword": "Current password", **NEW_PASSWORD}


class SetPasswordForm(InOurWords, library.SetPasswordForm):  # type: ignore[misc]
    """The first password of somebody who signed in another way so far."""

    labels = NEW_PASSWORD


class PasswordAgainForm(InOurWords, library.ReauthenticateForm):  # type: ignore[misc]
    """The password, asked for once more before something that is guarded with care."""


class SecondStepAgainForm(InOurWords, SecondStepAgain):  # type: ignore[misc]
    """A code, asked for once more before something that is guarded with care."""


class AppForm(InOurWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app that is set up."""
