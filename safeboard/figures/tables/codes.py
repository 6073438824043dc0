"""Closed lists of codes in the field's words. A wrong word fails at once, at the place where it stands."""

from typing import Final

# The codes of a child are those of live records too, and stand below both; here they are among the tables' others.
from safeboard.foundation.guidance.census_codes import DISABILITY as DISABILITY
from safeboard.foundation.guidance.census_codes import ETHNICITY as ETHNICITY
from safeboard.foundation.guidance.census_codes import GENDER as GENDER
from safeboard.foundation.guidance.census_codes import SEX as SEX
from safeboard.foundation.guidance.census_codes import UPN_UNKNOWN as UPN_UNKNOWN
from safeboard.foundation.kernel.code_lists import CodeList

REFERRAL_SOURCE: Final = CodeList(
    "referral source",
    {
        "1A": "family member or carer",
        "1B": "acquaintance, neighbour or childminder",
        "1C": "child",
        "1D": "other individual",
        "2A": "school",
        "2B": "other education service",
        "3A": "GP",
        "3B": "health visitor",
        "3C": "school nurse",
        "3D": "other primary health",
        "3E": "A&E",
        "3F": "other health",
        "4": "housing",
        "5A": "council social care",
        "5B": "other council department",
        "5C": "another council",
        "5D": "early help",
        "6": "police",
        "7": "other legal body",
        "8": "other",
        "9": "anonymous",
        "10": "unknown",
    },
    "DfE children in need census, N00152",
)

PRIMARY_NEED: Final = CodeList(
    "primary need",
    {
        "N1": "abuse or neglect",
        "N2": "child's disability or illness",
        "N3": "parent's disability or illness",
        "N4": "family in acute stress",
        "N5": "family dysfunction",
        "N6": "socially unacceptable behaviour",
        "N7": "low income",
        "N8": "absent parenting",
        "N9": "not a child in need case",
        "N0": "not stated",
    },
    "DfE children in need census, N00101",
)

CLOSE_REASON: Final = CodeList(
    "reason for closure",
    {
        "RC1": "adopted",
        "RC2": "died",
        "RC3": "child arrangements order",
        "RC4": "special guardianship order",
        "RC5": "moved to another council's services",
        "RC6": "moved to adult social care",
        "RC7": "services ended for another reason, no longer in need",
        "RC8": "closed after assessment, nothing further",
        "RC9": "closed after assessment, sent to early help",
    },
    "DfE children in need census, N00103",
)

FACTOR: Final = CodeList(
    "assessment factor",
    {
        "1A": "alcohol: child",
        "1B": "alcohol: parent or carer",
        "1C": "alcohol: another person in the home",
        "2A": "drugs: child",
        "2B": "drugs: parent or carer",
        "2C": "drugs: another person in the home",
        "3A": "domestic abuse: child",
        "3B": "domestic abuse: parent or carer",
        "3C": "domestic abuse: another person in the home",
        "4A": "mental health: child",
        "4B": "mental health: parent or carer",
        "4C": "mental health: another person in the home",
        "5A": "learning disability: child",
        "5B": "learning disability: parent or carer",
        "5C": "learning disability: another person in the home",
        "6A": "physical disability or illness: child",
        "6B": "physical disability or illness: parent or carer",
        "6C": "physical disability or illness: another person in the home",
        "7A": "young carer",
        "8B": "privately fostered: from overseas, will return",
        "8C": "privately fostered: from overseas, will stay",
        "8D": "privately fostered: in the UK, educational placement",
        "8E": "privately fostered: in the UK, alternative family arrangement",
        "8F": "privately fostered: other",
        "9A": "unaccompanied asylum-seeking child",
        "10A": "going missing",
        "11A": "child sexual exploitation",
        "12A": "trafficking",
        "13A": "gangs",
        "14A": "socially unacceptable behaviour",
        "15A": "self-harm",
        "16A": "neglect",
        "17A": "emotional abuse",
        "18A": "physical abuse (to 2019-20)",
        "18B": "physical abuse: by another child",
        "18C": "physical abuse: by an adult",
        "19A": "sexual abuse (to 2019-20)",
        "19B": "sexual abuse: by another child",
        "19C": "sexual abuse: by an adult",
        "20": "other",
        "21": "no factors identified",
        "22A": "female genital mutilation",
        "23A": "abuse linked to faith or belief",
        "24A": "child criminal exploitation",
    },
    "DfE children in need census, N00181",
)

