"""A real disk of a few hundred kilobytes, and how to fill it."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from safeboard.foundation.database.server import NOBODY

NEEDS_A_DISK = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk to fill")


@contextmanager
def small_disk(kilobytes: int = 512) -> Iterator[Path]:
    """An empty disk of that size which anybody may write to."""
    with tempfile.TemporaryDirectory(prefix="sb-disk-") as folder:
        Path(folder).chmod(0o755)
        size = f"size={kilobytes}k,uid={NOBODY},gid={NOBODY},mode=0777"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path) -> Path:
    """Write until not one block is left; the file that took the room."""
    filling = disk / "filling"
    with filling.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return filling
