"""Running a verb inside a test: what it answered, printed and told, and what it left."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from safeboard.site.command_line import main


@dataclass(frozen=True)
class Said:
    """Exit status, standard output, and the error stream."""

    status: int
    out: str
    told: str


def run(capsys: pytest.CaptureFixture[str], *words: object) -> Said:
    """The verb's answer. A wrong word ends the program, as at a terminal, and is an answer as well."""
    try:
        status = main([str(word) for word in words])
    except SystemExit as ended:
        status = int(ended.code or 0)
    printed = capsys.readouterr()
    return Said(status, printed.out, printed.err)


def left(folder: Path) -> Sequence[str]:
    """Every file and folder below, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
