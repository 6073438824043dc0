"""Fields of a form in the look of GOV.UK, and small words that pages need."""

from typing import Any, cast

from django import template
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    MultiWidget,
    RadioSelect,
    Select,
    Textarea,
)
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from safeboard.foundation.pages.columns import in_words
from safeboard.foundation.pages.fields import DayInput, DaySpanInput

register = template.Library()
CLASSES = ((CheckboxInput, "govuk-checkboxes__input"), (Select, "govuk-select"), (Textarea, "govuk-textarea"))
MARKUP = (
    (RadioSelect, "choices"),
    (CheckboxSelectMultiple, "choices"),
    (CheckboxInput, "checkbox"),
    (DayInput, "day"),
    (DaySpanInput, "span"),
)


@register.inclusion_tag("pages/fields.html")
def govuk_fields(form: BaseForm) -> dict[str, Any]:
    """Every field of the form, hidden ones first, each with label, hint and error."""
    return {"form": form}


@register.filter
def kind_of(field: BoundField) -> str:
    """Which markup the field takes: `choices`, `checkbox`, `day`, `span` or `input`."""
    return next((markup for kind, markup in MARKUP if isinstance(field.field.widget, kind)), "input")


@register.filter
def choices_of(field: BoundField) -> str:
    """`radios` or `checkboxes`."""
    return "checkboxes" if isinstance(field.field.widget, CheckboxSelectMultiple) else "radios"


@register.filter
def govuk_widget(field: BoundField) -> SafeString:
    """The field's input with its class, tied to its hint and error, without a placeholder (a label says it)."""
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)
    look = next((name for kind, name in CLASSES if isinstance(widget, kind)), "govuk-input")
    if isinstance(widget, FileInput):
        look = "govuk-file-upload"
    wrong = f" {look}--error" if field.errors else ""
    attrs: dict[str, str | bool] = {"class": f"{look}{wrong} {widget.attrs.get('class', '')}".rstrip()}
    if described := described_by(field):
        attrs["aria-describedby"] = described
    return field.as_widget(attrs=attrs)


@register.filter
def as_options(groups: list[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The choices of a list, by code: of a list of all staff a template for each took half a page's time."""
    return format_html_join("\n", "{}", ((_group(name, options),) for name, options, _ in groups))


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    row = '<option value="{}"{}>{}</option>'
    made = format_html_join("\n", row, ((each["value"], flatatt(each["attrs"]), each["label"]) for each in options))
    return format_html('<optgroup label="{}">{}</optgroup>', name, made) if name else made


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of the field's hint and error, as far as it has them."""
    said = (("hint", field.help_text), ("error", field.errors))
    return " ".join(f"{field.auto_id}_{part}" for part, is_there in said if is_there)


@register.filter
def parts_of(field: BoundField) -> list[dict[str, Any]]:
    """The inputs of a day or a span of days: each with name, id, value and label."""
    widget = field.field.widget
    shown = cast("MultiWidget", widget).get_context(field.html_name, field.value(), {"id": field.auto_id})["widget"][
        "subwidgets"
    ]
    parts = ("day", "month", "year") if isinstance(widget, DayInput) else ("from", "to")
    return [
        {"name": each["name"], "id": f"{field.auto_id}_{part}", "value": each["value"] or "", "part": part}
        for part, each in zip(parts, shown, strict=True)
    ]


@register.filter
def first_id(field: BoundField) -> str:
    """The id that a link in the error summary leads to: the first thing one can type in or choose."""
    kind = kind_of(field)
    if kind in ("day", "span"):
        return f"{field.auto_id}_{'day' if kind == 'day' else 'from'}"
    return f"{field.auto_id}_0" if kind == "choices" else str(field.auto_id)


@register.filter
def words(value: object) -> str:
    """A plain value as a reader expects it."""
    return in_words(value)


@register.filter
def article(noun: str) -> str:
    """ "a" or "an" before a noun."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
