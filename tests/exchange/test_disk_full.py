"""A disk that fills while a snapshot is made: a plain message, and nothing half-written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.small_returns import assessment, child, episode, plan, return_text, written

LOAD = """
import resource, signal, sys
from pathlib import Path
from safeboard.foundation.kernel.errors import BadInput
from safeboard.figures.exchange.load import load

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    load([Path(sys.argv[1])], to=Path(sys.argv[2]))
except BadInput as bad:
    print(bad)
"""


@pytest.mark.parametrize("room", [100, 10_000, 60_000])
def test_a_disk_that_fills(tmp_path: Path, room: int) -> None:
    """A limit on the size of a file stands for the full disk; it is met while staging, joining or writing."""
    inside = assessment("2024-05-02", "2024-06-02", "2A"), plan("2024-06-01", "", "2024-08-01")
    text = return_text(*(child(f"C{number}", episode("2024-05-01", *inside)) for number in range(3_000)))
    to = tmp_path / "out" / "made.snapshot"
    to.parent.mkdir()
    said = subprocess.run(
        [sys.executable, "-c", LOAD, written(tmp_path, text), to, str(room)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert said.stdout == (
        f"{to}: There is no room left to write; nothing has been kept. "
        "Free some space, or write to another disk, and start again.\n"
    )
    assert list(to.parent.iterdir()) == []
