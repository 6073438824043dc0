"""Child protection plans, the slow way: one plan at a time."""

from datetime import date, timedelta

from safeboard.figures.tables import codes
from tests.twins.days import Year, later, open_on, words
from tests.twins.plain import Counted
from tests.twins.random_records import Records, Row


def own_plans(records: Records) -> list[Row]:
    return [row for row in records["ssd_cp_plans"] if row["cppl_cp_plan_ola"] is not True]


def begun(row: Row) -> date:
    day: date = row["cppl_cp_plan_start_date"]
    return day


def ended(row: Row) -> date | None:
    day: date | None = row["cppl_cp_plan_end_date"]
    return day


def one(row: Row, counted: bool = True, **labels: str | None) -> Counted:
    return Counted(row["cppl_cp_plan_id"], row["cppl_person_id"], counted, labels)


def started_in(records: Records, year: Year) -> list[Row]:
    return [row for row in own_plans(records) if begun(row) in year]


def ended_in(records: Records, year: Year) -> list[Row]:
    return [row for row in own_plans(records) if ended(row) in year]


def open_at_end(records: Records, year: Year) -> list[Row]:
    return [row for row in own_plans(records) if open_on(begun(row), ended(row), year.last)]


def siblings(records: Records, row: Row) -> list[Row]:
    """The child's other plans."""
    return [
        other
        for other in own_plans(records)
        if other["cppl_person_id"] == row["cppl_person_id"] and other["cppl_cp_plan_id"] != row["cppl_cp_plan_id"]
    ]


def plans_started(records: Records, year: Year) -> list[Counted]:
    return [one(row) for row in started_in(records, year)]


def plans_ended(records: Records, year: Year) -> list[Counted]:
    return [one(row) for row in ended_in(records, year)]


def plans_open(records: Records, year: Year) -> list[Counted]:
    return [one(row) for row in open_at_end(records, year)]


def plans_any_point(records: Records, year: Year) -> list[Counted]:
    return [one(row) for row in open_at_end(records, year)] + [one(row) for row in ended_in(records, year)]


def plans_started_category(records: Records, year: Year) -> list[Counted]:
    return [
        one(
            row,
            row["cppl_cp_plan_initial_category"] is not None,
            category=words(codes.ABUSE, row["cppl_cp_plan_initial_category"]),
        )
        for row in started_in(records, year)
    ]


def ni_65(records: Records, year: Year) -> list[Counted]:
    def again(row: Row) -> bool:
        said = (row["cppl_number_of_previous_plans"] or 0) > 0
        return said or any(begun(other) < begun(row) for other in siblings(records, row))

    return [one(row, again(row)) for row in started_in(records, year)]


def plans_repeat_within_two_years(records: Records, year: Year) -> list[Counted]:
    def soon(row: Row, other: Row) -> bool:
        over = ended(other)
        return (
            begun(other) < begun(row)
            and over is not None
            and over <= begun(row)
            and begun(row) <= later(over, months=24)
        )

    return [one(row, any(soon(row, other) for other in siblings(records, row))) for row in started_in(records, year)]


def days_both_counted(first: date, last: date) -> int:
    count, day = 1, first
    while day < last:
        day += timedelta(days=1)
        count += 1
    return count


def ni_64(records: Records, year: Year) -> list[Counted]:
    return [one(row, days_both_counted(begun(row), ended(row) or year.last) > 729) for row in ended_in(records, year)]


def plans_ended_over_six_months(records: Records, year: Year) -> list[Counted]:
    return [one(row, (ended(row) or year.last) > later(begun(row), months=6)) for row in ended_in(records, year)]


def lasted(first: date, last: date) -> str:
    if last <= later(first, months=3):
        return "3 months or less"
    if last <= later(first, months=6):
        return "more than 3 months, up to 6 months"
    if last < later(first, months=12):
        return "more than 6 months, less than 1 year"
    if last < later(first, months=24):
        return "1 year, less than 2 years"
    return "2 years or more"


def plans_ended_duration(records: Records, year: Year) -> list[Counted]:
    return [one(row, duration=lasted(begun(row), ended(row) or year.last)) for row in ended_in(records, year)]


def plans_open_duration(records: Records, year: Year) -> list[Counted]:
    return [one(row, duration=lasted(begun(row), year.last)) for row in open_at_end(records, year)]


def looked_after_at_end(records: Records, child: str, year: Year) -> bool:
    return any(
        row["clae_person_id"] == child
        and row["clae_short_breaks_only"] is not True
        and open_on(row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"], year.last)
        for row in records["ssd_cla_episodes"]
    )


def outcome(records: Records, row: Row, year: Year) -> str | None:
    """The first of the outcomes that holds; the order is the measure's."""
    child, over = row["cppl_person_id"], ended(row) or year.last
    rest = Year(over, year.last)
    episodes = [
        each
        for each in records["ssd_cin_episodes"]
        if each["cine_person_id"] == child and each["cine_referral_nfa"] is not True
    ]
    if any(begun(other) in rest for other in siblings(records, row)):
        return "another plan started"
    if looked_after_at_end(records, child, year):
        return "looked after"
    if any(open_on(each["cine_referral_date"], each["cine_close_date"], year.last) for each in episodes):
        return "still a child in need"
    closed = [each["cine_close_reason"] for each in episodes if each["cine_close_date"] in rest]
    if not closed:
        return None
    return "moved to another council" if "RC5" in closed else "episode closed"


def plans_ended_first_six_months(records: Records, year: Year) -> list[Counted]:
    early = Year(year.first, date(year.first.year, 9, 30))
    return [
        one(row, outcome(records, row, year) is not None, outcome=outcome(records, row, year))
        for row in ended_in(records, early)
    ]


def reviews_of(records: Records, row: Row) -> list[date]:
    return sorted(
        review["cppr_cp_review_date"]
        for review in records["ssd_cp_reviews"]
        if review["cppr_cp_plan_id"] == row["cppl_cp_plan_id"] and review["cppr_cp_review_date"] > begun(row)
    )


def held_in(records: Records, year: Year) -> list[tuple[Row, str]]:
    """The year's reviews of our plans, each with the plan's child."""
    plans = {row["cppl_cp_plan_id"]: row for row in own_plans(records)}
    return [
        (review, plans[review["cppr_cp_plan_id"]]["cppl_person_id"])
        for review in records["ssd_cp_reviews"]
        if review["cppr_cp_plan_id"] in plans
        and review["cppr_cp_review_date"] > begun(plans[review["cppr_cp_plan_id"]])
        and review["cppr_cp_review_date"] in year
    ]


def reviews(records: Records, year: Year) -> list[Counted]:
    return [Counted(review["cppr_cp_review_id"], child) for review, child in held_in(records, year)]


def review_children_participation(records: Records, year: Year) -> list[Counted]:
    return [
        Counted(
            review["cppr_cp_review_id"],
            child,
            labels={"participation": words(codes.PARTICIPATION, review["cppr_cp_review_participation"])},
        )
        for review, child in held_in(records, year)
        if review["cppr_cp_review_participation"]
    ]


def all_on_time(records: Records, row: Row, year: Year) -> bool:
    """Walk from review to review: three months to the first, six to each later one, and none overdue at the end."""
    due = later(begun(row), months=3)
    for held in reviews_of(records, row):
        if held > year.last:
            break
        if held in year and held > due:
            return False
        due = later(held, months=6)
    return due > year.last


def ni_67(records: Records, year: Year) -> list[Counted]:
    return [
        one(row, all_on_time(records, row, year))
        for row in open_at_end(records, year)
        if later(begun(row), months=3) <= year.last
    ]
