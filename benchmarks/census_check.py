"""The census check on returns of many sizes, as a ratio to a bare lxml iterparse over the same file in the same run.

    .venv/bin/python -m benchmarks.census_check [--children 1000 10000 50000] [--seed 1] [--bad]

Reading, structure, all rules and the JSON report count. Each size runs in its own process, so that its peak memory is
its own. The goals: a ratio of at most 6 and under 1 GB at 50,000 children, and time per child that does not grow up to
500,000. The file is clean but for one planted breach of every rule, and every run checks that these are found and
nothing else. With --bad it is one of random values, in which every child breaks several rules.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple
from xml.etree import ElementTree as Xml

from lxml import etree

from benchmarks.census_to_snapshot import write_census
from safeboard.figures.census.check import check_census
from safeboard.figures.census.findings import CheckResult
from safeboard.figures.census.tabular import write_json
from tests.census.kids import KINDS
from tests.census.planting import planted
from tests.census.returns import child, message, upn

RUNS = 3

DIFFERENT = 2_000
"""How many different clean children are made; a larger return holds them again under other identifiers."""


def write_return(path: Path, children: int, seed: int) -> None:
    """A return of about that many children: the planted ones first, then clean ones."""
    first = planted(seed, 0)
    root = message(first.children)
    Xml.indent(root)
    head, tail = Xml.tostring(root, encoding="unicode").split("</Children>")
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        file.writelines(_clean(seed, max(0, children - len(first.children))))
        file.write(f"</Children>{tail}")


def _clean(seed: int, children: int) -> Iterator[str]:
    rng = Random(seed)
    patterns = []
    for _ in range(min(children, DIFFERENT)):
        element = child("IDENTIFIER", rng.choice(KINDS)(rng).texts, number=0)
        Xml.indent(element, level=2)
        patterns.append(Xml.tostring(element, encoding="unicode").replace(upn(0), "NUMBER"))
    for number in range(children):
        text = patterns[number % DIFFERENT]
        yield text.replace("IDENTIFIER", f"N{number:08d}").replace("NUMBER", upn(10_000_000 + number)) + "\n    "


def missed(result: CheckResult, seed: int) -> int:
    """How many children have other findings than the planted ones."""
    found = defaultdict(list)
    for finding in result.findings:
        found[finding.child_number].append(finding.code)
    told = {number: tuple(sorted(codes)) for number, codes in found.items()}
    expected = planted(seed, 0).expected
    return sum(told.get(number) != expected.get(number) for number in told.keys() | expected.keys())


class Taken(NamedTuple):
    """Seconds by the clock and of the processor; on a busy machine only the second say what the work costs."""

    clock: float
    processor: float


def taken(work: Callable[[], object]) -> Taken:
    """What the work takes."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Taken(time.perf_counter() - clock, time.process_time() - processor)


def bare(path: Path) -> None:
    """An iterparse that only frees what it has read."""
    for _, element in etree.iterparse(str(path)):
        element.clear()


def road(path: Path, to: Path) -> None:
    """From the return to the written report."""
    write_json(check_census(path), to)


def one_size(path: Path, runs: int, seed: int | None) -> None:
    """Prints one line: the best of `runs` runs of each, taken in turn so that both meet the same machine."""
    roads, bares = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            roads.append(taken(lambda: road(path, Path(folder) / "report.json")))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            bares.append(taken(lambda: bare(path)))
    result = check_census(path)
    clock, processor = (min(column) for column in zip(*roads, strict=True))
    bare_clock, bare_processor = (min(column) for column in zip(*bares, strict=True))
    wrong = "" if seed is None else f"   children wrongly judged {missed(result, seed)}"
    print(
        f"{path.stat().st_size / 1e6:9.1f} MB   bare {bare_clock:6.2f} s   check {clock:6.2f} s   "
        f"ratio {clock / bare_clock:5.2f} (processor {processor / bare_processor:5.2f})   "
        f"{clock / result.children * 1e6:6.1f} µs a child   peak {peak:4.0f} MB   "
        f"findings {len(result.findings):,}{wrong}"
    )


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--children", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--runs", type=int, default=RUNS)
    words.add_argument("--bad", action="store_true", help="a return of random values")
    words.add_argument("--file", type=Path, help="measure this return, in this process")
    asked = words.parse_args()
    if asked.file:
        one_size(asked.file, asked.runs, None if asked.bad else asked.seed)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "census.xml"
        for children in asked.children:
            (write_census if asked.bad else write_return)(path, children, asked.seed)
            print(f"{children:9,} children", end="", flush=True)
            again = ["--runs", str(asked.runs), "--seed", str(asked.seed), *(["--bad"] if asked.bad else [])]
            subprocess.run([sys.executable, "-m", "benchmarks.census_check", "--file", path, *again], check=True)


if __name__ == "__main__":
    main()
