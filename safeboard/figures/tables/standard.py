"""Tables that the Standard Safeguarding Dataset has, under its names for tables and columns."""

from typing import Final

from safeboard.figures.tables import codes
from safeboard.figures.tables.declaration import Column, Kind, Table

PERSON: Final = Table(
    "ssd_person",
    "Person",
    "A child, born or unborn, known to the council. No name is held: figures need none.",
    (
        Column(
            "pers_person_id",
            Kind.IDENTIFIER,
            "local child identifier, kept from year to year",
            required=True,
            census="LAchildID",
        ),
        Column("pers_upn", Kind.IDENTIFIER, "unique pupil number", census="UPN", ssd=False),
        Column("pers_former_upn", Kind.IDENTIFIER, "former unique pupil number", census="FormerUPN", ssd=False),
        Column(
            "pers_upn_unknown",
            Kind.CODE,
            "why there is no unique pupil number",
            codes=codes.UPN_UNKNOWN,
            census="UPNunknown",
        ),
        Column("pers_dob", Kind.DATE, "date of birth; empty for an unborn child", census="PersonBirthDate"),
        Column(
            "pers_expected_dob",
            Kind.DATE,
            "expected date of birth of an unborn child",
            census="ExpectedPersonBirthDate",
            future=True,
        ),
        Column(
            "pers_sex",
            Kind.CODE,
            "sex; read from the gender code in census years to 2023-24",
            codes=codes.SEX,
            census="Sex",
        ),
        Column(
            "pers_gender", Kind.CODE, "gender code as returned to 2023-24", codes=codes.GENDER, census="GenderCurrent"
        ),
        Column("pers_death_date", Kind.DATE, "date of death", census="PersonDeathDate"),
        Column("pers_ethnicity", Kind.CODE, "ethnicity", codes=codes.ETHNICITY, census="Ethnicity"),
    ),
    key="pers_person_id",
    person="pers_person_id",
)

