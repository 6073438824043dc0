"""What is told on the error stream: problems that stop, and what was noted on the way."""

import sys
from collections.abc import Sequence

from safeboard.foundation.kernel.errors import Problem

SHOWN_AT_TERMINAL = 40

NOTED_SHOWN = 3


def tell(problems: Sequence[Problem]) -> None:
    """Every problem on the error stream; to a person at a terminal only as many as can be read, and how to have all."""
    shown = problems[:SHOWN_AT_TERMINAL] if sys.stderr.isatty() else problems
    for problem in shown:
        print(problem, file=sys.stderr)
    if len(shown) < len(problems):
        print(
            f"… and {len(problems) - len(shown):,} more. Add 2> problems.txt to have them all in a file.",
            file=sys.stderr,
        )


def tell_noted(noted: Sequence[Problem]) -> None:
    """How much was noted while reading, the first of it, and which verb writes down the rest."""
    if not noted:
        return
    things = "1 thing was" if len(noted) == 1 else f"{len(noted):,} things were"
    print(f"{things} noted while reading; ./run report writes all of it into problems.csv.", file=sys.stderr)
    for problem in noted[:NOTED_SHOWN]:
        print(f"  {problem}", file=sys.stderr)
    if len(noted) > NOTED_SHOWN:
        print("  …", file=sys.stderr)
