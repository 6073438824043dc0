"""Fields that Django has not: a day typed as day, month and year, and a span of days for a register's filters."""

from datetime import date
from typing import Any, Final

import django_filters
from django import forms
from django_filters.widgets import SuffixedMultiWidget

PARTS: Final = ("day", "month", "year")
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DayInput(forms.MultiWidget):
    """Three short inputs, named `..._day`, `..._month` and `..._year`."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput({"inputmode": "numeric"}) for part in PARTS}, attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DayField(forms.Field):
    """A day. What was typed is kept and shown again when it is not one."""

    widget = DayInput
    default_error_messages = {
        "required": "Enter a day, a month and a year.",
        "part": "Enter the %(missing)s as well.",
        "unreal": "There is no such day. Check the day, the month and the year, for example 27 3 2026.",
        "year": "Enter the year with four figures, for example 2026.",
        "early": "The day must be %(day)s or later.",
        "late": "The day must be %(day)s or earlier.",
    }

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **words: Any) -> None:
        """`earliest` and `latest` are inclusive."""
        super().__init__(**words)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            return None
        if missing := [name for name, part in zip(PARTS, parts, strict=True) if not part]:
            raise self._wrong("part", missing=" and the ".join(missing))
        return self._day(*parts)

    def _day(self, day: str, month: str, year: str) -> date:
        if month[:3].lower() in MONTHS:
            month = str(MONTHS.index(month[:3].lower()) + 1)
        if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (day, month, year)):
            raise self._wrong("unreal")
        if len(year) != 4:
            raise self._wrong("year")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise self._wrong("unreal") from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise self._wrong("early", day=_written(self.earliest))
        if value and self.latest and value > self.latest:
            raise self._wrong("late", day=_written(self.latest))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != self.to_python(initial))
        except forms.ValidationError:
            return True

    def _wrong(self, code: str, **params: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params=params)


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class DaySpanInput(SuffixedMultiWidget):  # type: ignore[misc]
    """From a day to a day."""

    suffixes = ["from", "to"]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([_calendar("From"), _calendar("To")], attrs)

    def decompress(self, value: slice | None) -> list[Any]:
        return [value.start, value.stop] if value else [None, None]


class DaySpanFilter(django_filters.DateFromToRangeFilter):  # type: ignore[misc]
    """For a register: the rows whose day is in a span, both ends inclusive."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, widget=DaySpanInput(), **words)


def _calendar(label: str) -> forms.DateInput:
    return forms.DateInput({"type": "date", "aria-label": label}, format="%Y-%m-%d")
