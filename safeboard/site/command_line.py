"""The verbs of `./run`: words in, exit status out (0 done, 1 findings, 2 bad input)."""

import argparse
import sys
from collections.abc import Sequence

from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.site.verbs import check, city, figures, measures, reference, report, snapshot, template, verify

DONE, BAD_INPUT, INTERRUPTED = 0, 2, 130

SHOWN_AT_TERMINAL = 40

VERBS = (report, figures, measures, check, snapshot, template, city, verify)


def parser() -> argparse.ArgumentParser:
    """All verbs, each with what it is for and an example."""
    top = argparse.ArgumentParser(
        prog="./run",
        description="Safeboard: from records to the figures a safeguarding board steers by. "
        "Without a verb it writes the reference city's performance report.",
        epilog="./run VERB --help explains a verb and gives an example.",
    )
    top.set_defaults(work=reference.work)
    verbs = top.add_subparsers(title="verbs", metavar="VERB")
    for verb in VERBS:
        words = verbs.add_parser(
            verb.NAME,
            help=verb.PURPOSE,
            description=verb.PURPOSE,
            epilog=f"Example:\n  {verb.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        verb.add_words(words)
        words.set_defaults(work=verb.work)
    return top


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


def main(words: Sequence[str]) -> int:
    """Do what the words ask. Bad input prints every problem with its place and remedy, and leaves nothing behind."""
    asked = parser().parse_args(words)
    try:
        status: int = asked.work(asked)
    except BadInput as refused:
        tell(refused.problems)
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough; that is not an error.
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print("Stopped. Nothing half-written was left behind.", file=sys.stderr)
        return INTERRUPTED
    return status
