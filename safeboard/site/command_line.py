"""The verbs of `./run`: words in, exit status out (0 done, 1 findings, 2 bad input)."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

from safeboard.figures.tables.disk import disk_problem
from safeboard.foundation.kernel.errors import BadInput
from safeboard.site.telling import tell

DONE, BAD_INPUT, INTERRUPTED = 0, 2, 130

VERBS: Final[Mapping[str, str]] = {
    "report": "report",
    "figures": "figures",
    "measures": "measures",
    "check": "check",
    "return": "census_return",
    "snapshot": "snapshot",
    "template": "template",
    "city": "city",
    "verify-published": "verify",
    "serve": "serve",
    "demo": "demo",
    "backup": "backup",
    "restore": "restore",
    "verify-audit": "verify_audit",
    "roles": "roles",
    "area": "area",
    "check-deployment": "check_deployment",
}
"""Each verb and its module in `verbs`. Only the module asked for is loaded: all of them together take longer to load
than a check of ten thousand children to run."""

WITHOUT_A_VERB: Final = "reference"


class Verb(Protocol):
    """What the module of a verb has."""

    NAME: str
    PURPOSE: str
    EXAMPLE: str

    def add_words(self, words: argparse.ArgumentParser, /) -> None: ...

    def work(self, asked: argparse.Namespace, /) -> int: ...


def verb_named(name: str) -> Verb:
    """The verb of that name. KeyError where there is none."""
    return cast(Verb, _module(VERBS[name]))


def _module(name: str) -> object:
    return import_module(f"safeboard.site.verbs.{name}")


def parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The verb that the words begin with, or all where they begin with none, each with its purpose and an example."""
    top = argparse.ArgumentParser(
        prog="./run",
        description="Safeboard: from records to the figures a safeguarding board steers by. "
        "Without a verb it writes the reference city's performance report.",
        epilog="./run VERB --help explains a verb and gives an example.",
    )
    if not words:
        top.set_defaults(work=cast(Verb, _module(WITHOUT_A_VERB)).work)
        return top
    verbs = top.add_subparsers(title="verbs", metavar="VERB")
    for name in words[:1] if words[0] in VERBS else VERBS:
        verb = verb_named(name)
        own = verbs.add_parser(
            verb.NAME,
            help=verb.PURPOSE,
            description=verb.PURPOSE,
            epilog=f"Example:\n  {verb.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        verb.add_words(own)
        own.set_defaults(work=verb.work)
    return top


def main(words: Sequence[str]) -> int:
    """Do what the words ask. Bad input prints every problem with its place and remedy, and leaves nothing behind."""
    try:
        asked = parser(words).parse_args(words)
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
