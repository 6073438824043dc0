"""Census XML to snapshot, as a ratio to a bare lxml iterparse over the same file in the same run.

    .venv/bin/python -m benchmarks.census_to_snapshot [--children 1000 10000 50000] [--seed 1]

Each size runs in its own process, so that its peak memory is its own. The goal is a ratio of at most 4.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from lxml import etree

from safeboard.figures.exchange.load import load
from safeboard.figures.tables import codes

YEAR_END = date(2025, 3, 31)
RUNS = 3


def write_census(path: Path, children: int, seed: int) -> None:
    """A made-up return of that many children, without any fault, in the layout of 2024-25."""
    pick = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "<Message>\n  <Header>\n    <CollectionDetails>\n      <Collection>CIN</Collection>\n"
            "      <Year>2025</Year>\n      <ReferenceDate>2025-03-31</ReferenceDate>\n    </CollectionDetails>\n"
            "    <Source>\n      <SourceLevel>L</SourceLevel>\n      <LEA>990</LEA>\n      <SerialNo>001</SerialNo>\n"
            "    </Source>\n  </Header>\n  <Children>\n"
        )
        for number in range(children):
            file.writelines(f"{line}\n" for line in _child(pick, number))
        file.write("  </Children>\n</Message>\n")


def _leaf(depth: int, element: str, text: object) -> str:
    return f"{'  ' * depth}<{element}>{text}</{element}>"


def _inside(depth: int, element: str, lines: list[str]) -> list[str]:
    return [f"{'  ' * depth}<{element}>", *lines, f"{'  ' * depth}</{element}>"]


def _child(pick: random.Random, number: int) -> list[str]:
    born = YEAR_END - timedelta(days=pick.randrange(30, 6200))
    who = [
        _leaf(4, "LAchildID", f"C{number:09d}"),
        _leaf(4, "UPN", f"A{pick.randrange(10**12):012d}"),
        _leaf(4, "PersonBirthDate", born),
        _leaf(4, "Sex", pick.choice("MFU")),
    ]
    traits = [_leaf(4, "Ethnicity", pick.choice([*codes.ETHNICITY]))]
    traits += _inside(4, "Disabilities", [_leaf(5, "Disability", pick.choice([*codes.DISABILITY]))])
    lines = [*_inside(3, "ChildIdentifiers", who), *_inside(3, "ChildCharacteristics", traits)]
    first = max(born, YEAR_END - timedelta(days=600))
    for start in sorted(first + timedelta(days=day) for day in pick.sample(range(1, 600), pick.choice((1, 1, 2)))):
        if start < YEAR_END:
            on_plan = not any("CPPstartDate" in line for line in lines) and pick.random() < 0.6
            lines += _inside(3, "CINdetails", [*_episode(pick, start, on_plan)])
    return _inside(2, "Child", lines)


def _episode(pick: random.Random, start: date, on_plan: bool) -> Iterator[str]:
    def day(least: int, most: int) -> date:
        return min(start + timedelta(days=pick.randrange(least, most)), YEAR_END)

    yield _leaf(4, "CINreferralDate", start)
    yield _leaf(4, "ReferralSource", pick.choice([*codes.REFERRAL_SOURCE]))
    yield _leaf(4, "PrimaryNeedCode", pick.choice([*codes.PRIMARY_NEED]))
    for _ in range(pick.choice((1, 1, 2))):
        factors = [_leaf(6, "AssessmentFactors", code) for code in pick.sample([*codes.FACTOR], 4)]
        yield from _inside(
            4,
            "Assessments",
            [
                _leaf(5, "AssessmentActualStartDate", start),
                _leaf(5, "AssessmentAuthorisationDate", day(1, 60)),
                *_inside(5, "FactorsIdentifiedAtAssessment", factors),
            ],
        )
    if pick.random() < 0.7:
        yield from _inside(4, "CINPlanDates", [_leaf(5, "CINPlanStartDate", day(20, 40))])
    if pick.random() < 0.6:
        held = day(15, 40)
        yield from _inside(
            4,
            "Section47",
            [
                _leaf(5, "S47ActualStartDate", day(1, 5)),
                _leaf(5, "InitialCPCtarget", held),
                _leaf(5, "DateOfInitialCPC", held),
                _leaf(5, "ICPCnotRequired", "false"),
            ],
        )
    yield _leaf(4, "ReferralNFA", pick.choice(("false", "0", "true", "1")))
    if on_plan:
        yield from _inside(4, "ChildProtectionPlans", _plan(pick, day(20, 40)))


def _plan(pick: random.Random, start: date) -> list[str]:
    reviews = [start + timedelta(days=day) for day in (80, 240, 400) if start + timedelta(days=day) <= YEAR_END]
    category = pick.choice([*codes.ABUSE])
    return [
        _leaf(5, "CPPstartDate", start),
        _leaf(5, "CPPendDate", min(start + timedelta(days=pick.randrange(450)), YEAR_END)),
        _leaf(5, "InitialCategoryOfAbuse", category),
        _leaf(5, "LatestCategoryOfAbuse", category),
        _leaf(5, "NumberOfPreviousCPP", pick.randrange(3)),
        *_inside(5, "Reviews", [_leaf(6, "CPPreviewDate", review) for review in reviews] or [""]),
    ]


@dataclass(frozen=True, order=True)
class Taken:
    """Seconds on the clock, and of processors: a busy machine lengthens the first and hardly the second."""

    clock: float
    worked: float


def taken(work: Callable[[], object]) -> Taken:
    """What the work took."""
    begun, worked = time.perf_counter(), time.process_time()
    work()
    return Taken(time.perf_counter() - begun, time.process_time() - worked)


def bare(path: Path) -> None:
    """An iterparse that only frees what it has read."""
    for _, element in etree.iterparse(str(path)):
        element.clear()


def road(path: Path, to: Path) -> None:
    """From the return to the snapshot."""
    to.unlink(missing_ok=True)
    load([path], to=to)


def one_size(path: Path, runs: int) -> None:
    """Prints one line: the best of `runs` runs of each, taken in turn so that both meet the same machine."""
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "made.snapshot"
        pairs = [(taken(lambda: road(path, to)), taken(lambda: bare(path))) for _ in range(runs)]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        whole, plain = (min(each) for each in zip(*pairs, strict=True))
        least = min(each.worked for each, _ in pairs) / min(each.worked for _, each in pairs)
        print(
            f"{path.stat().st_size / 1e6:9.1f} MB   bare {plain.clock:7.2f} s   to snapshot {whole.clock:7.2f} s   "
            f"ratio {whole.clock / plain.clock:5.2f}, of processor time {least:5.2f}   peak {peak:5.0f} MB   "
            f"snapshot {to.stat().st_size / 1e6:6.1f} MB"
        )


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--children", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--runs", type=int, default=RUNS)
    words.add_argument("--file", type=Path, help="measure this return, in this process")
    asked = words.parse_args()
    if asked.file:
        one_size(asked.file, asked.runs)
        return
    with tempfile.TemporaryDirectory() as folder:
        for children in asked.children:
            path = Path(folder) / "census.xml"
            write_census(path, children, asked.seed)
            print(f"{children:9,} children", end="", flush=True)
            subprocess.run(
                [sys.executable, "-m", "benchmarks.census_to_snapshot", "--file", path, "--runs", str(asked.runs)],
                check=True,
            )


if __name__ == "__main__":
    main()
