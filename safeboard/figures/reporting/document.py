"""The report as it is read: words, tables and drawings, ready for a page or for paper. Every number is text by now."""

from dataclasses import dataclass

from safeboard.figures.reporting.charts import Drawing


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column heads its rows. `numeric` columns (by position, from 0) are set to the right."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A drawing and the table of the same numbers; either may stand alone."""

    drawing: Drawing | None
    table: Table | None


@dataclass(frozen=True, slots=True)
class Card:
    """One measure in the report. `basis` is what the number is of ("46 of 309 plans started in the period")."""

    id: str
    title: str
    headline: str
    headline_of: str
    basis: str
    marks: tuple[str, ...]
    sentences: tuple[str, ...]
    exhibits: tuple[Exhibit, ...]
    definition: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Measures for which there is no figure, all for the same reason."""

    titles: str
    why: str


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter. A chapter none of whose measures was collected has no cards."""

    id: str
    title: str
    introduction: str
    opening: tuple[Exhibit, ...]
    cards: tuple[Card, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of the headline table. `measure` is its card's id, "" where it has none."""

    measure: str
    title: str
    now: str
    before: str
    word: str
    england: str
    neighbours: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The page a chair reads in two minutes."""

    points: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check and its outcome: "holds", "does not hold", or why it cannot be said."""

    title: str
    outcome: str
    statement: str

    @property
    def holds(self) -> bool:
        return self.outcome == "holds"


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report."""

    title: str
    area: str
    period: str
    span: str
    data_date: str
    audience: str
    marking: str
    notes: tuple[str, ...]
    summary: Summary
    sections: tuple[Section, ...]
    checks: tuple[CheckLine, ...]
    about: tuple[tuple[str, str], ...]
    sources: Table
    returns: Table
    returns_note: str
    problems: Table
    problems_note: str
    glossary: tuple[tuple[str, str], ...]
