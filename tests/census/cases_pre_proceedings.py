"""Cases of the draft rules of 2026-27, on children a year later than the others."""

from tests.census.cases import Case, breaks, passes
from tests.census.returns import CLOSED_CASE, Changes

Q = "CINdetails/PreProceedingsandFGDM/"


def a_year_later(changes: Changes) -> Changes:
    """The same with every date in the next year; births stay."""
    return {
        path: f"{int(text[:4]) + 1}{text[4:]}" if text and text[:2] == "20" and "Birth" not in path else text
        for path, text in changes.items()
    }


CLOSED_2026 = a_year_later(CLOSED_CASE)

WHOLE = {
    **CLOSED_2026,
    f"{Q}PPStartDate": "2026-06-10",
    f"{Q}LBPSentDate": "2026-06-10",
    f"{Q}FGDMMeetingOffer": "true",
    f"{Q}FGDMMeetingFac": "false",
    f"{Q}InitialPPMeetingDate": "2026-06-17",
    f"{Q}ReviewMeetingsCount": "0",
    f"{Q}StepDecisionDate": "2026-06-17",
    f"{Q}PPOutcome": "C",
    f"{Q}CourtAppDate": "2026-06-17",
    f"{Q}LetterInitCPDate": "2026-06-17",
}
BARE = {**CLOSED_2026, f"{Q}PPOutcome": "A"}
"""A record with nothing but its outcome, which only lacks its start."""


def _dates(code: str, field: str, *, start: bool = True) -> tuple[Case, ...]:
    """The ends of the year, on a record with no other date but (where the rule does not compare with it) a start."""
    base = {**BARE, f"{Q}PPStartDate": "2026-04-01"} if start else BARE
    also = {"LBPSentDate": {f"{Q}FGDMMeetingOffer": "false"}, "InitialPPMeetingDate": {f"{Q}ReviewMeetingsCount": "1"}}
    more = also.get(field, {})
    return (
        breaks(code, f"{field} a day early", BARE, {f"{Q}{field}": "2026-03-31", **more}, _found(code, field)),
        passes(code, f"{field} the first day", base, {f"{Q}{field}": "2026-04-01", **more}),
        passes(code, f"{field} the last day", base, {f"{Q}{field}": "2027-03-31", **more}),
        breaks(code, f"{field} a day late", base, {f"{Q}{field}": "2027-04-01", **more}),
    )


def _found(code: str, field: str) -> str:
    return code if field == "PPStartDate" else f"9000Q {code}"


CASES = (
    passes("8995Q", "a whole record", WHOLE, {}),
    breaks("9000Q", "no start", BARE, {}),
    passes("9000Q", "an unreadable start", BARE, {f"{Q}PPStartDate": "June"}, "S12"),
    passes("9000Q", "a start", WHOLE, {}),
    *_dates("9005", "PPStartDate", start=False),
    *_dates("9006", "LBPSentDate"),
    breaks("9006", "the day before the start", WHOLE, {f"{Q}LBPSentDate": "2026-06-09"}),
    breaks("9007", "no word of an offer", WHOLE, {f"{Q}FGDMMeetingOffer": None}),
    passes("9007", "an offer without a letter", WHOLE, {f"{Q}LBPSentDate": None}),
    *_dates("9008", "InitialPPMeetingDate"),
    *_dates("9009", "StepDecisionDate"),
    breaks("9009", "the day before the start", WHOLE, {f"{Q}StepDecisionDate": "2026-06-09"}),
    breaks("9010Q", "no word whether it was held", WHOLE, {f"{Q}FGDMMeetingFac": None}),
    passes("9010Q", "not offered", WHOLE, {f"{Q}FGDMMeetingOffer": "false", f"{Q}FGDMMeetingFac": None}),
    breaks("9011", "no code", WHOLE, {f"{Q}PPOutcome": "D"}),
    passes("9011", "none", WHOLE, {f"{Q}PPOutcome": None}),
    *_dates("9012", "CourtAppDate"),
    breaks("9012", "the day before the decision", WHOLE, {f"{Q}CourtAppDate": "2026-06-16"}),
    *_dates("9013", "LetterInitCPDate"),
    breaks("9013", "the day before the application", WHOLE, {f"{Q}LetterInitCPDate": "2026-06-16"}),
    breaks("9015Q", "no number", WHOLE, {f"{Q}ReviewMeetingsCount": None}),
    passes("9015Q", "no first meeting", WHOLE, {f"{Q}InitialPPMeetingDate": None, f"{Q}ReviewMeetingsCount": None}),
)
