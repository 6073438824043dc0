"""What a search tells of a person about to be added, and who is like them: for the form of a new record."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from safeboard.casework.matching.asked import Kind, read
from safeboard.casework.matching.searching import search
from safeboard.casework.matching.showing import Line, lines
from safeboard.casework.people.search_first import SIMILAR, Similar
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.columns import in_words

NAMED: Final = 5
"""So many similar people are named."""
LIKE: Final = 8.0
"""From so many points on somebody is like the one to be added: two parts of a name, say, or one and the birthday."""


def told_of(typed: str) -> dict[str, str]:
    """The names and the date of birth in what was typed, the last word taken for the family name."""
    given = read(typed)
    words = [word.strip(",;()").title() if word.islower() else word.strip(",;()") for word in given.rest.split()]
    told = {"given": " ".join(words[:-1])[:100], "family": words[-1][:100]} if len(words) > 1 else {}
    day = next((term.text for term in given.terms if term.kind == Kind.DAY), "")
    return {**told, "born_on": f"{day[:4]}-{day[4:6]}-{day[6:]}"} if day else told


def similar_to(viewer: Viewer, given: Mapping[str, Any]) -> Sequence[Similar]:
    """Those who are most like somebody about to be added, among those one may know of."""
    words = " ".join(str(given.get(name) or "") for name in ("given", "family", "born_on"))
    try:
        fits = search(viewer, words[:300]).fits
    except BadInput:
        return []
    return [_line(each) for each in lines(viewer, [fit for fit in fits if fit.points >= LIKE][:NAMED])]


def _line(each: Line) -> Similar:
    if each.ask:
        return Similar(f"{each.name} ({'; '.join(each.reasons)}): ask {each.ask}", each.key, opens=False)
    born = f", born {in_words(each.born_on)}" if each.born_on else ""
    return Similar(f"{each.name}{born}, {each.agency}", each.key, opens=True)


SIMILAR.append(similar_to)
