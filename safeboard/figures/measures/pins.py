"""A published measure keeps its query: changing what it asks takes a new edition, and pins.toml remembers each.

`python -m safeboard.figures.measures.pins` adds the pins of new measures and new editions. It refuses where a query
changed under an edition that has a pin: raise the measure's `edition` and say in its `choice` what changed. Only where
the query says the same in other words (a newer library, a rewritten frame) renew with `--same-edition`.
"""

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.definition import Measure
from safeboard.figures.measures.engine import compiled_query
from safeboard.figures.tables.snapshot import snapshot_of_rows
from safeboard.foundation.guidance import NoRule
from safeboard.foundation.kernel.periods import Period

PIN_PERIODS: Final = (Period.year_ending(2009), Period.year_ending(2024))
"""One year of initial and core assessments and one of single ones: every limit is in force in at least one of them."""

PINS_FILE: Final = Path(__file__).with_name("pins.toml")

Pins = dict[str, dict[str, str]]
"""Measure id to edition to fingerprint. Editions that are gone stay: figures were published under them."""

_HEAD: Final = "# Fingerprints of the measures' queries, by measure and edition. Written by\n# python -m {}\n"


def read_pins(path: Path = PINS_FILE) -> Pins:
    """The pins kept so far; none where there is no file yet."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_pins(pins: Mapping[str, Mapping[str, str]], path: Path = PINS_FILE) -> None:
    """Writes the pins, measures and editions in order, so that a change reads as one."""
    tables = (
        "\n".join([f"\n[{measure}]", *(f'"{edition}" = "{pin}"' for edition, pin in sorted(pins[measure].items())), ""])
        for measure in sorted(pins)
    )
    path.write_text(_HEAD.format(__spec__.name) + "".join(tables), encoding="utf-8")


def fingerprints(measures: Iterable[Measure]) -> dict[str, str]:
    """SHA-256 of each measure's query for the PIN_PERIODS in which its limits are in force."""
    empty = [(period, snapshot_of_rows({}, reference_date=period.end)) for period in PIN_PERIODS]
    found = {}
    for measure in measures:
        digest = hashlib.sha256()
        for period, snapshot in empty:
            try:
                digest.update(compiled_query(measure, period, snapshot).encode())
            except NoRule:
                digest.update(b"no limit in force")
        found[measure.id] = digest.hexdigest()
    for _, snapshot in empty:
        snapshot.connection.close()
    return found


def changed(measures: Mapping[str, Measure], pins: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Measures whose query is not the one pinned under their edition, those without a pin included."""
    found = fingerprints(measures.values())
    return [name for name, measure in measures.items() if pins.get(name, {}).get(measure.edition) != found[name]]


def renewed(measures: Mapping[str, Measure], pins: Pins) -> Pins:
    """The pins with those of today's editions set to today's queries."""
    found = fingerprints(measures.values())
    fresh = {name: {**pins.get(name, {}), measure.edition: found[name]} for name, measure in measures.items()}
    return {**pins, **fresh}


def main(arguments: Sequence[str] | None = None) -> int:
    """Renews pins.toml. 0 done; 2 where a query changed under its edition and that was not said to be meant."""
    parser = argparse.ArgumentParser(prog=f"python -m {__spec__.name}", description=__doc__)
    parser.add_argument("--same-edition", action="store_true", help="the changed queries still say the same")
    given = parser.parse_args(arguments)
    pins = read_pins()
    moved = changed(MEASURES, pins)
    broken = [name for name in moved if MEASURES[name].edition in pins.get(name, {})]
    if broken and not given.same_edition:
        print(f"Their query changed under the same edition: {', '.join(broken)}.", file=sys.stderr)
        print("Raise the edition of each and renew again, or see --help.", file=sys.stderr)
        return 2
    write_pins(renewed(MEASURES, pins))
    print(f"{len(moved)} pins renewed, {len(MEASURES) - len(moved)} as they were.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
