"""Recall at 5 of the search for people on the FEBRL sets: is the original among the first five found?

    python -m benchmarks.name_search [--sample 500] [--misses]

Each set's originals are put into a house of their own, made for the purpose; then each duplicate's fields are typed
into the one box as they stand, errors and all. `--sample` takes so many duplicates of each set, spread evenly.
"""

import argparse
import tempfile
from pathlib import Path

from safeboard.site.house.opening import House, opened


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.name_search", description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="so many duplicates of each set; all of them if 0")
    parser.add_argument("--misses", action="store_true", help="print what was not found (the sets are made up)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="febrl-") as folder, opened(House(Path(folder), "demo")):
        from django.core.management import call_command  # noqa: PLC0415 - Django is ready only in an open house

        from benchmarks.febrl import SETS, measure  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        for name in SETS:
            measure(name, given.sample, given.misses)


if __name__ == "__main__":
    main()
