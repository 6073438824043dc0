"""The pages of figures: the list of measures, one measure, its chart, and the rows behind one figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.definition import Measure
from safeboard.figures.performance import selectors
from safeboard.figures.performance.counted import Counted
from safeboard.figures.performance.models import FigureRow
from safeboard.figures.performance.opening import addresses_of_people
from safeboard.figures.performance.pictures import standing_alone
from safeboard.figures.performance.rules import tendency
from safeboard.figures.performance.selectors import ROWS_A_PAGE, Chosen
from safeboard.figures.performance.showing import card_of, cells_of, lines_of, manifest_of
from safeboard.figures.performance.stored import figure_of
from safeboard.figures.reporting.cells import Cell
from safeboard.figures.reporting.document import Card
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import Column, Table
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.columns import in_words


@door(Module.PERFORMANCE, Action.OPEN)
def measures(request: HttpRequest) -> HttpResponse:
    """Every measure by chapter, for one snapshot and period."""
    taken = _chosen(request)
    chapters = lines_of(taken.snapshot, taken.full, taken.period) if taken else ()
    return render(request, "performance/measures.html", {"chosen": taken, "chapters": chapters})


@door(Module.PERFORMANCE, Action.OPEN)
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """One measure: its card, every figure with its numbers, and where they come from."""
    taken, asked = _chosen(request), _measure(key)
    if taken is None:
        raise Http404
    card = card_of(taken.snapshot, taken.full, taken.period, asked)
    rows = selectors.figures(viewer_from(request), taken, asked)
    cells = cells_of(taken.snapshot.pk, taken.full)
    now, before = cells.whole(key, taken.period), cells.whole(key, taken.period.previous())
    context = {
        "chosen": taken,
        "measure": asked,
        "card": card,
        "drawn": isinstance(card, Card),
        "figures": [_FigureLine.of(row, taken, asked) for row in rows],
        "tendency": tendency(now, before, asked.polarity, asked.moment) if now else "",
        "manifest": manifest_of(taken.snapshot),
        "any_hidden": any(row.value_hidden for row in rows) and not taken.full,
    }
    return render(request, "performance/measure.html", context)


@door(Module.PERFORMANCE, Action.OPEN, file_by="GET")
@cache_control(private=True, max_age=3600)
def chart(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One chart of a measure as a picture; the same numbers stand in the table beside it."""
    taken, asked = _chosen(request), _measure(key)
    if taken is None:
        raise Http404
    card = card_of(taken.snapshot, taken.full, taken.period, asked)
    exhibits = card.exhibits if isinstance(card, Card) else ()
    drawing = exhibits[number].drawing if number < len(exhibits) else None
    if drawing is None:
        raise Http404
    return HttpResponse(standing_alone(drawing.svg), content_type="image/svg+xml")


@door(Module.PERFORMANCE, Action.OPEN)
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of what a figure counted. No names; the reading is noted."""
    viewer = viewer_from(request)
    figure = selectors.figure_with_rows(viewer, pk)
    page = _page(request)
    if figure is None or page is None:
        raise Http404
    counted = selectors.counted(figure, page)
    if not counted and page > 1:
        raise Http404
    withheld = selectors.children_withheld(viewer)
    told = [each for each in counted if not {each.key, each.child} & withheld]
    noted(request, Did.LISTED, "snapshot_rows", figure.pk, {"page": page, "rows": len(told)})
    table = TABLES[MEASURES[figure.measure].table]
    people = addresses_of_people(viewer, figure.snapshot.area_id, [each.child for each in told if each.child])
    pages = -(-figure.keys_count // ROWS_A_PAGE)
    context = {
        "figure": figure,
        "measure": MEASURES[figure.measure],
        "cell": Cell(figure_of(figure, full=True)),
        "table": table,
        "heads": [_head(table.column(name)) for name in _names(counted)],
        "lines": [_line(each, table, people) for each in told],
        "withheld": len(counted) - len(told),
        "page": page,
        "pages": pages,
        "first": (page - 1) * ROWS_A_PAGE + 1,
        "query": f"snapshot={figure.snapshot_id}&period={_period_asked(figure)}",
    }
    return render(request, "performance/rows.html", context)


def _period_asked(figure: FigureRow) -> str:
    """The period under which the figure's page shows it: an older year stands on the page of the newest."""
    own = figure.snapshot.period
    return figure.period.label if figure.period in (own, own.previous()) else own.label


def _chosen(request: HttpRequest) -> Chosen | None:
    """What was asked for; None where there is no snapshot at all yet. Http404 for one that is not there."""
    asked = request.GET.get("snapshot", ""), request.GET.get("period", "")
    taken = selectors.chosen(viewer_from(request), *asked)
    if taken is None and any(asked):
        raise Http404
    return taken


def _measure(key: str) -> Measure:
    try:
        return MEASURES[key]
    except KeyError as unknown:
        raise Http404 from unknown


def _page(request: HttpRequest) -> int | None:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 and int(text) else None


@dataclass(frozen=True, slots=True)
class _FigureLine:
    """One figure in the table of a measure's figures, with the address of its rows where the viewer may see them."""

    name: str
    cell: Cell
    rows: int | None

    @classmethod
    def of(cls, row: FigureRow, taken: Chosen, asked: Measure) -> "_FigureLine":
        titles = {group.column: group.title for group in asked.groups}
        title = titles.get(row.group_column, row.group_column)
        name = f"{title}: {row.group_label}" if row.group_label else title or "All"
        drills = taken.full and row.keys_count > 0
        return cls(name, Cell(figure_of(row, full=taken.full)), row.pk if drills else None)


def _names(counted: Sequence[Counted]) -> Sequence[str]:
    return tuple(next((each.values for each in counted if each.values), {}))


def _head(column: Column) -> str:
    return column.meaning[:1].upper() + column.meaning[1:]


def _line(each: Counted, table: Table, people: Mapping[str, str]) -> dict[str, Any]:
    values = [_value(table.column(name), value) for name, value in each.values.items()]
    return {"key": each.key, "child": each.child, "address": people.get(each.child, ""), "values": values}


def _value(column: Column, value: object) -> str:
    if column.codes is not None and isinstance(value, str):
        return column.codes.words.get(value, value)
    if isinstance(value, date) or value is None or isinstance(value, bool):
        return in_words(value)
    return str(value)
