"""A big clean return with one child for every rule that breaks it, and what must be found there."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from xml.etree import ElementTree as Xml

from tests.census.faults import FAULTS
from tests.census.kids import KINDS, enquiry
from tests.census.returns import background, child


@dataclass(frozen=True)
class Planted:
    """Children in random order, and for the number of each broken one (from 1) every code to be found there."""

    children: list[Xml.Element]
    expected: dict[int, tuple[str, ...]]


def planted(seed: int, clean: int) -> Planted:
    """`clean` children without a fault and one child a fault, shuffled. Conferences suffice for all plans."""
    rng = Random(seed)
    made: list[tuple[Xml.Element, tuple[str, ...]]] = [(element, ()) for element in background()]
    numbers = iter(range(1, clean + 10 * len(FAULTS)))
    made += [(_clean(rng, next(numbers)), ()) for _ in range(clean)]
    made += [(_spare(rng, next(numbers)), ()) for _ in range(20)]
    for code, fault in FAULTS.items():
        kid = fault.kind(rng)
        fault.plant(kid)
        made.append((child(f"F{code}", kid.texts, number=next(numbers)), fault.found))
    made += list(_pairs(numbers))
    rng.shuffle(made)
    return Planted(
        [element for element, _ in made], {number: codes for number, (_, codes) in enumerate(made, 1) if codes}
    )


def _clean(rng: Random, number: int) -> Xml.Element:
    return child(f"K{number}", rng.choice(KINDS)(rng).texts, number=number)


def _spare(rng: Random, number: int) -> Xml.Element:
    return child(f"S{number}", enquiry(rng).texts, number=number)


def _pairs(numbers: Iterator[int]) -> Iterator[tuple[Xml.Element, tuple[str, ...]]]:
    """The rules that take two children: one identifier, and one unique pupil number, on both."""
    rng = Random(0)
    for _ in range(2):
        yield child("SAME", KINDS[0](rng).texts, number=next(numbers)), ("8510",)
    for place in range(2):
        yield child(f"PAIR{place}", KINDS[0](rng).texts, number=99_000_000), ("1520",)
