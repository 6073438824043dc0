"""A file too large to be taken is left out while it comes in, so that the rest of its form is not lost with it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MEGABYTE = 1024 * 1024


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


def too_large(request: HttpRequest) -> set[str]:
    """The names of the fields whose files were too large."""
    names: set[str] = request.__dict__.setdefault("files_too_large", set())
    return names


def tell_too_large(request: HttpRequest, form: forms.BaseForm) -> None:
    """Say at its field that a file was too large, in place of that there is none."""
    dropped = [name for name in form.fields if form[name].html_name in too_large(request)]
    for name in dropped:
        form.fields[name].required = False
    largest = f"{settings.LARGEST_UPLOAD // MEGABYTE} MB"
    if dropped and form.errors is not None:  # the form must be read before more is said of it
        for name in dropped:
            form.add_error(name, f"The file is larger than {largest}, so it was not taken. Send a smaller one.")
