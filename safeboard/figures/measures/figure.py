"""One figure: an exact number with everything that is needed to believe it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from safeboard.foundation.kernel.numbers import Unit, show
from safeboard.foundation.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's value for one period and one group (`group` None: the whole).

    `group` is "column=label", for example "age=1 to 4". `collected` is false where a source does not collect what the
    measure needs or does not cover the period; numerator, denominator and value are then None, never 0. A group whose
    labels alone are not collected is one such figure with its column ("age") for `group`.
    `children` are the distinct children in numerator and denominator, None where the rows are not children or there is
    no denominator of rows. `why_not` says what is missing, or that the period is counted up to the reference date only.
    """

    measure: str
    edition: str
    period: Period
    group: str | None
    numerator: int | None
    denominator: int | None
    value: Fraction | None
    unit: Unit
    collected: bool
    children: tuple[int | None, int | None] = (None, None)
    population_vintage: str = ""
    why_not: str = ""

    @property
    def shown(self) -> str:
        return show(self.value, self.unit) if self.collected else "not collected"

    def as_json(self) -> Mapping[str, object]:
        """The figure as a JSON object. `value` is a float for convenience; numerator and denominator are exact."""
        return {
            "measure": self.measure,
            "edition": self.edition,
            "period": self.period.label,
            "group": self.group,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": None if self.value is None else float(self.value),
            "shown": self.shown,
            "unit": self.unit.value,
            "collected": self.collected,
            "numerator_children": self.children[0],
            "denominator_children": self.children[1],
            "population_vintage": self.population_vintage,
            "why_not": self.why_not,
        }
