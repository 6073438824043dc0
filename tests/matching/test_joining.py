"""Two records of one person are joined and parted again without loss, in any order, with edits in between."""

from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from safeboard.casework.matching.attached import attachments
from safeboard.casework.matching.models import Answer, AttachedRow, Join, Pair
from safeboard.casework.matching.searching import search
from safeboard.casework.matching.selectors import joined_into
from safeboard.casework.matching.services import decide, join, propose, unjoin
from safeboard.casework.people.models import Person, PersonName, Relationship
from safeboard.foundation.access.models import Involvement
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.kernel.errors import BadInput
from tests.house.synthetic import SINCE, House, house, other_house
from tests.matching.records import somebody
from tests.people.families import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> House:
    return house()


def manager(here: House) -> Viewer:
    return here.viewer("safeguarding_manager")


def related(one: Person, other: Person, kind: str = "parent") -> Relationship:
    low, high = sorted((one, other), key=lambda person: person.pk) if kind == "sibling" else (one, other)
    return Relationship.objects.create(person=low, other=high, kind=kind, said_by="child")


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that tells of people, as it is."""
    tables = {each.model._meta.label: list(each.rows.order_by("pk").values()) for each in attachments()}
    return {**tables, "people": list(Person.objects.order_by("pk").values())}


def proposed(here: House, one: Person, other: Person) -> Pair:
    return propose(one=one, other=other, said="They look alike.", by=here.viewer("social_worker"))


def joined(here: House, kept: Person, folded: Person) -> Join:
    return join(pair=proposed(here, kept, folded), keep=kept.pk, said="Same NHS number.", by=manager(here))


def test_the_last_of_a_chain_leads_to_the_parting_of_every_one_that_came_into_it(here: House) -> None:
    chain = [somebody(here, f"Ann{number}", "First") for number in range(4)]
    made = [joined(here, kept, folded) for folded, kept in pairwise(chain)]
    other = joined(here, somebody(here, "Bo", "Second"), somebody(here, "Bo", "Third"))
    assert [list(joined_into(manager(here), each)) for each in (chain[3], chain[2], other.kept)] == [
        made[::-1],
        made[1::-1],
        [other],
    ]
    unjoin(made=made[2], said="Not the same.", by=manager(here))
    assert [list(joined_into(manager(here), each)) for each in (chain[3], chain[2])] == [[], made[1::-1]]


def test_all_that_is_attached_stands_at_the_kept_record_and_goes_home_again(here: House) -> None:
    kept = somebody(here, "Ann", "First", former="Zero", lines="1 Elm Road")
    folded = somebody(here, "Anne", "Second", nhs="9990000018", lines="2 Elm Road", local="77")
    child = somebody(here, "Bo", "First")
    related(folded, child)
    Involvement.objects.create(
        kind="person", object_id=str(folded.pk), agency=here.agencies["school"], why="pupil",
        said_by=here.user("social_worker"), starts_on=SINCE,
    )  # fmt: skip
    before = everything()
    made = joined(here, kept, folded)
    person = Person.objects.get(pk=folded.pk)
    assert (person.status, person.joined_into_id) == ("joined", kept.pk)
    assert sorted(kept.names.values_list("kind", "family")) == [
        ("current", "First"),
        ("former", "Zero"),
        ("known as", "Second"),
    ]
    assert sorted(kept.addresses.values_list("kind", "address__lines")) == [
        ("main", "1 Elm Road"),
        ("other", "2 Elm Road"),
    ]
    assert sorted(kept.identifiers.values_list("value", flat=True)) == ["77", "9990000018"]
    assert list(kept.relationships.values_list("other", flat=True)) == [child.pk]
    assert Involvement.objects.get().object_id == str(kept.pk)
    assert [fit.key for fit in search(here.viewer("social_worker"), "Second 9990000018").fits] == [kept.pk]
    unjoin(made=made, said="Two cousins after all.", by=manager(here))
    assert everything() == before
    assert AttachedRow.objects.count() == 0
    assert [fit.key for fit in search(here.viewer("social_worker"), "9990000018").fits] == [folded.pk]


def test_two_records_related_to_each_other_keep_that_and_a_sibling_of_both_is_held_once(here: House) -> None:
    one, other, third = a_person(here), a_person(here), a_person(here)
    related(one, other, "sibling")
    related(one, third, "sibling")
    related(other, third, "sibling")
    before = everything()
    made = joined(here, one, other)
    assert Relationship.objects.count() == 3
    unjoin(made=made, said="Twins.", by=manager(here))
    assert everything() == before


def test_edits_in_between_stay_and_what_was_added_stays_at_the_kept_record(here: House) -> None:
    kept, folded = somebody(here, "Ann", "First"), somebody(here, "Anne", "Second", former="Older", nhs="9990000018")
    made = joined(here, kept, folded)
    PersonName.objects.filter(family="Older").update(family="Oldest")
    folded_number = kept.identifiers.get()
    folded_number.delete()
    added = PersonName.objects.create(person=kept, kind="alias", given="Annie")
    unjoin(made=made, said="Wrong.", by=manager(here))
    assert sorted(folded.names.values_list("kind", "family")) == [("current", "Second"), ("former", "Oldest")]
    assert list(kept.names.order_by("pk").values_list("family", flat=True)) == ["First", ""]
    assert PersonName.objects.get(pk=added.pk).person_id == kept.pk
    assert folded.identifiers.count() == 0


def test_who_may_not_open_both_or_not_verify_joins_nothing(here: House) -> None:
    one, other = somebody(here, "Ann", "First"), somebody(here, "Anne", "First")
    pair = proposed(here, one, other)
    with pytest.raises(PermissionDenied):
        join(pair=pair, keep=one.pk, said="x", by=here.viewer("social_worker"))
    with pytest.raises(PermissionDenied):
        join(pair=pair, keep=one.pk, said="x", by=other_house().viewer("safeguarding_manager"))
    Person.objects.filter(pk=other.pk).update(sensitivity=Sensitivity.SEALED)
    with pytest.raises(PermissionDenied):
        propose(one=one, other=Person.objects.get(pk=other.pk), said="x", by=here.viewer("social_worker"))
    assert Join.objects.count() == 0


def test_nobody_joins_what_they_proposed_and_the_database_says_so_too(here: House) -> None:
    one, other = somebody(here, "Ann", "First"), somebody(here, "Anne", "First")
    pair = propose(one=one, other=other, said="x", by=manager(here))
    with pytest.raises(BadInput, match="proposed to join"):
        join(pair=pair, keep=one.pk, said="x", by=manager(here))
    with pytest.raises(IntegrityError, match="nobody_joins_a_pair_they_proposed"), transaction.atomic():
        Pair.objects.filter(pk=pair.pk).update(
            answer="joined", decided_by=manager(here).user, decided_at=manager(here).at
        )
    somebody_else = here.viewer("safeguarding_manager", name="Another")
    assert join(pair=pair, keep=one.pk, said="x", by=somebody_else).kept_id == one.pk


def test_the_kept_record_is_the_more_sensitive_one(here: House) -> None:
    one, other = somebody(here, "Ann", "First"), somebody(here, "Anne", "First", sensitivity=Sensitivity.SENSITIVE)
    pair = proposed(here, one, other)
    with pytest.raises(BadInput, match="less sensitive"):
        join(pair=pair, keep=one.pk, said="x", by=manager(here))
    assert join(pair=pair, keep=other.pk, said="x", by=manager(here)).kept_id == other.pk


def test_a_pair_is_held_once_joined_once_and_decided_with_a_reason(here: House) -> None:
    one, other = somebody(here, "Ann", "First"), somebody(here, "Anne", "First")
    pair = proposed(here, one, other)
    assert proposed(here, other, one) == pair
    with pytest.raises(BadInput, match="one record, twice"):
        proposed(here, one, one)
    with pytest.raises(BadInput, match="no reason"):
        join(pair=pair, keep=one.pk, said=" ", by=manager(here))
    made = join(pair=pair, keep=one.pk, said="x", by=manager(here))
    with pytest.raises(BadInput, match="joined these two meanwhile"):
        join(pair=pair, keep=one.pk, said="x", by=manager(here))
    unjoin(made=made, said="x", by=manager(here))
    with pytest.raises(BadInput, match="undone already"):
        unjoin(made=made, said="x", by=manager(here))
    assert decide(pair=pair, answer=Answer.DIFFERENT, said="Cousins.", by=manager(here)).answer == Answer.DIFFERENT


def test_joining_and_undoing_stand_in_the_trail(here: House) -> None:
    kept, folded = somebody(here, "Ann", "First"), somebody(here, "Anne", "Second")
    made = joined(here, kept, folded)
    unjoin(made=made, said="x", by=manager(here))
    told = TrailEntry.objects.filter(kind="matching_join").order_by("number").values_list("did", flat=True)
    assert list(told) == ["added", "changed"]
    assert TrailEntry.objects.filter(kind="people_person", object_id=str(folded.pk), did="changed").count() == 2


class AnyOrder(TestCase):
    """However records are joined, and whatever is written in between: all parted, each has its own again."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_all_parted_is_as_if_nothing_had_been_joined_but_for_the_edits(self, data: st.DataObject) -> None:
        here = house()
        people = [
            somebody(here, f"Given{n}", f"Family{n}", lines=f"{n} Elm Road", former="Old", nhs=f"99900000{n:02}")
            for n in range(4)
        ]
        for one, other, kind in ((0, 1, "sibling"), (1, 2, "parent"), (0, 3, "sibling"), (1, 3, "sibling")):
            related(people[one], people[other], kind)
        expected = everything()
        standing: list[Join] = []
        for step in range(data.draw(st.integers(1, 8))):
            roots = [each for each in Person.objects.order_by("pk") if each.joined_into_id is None]
            verb = data.draw(st.sampled_from(["join", "undo", "edit"]))
            if verb == "join" and len(roots) > 1:
                kept, folded = data.draw(st.permutations(roots))[:2]
                standing.append(joined(here, kept, folded))
            elif verb == "undo" and standing:
                unjoin(made=standing.pop(data.draw(st.integers(0, len(standing) - 1))), said="x", by=manager(here))
            elif verb == "edit":
                key = data.draw(st.sampled_from([row["id"] for row in expected["people.PersonName"]]))
                PersonName.objects.filter(pk=key).update(given=f"Edited{step}")
                next(row for row in expected["people.PersonName"] if row["id"] == key)["given"] = f"Edited{step}"
        while standing:
            unjoin(made=standing.pop(data.draw(st.integers(0, len(standing) - 1))), said="x", by=manager(here))
        assert everything() == expected
        assert AttachedRow.objects.count() == 0


def test_rows_of_every_room_that_lead_to_a_person_are_found() -> None:
    found = {(each.model._meta.label, each.columns) for each in attachments()}
    assert found >= {
        ("access.Involvement", ("object_id",)),
        ("access.Restriction", ("object_id",)),
        ("people.PersonName", ("person_id",)),
        ("people.Identifier", ("person_id",)),
        ("people.PersonAddress", ("person_id",)),
        ("people.Relationship", ("person_id", "other_id")),
        ("people.HouseholdMember", ("person_id",)),
        ("people.SafetyWarning", ("person_id",)),
        ("people.Flag", ("person_id",)),
    }
