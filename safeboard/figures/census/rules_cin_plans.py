"""Rules about child in need plans, alone and beside child protection plans."""

from typing import Final

from safeboard.figures.census.rule import Level, Rule, Severity

RULES: Final = (
    Rule(
        code="4000",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="CINPlanDates",
        fields=("CINPlanStartDate", "CINdetails.ReferralNFA"),
        title="No further action, yet a child in need plan",
        question="The referral ended in no further action, but its episode holds a child in need plan.",
        usual_cause="The flag was set at the contact and not changed when the case was taken on.",
        remedy="Correct the flag, or move the plan to the episode that it belongs to.",
        query="SELECT CINPlanDates.n FROM CINPlanDates JOIN CINdetails USING (episode) WHERE ReferralNFA",
    ),
    Rule(
        code="4001",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="CINPlanDates",
        fields=("CINPlanStartDate", "CINPlanEndDate", "ChildProtectionPlans.CPPendDate"),
        title="Open child in need plan beside an open protection plan",
        question="The episode has an open child in need plan and an open child protection plan. A child has one or "
        "the other.",
        usual_cause="The child in need plan was not ended when the protection plan began.",
        remedy="End the plan that is no longer in force.",
        query="""
            SELECT CINPlanDates.n, list(plan.n ORDER BY plan.n) AS ChildProtectionPlans
            FROM CINPlanDates JOIN ChildProtectionPlans plan USING (episode)
            WHERE CINPlanDates.still_open AND CINPlanStartDate_text IS NOT NULL AND plan.still_open
            GROUP BY CINPlanDates.n
        """,
    ),
    Rule(
        code="4003",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Reviews",
        fields=(
            "CPPreviewDate",
            "ChildProtectionPlans.CPPendDate",
            "CINPlanDates.CINPlanStartDate",
            "CINPlanDates.CINPlanEndDate",
        ),
        title="Review of a protection plan during a child in need plan",
        question="The review of the protection plan was held while a child in need plan was in force.",
        usual_cause="The child in need plan was recorded as starting before the protection plan ended.",
        remedy="Correct the dates of the child in need plan; it may start on the day the protection plan ends.",
        query="""
            SELECT review.n, list(cin_plan.n ORDER BY cin_plan.n) AS CINPlanDates
            FROM Reviews review JOIN CINPlanDates cin_plan USING (episode)
            JOIN ChildProtectionPlans plan ON plan.n = review.plan
            WHERE CPPreviewDate >= CINPlanStartDate
              AND (CPPreviewDate < CINPlanEndDate OR cin_plan.still_open)
              AND CPPreviewDate IS DISTINCT FROM CPPendDate
            GROUP BY review.n
        """,
        reading="Every review is tested, within its episode as the department words it; open plans of both kinds "
        "count. The peer tests each plan's first review, over the whole child and closed plans only. The second "
        "implementation lets a review on the child in need plan's first day pass.",
    ),
    Rule(
        code="4004",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="CINPlanDates",
        fields=("CINPlanStartDate", "CINPlanEndDate"),
        title="More than one open child in need plan",
        question="The episode has more than one child in need plan without an end.",
        usual_cause="A plan was not ended when the next began.",
        remedy="End the plan that is no longer in force.",
        query="""
            SELECT n, list_filter(rows, lambda other: other <> n) AS beside
            FROM CINPlanDates JOIN (
                SELECT episode, list(n ORDER BY n) AS rows FROM CINPlanDates
                GROUP BY episode HAVING count(*) FILTER (still_open) > 1
            ) USING (episode)
        """,
        reading="All the episode's child in need plans are shown.",
    ),
    Rule(
        code="4008",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="CINPlanDates",
        fields=("CINPlanStartDate", "ChildIdentifiers.PersonDeathDate"),
        title="Child in need plan began after death",
        question="The child in need plan starts after the child's death.",
        usual_cause="One of the two dates was mistyped.",
        remedy="Correct the date that is wrong.",
        query="""
            SELECT CINPlanDates.n FROM CINPlanDates JOIN ChildIdentifiers USING (child)
            WHERE CINPlanStartDate > PersonDeathDate
        """,
    ),
    Rule(
        code="4009Q",
        severity=Severity.QUERY,
        level=Level.CHILD,
        table="CINPlanDates",
        fields=("CINPlanEndDate", "ChildIdentifiers.PersonDeathDate"),
        title="Child in need plan went on after death",
        question="The child in need plan does not end on or before the day of the child's death.",
        usual_cause="The plan was ended late, or not at all.",
        remedy="End the plan on the day of the death, or say why it went on.",
        query="""
            SELECT CINPlanDates.n FROM CINPlanDates JOIN ChildIdentifiers USING (child)
            WHERE CINPlanEndDate > PersonDeathDate OR (still_open AND PersonDeathDate <= reference_date())
        """,
        reading="A plan left open counts as going on, as in the second implementation; the peer does not test it. A "
        "death after the reference date leaves an open plan as it is.",
    ),
    Rule(
        code="4010",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="CINPlanDates",
        fields=("CINPlanStartDate",),
        title="Child in need plan without a start, or starting after the reference date",
        question="Every child in need plan has a start date, and it is not later than the reference date.",
        usual_cause="The start was not recorded, or the plan began after the census year.",
        remedy="Record the start; leave out a plan that began after the reference date.",
        query="""
            SELECT n FROM CINPlanDates WHERE CINPlanStartDate_text IS NULL OR CINPlanStartDate > reference_date()
        """,
        settles=("CINPlanStartDate",),
    ),
    Rule(
        code="4011",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="CINPlanDates",
        fields=("CINPlanEndDate", "CINPlanStartDate"),
        title="Child in need plan ended before it began",
        question="The child in need plan ends before the day it starts.",
        usual_cause="One of the two dates was mistyped.",
        remedy="Correct the date that is wrong.",
        query="SELECT n FROM CINPlanDates WHERE CINPlanEndDate < CINPlanStartDate",
    ),
    Rule(
        code="4012Q",
        severity=Severity.QUERY,
        level=Level.EPISODE,
        table="CINPlanDates",
        fields=("CINPlanStartDate", "CINPlanEndDate"),
        title="Child in need plan of one day",
        question="The child in need plan starts and ends on one day. Was it really in force?",
        usual_cause="A plan was opened by mistake and closed at once.",
        remedy="Take the plan out, correct the dates, or say why it lasted one day.",
        query="SELECT n FROM CINPlanDates WHERE CINPlanEndDate = CINPlanStartDate",
    ),
    Rule(
        code="4013",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="CINPlanDates",
        fields=("CINPlanEndDate",),
        title="Child in need plan ended outside the census year",
        question="The end of the child in need plan lies outside the census year.",
        usual_cause="The plan ended in another year, or the year was mistyped.",
        remedy="Correct the date; leave out a plan that ended before the year; leave open one that ended after it.",
        query="SELECT n FROM CINPlanDates WHERE NOT in_year(CINPlanEndDate)",
    ),
    Rule(
        code="4014",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="CINPlanDates",
        fields=("CINPlanStartDate", "CINPlanEndDate"),
        title="Child in need plans overlap",
        question="The child in need plan starts while another of the child is in force.",
        usual_cause="A plan was ended late, or a change to it was recorded as a new plan.",
        remedy="Correct the dates; the next plan starts on the day after the last one ends.",
        query="""
            SELECT later.n, list(earlier.n ORDER BY earlier.n) AS beside
            FROM CINPlanDates later JOIN CINPlanDates earlier ON later.child = earlier.child AND later.n <> earlier.n
            WHERE later.CINPlanStartDate BETWEEN earlier.CINPlanStartDate AND earlier.last_day
            GROUP BY later.n
        """,
        reading="Compared over all the episodes of the child, and a plan may not start on the day another ends. The "
        "second implementation compares within an episode and lets the days touch.",
    ),
    Rule(
        code="4015",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="CINPlanDates",
        fields=("CINPlanStartDate", "CINdetails.CINreferralDate"),
        title="Child in need plan began before the referral",
        question="The child in need plan starts before the referral of its episode.",
        usual_cause="The plan belongs to an earlier episode, or a date was mistyped.",
        remedy="Correct the date, or move the plan to the episode that it belongs to.",
        query="""
            SELECT CINPlanDates.n FROM CINPlanDates JOIN CINdetails USING (episode)
            WHERE CINPlanStartDate < CINreferralDate
        """,
    ),
    Rule(
        code="4016",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="CINPlanDates",
        fields=("CINPlanStartDate", "ChildProtectionPlans.CPPstartDate", "ChildProtectionPlans.CPPendDate"),
        title="Child in need plan began during a protection plan",
        question="The child in need plan starts while a child protection plan of the child is in force.",
        usual_cause="The child in need plan was recorded before the protection plan was ended.",
        remedy="Correct the dates; it may start on the day the protection plan ends.",
        query="""
            SELECT cin_plan.n, list(plan.n ORDER BY plan.n) AS ChildProtectionPlans
            FROM CINPlanDates cin_plan JOIN ChildProtectionPlans plan USING (child)
            WHERE CINPlanStartDate >= CPPstartDate AND CINPlanStartDate <= plan.last_day
              AND CINPlanStartDate IS DISTINCT FROM CPPendDate
            GROUP BY cin_plan.n
        """,
        reading="Compared over all the episodes of the child; the second implementation stays within one.",
    ),
    Rule(
        code="4017",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="CINPlanDates",
        fields=("CINPlanStartDate", "CINPlanEndDate", "ChildProtectionPlans.CPPstartDate"),
        title="Protection plan began during a child in need plan",
        question="A child protection plan starts while this child in need plan is in force.",
        usual_cause="The child in need plan was not ended when the protection plan began.",
        remedy="End the child in need plan on the day the protection plan starts.",
        query="""
            SELECT cin_plan.n, list(plan.n ORDER BY plan.n) AS ChildProtectionPlans
            FROM CINPlanDates cin_plan JOIN ChildProtectionPlans plan USING (child)
            WHERE CPPstartDate >= CINPlanStartDate AND CPPstartDate <= cin_plan.last_day
              AND CPPstartDate IS DISTINCT FROM CINPlanEndDate
            GROUP BY cin_plan.n
        """,
        reading="Compared over all the episodes of the child; the second implementation stays within one.",
    ),
)
