"""A figure as the database keeps it, and back again: whole, or with what must not be published taken out."""

from uuid import UUID

from django.db.models import Q, QuerySet

from safeboard.figures.disclosure.figures import Earlier, ProtectedFigure
from safeboard.figures.disclosure.publication import SYMBOL
from safeboard.figures.measures.figure import Figure
from safeboard.figures.performance.codes import Audience, Origin, ReportState
from safeboard.figures.performance.counted import Run
from safeboard.figures.performance.models import FigureRow, HouseSnapshot, PublishedReport
from safeboard.foundation.kernel.numbers import Unit, show
from safeboard.foundation.kernel.periods import Period


def row_of(
    snapshot: HouseSnapshot, position: int, figure: Figure, protected: ProtectedFigure, run: Run | None
) -> FigureRow:
    """The row of one figure, and of the same figure as it may be published."""
    column, _, label = (figure.group or "").partition("=")
    return FigureRow(
        snapshot=snapshot,
        position=position,
        measure=figure.measure,
        edition=figure.edition,
        starts_on=figure.period.start,
        ends_on=figure.period.end,
        group_column=column,
        group_label=label,
        unit=figure.unit.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        children=figure.children[0],
        children_of_base=figure.children[1],
        collected=figure.collected,
        why_not=figure.why_not,
        population_vintage=figure.population_vintage,
        numerator_hidden=_taken_out(figure.numerator, protected.numerator),
        denominator_hidden=_taken_out(figure.denominator, protected.denominator),
        value_hidden=protected.hidden,
        children_hidden=_taken_out(figure.children[0], protected.children[0]),
        children_of_base_hidden=_taken_out(figure.children[1], protected.children[1]),
        keys_from=run.start if run else 0,
        keys_count=run.count if run else 0,
    )


def _taken_out(number: int | None, shown: int | None) -> bool:
    return number is not None and shown is None


def figure_of(row: FigureRow, *, full: bool) -> ProtectedFigure:
    """The figure for somebody who may see the rows (`full`), or for everybody else. What is hidden is not in it."""
    hidden = row.value_hidden and not full
    unit = Unit(row.unit)
    value = None if hidden else row.value
    return ProtectedFigure(
        measure=row.measure,
        edition=row.edition,
        period=row.period,
        group=row.group,
        numerator=_kept(row.numerator, row.numerator_hidden, full),
        denominator=_kept(row.denominator, row.denominator_hidden, full),
        value=value,
        unit=unit,
        collected=row.collected,
        shown=SYMBOL if hidden else show(value, unit) if row.collected else "not collected",
        numerator_shown=_text(row.numerator, row.numerator_hidden and not full),
        denominator_shown=_text(row.denominator, row.denominator_hidden and not full),
        hidden=hidden,
        children=(
            _kept(row.children, row.children_hidden, full),
            _kept(row.children_of_base, row.children_of_base_hidden, full),
        ),
        population_vintage=row.population_vintage,
        why_not=row.why_not,
    )


def counted_of(row: FigureRow) -> Figure:
    """The figure as it was counted: nothing is hidden."""
    return Figure(
        measure=row.measure,
        edition=row.edition,
        period=row.period,
        group=row.group,
        numerator=row.numerator,
        denominator=row.denominator,
        value=row.value,
        unit=Unit(row.unit),
        collected=row.collected,
        children=(row.children, row.children_of_base),
        population_vintage=row.population_vintage,
        why_not=row.why_not,
    )


def earlier_of(snapshot: HouseSnapshot) -> list[Earlier]:
    """What readers who may not see rows were shown before this snapshot was counted, of its area and its years."""
    rows = FigureRow.objects.filter(
        snapshot__in=shown_before(snapshot), ends_on__in=[each.end for each in years_of(snapshot)]
    )
    by_snapshot: dict[UUID, list[FigureRow]] = {}
    for row in rows.order_by("snapshot__measured_at", "position"):
        by_snapshot.setdefault(row.snapshot_id, []).append(row)
    return [
        Earlier([counted_of(row) for row in each], [figure_of(row, full=False) for row in each])
        for each in by_snapshot.values()
    ]


def shown_before(snapshot: HouseSnapshot) -> QuerySet[HouseSnapshot]:
    """Those made of files, and those of live records that a public report tells of: counted before this one."""
    others = HouseSnapshot.objects.filter(area=snapshot.area_id, measured_at__isnull=False).exclude(pk=snapshot.pk)
    told = public_reports().values("snapshot")
    if snapshot.measured_at:
        others = others.filter(measured_at__lt=snapshot.measured_at)
        told = told.filter(prepared_at__lt=snapshot.measured_at)
    return others.filter(Q(origin=Origin.UPLOAD) | Q(pk__in=told))


def told_since(snapshot: HouseSnapshot) -> bool:
    """Whether readers were shown figures of these years that those of the snapshot could not be kept apart from yet."""
    others = HouseSnapshot.objects.filter(area=snapshot.area_id, measured_at__isnull=False).exclude(pk=snapshot.pk)
    after = Period.year_ending(snapshot.period.end.year + 1)
    others = others.filter(ends_on__in=[each.end for each in (*years_of(snapshot), after)])
    reported = public_reports().filter(prepared_at__gt=snapshot.measured_at, snapshot__origin=Origin.LIVE)
    since = Q(pk__in=reported.values("snapshot"))
    if snapshot.origin == Origin.LIVE:
        since |= Q(origin=Origin.UPLOAD, measured_at__gt=snapshot.measured_at)
    return others.filter(since).exists()


def public_reports() -> QuerySet[PublishedReport]:
    """Reports for everybody that are under way or out."""
    over = [ReportState.TURNED_DOWN, ReportState.FAILED]
    return PublishedReport.objects.filter(audience=Audience.PUBLIC).exclude(state__in=over)


def years_of(snapshot: HouseSnapshot) -> tuple[Period, Period]:
    """The years that a snapshot has figures of."""
    return snapshot.period, snapshot.period.previous()


def _kept(number: int | None, hidden: bool, full: bool) -> int | None:
    return number if full or not hidden else None


def _text(number: int | None, hidden: bool) -> str:
    if hidden:
        return SYMBOL
    return "–" if number is None else f"{number:,}"
