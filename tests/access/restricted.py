"""Somebody of whom much is known and to whom much leads, for the test that a restriction closes every way to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from safeboard.casework.matching.linkage import hold_against_ours
from safeboard.casework.matching.models import AgencyList, Pair
from safeboard.casework.matching.services import propose
from safeboard.casework.people.models import (
    Address,
    Flag,
    Household,
    Identifier,
    Person,
    PersonAddress,
    PersonName,
    Relationship,
    SafetyWarning,
)
from safeboard.figures.performance.live import LIVE_SOURCES, LiveSource, live_snapshot
from safeboard.figures.performance.measuring import measure
from safeboard.figures.performance.models import FigureRow, HouseSnapshot, Upload
from safeboard.figures.performance.reading import read
from safeboard.figures.performance.services import give_files, make_snapshot
from safeboard.foundation.access.notices import tell
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.pages.drafts import keep
from safeboard.tools.actions.calendar_feed import make_address
from safeboard.tools.actions.codes import SourceKind
from safeboard.tools.actions.evidence import give_evidence
from safeboard.tools.actions.models import ActionItem, OwnerChange, Source
from safeboard.tools.actions.owner_change import hold_change
from safeboard.tools.actions.services import Agreed, add_action, add_recommendation, add_source
from tests.house.synthetic import House
from tests.matching.records import somebody
from tests.people.families import with_everything

MARKS: Final = (
    *("Quillon", "Brackendene", "Zephyrine"),
    *("9990000018", "999 000 0018", "LOC77123"),
    *("Farthingale", "ZQ9 7XX", "29 February 2016"),
    *("Beware of the heron", "Seen at the lighthouse", "the verger told us"),
)
"""Words that stand in the house only where somebody tells of the restricted person."""


@dataclass(frozen=True)
class Ways:
    """The person, and records of others that lead to them."""

    person: Person
    mother: Person
    pair: Pair
    listed: AgencyList
    source: Source
    action: ActionItem
    given: OwnerChange
    uploaded: HouseSnapshot
    refused: Upload
    live: HouseSnapshot
    feed: str

    @property
    def marks(self) -> tuple[str, ...]:
        """The words, and the key as it is written in addresses and in rows."""
        return (*MARKS, str(self.person.pk), self.person.pk.hex)


def ways_to_a_person(here: House) -> Ways:
    """A child with everything, and all that leads to the child from elsewhere."""
    person = _person(here)
    mother = Relationship.objects.get(other=person).person
    double = somebody(here, "Quill", "Bracken", "2016-02-28")
    worker, manager = (here.viewer(role, at=timezone.now()) for role in ("social_worker", "business_manager"))
    source, action = _action(here, person)
    keep(
        key="people-name",
        title="Add a name",
        path=f"/people/{person.pk}/name/add/",
        typed={"given": ["Zephyrine"]},
        by=worker,
    )
    tell(users=[worker.user], said="A record was opened.", kind="person", object_id=person.pk, at=worker.at)
    content = b"Your number,First names,Family name,Date of birth,Sex,NHS number,Postcode\n"
    content += b"LOC77123,Quillon,Brackendene,29/2/2016,,999 000 0018,\n"
    return Ways(
        person,
        mother,
        propose(one=person, other=double, said="Quillon looks alike.", by=worker),
        hold_against_ours(content=content, name="list.csv", by=worker),
        source,
        action,
        hold_change(owner=action.owner, to=here.user("chair"), by=manager),
        *_from_files(here),
        _of_live_records(here, person),
        make_address(user=worker.user, at=worker.at),
    )


def _person(here: House) -> Person:
    person = with_everything(here)
    Person.objects.filter(pk=person.pk).update(born_on=date(2016, 2, 29), expected_on=None)
    PersonName.objects.filter(person=person).update(given="Quillon", family="Brackendene")
    PersonName.objects.create(person=person, kind="former", given="Quillon", family="Zephyrine")
    issuer = here.agencies["social care"]
    Identifier.objects.create(person=person, area=here.area, kind="local", issuer=issuer, value="LOC77123")
    Address.objects.filter(people__person=person).update(lines="17 Farthingale Passage", postcode="ZQ9 7XX")
    Household.objects.filter(members__person=person).update(title="Quillon's household")
    Relationship.objects.filter(other=person).update(source="the verger told us")
    SafetyWarning.objects.filter(person=person).update(
        text="Beware of the heron", address=PersonAddress.objects.get(person=person).address
    )
    Flag.objects.filter(person=person).update(text="Seen at the lighthouse")
    neighbour = Relationship.objects.get(other=person).person
    elsewhere = Address.objects.create(area=here.area, lines="2 Other Street")
    PersonAddress.objects.create(person=neighbour, address=elsewhere, kind="main")
    person.refresh_from_db()
    return person


def _action(here: House, person: Person) -> tuple[Source, ActionItem]:
    by = here.viewer("safeguarding_manager", at=timezone.now())
    source = add_source(
        kind=SourceKind.CASE_REVIEW,
        title="Review of Quillon's plan",
        dated_on=date(2026, 9, 1),
        by=by,
        sensitivity=Sensitivity.OFFICIAL,
        record_kind="person",
        object_id=str(person.pk),
    )
    recommendation = add_recommendation(source=source, words="See Quillon alone.", by=by)
    agreed = Agreed(
        title="Visit Quillon",
        agency=here.agencies["social care"],
        words="At Farthingale Passage.",
        owner=here.user("social_worker"),
    )
    action = add_action(source=source, agreed=agreed, due_on=date(2026, 12, 1), recommendation=recommendation, by=by)
    give_evidence(action=action, words="Seen at the lighthouse.", by=by)
    return source, action


def _from_files(here: House) -> tuple[HouseSnapshot, Upload]:
    """A snapshot made of files, and files that were refused for what is wrong with the person's row."""
    analyst = here.viewer("analyst", at=timezone.now())
    files: dict[str, bytes] = {
        "ssd_person.csv": b"pers_person_id,pers_dob,pers_sex\nLOC77123,2016-02-29,F\nC2,2016-07-08,M\n",
        "ssd_cp_plans.csv": b"cppl_cp_plan_id,cppl_person_id,cppl_referral_id,cppl_cp_plan_start_date,"
        b"cppl_cp_plan_end_date\nP1,LOC77123,R1,2024-05-01,\nP2,C2,R2,2024-06-01,2025-01-31\n",
        "extract.csv": b"reference_date,first_day,area\n2025-03-31,2023-04-01,X99000001\n",
    }
    upload = give_files(files=[SimpleUploadedFile(name, content) for name, content in files.items()], by=analyst)
    read(upload.pk)
    upload.refresh_from_db()
    snapshot = make_snapshot(upload=upload, year="", by=analyst)
    measure(snapshot.pk)
    wrong = {**files, "ssd_person.csv": files["ssd_person.csv"].replace(b"LOC77123,2016-02-29", b"LOC77123,soon")}
    refused = give_files(files=[SimpleUploadedFile(name, content) for name, content in wrong.items()], by=analyst)
    read(refused.pk)
    snapshot.refresh_from_db()
    return snapshot, refused


