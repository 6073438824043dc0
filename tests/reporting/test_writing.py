import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from safeboard.figures.reporting.writing import files_of, write_report
from safeboard.foundation.kernel.errors import BadInput
from tests.reporting.hand_made import report_input

FILES = ["report.html", "report.pdf", "figures.json", "figures.xlsx", "problems.csv"]


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_five_files_are_written_and_nothing_else(tmp_path: Path, own_copy: Mapping[str, bytes]) -> None:
    out = tmp_path / "new" / "report"
    written = write_report(report_input(), out)
    assert written == tuple(out / name for name in FILES)
    assert listed(out) == sorted(FILES)
    assert {path.name: path.read_bytes() for path in written} == dict(own_copy)


def test_the_same_input_gives_the_same_bytes(own_copy: Mapping[str, bytes]) -> None:
    assert files_of(report_input()) == own_copy


def test_an_earlier_report_is_replaced_and_other_files_are_left(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("old")
    (tmp_path / "notes.txt").write_text("mine")
    write_report(report_input(), tmp_path)
    assert listed(tmp_path) == sorted([*FILES, "notes.txt"])
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!doctype html>")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    taken = tmp_path / "report"
    taken.write_text("not a folder")
    with pytest.raises(BadInput) as refused:
        write_report(report_input(), taken)
    assert refused.value.problems[0].message == "The report could not be written: File exists."
    assert taken.read_text() == "not a folder"


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from safeboard.figures.reporting.writing import write_report
from safeboard.foundation.kernel.errors import BadInput
from tests.reporting.hand_made import report_input

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
given = report_input()
resource.setrlimit(resource.RLIMIT_FSIZE, (350_000, 350_000))
try:
    write_report(given, Path(sys.argv[1]))
except BadInput as refused:
    print(refused.problems[0].message, refused.problems[0].remedy)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is set in the POSIX way")
@pytest.mark.parametrize("earlier", [True, False])
def test_a_disk_that_fills_leaves_everything_as_it_was(tmp_path: Path, earlier: bool) -> None:
    """No file may grow beyond a size that the page does not fit in: what is written before it must go again."""
    out = tmp_path / "a" / "report"
    if earlier:
        out.mkdir(parents=True)
        (out / "report.pdf").write_text("last year's")
    said = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(out)], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert said.stdout == (
        "The report could not be written: File too large. "
        "Free some space or choose another folder with --out. Nothing half-written was left.\n"
    )
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert left == ({"a", "a/report", "a/report/report.pdf"} if earlier else set())
