"""Where this room keeps files: in the house's folder of files, each under its key, never under a name somebody gave."""

import os
import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from safeboard.figures.performance.models import HouseSnapshot, PublishedReport, ReportFile, Upload, UploadedFile
from safeboard.figures.tables.snapshot_file import SUFFIX


def folder_of_upload(upload: Upload) -> Path:
    return _room() / "uploads" / str(upload.pk)


def uploaded(file: UploadedFile) -> Path:
    return _room() / "uploads" / str(file.upload_id) / str(file.pk)


def staged(upload: Upload) -> Path:
    """The snapshot that the upload would make, not official yet."""
    return folder_of_upload(upload) / f"staged{SUFFIX}"


def findings_of(file: UploadedFile) -> Path:
    """Everything that the department's rules found in a return, as a workbook."""
    return uploaded(file).with_name(f"{file.pk}.findings.xlsx")


def frozen(identity: str) -> Path:
    """The file of a snapshot: its name is its hash, so the same records are one file."""
    return _room() / "snapshots" / f"{identity}{SUFFIX}"


def beside(snapshot: HouseSnapshot) -> Path:
    """The folder of what was counted in a snapshot (`counted.py`)."""
    return _room() / "counted" / str(snapshot.pk)


def folder_of_report(report: PublishedReport) -> Path:
    return _room() / "reports" / str(report.pk)


def of_report(file: ReportFile) -> Path:
    return _room() / "reports" / str(file.report_id) / str(file.pk)


def made(folder: Path) -> Path:
    """The folder, made if need be, open to the house alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def keep(blocks: Iterable[bytes], to: Path) -> str:
    """Write the file whole or not at all; its SHA-256. OSError where the disk does not do as asked."""
    made(to.parent)
    digest = sha256()
    part = to.with_name(f".{to.name}.part")
    try:
        with part.open("wb") as file:
            for block in blocks:
                digest.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        part.rename(to)
    finally:
        part.unlink(missing_ok=True)
    return digest.hexdigest()


def remove_folder(folder: Path) -> None:
    """Remove a folder and what is in it; nothing happens where there is none."""
    shutil.rmtree(folder, ignore_errors=True)


def delete_lost_files(before: datetime) -> None:
    """Delete folders older than that of which no row speaks: kept, when the row after them could not be committed."""
    rows: Mapping[str, QuerySet[Any]] = {
        "uploads": Upload.objects.all(),
        "reports": PublishedReport.objects.all(),
        "counted": HouseSnapshot.objects.all(),
    }
    for name, there in rows.items():
        for folder in (_room() / name).glob("*"):
            old = datetime.fromtimestamp(folder.stat().st_mtime, UTC) < before
            key = key_of(folder.name.removeprefix(".").removesuffix(".part"))
            if old and key and not there.filter(pk=key).exists():
                remove_folder(folder)


def _room() -> Path:
    return Path(settings.MEDIA_ROOT) / "performance"


def attachment(path: Path, name: str) -> HttpResponse:
    """The file as an answer that a browser saves under that name and does not run."""
    content_type = guess_type(name)[0] or "application/octet-stream"
    headers = {"Content-Disposition": content_disposition_header(True, name), "X-Content-Type-Options": "nosniff"}
    return HttpResponse(path.read_bytes(), content_type=content_type, headers=headers)


def key_of(text: str) -> UUID | None:
    """The key in a text, None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
