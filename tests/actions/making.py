"""Actions of a synthetic house, made the way the house makes them."""

from datetime import date

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import Agency
from safeboard.tools.actions.codes import Risk, SourceKind
from safeboard.tools.actions.models import ActionItem, Source
from safeboard.tools.actions.services import Agreed, add_action, add_source
from tests.house.synthetic import House

TODAY = date(2026, 11, 2)
DUE = date(2030, 10, 1)
PAST = date(2026, 10, 1)


def manager(here: House) -> Viewer:
    return here.viewer("business_manager")


def a_source(here: House, title: str = "Audit of core assessments", sensitivity: int = Sensitivity.OFFICIAL) -> Source:
    found = Source.objects.filter(area=here.area, title=title).first()
    return found or add_source(
        kind=SourceKind.AUDIT,
        title=title,
        dated_on=date(2026, 9, 1),
        by=manager(here),
        sensitivity=Sensitivity(sensitivity),
    )


def an_action(
    here: House,
    kind: str = "police",
    *,
    owner: str = "board_member",
    due_on: date = DUE,
    risk: Risk = Risk.MEDIUM,
    sensitivity: Sensitivity = Sensitivity.OFFICIAL,
    title: str = "Brief every duty sergeant",
    contributing: tuple[Agency, ...] = (),
    source: Source | None = None,
) -> ActionItem:
    """An action led by the agency of that kind, owned by its holder of the role (by nobody where none is named)."""
    agreed = Agreed(
        title=title,
        agency=here.agencies[kind],
        owner=here.user(owner, kind) if owner else None,
        risk=risk,
        sensitivity=sensitivity,
        contributing=contributing,
    )
    return add_action(source=source or a_source(here), agreed=agreed, due_on=due_on, by=manager(here))
