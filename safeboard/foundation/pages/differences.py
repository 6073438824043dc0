"""Two people at one record: the second is shown, field by field, what it was, what the other saved, what they typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.core import signing
from django.db.models import Model
from django.http import QueryDict

from safeboard.foundation.pages.posted import Pairs, as_posted, keys_of, typed, words_of

WAS: Final = "form-was"
SEEN: Final = "form-seen"
TAKE: Final = "take-"
THEIRS, MINE = "theirs", "mine"
Values = dict[str, Pairs]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that another changed while the form was open. `chosen` is `theirs` where nothing was typed there."""

    name: str
    label: str
    was: str
    theirs: str
    mine: str
    chosen: str


def held_by(form: forms.BaseForm) -> Values:
    """What the record holds, as the form's fields would post it."""
    return {
        name: as_posted(form[name].field.widget, form[name].html_name, form.get_initial_for_field(field, name))
        for name, field in form.fields.items()
    }


def signed(values: Values, place: str) -> str:
    """The values for a hidden field: they come back unchanged or not at all. `place` is the record and the user."""
    return signing.dumps(values, salt=f"form was {place}", compress=True)


def read_back(text: str, place: str) -> Values | None:
    try:
        return dict(signing.loads(text, salt=f"form was {place}"))
    except signing.BadSignature:
        return None


def freshen(form: forms.BaseForm, record: Model) -> None:
    """Lock the record to the end of the transaction, and fill in what another saved since it was read."""
    fresh = type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
    unread = record.get_deferred_fields()
    for field in record._meta.concrete_fields:
        if field.attname in unread or field.name not in form.fields:
            continue
        if getattr(fresh, field.attname) != getattr(record, field.attname):
            form.initial[field.name] = field.value_from_object(fresh)


def differences(form: forms.BaseForm, was: Values) -> Sequence[Difference]:
    """The fields that hold something else now than when the form was opened, and than what was typed."""
    now = held_by(form)
    found = (_difference(form[name], was[name], now[name]) for name in now if name in was and now[name] != was[name])
    return [each for each in found if each is not None]


def _difference(field: forms.BoundField, was: Pairs, now: Pairs) -> Difference | None:
    data = cast("QueryDict", field.form.data)
    mine = typed(field.field.widget, field.html_name, data)
    if mine == now:
        return None
    chosen = data.get(TAKE + field.name) or (THEIRS if mine == was else "")
    in_words = {key: words_of(field, pairs) for key, pairs in (("was", was), ("theirs", now), ("mine", mine))}
    return Difference(name=field.name, label=str(field.label), chosen=chosen, **in_words)


def settled(form: forms.BaseForm, found: Sequence[Difference], seen: Values) -> bool:
    """Whether each difference was chosen on a page that showed what is held now: the form then holds the choices."""
    data = cast("QueryDict", form.data)
    now, choices = held_by(form), {each.name: data.get(TAKE + each.name) for each in found}
    if not all(choice in (THEIRS, MINE) and seen.get(name) == now[name] for name, choice in choices.items()):
        return False
    taken = data.copy()
    for name in (name for name, choice in choices.items() if choice == THEIRS):
        for key in keys_of(form[name].field.widget, form[name].html_name):
            taken.pop(key, None)
        for key, text in now[name]:
            taken.appendlist(key, text)
    form.data = taken
    return True


def place_of(record: Model, user_pk: Any) -> str:
    return f"{record._meta.label} {record.pk} {user_pk}"
