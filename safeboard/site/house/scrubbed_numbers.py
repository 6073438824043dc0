"""The numbers of people in a scrubbed copy: none can be real, no two are the same, each passes its kind's checks."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Final

from safeboard.casework.people.codes import IdentifierKind
from safeboard.casework.people.models import Identifier
from safeboard.casework.people.rules import upn_check_letter
from safeboard.foundation.keeping.scrubbing import Scrubber, nhs_numbers_for_tests

PUPIL: Final = (IdentifierKind.UPN, IdentifierKind.FORMER_UPN)
NO_AUTHORITY: Final = "000"
"""Pupil numbers name the authority that gave them; there is none of this number."""

TRIES: Final = 50
Numbers = Mapping[tuple[str, str], str]
"""By kind and original."""


def scrubbed_numbers(scrubber: Scrubber) -> Numbers:
    """What stands for each number that anybody has. A pupil number that became a former one stays the same one."""
    made = {
        (IdentifierKind.NHS,): _in_turn(scrubber, [IdentifierKind.NHS], nhs_numbers_for_tests()),
        PUPIL: _in_turn(scrubber, PUPIL, _pupil_numbers()),
        (IdentifierKind.LOCAL,): _of_agencies(scrubber),
    }
    return {(kind, old): new for kinds, numbers in made.items() for kind in kinds for old, new in numbers.items()}


def _in_turn(scrubber: Scrubber, kinds: Sequence[IdentifierKind], made: Iterator[str]) -> Mapping[str, str]:
    """The originals, in an order that tells nothing of them, each with the next number that is made."""
    originals = _drawn(scrubber, kinds)
    taken = frozenset(originals)
    return dict(zip(originals, (number for number in made if number not in taken), strict=False))


def _pupil_numbers() -> Iterator[str]:
    for number in count():
        rest = f"{NO_AUTHORITY}{number:09}"
        yield f"{upn_check_letter(rest)}{rest}"


def _of_agencies(scrubber: Scrubber) -> Mapping[str, str]:
    """Agencies' own numbers: figures for figures, letters for letters; longer where all of that length are taken."""
    originals = _drawn(scrubber, [IdentifierKind.LOCAL])
    used, made = set(originals), {}
    for value in originals:
        tries = (scrubber.same_shape(value + "0" * (number // TRIES), "local", number) for number in count())
        made[value] = next(each for each in tries if each not in used)
        used.add(made[value])
    return made


def _drawn(scrubber: Scrubber, kinds: Sequence[IdentifierKind]) -> list[str]:
    values = Identifier.objects.filter(kind__in=kinds).order_by().values_list("value", flat=True).distinct()
    return sorted(values, key=lambda value: scrubber.drawn("number", value))
