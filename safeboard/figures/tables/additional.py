"""Tables that a board needs and the Standard Safeguarding Dataset lacks."""

from typing import Final

from safeboard.figures.tables import codes
from safeboard.figures.tables.declaration import Column, Kind, Table

ATTENDANCE: Final = Table(
    "conference_attendance",
    "Conference attendance",
    "Whether one invited attender took part in one conference about one child, and how.",
    (
        Column("cona_attendance_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column(
            "cona_person_id",
            Kind.IDENTIFIER,
            "the child whom the conference was about",
            required=True,
            refers_to="ssd_person",
        ),
        Column(
            "cona_conference_id",
            Kind.IDENTIFIER,
            "the conference of that child: an initial conference or a review",
            required=True,
        ),
        Column("cona_conference_kind", Kind.CODE, "initial or review", codes=codes.CONFERENCE_KIND, required=True),
        Column("cona_conference_date", Kind.DATE, "day it was held", required=True),
        Column("cona_attender", Kind.CODE, "child, parent or agency", codes=codes.ATTENDER, required=True),
        Column("cona_agency", Kind.CODE, "which agency; empty for a child or parent", codes=codes.AGENCY),
        Column("cona_attended", Kind.YES_NO, "was present", required=True),
        Column("cona_participation", Kind.CODE, "how the child took part", codes=codes.PARTICIPATION),
    ),
    key="cona_attendance_id",
    person="cona_person_id",
    ssd=False,
)

ISSUE: Final = Table(
    "conference_issue",
    "Conference issue",
    "One key issue found at one conference; a conference asked and found without any has the one code NONE.",
    (
        Column("coni_issue_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column(
            "coni_person_id",
            Kind.IDENTIFIER,
            "the child whom the conference was about",
            required=True,
            refers_to="ssd_person",
        ),
        Column(
            "coni_conference_id",
            Kind.IDENTIFIER,
            "the conference of that child: an initial conference or a review",
            required=True,
        ),
        Column("coni_conference_date", Kind.DATE, "day it was held", required=True),
        Column("coni_issue", Kind.CODE, "the issue", codes=codes.CONFERENCE_ISSUE, required=True),
    ),
    key="coni_issue_id",
    person="coni_person_id",
    ssd=False,
)

POLICE_PROTECTION: Final = Table(
    "police_protection",
    "Police protection",
    "One child taken into police protection (section 46 Children Act 1989).",
    (
        Column("polp_protection_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("polp_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column(
            "polp_family_id",
            Kind.IDENTIFIER,
            "the family group: brothers and sisters protected together share it",
            required=True,
        ),
        Column("polp_start_date", Kind.DATE, "day the power was used", required=True),
        Column("polp_became_looked_after", Kind.YES_NO, "the child became looked after through it"),
    ),
    key="polp_protection_id",
    person="polp_person_id",
    ssd=False,
)

SCREENING: Final = Table(
    "domestic_violence_screening",
    "Domestic violence screening",
    "One police notification of domestic violence screened jointly. Counts notifications, not children.",
    (
        Column("dvsc_screening_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("dvsc_screening_date", Kind.DATE, "day of the screening", required=True),
        Column("dvsc_level", Kind.CODE, "level of need found", codes=codes.NEED_LEVEL),
        Column("dvsc_needs_investigation", Kind.YES_NO, "social care was to investigate further"),
    ),
    key="dvsc_screening_id",
    person="",
    ssd=False,
)

MAPPA: Final = Table(
    "mappa_case",
    "MAPPA case",
    "One offender managed under multi-agency public protection arrangements. Holds no identity.",
    (
        Column("mapp_case_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("mapp_start_date", Kind.DATE, "first day managed at this level", required=True),
        Column("mapp_end_date", Kind.DATE, "last day managed at this level; empty while it goes on"),
        Column("mapp_category", Kind.CODE, "category", codes=codes.MAPPA_CATEGORY),
        Column("mapp_level", Kind.CODE, "level", codes=codes.MAPPA_LEVEL, required=True),
        Column("mapp_risk_to_children", Kind.YES_NO, "a risk to children was identified"),
        Column(
            "mapp_serious_further_offence_date",
            Kind.DATE,
            "day of a serious further offence while managed; empty if none",
        ),
    ),
    key="mapp_case_id",
    person="",
    periods=(("mapp_start_date", "mapp_end_date"),),
    ssd=False,
)

CAF: Final = Table(
    "caf",
    "Common assessment",
    "A common assessment (CAF) of one child.",
    (
        Column("caf_assessment_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("caf_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column("caf_completed_date", Kind.DATE, "day it was completed", required=True),
        Column("caf_agency", Kind.CODE, "the agency that completed it", codes=codes.AGENCY),
        Column("caf_level", Kind.CODE, "level of need found", codes=codes.NEED_LEVEL),
    ),
    key="caf_assessment_id",
    person="caf_person_id",
    ssd=False,
)

PRE_PROCEEDINGS: Final = Table(
    "pre_proceedings",
    "Pre-proceedings",
    "Work before care proceedings, in the census from 2026-27.",
    (
        Column("prep_pre_proceedings_id", Kind.IDENTIFIER, "row identifier", required=True),
        Column("prep_person_id", Kind.IDENTIFIER, "the child", required=True, refers_to="ssd_person"),
        Column("prep_referral_id", Kind.IDENTIFIER, "the referral episode", refers_to="ssd_cin_episodes"),
        Column("prep_start_date", Kind.DATE, "day pre-proceedings began", census="PPStartDate"),
        Column("prep_letter_date", Kind.DATE, "day the letter before proceedings was sent", census="LBPSentDate"),
        Column(
            "prep_family_meeting_offered",
            Kind.YES_NO,
            "a family group decision-making meeting was offered",
            census="FGDMMeetingOffer",
        ),
        Column("prep_family_meeting_held", Kind.YES_NO, "it was held", census="FGDMMeetingFac"),
        Column(
            "prep_first_meeting_date",
            Kind.DATE,
            "day of the first pre-proceedings meeting",
            census="InitialPPMeetingDate",
        ),
        Column("prep_review_meetings", Kind.WHOLE_NUMBER, "number of review meetings", census="ReviewMeetingsCount"),
        Column("prep_decision_date", Kind.DATE, "day of the decision to step up or down", census="StepDecisionDate"),
        Column("prep_outcome", Kind.CODE, "outcome", codes=codes.PRE_PROCEEDINGS_OUTCOME, census="PPOutcome"),
        Column("prep_court_date", Kind.DATE, "day of the application to court", census="CourtAppDate"),
        Column(
            "prep_care_letter_date", Kind.DATE, "day of the letter to start care proceedings", census="LetterInitCPDate"
        ),
    ),
    key="prep_pre_proceedings_id",
    person="prep_person_id",
    ssd=False,
)
