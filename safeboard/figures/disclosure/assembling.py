"""Makes one publication of a report's figures: which numbers are the same one, which add up, which are parts of which.

Where it is uncertain whether a reader can know a connection, it is taken that he does: that can only hide more.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from safeboard.figures.disclosure.book import Book
from safeboard.figures.disclosure.links import Term, declared_links
from safeboard.figures.disclosure.publication import CellKey, Publication, Ratio
from safeboard.figures.measures.definition import Group, Measure
from safeboard.figures.measures.figure import Figure
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

COUNTS: Final = "counts"
CHILDREN: Final = "children"
RATIO: Final = "ratio"

Place = tuple[Period, str, str | None]
"""Where a figure stands: period, measure, group."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The cells a figure prints. No denominator: it is a population, or there is none."""

    numerator: CellKey
    denominator: CellKey | None


@dataclass(frozen=True, slots=True)
class Assembled:
    """A publication, and where in it the numbers of each figure are: its counts, and for a whole also its children."""

    publication: Publication
    counts: Mapping[Place, Numbers]
    children: Mapping[Place, Numbers]


def assemble(figures: Sequence[Figure], measures: Mapping[str, Measure], threshold: int) -> Assembled:
    """The publication of all figures that have a number. ValueError where a figure is given twice."""
    counted = [figure for figure in figures if figure.numerator is not None]
    report = _Report({_place(figure): figure for figure in counted}, measures, Book())
    if len(report.figures) != len(counted):
        raise ValueError("a figure is given twice")
    counts = {place: report.counts(figure) for place, figure in report.figures.items()}
    children = dict(report.children())
    report.join_wholes(counts, COUNTS)
    report.join_wholes(children, CHILDREN)
    report.add_parts_of_bases(counts)
    report.add_parts_of_bases(children)
    report.add_groups(counts)
    report.add_links(counts)
    publication = report.book.publication(threshold, dict(report.ratios(counts)))
    return Assembled(publication, _final(report.book, counts), _final(report.book, children))


def ratio_key(place: Place) -> CellKey:
    """The name of a figure's printed rate or percentage."""
    return _key(RATIO, place, "value")


def _place(figure: Figure) -> Place:
    return figure.period, figure.measure, figure.group


def _key(kind: str, place: Place, side: str) -> CellKey:
    period, measure, group = place
    return kind, period.start.isoformat(), period.end.isoformat(), measure, group or "", side


def _final(book: Book, numbers: Mapping[Place, Numbers]) -> Mapping[Place, Numbers]:
    return {
        place: Numbers(book.cell(each.numerator), None if each.denominator is None else book.cell(each.denominator))
        for place, each in numbers.items()
    }


