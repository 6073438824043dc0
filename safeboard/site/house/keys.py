"""The key of a house's backups: an age identity in a file, kept away from the house it opens."""

from pathlib import Path

from pyrage import IdentityError, x25519

from safeboard.foundation.kernel.errors import BadInput, Problem


def make_key(file: Path) -> None:
    """Write a new key, readable by its owner alone. BadInput where the file is there: a key is never overwritten."""
    try:
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError as error:
        raise BadInput(
            Problem(
                message="There is a key in this file already, and older backups may need it.",
                element="--make-key",
                found=str(file),
                remedy="Give --key with it to use it, or name another file.",
            )
        ) from error
    file.write_text(f"{x25519.Identity.generate()}\n")


def read_key(file: Path) -> x25519.Identity:
    """The key in a file. BadInput where there is none, naming the remedy and never the file's words."""
    try:
        return x25519.Identity.from_str(file.read_text().strip())
    except (OSError, UnicodeDecodeError, IdentityError) as error:
        raise BadInput(
            Problem(
                message="This file holds no key of a backup.",
                element="--key",
                found=str(file),
                expected="a file made by ./run backup --make-key FILE",
                remedy="Name the file that was made, or make one.",
            )
        ) from error
