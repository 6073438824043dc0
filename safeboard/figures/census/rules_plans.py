"""Rules about child protection plans and their reviews."""

from typing import Final

from safeboard.figures.census.rule import Level, Rule, Severity


def _category(code: str, field: str, which: str) -> Rule:
    return Rule(
        code=code,
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="ChildProtectionPlans",
        fields=(field,),
        title=f"{which.capitalize()} category of abuse missing or not one of the codes",
        question=f"The {which} category of abuse of every child protection plan must be NEG, PHY, SAB, EMO or MUL.",
        usual_cause="The category was not recorded, or a local code was not turned into the department's.",
        remedy="Record the category that the conference decided on.",
        query=f"SELECT n FROM ChildProtectionPlans WHERE {field} IS NULL OR NOT in_code_list('{field}', {field})",
        settles=(field,),
    )


RULES: Final = (
    Rule(
        code="1105",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="ChildProtectionPlans",
        fields=("CPPstartDate", "CINdetails.CINreferralDate"),
        title="Plan began before the referral",
        question="The child protection plan starts before the referral of its episode.",
        usual_cause="The plan belongs to an earlier episode, or a date was mistyped.",
        remedy="Correct the date, or move the plan to the episode that it belongs to.",
        query="""
            SELECT ChildProtectionPlans.n FROM ChildProtectionPlans JOIN CINdetails USING (episode)
            WHERE CPPstartDate < CINreferralDate
        """,
    ),
    Rule(
        code="2885",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="ChildProtectionPlans",
        fields=(
            "CPPstartDate",
            "CINdetails.DateOfInitialCPC",
            "Section47.DateOfInitialCPC",
            "Section47.ICPCnotRequired",
        ),
        title="Plan did not begin on the day of a conference",
        question="A child protection plan that started in the year starts on the day of the initial conference that "
        "decided on it.",
        usual_cause="The plan was dated on the day it was typed in, or the conference was not recorded.",
        remedy="Correct the start of the plan, or record the conference.",
        query="""
            WITH counted AS (
                FROM Section47 WHERE ICPCnotRequired IS DISTINCT FROM true
            ), enquiries AS (
                SELECT episode, list(n ORDER BY n) AS rows, list(DateOfInitialCPC) AS held,
                       bool_or(DateOfInitialCPC IS NULL AND DateOfInitialCPC_text IS NOT NULL) AS unclear
                FROM counted GROUP BY episode
            )
            SELECT plan.n, rows AS Section47
            FROM ChildProtectionPlans plan JOIN CINdetails USING (episode) LEFT JOIN enquiries USING (episode)
            WHERE in_year(CPPstartDate)
              AND CASE WHEN rows IS NULL
                       THEN DateOfInitialCPC_text IS NULL OR DateOfInitialCPC <> CPPstartDate
                       ELSE NOT unclear AND NOT list_contains(held, CPPstartDate) END
        """,
        reading="Enquiries marked as needing no conference are left out, in whatever form the flag is written; the "
        "episode's own date counts only where no other enquiry is there. The second implementation takes any matching "
        "conference of the episode.",
    ),
    Rule(
        code="8720",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="ChildProtectionPlans",
        fields=("CPPstartDate",),
        title="Plan without a start, or starting after the reference date",
        question="Every child protection plan has a start date, and it is not later than the reference date.",
        usual_cause="The start was not recorded, or the plan began after the census year.",
        remedy="Record the start; leave out a plan that began after the reference date.",
        query="""
            SELECT n FROM ChildProtectionPlans WHERE CPPstartDate_text IS NULL OR CPPstartDate > reference_date()
        """,
        settles=("CPPstartDate",),
    ),
    Rule(
        code="8730",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="ChildProtectionPlans",
        fields=("NumberOfPreviousCPP",),
        title="Number of earlier plans missing or not a whole number",
        question="Every child protection plan states how many plans the child had before it: zero or more.",
        usual_cause="The field is left empty where there was none.",
        remedy="Write the number of earlier plans with this council; 0 where there was none.",
        query="SELECT n FROM ChildProtectionPlans WHERE NumberOfPreviousCPP IS NULL",
        settles=("NumberOfPreviousCPP",),
    ),
    Rule(
        code="8832",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="ChildProtectionPlans",
        fields=("CPPstartDate", "CINdetails.ReferralNFA"),
        title="No further action, yet a child protection plan",
        question="The referral ended in no further action, but its episode holds a child protection plan.",
        usual_cause="The flag was set at the contact and not changed when the case was taken on.",
        remedy="Correct the flag, or move the plan to the episode that it belongs to.",
        query="""
            SELECT ChildProtectionPlans.n FROM ChildProtectionPlans JOIN CINdetails USING (episode) WHERE ReferralNFA
        """,
    ),
    Rule(
        code="8840",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="ChildProtectionPlans",
        fields=("CPPstartDate", "CPPendDate"),
        title="Plan of one day",
        question="The child protection plan starts and ends on one day.",
        usual_cause="A plan was opened by mistake and closed at once.",
        remedy="Take the plan out, or correct the dates.",
        query="SELECT n FROM ChildProtectionPlans WHERE CPPendDate = CPPstartDate",
    ),
    Rule(
        code="8841",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Reviews",
        fields=("CPPreviewDate", "ChildProtectionPlans.CPPstartDate"),
        title="Review not after the plan's first day",
        question="The review lies on or before the day the plan started.",
        usual_cause="The initial conference was recorded as a review.",
        remedy="Take it out of the reviews, or correct the date.",
        query="""
            SELECT review.n FROM Reviews review JOIN ChildProtectionPlans plan ON plan.n = review.plan
            WHERE CPPreviewDate <= CPPstartDate
        """,
        reading="Every review of the plan is tested; the peer tests the first of each group.",
    ),
    Rule(
        code="8842Q",
        severity=Severity.QUERY,
        level=Level.EPISODE,
        table="Reviews",
        fields=("CPPreviewDate", "ChildProtectionPlans.CPPstartDate"),
        title="Group of reviews without a date",
        question="There is a group of reviews, but no valid date of a review in it.",
        usual_cause="The software writes the group whether or not there was a review.",
        remedy="Record the date, or leave the group out.",
        query="""
            SELECT min(n) AS n FROM Reviews GROUP BY review_group HAVING count(CPPreviewDate) = 0
        """,
        reading="A group whose only date cannot be read is queried as well, for it holds no valid date.",
        settles=("CPPreviewDate",),
    ),
    _category("8905", "InitialCategoryOfAbuse", "initial"),
    _category("8910", "LatestCategoryOfAbuse", "latest"),
    Rule(
        code="8915",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildProtectionPlans",
        fields=("CPPstartDate", "ChildIdentifiers.PersonDeathDate"),
        title="Plan began after death",
        question="The child protection plan starts after the child's death.",
        usual_cause="One of the two dates was mistyped.",
        remedy="Correct the date that is wrong.",
        query="""
            SELECT ChildProtectionPlans.n FROM ChildProtectionPlans JOIN ChildIdentifiers USING (child)
            WHERE CPPstartDate > PersonDeathDate
        """,
    ),
    Rule(
        code="8920",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildProtectionPlans",
        fields=("CPPendDate", "ChildIdentifiers.PersonDeathDate"),
        title="Plan went on after death",
        question="The child protection plan does not end on or before the day of the child's death.",
        usual_cause="The plan was ended late, or not at all.",
        remedy="End the plan on the day of the death.",
        query="""
            SELECT ChildProtectionPlans.n FROM ChildProtectionPlans JOIN ChildIdentifiers USING (child)
            WHERE CPPendDate > PersonDeathDate OR (still_open AND PersonDeathDate <= reference_date())
        """,
        reading="A plan left open counts as going on, as in the second implementation; the peer does not test it. A "
        "death after the reference date leaves an open plan as it is.",
    ),
    Rule(
        code="8925",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="ChildProtectionPlans",
        fields=("CPPendDate", "CPPstartDate"),
        title="Plan ended before it began",
        question="The child protection plan ends before the day it starts.",
        usual_cause="One of the two dates was mistyped.",
        remedy="Correct the date that is wrong.",
        query="SELECT n FROM ChildProtectionPlans WHERE CPPendDate < CPPstartDate",
    ),
    Rule(
        code="8930",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="ChildProtectionPlans",
        fields=("CPPendDate",),
        title="Plan ended outside the census year",
        question="The end of the child protection plan lies outside the census year.",
        usual_cause="The plan ended in another year, or the year was mistyped.",
        remedy="Correct the date; leave out a plan that ended before the year; leave open one that ended after it.",
        query="SELECT n FROM ChildProtectionPlans WHERE NOT in_year(CPPendDate)",
    ),
    Rule(
        code="8935",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildProtectionPlans",
        fields=("CPPstartDate", "CPPendDate"),
        title="More than one open plan",
        question="The child has more than one child protection plan without an end.",
        usual_cause="A plan was not ended when the child came under another, or it stands in two episodes.",
        remedy="End the plan that is no longer in force.",
        query="""
            SELECT n, list_filter(rows, lambda other: other <> n) AS beside
            FROM ChildProtectionPlans JOIN (
                SELECT child, list(n ORDER BY n) AS rows FROM ChildProtectionPlans
                WHERE still_open GROUP BY child HAVING count(*) > 1
            ) USING (child)
            WHERE still_open
        """,
        reading="Counted over all the episodes of the child; the peer's plan numbers start again in each episode. The "
        "second implementation stays within one.",
    ),
    Rule(
        code="8940",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildProtectionPlans",
        fields=("CPPstartDate", "CPPendDate"),
        title="Plans overlap",
        question="The child protection plan starts while another of the child is in force.",
        usual_cause="A plan was ended late, or a change of category was recorded as a new plan.",
        remedy="Correct the dates; the next plan starts on a day after the last one ends.",
        query="""
            SELECT later.n, list(earlier.n ORDER BY earlier.n) AS beside
            FROM ChildProtectionPlans later JOIN ChildProtectionPlans earlier
              ON later.child = earlier.child AND later.n <> earlier.n
            WHERE later.CPPstartDate BETWEEN earlier.CPPstartDate AND earlier.last_day
            GROUP BY later.n
        """,
        reading="Compared over all the episodes of the child; the peer passes over first plans of two episodes.",
    ),
)
