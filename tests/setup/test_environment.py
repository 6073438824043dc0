"""The project's own environment: taken as it is where it fits, and one plain sentence where it cannot be used."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

SETUP = Path(__file__).resolve().parents[2] / "setup"
NOBODY = 65_534
LOCK = "requirements.txt"

PREPARE = f"""
import os, sys
from pathlib import Path
sys.path.insert(0, {str(SETUP)!r})
import environment
if os.getuid() == 0:
    os.setuid({NOBODY})
python = environment.prepare(Path(sys.argv[1]), {LOCK!r})
print(python)
if sys.argv[2:]:
    environment.hand_over(python, sys.argv[2:], Path(sys.argv[1]))
"""
"""Whoever may do everything is nobody from here on, as permissions mean nothing to the first user of a system."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")


@pytest.fixture
def root() -> Iterator[Path]:
    """A project with two empty locks, which every user may read."""
    with TemporaryDirectory() as folder:
        made = Path(folder)
        made.chmod(0o755)
        for lock in (LOCK, "requirements-dev.txt"):
            (made / lock).write_text("", encoding="utf-8")
        yield made
        if (made / ".venv").exists():
            (made / ".venv").chmod(0o755)


def prepared(root: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-c", PREPARE, root, *words], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def installed(root: Path, mode: int = 0o755) -> Path:
    """An environment whose stamp fits the locks, with a Python of that mode."""
    python = root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho started with $*\n", encoding="utf-8")
    python.chmod(mode)
    said = [
        sys.executable,
        "-c",
        "import environment, pathlib, sys; print(environment.fingerprint(pathlib.Path(sys.argv[1])), end='')",
    ]
    wanted = subprocess.run([*said, root / LOCK], cwd=SETUP, capture_output=True, text=True, check=True).stdout
    (root / ".venv" / "installed-lock").write_text(wanted, encoding="utf-8")
    return python


def unusable(root: Path, why: str) -> str:
    return (
        f"Safeboard cannot use its folder {root / '.venv'}: {why}. "
        "Run as the user whose folder it is, or remove it; then run again.\n"
    )


def test_an_environment_that_fits_is_used_at_once(root: Path) -> None:
    python = installed(root)
    assert prepared(root) == (0, f"{python}\n", "")


def test_one_that_may_not_be_entered_is_told_in_a_sentence(root: Path) -> None:
    installed(root)
    (root / ".venv").chmod(0)
    assert prepared(root) == (1, "", unusable(root, "Permission denied"))


def test_one_whose_python_may_not_be_run_is_told_in_a_sentence(root: Path) -> None:
    installed(root, mode=0o644)
    assert prepared(root, "a word") == (1, f"{root}/.venv/bin/python\n", unusable(root, "Permission denied"))


@pytest.mark.parametrize("there", ["nothing", "a file", "another's folder"])
def test_one_that_cannot_be_made_is_told_in_a_sentence(root: Path, there: str) -> None:
    environment = root / ".venv"
    if there == "a file":
        environment.write_text("in the way", encoding="utf-8")
    elif there == "another's folder":
        (environment / "bin").mkdir(parents=True)
    status, out, said = prepared(root)
    first, last = said.splitlines(keepends=True)
    why = "Not a directory" if there == "a file" else "Permission denied"
    assert (status, out, first, last) == (
        1,
        "",
        "Setting up (once): installing what requirements.txt names.\n",
        unusable(root, why),
    )
