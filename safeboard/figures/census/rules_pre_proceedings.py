"""Rules of the 2026-27 draft about work before care proceedings. All may still change."""

from dataclasses import replace
from typing import Final

from safeboard.figures.census.rule import DRAFT, Level, Rule, Severity

PRE_PROCEEDINGS_SINCE: Final = 2027

_TABLE: Final = "PreProceedingsandFGDM"


def _dated(code: str, field: str, what: str, after: str = "", after_what: str = "") -> Rule:
    """A rule that a date lies in the year, and not before another where that is given."""
    order = f" OR {field} < {after}" if after else ""
    asked = f" and be no earlier than {after_what}" if after else ""
    return Rule(
        code=code,
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table=_TABLE,
        fields=(field, after) if after else (field,),
        title=f"{what[0].upper()}{what[1:]} out of place",
        question=f"The date of {what} must lie in the census year{asked}.",
        usual_cause="The date was mistyped, or belongs to another year.",
        remedy="Correct the date.",
        query=f"SELECT n FROM {_TABLE} WHERE NOT in_year({field}){order}",
        reading="The order is tested where both dates can be read." if after else "",
    )


def _follows(code: str, severity: Severity, given: str, missing: str, said: str, reading: str = "") -> Rule:
    """A rule that one field is filled in where another is a yes, or (a date) filled in. `said`: title, question."""
    title, question = said.split(". ", 1)
    holds = given if given == "FGDMMeetingOffer" else f"{given}_text IS NOT NULL"
    return Rule(
        code=code,
        severity=severity,
        level=Level.EPISODE,
        table=_TABLE,
        fields=(missing, given),
        title=title,
        question=question,
        usual_cause="The field is new and not yet recorded everywhere.",
        remedy="Fill it in" + (", or give the reason." if severity is Severity.QUERY else "."),
        query=f"SELECT n FROM {_TABLE} WHERE {holds} AND {missing}_text IS NULL",
        reading=reading,
    )


_DRAFTED: Final = (
    Rule(
        code="8995Q",
        severity=Severity.QUERY,
        level=Level.RETURN,
        table=_TABLE,
        fields=("PPStartDate",),
        title="No pre-proceedings in the whole return",
        question="The return holds no record of pre-proceedings at all. Was there no such work in the year?",
        usual_cause="The block is new and the software does not write it yet.",
        remedy="Have the block written, or say that there was no such work.",
        query=f'SELECT 0 AS "pre-proceedings records" WHERE NOT EXISTS (FROM {_TABLE})',
    ),
    Rule(
        code="9000Q",
        severity=Severity.QUERY,
        level=Level.EPISODE,
        table=_TABLE,
        fields=("PPStartDate",),
        title="Pre-proceedings without a start",
        question="The start of pre-proceedings is not given. Why?",
        usual_cause="The field is new and not yet recorded everywhere.",
        remedy="Record the start, or give the reason.",
        query=f"SELECT n FROM {_TABLE} WHERE PPStartDate_text IS NULL",
        reading="Asked of each record; the draft counts rows over the whole return, and its author calls the level "
        "unclear.",
    ),
    _dated("9005", "PPStartDate", "the start of pre-proceedings"),
    _dated("9006", "LBPSentDate", "the letter before proceedings", "PPStartDate", "the start"),
    _follows(
        "9007",
        Severity.ERROR,
        "LBPSentDate",
        "FGDMMeetingOffer",
        "Letter sent, but no word of a family meeting. "
        "A letter before proceedings was sent, so it must be said whether a family meeting was offered.",
        "The draft's code tests the opposite direction, an offer without a letter; its wording is followed.",
    ),
    _dated("9008", "InitialPPMeetingDate", "the first pre-proceedings meeting"),
    _dated("9009", "StepDecisionDate", "the decision to step up or down", "PPStartDate", "the start"),
    _follows(
        "9010Q",
        Severity.QUERY,
        "FGDMMeetingOffer",
        "FGDMMeetingFac",
        "Family meeting offered, but no word whether it was held. "
        "A family meeting was offered, so it should be said whether it was held.",
        "Every form of true counts; the draft knows 1 only, and lacks the mark of a query.",
    ),
    Rule(
        code="9011",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table=_TABLE,
        fields=("PPOutcome",),
        title="Outcome is not one of the codes",
        question="The outcome, where given, must be A, B or C.",
        usual_cause="A local code was not turned into the department's.",
        remedy="Choose the code that fits the outcome.",
        query=f"SELECT n FROM {_TABLE} WHERE NOT in_code_list('PPOutcome', PPOutcome)",
        reading="A missing outcome passes, as the wording says; the draft's code fails it.",
        settles=("PPOutcome",),
    ),
    _dated("9012", "CourtAppDate", "the application to court", "StepDecisionDate", "the decision"),
    _dated("9013", "LetterInitCPDate", "the letter to start care proceedings", "CourtAppDate", "the application"),
    _follows(
        "9015Q",
        Severity.QUERY,
        "InitialPPMeetingDate",
        "ReviewMeetingsCount",
        "First meeting held, but no number of reviews. "
        "The first meeting was held, so the number of review meetings should be given.",
        "The draft lacks the mark of a query.",
    ),
)

RULES: Final = tuple(replace(rule, source=DRAFT, first_year=PRE_PROCEEDINGS_SINCE) for rule in _DRAFTED)
