"""The demonstration's register: some eighty actions of every kind of source, at every stage, in the board's words."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Final

from django.utils import timezone

from safeboard.foundation.access.models import User
from safeboard.foundation.access.viewer import Viewer, viewer_of
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import Agency
from safeboard.tools.actions.codes import Impact, Priority, Risk, SourceKind
from safeboard.tools.actions.evidence import give_evidence
from safeboard.tools.actions.models import ActionItem, Recommendation, Source, Theme
from safeboard.tools.actions.services import (
    Agreed,
    add_action,
    add_recommendation,
    add_source,
    add_theme,
    check_impact,
    close,
    move_due_date,
    note_progress,
    reopen,
    verify,
)

SOURCES: Final[Mapping[str, tuple[SourceKind, str, int, Sensitivity]]] = {
    "review": (SourceKind.CASE_REVIEW, "Case review B, overview report", 260, Sensitivity.SENSITIVE),
    "death": (SourceKind.CHILD_DEATH, "Child death review panel, first year", 190, Sensitivity.OFFICIAL),
    "audit": (SourceKind.AUDIT, "Audit of core assessments", 220, Sensitivity.OFFICIAL),
    "section11": (SourceKind.SECTION_11, "Section 11 audit of member agencies", 180, Sensitivity.OFFICIAL),
    "schools": (SourceKind.SCHOOLS_AUDIT, "Schools' audit, ten in a hundred sampled", 170, Sensitivity.OFFICIAL),
    "gap": (SourceKind.GAP_ANALYSIS, "Health trusts' gap analysis", 250, Sensitivity.OFFICIAL),
    "complaint": (SourceKind.COMPLAINT, "Complaints about conferences, spring", 150, Sensitivity.OFFICIAL),
    "inspection": (SourceKind.INSPECTION, "Inspection of contact and referral", 230, Sensitivity.OFFICIAL),
    "meeting": (SourceKind.MEETING, "Board meeting, summer", 160, Sensitivity.OFFICIAL),
    "plan": (SourceKind.BUSINESS_PLAN, "Business plan of the board", 210, Sensitivity.OFFICIAL),
    "national": (SourceKind.NATIONAL_REPORT, "National report on protecting children", 240, Sensitivity.OFFICIAL),
    "law": (SourceKind.LAW, "New edition of the statutory guidance", 120, Sensitivity.OFFICIAL),
    "screening": (SourceKind.SCREENING, "First year of joint screening", 200, Sensitivity.OFFICIAL),
    "procedure": (SourceKind.PROCEDURE, "Procedures to be reviewed this year", 140, Sensitivity.OFFICIAL),
    "training": (SourceKind.TRAINING, "Evaluation of the training programme", 130, Sensitivity.OFFICIAL),
    "licensing": (SourceKind.LICENSING, "Licensing report of the year", 210, Sensitivity.OFFICIAL),
    "risk": (SourceKind.RISK, "Risk register of the board", 100, Sensitivity.OFFICIAL),
    "other": (SourceKind.OTHER, "Letter from the probation service", 60, Sensitivity.OFFICIAL),
}
"""Kind, title, how many days ago, and how sensitive."""
AGENCIES: Final = {
    "board": "Safeguarding Children Board",
    "care": "Children's Social Care",
    "council": "City Council",
    "police": "City Police",
    "hospital": "Hospital Trust",
    "primary": "Primary Care",
    "school": "North Primary School",
    "carers": "Young Carers Charity",
    "probation": "Probation Service",
}
EMAILS: Final = "{role}@demo.example"


def make_actions(agencies: Sequence[Agency], users: Sequence[User], today: date) -> list[ActionItem]:
    """Fill an empty register. Days are counted from `today`, so that a demonstration never grows old."""
    if ActionItem.objects.exists():
        return []
    house = _House(agencies, users, today)
    rows = list(csv.DictReader(files(__package__).joinpath("actions.csv").read_text(encoding="utf-8").splitlines()))
    sources = {key: house.source(key) for key in SOURCES}
    return [house.action(sources[row["source"]], row) for row in rows]


class _House:
    """Who does what when in the demonstration."""

    def __init__(self, agencies: Sequence[Agency], users: Sequence[User], today: date) -> None:
        self.agencies = {agency.name: agency for agency in agencies}
        self.users = {user.email: user for user in users}
        self.today = today

    def viewer(self, role: str, days_ago: int) -> Viewer:
        at = timezone.make_aware(datetime.combine(self.today - timedelta(days=days_ago), time(10, 30)))
        viewer = viewer_of(self.user(role), at)
        if viewer is None:
            raise LookupError(f"The demonstration's {role} has no seat.")
        return viewer

    def user(self, role: str) -> User:
        return self.users[EMAILS.format(role=role.replace("_", "-"))]

    def source(self, key: str) -> Source:
        kind, title, days_ago, sensitivity = SOURCES[key]
        day = self.today - timedelta(days=days_ago)
        by = self.viewer("business_manager", days_ago)
        return add_source(kind=kind, title=title, dated_on=day, sensitivity=sensitivity, by=by)

    def action(self, source: Source, row: Mapping[str, str]) -> ActionItem:
        added = (self.today - source.dated_on).days - 5
        by = self.viewer("business_manager", added)
        agreed = Agreed(
            title=row["action"],
            agency=self.agencies[AGENCIES[row["lead"]]],
            owner=self.user(row["owner"]) if row["owner"] else None,
            contributing=[self.agencies[AGENCIES[key]] for key in row["with"].split(";") if key],
            themes=[self.theme(name, by) for name in row["themes"].split(";")],
            priority=Priority(int(row["priority"])),
            risk=Risk(int(row["risk"])),
        )
        made = add_action(
            source=source,
            agreed=agreed,
            due_on=self.today + timedelta(days=int(row["due"])),
            recommendation=self.recommendation(source, row, by),
            by=by,
        )
        self.follow(made, row)
        return made

    def theme(self, name: str, by: Viewer) -> Theme:
        found = Theme.objects.filter(area=by.area_id, name=name.capitalize()).first()
        return found or add_theme(name=name.capitalize(), by=by)

    def recommendation(self, source: Source, row: Mapping[str, str], by: Viewer) -> Recommendation:
        """The rows of a source stand in the order of its recommendations, the first row of each says what it asks."""
        found = source.recommendations.filter(number=int(row["recommendation"])).first()
        asked = f"The board should see to it that agencies {row['action'][0].lower()}{row['action'][1:]}."
        return found or add_recommendation(source=source, words=asked, by=by)

    def follow(self, made: ActionItem, row: Mapping[str, str]) -> None:
        """Move the due date and take the steps that lead to the state of the row."""
        if int(row["moved"]):
            by = self.viewer("business_manager", max(1, -int(row["due"]) + 3))
            move_due_date(
                action=made,
                to=made.first_due_on + timedelta(days=int(row["moved"])),
                reason="The people who were to do it had other work that could not wait.",
                by=by,
            )
        for state, step in (
            ("noted", self.note),
            ("evidence", self.evidence),
            ("closed", self.close),
            ("verified", self.verify),
            ("checked", self.check),
        ):
            wanted = "closed" if row["state"] == "reopened" else row["state"]
            if _ORDER.index(state) <= _ORDER.index(wanted):
                step(made)
        if row["state"] == "reopened":
            reopen(action=made, reason="Two areas still work as before.", by=self.viewer("business_manager", 2))

    def note(self, made: ActionItem) -> None:
        words = "The first half is done. The rest waits for the other agencies."
        note_progress(action=made, words=words, by=self.viewer("business_manager", 24))

    def evidence(self, made: ActionItem) -> None:
        words = "Minutes of the meeting at which it was agreed, and the note to staff."
        give_evidence(action=made, words=words, by=self.viewer("business_manager", 20))

    def close(self, made: ActionItem) -> None:
        close(
            action=made,
            words="It is done, and everybody concerned has been told.",
            by=self.viewer("business_manager", 18),
        )

    def verify(self, made: ActionItem) -> None:
        words = "Five people were asked in three teams. All of them knew."
        verify(action=made, words=words, by=self.viewer("chair", 10))

    def check(self, made: ActionItem) -> None:
        check_impact(
            action=made,
            impact=Impact.EMBEDDED,
            words="In nine records of ten it is done as agreed.",
            known_by="A sample of ten records",
            by=self.viewer("chair", 3),
        )


_ORDER: Final = ("open", "noted", "evidence", "closed", "verified", "checked")
