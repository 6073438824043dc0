"""Puts the whole report together: from figures to what is read, before any page or paper."""

from collections.abc import Sequence

from safeboard.figures.disclosure.figures import protect_figures
from safeboard.figures.reporting.arithmetic import arithmetic_checks
from safeboard.figures.reporting.cards import card_or_missing
from safeboard.figures.reporting.cells import Cell, Cells
from safeboard.figures.reporting.document import Card, Document, Exhibit, Missing, Section
from safeboard.figures.reporting.exhibits import funnel_exhibit
from safeboard.figures.reporting.outline import Chapter, Form, chapters_for
from safeboard.figures.reporting.provenance import (
    GLOSSARY,
    about,
    audience,
    cross_check_line,
    problems_note,
    problems_table,
    sources_table,
)
from safeboard.figures.reporting.report_input import ReportInput
from safeboard.figures.reporting.returns import returns_note, returns_table
from safeboard.figures.reporting.summary import summary_of
from safeboard.figures.reporting.wording import in_words


def cells_of(given: ReportInput) -> Cells:
    """The figures as this report's reader may see them."""
    protected = protect_figures(given.figures, given.measures, given.threshold, given.earlier)
    return Cells.of(Cell(figure) for figure in protected)


def compose(given: ReportInput, cells: Cells) -> Document:
    """The report in words, tables and drawings."""
    checks = (
        *arithmetic_checks(cells, given.measures, given.period),
        *(cross_check_line(check, given.threshold) for check in given.cross_checks),
    )
    return Document(
        title="Child protection performance report",
        area=given.area.name if given.area else "Area not known",
        period=given.period.label,
        span=f"{in_words(given.period.start)} to {in_words(given.period.end)}",
        data_date=in_words(given.manifest.reference_date),
        audience=audience(given.threshold),
        marking="For publication" if given.threshold else "The board's own copy, not for publication",
        notes=tuple(note for note in (given.area_note,) if note),
        summary=summary_of(given, cells, checks),
        sections=tuple(_section(given, cells, chapter) for chapter in chapters_for(given.measures)),
        checks=checks,
        about=about(given),
        sources=sources_table(given),
        returns=returns_table(given.returns, given.measures, given.threshold),
        returns_note=returns_note(given.returns),
        problems=problems_table(given.problems, given.threshold),
        problems_note=problems_note(given.problems),
        glossary=GLOSSARY,
    )


def _section(given: ReportInput, cells: Cells, chapter: Chapter) -> Section:
    made = [card_or_missing(given, cells, given.measures[each], form) for each, form in chapter.measures.items()]
    funnel = [given.measures[each] for each, form in chapter.measures.items() if form is Form.FUNNEL]
    opening: Exhibit | None = funnel_exhibit(funnel, cells, given.period) if funnel else None
    return Section(
        id=chapter.id,
        title=chapter.title,
        introduction=chapter.introduction,
        opening=(opening,) if opening else (),
        cards=tuple(each for each in made if isinstance(each, Card)),
        missing=_by_reason([each for each in made if isinstance(each, Missing)]),
    )


def _by_reason(missing: Sequence[Missing]) -> tuple[Missing, ...]:
    """Each reason once, with all measures that it keeps from having a figure."""
    titles: dict[str, list[str]] = {}
    for each in missing:
        titles.setdefault(each.why, []).append(each.titles)
    return tuple(Missing("; ".join(named), why) for why, named in titles.items())
