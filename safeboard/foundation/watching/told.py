"""What areas above tell of their records for alerts: declared by the site, since this room knows none of them."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from safeboard.foundation.watching.rules import Record, Told

Teller = Callable[[Collection[str]], Mapping[str, Told]]

TELLERS: Final[dict[str, Teller]] = {}


def tells(kind: str, teller: Teller) -> None:
    """Declare who tells surnames and addresses of records of a kind: called with keys, in the worker alone."""
    TELLERS[kind] = teller


def told_of(records: Collection[Record]) -> Mapping[Record, Told]:
    """What is told of these records, those of one kind asked for together."""
    found: dict[Record, Told] = {}
    for kind, teller in TELLERS.items():
        keys = {key for of_kind, key in records if of_kind == kind}
        if keys:
            found.update({(kind, key): said for key, said in teller(keys).items()})
    return found
