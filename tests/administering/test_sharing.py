"""Two areas are apart; an arrangement that each has agreed to shares one module among those named, and nothing else."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Model

from safeboard.foundation.access.policy import GUARDS, visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module, Sensitivity
from safeboard.foundation.administering.models import Proposal
from safeboard.foundation.administering.selectors import arrangements, other_areas, proposals
from safeboard.foundation.administering.sharing import agree, end_arrangement, propose, withdraw
from safeboard.foundation.agencies.models import Arrangement
from safeboard.foundation.kernel.errors import BadInput
from safeboard.tools.actions.codes import SourceKind
from safeboard.tools.actions.models import Source
from safeboard.tools.actions.services import add_source
from tests.house.synthetic import NOW, House, house, other_house

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def four() -> list[House]:
    """Four areas of one installation."""
    return [house(), other_house(), house("X99000003", "Third City"), house("X99000004", "Fourth City")]


def administrator(here: House) -> Viewer:
    return here.viewer("system_administrator")


def proposed(first: House, *others: House, module: Module = Module.ACTIONS, **words: object) -> Proposal:
    asked = {"starts_on": TODAY, "ends_on": None, **words}
    areas = [each.area for each in others]
    return propose(name="Three areas", module=module, areas=areas, by=administrator(first), **asked)  # type: ignore[arg-type]


def source(here: House) -> Source:
    return add_source(
        kind=SourceKind.OTHER,
        title="Synthetic source",
        dated_on=TODAY,
        sensitivity=Sensitivity.OFFICIAL,
        by=here.viewer("business_manager"),
    )


def seen(here: House) -> set[Source]:
    return set(visible(Source.objects.all(), here.viewer("business_manager"), Action.OPEN))


def test_areas_are_apart_until_all_three_have_agreed_and_the_fourth_stays_apart() -> None:
    first, second, third, _ = areas = four()
    sources = [source(each) for each in areas]
    it = proposed(first, second, third)
    assert [seen(each) for each in areas] == [{row} for row in sources]
    assert agree(proposal=it, by=administrator(second)) is None
    assert [seen(each) for each in areas] == [{row} for row in sources]
    made = agree(proposal=it, by=administrator(third))
    assert made is not None
    assert set(made.areas.all()) == {first.area, second.area, third.area}
    assert [seen(each) for each in areas] == [set(sources[:3])] * 3 + [{sources[3]}]


def test_only_the_module_named_is_shared() -> None:
    first, second, *_ = four()
    agree(proposal=proposed(first, second), by=administrator(second))
    viewer = first.viewer("business_manager")
    shared = {module for module in Module if viewer.areas(module) != {first.area.pk}}
    assert shared == {Module.ACTIONS}


def test_an_arrangement_that_is_to_come_or_over_shares_nothing() -> None:
    first, second, *_ = four()
    theirs = source(second)
    agree(proposal=proposed(first, second, starts_on=TODAY + timedelta(1)), by=administrator(second))
    over = proposed(first, second, starts_on=TODAY - timedelta(9), ends_on=TODAY - timedelta(1))
    agree(proposal=over, by=administrator(second))
    assert theirs not in seen(first)


@pytest.mark.parametrize("module", [Module.USERS, Module.TRAIL, Module.HOUSE])
def test_users_trail_and_house_are_never_shared(module: Module) -> None:
    first, second, *_ = four()
    with pytest.raises(BadInput, match="cannot be shared"):
        proposed(first, second, module=module)


def test_a_proposal_that_makes_no_sense_is_refused() -> None:
    first, second, *_ = four()
    with pytest.raises(BadInput, match="at least one other area"):
        proposed(first)
    with pytest.raises(BadInput, match="at least one other area"):
        proposed(first, first, second)
    with pytest.raises(BadInput, match="end before it starts"):
        proposed(first, second, ends_on=date(2020, 1, 1))


def test_an_area_agrees_once_and_only_for_itself() -> None:
    first, second, third, fourth = four()
    it = proposed(first, second, third)
    with pytest.raises(BadInput, match="agreed already"):
        agree(proposal=it, by=administrator(first))
    for stranger in (administrator(fourth), second.viewer("agency_administrator", "board"), second.viewer("chair")):
        with pytest.raises(PermissionDenied):
            agree(proposal=it, by=stranger)
    assert Arrangement.objects.count() == 0


def test_any_area_refuses_and_then_nobody_can_agree() -> None:
    first, second, third, _ = four()
    it = proposed(first, second, third)
    withdraw(proposal=it, by=administrator(third))
    with pytest.raises(BadInput, match="dealt with meanwhile"):
        agree(proposal=it, by=administrator(second))
    assert list(proposals(administrator(second), Action.FIND)) == []


def test_any_of_the_areas_ends_it_at_once_and_no_other() -> None:
    first, second, third, fourth = four()
    theirs = source(second)
    it = proposed(first, second, third)
    agree(proposal=it, by=administrator(second))
    made = agree(proposal=it, by=administrator(third))
    assert made is not None
    assert theirs in seen(first)
    with pytest.raises(PermissionDenied):
        end_arrangement(arrangement=made, by=administrator(fourth))
    end_arrangement(arrangement=made, by=administrator(third))
    assert theirs not in seen(first)
    with pytest.raises(BadInput, match="has ended already"):
        end_arrangement(arrangement=made, by=administrator(first))


def test_each_area_sees_only_what_it_takes_part_in() -> None:
    first, second, third, fourth = four()
    it = proposed(first, second)
    assert [list(proposals(administrator(each), Action.FIND)) for each in (first, second, third)] == [[it], [it], []]
    made = agree(proposal=it, by=administrator(second))
    assert [list(arrangements(administrator(each), Action.FIND)) for each in (first, second, third)] == [
        [made],
        [made],
        [],
    ]
    assert set(other_areas(administrator(first))) == {second.area, third.area, fourth.area}
    assert list(other_areas(first.viewer("chair"))) == []


def test_what_is_guarded_by_area_is_apart_for_every_kind_and_role() -> None:
    """The look-up of the area is there for every guarded kind: a guard that forgot it would fail here."""
    viewer = house().viewer("system_administrator")
    kinds: list[type[Model]] = list(GUARDS)
    for kind in kinds:
        for action in (Action.FIND, Action.OPEN, Action.ADMINISTER):
            assert visible(kind._default_manager.all(), viewer, action).count() >= 0
