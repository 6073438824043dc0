"""Rules about the header, and about the return as a whole: shares and counts over all its children."""

from typing import Final

from safeboard.figures.census.rule import Level, Rule, Severity

SEX_SINCE: Final = 2025
"""The census of 2024-25 put Sex (M F U) in the place of GenderCurrent (domain/census.md, "What changed by census")."""

_UNKNOWN_SEX: Final = """
    SELECT count(*) FILTER (unknown) AS "children not known", count(*) AS "children in the return"
    FROM (SELECT ExpectedPersonBirthDate_text IS NULL AND ({unknown}) AS unknown FROM ChildIdentifiers)
    HAVING 100 * count(*) FILTER (unknown) > 2 * count(*)
"""

RULES: Final = (
    Rule(
        code="100",
        severity=Severity.ERROR,
        level=Level.RETURN,
        table="Header",
        fields=("ReferenceDate", "Year"),
        title="Reference date is not 31 March of the census year",
        question="The header's reference date must be filled in and be 31 March of the year the header names.",
        usual_cause="The file was made with the settings of an earlier census, or on another day's date.",
        remedy="Set the census year in the software that writes the file, and write it again.",
        query="""
            SELECT n FROM Header
            WHERE ReferenceDate_text IS NULL OR Year_text IS NULL
               OR ReferenceDate <> make_date(Year, 3, 31)
            UNION ALL
            SELECT NULL WHERE NOT EXISTS (FROM Header)
        """,
        settles=("ReferenceDate", "Year"),
    ),
    Rule(
        code="2883",
        severity=Severity.ERROR,
        level=Level.RETURN,
        table="ChildProtectionPlans",
        fields=("CPPstartDate", "CINdetails.DateOfInitialCPC", "Section47.DateOfInitialCPC"),
        title="More plans started than initial conferences were held",
        question="More child protection plans started in the year than initial conferences were held in it. "
        "Every plan follows from a conference.",
        usual_cause="Conference dates were not recorded, or lie outside the year by mistake.",
        remedy="Find the plans of this year without a conference (rule 2885) and record their conferences.",
        query="""
            SELECT plans AS "plans started", conferences AS "initial conferences"
            FROM (SELECT
                (SELECT count(*) FROM ChildProtectionPlans WHERE in_year(CPPstartDate)) AS plans,
                (SELECT count(*) FROM CINdetails WHERE in_year(DateOfInitialCPC))
                + (SELECT count(*) FROM Section47 WHERE in_year(DateOfInitialCPC)) AS conferences)
            WHERE plans > conferences
        """,
    ),
    Rule(
        code="2886Q",
        severity=Severity.QUERY,
        level=Level.RETURN,
        table="ChildIdentifiers",
        fields=("GenderCurrent", "ExpectedPersonBirthDate"),
        title="Gender not recorded for more than 2% of children",
        question="More than 2% of the children, the unborn left out of the count of unknowns, have no gender recorded.",
        usual_cause="The gender was not brought over when records were moved, or referrals are kept open without it.",
        remedy="Record the gender of the children coded 0, or say why so many are not known.",
        query=_UNKNOWN_SEX.format(unknown="GenderCurrent IS NULL OR GenderCurrent = '0'"),
        reading="The rule was reworded for 2024-25; for earlier years its sense is kept with code 0 in the place of U.",
        last_year=SEX_SINCE - 1,
    ),
    Rule(
        code="2886Q",
        severity=Severity.QUERY,
        level=Level.RETURN,
        table="ChildIdentifiers",
        fields=("Sex", "ExpectedPersonBirthDate"),
        title="Sex not known for more than 2% of children",
        question="More than 2% of the children, the unborn left out of the count of unknowns, have no sex recorded.",
        usual_cause="The sex was not brought over when records were moved, or referrals are kept open without it.",
        remedy="Record the sex of the children coded U, or say why so many are not known.",
        query=_UNKNOWN_SEX.format(unknown="Sex IS NULL OR Sex = 'U'"),
        first_year=SEX_SINCE,
    ),
    Rule(
        code="2887Q",
        severity=Severity.QUERY,
        level=Level.RETURN,
        table="Disabilities",
        fields=("Disability",),
        title="Fewer than eight kinds of disability used",
        question="Fewer than eight different disabilities are used in the whole return, NONE left out. Is disability "
        "recorded in full?",
        usual_cause="The system offers workers only some of the codes, or disability is seldom recorded.",
        remedy="Check that all the codes are offered and used; in a small return say that it is small.",
        query="""
            SELECT count(DISTINCT Disability) AS "kinds of disability"
            FROM Disabilities WHERE Disability <> 'NONE'
            HAVING count(DISTINCT Disability) < 8
        """,
        reading="One implementation counts the rows coded NONE instead; the department asks for the other codes.",
    ),
    Rule(
        code="2888Q",
        severity=Severity.QUERY,
        level=Level.RETURN,
        table="Disabilities",
        fields=("Disability",),
        title="No child has more than one disability",
        question="No child in the return has more than one disability. Are all of a child's disabilities recorded?",
        usual_cause="The system keeps or sends only one disability a child.",
        remedy="Check that every disability of a child reaches the file, or say that there is no such child.",
        query="""
            SELECT 0 AS "children with more than one disability"
            WHERE NOT EXISTS (
                SELECT child FROM Disabilities WHERE Disability <> 'NONE'
                GROUP BY child HAVING count(DISTINCT Disability) > 1)
        """,
    ),
)
