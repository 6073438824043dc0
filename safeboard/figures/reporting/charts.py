"""The report's three kinds of chart, as SVG in the typeface of the text.

Every chart can be read without colour: bars and lines differ in lightness, outline, dash and mark as well, and every
bar carries its value. The same numbers stand in a table beside each chart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=_labels(), x=_sizes(rows))
    filled = alt.condition("datum.kind == 'now'", alt.value(DARK), alt.value(LIGHT))
    bars = (
        base.transform_filter("datum.kind != 'other' && datum.known")
        .mark_bar(stroke=DARK, height=15)
        .encode(fill=filled)
    )
    other = base.transform_filter("datum.kind == 'other'")
    stems = other.mark_rule(color=INK).encode(x2=alt.datum(0))
    points = other.mark_point(shape="diamond", size=70, fill="white", stroke=INK, opacity=1, strokeWidth=1.5)
    words = base.mark_text(align="left", dx=8, fontSize=TEXT, color=INK).encode(text="text:N")
    chart = alt.layer(bars, stems, points, words).properties(width=BAR_ROOM, height=27 * len(rows))
    return _draw(chart, title, _listed((*own, *others)))


def groups_chart(
    title: str, series: Mapping[str, Sequence[Bar]], other: str = "", beside: Sequence[Bar] = ()
) -> Drawing:
    """A bar for every label, or a pair of bars where there are two series: the first dark, the second pale, outlined.

    `series` holds the bars under the name of their period, this year's first. `beside` are values of a comparator,
    named `other`, drawn as a diamond on the label's row; their numbers stand in the table only.
    """
    names = list(series)
    places = _places([bar for bars in series.values() for bar in bars])
    rows = [{"series": name, **_row(bar, places)} for name, bars in series.items() for bar in bars]
    marks = [_row(bar, places) for bar in beside if bar.label in places]
    y, x = _labels(), _sizes([*rows, *marks])
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=y, x=x, yOffset=alt.YOffset("series:N", sort=names))
    legend = alt.Legend(orient="top", title=None, symbolType="square", symbolSize=130) if len(names) > 1 else None
    bars = (
        base.transform_filter("datum.known")
        .mark_bar(stroke=DARK, strokeWidth=1)
        .encode(
            fill=alt.Fill("series:N", scale=alt.Scale(domain=names, range=[DARK, LIGHT]), sort=names, legend=legend)
        )
    )
    words = base.mark_text(align="left", dx=5, fontSize=TEXT - 1, color=INK).encode(text="text:N")
    layers = [bars, words, *([_diamonds(marks, other, y, x)] if marks else [])]
    step = 36 if len(names) > 1 else 27
    chart = alt.layer(*layers).properties(width=BAR_ROOM, height=step * len(places))
    said = f". {other}: {_listed(beside)}" if marks else ""
    return _draw(chart, title, f"{_in_words(series)}{said}")


def _diamonds(marks: Sequence[Mapping[str, Any]], name: str, y: alt.Y, x: alt.X) -> alt.Chart:
    legend = alt.Legend(orient="top", title=None, symbolSize=80, symbolFillColor="white", symbolStrokeWidth=1.5)
    shape = alt.Shape("name:N", scale=alt.Scale(domain=[name], range=["diamond"]), legend=legend)
    rows = [{**mark, "name": name} for mark in marks]
    drawn = alt.Chart(alt.InlineData(values=rows)).mark_point(size=70, fill="white", stroke=INK, opacity=1)
    placed: alt.Chart = drawn.encode(y=y, x=x, shape=shape)
    return placed


def months_chart(title: str, series: Mapping[str, Sequence[Bar]]) -> Drawing:
    """A line over the months for each period: the first solid with full points, the second dashed with hollow ones."""
    names = list(series)
    months = [bar.label for bar in series[names[0]]]
    # A month without a number breaks the line: joining its neighbours would draw what nobody counted.
    rows = [{"series": name, "label": bar.label, "size": bar.size} for name, bars in series.items() for bar in bars]
    domain = alt.Scale(domain=names, range=[[1, 0], [5, 3]][: len(names)])
    heights = alt.Axis(title=None, tickCount=4, tickMinStep=1, domain=False, ticks=False, gridColor=GRID, format=",d")
    axis = alt.Axis(title=None, labelAngle=0, domainColor=INK, tickColor=INK, labelFontSize=TEXT - 1)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("label:N", sort=months, axis=axis, scale=alt.Scale(domain=months)),
        y=alt.Y("size:Q", scale=alt.Scale(zero=True, nice=True), axis=heights),
    )
    legend = alt.Legend(orient="top", title=None, symbolType="stroke", symbolSize=500) if len(names) > 1 else None
    lines = base.mark_line(color=DARK, strokeWidth=2).encode(
        strokeDash=alt.StrokeDash("series:N", scale=domain, sort=names, legend=legend)
    )
    points = base.mark_point(stroke=DARK, size=34, opacity=1, strokeWidth=1.5).encode(
        fill=alt.Fill(
            "series:N", scale=alt.Scale(domain=names, range=[DARK, "white"][: len(names)]), sort=names, legend=None
        )
    )
    chart = alt.layer(lines, points).properties(width=LINE_ROOM, height=LINE_HEIGHT)
    return _draw(chart, title, _in_words(series))


def _places(bars: Sequence[Bar]) -> dict[str, int]:
    """Every label's row, from the top."""
    return {label: place for place, label in enumerate(dict.fromkeys(bar.label for bar in bars))}


def _row(bar: Bar, places: Mapping[str, int]) -> dict[str, Any]:
    # Two long labels may be cut to the same words, so a row is known by its place as well.
    key = f"{places[bar.label]}|{wrapped(bar.label)}"
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
    return alt.Y("key:N", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.22, paddingOuter=0.1))


def _sizes(rows: Sequence[Mapping[str, Any]]) -> alt.X:
    # All zero would leave a scale without length.
    top = max((row["size"] for row in rows if row["size"]), default=1)
    return alt.X("size:Q", axis=None, scale=alt.Scale(domain=[0, top], nice=False))


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

_REGISTERED: set[str] = set()


def _draw(chart: alt.LayerChart | alt.FacetChart, title: str, description: str) -> Drawing:
    # Registering reads every font file, so it is done once for the process.
    if not _REGISTERED:
        directory = str(Path(font_source_sans_pro.font_directory))
        vl_convert.register_font_directory(directory)
        _REGISTERED.add(directory)
    specification = {**chart.to_dict(validate=False), "config": _CONFIGURATION}
    drawn = accessible(vl_convert.vegalite_to_svg(specification), title, description)
    return Drawing(drawn.text, title, description, drawn.width, drawn.height)
