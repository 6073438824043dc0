"""The real `./run`, as a process: another working folder, a plain locale, and a reader that has seen enough."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, *words: str, command: str = "") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LANG": "C", "LC_ALL": "C"}
    given = ["sh", "-c", command, str(ROOT / "run")] if command else [str(ROOT / "run"), *words]
    return subprocess.run(given, cwd=folder, env=environment, capture_output=True, check=False)


def test_it_runs_from_any_folder_in_any_locale_and_writes_there(tmp_path: Path) -> None:
    said = run(tmp_path, "template", "caf")
    assert (said.returncode, said.stdout, said.stderr) == (0, b"caf.xlsx\n", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["caf.xlsx"]


def test_a_reader_that_closes_early_is_no_error(tmp_path: Path) -> None:
    said = run(tmp_path, command='{ "$0" measures --json; echo "exit $?" >&2; } | true')
    assert said.stderr == b"exit 0\n"
