"""Reporting years, 1 April to 31 March, always given and never read off the clock."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from safeboard.foundation.kernel.errors import BadInput, Problem


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A run of days, both ends inclusive."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def year_ending(cls, year: int) -> "Period":
        """The reporting year that ends on 31 March of `year`."""
        return cls(date(year - 1, 4, 1), date(year, 3, 31))

    @classmethod
    def parse(cls, text: str) -> "Period":
        """`2024-25`, `2024/25` or `2024-2025`: the reporting year 1 April 2024 to 31 March 2025. Else BadInput."""
        match = re.fullmatch(r"(\d{4})[-/](\d{2}|\d{4})", text.strip())
        if match:
            first, last = int(match[1]), match[2]
            if first > 0 and f"{first + 1:04d}".endswith(last):
                return cls.year_ending(first + 1)
        raise BadInput(
            Problem(
                message="This is not a reporting year.",
                element="--period",
                found=text,
                expected="two years in a row, such as 2024-25",
                remedy="Give the year from 1 April to 31 March.",
            )
        )

    @property
    def label(self) -> str:
        """`2008-09` for a reporting year; else both days."""
        if self == Period.year_ending(self.end.year):
            return f"{self.start.year}-{self.end.year % 100:02d}"
        return f"{self.start.isoformat()} to {self.end.isoformat()}"

    def previous(self) -> "Period":
        """The reporting year before this one."""
        return Period.year_ending(self.end.year - 1)

    @property
    def day_before(self) -> date:
        return self.start - timedelta(days=1)
