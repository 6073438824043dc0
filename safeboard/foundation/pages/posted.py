"""A form's values as a browser posts them: pairs of name and text, whatever the field; compared and shown again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django_filters.widgets import SuffixedMultiWidget

from safeboard.foundation.pages.columns import in_words
from safeboard.foundation.pages.fields import DaySpanInput

Pairs = list[list[str]]
"""[[name, text], ...]; empty texts are left out."""


def keys_of(widget: forms.Widget, name: str) -> list[str]:
    """The names under which a widget's value is posted."""
    if isinstance(widget, SuffixedMultiWidget):
        return [widget.suffixed(name, suffix) for suffix in widget.suffixes]
    if isinstance(widget, forms.MultiWidget):
        return [name + suffix for suffix in widget.widgets_names]  # type: ignore[attr-defined]
    return [name]


def as_posted(widget: forms.Widget, name: str, value: Any) -> Pairs:
    """The pairs that a browser would post for a value that nobody touched."""
    if isinstance(widget, forms.MultiWidget):
        parts = value if isinstance(value, list | tuple) else widget.decompress(value) or []
        names = keys_of(widget, name)
        return [pair for part, its, key in zip(parts, widget.widgets, names) for pair in as_posted(its, key, part)]  # noqa: B905
    if isinstance(widget, forms.CheckboxInput):
        return [[name, "on"]] if widget.check_test(value) else []
    if isinstance(widget, forms.ClearableFileInput | forms.PasswordInput):
        return []
    shown = widget.format_value(value)
    several = shown if isinstance(shown, list | tuple) else [shown]
    return [[name, _plain(str(text))] for text in several if text not in (None, "")]


def typed(widget: forms.Widget, name: str, data: QueryDict | MultiValueDict[str, Any]) -> Pairs:
    """The pairs that were posted for a field."""
    if isinstance(widget, forms.CheckboxInput):
        return [[name, "on"]] if name in data else []
    pairs = [[key, _plain(str(text))] for key in keys_of(widget, name) for text in data.getlist(key)]
    return [pair for pair in pairs if pair[1]]


def words_of(field: forms.BoundField, pairs: Pairs) -> str:
    """What pairs say, in words: a choice by its label, a day as a day."""
    widget = field.field.widget
    if isinstance(widget, forms.PasswordInput):
        return "hidden"
    if isinstance(widget, DaySpanInput):
        return " ".join(f"{key.rpartition('_')[2]} {_day(text)}" for key, text in pairs)
    data = MultiValueDict[str, Any]()
    for key, text in pairs:
        data.appendlist(key, text)
    value = widget.value_from_datadict(data, MultiValueDict(), field.html_name)
    if isinstance(widget, forms.widgets.ChoiceWidget):
        labels = _labels(widget.choices)
        chosen = value if isinstance(value, list) else [value]
        return in_words([labels.get(str(each), str(each)) for each in chosen if each])
    try:
        return in_words(field.field.to_python(value))
    except forms.ValidationError:
        return " ".join(text for _, text in pairs)


def _labels(choices: Any) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for value, label in choices:
        inner: Sequence[tuple[Any, Any]] = label if isinstance(label, list | tuple) else [(value, label)]
        found |= {str(each): str(said) for each, said in inner}
    return found


def _day(text: str) -> str:
    try:
        return in_words(date.fromisoformat(text))
    except ValueError:
        return text


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\0", "").strip()
