"""What fields say of wrong input, in plain words with the remedy, in place of Django's own."""

from copy import copy
from typing import Any, Final

from django import forms
from django.core import validators

TYPED: Final = "Enter this. It cannot be empty."
REQUIRED: Final = (
    (forms.BooleanField, "Tick this to go on."),
    (forms.FileField, "Choose a file."),
    (forms.MultipleChoiceField, "Choose at least one."),
    (forms.ChoiceField, "Choose one."),
    (forms.ModelChoiceField, "Choose one."),
)
INVALID: Final = (
    (forms.IntegerField, "Enter a number in figures, for example 12."),
    (forms.DateTimeField, "Enter a day and a time, for example 27/03/2026 14:30."),
    (forms.DateField, "Enter a day, for example 27/03/2026."),
    (forms.TimeField, "Enter a time, for example 14:30."),
    (forms.UUIDField, "This is not a key of a record. Choose the record again."),
)
CHOICE: Final = "This is not one of those listed. Choose again."
WORDS: Final = (
    (validators.MaxLengthValidator, "This has %(show_value)s characters. Shorten it to at most %(limit_value)s."),
    (validators.MinLengthValidator, "This has %(show_value)s characters. It needs at least %(limit_value)s."),
    (validators.MaxValueValidator, "Enter %(limit_value)s or less."),
    (validators.MinValueValidator, "Enter %(limit_value)s or more."),
    (validators.ProhibitNullCharactersValidator, "This holds a NUL character, which cannot be stored. Type it again."),
    (validators.EmailValidator, "Enter an e-mail address, for example name@example.org."),
    (validators.URLValidator, "Enter a web address that begins with https://."),
)


def speak_plainly(form: forms.BaseForm) -> None:
    """Give each field of the form the plain words, where it has none of its own. Nothing that is pasted is cut off."""
    for field in form.fields.values():
        _say(field, "required", next((words for kind, words in REQUIRED if isinstance(field, kind)), TYPED))
        _say(field, "invalid", next((words for kind, words in INVALID if isinstance(field, kind)), ""))
        _say(field, "invalid_choice", CHOICE)
        field.validators = [_plain(each) for each in field.validators]
        # A browser drops without a word what is longer: refusing it in words loses nothing.
        field.widget.attrs.pop("maxlength", None)


def _say(field: forms.Field, code: str, words: str) -> None:
    djangos = [kind.__dict__.get("default_error_messages", {}).get(code) for kind in _of_django(field)]
    if words and field.error_messages.get(code) in [each for each in djangos if each is not None]:
        field.error_messages[code] = words


def _of_django(field: forms.Field) -> list[type]:
    return [kind for kind in type(field).__mro__ if kind.__module__.startswith("django.")]


def _plain(validator: Any) -> Any:
    words = next((words for kind, words in WORDS if type(validator) is kind), "")
    if not words:
        return validator
    plain = copy(validator)
    plain.message = words
    return plain
