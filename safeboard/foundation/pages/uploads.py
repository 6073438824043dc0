"""A file that cannot be taken is left out while it comes in, so that the rest of its form is not lost with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from safeboard.foundation.kernel.disk import FULL

MEGABYTE = 1024 * 1024
NO_ROOM: Final = (
    "There is no room left on the disk for this file, so it was not taken. Tell your system administrator, and send "
    "it again when there is."
)
"""Said wherever a file that was given finds no room."""


class LargestUpload(FileUploadHandler):
    """Stands first among the upload handlers; files beyond `settings.LARGEST_UPLOAD` bytes are dropped and named."""

    def new_file(self, field_name: str, *words: Any, **more: Any) -> None:
        super().new_file(field_name, *words, **more)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.LARGEST_UPLOAD:
            too_large(self.request).add(self.field_name or "")  # type: ignore[arg-type]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class RoomForUploads(TemporaryFileUploadHandler):
    """Keeps a larger file on the disk while it comes in; one that the disk has no room for is dropped and named."""

    def new_file(self, *words: Any, **more: Any) -> None:
        with self._dropped_when_full():
            super().new_file(*words, **more)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        with self._dropped_when_full():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        with self._dropped_when_full():
            self.file.flush()
        return super().file_complete(file_size)

    @contextmanager
    def _dropped_when_full(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in FULL:
                raise
            without_room(self.request).add(self.field_name or "")  # type: ignore[arg-type]
            raise SkipFile from error


def too_large(request: HttpRequest) -> set[str]:
    """The names of the fields whose files were too large."""
    names: set[str] = request.__dict__.setdefault("files_too_large", set())
    return names


def without_room(request: HttpRequest) -> set[str]:
    """The names of the fields whose files found no room on the disk."""
    names: set[str] = request.__dict__.setdefault("files_without_room", set())
    return names


def tell_dropped(request: HttpRequest, form: forms.BaseForm) -> None:
    """Say at its field that a file was left out and why, in place of that there is none."""
    why = dict.fromkeys(without_room(request), NO_ROOM)
    largest = f"{settings.LARGEST_UPLOAD // MEGABYTE} MB"
    why |= dict.fromkeys(
        too_large(request), f"The file is larger than {largest}, so it was not taken. Send a smaller one."
    )
    dropped = {name: why[form[name].html_name] for name in form.fields if form[name].html_name in why}
    for name in dropped:
        form.fields[name].required = False
    if dropped and form.errors is not None:  # the form must be read before more is said of it
        for name, said in dropped.items():
            form.add_error(name, said)
