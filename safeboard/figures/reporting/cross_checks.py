"""Rules the records of a period should keep, and how many break them: the census's own where they bear on figures.

The numbers are those of the department's validation rules (domain/census-rules.tsv).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures.frames import in_period, take, with_membership
from safeboard.figures.reporting.report_input import CrossCheck
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `rows` gives a lazy frame of everything looked at, with `kept`: whether it keeps the rule.

    `needs` are the "table.column" names without which it cannot be asked.
    """

    title: str
    explanation: str
    needs: tuple[str, ...]
    rows: Callable[[Snapshot, Period], nw.LazyFrame[Any]]


def cross_checks(snapshot: Snapshot, period: Period) -> tuple[CrossCheck, ...]:
    """Every rule asked of the records of the period."""
    return tuple(_asked(rule, snapshot, period) for rule in RULES)


def _asked(rule: Rule, snapshot: Snapshot, period: Period) -> CrossCheck:
    missing = [need for need in rule.needs if not snapshot.collects(*need.split("."))]
    if missing:
        titles = dict.fromkeys(TABLES[need.split(".")[0]].within_sentence for need in missing)
        why_not = f"Not collected: {', '.join(titles)}."
        return CrossCheck(rule.title, rule.explanation, None, None, why_not)
    kept = rule.rows(snapshot, period).select("kept").collect("pyarrow")["kept"].to_list()
    return CrossCheck(rule.title, rule.explanation, sum(not each for each in kept), len(kept))


def plans_with_conference(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The plans that started in the period, kept where the child had an initial conference on that very day."""
    plans = take(snapshot, "ssd_cp_plans", person="cppl_person_id", day="cppl_cp_plan_start_date")
    held = take(snapshot, "ssd_initial_cp_conference", person="icpc_person_id", day="icpc_icpc_date")
    started = plans.filter(in_period("day", period))
    marked = held.unique().with_columns(nw.lit(True).alias("kept"))
    joined = started.join(marked, on=["person", "day"], how="left")
    return joined.with_columns(nw.col("kept").fill_null(False))


def reviews_after_start(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The reviews of the period, kept where held after the plan's first day."""
    reviews = take(snapshot, "ssd_cp_reviews", plan="cppr_cp_plan_id", day="cppr_cp_review_date")
    plans = take(snapshot, "ssd_cp_plans", started_plan="cppl_cp_plan_id", started="cppl_cp_plan_start_date")
    joined = reviews.filter(in_period("day", period)).join(plans, left_on="plan", right_on="started_plan")
    return joined.with_columns((nw.col("day") > nw.col("started")).alias("kept"))


def enquiries_after_referral(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The enquiries of the period that name their referral, kept where begun on its day or later."""
    enquiries = take(snapshot, "ssd_s47_enquiry", referral="s47e_referral_id", day="s47e_s47_start_date")
    referrals = take(snapshot, "ssd_cin_episodes", referred="cine_referral_id", from_day="cine_referral_date")
    joined = enquiries.filter(in_period("day", period)).join(referrals, left_on="referral", right_on="referred")
    return joined.with_columns((nw.col("day") >= nw.col("from_day")).alias("kept"))


def conferences_after_enquiry(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The conferences of the period that name their enquiry, kept where held on its first day or later."""
    held = take(snapshot, "ssd_initial_cp_conference", enquiry="icpc_s47_enquiry_id", day="icpc_icpc_date")
    enquiries = take(snapshot, "ssd_s47_enquiry", asked="s47e_s47_enquiry_id", from_day="s47e_s47_start_date")
    joined = held.filter(in_period("day", period)).join(enquiries, left_on="enquiry", right_on="asked")
    return joined.with_columns((nw.col("day") >= nw.col("from_day")).alias("kept"))


def plans_of_known_children(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The plans that started in the period, kept where the child is among the persons."""
    plans = take(snapshot, "ssd_cp_plans", person="cppl_person_id", day="cppl_cp_plan_start_date")
    people = take(snapshot, "ssd_person", id="pers_person_id")
    return with_membership(plans.filter(in_period("day", period)), people, on="person", among="id", name="kept")


_PLAN_START: Final = "ssd_cp_plans.cppl_cp_plan_start_date"
_CONFERENCE_DAY: Final = "ssd_initial_cp_conference.icpc_icpc_date"
_ENQUIRY_DAY: Final = "ssd_s47_enquiry.s47e_s47_start_date"

RULES: Final = (
    Rule(
        "A plan starts on the day of its initial conference (census rule 2885)",
        "Plans that started in the period.",
        (_PLAN_START, _CONFERENCE_DAY),
        plans_with_conference,
    ),
    Rule(
        "A review is held after its plan's first day (census rule 8841)",
        "Reviews of the period.",
        (_PLAN_START, "ssd_cp_reviews.cppr_cp_review_date"),
        reviews_after_start,
    ),
    Rule(
        "An enquiry does not begin before its referral (census rule 2889)",
        "Section 47 enquiries of the period that name their referral.",
        (_ENQUIRY_DAY, "ssd_s47_enquiry.s47e_referral_id", "ssd_cin_episodes.cine_referral_date"),
        enquiries_after_referral,
    ),
    Rule(
        "A conference is not held before its enquiry began",
        "Initial conferences of the period that name their enquiry.",
        (_CONFERENCE_DAY, "ssd_initial_cp_conference.icpc_s47_enquiry_id", _ENQUIRY_DAY),
        conferences_after_enquiry,
    ),
    Rule(
        "A child with a plan is among the persons",
        "Plans that started in the period.",
        (_PLAN_START, "ssd_person.pers_person_id"),
        plans_of_known_children,
    ),
)
