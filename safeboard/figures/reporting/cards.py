"""One measure as the report shows it: headline, sentences, chart, table, and all that is needed to believe it."""

from collections.abc import Iterator
from dataclasses import dataclass

from safeboard.figures.comparators.comparing import Comparator
from safeboard.figures.comparators.declared import reasons_without
from safeboard.figures.measures.definition import Group, Mark, Measure, Polarity
from safeboard.figures.measures.limits import rule_in_words
from safeboard.figures.reporting.cells import HIDDEN, Cell, Cells
from safeboard.figures.reporting.citing import cited
from safeboard.figures.reporting.comparing import besides, usable
from safeboard.figures.reporting.document import Card, Exhibit, Missing
from safeboard.figures.reporting.exhibits import children_differ, years_exhibit
from safeboard.figures.reporting.group_exhibits import group_exhibit
from safeboard.figures.reporting.group_wording import group_sentences
from safeboard.figures.reporting.outline import SHOWN_ELSEWHERE, Form
from safeboard.figures.reporting.report_input import ReportInput
from safeboard.figures.reporting.wording import (
    chance_sentence,
    change_sentence,
    comparison_sentence,
    in_words,
    lowered,
    trend_sentence,
    when,
)
from safeboard.foundation.kernel.numbers import Unit


@dataclass(frozen=True, slots=True)
class Subject:
    """One measure with all that its card is made from."""

    given: ReportInput
    cells: Cells
    measure: Measure
    form: Form

    @property
    def now(self) -> Cell | None:
        return self.cells.whole(self.measure.id, self.given.period)

    @property
    def before(self) -> Cell | None:
        return self.cells.whole(self.measure.id, self.given.previous)

    @property
    def others(self) -> tuple[Comparator, ...]:
        return usable(self.measure, self.given.comparators.get(self.measure.id, ()))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns by which the measure is split and shown, in order."""
        listed = self.cells.columns(self.measure.id)
        return tuple(column for column in listed if (self.measure.id, column) not in SHOWN_ELSEWHERE)

    def groups(self, column: str) -> tuple[Cell, ...]:
        """The cells of this period with a label in that column."""
        listed = self.cells.group(self.measure.id, self.given.period, column)
        return tuple(cell for cell in listed if cell.label)


def card_or_missing(given: ReportInput, cells: Cells, measure: Measure, form: Form) -> Card | Missing:
    """The measure's card, or why there is none: nothing known of this year nor of the last."""
    subject = Subject(given, cells, measure, form)
    now = subject.now
    if now is None:
        return Missing(measure.title, "It was not worked out for this period.")
    if not any(cell is not None and (cell.known or cell.hidden) for cell in (now, subject.before)):
        return Missing(measure.title, why_missing(now, measure))
    return _card(subject, now)


def headline(given: ReportInput, cells: Cells, measure: Measure, form: Form) -> tuple[str, str, str]:
    """The big number of a measure's card, what it is of, and its numerator and denominator; empty where there is none.

    For lists of many measures: nothing is drawn.
    """
    subject = Subject(given, cells, measure, form)
    return _headline(subject, subject.now) if subject.now else ("", "", "")


def why_missing(cell: Cell, measure: Measure) -> str:
    """Why a figure has no value, in a sentence."""
    if not cell.figure.collected:
        return cell.figure.why_not or "Not collected."
    return cell.figure.why_not or f"There was nothing to count in {when(cell.period, measure.moment)}."


def _card(subject: Subject, now: Cell) -> Card:
    headline, headline_of, basis = _headline(subject, now)
    return Card(
        id=subject.measure.id,
        title=subject.measure.title,
        headline=headline,
        headline_of=headline_of,
        basis=basis,
        marks=tuple(_marks(subject, now)),
        sentences=tuple(sentence for sentence in _sentences(subject, now) if sentence),
        exhibits=tuple(_exhibits(subject)),
        definition=tuple(_definition(subject, now)),
    )


def _headline(subject: Subject, now: Cell) -> tuple[str, str, str]:
    """The big number, what it is of, and its numerator and denominator."""
    time = when(now.period, subject.measure.moment)
    largest = _largest(subject) if subject.form is Form.SHARES else None
    if largest is not None:
        return largest.shown, f"{largest.label}, {time}", _basis(subject.measure, largest)
    if subject.form is Form.SHARES and subject.measure.unit is Unit.PERCENT and now.known:
        return now.denominator_shown, f"counted, {time}", ""
    return now.shown, time, _basis(subject.measure, now)


def _largest(subject: Subject) -> Cell | None:
    """The one group that is largest; None where there is a tie, or where a hidden one might be larger."""
    for column in subject.columns:
        listed = subject.groups(column)
        if not listed or any(not cell.known for cell in listed):
            return None
        top = max(cell.value for cell in listed if cell.value is not None)
        found = [cell for cell in listed if cell.value == top]
        return found[0] if top > 0 and len(found) == 1 else None
    return None


