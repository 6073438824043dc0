"""The report's three kinds of chart, as SVG in the typeface of the text.

Every chart can be read without colour: bars and lines differ in lightness, outline, dash and mark as well, and every
bar carries its value. The same numbers stand in a table beside each chart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import altair as alt
import font_source_sans_pro
import vl_convert

from safeboard.figures.reporting.svg import accessible

FONT: Final = "Source Sans Pro"
INK: Final = "#1b2a33"
DARK: Final = "#1f4e5f"
LIGHT: Final = "#d5e3e6"
GRID: Final = "#dfe5e8"

LABEL_WIDTH: Final = 132
"""Pixels kept free for the labels at the left, the same in every bar chart so that bars line up down a page."""

BAR_ROOM: Final = 138
LINE_ROOM: Final = 292
LINE_HEIGHT: Final = 150
TEXT: Final = 12.5
CHARACTERS: Final = 23
"""How many characters fit one line of a label."""


ROWS, MARKS = "rows", "marks"
"""The names of a chart's two sets of data."""

Form = Mapping[str, Any]
"""A chart's specification without its data."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value to be drawn, with the text that is printed at its end. `size` is None where there is no number."""

    label: str
    size: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as SVG. `title` and `description` say in words what it shows, for who cannot see it; sizes in pixels."""

    svg: str
    title: str
    description: str
    width: float
    height: float


def wrapped(label: str, characters: int = CHARACTERS, lines: int = 2) -> str:
    """The label broken at spaces with "|", and cut with an ellipsis after the last line allowed."""
    broken: list[str] = []
    for word in label.split():
        if broken and len(broken[-1]) + 1 + len(word) <= characters:
            broken[-1] += f" {word}"
        else:
            broken.append(word)
    if len(broken) > lines:
        broken = [*broken[: lines - 1], f"{broken[lines - 1][: characters - 1].rstrip(' ,:')}…"]
    return "|".join(broken)


def years_chart(title: str, own: Sequence[Bar], others: Sequence[Bar]) -> Drawing:
    """The area's own years as bars, this year's dark, and comparators as a diamond on a line."""
    places = _places((*own, *others))
    rows = [
        *({"kind": "now" if n == 0 else "before", **_row(bar, places)} for n, bar in enumerate(own)),
        *({"kind": "other", **_row(bar, places)} for bar in others),
    ]
    return _draw(_years_form(_all_nothing(rows)), {ROWS: rows}, title, _listed((*own, *others)))


@cache
def _years_form(nothing: bool) -> Form:
    base = alt.Chart(alt.NamedData(name=ROWS)).encode(y=_labels(), x=_sizes(nothing))
    own = base.transform_filter("datum.kind != 'other' && datum.known")
    filled = alt.condition("datum.kind == 'now'", alt.value(DARK), alt.value(LIGHT))
    bars = own.mark_bar(stroke=DARK, height=15).encode(fill=filled)
    other = base.transform_filter("datum.kind == 'other'")
    stems = other.mark_rule(color=INK).encode(x2=alt.datum(0))
    points = other.mark_point(shape="diamond", size=70, fill="white", stroke=INK, opacity=1, strokeWidth=1.5)
    words = base.mark_text(align="left", dx=8, fontSize=TEXT, color=INK).encode(text="text:N")
    return _form(alt.layer(bars, stems, points, words), {"width": BAR_ROOM, "height": {"step": 27}})


def groups_chart(
    title: str, series: Mapping[str, Sequence[Bar]], other: str = "", beside: Sequence[Bar] = ()
) -> Drawing:
    """A bar for every label, or a pair of bars where there are two series: the first dark, the second pale, outlined.

    `series` holds the bars under the name of their period, this year's first. `beside` are values of a comparator,
    named `other`, drawn as a triangle under the label's row; their numbers stand in the table only.
    """
    places = _places([bar for bars in series.values() for bar in bars])
    rows = [{"series": name, **_row(bar, places)} for name, bars in series.items() for bar in bars]
    marks = [{"name": other, **_row(bar, places)} for bar in beside if bar.label in places]
    form = _groups_form(tuple(series), other if marks else "", _all_nothing([*rows, *marks]))
    said = f". {other}: {_listed(beside)}" if marks else ""
    return _draw(form, {ROWS: rows, MARKS: marks}, title, f"{_in_words(series)}{said}")


@cache
def _groups_form(names: tuple[str, ...], other: str, nothing: bool) -> Form:
    several = len(names) > 1
    base = alt.Chart(alt.NamedData(name=ROWS)).encode(
        y=_labels(), x=_sizes(nothing), yOffset=alt.YOffset("series:N", sort=names)
    )
    legend = alt.Legend(orient="top", title=None, symbolType="square", symbolSize=130) if several else None
    fill = alt.Fill("series:N", scale=alt.Scale(domain=names, range=[DARK, LIGHT]), sort=names, legend=legend)
    bars = base.transform_filter("datum.known").mark_bar(stroke=DARK, strokeWidth=1).encode(fill=fill)
    words = base.mark_text(align="left", dx=5, fontSize=TEXT - 1, color=INK).encode(text="text:N")
    layers = [bars, words, *([_pointers(other, 18 if several else 13.5, nothing)] if other else [])]
    return _form(alt.layer(*layers), {"width": BAR_ROOM, "height": {"step": 36 if several else 27, "for": "position"}})


def _pointers(name: str, below: float, nothing: bool) -> alt.Chart:
    """A small triangle under each row that has a comparator: beside the bars it would lie on their numbers."""
    # Above the chart there is no room for a third name beside the two periods.
    legend = alt.Legend(
        orient="bottom", title=None, symbolSize=55, symbolFillColor=INK, symbolStrokeColor=INK, offset=4
    )
    shape = alt.Shape("name:N", scale=alt.Scale(domain=[name], range=["triangle-up"]), legend=legend)
    drawn = alt.Chart(alt.NamedData(name=MARKS)).mark_point(size=40, fill=INK, stroke=INK, opacity=1, yOffset=below)
    placed: alt.Chart = drawn.encode(y=_labels(), x=_sizes(nothing), shape=shape)
    return placed


def months_chart(title: str, series: Mapping[str, Sequence[Bar]]) -> Drawing:
    """A line over the months for each period: the first solid with full points, the second dashed with hollow ones."""
    months = tuple(bar.label for bar in next(iter(series.values())))
    # A month without a number breaks the line: joining its neighbours would draw what nobody counted.
    rows = [{"series": name, "label": bar.label, "size": bar.size} for name, bars in series.items() for bar in bars]
    return _draw(_months_form(tuple(series), months), {ROWS: rows}, title, _in_words(series))


@cache
def _months_form(names: tuple[str, ...], months: tuple[str, ...]) -> Form:
    heights = alt.Axis(title=None, tickCount=4, tickMinStep=1, domain=False, ticks=False, gridColor=GRID, format=",d")
    axis = alt.Axis(title=None, labelAngle=0, domainColor=INK, tickColor=INK, labelFontSize=TEXT - 1)
    base = alt.Chart(alt.NamedData(name=ROWS)).encode(
        x=alt.X("label:N", sort=months, axis=axis, scale=alt.Scale(domain=months)),
        y=alt.Y("size:Q", scale=alt.Scale(zero=True, nice=True), axis=heights),
    )
    legend = alt.Legend(orient="top", title=None, symbolType="stroke", symbolSize=500) if len(names) > 1 else None
    dashes = alt.Scale(domain=names, range=[[1, 0], [5, 3]][: len(names)])
    lines = base.mark_line(color=DARK, strokeWidth=2).encode(
        strokeDash=alt.StrokeDash("series:N", scale=dashes, sort=names, legend=legend)
    )
    fills = alt.Scale(domain=names, range=[DARK, "white"][: len(names)])
    points = base.mark_point(stroke=DARK, size=34, opacity=1, strokeWidth=1.5).encode(
        fill=alt.Fill("series:N", scale=fills, sort=names, legend=None)
    )
    return _form(alt.layer(lines, points), {"width": LINE_ROOM, "height": LINE_HEIGHT})


def _places(bars: Sequence[Bar]) -> dict[str, int]:
    """Every label's row, from the top."""
    return {label: place for place, label in enumerate(dict.fromkeys(bar.label for bar in bars))}


