"""Which limits of the guidance a measure applies. No number of days is typed in a measure."""

from datetime import date

from safeboard.figures.measures.definition import Measure
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.guidance import Rule, rule_in_force
from safeboard.foundation.kernel.periods import Period


def area_of(snapshot: Snapshot) -> str:
    """The area whose dated local rules apply: the first the snapshot names, "" for the national rules alone."""
    return next(iter(snapshot.manifest.areas), "")


def last_day_counted(snapshot: Snapshot, period: Period) -> date:
    """The last day of the period, or the day the records end if that comes first."""
    return min(period.end, snapshot.manifest.reference_date)


def limit(what: str, snapshot: Snapshot, period: Period) -> Rule:
    """The rule for `what` in force in the snapshot's area on the last day counted. NoRule if there is none."""
    return rule_in_force(what, area_of(snapshot), last_day_counted(snapshot, period))


def rules_applied(measure: Measure, snapshot: Snapshot, period: Period) -> tuple[Rule, ...]:
    """The rules the measure applies in this period, in the order it names them. NoRule where one is not in force."""
    return tuple(limit(what, snapshot, period) for what in measure.rules)


def rule_in_words(rule: Rule, on: date) -> str:
    """For a reader of the figure: the limit, who set it, and what is uncertain about it."""
    local = ", local rule" if rule.local else ""
    said = f"For {rule.what}: {rule.shown} ({rule.edition}{local}, in force on {on.day} {on:%B %Y})."
    return f"{said} {rule.caution}".rstrip()
