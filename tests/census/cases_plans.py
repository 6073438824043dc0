"""Cases of the rules about child in need plans and child protection plans."""

from tests.census.cases import N2, P2, A, E, I, N, P, S, breaks, passes, without
from tests.census.returns import OPEN_CASE

NO_CIN_PLAN = without(OPEN_CASE, N)
PLAN_ONLY = without(OPEN_CASE, N, S, A)
CIN_ONLY = without(OPEN_CASE, P, S)
R = f"{P}Reviews"
HELD = {f"{E}DateOfInitialCPC": "2025-04-30"}
EARLY = {f"{E}CINreferralDate": "2025-03-03"}
ENDED = {f"{P}CPPendDate": "2025-12-31"}

SECOND_PLAN = {
    "CINdetails[2]/CINreferralDate": "2025-09-01",
    "CINdetails[2]/ReferralSource": "6",
    "CINdetails[2]/PrimaryNeedCode": "N1",
    "CINdetails[2]/DateOfInitialCPC": "2025-10-01",
    "CINdetails[2]/ReferralNFA": "false",
    "CINdetails[2]/ChildProtectionPlans/CPPstartDate": "2025-10-01",
    "CINdetails[2]/ChildProtectionPlans/InitialCategoryOfAbuse": "EMO",
    "CINdetails[2]/ChildProtectionPlans/LatestCategoryOfAbuse": "EMO",
    "CINdetails[2]/ChildProtectionPlans/NumberOfPreviousCPP": "1",
}
CLOSED = {
    f"{E}CINclosureDate": "2025-08-29",
    f"{E}ReasonForClosure": "RC7",
    f"{R}/CPPreviewDate[2]": None,
}
"""The first episode closed; the plan in it is still open."""

SAME_EPISODE = {
    f"{P2}CPPstartDate": "2025-10-01",
    f"{P2}InitialCategoryOfAbuse": "EMO",
    f"{P2}LatestCategoryOfAbuse": "EMO",
    f"{P2}NumberOfPreviousCPP": "1",
    f"{E}DateOfInitialCPC": None,
    f"{S}S47ActualStartDate": "2025-04-14",
    f"{S}DateOfInitialCPC": "2025-04-30",
    f"{S}ICPCnotRequired": "false",
    "CINdetails/Section47[2]/S47ActualStartDate": "2025-09-15",
    "CINdetails/Section47[2]/DateOfInitialCPC": "2025-10-01",
    "CINdetails/Section47[2]/ICPCnotRequired": "false",
}


def cin_plan(start: str, end: str | None) -> dict[str, str | None]:
    """The only child in need plan of the episode."""
    return {f"{N}CINPlanStartDate": start, **({f"{N}CINPlanEndDate": end} if end else {})}


def second(start: str, end: str | None) -> dict[str, str | None]:
    """A second child in need plan in the episode."""
    return {f"{N2}CINPlanStartDate": start, **({f"{N2}CINPlanEndDate": end} if end else {})}


