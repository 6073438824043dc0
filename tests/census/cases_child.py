"""Cases of the rules about identifiers and the child."""

from tests.census.cases import A, C, E, F, I, breaks, passes
from tests.census.returns import CLOSED_CASE, NO_ACTION, OPEN_CASE, UPN_LETTERS, upn

UNBORN = {f"{I}PersonBirthDate": None, f"{I}ExpectedPersonBirthDate": "2026-03-05", f"{I}Sex": "U"}
TWENTY = "A1B2C3D4E5F6G7H8I9J0"


def checked(rest: str) -> str:
    """The number with its right check letter before it."""
    values = [UPN_LETTERS.index(sign) if sign.isalpha() else int(sign) for sign in rest]
    return UPN_LETTERS[sum(place * value for place, value in enumerate(values, 2)) % 23] + rest


def wrong(number: str) -> str:
    """The number with another first letter."""
    return UPN_LETTERS[(UPN_LETTERS.index(number[0]) + 1) % 23] + number[1:]


CASES = (
    breaks("1510", "another letter", NO_ACTION, {f"{I}UPN": wrong(upn(700101))}),
    breaks(
        "1510", "another letter before a temporary number", NO_ACTION, {f"{I}UPN": wrong(upn(700102, temporary=True))}
    ),
    passes("1510", "the right letter before a temporary number", NO_ACTION, {f"{I}UPN": upn(700103, temporary=True)}),
    passes("1510", "not thirteen characters", NO_ACTION, {f"{I}UPN": upn(700104)[:12]}, "S16"),
    breaks("1530", "no such authority", NO_ACTION, {f"{I}UPN": checked("999000001010")}),
    breaks("1530", "just after the last authority", NO_ACTION, {f"{I}UPN": checked("944000001010")}),
    passes("1530", "the last authority", NO_ACTION, {f"{I}UPN": checked("943000001010")}),
    passes("1530", "the first authority", NO_ACTION, {f"{I}UPN": checked("001000001010")}),
    breaks("1540", "a letter among the digits", NO_ACTION, {f"{I}UPN": "A331000O10100"}),
    breaks("1540", "nothing after the authority", NO_ACTION, {f"{I}UPN": "A331"}),
    passes("1540", "all digits", NO_ACTION, {f"{I}UPN": upn(700105)}),
    breaks("1550", "ends in I", NO_ACTION, {f"{I}UPN": upn(700106)[:12] + "I"}),
    breaks("1550", "ends in O", NO_ACTION, {f"{I}UPN": upn(700107)[:12] + "O"}),
    breaks("1550", "ends in S", NO_ACTION, {f"{I}UPN": upn(700108)[:12] + "S"}),
    breaks("1550", "ends in a small letter", NO_ACTION, {f"{I}UPN": upn(700109)[:12] + "a"}),
    passes("1550", "ends in Z", NO_ACTION, {f"{I}UPN": checked("33100000110Z")}),
    breaks("1560Q", "too short", NO_ACTION, {f"{I}FormerUPN": "X98765432123"}),
    breaks("1560Q", "ends in I", NO_ACTION, {f"{I}FormerUPN": "X98765432123I"}),
    passes("1560Q", "letter and digits", NO_ACTION, {f"{I}FormerUPN": "X987654321234"}),
    passes("1560Q", "temporary", NO_ACTION, {f"{I}FormerUPN": "X98765432123B"}),
    breaks("1570", "21 characters", NO_ACTION, {f"{I}LAchildID": f"{TWENTY}1"}),
    passes("1570", "20 characters", NO_ACTION, {f"{I}LAchildID": TWENTY}),
    breaks("1580", "a hyphen", NO_ACTION, {f"{I}LAchildID": "AB-4711"}),
    breaks("1580", "a letter that is none of A to Z", NO_ACTION, {f"{I}LAchildID": "ÄB4711"}),
    passes("1580", "letters and digits", NO_ACTION, {f"{I}LAchildID": "aB4711"}),
    breaks("8500", "no identifier", NO_ACTION, {f"{I}LAchildID": None}),
    breaks("8500", "an empty identifier", NO_ACTION, {f"{I}LAchildID": ""}, "S09 8500"),
    breaks("8500", "no identifier on a case that is acted on", OPEN_CASE, {f"{I}LAchildID": None}),
    passes("8500", "one character", NO_ACTION, {f"{I}LAchildID": "7"}),
    breaks("8590", "no episode", NO_ACTION, {"CINdetails": None}),
    passes("8590", "one episode", NO_ACTION, {}),
    breaks("8770Q", "six on 31 August", CLOSED_CASE, {f"{I}UPN": None, f"{I}PersonBirthDate": "2020-08-31"}),
    passes("8770Q", "six on 1 September", CLOSED_CASE, {f"{I}UPN": None, f"{I}PersonBirthDate": "2020-09-01"}),
    breaks("8770Q", "a reason of the youngest", CLOSED_CASE, {f"{I}UPN": None, f"{I}UPNunknown": "UN1"}),
    passes("8770Q", "a reason", CLOSED_CASE, {f"{I}UPN": None, f"{I}UPNunknown": "UN2"}),
    passes("8770Q", "not acted on", NO_ACTION, {f"{I}UPN": None}),
    breaks("8772", "acted on", CLOSED_CASE, {f"{I}UPN": None, f"{I}UPNunknown": "UN7"}),
    breaks("8772", "no flag", NO_ACTION, {f"{I}UPNunknown": "UN7", f"{E}ReferralNFA": None}, "8568 8772"),
    breaks("8772", "no episode", NO_ACTION, {f"{I}UPNunknown": "UN7", "CINdetails": None}, "8590 8772"),
    passes("8772", "no further action", NO_ACTION, {f"{I}UPN": None, f"{I}UPNunknown": "UN7"}),
    breaks("4180", "missing", NO_ACTION, {f"{I}Sex": None}),
    breaks("4180", "a gender code", NO_ACTION, {f"{I}Sex": "1"}),
    breaks("4180", "a small letter", NO_ACTION, {f"{I}Sex": "f"}),
    passes("4180", "unknown", NO_ACTION, {f"{I}Sex": "U"}),
    breaks("4220", "missing", NO_ACTION, {f"{C}Ethnicity": None}),
    breaks("4220", "no code", NO_ACTION, {f"{C}Ethnicity": "White"}),
    passes("4220", "refused", NO_ACTION, {f"{C}Ethnicity": "REFU"}),
    breaks(
        "8520",
        "the day after",
        NO_ACTION,
        {f"{I}PersonBirthDate": "2026-04-01", f"{E}CINreferralDate": "2026-03-02"},
    ),
    passes(
        "8520", "the very day", NO_ACTION, {f"{I}PersonBirthDate": "2026-03-31", f"{E}CINreferralDate": "2026-03-02"}
    ),
    breaks("8525Q", "both", NO_ACTION, {f"{I}ExpectedPersonBirthDate": "2026-03-05"}),
    breaks("8525Q", "neither", NO_ACTION, {f"{I}PersonBirthDate": None}),
    passes("8525Q", "unborn", NO_ACTION, UNBORN),
    passes("8525Q", "an unreadable birth date is given", NO_ACTION, {f"{I}PersonBirthDate": "10/06/2015"}, "S12"),
    breaks("8525Q", "one of them of 1066", NO_ACTION, {f"{I}ExpectedPersonBirthDate": "1066-04-13"}, "S17 8525Q 8530Q"),
    breaks("8530Q", "31 days before", NO_ACTION, {**UNBORN, f"{I}ExpectedPersonBirthDate": "2026-02-28"}),
    passes("8530Q", "30 days before", NO_ACTION, {**UNBORN, f"{I}ExpectedPersonBirthDate": "2026-03-01"}),
    passes(
        "8530Q",
        "nine months after",
        NO_ACTION,
        {**UNBORN, f"{I}ExpectedPersonBirthDate": "2026-12-31", f"{E}CINreferralDate": "2026-03-30"},
    ),
    breaks(
        "8530Q",
        "nine months and a day after",
        NO_ACTION,
        {**UNBORN, f"{I}ExpectedPersonBirthDate": "2027-01-01", f"{E}CINreferralDate": "2026-03-30"},
    ),
    breaks(
        "8535Q",
        "died the day before",
        NO_ACTION,
        {f"{I}PersonBirthDate": "2025-08-02", f"{I}PersonDeathDate": "2025-08-01"},
    ),
    passes(
        "8535Q",
        "died on the day",
        NO_ACTION,
        {f"{I}PersonBirthDate": "2025-08-01", f"{I}PersonDeathDate": "2025-08-01"},
    ),
    breaks(
        "8535Q",
        "no birth date",
        NO_ACTION,
        {f"{I}PersonBirthDate": None, f"{I}PersonDeathDate": "2025-08-01"},
        "8525Q 8535Q",
    ),
    breaks("8540", "no group", CLOSED_CASE, {f"{C}Disabilities": None}),
    breaks("8540", "no code", CLOSED_CASE, {f"{C}Disabilities/Disability": "ADHD"}),
    breaks("8540", "one of two is no code", CLOSED_CASE, {f"{C}Disabilities/Disability[2]": "ADHD"}, "8540 8790"),
    passes("8540", "a code", CLOSED_CASE, {f"{C}Disabilities/Disability": "DDA"}),
    passes("8540", "not acted on", NO_ACTION, {}),
    passes(
        "8540",
        "unborn",
        CLOSED_CASE,
        {**UNBORN, f"{C}Disabilities": None},
    ),
    breaks(
        "8545Q", "a day early", NO_ACTION, {f"{E}CINreferralDate": "2025-03-31", f"{I}PersonDeathDate": "2025-03-31"}
    ),
    passes(
        "8545Q", "the first day", NO_ACTION, {f"{E}CINreferralDate": "2025-03-31", f"{I}PersonDeathDate": "2025-04-01"}
    ),
    passes("8545Q", "the last day", NO_ACTION, {f"{I}PersonDeathDate": "2026-03-31"}),
    breaks("8545Q", "a day late", NO_ACTION, {f"{I}PersonDeathDate": "2026-04-01"}),
    breaks("8750", "a girl", NO_ACTION, {**UNBORN, f"{I}Sex": "F"}),
    passes("8750", "unknown", NO_ACTION, UNBORN),
    breaks(
        "8775Q",
        "closed the day after the birthday",
        CLOSED_CASE,
        {f"{I}PersonBirthDate": "2001-03-30", f"{E}CINclosureDate": "2026-03-31"},
    ),
    passes(
        "8775Q",
        "closed on the birthday",
        CLOSED_CASE,
        {f"{I}PersonBirthDate": "2001-03-30", f"{E}CINclosureDate": "2026-03-30"},
    ),
    breaks("8775Q", "open", NO_ACTION, {f"{I}PersonBirthDate": "2001-03-30"}),
    passes("8775Q", "just 25", NO_ACTION, {f"{I}PersonBirthDate": "2001-03-31"}),
    breaks(
        "8790",
        "none and one",
        NO_ACTION,
        {f"{C}Disabilities/Disability": "NONE", f"{C}Disabilities/Disability[2]": "LD"},
    ),
    passes("8790", "two", NO_ACTION, {f"{C}Disabilities/Disability": "MOB", f"{C}Disabilities/Disability[2]": "LD"}),
    breaks(
        "8794", "one twice", NO_ACTION, {f"{C}Disabilities/Disability": "LD", f"{C}Disabilities/Disability[2]": "LD"}
    ),
    breaks(
        "8794",
        "one twice in two groups",
        NO_ACTION,
        {f"{C}Disabilities/Disability": "LD", f"{C}Disabilities[2]/Disability": "LD"},
        "S07 8794",
    ),
    passes("8794", "one once", NO_ACTION, {f"{C}Disabilities/Disability": "LD"}),
    breaks("8873Q", "closed for another reason", CLOSED_CASE, {f"{E}ReasonForClosure": "RC7"}),
    passes("8873Q", "sent to early help", CLOSED_CASE, {f"{E}ReasonForClosure": "RC9"}),
    passes("8873Q", "still open", CLOSED_CASE, {f"{E}CINclosureDate": None, f"{E}ReasonForClosure": None}),
    passes("8873Q", "another factor", CLOSED_CASE, {f"{E}ReasonForClosure": "RC7", f"{F}/AssessmentFactors": "20"}),
    breaks("8873Q", "closed without a reason", CLOSED_CASE, {f"{E}ReasonForClosure": None}, "8805 8873Q"),
    passes(
        "8873Q",
        "two assessments",
        CLOSED_CASE,
        {
            f"{E}ReasonForClosure": "RC7",
            f"{A.removesuffix('/')}[2]/AssessmentActualStartDate": "2025-07-16",
            f"{A.removesuffix('/')}[2]/AssessmentAuthorisationDate": "2025-07-30",
            f"{A.removesuffix('/')}[2]/FactorsIdentifiedAtAssessment/AssessmentFactors": "20",
        },
    ),
)
