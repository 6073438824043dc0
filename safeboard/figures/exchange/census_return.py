"""What of a child's records belongs in the return of one census year, as it stood on that year's last day.

A return holds every episode open at any point of its year (domain/census.md). Inside an episode it holds what the
census's own rules allow: assessments authorised, conferences held and plans ended in the year or later (rules 8696,
8715, 8930, 4013), and nothing that had not happened yet on 31 March. All reviews of a plan are kept, whenever held:
whether a review of this year was on time depends on the one before it. A referral without further action belongs to
the year it was made in (rule 8569Q).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import Kind
from safeboard.foundation.kernel.periods import Period

Row = Mapping[str, Any]
Records = Mapping[str, Sequence[Row]]
"""One child's rows of the standard tables, by table."""

UNBORN_GENDER: Final = "0"
UNBORN_SEX: Final = "U"

_Keeps = Callable[[Row, Period], Row | None]


def as_returned(child: Records, year: int) -> Records | None:
    """This child's rows as the return of the census year ending in `year` has them; None if it is not in that return.

    Rows come back in the order given; a row that had not ended by 31 March has no end.
    """
    period = Period.year_ending(year)
    kept: dict[str, Sequence[Row]] = dict(child)
    for table, keep in _KEEPS.items():
        kept[table] = [row for row in (keep(row, period) for row in child.get(table, ())) if row is not None]
    if not kept["ssd_cin_episodes"] or not kept["ssd_person"]:
        return None
    if kept["ssd_person"][0].get("pers_dob") != child["ssd_person"][0].get("pers_dob"):
        kept["ssd_disability"] = ()
    if "ssd_initial_cp_conference" in child:
        kept["ssd_s47_enquiry"] = _without_earlier_conference(kept["ssd_s47_enquiry"], child, period)
    if "ssd_assessment_factors" in child:
        kept["ssd_assessment_factors"] = _factors_found(child, period)
    return kept


def _without_earlier_conference(enquiries: Sequence[Row], child: Records, period: Period) -> Sequence[Row]:
    """The enquiries whose conference was not held in an earlier year; with one still to come they are unfinished."""
    over = {
        row.get("icpc_s47_enquiry_id")
        for row in child["ssd_initial_cp_conference"]
        if row["icpc_icpc_date"] < period.start
    }
    return [row for row in enquiries if row["s47e_s47_enquiry_id"] not in over] if over else enquiries


def _factors_found(child: Records, period: Period) -> Sequence[Row]:
    """Factors are found at an assessment's end: one authorised later has none in this return (rule 8614)."""
    later = {
        row["cina_assessment_id"]
        for row in child.get("ssd_cin_assessments", ())
        if (row.get("cina_assessment_auth_date") or period.end) > period.end
    }
    factors = child["ssd_assessment_factors"]
    return [row for row in factors if row["cinf_assessment_id"] not in later] if later else factors


def _person(row: Row, period: Period) -> Row:
    born, died = row.get("pers_dob"), row.get("pers_death_date")
    if born is not None and born > period.end:
        return {
            **row,
            "pers_dob": None,
            "pers_expected_dob": row.get("pers_expected_dob") or born,
            "pers_sex": UNBORN_SEX,
            "pers_gender": UNBORN_GENDER,
            "pers_death_date": None,
        }
    return {**row, "pers_death_date": None} if died is not None and died > period.end else row


def _episode(row: Row, period: Period) -> Row | None:
    referred, closed = row["cine_referral_date"], row.get("cine_close_date")
    if referred > period.end or (closed is not None and closed < period.start):
        return None
    if row.get("cine_referral_nfa") and referred < period.start:
        return None
    if closed is not None and closed > period.end:
        return {**row, "cine_close_date": None, "cine_close_reason": None}
    return row


def _running(start: str, end: str) -> _Keeps:
    """Keeps rows begun by the period's end and not ended before its start; an end still to come is taken off."""

    def keep(row: Row, period: Period) -> Row | None:
        ended = row.get(end)
        if row[start] > period.end or (ended is not None and ended < period.start):
            return None
        return {**row, end: None} if ended is not None and ended > period.end else row

    return keep


def _enquiry(row: Row, period: Period) -> Row | None:
    started = row["s47e_s47_start_date"]
    if started > period.end or (row.get("s47e_icpc_not_required") and started < period.start):
        return None
    return row


def _held(column: str) -> _Keeps:
    """Keeps rows of events up to the period's end, however old."""
    return lambda row, period: row if row[column] <= period.end else None


def _pre_proceedings(row: Row, period: Period) -> Row | None:
    started = row.get("prep_start_date")
    if started is not None and not period.start <= started <= period.end:
        return None
    late = {name: None for name in _PRE_PROCEEDINGS_DATES if row.get(name) is not None and row[name] > period.end}
    return {**row, **late} if late else row


def _conference(row: Row, period: Period) -> Row | None:
    return row if period.start <= row["icpc_icpc_date"] <= period.end else None


_PRE_PROCEEDINGS_DATES: Final = tuple(
    column.name for column in TABLES["pre_proceedings"].columns if column.kind is Kind.DATE
)

_KEEPS: Final[Mapping[str, _Keeps]] = {
    "ssd_person": _person,
    "ssd_cin_episodes": _episode,
    "ssd_cin_assessments": _running("cina_assessment_start_date", "cina_assessment_auth_date"),
    "ssd_s47_enquiry": _enquiry,
    "ssd_initial_cp_conference": _conference,
    "ssd_cp_plans": _running("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    "ssd_cp_reviews": _held("cppr_cp_review_date"),
    "ssd_cin_plans": _running("cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
    "pre_proceedings": _pre_proceedings,
}
