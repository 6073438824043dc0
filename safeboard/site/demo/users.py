"""The demonstration's agencies, and a synthetic user for each role, so that each can be tried."""

from collections.abc import Sequence
from datetime import date

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.access.roles import Role, roles
from safeboard.foundation.agencies.areas import REFERENCE_CITY, find_area
from safeboard.foundation.agencies.kinds import AgencyKind
from safeboard.foundation.agencies.models import Agency, BoardArea, Site, Team

AGENCIES = (
    ("Safeguarding Children Board", AgencyKind.BOARD, ("Business unit",)),
    ("Children's Social Care", AgencyKind.SOCIAL_CARE, ("Referral and assessment", "Conference service")),
    ("City Council", AgencyKind.COUNCIL, ("Strategic services", "Licensing")),
    ("City Police", AgencyKind.POLICE, ("Child abuse investigation", "Domestic violence unit")),
    ("Hospital Trust", AgencyKind.HEALTH, ("Safeguarding",)),
    ("Primary Care", AgencyKind.HEALTH, ("Health visiting",)),
    ("North Primary School", AgencyKind.SCHOOL, ()),
    ("Young Carers Charity", AgencyKind.VOLUNTARY, ()),
    ("Probation Service", AgencyKind.PROBATION, ()),
)
FAMILY_NAMES = (
    *("Ashcombe", "Birchley", "Coldwell", "Dunmore", "Elmstead", "Fernhurst", "Greenhalt", "Hollins"),
    *("Ivybridge", "Jessop", "Kingsway", "Larkfield", "Marlowe", "Northcott", "Oakden", "Penfold"),
    *("Quenby", "Ridgewell", "Stanmore", "Thornbury", "Underhill", "Vexley", "Westcombe", "Yardley"),
    *("Alderton", "Brookfield", "Cranmere", "Dovedale", "Eastleigh", "Foxton", "Garside", "Hartwell"),
)
SINCE = date(2020, 1, 1)
SITS_AT = {
    "practitioner": "North Primary School",
    "board_member": "City Police",
    "agency_administrator": "Children's Social Care",
    "privacy_officer": "City Council",
    "system_administrator": "City Council",
}
"""Roles that any agency may hold, put where one would look for them."""


def make_area() -> BoardArea:
    """The reference city as a board's area."""
    area = find_area(REFERENCE_CITY)
    return BoardArea.objects.get_or_create(code=area.code, defaults={"name": area.name})[0]


def make_agencies(area: BoardArea) -> list[Agency]:
    made = []
    for name, kind, teams in AGENCIES:
        agency = Agency.objects.get_or_create(area=area, name=name, defaults={"kind": kind})[0]
        Site.objects.get_or_create(agency=agency, name=f"{name}, main office")
        for team in teams:
            Team.objects.get_or_create(agency=agency, name=team)
        made.append(agency)
    return made


def make_users(agencies: Sequence[Agency]) -> list[User]:
    """One user for each role, in an agency that may hold it. No password: they come by their link."""
    return [
        _make_user(role, family, _agency_for(role, agencies))
        for role, family in zip(roles().values(), FAMILY_NAMES, strict=False)
    ]


def _agency_for(role: Role, agencies: Sequence[Agency]) -> Agency:
    able = [agency for agency in agencies if role.may_be_held_in(AgencyKind(agency.kind))]
    return next((agency for agency in able if agency.name == SITS_AT.get(role.key)), able[0])


def _make_user(role: Role, family: str, agency: Agency) -> User:
    email = f"{role.key.replace('_', '-')}@demo.example"
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, f"Sam {family}")
    Seat.objects.get_or_create(user=user, role=role.key, agency=agency, defaults={"starts_on": SINCE})
    return user
