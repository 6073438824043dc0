"""Make the project's own virtual environment from a hashed lock. Standard library only: nothing is installed yet."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

LOWEST = (3, 11)


def prepare(root: Path, lock: str) -> Path:
    """The environment's Python, after installing exactly what `lock` names. Quick when nothing has changed.

    The test lock holds everything of the runtime lock, so an environment set up for tests also serves `./run`.
    """
    if sys.version_info < LOWEST:
        sys.exit(f"Safeboard needs Python 3.11 or newer; this is {sys.version.split()[0]}. Install it and run again.")
    environment = root / ".venv"
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = environment / "installed-lock"
    wanted = fingerprint(root / lock)
    wider = fingerprint(root / "requirements-dev.txt")
    try:
        if python.exists() and stamp.exists() and stamp.read_text() in (wanted, wider):
            return python
        print(f"Setting up (once): installing what {lock} names.", file=sys.stderr, flush=True)
        create(environment, python)
        install(python, root / lock)
        stamp.write_text(wanted)
    except OSError as error:
        sys.exit(unusable(environment, error))
    return python


def unusable(environment: Path, error: OSError) -> str:
    """What to say where the environment cannot be read, made or replaced: another user's, a full disk, a file."""
    return (
        f"Safeboard cannot use its folder {environment}: {error.strerror or error}. "
        "Run as the user whose folder it is, or remove it; then run again."
    )


def fingerprint(lock: Path) -> str:
    """What must be equal for an environment to be reused: the lock's bytes and the Python that made it."""
    return hashlib.sha256(lock.read_bytes()).hexdigest() + f" python{sys.version_info[0]}.{sys.version_info[1]}"


def create(environment: Path, python: Path) -> None:
    if environment.exists():
        shutil.rmtree(environment)
    try:
        venv.create(environment, with_pip=True, symlinks=os.name != "nt")
    except (subprocess.CalledProcessError, SystemExit, ImportError):
        shutil.rmtree(environment, ignore_errors=True)
        sys.exit(
            "This Python cannot make a virtual environment (its ensurepip is missing). "
            "On Debian or Ubuntu: apt-get install python3-venv; then run again."
        )
    if not python.exists():
        sys.exit(f"No Python at {python} after setting up. Remove the folder .venv and run again.")


def install(python: Path, lock: Path) -> None:
    """Install the lock, every hash checked, nothing built from source."""
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    command = [*pip, "--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(lock)]
    if subprocess.run(command).returncode:
        shutil.rmtree(python.parent.parent, ignore_errors=True)
        sys.exit(
            "The packages could not be installed. Is a package index reachable from here? Nothing was left behind."
        )


def hand_over(python: Path, words: list[str], root: Path) -> None:
    """Become `python words`, so that signals and the exit status are the program's own."""
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH", "")]))
    if os.name == "nt":
        sys.exit(subprocess.run([str(python), *words]).returncode)
    try:
        os.execv(str(python), [str(python), *words])  # noqa: S606 - our own interpreter, our own words
    except OSError as error:
        sys.exit(unusable(python.parent.parent, error))
