"""Conferences: the key issues found, and who took part. The unit is one conference about one child."""

from dataclasses import replace
from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures.definition import Group, Mark, Measure, Polarity
from safeboard.figures.measures.frames import in_period, present, take, with_membership, words
from safeboard.figures.tables import codes
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

NO_ISSUE: Final = "NONE"

PRESENT_CODES: Final = ("PN1", "PN2", "PN3", "PN4")
"""Participation codes of a child who was in the room (domain/indicators.md (m))."""


def _about_child() -> nw.Expr:
    # Brothers and sisters may share a conference's identifier, and each of them is a conference of its own here.
    return nw.concat_str(nw.col("conference"), nw.col("person"), separator=" of ")


def issues(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Conferences with a record of issues, once for each issue, or once for having none."""
    found = take(
        snapshot,
        "conference_issue",
        conference="coni_conference_id",
        person="coni_person_id",
        held="coni_conference_date",
        code="coni_issue",
    )
    held = found.filter(in_period("held", period)).with_columns(key=_about_child())
    marked = with_membership(held, held.filter(nw.col("code") != NO_ISSUE), on="key", among="key", name="counted")
    told = marked.filter(~(nw.col("counted") & (nw.col("code") == NO_ISSUE)))
    return told.with_columns(issue=words("code", codes.CONFERENCE_ISSUE))


def attendance(snapshot: Snapshot, period: Period, attender: str) -> nw.LazyFrame[Any]:
    """The period's attendance records of one kind of attender: key (conference of a child), attended, code, agency."""
    invited = take(
        snapshot,
        "conference_attendance",
        conference="cona_conference_id",
        person="cona_person_id",
        held="cona_conference_date",
        attender="cona_attender",
        attended="cona_attended",
        code="cona_participation",
        agency_code="cona_agency",
    )
    mine = invited.filter(in_period("held", period) & (nw.col("attender") == attender))
    return mine.with_columns(key=_about_child(), counted=nw.col("attended").fill_null(False))


def _parents(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return attendance(snapshot, period, "PARENT")


def _children(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    there = nw.col("counted") | nw.col("code").is_in(PRESENT_CODES).fill_null(False)
    return attendance(snapshot, period, "CHILD").with_columns(counted=there)


def participation(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Conferences with a participation code of the child."""
    labelled = attendance(snapshot, period, "CHILD").with_columns(
        counted=nw.lit(True), participation=words("code", codes.PARTICIPATION)
    )
    return labelled.filter(present("participation"))


def agencies(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """One thing an agency and conference it was invited to, however many of its people were."""
    invited = attendance(snapshot, period, "AGENCY").with_columns(agency=words("agency_code", codes.AGENCY))
    code = nw.col("agency_code").fill_null("?")
    return invited.with_columns(key=nw.concat_str(nw.col("key"), code, separator=", "))


_ISSUE: Final = "conference_issue"
_ATTENDANCE: Final = "conference_attendance"
_ATTENDED: Final = (
    f"{_ATTENDANCE}.cona_conference_date",
    f"{_ATTENDANCE}.cona_attender",
    f"{_ATTENDANCE}.cona_attended",
)
_UNIT: Final = (
    "Initial conferences and reviews both count, and each child considered at a meeting counts as one conference."
)

_ISSUES: Final = Measure(
    id="conference_issues",
    title="Key issues at child protection conferences",
    meaning="Of the conferences, the share at which domestic violence, alcohol or drugs in the family was an issue. "
    "The whole is the share with at least one of the three; a conference can have several.",
    source="report lines 1055-1061; domain/indicators.md (m)",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those with an issue other than NONE; for an issue, those with it",
    denominator="Conferences of a child (a conference identifier together with a child) held in the period for "
    "which any issue is recorded, NONE included",
    needs=(f"{_ISSUE}.coni_conference_date", f"{_ISSUE}.coni_issue"),
    rows=issues,
    table=_ISSUE,
    groups=(Group("issue", "Key issue", tuple(codes.CONFERENCE_ISSUE.words.values()), share=True),),
    mark=Mark.CHOSEN,
    choice=f"{_UNIT} Conferences at which nobody recorded issues are left out. NONE beside another issue is ignored.",
)

_PARENTS: Final = Measure(
    id="conference_parents_attending",
    title="Conferences attended by a parent",
    meaning="Of the conferences, the share to which at least one parent or carer came.",
    source="report line 1084; domain/indicators.md (m)",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those with a record of a PARENT who attended",
    denominator="Conferences of a child (a conference identifier together with a child) held in the period for "
    "which the attendance of a PARENT is recorded, as attended or not",
    needs=_ATTENDED,
    rows=_parents,
    table=_ATTENDANCE,
    polarity=Polarity.HIGH_IS_GOOD,
    mark=Mark.CHOSEN,
    choice=f"{_UNIT} One parent is enough. Conferences without a record about parents are left out.",
)

_CHILDREN: Final = replace(
    _PARENTS,
    id="conference_children_attending",
    title="Conferences attended by the child",
    meaning="Of the conferences, the share to which the child came. Many of the children are too young to.",
    source="report lines 1085-1088; domain/indicators.md (m)",
    numerator="Of the denominator, those with a record of the CHILD that says attended, or has participation code "
    "PN1, PN2, PN3 or PN4",
    denominator="Conferences of a child (a conference identifier together with a child) held in the period for "
    "which the attendance of the CHILD is recorded, as attended or not",
    needs=(*_ATTENDED, f"{_ATTENDANCE}.cona_participation"),
    rows=_children,
    polarity=Polarity.NEITHER,
    choice=f"{_UNIT} Children under 4 are in the denominator, as in the board's report. Conferences without a record "
    "about the child are left out.",
)

_PARTICIPATION: Final = replace(
    _CHILDREN,
    id="conference_children_participation",
    title="How children took part in conferences",
    meaning="Of the conferences where it was recorded, how the child took part: there or not, with or without a voice.",
    source="participation codes PN0 to PN7; report line 1087; domain/indicators.md (m)",
    numerator="All of the denominator; for a way of taking part, those with its code",
    denominator="Conferences of a child (a conference identifier together with a child) held in the period with a "
    "participation code on a record of the CHILD",
    needs=(f"{_ATTENDANCE}.cona_conference_date", f"{_ATTENDANCE}.cona_attender", f"{_ATTENDANCE}.cona_participation"),
    rows=participation,
    groups=(Group("participation", "Participation", tuple(codes.PARTICIPATION.words.values()), share=True),),
    choice=f"{_UNIT} Children under 4 (PN0) are in. A conference with two different codes is under both.",
)

_AGENCIES: Final = replace(
    _PARENTS,
    id="conference_agencies_attending",
    title="Invitations to conferences that agencies took up",
    meaning="Of the conferences that an agency was invited to, the share it came to.",
    source="domain/indicators.md (m); report section 9",
    numerator="Of the denominator, those with a record of the AGENCY that says attended",
    denominator="Invitations: conferences of a child (a conference identifier together with a child) held in the "
    "period, each together with one agency of which an AGENCY record exists; records without an agency are together "
    "one agency",
    needs=(*_ATTENDED, f"{_ATTENDANCE}.cona_agency"),
    rows=agencies,
    groups=(Group("agency", "Agency", tuple(codes.AGENCY.words.values())),),
    choice=f"{_UNIT} An agency that sends several people counts once; one of them there is enough.",
)

MEASURES: Final = (_ISSUES, _PARENTS, _CHILDREN, _PARTICIPATION, _AGENCIES)