CASES = (
    breaks("4001", "both open", OPEN_CASE, {f"{N}CINPlanEndDate": None, R: None}, "4001 4017"),
    passes("4001", "one ended", OPEN_CASE, {}),
    passes("4001", "an unreadable end", OPEN_CASE, {f"{N}CINPlanEndDate": "30/04/2025"}, "S12"),
    breaks("4003", "on its first day", NO_CIN_PLAN, cin_plan("2025-07-22", "2025-08-01"), "4003 4016"),
    breaks("4003", "the second review", NO_CIN_PLAN, cin_plan("2025-12-01", "2025-12-11"), "4003 4016"),
    breaks("4003", "an open plan", NO_CIN_PLAN, cin_plan("2025-12-01", None), "4001 4003 4016"),
    passes("4003", "on its last day", NO_CIN_PLAN, cin_plan("2025-12-09", "2025-12-10"), "4016"),
    passes(
        "4003",
        "on the day the protection plan ended",
        NO_CIN_PLAN,
        {f"{P}CPPendDate": "2025-12-10", **cin_plan("2025-12-10", "2026-02-01")},
    ),
    breaks("4004", "two", CIN_ONLY, {f"{N}CINPlanEndDate": None, **second("2025-06-02", None)}, "4004 4004 4014"),
    passes("4004", "one", CIN_ONLY, second("2025-06-02", None)),
    breaks("4008", "the day before", CIN_ONLY, {f"{I}PersonDeathDate": "2025-04-11"}, "4008 4009Q"),
    passes("4008", "on the day", CIN_ONLY, {f"{I}PersonDeathDate": "2025-04-12"}, "4009Q"),
    breaks("4009Q", "the day before", CIN_ONLY, {f"{I}PersonDeathDate": "2025-04-29"}),
    passes("4009Q", "on the day", CIN_ONLY, {f"{I}PersonDeathDate": "2025-04-30"}),
    breaks("4009Q", "open", CIN_ONLY, {f"{I}PersonDeathDate": "2026-03-31", f"{N}CINPlanEndDate": None}),
    passes(
        "4009Q",
        "open, died after the year",
        CIN_ONLY,
        {f"{I}PersonDeathDate": "2026-04-01", f"{N}CINPlanEndDate": None},
        "8545Q",
    ),
    breaks("4010", "missing", CIN_ONLY, {f"{N}CINPlanStartDate": None}),
    breaks("4010", "the day after", CIN_ONLY, {f"{N}CINPlanStartDate": "2026-04-01", f"{N}CINPlanEndDate": None}),
    passes("4010", "the very day", CIN_ONLY, {f"{N}CINPlanStartDate": "2026-03-31", f"{N}CINPlanEndDate": None}),
    passes("4010", "unreadable", CIN_ONLY, {f"{N}CINPlanStartDate": "2025-13-01"}, "S12"),
    breaks("4011", "the day before", CIN_ONLY, {f"{N}CINPlanEndDate": "2025-04-11"}),
    passes("4011", "on the day", CIN_ONLY, {f"{N}CINPlanEndDate": "2025-04-12"}, "4012Q"),
    breaks("4012Q", "one day", CIN_ONLY, {f"{N}CINPlanEndDate": "2025-04-12"}),
    passes("4012Q", "two days", CIN_ONLY, {f"{N}CINPlanEndDate": "2025-04-13"}),
    breaks(
        "4013",
        "a day early",
        CIN_ONLY,
        {**EARLY, f"{N}CINPlanStartDate": "2025-03-10", f"{N}CINPlanEndDate": "2025-03-31"},
    ),
    passes(
        "4013",
        "the first day",
        CIN_ONLY,
        {**EARLY, f"{N}CINPlanStartDate": "2025-03-10", f"{N}CINPlanEndDate": "2025-04-01"},
    ),
    passes("4013", "the last day", CIN_ONLY, {f"{N}CINPlanEndDate": "2026-03-31"}),
    breaks("4013", "a day late", CIN_ONLY, {f"{N}CINPlanEndDate": "2026-04-01"}),
    breaks("4014", "on the last day of the other", CIN_ONLY, second("2025-04-30", "2025-06-02")),
    passes("4014", "the day after", CIN_ONLY, second("2025-05-01", "2025-06-02")),
    breaks("4014", "twice the same", CIN_ONLY, second("2025-04-12", "2025-04-30"), "4014 4014"),
    breaks(
        "4014",
        "in another episode",
        CIN_ONLY,
        {
            f"{E}CINclosureDate": "2025-05-20",
            f"{E}ReasonForClosure": "RC7",
            f"{N}CINPlanEndDate": None,
            "CINdetails[2]/CINreferralDate": "2025-06-02",
            "CINdetails[2]/ReferralSource": "6",
            "CINdetails[2]/PrimaryNeedCode": "N1",
            "CINdetails[2]/CINPlanDates/CINPlanStartDate": "2025-06-10",
            "CINdetails[2]/ReferralNFA": "false",
        },
    ),
    breaks("4015", "the day before", CIN_ONLY, {f"{N}CINPlanStartDate": "2025-04-09"}),
    passes("4015", "on the day", CIN_ONLY, {f"{N}CINPlanStartDate": "2025-04-10"}),
    breaks("4016", "the day before it ends", NO_CIN_PLAN, {**ENDED, **cin_plan("2025-12-30", None)}),
    passes("4016", "on the day it ends", NO_CIN_PLAN, {**ENDED, **cin_plan("2025-12-31", None)}),
    breaks("4016", "on the day it starts", NO_CIN_PLAN, cin_plan("2025-04-30", "2025-05-20"), "4016 4017"),
    breaks("4016", "while it is open", NO_CIN_PLAN, cin_plan("2026-03-31", None), "4001 4016"),
    breaks("4017", "the day before the other ends", OPEN_CASE, {f"{N}CINPlanEndDate": "2025-05-01"}),
    passes("4017", "on the day the other ends", OPEN_CASE, {}),
    breaks(
        "1105", "the day before", PLAN_ONLY, {f"{P}CPPstartDate": "2025-03-31", f"{E}CINreferralDate": "2025-04-01"}
    ),
    passes("1105", "on the day", PLAN_ONLY, {f"{P}CPPstartDate": "2025-03-31", f"{E}CINreferralDate": "2025-03-31"}),
    breaks("2885", "another day", OPEN_CASE, {f"{S}DateOfInitialCPC": "2025-04-29"}),
    breaks("2885", "none at all", PLAN_ONLY, {}),
    breaks("2885", "none on the first day", PLAN_ONLY, {**EARLY, f"{P}CPPstartDate": "2025-04-01"}),
    passes("2885", "none the day before the year", PLAN_ONLY, {**EARLY, f"{P}CPPstartDate": "2025-03-31"}),
    passes("2885", "on the episode", PLAN_ONLY, HELD),
    breaks("2885", "on an enquiry that needs none", OPEN_CASE, {f"{S}ICPCnotRequired": "true"}),
    passes(
        "2885",
        "on the episode, beside an enquiry that needs none",
        OPEN_CASE,
        {**HELD, f"{S}DateOfInitialCPC": None, f"{S}ICPCnotRequired": "true"},
    ),
    breaks(
        "2885",
        "on the episode, beside an enquiry without a date",
        OPEN_CASE,
        {**HELD, f"{S}DateOfInitialCPC": None},
        "2885 8675Q",
    ),
    passes("2885", "an unreadable conference", OPEN_CASE, {f"{S}DateOfInitialCPC": "30 April"}, "S12"),
    passes(
        "2885",
        "the second of two enquiries",
        NO_CIN_PLAN,
        {**SAME_EPISODE, **ENDED, f"{P}CPPendDate": "2025-09-30", f"{R}/CPPreviewDate[2]": None},
    ),
    breaks("8720", "missing", PLAN_ONLY, {**HELD, f"{P}CPPstartDate": None}),
    breaks("8720", "the day after", PLAN_ONLY, {f"{P}CPPstartDate": "2026-04-01", R: None}),
    passes(
        "8720",
        "the very day",
        PLAN_ONLY,
        {f"{P}CPPstartDate": "2026-03-31", f"{E}DateOfInitialCPC": "2026-03-31", R: None},
    ),
    breaks("8730", "missing", OPEN_CASE, {f"{P}NumberOfPreviousCPP": None}),
    breaks("8730", "below zero", OPEN_CASE, {f"{P}NumberOfPreviousCPP": "-1"}),
    breaks("8730", "a word", OPEN_CASE, {f"{P}NumberOfPreviousCPP": "two"}),
    breaks("8730", "a fraction", OPEN_CASE, {f"{P}NumberOfPreviousCPP": "1.5"}),
    passes("8730", "zero", OPEN_CASE, {f"{P}NumberOfPreviousCPP": "0"}),
    passes("8730", "ten", OPEN_CASE, {f"{P}NumberOfPreviousCPP": "10"}),
    breaks("8840", "one day", OPEN_CASE, {f"{P}CPPendDate": "2025-04-30"}),
    passes("8840", "two days", OPEN_CASE, {f"{P}CPPendDate": "2025-05-01"}),
    breaks("8841", "on the first day", OPEN_CASE, {f"{R}/CPPreviewDate": "2025-04-30"}),
    breaks("8841", "the second of a group", OPEN_CASE, {f"{R}/CPPreviewDate[2]": "2025-04-30"}),
    breaks("8841", "in a second group", OPEN_CASE, {f"{R}[2]/CPPreviewDate": "2025-04-30"}, "S07 8841"),
    passes("8841", "the day after", OPEN_CASE, {f"{R}/CPPreviewDate": "2025-05-01"}),
    breaks("8842Q", "an empty group", OPEN_CASE, {f"{R}[2]": ""}, "S07 8842Q"),
    breaks("8842Q", "only an empty group", OPEN_CASE, {f"{R}/CPPreviewDate[2]": None, f"{R}/CPPreviewDate": None}),
    breaks("8842Q", "an empty date", OPEN_CASE, {f"{R}/CPPreviewDate[2]": None, f"{R}/CPPreviewDate": ""}, "S09 8842Q"),
    breaks(
        "8842Q",
        "an unreadable date",
        OPEN_CASE,
        {f"{R}/CPPreviewDate[2]": None, f"{R}/CPPreviewDate": "?"},
        "S12 8842Q",
    ),
    passes("8842Q", "one of two is readable", OPEN_CASE, {f"{R}/CPPreviewDate[2]": "2025-12-32"}, "S12"),
    passes("8842Q", "no group", OPEN_CASE, {R: None}),
    breaks("8905", "missing", OPEN_CASE, {f"{P}InitialCategoryOfAbuse": None}),
    breaks("8905", "no code", OPEN_CASE, {f"{P}InitialCategoryOfAbuse": "SEX"}),
    passes("8905", "multiple", OPEN_CASE, {f"{P}InitialCategoryOfAbuse": "MUL"}),
    breaks("8910", "missing", OPEN_CASE, {f"{P}LatestCategoryOfAbuse": None}),
    breaks("8910", "no code", OPEN_CASE, {f"{P}LatestCategoryOfAbuse": "neg"}),
    passes("8910", "sexual", OPEN_CASE, {f"{P}LatestCategoryOfAbuse": "SAB"}),
    breaks("8915", "the day before", NO_CIN_PLAN, {f"{I}PersonDeathDate": "2025-04-29"}, "8915 8920"),
    passes("8915", "on the day", NO_CIN_PLAN, {f"{I}PersonDeathDate": "2025-04-30"}, "8920"),
    breaks("8920", "the day before", OPEN_CASE, {**ENDED, f"{I}PersonDeathDate": "2025-12-30"}),
    passes("8920", "on the day", OPEN_CASE, {**ENDED, f"{I}PersonDeathDate": "2025-12-31"}),
    breaks("8920", "open", OPEN_CASE, {f"{I}PersonDeathDate": "2026-03-31"}),
    passes("8920", "open, died after the year", OPEN_CASE, {f"{I}PersonDeathDate": "2026-04-01"}, "8545Q"),
    breaks("8925", "the day before", OPEN_CASE, {f"{P}CPPendDate": "2025-04-29"}),
    passes("8925", "on the day", OPEN_CASE, {f"{P}CPPendDate": "2025-04-30"}, "8840"),
    breaks(
        "8930",
        "a day early",
        PLAN_ONLY,
        {**EARLY, f"{P}CPPstartDate": "2025-03-10", f"{P}CPPendDate": "2025-03-31", R: None},
    ),
    passes(
        "8930",
        "the first day",
        PLAN_ONLY,
        {**EARLY, f"{P}CPPstartDate": "2025-03-10", f"{P}CPPendDate": "2025-04-01", R: None},
    ),
    passes("8930", "the last day", OPEN_CASE, {f"{P}CPPendDate": "2026-03-31"}),
    breaks("8930", "a day late", OPEN_CASE, {f"{P}CPPendDate": "2026-04-01"}),
    breaks("8935", "in two episodes", OPEN_CASE, {**SECOND_PLAN, **CLOSED}, "8935 8935 8940"),
    breaks("8935", "in one episode", NO_CIN_PLAN, SAME_EPISODE, "8935 8935 8940"),
    passes("8935", "one ended", OPEN_CASE, {**SECOND_PLAN, **CLOSED, f"{P}CPPendDate": "2025-08-29"}),
    breaks(
        "8940",
        "on the last day of the other",
        NO_CIN_PLAN,
        {**SAME_EPISODE, f"{P}CPPendDate": "2025-10-01"},
    ),
    passes("8940", "the day after", NO_CIN_PLAN, {**SAME_EPISODE, f"{P}CPPendDate": "2025-09-30"}),
    breaks(
        "8940",
        "first plans of two episodes",
        OPEN_CASE,
        {**SECOND_PLAN, **CLOSED, f"{P}CPPendDate": "2025-10-01"},
        "8565 8940",
    ),
)
