"""The library's forms of signing in and of passwords, with the words of the house's own forms."""

from collections.abc import Mapping
from typing import Any, Final

from allauth.account import forms as library
from django.forms import Form

EMAIL, NEW, AGAIN = "E-mail address", "New password", "New password again"
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "login": {"login": EMAIL, "password": "Password"},
    "reset_password": {"email": EMAIL},
    "reset_password_from_key": {"password1": NEW, "password2": AGAIN},
    "change_password": {"oldpassword": "Current password", "password1": NEW, "password2": AGAIN},
    "set_password": {"password1": NEW, "password2": AGAIN},
}
"""The label of each field, by the library's name of the form."""


def _say(form: Form, labels: Mapping[str, str]) -> None:
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)


class SignInForm(library.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, WORDS["login"])


class ForgottenPasswordForm(library.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, WORDS["reset_password"])


class PasswordByLinkForm(library.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password of somebody who came by the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, WORDS["reset_password_from_key"])


class ChangePasswordForm(library.ChangePasswordForm):  # type: ignore[misc]
    """The password in use, and the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, WORDS["change_password"])


class SetPasswordForm(library.SetPasswordForm):  # type: ignore[misc]
    """The first password of somebody who signed in another way so far."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, WORDS["set_password"])
