"""The words of this room: what becomes of an upload, a snapshot and a report."""

from typing import Final

from django.db.models import TextChoices


class UploadState(TextChoices):
    """What has become of files that were given."""

    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Being read"
    WRONG = "wrong", "Not right yet"
    READY = "ready", "Right: nothing is loaded yet"
    LOADED = "loaded", "Loaded into a snapshot"
    WITHDRAWN = "withdrawn", "Withdrawn"
    FAILED = "failed", "Could not be read"


class FileKind(TextChoices):
    """What a file is, by what the road takes it for."""

    CENSUS = "census", "Census return"
    SSD = "SSD", "Standard Safeguarding Dataset table"
    SHEET = "sheet", "Sheet"
    EXTRACT = "extract", "What a folder of tables says of itself"
    SNAPSHOT = "snapshot", "Snapshot"


class SnapshotState(TextChoices):
    """What has become of a snapshot. Pages show figures of those that are ready."""

    MEASURING = "measuring", "Its figures are being counted"
    READY = "ready", "Ready"
    FAILED = "failed", "Its figures could not be counted"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Origin(TextChoices):
    """Where the records of a snapshot came from."""

    UPLOAD = "upload", "Files that were uploaded"
    LIVE = "live", "Live records"


class ReportState(TextChoices):
    """The way of a report: written, looked at by another person, published."""

    WAITING = "waiting", "Being written"
    PREPARED = "prepared", "Prepared: waits for approval"
    APPROVED = "approved", "Approved: waits to be published"
    PUBLISHED = "published", "Published"
    TURNED_DOWN = "turned down", "Turned down"
    FAILED = "failed", "Could not be written"


class Audience(TextChoices):
    """For whom a report is: the board's own copy hides nothing."""

    BOARD = "board", "The board alone: hides no number"
    PUBLIC = "public", "Everybody: small numbers are hidden"


PUBLISHED_THRESHOLD: Final = 5
"""Counts from 1 to this are hidden from everybody who may not see the rows, as the department hides them."""

THRESHOLDS: Final = {Audience.BOARD: 0, Audience.PUBLIC: PUBLISHED_THRESHOLD}
