"""The department's checks of the returns among a report's sources, made beside the rest of the work."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from signal import SIG_DFL, SIGINT, signal

from safeboard.figures.census.check import check_census
from safeboard.figures.census.findings import CheckResult
from safeboard.figures.exchange.sources import Form, given_files

Results = Callable[[], tuple[CheckResult, ...]]


@contextmanager
def being_checked(sources: Sequence[Path]) -> Iterator[Results]:
    """Begin to check every census return among the sources, each by the rules of its own year; call for the results.

    In a process of its own: a report's figures need one core only, and a city's returns take as long as they do.
    """
    files, _ = given_files(sources)
    returns = [given.path for given in files if given.form is Form.CENSUS]
    if not returns:
        yield tuple
        return
    # Ctrl-C reaches this process and that one: this one answers, that one ends without a word.
    spawned = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawned, initializer=signal, initargs=(SIGINT, SIG_DFL)) as beside:
        pending = [beside.submit(check_census, path) for path in returns]
        try:
            yield lambda: tuple(each.result() for each in pending)
        finally:
            beside.shutdown(wait=False, cancel_futures=True)
