"""Every measure by its id, in the order in which a child meets them."""

from collections.abc import Mapping
from typing import Final

from safeboard.figures.measures import referrals
from safeboard.figures.measures.definition import Measure

MEASURES: Final[Mapping[str, Measure]] = {
    measure.id: measure for measures in (referrals.MEASURES,) for measure in measures
}
