"""What to say when the disk does not do as asked."""

from pathlib import Path

from safeboard.foundation.kernel.disk import FULL
from safeboard.foundation.kernel.errors import Problem


def disk_problem(error: OSError, path: Path) -> Problem:
    """The error in plain words, with what to do. `path` is what was being read or written, as the user gave it.

    It is told whole: whoever wrote to the wrong disk or folder sees so from the folders, not from the last name.
    """
    file = str(path) if path != Path() else ""
    if error.errno in FULL:
        return Problem(
            message="There is no room left to write; nothing has been kept.",
            file=file,
            remedy="Free some space, or write to another disk, and start again.",
        )
    return Problem(
        message=f"The file could not be read or written: {error.strerror or error}.",
        file=file,
        remedy="Check that the folder exists and that you may write there.",
    )
