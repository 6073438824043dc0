"""Rules about the child: birth, death, sex, ethnicity and disability."""

from typing import Final

from safeboard.figures.census.rule import Level, Rule, Severity
from safeboard.figures.census.rules_header import SEX_SINCE

RULES: Final = (
    Rule(
        code="4180",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("GenderCurrent",),
        title="Gender missing or not one of the codes",
        question="The child's gender must be given as 1, 2, 0 or 9.",
        usual_cause="A letter or another list's code was written, or the field is empty in the case system.",
        remedy="Record the gender; write 0 where it is not recorded or the child is unborn.",
        query="SELECT n FROM ChildIdentifiers WHERE GenderCurrent IS NULL OR NOT GenderCurrent IN ('1', '2', '0', '9')",
        last_year=SEX_SINCE - 1,
        settles=("GenderCurrent",),
    ),
    Rule(
        code="4180",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("Sex",),
        title="Sex missing or not one of the codes",
        question="The child's sex must be given as M, F or U.",
        usual_cause="The digits of the old gender code are still written, or the field is empty in the case system.",
        remedy="Record the sex; write U where it is not known or the child is unborn.",
        query="SELECT n FROM ChildIdentifiers WHERE Sex IS NULL OR NOT Sex IN ('M', 'F', 'U')",
        first_year=SEX_SINCE,
        settles=("Sex",),
    ),
    Rule(
        code="4220",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildCharacteristics",
        fields=("Ethnicity",),
        title="Ethnicity missing or not one of the codes",
        question="The child's ethnicity must be given by one of the 20 codes.",
        usual_cause="The field is empty, or a local code was not turned into the department's.",
        remedy="Record the ethnicity; write NOBT where it has not yet been asked and REFU where it was refused.",
        query="""
            SELECT n FROM ChildCharacteristics
            WHERE Ethnicity IS NULL OR NOT in_code_list('Ethnicity', Ethnicity)
        """,
        settles=("Ethnicity",),
    ),
    Rule(
        code="8520",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("PersonBirthDate",),
        title="Born after the reference date",
        question="The birth date lies after the reference date.",
        usual_cause="A wrong year was typed, or a child expected was recorded as born.",
        remedy="Correct the birth date; a child not yet born at the reference date has an expected birth date.",
        query="SELECT n FROM ChildIdentifiers WHERE PersonBirthDate > reference_date()",
    ),
    Rule(
        code="8525Q",
        severity=Severity.QUERY,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("PersonBirthDate", "ExpectedPersonBirthDate"),
        title="Not exactly one of birth date and expected birth date",
        question="A child has either a birth date or, unborn, an expected birth date: one of the two and not both.",
        usual_cause="The expected date was left standing after the birth, or neither was recorded.",
        remedy="Take the expected date out once the child is born; give one of the two.",
        query="""
            SELECT n FROM ChildIdentifiers
            WHERE (PersonBirthDate_text IS NULL) = (ExpectedPersonBirthDate_text IS NULL)
        """,
    ),
    Rule(
        code="8530Q",
        severity=Severity.QUERY,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("ExpectedPersonBirthDate",),
        title="Expected birth date is out of range",
        question="The expected birth date should lie between 30 days before the reference date and nine months after.",
        usual_cause="A birth was not recorded, or a wrong year was typed.",
        remedy="Record the birth, correct the expected date, or say why it is right.",
        query="""
            SELECT n FROM ChildIdentifiers
            WHERE NOT ExpectedPersonBirthDate BETWEEN reference_date() - INTERVAL 30 DAY
                                                  AND reference_date() + INTERVAL 9 MONTH
        """,
        reading="Both boundary days are allowed, as in the second implementation; the peer queries them.",
    ),
    Rule(
        code="8535Q",
        severity=Severity.QUERY,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("PersonDeathDate", "PersonBirthDate"),
        title="Died before birth, or without a birth date",
        question="A child with a date of death must have a birth date, and it cannot be later than the death.",
        usual_cause="The two dates were exchanged, or one was mistyped.",
        remedy="Correct the birth date or the date of death.",
        query="""
            SELECT n FROM ChildIdentifiers
            WHERE PersonDeathDate_text IS NOT NULL
              AND (PersonBirthDate_text IS NULL OR PersonBirthDate > PersonDeathDate)
        """,
    ),
    Rule(
        code="8540",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildCharacteristics",
        fields=("Disability", "ChildIdentifiers.PersonBirthDate", "CINdetails.ReferralNFA"),
        title="Disability missing or not one of the codes",
        question="A born child whose referral was acted on must have a disability code, NONE if it has no disability.",
        usual_cause="An empty disability field was taken to mean none.",
        remedy="Record the disability, or NONE.",
        query="""
            SELECT ChildCharacteristics.n, acted.n AS CINdetails
            FROM ChildCharacteristics JOIN ChildIdentifiers USING (child) JOIN (
                SELECT child, min(n) AS n FROM CINdetails WHERE NOT ReferralNFA GROUP BY child
            ) acted USING (child) LEFT JOIN (
                SELECT child, bool_and(in_code_list('Disability', Disability)) AS known FROM Disabilities GROUP BY child
            ) disability USING (child)
            WHERE PersonBirthDate_text IS NOT NULL AND disability.known IS DISTINCT FROM true
        """,
        settles=("Disability",),
    ),
    Rule(
        code="8545Q",
        severity=Severity.QUERY,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("PersonDeathDate",),
        title="Died outside the census year",
        question="The date of death lies outside the census year.",
        usual_cause="A wrong year was typed, or the child's episode should have closed in an earlier year.",
        remedy="Correct the date, or leave out a child whose case ended with a death before the year.",
        query="SELECT n FROM ChildIdentifiers WHERE NOT in_year(PersonDeathDate)",
    ),
    Rule(
        code="8750",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("GenderCurrent", "PersonBirthDate", "ExpectedPersonBirthDate"),
        title="Unborn child with a gender",
        question="A child not yet born must have gender 0.",
        usual_cause="The gender was recorded from a scan, or the birth was not recorded.",
        remedy="Write 0, or record the birth date.",
        query="""
            SELECT n FROM ChildIdentifiers
            WHERE ExpectedPersonBirthDate_text IS NOT NULL AND PersonBirthDate_text IS NULL
              AND GenderCurrent IS DISTINCT FROM '0'
        """,
        last_year=SEX_SINCE - 1,
    ),
    Rule(
        code="8750",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("Sex", "PersonBirthDate", "ExpectedPersonBirthDate"),
        title="Unborn child with a sex",
        question="A child not yet born must have sex U.",
        usual_cause="The sex was recorded from a scan, or the birth was not recorded.",
        remedy="Write U, or record the birth date.",
        query="""
            SELECT n FROM ChildIdentifiers
            WHERE ExpectedPersonBirthDate_text IS NOT NULL AND PersonBirthDate_text IS NULL
              AND Sex IS DISTINCT FROM 'U'
        """,
        first_year=SEX_SINCE,
    ),
    Rule(
        code="8775Q",
        severity=Severity.QUERY,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("PersonBirthDate", "CINdetails.CINclosureDate"),
        title="Older than 25 years",
        question="The person was already 25 and the episode was still open. Is the birth date right?",
        usual_cause="A wrong year of birth, or an episode that nobody closed.",
        remedy="Correct the birth date, or close the episode on the day the services ended.",
        query="""
            SELECT ChildIdentifiers.n, list(episode.n ORDER BY episode.n) AS CINdetails
            FROM ChildIdentifiers JOIN CINdetails episode USING (child)
            WHERE PersonBirthDate < reference_date() - INTERVAL 25 YEAR
              AND (still_open OR CINclosureDate > PersonBirthDate + INTERVAL 25 YEAR)
            GROUP BY ChildIdentifiers.n
        """,
    ),
    Rule(
        code="8790",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="Disabilities",
        fields=("Disability",),
        title="No disability and a disability",
        question="The child is recorded both as having no disability (NONE) and as having this one.",
        usual_cause="NONE was left standing when a disability was added.",
        remedy="Take NONE out, or the disability.",
        query="""
            SELECT Disabilities.n, none.n AS beside
            FROM Disabilities JOIN (
                SELECT child, min(n) AS n FROM Disabilities WHERE Disability = 'NONE' GROUP BY child
            ) none USING (child)
            WHERE Disability <> 'NONE'
        """,
    ),
    Rule(
        code="8794",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="Disabilities",
        fields=("Disability",),
        title="One disability twice",
        question="The child has the same disability code more than once.",
        usual_cause="The file takes the disability from two places.",
        remedy="Write each of the child's disabilities once.",
        query="""
            SELECT n, first AS beside
            FROM (SELECT n, min(n) OVER (PARTITION BY child, Disability) AS first FROM Disabilities
                  WHERE Disability IS NOT NULL)
            WHERE n <> first
        """,
    ),
)
