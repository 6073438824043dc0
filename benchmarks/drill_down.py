"""How long one page of the rows behind a figure takes, of three referrals and of three million.

`python -m benchmarks.drill_down --rows 3 3000000`. Seconds are of this machine; the ratio is what counts.
"""

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

import duckdb

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.performance.counted import Run, read_run, write_counted, write_table
from safeboard.figures.tables.snapshot import Snapshot, snapshot_of_rows
from safeboard.foundation.kernel.periods import Period

YEAR = Period.year_ending(2025)
PAGE = 50
TRIES = 30


def referrals(rows: int) -> Snapshot:
    """So many referrals of one year, each of another child."""
    snapshot = snapshot_of_rows({"ssd_cin_episodes": [], "ssd_person": []}, reference_date=YEAR.end)
    connection: duckdb.DuckDBPyConnection = snapshot.connection
    connection.execute(
        "INSERT INTO ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date, "
        "cine_referral_source_code, cine_referral_nfa, source_number, source_line) "
        "SELECT 'R' || n, 'C' || n, DATE '2024-04-01' + CAST(n % 365 AS INTEGER), '1A', false, 1, n "
        f"FROM range({rows}) AS numbers(n)"
    )
    return snapshot


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--rows", type=int, nargs="+", default=[3, 3_000_000])
    measure, first = MEASURES["referrals"], 0.0
    for rows in asked.parse_args().rows:
        with tempfile.TemporaryDirectory() as folder:
            snapshot, begun = referrals(rows), time.perf_counter()
            write_table(snapshot, measure.table, Path(folder))
            run = write_counted(measure, snapshot, YEAR, Path(folder))[None]
            kept = time.perf_counter() - begun
            size = sum(path.stat().st_size for path in Path(folder).iterdir())
            taken = median(_page(Path(folder), run, place) for place in range(TRIES))
        first = first or taken
        print(
            f"{rows:>9,} rows: a page {taken * 1000:.1f} ms ({taken / first:.1f} times the first); "
            f"kept in {kept:.1f} s, {size / 1e6:,.0f} MB"
        )


def _page(folder: Path, run: Run, place: int) -> float:
    start = run.start + max(0, run.count - PAGE) * place // TRIES
    begun = time.perf_counter()
    read_run(folder, MEASURES["referrals"], YEAR, Run(start, min(PAGE, run.count)))
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
