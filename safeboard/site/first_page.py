"""What the first page shows: each area's panel for this viewer, the most pressing area first."""

from collections.abc import Callable
from typing import Final

from safeboard.figures.performance.panels import performance
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.administering.panels import waiting_for_administrators
from safeboard.foundation.confidentiality.panels import own_notices, to_review
from safeboard.foundation.pages.panels import Panel
from safeboard.foundation.watching.panels import waiting_in_the_trail
from safeboard.tools.actions.panels import own_actions

PANELS: Final[tuple[Callable[[Viewer], Panel | None], ...]] = (
    waiting_in_the_trail,
    own_notices,
    to_review,
    own_actions,
    performance,
    waiting_for_administrators,
)
"""One function an area (its `panels.py`): None where the viewer has no business there."""


def panels_for(viewer: Viewer) -> list[Panel]:
    return [panel for make in PANELS if (panel := make(viewer)) is not None]
