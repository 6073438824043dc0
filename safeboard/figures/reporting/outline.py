"""The order of the performance report as data.

The first fourteen chapters follow section 22 of the reference report (report lines 982-1126); what is measured today
and was not then comes after them. A measure stands in exactly one chapter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Form(StrEnum):
    """How a measure is drawn, and what its headline is.

    `YEARS` sets this year beside last year and the comparators. `GROUPS` draws its groups under the headline of the
    whole. `SHARES` draws them under the headline of the largest group: the whole says only of how many the group is
    recorded. `MONTHS` and `FUNNEL` speak for themselves.
    """

    YEARS = "years"
    GROUPS = "groups"
    SHARES = "shares"
    MONTHS = "months"
    FUNNEL = "funnel"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: what it is about in a sentence or two, and its measures in order, each with the form of its chart.

    `FUNNEL` is drawn once for a chapter, from the numerators of all measures so marked, before the first of them.
    """

    id: str
    title: str
    introduction: str
    measures: Mapping[str, Form]


CHAPTERS: Final = (
    Chapter(
        "from-referral-to-plan",
        "From referral to plan",
        "How concerns passed on to social care went through assessment, enquiry and conference to a child protection "
        "plan. A period ratio sets the events of the year at one stage over those at the stage before: they are not "
        "always the same children. The cohort form follows the referrals of the year forward, and says of how many "
        "it is too recent to know.",
        {
            "referrals": Form.MONTHS,
            "funnel_period_assessments": Form.FUNNEL,
            "funnel_period_section_47": Form.FUNNEL,
            "funnel_period_conferences": Form.FUNNEL,
            "funnel_period_plans": Form.FUNNEL,
            "funnel_cohort_assessments": Form.GROUPS,
            "funnel_cohort_section_47": Form.GROUPS,
            "funnel_cohort_conferences": Form.GROUPS,
            "funnel_cohort_plans": Form.GROUPS,
            "ni_68": Form.YEARS,
        },
    ),
    Chapter(
        "children-with-a-plan",
        "Children with a child protection plan",
        "A child has a plan where a conference finds a continuing risk of significant harm. A rate sets the children "
        "over all who live in the area aged 0 to 17, so that areas of different size can stand side by side.",
        {
            "plans_open": Form.YEARS,
            "plans_open_rate": Form.YEARS,
            "plans_any_point": Form.YEARS,
            "plans_any_point_rate": Form.YEARS,
            "plans_started": Form.YEARS,
            "plans_started_rate": Form.YEARS,
            "plans_ended": Form.YEARS,
            "plans_ended_rate": Form.YEARS,
            "plans_open_duration": Form.SHARES,
        },
    ),
    Chapter(
        "second-plans",
        "Second or subsequent plans",
        "A plan should bring a lasting improvement. A low share of plans for children who had one before is wanted, "
        "but not none: nobody should hesitate to protect a child twice.",
        {"ni_65": Form.YEARS, "plans_repeat_within_two_years": Form.YEARS},
    ),
    Chapter(
        "reviews-held-on-time",
        "Reviews held on time",
        "Every plan is reviewed at a conference, for the first time after three months and then at most six months "
        "apart. One late review in the year counts the child as late.",
        {"ni_67": Form.YEARS, "reviews": Form.YEARS},
    ),
    Chapter(
        "ended-plans",
        "Ended plans and how long they lasted",
        "A plan should bring about the changes a child needs within two years. Few long plans are wanted; many very "
        "short ones ask whether a plan was needed, or was ended too soon.",
        {
            "ni_64": Form.YEARS,
            "plans_ended_duration": Form.SHARES,
            "plans_ended_over_six_months": Form.YEARS,
            "plans_ended_first_six_months": Form.SHARES,
        },
    ),
    Chapter(
        "category-of-abuse",
        "Category of abuse",
        "The category a conference chose for each plan. It may change at a review, so the category at the start and "
        "the latest one are counted apart.",
        {
            "plans_open_category_latest": Form.SHARES,
            "plans_open_category_initial": Form.SHARES,
            "plans_started_category": Form.SHARES,
        },
    ),
    Chapter(
        "issues-at-conference",
        "Issues at conference",
        "Domestic violence, alcohol misuse and drug misuse in the family, noted at each conference. A conference may "
        "note more than one, so the shares add to more than the whole.",
        {"conference_issues": Form.GROUPS},
    ),
    Chapter(
        "age-and-sex",
        "Age profile",
        "Age in completed years on the last day of the period, of children with a plan.",
        {"plans_open_age": Form.SHARES, "plans_open_under_10": Form.YEARS, "plans_open_sex": Form.SHARES},
    ),
    Chapter(
        "ethnic-origin",
        "Ethnic origin",
        "Shares are of the children whose ethnicity is known; how many that is, is shown beside them.",
        {
            "plans_open_ethnicity": Form.SHARES,
            "plans_open_ethnicity_recorded": Form.YEARS,
            "plans_open_minority_ethnic": Form.YEARS,
            "plans_open_minority_ethnic_not_white": Form.YEARS,
        },
    ),
    Chapter(
        "participation",
        "Participation at conferences",
        "Who came to the conference about a child. A young child seldom attends; views may come by other means.",
        {
            "conference_parents_attending": Form.YEARS,
            "conference_children_attending": Form.YEARS,
            "conference_children_participation": Form.SHARES,
            "review_children_participation": Form.SHARES,
            "conference_agencies_attending": Form.SHARES,
        },
    ),
    Chapter(
        "plans-and-looked-after",
        "Children with a plan who are also looked after",
        "Both at once on the last day of the period.",
        {"plans_looked_after": Form.YEARS},
    ),
    Chapter(
        "police-protection",
        "Police protection",
        "Children who came into care through the police's power to protect (section 46 Children Act 1989), and the "
        "families they belong to.",
        {"police_protection_children": Form.YEARS, "police_protection_families": Form.YEARS},
    ),
    Chapter(
        "domestic-violence-screenings",
        "Domestic violence screenings",
        "Police notifications of domestic violence, screened jointly. What is counted is the notification, not the "
        "child.",
        {"dv_screenings": Form.MONTHS, "dv_screenings_needing_investigation": Form.YEARS},
    ),
    Chapter(
        "mappa",
        "Multi-agency public protection (MAPPA)",
        "Offenders managed at level 2 or 3 where a risk to children was identified, and serious further offences by "
        "any of them.",
        {"mappa_cases_risk_to_children": Form.GROUPS, "mappa_serious_further_offences": Form.YEARS},
    ),
    Chapter(
        "more-on-referrals",
        "More on referrals",
        "Where referrals come from, how often the same child is referred again within twelve months, and what came of "
        "them.",
        {
            "referrals_rate": Form.YEARS,
            "referrals_source": Form.SHARES,
            "re_referrals": Form.YEARS,
            "referrals_no_further_action": Form.YEARS,
            "referrals_not_in_need": Form.YEARS,
            "contacts": Form.GROUPS,
        },
    ),
    Chapter(
        "assessments",
        "Assessments",
        "How many, how quickly, and what they found. Initial and core assessments gave way to a single assessment; "
        "each is measured by the limit in force on its day.",
        {
            "assessments": Form.GROUPS,
            "assessments_within_45_days": Form.GROUPS,
            "ni_59": Form.YEARS,
            "ni_60": Form.YEARS,
            "assessment_factors": Form.SHARES,
        },
    ),
    Chapter(
        "enquiries-and-conferences",
        "Section 47 enquiries and initial conferences",
        "Enquiries under section 47 Children Act 1989, and how soon the conference followed where there was one.",
        {
            "section_47": Form.YEARS,
            "section_47_rate": Form.YEARS,
            "conferences": Form.YEARS,
            "conferences_rate": Form.YEARS,
            "conferences_within_15_days": Form.GROUPS,
        },
    ),
    Chapter(
        "children-in-need",
        "Children in need",
        "Everyone with an open episode of need, of whom children with a protection plan are a part.",
        {
            "children_in_need_any_point": Form.YEARS,
            "children_in_need_any_point_rate": Form.YEARS,
            "children_in_need_open": Form.GROUPS,
            "children_in_need_open_rate": Form.YEARS,
            "children_in_need_primary_need": Form.SHARES,
            "cin_plans_open": Form.YEARS,
        },
    ),
    Chapter(
        "disability",
        "Disability",
        "Children with a plan, by whether a disability is recorded. An unborn child has no record.",
        {"plans_open_disability": Form.SHARES},
    ),
    Chapter(
        "early-help",
        "Common assessments",
        "Common assessments (CAF) completed by any agency: the step before social care.",
        {"cafs_completed": Form.MONTHS},
    ),
)

