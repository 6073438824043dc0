"""All measures for one year over ten years of records: seconds at 10,000 and at 1,000,000 children, and per row.

    python -m benchmarks.measures [--each] [--children 10000 1000000]

Prints the seconds for every measure together at each size; the time per row of the last size over that of the first,
where 1 is flat and less says that asking costs more than reading; and what each further row costs.
`--each` also lists the slowest measures at each size.
"""

import argparse
import time

from benchmarks.scaled_tables import scaled_snapshot
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.engine import PopulationBase, run
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.periods import Period

PERIOD = Period.year_ending(2009)
SLOWEST = 15


def seconds_each(snapshot: Snapshot) -> dict[str, tuple[float, float]]:
    """Seconds on the clock and of processors, the better of two runs, so that a busy machine weighs less."""
    population = PopulationBase(100_000, 2008, "of the benchmark")
    taken = {}
    for name, measure in MEASURES.items():
        runs = []
        for _ in range(2):
            begun, worked = time.perf_counter(), time.process_time()
            run([measure], snapshot, PERIOD, population)
            runs.append((time.perf_counter() - begun, time.process_time() - worked))
        taken[name] = min(runs)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measures", description=__doc__)
    parser.add_argument("--each", action="store_true", help="list the slowest measures")
    parser.add_argument("--children", type=int, nargs="+", default=[10_000, 1_000_000])
    given = parser.parse_args()
    sizes: list[tuple[int, float]] = []
    for children in given.children:
        snapshot = scaled_snapshot(children)
        rows = sum(snapshot.manifest.row_counts.values())
        taken = seconds_each(snapshot)
        snapshot.connection.close()
        total, worked = (sum(each) for each in zip(*taken.values(), strict=True))
        sizes.append((rows, total))
        print(
            f"{children:>9,} children, {rows:>9,} rows: {len(taken)} measures in {total:.2f} s, "
            f"{worked:.2f} s of processor time"
        )
        for name, spent in sorted(taken.items(), key=lambda each: -each[1][1])[: SLOWEST if given.each else 0]:
            print(f"    {spent[0] * 1000:7.0f} ms, {spent[1] * 1000:7.0f} ms of processor time  {name}")
    (few, short), (many, long) = sizes[0], sizes[-1]
    print(f"time per row, last over first: {long / many / (short / few):.3f}")
    if many > few:
        print(f"each further row: {(long - short) / (many - few) * 1_000_000:.2f} millionths of a second")


if __name__ == "__main__":
    main()
