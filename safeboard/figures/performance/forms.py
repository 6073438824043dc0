"""Forms of this room."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from safeboard.figures.performance.codes import Audience
from safeboard.foundation.kernel.periods import Period


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Files chosen together."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Every file, whatever is wrong with it: what is wrong is told file by file by the service."""
        return list(data or []) if isinstance(data, list | tuple) else [data] if data else []


class UploadForm(forms.Form):
    """Files to be read together."""

    given = SeveralFiles(
        label="Files",
        required=False,
        help_text="Census returns (.xml), Standard Safeguarding Dataset tables and sheets (.csv, .xlsx, .parquet). "
        "Give last year's and this year's return together. Each file at most 200 MB.",
    )


class YearForm(forms.Form):
    """Which reporting year a snapshot is of."""

    year = forms.ChoiceField(label="Reporting year", help_text="1 April to 31 March. The year before is counted too.")

    def __init__(self, *args: Any, years: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year.label, year.label) for year in years]  # type: ignore[attr-defined]


class PrepareForm(forms.Form):
    """For whom a report is prepared."""

    audience = forms.ChoiceField(label="For whom", choices=Audience.choices, widget=forms.RadioSelect)


class RemarkForm(forms.Form):
    """Why a report is turned down."""

    remark = forms.CharField(label="Why it is turned down", max_length=500, widget=forms.Textarea)
