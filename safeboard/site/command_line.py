"""The verbs of `./run`: words in, exit status out (0 done, 1 findings, 2 bad input)."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from safeboard.figures.tables.disk import disk_problem
from safeboard.foundation.kernel.errors import BadInput
from safeboard.site.telling import tell
from safeboard.site.verbs import (
    backup,
    census_return,
    check,
    check_deployment,
    city,
    demo,
    figures,
    measures,
    reference,
    report,
    restore,
    serve,
    snapshot,
    template,
    verify,
    verify_audit,
)

DONE, BAD_INPUT, INTERRUPTED = 0, 2, 130

FIGURES = (report, figures, measures, check, census_return, snapshot, template, city, verify)
HOUSE = (serve, demo, backup, restore, verify_audit, check_deployment)
VERBS = (*FIGURES, *HOUSE)


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


def main(words: Sequence[str]) -> int:
    """Do what the words ask. Bad input prints every problem with its place and remedy, and leaves nothing behind."""
    asked = parser().parse_args(words)
    try:
        status: int = asked.work(asked)
        sys.stdout.flush()
    except BadInput as refused:
        tell(refused.problems)
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough; that is not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        tell([disk_problem(error, Path(error.filename or ""))])
        return BAD_INPUT
    except (KeyboardInterrupt, RuntimeError) as stopped:
        if not was_interrupted(stopped):
            raise
        print("Stopped. Nothing half-written was left behind.", file=sys.stderr)
        return INTERRUPTED
    return status


def was_interrupted(stopped: BaseException) -> bool:
    """Whether a person pressed Ctrl-C. The database, when it is at work, turns that into an error of its own."""
    return isinstance(stopped, KeyboardInterrupt) or str(stopped) == "Query interrupted"
