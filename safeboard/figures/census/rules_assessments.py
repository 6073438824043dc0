"""Rules about assessments and the factors found in them."""

from typing import Final

from safeboard.figures.census.rule import Level, Rule, Severity

NEW_ABUSE_FACTORS_ASKED: Final = 2025
"""18A and 19A gave way to finer factors in 2020-21; since 2024-25 their use is queried."""


def _replaced(code: str, old: str, new: str) -> Rule:
    return Rule(
        code=code,
        severity=Severity.QUERY,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentFactors",),
        title=f"Factor {old} is no longer used",
        question=f"The assessment has the factor {old}, which gave way to {new}.",
        usual_cause="The case system still offers the old factor.",
        remedy=f"Choose {new} in its place.",
        query=f"SELECT DISTINCT assessment AS n FROM AssessmentFactors WHERE AssessmentFactors = '{old}'",
        first_year=NEW_ABUSE_FACTORS_ASKED,
        settles=("AssessmentFactors",),
    )


RULES: Final = (
    Rule(
        code="1103",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentActualStartDate", "CINdetails.CINreferralDate"),
        title="Assessment began before the referral",
        question="The assessment starts before the referral of its episode.",
        usual_cause="The assessment belongs to an earlier episode, or a date was mistyped.",
        remedy="Correct the date, or move the assessment to the episode that it belongs to.",
        query="""
            SELECT Assessments.n FROM Assessments JOIN CINdetails USING (episode)
            WHERE AssessmentActualStartDate < CINreferralDate
        """,
    ),
    Rule(
        code="8608",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentAuthorisationDate", "AssessmentActualStartDate"),
        title="Assessment authorised before it began",
        question="The assessment was authorised before the day it started.",
        usual_cause="One of the two dates was mistyped.",
        remedy="Correct the date that is wrong.",
        query="SELECT n FROM Assessments WHERE AssessmentAuthorisationDate < AssessmentActualStartDate",
    ),
    Rule(
        code="8614",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentAuthorisationDate", "AssessmentFactors"),
        title="Factors on an assessment that is not finished",
        question="The assessment has factors but no authorisation date. Factors are recorded at its end.",
        usual_cause="The authorisation was not recorded, or the factors were recorded early.",
        remedy="Record the authorisation date, or leave the factors out until the assessment is authorised.",
        query="SELECT n FROM Assessments SEMI JOIN AssessmentFactors USING (assessment) WHERE still_open",
    ),
    Rule(
        code="8670Q",
        severity=Severity.QUERY,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
        title="Assessment open longer than allowed",
        question="The assessment is not authorised although it began more than 45 working days before the reference "
        "date. Is it still going on?",
        usual_cause="The authorisation was not recorded, or the assessment was abandoned.",
        remedy="Record the authorisation date, or say why the assessment takes longer.",
        query="SELECT n FROM Assessments WHERE still_open AND AssessmentActualStartDate < first_timely_assessment()",
        reading="The 45th working day back is itself allowed. The peer's limit is one working day later; the second "
        "implementation counts 63 calendar days.",
    ),
    Rule(
        code="8696",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentAuthorisationDate",),
        title="Assessment authorised outside the census year",
        question="The authorisation date lies outside the census year.",
        usual_cause="The assessment ended in another year, or the year was mistyped.",
        remedy="Correct the date; leave out an assessment authorised in another year.",
        query="SELECT n FROM Assessments WHERE NOT in_year(AssessmentAuthorisationDate)",
    ),
    Rule(
        code="8736",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
        title="Open assessment that did not begin in the census year",
        question="The assessment is not authorised, so its start date must be given and lie in the census year.",
        usual_cause="An assessment of an earlier year was never finished in the system.",
        remedy="Record the authorisation date, or correct the start date.",
        query="""
            SELECT n FROM Assessments
            WHERE still_open AND (AssessmentActualStartDate_text IS NULL OR NOT in_year(AssessmentActualStartDate))
        """,
        settles=("AssessmentActualStartDate",),
    ),
    Rule(
        code="8863Q",
        severity=Severity.QUERY,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
        title="Assessments overlap",
        question="The assessment starts while another of the same episode is going on.",
        usual_cause="The first was not authorised when the next began, or one was entered twice.",
        remedy="Correct the dates, or say why two ran at a time.",
        query="""
            SELECT later.n, list(earlier.n ORDER BY earlier.n) AS beside
            FROM Assessments later JOIN Assessments earlier
              ON later.episode = earlier.episode AND later.n <> earlier.n
            WHERE later.AssessmentActualStartDate BETWEEN earlier.AssessmentActualStartDate AND earlier.last_day
              AND (later.AssessmentActualStartDate, later.AssessmentAuthorisationDate_text)
                  IS DISTINCT FROM (earlier.AssessmentActualStartDate, earlier.AssessmentAuthorisationDate_text)
            GROUP BY later.n
        """,
        reading="Two records with the same start and authorisation are not compared here; S18 names them.",
    ),
    Rule(
        code="8867",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="CINdetails",
        fields=("CINclosureDate", "Assessments.AssessmentActualStartDate", "Assessments.AssessmentAuthorisationDate"),
        title="Closed with an open assessment",
        question="The episode is closed, but an assessment in it is not authorised.",
        usual_cause="The authorisation was not recorded before the episode was closed.",
        remedy="Record the authorisation date, or take the closure date out.",
        query="""
            SELECT CINdetails.n, list(assessment.n ORDER BY assessment.n) AS Assessments
            FROM CINdetails JOIN Assessments assessment USING (episode)
            WHERE CINclosureDate_text IS NOT NULL AND assessment.still_open
            GROUP BY CINdetails.n
        """,
    ),
    Rule(
        code="8869",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentFactors",),
        title="No factors found, and a factor",
        question="Factor 21 says that no factor was found, but the assessment has others as well.",
        usual_cause="21 was left standing when a factor was added.",
        remedy="Take 21 out, or the other factors.",
        query="""
            SELECT assessment AS n FROM AssessmentFactors GROUP BY assessment
            HAVING bool_or(AssessmentFactors = '21') AND bool_or(AssessmentFactors <> '21')
        """,
        reading="21 twice and nothing else is left to rule 8898.",
    ),
    Rule(
        code="8873Q",
        severity=Severity.QUERY,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentFactors", "CINdetails.ReasonForClosure", "CINdetails.CINclosureDate"),
        title="No factors found, yet not closed after assessment",
        question="The episode's only assessment found no factors (21), so RC8 or RC9 was to be expected as the reason "
        "for its closure.",
        usual_cause="The reason was chosen by habit, or the factors were not recorded.",
        remedy="Correct the reason or the factors, or say why they are right.",
        query="""
            SELECT assessment AS n FROM CINdetails JOIN (
                SELECT episode, min(n) AS assessment FROM Assessments GROUP BY episode HAVING count(*) = 1
            ) USING (episode)
            SEMI JOIN (FROM AssessmentFactors WHERE AssessmentFactors = '21') USING (assessment)
            WHERE CINclosureDate_text IS NOT NULL
              AND (ReasonForClosure IS NULL OR ReasonForClosure NOT IN ('RC8', 'RC9'))
        """,
        reading="Open episodes are not queried, as in the second implementation; the peer queries them.",
    ),
    Rule(
        code="8896",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
        title="More than one open assessment",
        question="The episode has more than one assessment that is not authorised.",
        usual_cause="An earlier assessment was not authorised when the next began.",
        remedy="Record the authorisation of those that have ended.",
        query="""
            SELECT n, list_filter(rows, lambda other: other <> n) AS beside
            FROM Assessments JOIN (
                SELECT episode, list(n ORDER BY n) AS rows FROM Assessments
                GROUP BY episode HAVING count(*) FILTER (still_open) > 1
            ) USING (episode)
        """,
        reading="All the episode's assessments are shown.",
    ),
    Rule(
        code="8897Q",
        severity=Severity.QUERY,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentFactors", "AssessmentAuthorisationDate"),
        title="Factors missing or not among the codes",
        question="An authorised assessment has at least one factor, and only factors of the department's list.",
        usual_cause="The factors were not recorded, or a local code was not turned into the department's.",
        remedy="Record the factors; 21 where none was found.",
        query="""
            SELECT n FROM Assessments LEFT JOIN (
                SELECT assessment, bool_and(in_code_list('AssessmentFactors', AssessmentFactors)) AS known
                FROM AssessmentFactors GROUP BY assessment
            ) factors USING (assessment)
            WHERE AssessmentAuthorisationDate >= first_day() AND known IS DISTINCT FROM true
        """,
        settles=("AssessmentFactors",),
    ),
    Rule(
        code="8898",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Assessments",
        fields=("AssessmentFactors",),
        title="One factor twice",
        question="The assessment has the same factor more than once.",
        usual_cause="The file takes the factors from two places.",
        remedy="Write each factor once.",
        query="""
            SELECT assessment AS n FROM AssessmentFactors WHERE AssessmentFactors IS NOT NULL
            GROUP BY assessment HAVING count(*) > count(DISTINCT AssessmentFactors)
        """,
    ),
    _replaced("8945Q", "18A", "18B or 18C"),
    _replaced("8950Q", "19A", "19B or 19C"),
)
