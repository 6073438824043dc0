"""Agencies, teams, sites, seats and accounts: what each administrator may do, and what nobody may."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.viewer import Viewer, viewer_of
from safeboard.foundation.access.words import Action
from safeboard.foundation.administering.selectors import agencies, areas, populations_of, seats
from safeboard.foundation.administering.services import (
    add_agency,
    add_site,
    add_team,
    change_agency,
    close_account,
    end_seat,
    give_seat,
)
from safeboard.foundation.agencies.kinds import AgencyKind
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.errors import BadInput
from tests.house.synthetic import NOW, House, house, other_house

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def give(here: House, user: User, role: str, kind: str, by: Viewer, **words: object) -> Seat:
    asked = {"starts_on": TODAY, **words}
    return give_seat(user=user, role=role, agency=here.agencies[kind], by=by, **asked)  # type: ignore[arg-type]


def test_an_agencys_administrator_gives_a_seat_there_and_the_houses_anywhere_in_the_area() -> None:
    here = house()
    user = here.user("practitioner", "school")
    own, of_house = here.viewer("agency_administrator", "school"), here.viewer("system_administrator")
    assert give(here, user, "board_member", "school", own).role == "board_member"
    assert give(here, user, "chair", "board", of_house).agency == here.agencies["board"]
    with pytest.raises(PermissionDenied):
        give(here, user, "practitioner", "police", own)
    with pytest.raises(PermissionDenied):
        give(other_house(), user, "practitioner", "police", of_house)


@pytest.mark.parametrize("role", ["chair", "business_manager", "privacy_officer", "social_worker"])
def test_nobody_else_gives_a_seat(role: str) -> None:
    here = house()
    with pytest.raises(PermissionDenied):
        give(here, here.user("practitioner", "school"), "board_member", "board", here.viewer(role))


def test_only_roles_that_the_kind_of_agency_may_hold_are_given() -> None:
    here = house()
    by, user = here.viewer("system_administrator"), here.user("practitioner", "school", "Sam Oak")
    for key, role in roles().items():
        able = role.may_be_held_in(AgencyKind.SCHOOL)
        if able and key != "practitioner":
            assert give(here, user, key, "school", by).role == key
        elif not able:
            with pytest.raises(BadInput, match="cannot have that role"):
                give(here, user, key, "school", by)


def test_an_agencys_administrator_makes_nobody_the_houses() -> None:
    here = house()
    with pytest.raises(BadInput, match="cannot have that role from you"):
        give(here, here.user("chair"), "system_administrator", "board", here.viewer("agency_administrator", "board"))


def test_nobody_gives_ends_or_closes_their_own() -> None:
    here = house()
    by = here.viewer("agency_administrator", "school")
    with pytest.raises(BadInput, match="Nobody gives a seat to themselves"):
        give(here, by.user, "practitioner", "school", by)
    with pytest.raises(BadInput, match="Nobody ends their own seat"):
        end_seat(seat=by.seat, by=by)
    with pytest.raises(BadInput, match="Nobody closes their own account"):
        close_account(user=by.user, by=by)


def test_a_seat_held_already_or_with_days_that_make_no_sense_is_refused() -> None:
    here = house()
    by, user = here.viewer("agency_administrator", "school"), here.user("practitioner", "school")
    with pytest.raises(BadInput, match="They hold this seat already"):
        give(here, user, "practitioner", "school", by)
    for starts_on, ends_on in ((TODAY, TODAY - timedelta(1)), (date(2020, 1, 1), date(2020, 2, 1))):
        with pytest.raises(BadInput, match="end before it starts, or be over already"):
            give(here, user, "board_member", "school", by, starts_on=starts_on, ends_on=ends_on)


def test_a_seat_in_another_agencys_team_is_refused() -> None:
    here = house()
    by, user = here.viewer("system_administrator"), here.user("practitioner", "school")
    team = add_team(agency=here.agencies["police"], name="Synthetic team", by=by)
    with pytest.raises(BadInput, match="belongs to another agency"):
        give(here, user, "board_member", "school", by, team=team)


def test_an_ended_seat_is_over_at_once() -> None:
    here = house()
    by, user = here.viewer("agency_administrator", "school"), here.user("practitioner", "school")
    seat = give(here, user, "board_member", "school", by)
    end_seat(seat=seat, by=by)
    seat.refresh_from_db()
    assert (seat.ends_on, seat.starts_on) == (TODAY - timedelta(1), TODAY - timedelta(1))
    with pytest.raises(BadInput, match="has ended already"):
        end_seat(seat=seat, by=by)


def test_a_closed_account_has_no_seat_and_a_new_seat_opens_it_again() -> None:
    here = house()
    by, user = here.viewer("agency_administrator", "school"), here.user("practitioner", "school")
    close_account(user=user, by=by)
    user.refresh_from_db()
    assert (user.is_active, viewer_of(user, NOW)) == (False, None)
    give(here, user, "board_member", "school", by)
    user.refresh_from_db()
    assert (user.is_active, user.ended_on) == (True, None)


def test_an_account_with_a_seat_elsewhere_is_not_closed_by_one_agency() -> None:
    here = house()
    by, user = here.viewer("agency_administrator", "school"), here.user("practitioner", "school")
    Seat.objects.create(user=user, role="chair", agency=other_house().agencies["board"], starts_on=TODAY)
    with pytest.raises(BadInput, match="They hold a seat elsewhere too"):
        close_account(user=user, by=by)
    with pytest.raises(PermissionDenied):
        close_account(user=here.user("chair"), by=by)


def test_agencies_are_added_changed_and_ended_by_the_houses_administrator_alone() -> None:
    here = house()
    by = here.viewer("system_administrator")
    made = add_agency(name=" Synthetic housing ", kind=AgencyKind.HOUSING, by=by)
    assert (made.name, made.area) == ("Synthetic housing", here.area)
    with pytest.raises(BadInput, match="taken already"):
        add_agency(name="synthetic HOUSING", kind=AgencyKind.OTHER, by=by)
    change_agency(agency=made, name="Synthetic homes", kind=AgencyKind.HOUSING, ended_on=TODAY, by=by)
    with pytest.raises(PermissionDenied):
        add_team(agency=made, name="Team of an agency that is no more", by=by)
    for viewer in (here.viewer("agency_administrator", "school"), here.viewer("chair")):
        with pytest.raises(PermissionDenied):
            add_agency(name="Another", kind=AgencyKind.OTHER, by=viewer)
    with pytest.raises(PermissionDenied):
        change_agency(
            agency=other_house().agencies["police"], name="Ours", kind=AgencyKind.POLICE, ended_on=None, by=by
        )


def test_an_agency_with_seats_is_not_ended_nor_made_of_a_kind_that_may_not_hold_them() -> None:
    here = house()
    by = here.viewer("system_administrator")
    here.user("social_worker")
    care = here.agencies["social care"]
    with pytest.raises(BadInput, match="roles that an agency of this kind cannot hold"):
        change_agency(agency=care, name=care.name, kind=AgencyKind.SCHOOL, ended_on=None, by=by)
    with pytest.raises(BadInput, match="still go on"):
        change_agency(agency=care, name=care.name, kind=AgencyKind.SOCIAL_CARE, ended_on=TODAY, by=by)


def test_teams_and_sites_are_kept_by_the_agencys_own_administrator() -> None:
    here = house()
    by = here.viewer("agency_administrator", "school")
    school, police = here.agencies["school"], here.agencies["police"]
    assert add_team(agency=school, name="Synthetic team", by=by).agency == school
    assert add_site(agency=school, name="Synthetic site", address="1 Road", by=by).agency == school
    with pytest.raises(BadInput, match="taken already"):
        add_team(agency=school, name="SYNTHETIC team", by=by)
    with pytest.raises(PermissionDenied):
        add_team(agency=police, name="Synthetic team", by=by)
    with pytest.raises(PermissionDenied):
        add_site(agency=police, name="Synthetic site", address="", by=by)


def test_each_administrator_sees_as_far_as_they_reach() -> None:
    here, there = house(), other_house()
    there.user("chair")
    own, of_house = here.viewer("agency_administrator", "school"), here.viewer("system_administrator")
    assert set(agencies(own, Action.FIND)) == {here.agencies["school"]}
    assert set(agencies(of_house, Action.FIND)) == set(here.agencies.values())
    assert {seat.user for seat in seats(own, Action.FIND)} == {own.user}
    assert {seat.user for seat in seats(of_house, Action.FIND)} == {own.user, of_house.user}
    assert (list(areas(of_house, Action.FIND)), list(areas(own, Action.FIND))) == ([here.area], [])
    assert list(seats(here.viewer("social_worker"), Action.FIND)) == []


def test_an_area_shows_the_newest_population_of_each_vintage() -> None:
    found = populations_of(house().area)
    assert [(each.mid_year, each.count) for each in found] == [(2008, 67_720)]


KINDS_OF_THE_REPORT = {
    "Health: trusts, CAMHS, health visiting, ambulance": AgencyKind.HEALTH,
    "Children's Social Care, Referral and Assessment": AgencyKind.SOCIAL_CARE,
    "City Council: development unit, trading standards, licensing": AgencyKind.COUNCIL,
    "Schools and colleges": AgencyKind.SCHOOL,
    "Early Years, nurseries, children's centres, Sure Start": AgencyKind.EARLY_YEARS,
    "Youth Services, Youth Offending Service, Connexions": AgencyKind.YOUTH,
    "Police": AgencyKind.POLICE,
    "Probation, prisons": AgencyKind.PROBATION,
    "CAFCASS": AgencyKind.CAFCASS,
    "Voluntary: NSPCC, Barnardos, community groups": AgencyKind.VOLUNTARY,
    "Social landlords": AgencyKind.HOUSING,
    "The board itself": AgencyKind.BOARD,
    "Other: supermarkets, licensed premises, private nursing": AgencyKind.OTHER,
}
"""Section 3 of reference/people_orgs.md, each group with its kind here; its eight CAF categories are among them."""


def test_every_kind_of_agency_in_the_report_has_a_kind_and_every_kind_is_there_for_one() -> None:
    assert set(KINDS_OF_THE_REPORT.values()) == set(AgencyKind)
    assert Agency._meta.get_field("kind").max_length >= max(len(kind) for kind in AgencyKind)
