"""For the policy walk: keys of addresses that are no page to look at, and pages that refuse more than the policy."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db.models import Model

from safeboard.casework.matching.models import AgencyList
from safeboard.foundation.access.models import BreakGlass, Restriction, Seat
from safeboard.foundation.administering.models import AccessReview
from safeboard.foundation.agencies.models import Agency
from safeboard.tools.actions.models import NewsAsked
from tests.house.confidential import a_notice, an_involvement
from tests.house.examples import OF_A_SEAT, OF_AN_AGENCY
from tests.house.synthetic import House

KEYS: Final[dict[str, Callable[[House], Mapping[str, Any]]]] = {
    "confidentiality:end-involvement": an_involvement,
    "confidentiality:notice": lambda here: {"pk": a_notice(here)},
}
"""An address that goes on from that of an example ("close" after one action) takes the example's keys by itself."""

NUMBERED: Final[dict[str, type[Model]]] = {
    "confidentiality:restriction": Restriction,
    "confidentiality:review": Restriction,
    "confidentiality:list": Restriction,
    "confidentiality:opening": BreakGlass,
    "confidentiality:outcome": BreakGlass,
    "confidentiality:finish": BreakGlass,
    **dict.fromkeys((f"administering:{name}" for name in OF_AN_AGENCY), Agency),
    **dict.fromkeys((f"administering:{name}" for name in (*OF_A_SEAT, "close-account", "give-seat")), Seat),
    "administering:review": AccessReview,
    "matching:link-list": AgencyList,
    "matching:undo-list": AgencyList,
    "actions:withdraw-link": NewsAsked,
}
"""What a plain number in an address is the key of. Longer keys are unique in the house and need no line here."""

NARROWER: Final[dict[str, str]] = {
    "choose-seat": "one's own seats",
    "confidentiality:notice": "one's own notices",
    "confidentiality:break-glass": "only what one may know of but not open",
    "confidentiality:finish": "one's own openings",
    "confidentiality:notices": "told to a seat: without one there are none",
    "actions:load-problems-export": "only whoever gave the file, or may export the register",
    "actions:verify": "not by somebody who owns or closed it, and only once it is closed",
    "actions:check-impact": "only once it is verified",
    "administering:close-account": "only an account all of whose seats one administers",
    "administering:give-seat": "nobody gives themselves a seat",
    "matching:link-list": "a list was judged by what its reader may open: theirs alone",
    "matching:undo-list": "a list was judged by what its reader may open: theirs alone",
    "matching:pair": "only those who may open both records",
    "mfa_view_recovery_codes": "only with an authenticator app, which the walk's people have not",
    "mfa_download_recovery_codes": "only with an authenticator app, which the walk's people have not",
    "performance-report": "before it is published, only those who prepare or approve it",
    "performance-report-progress": "before it is published, only those who prepare or approve it",
    "performance-rows": "the rows behind a figure are personal, the figure is not",
}
"""Routes whose page refuses some whom the policy allows, each with its rule. Never the other way round."""
