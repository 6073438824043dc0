"""The funnel, the slow way, in both forms."""

from collections.abc import Callable
from datetime import date, timedelta

from tests.twins import assessments as assessing
from tests.twins import plans as planning
from tests.twins import referrals as referring
from tests.twins.days import Year
from tests.twins.plain import Counted
from tests.twins.random_records import Records, Row


def over(stage: list[Counted], previous: list[Counted]) -> list[Counted]:
    """This stage's things over those of the stage before."""
    numerator = [Counted(row.key, row.person, True, in_base=False) for row in stage]
    return numerator + [Counted(row.key, row.person, False) for row in previous]


def finished(records: Records, year: Year) -> list[Counted]:
    rows = [row for row in assessing.completed(records, year) if row["cina_assessment_kind"] != "CORE"]
    return [assessing.one(row) for row in rows]


def funnel_period_assessments(records: Records, year: Year) -> list[Counted]:
    return over(finished(records, year), referring.referrals_rate(records, year))


def funnel_period_section_47(records: Records, year: Year) -> list[Counted]:
    return over(assessing.section_47(records, year), finished(records, year))


def funnel_period_conferences(records: Records, year: Year) -> list[Counted]:
    return over(assessing.conferences(records, year), assessing.section_47(records, year))


def funnel_period_plans(records: Records, year: Year) -> list[Counted]:
    return over(planning.plans_started(records, year), assessing.conferences(records, year))


def ni_68(records: Records, year: Year) -> list[Counted]:
    def assessed(referral: Row) -> bool:
        return any(
            row["cina_referral_id"] == referral["cine_referral_id"]
            and row["cina_assessment_kind"] in ("INITIAL", "SINGLE")
            and row["cina_assessment_start_date"] <= year.last
            for row in records["ssd_cin_assessments"]
        )

    return [referring.one(row, assessed(row)) for row in referring.in_year(records, year)]


def followed(counted: Counted, reached: bool, since: date, days: int, year: Year) -> Counted:
    """`year.last` is the day the records end."""
    if reached:
        outcome = "reached"
    elif since + timedelta(days=days) > year.last:
        outcome = "too recent to know"
    else:
        outcome = "not reached"
    return Counted(counted.key, counted.person, reached, {"outcome": outcome})


def any_between(rows: list[Row], day_column: str, first: date, days: int, belongs: Callable[[Row], bool]) -> bool:
    return any(belongs(row) and first <= row[day_column] <= first + timedelta(days=days) for row in rows)


def funnel_cohort_assessments(records: Records, year: Year) -> list[Counted]:
    begun = [row for row in records["ssd_cin_assessments"] if row["cina_assessment_kind"] != "CORE"]
    found = []
    for referral in referring.in_year(records, year):
        since = referral["cine_referral_date"]

        def belongs(row: Row, mine: str = referral["cine_referral_id"]) -> bool:
            return row["cina_referral_id"] == mine

        reached = any_between(begun, "cina_assessment_start_date", since, 30, belongs)
        found.append(followed(referring.one(referral), reached, since, 30, year))
    return found


def funnel_cohort_section_47(records: Records, year: Year) -> list[Counted]:
    found = []
    for row in records["ssd_cin_assessments"]:
        since = row["cina_assessment_start_date"]
        if row["cina_assessment_kind"] == "CORE" or since not in year:
            continue
        reached = any(
            row["cina_referral_id"] is not None
            and enquiry["s47e_referral_id"] == row["cina_referral_id"]
            and enquiry["s47e_s47_start_date"] <= since + timedelta(days=63)
            for enquiry in records["ssd_s47_enquiry"]
        )
        found.append(followed(assessing.one(row), reached, since, 63, year))
    return found


def funnel_cohort_conferences(records: Records, year: Year) -> list[Counted]:
    found = []
    for enquiry in records["ssd_s47_enquiry"]:
        since = enquiry["s47e_s47_start_date"]
        if since not in year:
            continue

        def belongs(row: Row, mine: Row = enquiry) -> bool:
            if row["icpc_s47_enquiry_id"]:
                named: bool = row["icpc_s47_enquiry_id"] == mine["s47e_s47_enquiry_id"]
                return named
            return mine["s47e_referral_id"] is not None and row["icpc_referral_id"] == mine["s47e_referral_id"]

        reached = any_between(records["ssd_initial_cp_conference"], "icpc_icpc_date", since, 60, belongs)
        one = Counted(enquiry["s47e_s47_enquiry_id"], enquiry["s47e_person_id"])
        found.append(followed(one, reached, since, 60, year))
    return found


def funnel_cohort_plans(records: Records, year: Year) -> list[Counted]:
    found = []
    for conference in assessing.held(records, year):
        since = conference["icpc_icpc_date"]

        def belongs(row: Row, mine: Row = conference) -> bool:
            if row["cppl_icpc_id"]:
                named: bool = row["cppl_icpc_id"] == mine["icpc_icpc_id"]
                return named
            return mine["icpc_referral_id"] is not None and row["cppl_referral_id"] == mine["icpc_referral_id"]

        reached = any_between(planning.own_plans(records), "cppl_cp_plan_start_date", since, 45, belongs)
        one = Counted(conference["icpc_icpc_id"], conference["icpc_person_id"])
        found.append(followed(one, reached, since, 45, year))
    return found
