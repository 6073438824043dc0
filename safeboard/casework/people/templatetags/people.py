"""Numbers in a picture."""

from django import template

register = template.Library()


@register.filter
def units(value: float) -> str:
    """A length in the picture's units, to a tenth."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


@register.filter
def shifted(value: float, by: float) -> str:
    """The same, moved."""
    return units(value + by)