DISABILITY: Final = Table(
    "ssd_disability",
    "Disability",
    "One disability of a child; a child with none has the one code NONE; an unborn child has no row.",
    (
        Column("disa_table_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("disa_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column(
            "disa_disability_code",
            Kind.CODE,
            "the disability",
            codes=codes.DISABILITY,
            required=True,
            census="Disability",
        ),
    ),
    key="disa_table_id",
    person="disa_person_id",
)

CONTACT: Final = Table(
    "ssd_contacts",
    "Contact",
    "A contact about a child with children's social care, before it is or is not a referral.",
    (
        Column("cont_contact_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("cont_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column("cont_contact_date", Kind.DATE, "day of the contact", required=True),
        Column("cont_contact_source_code", Kind.CODE, "who made the contact", codes=codes.REFERRAL_SOURCE),
    ),
    key="cont_contact_id",
    person="cont_person_id",
)

REFERRAL: Final = Table(
    "ssd_cin_episodes",
    "Referral episode",
    "A referral of one child and the episode of need it opened, until closure.",
    (
        Column("cine_referral_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("cine_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column("cine_referral_date", Kind.DATE, "day of the referral", required=True, census="CINreferralDate"),
        Column(
            "cine_referral_source_code", Kind.CODE, "who referred", codes=codes.REFERRAL_SOURCE, census="ReferralSource"
        ),
        Column(
            "cine_cin_primary_need_code", Kind.CODE, "primary need", codes=codes.PRIMARY_NEED, census="PrimaryNeedCode"
        ),
        Column("cine_referral_nfa", Kind.YES_NO, "no further action on the referral", census="ReferralNFA"),
        Column("cine_close_date", Kind.DATE, "day the episode closed; empty while open", census="CINclosureDate"),
        Column(
            "cine_close_reason",
            Kind.CODE,
            "why the episode closed",
            codes=codes.CLOSE_REASON,
            census="ReasonForClosure",
        ),
    ),
    key="cine_referral_id",
    person="cine_person_id",
    periods=(("cine_referral_date", "cine_close_date"),),
)

ASSESSMENT: Final = Table(
    "ssd_cin_assessments",
    "Assessment",
    "An initial, core or single assessment of one child under one referral.",
    (
        Column("cina_assessment_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("cina_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column("cina_referral_id", Kind.IDENTIFIER, "the referral episode", refers_to="ssd_cin_episodes"),
        Column(
            "cina_assessment_kind",
            Kind.CODE,
            "initial, core (to 2013) or single assessment",
            codes=codes.ASSESSMENT_KIND,
            ssd=False,
        ),
        Column(
            "cina_assessment_start_date",
            Kind.DATE,
            "day the assessment began",
            required=True,
            census="AssessmentActualStartDate",
        ),
        Column(
            "cina_assessment_internal_review_date",
            Kind.DATE,
            "day of the internal review point",
            census="AssessmentInternalReviewDate",
            ssd=False,
            future=True,
        ),
        Column(
            "cina_assessment_auth_date",
            Kind.DATE,
            "day the assessment was authorised as complete; empty while open",
            census="AssessmentAuthorisationDate",
        ),
    ),
    key="cina_assessment_id",
    person="cina_person_id",
    periods=(("cina_assessment_start_date", "cina_assessment_auth_date"),),
)

FACTOR: Final = Table(
    "ssd_assessment_factors",
    "Assessment factor",
    "One factor found at the end of an assessment; an assessment may have many.",
    (
        Column("cinf_table_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("cinf_assessment_id", Kind.IDENTIFIER, "the assessment", required=True, refers_to="ssd_cin_assessments"),
        Column(
            "cinf_assessment_factor",
            Kind.CODE,
            "the factor; the Standard Safeguarding Dataset holds all of an assessment in one JSON field",
            codes=codes.FACTOR,
            required=True,
            census="AssessmentFactors",
            ssd=False,
        ),
    ),
    key="cinf_table_id",
    person="",
)

SECTION_47: Final = Table(
    "ssd_s47_enquiry",
    "Section 47 enquiry",
    "An enquiry under section 47 of the Children Act 1989 about one child.",
    (
        Column("s47e_s47_enquiry_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("s47e_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column("s47e_referral_id", Kind.IDENTIFIER, "the referral episode", refers_to="ssd_cin_episodes"),
        Column(
            "s47e_s47_start_date",
            Kind.DATE,
            "day of the strategy discussion that began it",
            required=True,
            census="S47ActualStartDate",
        ),
        Column("s47e_s47_end_date", Kind.DATE, "day it ended"),
        Column(
            "s47e_icpc_target_date",
            Kind.DATE,
            "day by which the initial conference is due",
            census="InitialCPCtarget",
            ssd=False,
            future=True,
        ),
        Column(
            "s47e_icpc_not_required", Kind.YES_NO, "no initial conference required", census="ICPCnotRequired", ssd=False
        ),
    ),
    key="s47e_s47_enquiry_id",
    person="s47e_person_id",
    periods=(("s47e_s47_start_date", "s47e_s47_end_date"),),
)

CONFERENCE: Final = Table(
    "ssd_initial_cp_conference",
    "Initial conference",
    "An initial child protection conference, one row a child.",
    (
        Column("icpc_icpc_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column(
            "icpc_icpc_meeting_id", Kind.IDENTIFIER, "the meeting, shared by brothers and sisters considered together"
        ),
        Column("icpc_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column("icpc_referral_id", Kind.IDENTIFIER, "the referral episode", refers_to="ssd_cin_episodes"),
        Column(
            "icpc_s47_enquiry_id",
            Kind.IDENTIFIER,
            "the section 47 enquiry behind it; empty where there was none",
            refers_to="ssd_s47_enquiry",
        ),
        Column("icpc_icpc_date", Kind.DATE, "day it was held", required=True, census="DateOfInitialCPC"),
        Column("icpc_icpc_transfer_in", Kind.YES_NO, "held because the child moved in with another council's plan"),
        Column("icpc_icpc_outcome_cp_flag", Kind.YES_NO, "it decided on a child protection plan"),
    ),
    key="icpc_icpc_id",
    person="icpc_person_id",
)

PLAN: Final = Table(
    "ssd_cp_plans",
    "Child protection plan",
    "A child protection plan (before 1 April 2008: registration) of one child.",
    (
        Column("cppl_cp_plan_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("cppl_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column("cppl_referral_id", Kind.IDENTIFIER, "the referral episode", refers_to="ssd_cin_episodes"),
        Column(
            "cppl_icpc_id",
            Kind.IDENTIFIER,
            "the initial conference that decided on it",
            refers_to="ssd_initial_cp_conference",
        ),
        Column("cppl_cp_plan_start_date", Kind.DATE, "first day of the plan", required=True, census="CPPstartDate"),
        Column("cppl_cp_plan_end_date", Kind.DATE, "last day of the plan; empty while open", census="CPPendDate"),
        Column(
            "cppl_cp_plan_initial_category",
            Kind.CODE,
            "category of abuse at the start",
            codes=codes.ABUSE,
            census="InitialCategoryOfAbuse",
        ),
        Column(
            "cppl_cp_plan_latest_category",
            Kind.CODE,
            "category of abuse now or at the end",
            codes=codes.ABUSE,
            census="LatestCategoryOfAbuse",
        ),
        Column(
            "cppl_number_of_previous_plans",
            Kind.WHOLE_NUMBER,
            "plans of this child with this council before this one, however long ago",
            census="NumberOfPreviousCPP",
            ssd=False,
        ),
        Column("cppl_cp_plan_ola", Kind.YES_NO, "a temporary plan held for another council"),
    ),
    key="cppl_cp_plan_id",
    person="cppl_person_id",
    periods=(("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),),
)

REVIEW: Final = Table(
    "ssd_cp_reviews",
    "Review",
    "A review child protection conference of one plan.",
    (
        Column("cppr_cp_review_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("cppr_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column("cppr_cp_plan_id", Kind.IDENTIFIER, "the plan", required=True, refers_to="ssd_cp_plans"),
        Column("cppr_cp_review_due", Kind.DATE, "day by which it was due", future=True),
        Column("cppr_cp_review_date", Kind.DATE, "day it was held", required=True, census="CPPreviewDate"),
        Column("cppr_cp_review_quorate", Kind.YES_NO, "enough agencies took part"),
        Column("cppr_cp_review_participation", Kind.CODE, "how the child took part", codes=codes.PARTICIPATION),
    ),
    key="cppr_cp_review_id",
    person="cppr_person_id",
)

VISIT: Final = Table(
    "ssd_cp_visits",
    "Visit",
    "A visit to a child under a child protection plan.",
    (
        Column("cppv_cp_visit_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("cppv_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column("cppv_cp_plan_id", Kind.IDENTIFIER, "the plan", required=True, refers_to="ssd_cp_plans"),
        Column("cppv_cp_visit_date", Kind.DATE, "day of the visit", required=True),
        Column("cppv_cp_visit_seen", Kind.YES_NO, "the child was seen"),
        Column("cppv_cp_visit_seen_alone", Kind.YES_NO, "the child was seen alone"),
    ),
    key="cppv_cp_visit_id",
    person="cppv_person_id",
)

CIN_PLAN: Final = Table(
    "ssd_cin_plans",
    "Child in need plan",
    "A child in need plan of one child.",
    (
        Column("cinp_cin_plan_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("cinp_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column("cinp_referral_id", Kind.IDENTIFIER, "the referral episode", refers_to="ssd_cin_episodes"),
        Column(
            "cinp_cin_plan_start_date", Kind.DATE, "first day of the plan", required=True, census="CINPlanStartDate"
        ),
        Column("cinp_cin_plan_end_date", Kind.DATE, "last day of the plan; empty while open", census="CINPlanEndDate"),
    ),
    key="cinp_cin_plan_id",
    person="cinp_person_id",
    periods=(("cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),),
)

LOOKED_AFTER: Final = Table(
    "ssd_cla_episodes",
    "Looked-after period",
    "A period in which the council looked after a child.",
    (
        Column("clae_cla_episode_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("clae_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column("clae_cla_episode_start_date", Kind.DATE, "first day looked after", required=True),
        Column("clae_cla_episode_ceased_date", Kind.DATE, "last day looked after; empty while it goes on"),
        Column("clae_short_breaks_only", Kind.YES_NO, "only an agreed series of short breaks", ssd=False),
    ),
    key="clae_cla_episode_id",
    person="clae_person_id",
    periods=(("clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),),
)
