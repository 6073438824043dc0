"""The children in need census file as data: elements, order, how often, since when, and which column each fills.

Reader and writer read this one declaration. Order and multiplicities are the schema's (domain/census.md, section 1);
what the schema says 1..n inside `FactorsIdentifiedAtAssessment` is 0..n here, because empty groups are in real exports.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

EARLIEST_YEAR: Final = 2021
"""First census year (the one in which it ends) whose layout is declared; an earlier return is read by this one."""

LATEST_YEAR: Final = 2027
"""Last census year whose layout is declared: the draft for 2026-27 with the pre-proceedings block."""

SINGLE_ASSESSMENT_SINCE: Final = 2014
"""First census year in which every assessment returned is a single assessment (Working Together 2013)."""

FIRST_EVER: Final = 0
LAST_EVER: Final = 9999


@dataclass(frozen=True, slots=True)
class Leaf:
    """An element that holds text. `table` and `column` say what it fills, both "" where it fills nothing.

    `since` and `until` are the first and last census year (both inclusive) that allow it. `required` is the schema's
    lower bound 1 inside its parent, `many` its upper bound n.
    """

    element: str
    table: str = ""
    column: str = ""
    required: bool = False
    many: bool = False
    since: int = FIRST_EVER
    until: int = LAST_EVER


@dataclass(frozen=True, slots=True)
class Block:
    """An element that holds elements, in this order. `table` is the table of which each block is a row, "" if none."""

    element: str
    members: tuple["Leaf | Block", ...]
    table: str = ""
    required: bool = False
    many: bool = False
    since: int = FIRST_EVER
    until: int = LAST_EVER

    def leaves(self) -> Iterator[Leaf]:
        """The leaves directly inside, in order."""
        return (member for member in self.members if isinstance(member, Leaf))

    def blocks(self) -> Iterator["Block"]:
        """The blocks directly inside, in order."""
        return (member for member in self.members if isinstance(member, Block))

    def block(self, element: str) -> "Block":
        """The block of that name at any depth. KeyError if there is none in this census year."""
        for inner in self.blocks():
            if inner.element == element:
                return inner
            try:
                return inner.block(element)
            except KeyError:
                continue
        raise KeyError(f"{self.element} holds no {element}")


HEADER: Final = Block(
    "Header",
    (
        Block(
            "CollectionDetails",
            (Leaf("Collection", required=True), Leaf("Year", required=True), Leaf("ReferenceDate", required=True)),
            required=True,
        ),
        Block(
            "Source",
            (
                Leaf("SourceLevel"),
                Leaf("LEA", required=True),
                Leaf("SoftwareCode"),
                Leaf("Release"),
                Leaf("SerialNo"),
                Leaf("DateTime"),
            ),
            required=True,
        ),
        Block("Content", (Block("CBDSLevels", (Leaf("CBDSLevel", many=True),)),), until=2021),
    ),
    required=True,
)

IDENTIFIERS: Final = Block(
    "ChildIdentifiers",
    (
        Leaf("LAchildID", "ssd_person", "pers_person_id", required=True),
        Leaf("UPN", "ssd_person", "pers_upn"),
        Leaf("FormerUPN", "ssd_person", "pers_former_upn"),
        Leaf("UPNunknown", "ssd_person", "pers_upn_unknown"),
        Leaf("PersonBirthDate", "ssd_person", "pers_dob"),
        Leaf("ExpectedPersonBirthDate", "ssd_person", "pers_expected_dob"),
        Leaf("GenderCurrent", "ssd_person", "pers_gender", required=True, until=2024),
        Leaf("Sex", "ssd_person", "pers_sex", required=True, since=2025),
        Leaf("PersonDeathDate", "ssd_person", "pers_death_date"),
    ),
    table="ssd_person",
    required=True,
)

CHARACTERISTICS: Final = Block(
    "ChildCharacteristics",
    (
        Leaf("Ethnicity", "ssd_person", "pers_ethnicity", required=True),
        Block(
            "Disabilities",
            (Leaf("Disability", "ssd_disability", "disa_disability_code", required=True, many=True),),
        ),
    ),
    required=True,
)

ASSESSMENTS: Final = Block(
    "Assessments",
    (
        Leaf("AssessmentActualStartDate", "ssd_cin_assessments", "cina_assessment_start_date", required=True),
        Leaf("AssessmentInternalReviewDate", "ssd_cin_assessments", "cina_assessment_internal_review_date"),
        Leaf("AssessmentAuthorisationDate", "ssd_cin_assessments", "cina_assessment_auth_date"),
        Block(
            "FactorsIdentifiedAtAssessment",
            (Leaf("AssessmentFactors", "ssd_assessment_factors", "cinf_assessment_factor", many=True),),
        ),
    ),
    table="ssd_cin_assessments",
    many=True,
)

CIN_PLANS: Final = Block(
    "CINPlanDates",
    (
        Leaf("CINPlanStartDate", "ssd_cin_plans", "cinp_cin_plan_start_date", required=True),
        Leaf("CINPlanEndDate", "ssd_cin_plans", "cinp_cin_plan_end_date"),
    ),
    table="ssd_cin_plans",
    many=True,
    since=2022,
)

SECTION_47: Final = Block(
    "Section47",
    (
        Leaf("S47ActualStartDate", "ssd_s47_enquiry", "s47e_s47_start_date", required=True),
        Leaf("InitialCPCtarget", "ssd_s47_enquiry", "s47e_icpc_target_date"),
        Leaf("DateOfInitialCPC", "ssd_initial_cp_conference", "icpc_icpc_date"),
        Leaf("ICPCnotRequired", "ssd_s47_enquiry", "s47e_icpc_not_required", required=True),
    ),
    table="ssd_s47_enquiry",
    many=True,
)

PLANS: Final = Block(
    "ChildProtectionPlans",
    (
        Leaf("CPPstartDate", "ssd_cp_plans", "cppl_cp_plan_start_date", required=True),
        Leaf("CPPendDate", "ssd_cp_plans", "cppl_cp_plan_end_date"),
        Leaf("InitialCategoryOfAbuse", "ssd_cp_plans", "cppl_cp_plan_initial_category", required=True),
        Leaf("LatestCategoryOfAbuse", "ssd_cp_plans", "cppl_cp_plan_latest_category", required=True),
        Leaf("NumberOfPreviousCPP", "ssd_cp_plans", "cppl_number_of_previous_plans", required=True),
        Block("Reviews", (Leaf("CPPreviewDate", "ssd_cp_reviews", "cppr_cp_review_date", required=True, many=True),)),
    ),
    table="ssd_cp_plans",
    many=True,
)

PRE_PROCEEDINGS: Final = Block(
    "PreProceedingsandFGDM",
    (
        Leaf("PPStartDate", "pre_proceedings", "prep_start_date"),
        Leaf("LBPSentDate", "pre_proceedings", "prep_letter_date"),
        Leaf("FGDMMeetingOffer", "pre_proceedings", "prep_family_meeting_offered"),
        Leaf("FGDMMeetingFac", "pre_proceedings", "prep_family_meeting_held"),
        Leaf("InitialPPMeetingDate", "pre_proceedings", "prep_first_meeting_date"),
        Leaf("ReviewMeetingsCount", "pre_proceedings", "prep_review_meetings"),
        Leaf("StepDecisionDate", "pre_proceedings", "prep_decision_date"),
        Leaf("PPOutcome", "pre_proceedings", "prep_outcome"),
        Leaf("CourtAppDate", "pre_proceedings", "prep_court_date"),
        Leaf("LetterInitCPDate", "pre_proceedings", "prep_care_letter_date"),
    ),
    table="pre_proceedings",
    many=True,
    since=2027,
)

EPISODE: Final = Block(
    "CINdetails",
    (
        Leaf("CINreferralDate", "ssd_cin_episodes", "cine_referral_date", required=True),
        Leaf("ReferralSource", "ssd_cin_episodes", "cine_referral_source_code", required=True),
        Leaf("PrimaryNeedCode", "ssd_cin_episodes", "cine_cin_primary_need_code"),
        Leaf("CINclosureDate", "ssd_cin_episodes", "cine_close_date"),
        Leaf("ReasonForClosure", "ssd_cin_episodes", "cine_close_reason"),
        Leaf("DateOfInitialCPC", "ssd_initial_cp_conference", "icpc_icpc_date"),
        ASSESSMENTS,
        CIN_PLANS,
        SECTION_47,
        Leaf("ReferralNFA", "ssd_cin_episodes", "cine_referral_nfa", required=True),
        PLANS,
        PRE_PROCEEDINGS,
    ),
    table="ssd_cin_episodes",
    required=True,
    many=True,
)

CHILD: Final = Block("Child", (IDENTIFIERS, CHARACTERISTICS, EPISODE), required=True, many=True)

MESSAGE: Final = Block("Message", (HEADER, Block("Children", (CHILD,), required=True)))


def nearest_year(year: int) -> int:
    """`year` if its layout is declared, else the declared one nearest to it."""
    return min(max(year, EARLIEST_YEAR), LATEST_YEAR)


@lru_cache
def layout(year: int) -> Block:
    """The whole file as the census ending in `year` has it; a year outside those declared takes the nearest."""
    return _in_year(MESSAGE, nearest_year(year))


def _in_year(block: Block, year: int) -> Block:
    allowed = (member for member in block.members if member.since <= year <= member.until)
    return replace(
        block, members=tuple(_in_year(member, year) if isinstance(member, Block) else member for member in allowed)
    )