def _row(bar: Bar, places: Mapping[str, int]) -> dict[str, Any]:
    # Two long labels may be cut to the same words, so a row is known by its place as well, and sorted by it: in the
    # order of the data a row without a bar would come last.
    key = f"{places[bar.label]:03d}|{wrapped(bar.label)}"
    return {"key": key, "size": bar.size or 0, "text": bar.text, "known": bar.size is not None}


def _labels() -> alt.Y:
    axis = alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        labelExpr="slice(split(datum.label, '|'), 1)",
        labelLineHeight=13,
        labelLimit=LABEL_WIDTH,
        labelPadding=8,
        minExtent=LABEL_WIDTH,
        maxExtent=LABEL_WIDTH,
    )
    return alt.Y("key:N", sort="ascending", axis=axis, scale=alt.Scale(paddingInner=0.22, paddingOuter=0.1))


def _sizes(nothing: bool) -> alt.X:
    # If all is nothing the scale would have no length.
    return alt.X("size:Q", axis=None, scale=alt.Scale(domain=[0, 1]) if nothing else alt.Scale(zero=True, nice=False))


def _all_nothing(rows: Sequence[Mapping[str, Any]]) -> bool:
    return not any(row["size"] for row in rows)


def _in_words(series: Mapping[str, Sequence[Bar]]) -> str:
    return ". ".join(f"{name}: {_listed(bars)}" for name, bars in series.items())


def _listed(bars: Sequence[Bar]) -> str:
    return "; ".join(f"{bar.label} {bar.text}" for bar in bars)


_CONFIGURATION: Final = {
    "font": FONT,
    "view": {"stroke": None},
    "aria": False,
    "background": None,
    "padding": 2,
    "axis": {"labelColor": INK, "labelFontSize": TEXT, "labelFont": FONT},
    "legend": {"labelFontSize": TEXT, "labelColor": INK, "padding": 0, "offset": 8, "symbolStrokeColor": DARK},
}


def _form(chart: alt.LayerChart | alt.FacetChart, size: Mapping[str, Any]) -> Form:
    """The chart without its data. Made once for many charts: making it costs more than drawing it."""
    return {**chart.to_dict(validate=False), **size, "config": _CONFIGURATION}


@cache
def _register_typeface() -> None:
    # Reads every font file, so it is done once for the process.
    vl_convert.register_font_directory(str(Path(font_source_sans_pro.font_directory)))


def _draw(form: Form, data: Mapping[str, Sequence[Mapping[str, Any]]], title: str, description: str) -> Drawing:
    _register_typeface()
    drawn = accessible(vl_convert.vegalite_to_svg({**form, "datasets": data}), title, description)
    return Drawing(drawn.text, title, description, drawn.width, drawn.height)