HEADLINES: Final = (
    "referrals",
    "re_referrals",
    "section_47",
    "conferences",
    "conferences_within_15_days",
    "plans_started",
    "plans_open",
    "plans_open_rate",
    "ni_65",
    "ni_67",
    "ni_64",
    "plans_looked_after",
    "conference_parents_attending",
    "police_protection_children",
    "dv_screenings",
)
"""The measures of the one-page summary, in the order in which the chapters take them."""

SHOWN_ELSEWHERE: Final = frozenset({("referrals", "source"), ("children_in_need_open", "primary_need")})
"""Groups of a measure that a measure of their own shows better, as shares; they stand in the data files only."""

OTHER: Final = "other-measures"
"""The chapter of measures that no chapter names, so that a new measure cannot be lost before it finds its place."""


def chapters_for(measures: Iterable[str]) -> tuple[Chapter, ...]:
    """The chapters with any of these measures left in them, and a last one for measures that no chapter names."""
    wanted = list(measures)
    kept = tuple(
        Chapter(
            chapter.id,
            chapter.title,
            chapter.introduction,
            {measure: form for measure, form in chapter.measures.items() if measure in wanted},
        )
        for chapter in CHAPTERS
    )
    placed = {measure for chapter in CHAPTERS for measure in chapter.measures}
    rest = {measure: Form.YEARS for measure in wanted if measure not in placed}
    other = (Chapter(OTHER, "Other measures", "Measures that have no chapter of their own yet.", rest),) if rest else ()
    return tuple(chapter for chapter in kept if chapter.measures) + other