def _of_live_records(here: House, person: Person) -> HouseSnapshot:
    """A live snapshot with a plan of the person in it, as a later room of the house would give it."""
    columns = {"cppl_cp_plan_id": "P9", "cppl_person_id": person.pk.hex, "cppl_cp_plan_start_date": date(2026, 5, 1)}
    plans = [("ssd_cp_plans", {**columns, "cppl_cp_plan_end_date": None})]
    collected = {"ssd_cp_plans": frozenset({*columns, "cppl_cp_plan_end_date"})}
    LIVE_SOURCES["plans"] = LiveSource("plans", collected, lambda area, day: plans, first_day=date(2024, 4, 1))
    made = live_snapshot(here.area, timezone.now())
    del LIVE_SOURCES["plans"]
    assert made is not None
    made.refresh_from_db()
    return made


def _figures(made: HouseSnapshot) -> Iterable[FigureRow]:
    """Two figures that counted something: there are too many to try each."""
    return made.figures.filter(keys_count__gt=0).order_by("pk")[:2]


def keys_to_try(ways: Ways) -> dict[str, list[dict[str, Any]]]:
    """By the beginning of a route's name further keys for its address, beside those of the walk's examples."""
    return {
        "people:": [{"person": ways.person.pk}, {"person": ways.mother.pk}],
        "matching:": [{"pk": ways.pair.pk}, {"pk": ways.listed.pk}, {"person": ways.person.pk}],
        "actions:": [{"pk": each.pk} for each in (ways.source, ways.action, ways.given, *ways.action.evidences.all())],
        "performance-": [
            *({"pk": each.pk} for made in (ways.uploaded, ways.live) for each in _figures(made)),
            *({"pk": each.pk} for each in (ways.uploaded, ways.live, ways.refused)),
        ],
        "confidentiality:": [{"kind": "person", "object_id": str(ways.person.pk)}],
        "watching:": [{"kind": "person", "object_id": str(ways.person.pk)}],
    }
