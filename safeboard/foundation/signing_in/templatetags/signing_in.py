"""Fields of a form in the look of GOV.UK, for the pages of the sign-in library and ours beside them."""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, RadioSelect, Select, Textarea
from django.utils.safestring import SafeString

register = template.Library()
CLASSES = ((CheckboxInput, "govuk-checkboxes__input"), (Select, "govuk-select"), (Textarea, "govuk-textarea"))


@register.inclusion_tag("signing_in/fields.html")
def govuk_fields(form: BaseForm) -> dict[str, Any]:
    """Every field of the form, hidden ones first, each with label, hint and error."""
    return {"form": form}


@register.filter
def kind_of(field: BoundField) -> str:
    """`radios`, `checkbox` or `input`: which markup the field takes."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect):
        return "radios"
    return "checkbox" if isinstance(widget, CheckboxInput) else "input"


@register.filter
def govuk_widget(field: BoundField) -> SafeString:
    """The field's input with its class, tied to its hint and error, without a placeholder (a label says it)."""
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)
    look = next((name for kind, name in CLASSES if isinstance(widget, kind)), "govuk-input")
    if isinstance(widget, FileInput):
        look = "govuk-file-upload"
    wrong = f" {look}--error" if field.errors else ""
    attrs: dict[str, str | bool] = {"class": look + wrong}
    said = (("hint", field.help_text), ("error", field.errors))
    if described := [f"{field.auto_id}_{part}" for part, is_there in said if is_there]:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)