@dataclass(frozen=True, slots=True)
class _Report:
    figures: Mapping[Place, Figure]
    measures: Mapping[str, Measure]
    book: Book

    def counts(self, figure: Figure) -> Numbers:
        place, base = _place(figure), self._base(figure)
        own = base is not None and not self._over_whole(figure)
        return self._numbers(COUNTS, place, figure.numerator or 0, base, place if own else (*place[:2], None))

    def children(self) -> Iterator[tuple[Place, Numbers]]:
        """Distinct children, of wholes alone: those of groups do not add up, and are not published."""
        for place, figure in self.figures.items():
            counted, of = figure.children
            if figure.group is None and counted is not None:
                yield place, self._numbers(CHILDREN, place, counted, of, place)

    def _numbers(self, kind: str, place: Place, counted: int, base: int | None, base_place: Place) -> Numbers:
        numerator = _key(kind, place, "numerator")
        self.book.values[numerator] = counted
        if base is None:
            return Numbers(numerator, None)
        denominator = _key(kind, base_place, "denominator")
        self.book.values[denominator] = base
        return Numbers(numerator, denominator)

    def _base(self, figure: Figure) -> int | None:
        populated = self.measures[figure.measure].against_population
        return None if populated or figure.unit is Unit.COUNT else figure.denominator

    def _over_whole(self, figure: Figure) -> bool:
        whole = (figure.period, figure.measure, None)
        return figure.group is not None and self._group(figure).share and whole in self.figures

    def _group(self, figure: Figure) -> Group:
        column = (figure.group or "").partition("=")[0]
        return next(group for group in self.measures[figure.measure].groups if group.column == column)

    def join_wholes(self, numbers: Mapping[Place, Numbers], kind: str) -> None:
        """Wholes counted in one table, at one moment, to the same number are one cell: all open plans, say."""
        alike: dict[tuple[object, ...], list[CellKey]] = defaultdict(list)
        for place, each in numbers.items():
            measure = self.measures[place[1]]
            if place[2] is None:
                whole = each.denominator if each.denominator and not measure.separate_base else each.numerator
                alike[kind, place[0], measure.table, measure.moment, self.book.values[whole]].append(whole)
        for first, *others in alike.values():
            for other in others:
                self.book.join(first, other)

    def add_parts_of_bases(self, numbers: Mapping[Place, Numbers]) -> None:
        """A numerator counts some of its own denominator."""
        for place, each in numbers.items():
            separate = self.measures[place[1]].separate_base
            if each.denominator and not separate and not (place[2] and self._over_whole(self.figures[place])):
                self.book.put_within(each.numerator, each.denominator)

    def add_groups(self, numbers: Mapping[Place, Numbers]) -> None:
        """Groups that add up to their whole do so for every reader; where they overlap, each is some of it."""
        split: dict[tuple[Period, str, str], list[Place]] = defaultdict(list)
        for place in numbers:
            if place[2] is not None:
                split[place[0], place[1], place[2].partition("=")[0]].append(place)
        for (period, measure, _), places in split.items():
            whole = numbers.get((period, measure, None))
            if whole is not None:
                self._add_group([(place, numbers[place]) for place in places], whole)

    def _add_group(self, parts: Sequence[tuple[Place, Numbers]], whole: Numbers) -> None:
        group = self._group(self.figures[parts[0][0]])
        counted = tuple(each.numerator for _, each in parts)
        known = tuple(each.numerator for place, each in parts if place[2] != f"{group.column}={group.unknown}")
        self.book.equate((whole.numerator,), counted)
        if not whole.denominator:
            return
        if not group.share:
            self.book.equate((whole.denominator,), tuple(each.denominator for _, each in parts if each.denominator))
            return
        self.book.equate((whole.numerator,), known)
        if not self.book.equate((whole.denominator,), counted):
            for key in counted:
                self.book.put_within(key, whole.denominator)

    def add_links(self, numbers: Mapping[Place, Numbers]) -> None:
        """What links.toml declares, for each period, where the figures are there and it holds."""
        links = declared_links()
        for period in sorted({place[0] for place in numbers}):
            for left, right in links.equal:
                found = [self._named(numbers, period, terms) for terms in (left, right)]
                if found[0] and found[1]:
                    self.book.equate(found[0], found[1])
            for part, whole in links.within:
                pair = self._named(numbers, period, (part, whole))
                if pair and self.book.values[pair[0]] <= self.book.values[pair[1]]:
                    self.book.put_within(*pair)
        for first, second, column in links.same_groups:
            self._join_groups(numbers, first, second, f"{column}=")

    def _named(
        self, numbers: Mapping[Place, Numbers], period: Period, terms: Sequence[Term]
    ) -> tuple[CellKey, ...] | None:
        keys = [self._key_of(numbers, period, term) for term in terms]
        found = tuple(key for key in keys if key is not None)
        return found if len(found) == len(keys) else None

    def _key_of(self, numbers: Mapping[Place, Numbers], period: Period, term: Term) -> CellKey | None:
        each = numbers.get((period.previous() if term.before else period, term.measure, term.group))
        if each is None:
            return None
        return each.denominator if term.base else each.numerator

    def _join_groups(self, numbers: Mapping[Place, Numbers], first: str, second: str, column: str) -> None:
        for (period, measure, group), each in numbers.items():
            twin = numbers.get((period, second, group))
            if measure == first and twin and group and group.startswith(column):
                self.book.equate((each.numerator,), (twin.numerator,))

    def ratios(self, numbers: Mapping[Place, Numbers]) -> Iterator[tuple[CellKey, Ratio]]:
        """Every rate and percentage printed."""
        for place, each in numbers.items():
            figure = self.figures[place]
            over = each.denominator if each.denominator is not None else figure.denominator
            if figure.unit is not Unit.COUNT and over is not None and figure.value is not None:
                yield ratio_key(place), Ratio(each.numerator, over, figure.unit)
