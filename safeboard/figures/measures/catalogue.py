"""Every measure by its id, in the order in which a child meets them."""

from collections.abc import Mapping
from typing import Final

from safeboard.figures.measures import (
    assessments,
    children_in_need,
    cohorts,
    conferences,
    enquiries,
    funnel,
    other_programmes,
    plan_durations,
    plan_outcomes,
    plan_profile,
    plan_reviews,
    plans,
    referrals,
)
from safeboard.figures.measures.definition import Measure

MEASURES: Final[Mapping[str, Measure]] = {
    measure.id: measure
    for measures in (
        referrals.MEASURES,
        funnel.MEASURES,
        cohorts.MEASURES,
        assessments.MEASURES,
        enquiries.MEASURES,
        children_in_need.MEASURES,
        plans.MEASURES,
        plan_reviews.MEASURES,
        plan_durations.MEASURES,
        plan_outcomes.MEASURES,
        plan_profile.MEASURES,
        conferences.MEASURES,
        other_programmes.MEASURES,
    )
    for measure in measures
}
