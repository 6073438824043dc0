"""Giving evidence: words, a file, or both. A file is kept under its row's key, and found only by way of the row."""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from django.conf import settings
from django.db import transaction

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.kernel.disk import FULL
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.pages.uploads import NO_ROOM
from safeboard.tools.actions.evidence_rules import LARGEST, REMEDY, media_type_of, why_not_file
from safeboard.tools.actions.models import ActionItem, Evidence
from safeboard.tools.actions.rules import Step
from safeboard.tools.actions.writing import at_step, may_contribute

NOT_STORED: Final = Problem(
    "The file could not be stored just now.", "Nothing was saved. Try again, or tell your system administrator."
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


def delete_lost_files(before: datetime) -> None:
    """Delete files older than that of which no row speaks: stored, when the row after them could not be committed."""
    for place in (Path(settings.MEDIA_ROOT) / "actions").glob("*/*"):
        old = datetime.fromtimestamp(place.stat().st_mtime, UTC) < before
        if old and not Evidence.objects.filter(pk=place.name).exists():
            place.unlink(missing_ok=True)


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
    except OSError as error:
        if place.parent.is_dir():
            place.unlink(missing_ok=True)
        full = error.errno in FULL
        raise BadInput(Problem(NO_ROOM, "", element="file") if full else NOT_STORED) from None
