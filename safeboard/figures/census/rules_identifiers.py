"""Rules about the child's identifiers: the local identifier and the unique pupil numbers."""

from typing import Final

from safeboard.figures.census.rule import Level, Rule, Severity
from safeboard.foundation.guidance.census_codes import UPN_LETTERS

_SHARED: Final = """
    SELECT n, list_filter(rows[:6], lambda other: other <> n) AS beside
    FROM ChildIdentifiers JOIN (
        SELECT {field}, list(n ORDER BY n) AS rows FROM ChildIdentifiers
        WHERE {field} IS NOT NULL GROUP BY {field} HAVING count(*) > 1
    ) USING ({field})
"""

_AUTHORITY: Final = "SELECT n FROM ChildIdentifiers WHERE length(UPN) = 13 AND NOT upn_authority_known(UPN[2:4])"

RULES: Final = (
    Rule(
        code="1510",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("UPN",),
        title="Wrong check letter in the unique pupil number",
        question="The first letter of the unique pupil number is not the one that its other characters lead to.",
        usual_cause="One character was mistyped, or two changed places.",
        remedy="Take the number from the school or the school census again.",
        query=f"""
            SELECT n FROM ChildIdentifiers
            WHERE regexp_full_match(UPN, '.[0-9]{{11}}[0-9A-HJ-NP-RT-Z]')
              AND UPN[1] <> '{UPN_LETTERS}'[1 + list_sum(list_transform(
                    range(2, 14),
                    lambda place: place * CASE WHEN UPN[place] BETWEEN '0' AND '9' THEN CAST(UPN[place] AS INTEGER)
                                               ELSE strpos('{UPN_LETTERS}', UPN[place]) - 1 END
                  ))::INTEGER % 23]
        """,
        reading="A temporary number (last character a letter) is tested too, the letter counting by its place in the "
        "list, as in the second implementation; the peer tests numbers ending in a digit only.",
        settles=("UPN",),
    ),
    Rule(
        code="1520",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("UPN", "LAchildID"),
        title="One unique pupil number on several children",
        question="The same unique pupil number stands on more than one child.",
        usual_cause="One child has two records, or a brother's or sister's number was copied.",
        remedy="Join the records if they are one child; else take each child's number from the school.",
        query=_SHARED.format(field="UPN"),
    ),
    Rule(
        code="1530",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("UPN",),
        title="Unknown authority in the unique pupil number",
        question="Characters 2 to 4 of the unique pupil number are not the number of any local authority.",
        usual_cause="The number was mistyped or made up.",
        remedy="Take the number from the school or the school census again.",
        query=_AUTHORITY,
        reading="From 2023-24 the list also holds 942 and 943.",
        settles=("UPN",),
    ),
    Rule(
        code="1540",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("UPN",),
        title="Characters 5 to 12 of the unique pupil number are not all digits",
        question="Characters 5 to 12 of the unique pupil number must all be digits.",
        usual_cause="A letter O or I was typed for a digit, or another number was put in this field.",
        remedy="Take the number from the school or the school census again.",
        query="SELECT n FROM ChildIdentifiers WHERE NOT regexp_full_match(UPN[5:12], '[0-9]+')",
        settles=("UPN",),
    ),
    Rule(
        code="1550",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("UPN",),
        title="Wrong last character of the unique pupil number",
        question="Character 13 of the unique pupil number must be a digit or a capital letter other than I, O and S.",
        usual_cause="The number was mistyped, or a small letter was used.",
        remedy="Take the number from the school or the school census again.",
        query="""
            SELECT n FROM ChildIdentifiers
            WHERE length(UPN) = 13 AND NOT regexp_full_match(UPN[13], '[0-9A-HJ-NP-RT-Z]')
        """,
        settles=("UPN",),
    ),
    Rule(
        code="1560Q",
        severity=Severity.QUERY,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("FormerUPN",),
        title="Former unique pupil number has the wrong form",
        question="The former unique pupil number is not a letter with twelve digits after it (or, temporary, with "
        "eleven digits and a letter).",
        usual_cause="Something else was put in this field, or the number was cut short.",
        remedy="Correct the number, or take it out if there was none.",
        query="""
            SELECT n FROM ChildIdentifiers
            WHERE NOT regexp_full_match(FormerUPN, '[A-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]')
        """,
        reading="Temporary numbers are accepted because the schema allows them; the peer queries every one.",
        settles=("FormerUPN",),
    ),
    Rule(
        code="1570",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("LAchildID",),
        title="Local identifier is too long",
        question="The local identifier may have at most 20 characters.",
        usual_cause="The system puts a prefix before its own number.",
        remedy="Shorten the identifier in the way the file is written; keep it the same from year to year.",
        query="SELECT n FROM ChildIdentifiers WHERE length(LAchildID) > 20",
        first_year=2025,
    ),
    Rule(
        code="1580",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("LAchildID",),
        title="Local identifier has characters other than letters and digits",
        question="The local identifier may hold letters and digits only.",
        usual_cause="The system writes hyphens, spaces or slashes into its numbers.",
        remedy="Leave those characters out in the way the file is written; keep the identifier the same every year.",
        query="SELECT n FROM ChildIdentifiers WHERE NOT regexp_full_match(LAchildID, '[A-Za-z0-9]+')",
        first_year=2025,
    ),
    Rule(
        code="8500",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("LAchildID", "UPN", "PersonBirthDate"),
        title="No local identifier",
        question="The child has no local identifier.",
        usual_cause="The record was made outside the case system, or the field was not brought into the file.",
        remedy="Give the child the identifier that the case system knows it by.",
        query="SELECT n FROM ChildIdentifiers WHERE LAchildID IS NULL",
        settles=("LAchildID",),
    ),
    Rule(
        code="8510",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("LAchildID", "UPN", "PersonBirthDate"),
        title="One local identifier on several children",
        question="The same local identifier stands on more than one child record.",
        usual_cause="One child was written twice, once for each episode.",
        remedy="Put all the episodes of one child under one child record.",
        query=_SHARED.format(field="LAchildID"),
    ),
    Rule(
        code="8590",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("LAchildID",),
        title="Child without an episode",
        question="The child has no referral episode.",
        usual_cause="The child was chosen for the file but its episode falls outside the year.",
        remedy="Add the episode, or leave the child out of the return.",
        query="SELECT n FROM ChildIdentifiers ANTI JOIN CINdetails USING (child)",
        settles=("CINdetails",),
    ),
    Rule(
        code="8770Q",
        severity=Severity.QUERY,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("UPN", "UPNunknown", "PersonBirthDate", "CINdetails.ReferralNFA"),
        title="School-age child without a unique pupil number",
        question="The child is of school age and its referral was acted on, yet there is neither a unique pupil number "
        "nor a reason UN2 to UN7 why there is none.",
        usual_cause="The number was never asked for, or UN1 was left standing after the child started school.",
        remedy="Find the number with the education service, or give the reason why it is not known.",
        query="""
            SELECT ChildIdentifiers.n, acted.n AS CINdetails
            FROM ChildIdentifiers JOIN (
                SELECT child, min(n) AS n FROM CINdetails WHERE NOT ReferralNFA GROUP BY child
            ) acted USING (child)
            WHERE PersonBirthDate <= school_age_born_by() AND UPN IS NULL
              AND (UPNunknown IS NULL OR UPNunknown NOT IN ('UN2', 'UN3', 'UN4', 'UN5', 'UN6', 'UN7'))
        """,
        reading="Reworded for 2024-25; the earlier wording is not in our sources, so this one is used for all years.",
    ),
    Rule(
        code="8772",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="ChildIdentifiers",
        fields=("UPNunknown", "CINdetails.ReferralNFA"),
        title="UN7 on a child whose referral was acted on",
        question="UN7 says that every referral of the child ended in no further action, but one of them did not.",
        usual_cause="A later referral was acted on and the reason was not changed.",
        remedy="Give the unique pupil number or another reason, or correct the flag on the referral.",
        query="""
            SELECT ChildIdentifiers.n, list(episode.n ORDER BY episode.n) FILTER (episode.n IS NOT NULL) AS CINdetails
            FROM ChildIdentifiers LEFT JOIN CINdetails episode USING (child)
            WHERE UPNunknown = 'UN7' AND (episode.n IS NULL OR not_true(ReferralNFA, ReferralNFA_text))
            GROUP BY ChildIdentifiers.n
        """,
        reading="One finding a child, its offending referrals beside it; a child with no episode fails as well.",
    ),
)
