"""A report's figures as they may be published: those that are hidden, and those that would tell them, show a symbol."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from safeboard.figures.disclosure.again import Before, protect_again
from safeboard.figures.disclosure.assembling import Assembled, Numbers, assemble, ratio_key
from safeboard.figures.disclosure.protection import protect
from safeboard.figures.disclosure.publication import SYMBOL, CellKey
from safeboard.figures.measures.definition import Measure
from safeboard.figures.measures.figure import Figure
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class ProtectedFigure:
    """A figure with everything taken out that must not be published; the rest reads as in Figure.

    A number that is hidden is None, and its text the symbol; so is one that was None before, with the text it had.
    `hidden` is true where the value is. Distinct children are given for wholes only, unless nothing is hidden. Why
    a number is hidden is not said: which are the small ones is itself worth knowing.
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
    shown: str
    numerator_shown: str
    denominator_shown: str
    hidden: bool
    children: tuple[int | None, int | None] = (None, None)
    population_vintage: str = ""
    why_not: str = ""

    def as_json(self) -> Mapping[str, object]:
        """The figure as a JSON object, with the names Figure uses and `hidden`."""
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
            "hidden": self.hidden,
            "numerator_children": self.children[0],
            "denominator_children": self.children[1],
            "population_vintage": self.population_vintage,
            "why_not": self.why_not,
        }


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier publication with figures of the same periods: what was counted, and as it was published."""

    figures: Sequence[Figure]
    protected: Sequence[ProtectedFigure]


def protect_figures(
    figures: Sequence[Figure], measures: Mapping[str, Measure], threshold: int, earlier: Sequence[Earlier] = ()
) -> tuple[ProtectedFigure, ...]:
    """The figures of one publication, in their order, with small numbers and what would give them away hidden.

    Counts from 1 to `threshold` are hidden; 0 hides nothing (a board's own copy). All figures that are published
    together must be given together. What was published `earlier` and is repeated hides more: see `again`. BadInput for
    a threshold that cannot protect.
    """
    assembled = assemble(figures, measures, threshold)
    before = [_before(each, assembled, measures, threshold) for each in earlier if threshold]
    hidden = (protect_again(assembled.publication, before) if before else protect(assembled.publication)).hidden
    return tuple(_protected(figure, assembled, hidden, threshold) for figure in figures)


def _before(earlier: Earlier, later: Assembled, measures: Mapping[str, Measure], threshold: int) -> Before:
    """The earlier publication in the later one's words: numbers are the same where they stand in the same place."""
    old = assemble(earlier.figures, measures, threshold)
    repeated: dict[CellKey, set[CellKey]] = {}
    for places, before in ((later.counts, old.counts), (later.children, old.children)):
        for place in places.keys() & before.keys():
            pairs = [(places[place].numerator, before[place].numerator)]
            if (now := places[place].denominator) and (was := before[place].denominator):
                pairs.append((now, was))
            for now, was in pairs:
                repeated.setdefault(now, set()).add(was)
    return Before(old.publication, set(_hidden_keys(earlier, old)), repeated)


def _hidden_keys(earlier: Earlier, old: Assembled) -> Iterator[CellKey]:
    shown = {key for figure, public in _pairs(earlier) for key in _keys(figure, public, old, shown=True)}
    for figure, public in _pairs(earlier):
        # A number that stands in several places was hidden only if it stood open in none.
        yield from (key for key in _keys(figure, public, old, shown=False) if key not in shown)
        place = (figure.period, figure.measure, figure.group)
        if public.hidden and ratio_key(place) in old.publication.ratios:
            yield ratio_key(place)


def _pairs(earlier: Earlier) -> Iterator[tuple[Figure, ProtectedFigure]]:
    return zip(earlier.figures, earlier.protected, strict=True)


def _keys(figure: Figure, public: ProtectedFigure, old: Assembled, *, shown: bool) -> Iterator[CellKey]:
    place = (figure.period, figure.measure, figure.group)
    for numbers, given, kept in (
        (old.counts.get(place), (figure.numerator, figure.denominator), (public.numerator, public.denominator)),
        (old.children.get(place), figure.children, public.children),
    ):
        if numbers is not None:
            for key, number, told in zip((numbers.numerator, numbers.denominator), given, kept, strict=True):
                if key is not None and number is not None and (told is not None) == shown:
                    yield key


def _protected(figure: Figure, assembled: Assembled, hidden: Collection[CellKey], threshold: int) -> ProtectedFigure:
    place = (figure.period, figure.measure, figure.group)
    numbers = assembled.counts.get(place)
    no_numerator = numbers is not None and numbers.numerator in hidden
    no_denominator = numbers is not None and numbers.denominator in hidden
    no_value = no_numerator or ratio_key(place) in hidden
    return ProtectedFigure(
        measure=figure.measure,
        edition=figure.edition,
        period=figure.period,
        group=figure.group,
        numerator=None if no_numerator else figure.numerator,
        denominator=None if no_denominator else figure.denominator,
        value=None if no_value else figure.value,
        unit=figure.unit,
        collected=figure.collected,
        shown=SYMBOL if no_value else figure.shown,
        numerator_shown=_text(figure.numerator, no_numerator),
        denominator_shown=_text(figure.denominator, no_denominator),
        hidden=no_value,
        children=_children(figure, assembled.children.get(place), hidden, (no_numerator, no_denominator), threshold)
        if threshold
        else figure.children,
        population_vintage=figure.population_vintage,
        why_not=figure.why_not,
    )


def _text(number: int | None, hidden: bool) -> str:
    if hidden:
        return SYMBOL
    return "–" if number is None else f"{number:,}"


def _children(
    figure: Figure, numbers: Numbers | None, hidden: Collection[CellKey], no_counts: tuple[bool, bool], threshold: int
) -> tuple[int | None, int | None]:
    if numbers is None:
        return None, None
    keys = (numbers.numerator, numbers.denominator)
    counts = (figure.numerator, figure.denominator)
    given = (
        None if no_count or key in hidden or _tells_of_few(count, children, threshold) else children
        for no_count, key, count, children in zip(no_counts, keys, counts, figure.children, strict=True)
    )
    return next(given), next(given)


def _tells_of_few(count: int | None, children: int | None, threshold: int) -> bool:
    """Whether occasions less children leave a small number: 71 conferences of 70 children tell of one met twice."""
    return count is not None and children is not None and 0 < count - children <= threshold
