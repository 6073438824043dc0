"""Cases of the rules about episodes and what they hold."""

from tests.census.cases import A, E, F, I, N, P, S, breaks, passes, without
from tests.census.returns import CLOSED_CASE, NO_ACTION, OPEN_CASE

NOT_ASSESSED = {**without(CLOSED_CASE, A), f"{E}ReasonForClosure": "RC7"}
FACTOR = {f"{F}/AssessmentFactors": "4B"}
ASSESSED = {**CLOSED_CASE, **FACTOR, f"{E}ReasonForClosure": "RC7"}
ENQUIRY = {f"{S}S47ActualStartDate": "2025-06-10", f"{S}ICPCnotRequired": "true"}
CIN_PLAN = {f"{N}CINPlanStartDate": "2025-06-10", f"{N}CINPlanEndDate": "2025-07-01"}
CLOSED_PLAN = {
    **OPEN_CASE,
    f"{E}CINclosureDate": "2026-01-30",
    f"{E}ReasonForClosure": "RC7",
    f"{P}CPPendDate": "2026-01-30",
}
PLAN = {
    f"{E}DateOfInitialCPC": "2025-06-10",
    f"{P}CPPstartDate": "2025-06-10",
    f"{P}CPPendDate": "2025-07-31",
    f"{P}InitialCategoryOfAbuse": "NEG",
    f"{P}LatestCategoryOfAbuse": "NEG",
    f"{P}NumberOfPreviousCPP": "1",
}


def again(referral: str, *, no_action: str, closed: str | None = None, number: int = 2) -> dict[str, str | None]:
    """Another episode of the child, with nothing in it."""
    path = f"CINdetails[{number}]/"
    changes: dict[str, str | None] = {f"{path}CINreferralDate": referral, f"{path}ReferralSource": "1C"}
    if closed:
        changes |= {f"{path}CINclosureDate": closed, f"{path}ReasonForClosure": "RC7"}
    return {**changes, f"{path}PrimaryNeedCode": "N1", f"{path}ReferralNFA": no_action}