ABUSE: Final = CodeList(
    "category of abuse",
    {
        "NEG": "neglect",
        "PHY": "physical abuse",
        "SAB": "sexual abuse",
        "EMO": "emotional abuse",
        "MUL": "multiple",
    },
    "DfE children in need census, N00113 and N00114",
)

PARTICIPATION: Final = CodeList(
    "participation",
    {
        "PN0": "under 4",
        "PN1": "attends and speaks",
        "PN2": "attends, advocate speaks",
        "PN3": "attends, conveys symbolically",
        "PN4": "attends, no contribution",
        "PN5": "absent, briefs advocate",
        "PN6": "absent, conveys views by other means",
        "PN7": "neither attends nor conveys views",
    },
    "looked-after review codes PN0 to PN7, reused by the Standard Safeguarding Dataset",
)

ASSESSMENT_KIND: Final = CodeList(
    "kind of assessment",
    {
        "INITIAL": "initial assessment",
        "CORE": "core assessment",
        "SINGLE": "single assessment",
    },
    "Framework for the Assessment of Children in Need 2000 (initial, core); Working Together 2013 (single)",
)

CONFERENCE_KIND: Final = CodeList(
    "kind of conference",
    {
        "INITIAL": "initial child protection conference",
        "REVIEW": "review child protection conference",
    },
    "Working Together",
)

ATTENDER: Final = CodeList(
    "who was invited",
    {
        "CHILD": "child",
        "PARENT": "parent or carer",
        "AGENCY": "agency",
    },
    "this project",
)

AGENCY: Final = CodeList(
    "agency",
    {
        "SOCIAL_CARE": "social care",
        "HEALTH": "health",
        "EDUCATION": "education",
        "POLICE": "police",
        "PROBATION": "probation",
        "EARLY_YEARS": "early years",
        "YOUTH": "youth services",
        "VOLUNTARY": "community and voluntary sector",
        "HOUSING": "housing",
        "OTHER": "other",
    },
    "report lines 697-717; reference/people_orgs.md",
)

CONFERENCE_ISSUE: Final = CodeList(
    "key issue at conference",
    {
        "DOMESTIC_VIOLENCE": "domestic violence",
        "ALCOHOL": "alcohol misuse",
        "DRUGS": "drug misuse",
        "NONE": "none of the three",
    },
    "report lines 1057-1061",
)

NEED_LEVEL: Final = CodeList(
    "level of need",
    {
        "1": "universal",
        "2": "additional",
        "3": "complex",
        "4": "statutory",
    },
    "report era: levels 1 to 4",
)

MAPPA_LEVEL: Final = CodeList(
    "MAPPA level",
    {
        "1": "ordinary agency management",
        "2": "active multi-agency management",
        "3": "active enhanced multi-agency management",
    },
    "MAPPA guidance",
)

MAPPA_CATEGORY: Final = CodeList(
    "MAPPA category",
    {
        "1": "registered sexual offender",
        "2": "violent or other sexual offender",
        "3": "other dangerous offender",
        "4": "terrorism-related offender",
    },
    "MAPPA guidance; 4 is not confirmed",
)

PRE_PROCEEDINGS_OUTCOME: Final = CodeList(
    "pre-proceedings outcome",
    {
        "A": "outcome A",
        "B": "outcome B",
        "C": "outcome C",
    },
    "DfE children in need census 2026-27, code set CS131; meanings not found in our sources",
)
