"""Sentences decided by rule from exact figures. No word is chosen by hand, so no word can disagree with its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from safeboard.figures.measures.definition import Moment
from safeboard.figures.reporting.cells import Cell
from safeboard.figures.reporting.chance import UNLIKELY, two_shares
from safeboard.foundation.kernel.numbers import PLACES, Unit, round_half_up, show
from safeboard.foundation.kernel.periods import Period

SMALLEST_BASE: Final = 50
"""The smallest earlier count of which a change is also given in per cent: of 3, one more would be 33%."""


class Direction(StrEnum):
    """What became of a number since the year before, in the word that is printed."""

    ROSE = "rose"
    FELL = "fell"
    UNCHANGED = "unchanged"
    UNCHANGED_AS_SHOWN = "unchanged to one decimal"
    """The exact values differ by less than the decimals printed."""


def direction(before: Fraction, now: Fraction, unit: Unit) -> Direction:
    """Which way the value went; two values that are printed alike did not go any way that a reader could see."""
    if before == now:
        return Direction.UNCHANGED
    if round_half_up(before, PLACES[unit]) == round_half_up(now, PLACES[unit]):
        return Direction.UNCHANGED_AS_SHOWN
    return Direction.ROSE if now > before else Direction.FELL


def in_words(day: date) -> str:
    """31 March 2009."""
    return f"{day.day} {day:%B %Y}"


def when(period: Period, moment: Moment) -> str:
    """`2008-09` for what happened in a period, `31 March 2009` for what was so at its end."""
    return in_words(period.end) if moment is Moment.AT_END else period.label


def in_sentence(period: Period, moment: Moment) -> str:
    """`in 2008-09`, `on 31 March 2009`."""
    return f"on {in_words(period.end)}" if moment is Moment.AT_END else f"in {period.label}"


def direction_word(now: Cell, before: Cell | None) -> str:
    """The one word for the summary: a direction, or why there is none."""
    if now.hidden or (before is not None and before.hidden):
        return "hidden"
    if not now.figure.collected:
        return "not collected"
    if now.value is None or before is None or before.value is None:
        return "no comparison"
    return direction(before.value, now.value, now.unit).value


def change_sentence(now: Cell, before: Cell | None, moment: Moment) -> str:
    """What became of the figure since the year before, with both values and the size of the change."""
    if now.hidden:
        return "Hidden, so that no child can be recognised from a small number."
    if not now.figure.collected:
        return f"Not collected. {now.figure.why_not}".rstrip()
    if now.value is None:
        return now.figure.why_not or f"There was nothing to count {in_sentence(now.period, moment)}."
    if before is None or before.value is None:
        return f"{now.shown} {in_sentence(now.period, moment)}. {_why_alone(before)}"
    return _change(now, before, now.value, before.value, moment)


def _why_alone(before: Cell | None) -> str:
    if before is None:
        return "There is no figure for the year before to compare with."
    if before.hidden:
        return "The figure for the year before is hidden, so no change is given."
    if not before.figure.collected:
        return "The year before was not collected, so no change is given."
    return "There was nothing to count the year before, so no change is given."


def _change(now: Cell, before: Cell, value: Fraction, earlier: Fraction, moment: Moment) -> str:
    way = direction(earlier, value, now.unit)
    times = in_sentence(before.period, moment), in_sentence(now.period, moment)
    if way is Direction.UNCHANGED:
        return f"Unchanged at {now.shown}, {times[0]} and {times[1]}."
    if way is Direction.UNCHANGED_AS_SHOWN:
        return f"Unchanged to one decimal at {now.shown}, {times[0]} and {times[1]}."
    size = change_size(earlier, value, now.unit)
    return f"{way.value.capitalize()} from {before.shown} {times[0]} to {now.shown} {times[1]}: {size}."


def change_size(before: Fraction, now: Fraction, unit: Unit) -> str:
    """`119 more (up 65.7%)`, `5.0 percentage points less`, `17.6 more per 10,000`, from the exact values.

    Where the values as printed differ by another amount, it says that it is from the exact ones.
    """
    way = "more" if now > before else "less"
    if unit is Unit.COUNT:
        return _count_size(before, now)
    gap = _gap(before, now)
    exact = "" if _as_printed(before, now) == gap else ", from the exact values"
    if unit is Unit.PER_10_000:
        return f"{gap} {way} per 10,000{exact}"
    return f"{gap} percentage {'point' if gap == '1.0' else 'points'} {way}{exact}"


def _count_size(before: Fraction, now: Fraction) -> str:
    gap = abs(now - before)
    count = f"{show(gap, Unit.COUNT)} {'more' if now > before else 'fewer'}"
    if before < SMALLEST_BASE:
        return count
    return f"{count} ({'up' if now > before else 'down'} {show(gap * 100 / before, Unit.PERCENT)})"


def _gap(before: Fraction, now: Fraction) -> str:
    """The exact difference to one decimal; values printed apart never differ by 0.0."""
    gap = abs(now - before)
    return show(gap, Unit.PER_10_000) if gap * 20 >= 1 else "less than 0.1"


def _as_printed(before: Fraction, now: Fraction) -> str:
    """What a reader finds who takes one printed value from the other."""
    return f"{abs(round_half_up(now, 1) - round_half_up(before, 1)):,}"


def chance_sentence(now: Cell, before: Cell | None, moment: Moment) -> str:
    """Whether the change of a share could be chance; "" where the test does not apply."""
    likelihood = likelihood_of(now, before, moment)
    if likelihood is None or before is None or before.value is None or now.value is None:
        return ""
    if not _moved(before.value, now.value, now.unit):
        return ""
    verdict = "unlikely to be chance" if likelihood < UNLIKELY else "that may be chance"
    return f"A difference {verdict} ({probability(likelihood)})."


def likelihood_of(now: Cell, before: Cell | None, moment: Moment) -> float | None:
    """The probability that chance alone makes the share differ so from the year before; None where no test applies.

    It applies to shares of what happened in two periods with both numerators and bases known. What is so at the end of
    two periods is not tested: many of the children are the same.
    """
    bases = (_share(before) if before is not None else None, _share(now))
    if moment is Moment.AT_END or bases[0] is None or bases[1] is None:
        return None
    return two_shares(bases[0], bases[1])


def _moved(before: Fraction, now: Fraction, unit: Unit) -> bool:
    return direction(before, now, unit) in (Direction.ROSE, Direction.FELL)


def _share(cell: Cell) -> tuple[int, int] | None:
    figure = cell.figure
    if cell.unit is not Unit.PERCENT or figure.numerator is None or not figure.denominator:
        return None
    # A period ratio sets one stage over another and can pass 100%: no share, so no test.
    return (figure.numerator, figure.denominator) if figure.numerator <= figure.denominator else None


def probability(likelihood: float) -> str:
    """`p < 0.001`, `p = 0.014`, `p = 0.21`."""
    if likelihood < 0.001:
        return "p < 0.001"
    exact = Fraction(likelihood)
    return f"p = {round_half_up(exact, 3 if likelihood < 0.1 else 2)}"


def trend_sentence(series: Sequence[Cell], moment: Moment) -> str:
    """What can be said of three periods or more; "each year" only where the series never turned or stood still."""
    values = [cell.value for cell in series]
    if len(values) < 3 or None in values:
        return ""
    steps = [_step(a, b, series[0].unit) for a, b in pairwise(values)]
    since = in_sentence(series[0].period, moment).split(" ", 1)[1]
    if all(step > 0 for step in steps):
        return f"It has risen each year since {since}, from {series[0].shown}."
    if all(step < 0 for step in steps):
        return f"It has fallen each year since {since}, from {series[0].shown}."
    if not any(steps):
        return f"It has stood at {series[0].shown} each year since {since}."
    return f"There is no steady trend since {since}: {', '.join(cell.shown for cell in series)}."


def _step(before: Fraction | None, now: Fraction | None, unit: Unit) -> int:
    """-1, 0 or 1, by what a reader can see of the two values."""
    if before is None or now is None:
        raise ValueError("a step needs two values")
    seen = round_half_up(before, PLACES[unit]), round_half_up(now, PLACES[unit])
    return (seen[1] > seen[0]) - (seen[1] < seen[0])


@dataclass(frozen=True, slots=True)
class Beside:
    """A comparator as it is worded: "England", its value, as printed by its source, and how far off its year is.

    `other_period` is "" where it is of the same period.
    """

    name: str
    value: Fraction
    shown: str
    other_period: str = ""

    @property
    def places(self) -> int:
        """The decimals its source gives: 14% can only be told from ours to whole per cents."""
        return len(self.shown.rstrip("%").partition(".")[2])


def years_apart(period: Period, label: str) -> str:
    """`a year earlier`, `2 years later`, or `2006 to 2007` where the label names no reporting year; "" if the same."""
    if label == period.label:
        return ""
    first, _, _ = label.partition("-")
    if not first.isdigit() or len(first) != 4:
        return label
    gap = int(first) - period.start.year
    if gap == 0:
        return ""
    number = "a year" if abs(gap) == 1 else f"{abs(gap)} years"
    return f"{number} {'earlier' if gap < 0 else 'later'}"


def comparison_sentence(now: Cell, others: Sequence[Beside]) -> str:
    """How the figure stands to the comparators, each with its value and with its year where that is another one."""
    if now.value is None or not others:
        return ""
    relations: dict[str, list[str]] = {}
    for other in others:
        relations.setdefault(_relation(now.value, other), []).append(_named(other))
    said = "; ".join(f"{relation} {listed(names)}" for relation, names in relations.items())
    return f"{said[0].upper()}{said[1:]}."


def _relation(value: Fraction, other: Beside) -> str:
    seen = round_half_up(value, other.places), round_half_up(other.value, other.places)
    if seen[0] == seen[1]:
        return "the same as"
    return "higher than" if seen[0] > seen[1] else "lower than"


def _named(other: Beside) -> str:
    apart = f"{other.other_period}: " if other.other_period else ""
    return f"{other.name} ({apart}{other.shown})"


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def lowered(text: str) -> str:
    """The text to go on within a sentence: its first letter small, unless it is an abbreviation such as MAPPA."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
