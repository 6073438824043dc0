"""Cases of the rules about assessments and Section 47 enquiries."""

from tests.census.cases import A2, F2, S2, A, E, F, N, P, S, breaks, passes, without
from tests.census.returns import CLOSED_CASE, OPEN_CASE

NO_PLANS = without(OPEN_CASE, N, P)
GOING_ON = {f"{A}AssessmentAuthorisationDate": None, F: None}
SECOND = {
    f"{A2}AssessmentActualStartDate": "2025-05-21",
    f"{A2}AssessmentAuthorisationDate": "2025-06-20",
    f"{F2}/AssessmentFactors": "20",
}
EARLY = {f"{E}CINreferralDate": "2025-03-03"}
UNFINISHED = {f"{S}DateOfInitialCPC": None}
SECOND_ENQUIRY = {f"{S2}S47ActualStartDate": "2025-05-01", f"{S2}ICPCnotRequired": "true"}

CASES = (
    breaks("1103", "the day before", OPEN_CASE, {f"{A}AssessmentActualStartDate": "2025-04-09"}),
    passes("1103", "on the day", OPEN_CASE, {f"{A}AssessmentActualStartDate": "2025-04-10"}),
    breaks("8608", "the day before", OPEN_CASE, {f"{A}AssessmentAuthorisationDate": "2025-04-10"}),
    passes("8608", "on the day", OPEN_CASE, {f"{A}AssessmentAuthorisationDate": "2025-04-11"}),
    breaks(
        "8614",
        "factors",
        OPEN_CASE,
        {f"{A}AssessmentActualStartDate": "2026-03-02", f"{A}AssessmentAuthorisationDate": None},
    ),
    passes("8614", "no factors", OPEN_CASE, {f"{A}AssessmentActualStartDate": "2026-03-02", **GOING_ON}),
    passes(
        "8614",
        "an empty group",
        OPEN_CASE,
        {
            f"{A}AssessmentActualStartDate": "2026-03-02",
            f"{A}AssessmentAuthorisationDate": None,
            f"{F}/AssessmentFactors[2]": None,
            f"{F}/AssessmentFactors": None,
        },
    ),
    breaks("8670Q", "46 working days", OPEN_CASE, {f"{A}AssessmentActualStartDate": "2026-01-26", **GOING_ON}),
    passes("8670Q", "45 working days", OPEN_CASE, {f"{A}AssessmentActualStartDate": "2026-01-27", **GOING_ON}),
    breaks(
        "8696",
        "a day early",
        OPEN_CASE,
        {**EARLY, f"{A}AssessmentActualStartDate": "2025-03-04", f"{A}AssessmentAuthorisationDate": "2025-03-31"},
    ),
    passes(
        "8696",
        "the first day",
        OPEN_CASE,
        {**EARLY, f"{A}AssessmentActualStartDate": "2025-03-04", f"{A}AssessmentAuthorisationDate": "2025-04-01"},
    ),
    passes("8696", "the last day", OPEN_CASE, {f"{A}AssessmentAuthorisationDate": "2026-03-31"}),
    breaks("8696", "a day late", OPEN_CASE, {f"{A}AssessmentAuthorisationDate": "2026-04-01"}),
    breaks(
        "8736",
        "a day early",
        OPEN_CASE,
        {**EARLY, **GOING_ON, f"{A}AssessmentActualStartDate": "2025-03-31"},
        "8670Q 8736",
    ),
    passes(
        "8736",
        "the first day",
        OPEN_CASE,
        {**EARLY, **GOING_ON, f"{A}AssessmentActualStartDate": "2025-04-01"},
        "8670Q",
    ),
    passes("8736", "the last day", OPEN_CASE, {**GOING_ON, f"{A}AssessmentActualStartDate": "2026-03-31"}),
    breaks("8736", "a day late", OPEN_CASE, {**GOING_ON, f"{A}AssessmentActualStartDate": "2026-04-01"}),
    breaks("8736", "missing", OPEN_CASE, {**GOING_ON, f"{A}AssessmentActualStartDate": None}),
    passes("8736", "unreadable", OPEN_CASE, {**GOING_ON, f"{A}AssessmentActualStartDate": "20250411"}, "S12"),
    passes("8736", "missing, but authorised", OPEN_CASE, {f"{A}AssessmentActualStartDate": None}, "S06"),
    breaks(
        "8863Q", "on the day of authorisation", OPEN_CASE, {**SECOND, f"{A2}AssessmentActualStartDate": "2025-05-20"}
    ),
    passes("8863Q", "the day after", OPEN_CASE, SECOND),
    breaks(
        "8863Q",
        "while another goes on",
        OPEN_CASE,
        {
            **GOING_ON,
            **SECOND,
            f"{A}AssessmentActualStartDate": "2026-02-02",
            f"{A2}AssessmentActualStartDate": "2026-03-02",
            f"{A2}AssessmentAuthorisationDate": "2026-03-20",
        },
    ),
    breaks(
        "8863Q", "both on one day", OPEN_CASE, {**SECOND, f"{A2}AssessmentActualStartDate": "2025-04-11"}, "8863Q 8863Q"
    ),
    passes(
        "8863Q",
        "the same twice",
        OPEN_CASE,
        {**SECOND, f"{A2}AssessmentActualStartDate": "2025-04-11", f"{A2}AssessmentAuthorisationDate": "2025-05-20"},
        "S18",
    ),
    breaks("8869", "another with it", OPEN_CASE, {f"{F}/AssessmentFactors[3]": "21"}),
    breaks("8869", "another in another group", CLOSED_CASE, {f"{F}[2]/AssessmentFactors": "4B"}, "S07 8869"),
    passes("8869", "alone", CLOSED_CASE, {}),
    breaks(
        "8896",
        "two going on",
        OPEN_CASE,
        {
            **GOING_ON,
            f"{A}AssessmentActualStartDate": "2026-03-02",
            f"{A2}AssessmentActualStartDate": "2026-03-09",
        },
        "8863Q 8896 8896",
    ),
    passes("8896", "one going on", OPEN_CASE, {f"{A2}AssessmentActualStartDate": "2026-03-09"}),
    breaks("8897Q", "none", OPEN_CASE, {F: None}),
    breaks("8897Q", "no code", OPEN_CASE, {f"{F}/AssessmentFactors[2]": "8A"}),
    breaks(
        "8897Q",
        "none on the first day",
        OPEN_CASE,
        {
            **EARLY,
            F: None,
            f"{A}AssessmentActualStartDate": "2025-03-04",
            f"{A}AssessmentAuthorisationDate": "2025-04-01",
        },
    ),
    passes(
        "8897Q",
        "none on the day before",
        OPEN_CASE,
        {
            **EARLY,
            F: None,
            f"{A}AssessmentActualStartDate": "2025-03-04",
            f"{A}AssessmentAuthorisationDate": "2025-03-31",
        },
        "8696",
    ),
    passes("8897Q", "one", CLOSED_CASE, {}),
    breaks("8898", "twice", OPEN_CASE, {f"{F}/AssessmentFactors[3]": "4B"}),
    breaks("8898", "twice, and nothing else", CLOSED_CASE, {f"{F}/AssessmentFactors[2]": "21"}),
    passes("8898", "once in each assessment", OPEN_CASE, {**SECOND, f"{F2}/AssessmentFactors": "4B"}),
    breaks("8945Q", "used", OPEN_CASE, {f"{F}/AssessmentFactors": "18A"}),
    passes("8945Q", "another child", OPEN_CASE, {f"{F}/AssessmentFactors": "18B"}),
    breaks("8950Q", "used", OPEN_CASE, {f"{F}/AssessmentFactors[2]": "19A"}),
    passes("8950Q", "an adult", OPEN_CASE, {f"{F}/AssessmentFactors": "19C"}),
    breaks(
        "1104",
        "the day before",
        NO_PLANS,
        {f"{S}S47ActualStartDate": "2025-04-09", f"{S}DateOfInitialCPC": "2025-04-09"},
        "1104 2889",
    ),
    passes(
        "1104", "on the day", NO_PLANS, {f"{S}S47ActualStartDate": "2025-04-10", f"{S}DateOfInitialCPC": "2025-04-10"}
    ),
    breaks("2884", "on both", OPEN_CASE, {f"{E}DateOfInitialCPC": "2025-04-30"}),
    passes("2884", "on another day", OPEN_CASE, {f"{E}DateOfInitialCPC": "2025-04-29"}),
    breaks(
        "2884",
        "on another episode",
        OPEN_CASE,
        {
            "CINdetails[2]/CINreferralDate": "2025-04-01",
            "CINdetails[2]/ReferralSource": "6",
            "CINdetails[2]/PrimaryNeedCode": "N1",
            "CINdetails[2]/CINclosureDate": "2025-04-09",
            "CINdetails[2]/ReasonForClosure": "RC7",
            "CINdetails[2]/DateOfInitialCPC": "2025-04-30",
            "CINdetails[2]/ReferralNFA": "false",
        },
        "2884 8565",
    ),
    breaks("2889", "the day before", OPEN_CASE, {f"{S}S47ActualStartDate": "2025-04-09"}),
    passes("2889", "on the day", OPEN_CASE, {f"{S}S47ActualStartDate": "2025-04-10"}),
    breaks("8615", "the day after", OPEN_CASE, {f"{S}S47ActualStartDate": "2025-05-01"}),
    passes("8615", "on the day", OPEN_CASE, {f"{S}S47ActualStartDate": "2025-04-30"}),
    breaks("8615", "no start", OPEN_CASE, {f"{S}S47ActualStartDate": None}),
    passes("8615", "an unreadable start", OPEN_CASE, {f"{S}S47ActualStartDate": "14.04.2025"}, "S12"),
    breaks("8675Q", "16 working days", NO_PLANS, {**UNFINISHED, f"{S}S47ActualStartDate": "2026-03-09"}),
    passes("8675Q", "15 working days", NO_PLANS, {**UNFINISHED, f"{S}S47ActualStartDate": "2026-03-10"}),
    passes("8675Q", "none required", NO_PLANS, {**UNFINISHED, f"{S}ICPCnotRequired": "true"}),
    breaks(
        "8715",
        "a day early",
        NO_PLANS,
        {**EARLY, f"{S}S47ActualStartDate": "2025-03-10", f"{S}DateOfInitialCPC": "2025-03-31"},
    ),
    passes(
        "8715",
        "the first day",
        NO_PLANS,
        {**EARLY, f"{S}S47ActualStartDate": "2025-03-10", f"{S}DateOfInitialCPC": "2025-04-01"},
    ),
    passes("8715", "the last day", NO_PLANS, {f"{S}DateOfInitialCPC": "2026-03-31"}),
    breaks("8715", "a day late", NO_PLANS, {f"{S}DateOfInitialCPC": "2026-04-01"}),
    breaks(
        "8740", "a day early", NO_PLANS, {**EARLY, **UNFINISHED, f"{S}S47ActualStartDate": "2025-03-31"}, "8675Q 8740"
    ),
    passes("8740", "the first day", NO_PLANS, {**EARLY, **UNFINISHED, f"{S}S47ActualStartDate": "2025-04-01"}, "8675Q"),
    passes("8740", "the last day", NO_PLANS, {**UNFINISHED, f"{S}S47ActualStartDate": "2026-03-31"}),
    breaks("8740", "a day late", NO_PLANS, {**UNFINISHED, f"{S}S47ActualStartDate": "2026-04-01"}),
    breaks("8740", "no start", NO_PLANS, {**UNFINISHED, f"{S}S47ActualStartDate": None}),
    breaks(
        "8839",
        "two",
        NO_PLANS,
        {
            **UNFINISHED,
            f"{S}S47ActualStartDate": "2026-03-16",
            f"{S2}S47ActualStartDate": "2026-03-23",
            f"{S2}ICPCnotRequired": "false",
        },
        "8839 8839 8890",
    ),
    passes(
        "8839",
        "one with none required",
        NO_PLANS,
        {
            **UNFINISHED,
            f"{S}S47ActualStartDate": "2026-03-16",
            f"{S}ICPCnotRequired": "true",
            f"{S2}S47ActualStartDate": "2026-03-23",
            f"{S2}ICPCnotRequired": "false",
        },
    ),
    breaks("8870Q", "a Saturday", OPEN_CASE, {f"{S}InitialCPCtarget": "2025-05-10"}),
    breaks("8870Q", "a Sunday", OPEN_CASE, {f"{S}InitialCPCtarget": "2025-05-11"}),
    passes("8870Q", "a Friday", OPEN_CASE, {f"{S}InitialCPCtarget": "2025-05-09"}),
    breaks("8875", "a Saturday", NO_PLANS, {f"{S}DateOfInitialCPC": "2025-05-03"}),
    breaks("8875", "a Sunday", NO_PLANS, {f"{S}DateOfInitialCPC": "2025-05-04"}),
    passes("8875", "a bank holiday Monday", NO_PLANS, {f"{S}DateOfInitialCPC": "2025-05-05"}),
    breaks(
        "8890", "on the day of the conference", OPEN_CASE, {**SECOND_ENQUIRY, f"{S2}S47ActualStartDate": "2025-04-30"}
    ),
    passes("8890", "the day after", OPEN_CASE, SECOND_ENQUIRY),
    breaks(
        "8890",
        "on the reference date",
        NO_PLANS,
        {
            **UNFINISHED,
            **SECOND_ENQUIRY,
            f"{S}S47ActualStartDate": "2026-03-30",
            f"{S2}S47ActualStartDate": "2026-03-31",
        },
    ),
    passes(
        "8890",
        "while one needs no conference",
        NO_PLANS,
        {**UNFINISHED, **SECOND_ENQUIRY, f"{S}ICPCnotRequired": "true"},
    ),
    passes(
        "8890",
        "the same twice",
        OPEN_CASE,
        {
            f"{S2}S47ActualStartDate": "2025-04-14",
            f"{S2}DateOfInitialCPC": "2025-04-30",
            f"{S2}ICPCnotRequired": "false",
        },
        "S18",
    ),
)