def _basis(measure: Measure, cell: Cell) -> str:
    if not cell.known:
        return ""
    if measure.unit is Unit.PERCENT:
        return f"{cell.numerator_shown} of {cell.denominator_shown}"
    if measure.unit is Unit.PER_10_000:
        return f"{cell.numerator_shown} in a population of {cell.denominator_shown} aged 0 to 17"
    return f"{cell.children_shown} different children" if children_differ(measure, cell) else ""


def _marks(subject: Subject, now: Cell) -> Iterator[str]:
    if subject.measure.mark is not Mark.CONFIRMED:
        yield "definition partly chosen"
    if any(not rule.confirmed for rule in subject.given.limits.get(subject.measure.id, ())):
        yield "limit unconfirmed"
    if now.figure.collected and now.figure.why_not:
        yield "see note"


def _sentences(subject: Subject, now: Cell) -> Iterator[str]:
    moment = subject.measure.moment
    if subject.form is not Form.SHARES or not now.known:
        yield change_sentence(now, subject.before, moment)
        # A period ratio is no share: its two sides are not the same children.
        yield "" if subject.form is Form.FUNNEL else chance_sentence(now, subject.before, moment)
        yield trend_sentence(_series(subject), moment)
        yield comparison_sentence(now, besides(subject.others, now.period))
    for group in subject.measure.groups:
        if group.column in subject.columns:
            yield from _of_group(subject, group)
    if now.figure.collected:
        yield now.figure.why_not


def _of_group(subject: Subject, group: Group) -> Iterator[str]:
    """What is said of one group; where the measure is split in several ways, by which of them."""
    before = subject.cells.group(subject.measure.id, subject.given.previous, group.column)
    said = group_sentences(subject.groups(group.column), before, group.share)
    if len(subject.columns) > 1 and said:
        first, *rest = said
        said = (f"By {lowered(group.title)}: {lowered(first)}", *rest)
    yield from said
    yield _group_note(subject, group.column, group.title)


def _group_note(subject: Subject, column: str, title: str) -> str:
    for cell in subject.cells.group(subject.measure.id, subject.given.period, column):
        if not cell.label:
            return f"By {lowered(title)}: not collected. {cell.figure.why_not}".rstrip()
        if cell.hidden:
            return f"By {lowered(title)}: some numbers are {HIDDEN}, so that no child can be recognised."
    return ""


def _series(subject: Subject) -> list[Cell]:
    """The whole, period by period, oldest first, up to this one."""
    measure = subject.measure.id
    found = (subject.cells.whole(measure, period) for period in subject.cells.periods(measure))
    return [cell for cell in found if cell is not None and cell.period <= subject.given.period]


def _exhibits(subject: Subject) -> Iterator[Exhibit]:
    area = subject.given.area.name if subject.given.area else "This area"
    others = subject.given.comparators.get(subject.measure.id, ())
    groups = [
        group_exhibit(subject.cells, subject.measure, each, subject.given.period, others) for each in subject.columns
    ]
    drawn = [exhibit for exhibit in groups if exhibit is not None]
    # A measure that is all groups needs no second chart of its whole, nor does a count that its groups add up to.
    if not drawn or (subject.form is not Form.SHARES and subject.measure.unit is not Unit.COUNT):
        yield years_exhibit(area, subject.measure, _series(subject), subject.others)
    yield from drawn


def _definition(subject: Subject, now: Cell) -> Iterator[tuple[str, str]]:
    measure = subject.measure
    yield "Meaning", measure.meaning
    yield "Counted", f"{measure.numerator}. Counted in {measure.counting.value}, {measure.moment.value}."
    if measure.denominator:
        yield "Out of", f"{measure.denominator}."
    if now.figure.population_vintage:
        yield "Population", f"{now.denominator_shown}, {now.figure.population_vintage}"
    yield "Period", f"{in_words(now.period.start)} to {in_words(now.period.end)}"
    if measure.polarity is not Polarity.NEITHER:
        yield "Which way is better", f"{measure.polarity.value.capitalize()}."
    yield "Source", f"{cited(measure.source)}. Edition {measure.edition} of this definition ({measure.id})."
    yield from _choices(subject, now)
    yield from _comparators(subject)


def _comparators(subject: Subject) -> Iterator[tuple[str, str]]:
    """Where the comparators beside the whole and the groups come from, what to know of them, or why there are none."""
    beside = subject.given.comparators.get(subject.measure.id, ())
    sources = dict.fromkeys(f"{_made(other)}: {cited(other.source)}" for other in beside if other.value is not None)
    if sources and subject.measure.unit is not Unit.COUNT:
        yield "Comparators", "; ".join(sources)
        notes = dict.fromkeys(other.note for other in beside if other.note)
        if notes:
            yield "On the comparators", " ".join(notes)
    elif why := reasons_without().get(subject.measure.id):
        yield "No comparator", why


def _made(other: Comparator) -> str:
    return f"{other.name} ({other.method})" if other.method else other.name


def _choices(subject: Subject, now: Cell) -> Iterator[tuple[str, str]]:
    if subject.measure.choice:
        yield "Choice made where the sources leave it open", subject.measure.choice
    rules = subject.given.limits.get(subject.measure.id, ())
    last = min(now.period.end, subject.given.manifest.reference_date)
    if rules:
        yield "Limit", " ".join(rule_in_words(rule, last) for rule in rules)
