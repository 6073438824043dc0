"""Rules about what an episode holds and does not hold, and about the episodes of one child beside each other."""

from typing import Final

from safeboard.figures.census.rule import Level, Rule, Severity

_CLOSED_AFTER_ASSESSMENT: Final = "ReasonForClosure IN ('RC8', 'RC9')"

RULES: Final = (
    Rule(
        code="2990",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="CINdetails",
        fields=(
            "ReasonForClosure",
            "DateOfInitialCPC",
            "Section47.S47ActualStartDate",
            "ChildProtectionPlans.CPPstartDate",
            "CINPlanDates.CINPlanStartDate",
        ),
        title="Closed after assessment, yet more was done",
        question="The episode was closed after assessment (RC8, RC9) but holds a Section 47 enquiry, a plan or a "
        "conference. Then something more was done than the assessment.",
        usual_cause="The reason for closure was chosen by habit; RC7 or another fits.",
        remedy="Correct the reason for closure, or take out what does not belong to this episode.",
        query=f"""
            SELECT n, enquiries AS Section47, plans AS ChildProtectionPlans, cin_plans AS CINPlanDates
            FROM CINdetails
            LEFT JOIN (SELECT episode, list(n ORDER BY n) AS enquiries FROM Section47 GROUP BY episode) USING (episode)
            LEFT JOIN (SELECT episode, list(n ORDER BY n) AS plans FROM ChildProtectionPlans GROUP BY episode)
                USING (episode)
            LEFT JOIN (SELECT episode, list(n ORDER BY n) AS cin_plans FROM CINPlanDates GROUP BY episode)
                USING (episode)
            WHERE {_CLOSED_AFTER_ASSESSMENT}
              AND (enquiries IS NOT NULL OR plans IS NOT NULL OR cin_plans IS NOT NULL
                   OR DateOfInitialCPC_text IS NOT NULL)
        """,
    ),
    Rule(
        code="2991Q",
        severity=Severity.QUERY,
        level=Level.EPISODE,
        table="CINdetails",
        fields=("CINreferralDate", "Section47.S47ActualStartDate"),
        title="Section 47 enquiry without an assessment",
        question="The episode holds a Section 47 enquiry but no assessment. Was there none?",
        usual_cause="The assessment was recorded under another episode, or not at all.",
        remedy="Record the assessment, or say why there was none.",
        query="""
            SELECT CINdetails.n, list(Section47.n ORDER BY Section47.n) AS Section47
            FROM CINdetails JOIN Section47 USING (episode) ANTI JOIN Assessments USING (episode)
            GROUP BY CINdetails.n
        """,
    ),
    Rule(
        code="8565",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="CINdetails",
        fields=(
            "CINclosureDate",
            "DateOfInitialCPC",
            "Assessments.AssessmentActualStartDate",
            "Assessments.AssessmentAuthorisationDate",
            "Section47.S47ActualStartDate",
            "Section47.DateOfInitialCPC",
            "ChildProtectionPlans.CPPendDate",
            "CINPlanDates.CINPlanStartDate",
            "CINPlanDates.CINPlanEndDate",
        ),
        title="Something happened after the episode closed",
        question="An assessment, enquiry, conference or plan of this episode has a date after the episode closed.",
        usual_cause="The episode was closed too early, or the work belongs to a later episode.",
        remedy="Correct the closure date, or move the work to the episode that it belongs to.",
        query="""
            WITH late AS (
                SELECT episode, assessment.n AS assessment, NULL AS enquiry, NULL AS plan, NULL AS cin_plan
                FROM Assessments assessment JOIN CINdetails USING (episode)
                WHERE AssessmentActualStartDate > CINclosureDate OR AssessmentAuthorisationDate > CINclosureDate
                UNION ALL
                SELECT episode, NULL, enquiry.n, NULL, NULL
                FROM Section47 enquiry JOIN CINdetails USING (episode)
                WHERE S47ActualStartDate > CINclosureDate OR enquiry.DateOfInitialCPC > CINclosureDate
                UNION ALL
                SELECT episode, NULL, NULL, plan.n, NULL
                FROM ChildProtectionPlans plan JOIN CINdetails USING (episode) WHERE CPPendDate > CINclosureDate
                UNION ALL
                SELECT episode, NULL, NULL, NULL, cin_plan.n
                FROM CINPlanDates cin_plan JOIN CINdetails USING (episode)
                WHERE CINPlanStartDate > CINclosureDate OR CINPlanEndDate > CINclosureDate
                UNION ALL
                SELECT episode, NULL, NULL, NULL, NULL FROM CINdetails WHERE DateOfInitialCPC > CINclosureDate
            )
            SELECT episode AS n,
                   list(assessment ORDER BY assessment) FILTER (assessment IS NOT NULL) AS Assessments,
                   list(enquiry ORDER BY enquiry) FILTER (enquiry IS NOT NULL) AS Section47,
                   list(plan ORDER BY plan) FILTER (plan IS NOT NULL) AS ChildProtectionPlans,
                   list(cin_plan ORDER BY cin_plan) FILTER (cin_plan IS NOT NULL) AS CINPlanDates
            FROM late GROUP BY episode
        """,
        reading="One finding an episode, every late date beside it.",
    ),
    Rule(
        code="8815",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="CINdetails",
        fields=("CINreferralDate", "CINclosureDate", "ReferralNFA"),
        title="More than one open episode",
        question="The child has more than one open episode on which action is taken; there can be only one.",
        usual_cause="An earlier episode was not closed when the next referral was accepted.",
        remedy="Close the episode that has ended.",
        query="""
            SELECT n, list_filter(rows, lambda other: other <> n) AS beside
            FROM CINdetails JOIN (
                SELECT child, list(n ORDER BY n) AS rows FROM CINdetails
                WHERE still_open GROUP BY child HAVING count(*) FILTER (NOT ReferralNFA) > 1
            ) USING (child)
            WHERE still_open
        """,
        reading="All the child's open episodes are shown, those without further action too.",
    ),
    Rule(
        code="8816",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="CINdetails",
        fields=("CINreferralDate", "CINclosureDate", "ReferralNFA"),
        title="Open episode is not the child's latest",
        question="The episode is open and acted on, but the child was referred again later.",
        usual_cause="The episode was not closed when the next referral came.",
        remedy="Close the earlier episode, or correct the referral dates.",
        query="""
            SELECT n, latest AS beside
            FROM CINdetails JOIN (
                SELECT child, max(CINreferralDate) AS latest_date, arg_max(n, CINreferralDate) AS latest
                FROM CINdetails GROUP BY child
            ) USING (child)
            WHERE still_open AND NOT ReferralNFA AND CINreferralDate < latest_date
        """,
    ),
    Rule(
        code="8820",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="CINdetails",
        fields=("CINreferralDate", "CINclosureDate", "ReferralNFA"),
        title="Episodes overlap",
        question="The referral falls within another episode of the child.",
        usual_cause="A new contact during an open episode was recorded as a referral, or the episode closed late.",
        remedy="Join the two, or correct the dates; a referral on the day the other closes is allowed.",
        query="""
            SELECT later.n, list(earlier.n ORDER BY earlier.n) AS beside
            FROM CINdetails later JOIN CINdetails earlier ON later.child = earlier.child AND later.n <> earlier.n
            WHERE later.CINreferralDate >= earlier.CINreferralDate
              AND CASE WHEN earlier.still_open
                       THEN NOT earlier.ReferralNFA AND later.CINreferralDate < reference_date()
                       ELSE later.CINreferralDate < earlier.CINclosureDate END
            GROUP BY later.n
        """,
        reading="A referral on the reference date beside an open episode is left to rule 8816.",
    ),
    Rule(
        code="8825Q",
        severity=Severity.QUERY,
        level=Level.EPISODE,
        table="CINdetails",
        fields=("ReasonForClosure",),
        title="Closed after assessment, yet no assessment",
        question="The episode was closed after assessment (RC8, RC9) but holds no assessment.",
        usual_cause="The assessment was not recorded, or the referral ended without one.",
        remedy="Record the assessment, or correct the reason for closure.",
        query=f"SELECT n FROM CINdetails ANTI JOIN Assessments USING (episode) WHERE {_CLOSED_AFTER_ASSESSMENT}",
    ),
    Rule(
        code="8831",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="CINdetails",
        fields=(
            "ReferralNFA",
            "DateOfInitialCPC",
            "Assessments.AssessmentActualStartDate",
            "Assessments.AssessmentAuthorisationDate",
            "Section47.S47ActualStartDate",
        ),
        title="No further action, yet something was done",
        question="The referral ended in no further action, but the episode holds an assessment, a Section 47 enquiry "
        "or a conference.",
        usual_cause="The flag was set at the contact and not changed when the case was taken on.",
        remedy="Correct the flag, or move the work to the episode that it belongs to.",
        query="""
            SELECT n, assessments AS Assessments, enquiries AS Section47
            FROM CINdetails
            LEFT JOIN (
                SELECT episode, list(n ORDER BY n) AS assessments FROM Assessments
                WHERE AssessmentActualStartDate_text IS NOT NULL OR AssessmentAuthorisationDate_text IS NOT NULL
                GROUP BY episode
            ) USING (episode)
            LEFT JOIN (
                SELECT episode, list(n ORDER BY n) AS enquiries FROM Section47
                WHERE S47ActualStartDate_text IS NOT NULL GROUP BY episode
            ) USING (episode)
            WHERE ReferralNFA
              AND (assessments IS NOT NULL OR enquiries IS NOT NULL OR DateOfInitialCPC_text IS NOT NULL)
        """,
    ),
)
