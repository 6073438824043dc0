"""Giving evidence: words, a file, or both. A file is kept under its row's key, and found only by way of the row."""

import hashlib
import os
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from django.conf import settings
from django.db import transaction

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.tools.actions.evidence_rules import LARGEST, REMEDY, media_type_of, why_not_file
from safeboard.tools.actions.models import ActionItem, Evidence
from safeboard.tools.actions.rules import Step
from safeboard.tools.actions.writing import at_step, may_contribute

NO_ROOM: Final = BadInput(
    Problem("The file could not be stored just now.", "Nothing was saved. Try again, or tell who keeps the house.")
)


@transaction.atomic
def give_evidence(
    *, action: ActionItem, words: str, by: Viewer, file: BinaryIO | None = None, file_name: str = ""
) -> Evidence:
    """Add evidence to an open action: those who may change it, and the people of agencies that contribute to it."""
    held = at_step(action, Step.GIVE_EVIDENCE, Action.OPEN, by)
    may_contribute(by)
    if not words and file is None:
        raise BadInput(
            Problem("Nothing was given.", "Write what shows that it is done, or add a file.", element="words")
        )
    made = Evidence(action=held, words=words, at=by.at, by=by.user)
    if file is None:
        made.save()
        return made
    content = file.read(LARGEST + 1)
    if wrong := why_not_file(file_name, content):
        raise BadInput(Problem(wrong, REMEDY, element="file"))
    made.file_name = PurePath(file_name).name[-200:]
    made.media_type, made.size = media_type_of(file_name, content), len(content)
    made.sha256 = hashlib.sha256(content).hexdigest()
    made.save()
    _store(content, place_of(made))
    return made


def place_of(evidence: Evidence) -> Path:
    """Where the file of this evidence lies."""
    key = evidence.pk.hex
    return Path(settings.MEDIA_ROOT) / "actions" / key[:2] / key


def neutral_name(evidence: Evidence) -> str:
    """What a downloaded file is called: its own name could tell of somebody in whatever folder it ends."""
    return f"action-{evidence.action.number}-evidence{PurePath(evidence.file_name).suffix.lower()}"


def _store(content: bytes, place: Path) -> None:
    """On the disk for good before the row is committed: a row never speaks of a file that is not there."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        if place.parent.is_dir():
            place.unlink(missing_ok=True)
        raise NO_ROOM from None
