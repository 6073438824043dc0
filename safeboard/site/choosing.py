"""Words of the command line that must be one of a list, with the nearest ones offered where they are not."""

import argparse
from collections.abc import Callable, Iterable
from difflib import get_close_matches


def one_of(known: Iterable[str], what: str, listed_by: str) -> Callable[[str], str]:
    """A type for argparse: the word itself if it is known; else what is near to it and where all are listed."""
    words = tuple(known)

    def chosen(text: str) -> str:
        if text in words:
            return text
        near = get_close_matches(text, words, n=3, cutoff=0.5)
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        raise argparse.ArgumentTypeError(f"there is no {what} {text!r}.{meant} {listed_by}")

    return chosen