CASES = (
    breaks("8555Q", "died the day before", NO_ACTION, {f"{I}PersonDeathDate": "2025-06-01"}),
    passes("8555Q", "died on the day", NO_ACTION, {f"{I}PersonDeathDate": "2025-06-02"}),
    breaks("8568", "missing", NO_ACTION, {f"{E}ReferralNFA": None}),
    breaks("8568", "a word", NO_ACTION, {f"{E}ReferralNFA": "yes"}),
    passes("8568", "one capital", NO_ACTION, {f"{E}ReferralNFA": "True"}),
    passes("8568", "capitals anywhere", NO_ACTION, {f"{E}ReferralNFA": "tRUE"}),
    breaks("8569Q", "a weekend before the last working day", NO_ACTION, {f"{E}CINreferralDate": "2025-03-30"}),
    passes("8569Q", "the last working day before the year", NO_ACTION, {f"{E}CINreferralDate": "2025-03-31"}),
    breaks("8569Q", "no flag", NO_ACTION, {f"{E}CINreferralDate": "2025-03-30", f"{E}ReferralNFA": None}, "8568 8569Q"),
    passes(
        "8569Q", "an unreadable flag", NO_ACTION, {f"{E}CINreferralDate": "2025-03-30", f"{E}ReferralNFA": "no"}, "8568"
    ),
    passes("8569Q", "acted on", CLOSED_CASE, {f"{E}CINreferralDate": "2025-03-30"}),
    breaks("8585Q", "no date of death", ASSESSED, {f"{E}ReasonForClosure": "RC2"}),
    passes("8585Q", "a date of death", ASSESSED, {f"{E}ReasonForClosure": "RC2", f"{I}PersonDeathDate": "2025-07-31"}),
    breaks("8600", "missing", NO_ACTION, {f"{E}CINreferralDate": None}),
    breaks("8600", "the day after", NO_ACTION, {f"{E}CINreferralDate": "2026-04-01"}),
    passes("8600", "the very day", NO_ACTION, {f"{E}CINreferralDate": "2026-03-31"}),
    passes("8600", "31 February is unreadable", NO_ACTION, {f"{E}CINreferralDate": "2026-02-31"}, "S12"),
    breaks("8606", "281 days before birth", NO_ACTION, {f"{I}PersonBirthDate": "2026-03-10"}),
    passes("8606", "280 days before birth", NO_ACTION, {f"{I}PersonBirthDate": "2026-03-09"}),
    breaks(
        "8606",
        "281 days before expected birth",
        NO_ACTION,
        {f"{I}PersonBirthDate": None, f"{I}ExpectedPersonBirthDate": "2026-03-10", f"{I}Sex": "U"},
    ),
    passes(
        "8606",
        "280 days before expected birth",
        NO_ACTION,
        {f"{I}PersonBirthDate": None, f"{I}ExpectedPersonBirthDate": "2026-03-09", f"{I}Sex": "U"},
    ),
    breaks("8610", "acted on", CLOSED_CASE, {f"{E}PrimaryNeedCode": None}),
    passes("8610", "not stated", CLOSED_CASE, {f"{E}PrimaryNeedCode": "N0"}),
    passes("8610", "not acted on", NO_ACTION, {}),
    breaks(
        "8620", "a day early", NOT_ASSESSED, {f"{E}CINreferralDate": "2025-03-03", f"{E}CINclosureDate": "2025-03-31"}
    ),
    passes(
        "8620", "the first day", NOT_ASSESSED, {f"{E}CINreferralDate": "2025-03-03", f"{E}CINclosureDate": "2025-04-01"}
    ),
    passes("8620", "the last day", NOT_ASSESSED, {f"{E}CINclosureDate": "2026-03-31"}),
    breaks("8620", "a day late", NOT_ASSESSED, {f"{E}CINclosureDate": "2026-04-01"}),
    breaks("8630", "the day before", NOT_ASSESSED, {f"{E}CINclosureDate": "2025-06-01"}),
    passes("8630", "on the day", NOT_ASSESSED, {f"{E}CINclosureDate": "2025-06-02"}),
    breaks("8640", "no code", ASSESSED, {f"{E}ReasonForClosure": "RC10"}),
    breaks("8640", "a small letter", ASSESSED, {f"{E}ReasonForClosure": "rc7"}),
    passes("8640", "the last code", ASSESSED, {f"{E}ReasonForClosure": "RC9"}),
    breaks("8650", "no code", CLOSED_CASE, {f"{E}PrimaryNeedCode": "N10"}),
    passes("8650", "the last code", CLOSED_CASE, {f"{E}PrimaryNeedCode": "N9"}),
    breaks("8805", "no reason", ASSESSED, {f"{E}ReasonForClosure": None}),
    passes("8805", "unreadable and without a reason", ASSESSED, {f"{E}CINclosureDate": "soon"}, "S12"),
    passes("8805", "open", ASSESSED, {f"{E}CINclosureDate": None, f"{E}ReasonForClosure": None}),
    breaks("8810", "no date", ASSESSED, {f"{E}CINclosureDate": None}),
    passes("8810", "an unreadable date", ASSESSED, {f"{E}CINclosureDate": "31/07/2025"}, "S12"),
    passes("8810", "a date", ASSESSED, {}),
    breaks("8866", "missing", NO_ACTION, {f"{E}ReferralSource": None}),
    breaks("8866", "no code", NO_ACTION, {f"{E}ReferralSource": "5E"}),
    passes("8866", "early help", NO_ACTION, {f"{E}ReferralSource": "5D"}),
    breaks(
        "8866",
        "the first day that asks",
        CLOSED_CASE,
        {f"{I}PersonBirthDate": "2010-01-01", f"{E}CINreferralDate": "2013-04-01", f"{E}ReferralSource": None},
    ),
    passes(
        "8866",
        "the last day that does not ask",
        CLOSED_CASE,
        {f"{I}PersonBirthDate": "2010-01-01", f"{E}CINreferralDate": "2013-03-31", f"{E}ReferralSource": None},
        "S06",
    ),
    breaks("2990", "an enquiry", CLOSED_CASE, ENQUIRY),
    breaks("2990", "a child in need plan", CLOSED_CASE, CIN_PLAN),
    breaks("2990", "a conference", CLOSED_CASE, {f"{E}DateOfInitialCPC": "2025-06-10"}),
    breaks("2990", "a protection plan and RC9", CLOSED_CASE, {**PLAN, f"{E}ReasonForClosure": "RC9"}),
    passes("2990", "another reason", ASSESSED, {**ENQUIRY, **CIN_PLAN}),
    passes("2990", "nothing more", CLOSED_CASE, {}),
    breaks("2991Q", "no assessment", OPEN_CASE, {"CINdetails/Assessments": None}),
    passes("2991Q", "an assessment", OPEN_CASE, {}),
    breaks("8565", "authorised the day after", CLOSED_CASE, {f"{A}AssessmentAuthorisationDate": "2025-08-01"}),
    passes("8565", "authorised on the day", CLOSED_CASE, {f"{A}AssessmentAuthorisationDate": "2025-07-31"}),
    breaks(
        "8565",
        "assessment started after",
        ASSESSED,
        {f"{A}AssessmentActualStartDate": "2025-08-01", f"{A}AssessmentAuthorisationDate": "2025-08-01"},
    ),
    breaks("8565", "enquiry started after", ASSESSED, {**ENQUIRY, f"{S}S47ActualStartDate": "2025-08-01"}),
    passes("8565", "enquiry started on the day", ASSESSED, {**ENQUIRY, f"{S}S47ActualStartDate": "2025-07-31"}),
    breaks(
        "8565",
        "conference held after",
        ASSESSED,
        {**ENQUIRY, f"{S}DateOfInitialCPC": "2025-08-01", f"{S}ICPCnotRequired": "false"},
    ),
    breaks("8565", "conference on the episode after", ASSESSED, {f"{E}DateOfInitialCPC": "2025-08-01"}),
    passes("8565", "conference on the episode on the day", ASSESSED, {f"{E}DateOfInitialCPC": "2025-07-31"}),
    breaks("8565", "plan ended after", CLOSED_PLAN, {f"{P}CPPendDate": "2026-01-31"}),
    passes("8565", "plan ended on the day", CLOSED_PLAN, {}),
    breaks("8565", "child in need plan ended after", ASSESSED, {**CIN_PLAN, f"{N}CINPlanEndDate": "2025-08-01"}),
    passes("8565", "child in need plan ended on the day", ASSESSED, {**CIN_PLAN, f"{N}CINPlanEndDate": "2025-07-31"}),
    breaks(
        "8565",
        "child in need plan started after",
        ASSESSED,
        {f"{N}CINPlanStartDate": "2025-08-01", f"{N}CINPlanEndDate": "2025-09-01"},
    ),
    breaks("8815", "two open", OPEN_CASE, again("2025-09-01", no_action="false"), "8815 8815 8816 8820"),
    breaks(
        "8815",
        "two open and one without action",
        OPEN_CASE,
        {**again("2025-09-01", no_action="false"), **again("2026-03-31", no_action="true", number=3)},
        "8815 8815 8815 8816 8816 8820",
    ),
    passes("8815", "the other without action", OPEN_CASE, again("2026-03-31", no_action="true"), "8816"),
    passes("8815", "the other closed", OPEN_CASE, again("2025-04-01", no_action="false", closed="2025-04-09")),
    breaks("8816", "referred again on the last day", OPEN_CASE, again("2026-03-31", no_action="true")),
    passes("8816", "referred before", OPEN_CASE, again("2025-04-09", no_action="true")),
    passes("8816", "closed", CLOSED_CASE, again("2025-08-01", no_action="true")),
    breaks("8820", "the day before closing", CLOSED_CASE, again("2025-07-30", no_action="true")),
    passes("8820", "the day of closing", CLOSED_CASE, again("2025-07-31", no_action="true")),
    breaks("8820", "the day of the other referral", CLOSED_CASE, again("2025-06-02", no_action="true")),
    passes("8820", "the other open without action", CLOSED_CASE, again("2025-05-01", no_action="true")),
    breaks("8820", "the other open and acted on", OPEN_CASE, again("2026-03-30", no_action="true"), "8816 8820"),
    breaks("8825Q", "none", without(CLOSED_CASE, A), {}),
    passes("8825Q", "one", CLOSED_CASE, {}),
    passes("8825Q", "another reason", NOT_ASSESSED, {}),
    breaks(
        "8831",
        "an assessment",
        NO_ACTION,
        {f"{A}AssessmentActualStartDate": "2025-06-03", f"{A}AssessmentAuthorisationDate": "2025-06-20", **FACTOR},
    ),
    breaks("8831", "an enquiry", NO_ACTION, ENQUIRY, "2991Q 8831"),
    breaks("8831", "a conference", NO_ACTION, {f"{E}DateOfInitialCPC": "2025-06-10"}),
    passes("8831", "nothing", NO_ACTION, {}),
    passes("8831", "acted on", OPEN_CASE, {}),
    breaks("8832", "a plan", NO_ACTION, PLAN, "8831 8832"),
    passes("8832", "acted on", ASSESSED, PLAN),
    breaks("4000", "a plan", NO_ACTION, CIN_PLAN),
    passes("4000", "acted on", ASSESSED, CIN_PLAN),
    breaks("8867", "not authorised", CLOSED_CASE, {f"{A}AssessmentAuthorisationDate": None, F: None}, "8670Q 8867"),
    passes("8867", "an unreadable authorisation", CLOSED_CASE, {f"{A}AssessmentAuthorisationDate": "July"}, "S12"),
    passes("8867", "authorised", CLOSED_CASE, {}),
    breaks("8868", "no outcome", ASSESSED, {**ENQUIRY, f"{S}ICPCnotRequired": "false"}, "8675Q 8868"),
    breaks("8868", "both outcomes", ASSESSED, {**ENQUIRY, f"{S}DateOfInitialCPC": "2025-06-20"}),
    breaks("8868", "no flag", ASSESSED, {**ENQUIRY, f"{S}ICPCnotRequired": None}, "S06 8868"),
    passes("8868", "none required", ASSESSED, ENQUIRY),
    passes(
        "8868",
        "a conference",
        ASSESSED,
        {**ENQUIRY, f"{S}DateOfInitialCPC": "2025-06-20", f"{S}ICPCnotRequired": "false"},
    ),
    passes("8868", "open", OPEN_CASE, {}),
)
