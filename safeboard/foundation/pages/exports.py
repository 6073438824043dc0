"""Taking a register out as a file: what one may export of the list as asked for, with a label and a reason, noted."""

from typing import Final

from django import forms
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from safeboard.foundation.access.confirming import confirm_again
from safeboard.foundation.access.words import Action
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.asked import SEARCH
from safeboard.foundation.pages.listing import Listing
from safeboard.foundation.pages.plain_words import speak_plainly
from safeboard.foundation.pages.register import Register
from safeboard.foundation.pages.tables_out import Marking, comma_separated, workbook

MOST: Final = 100_000
"""Rows of one file: a bigger one would keep others waiting while it is made."""
BIG: Final = 500
"""Rows: whoever takes out more is asked for the second step of signing in again."""


class Label(TextChoices):
    """How a file is to be treated: what stands on it."""

    OPEN = "open", "Open: may be published"
    OFFICIAL = "official", "Official: for those who work with the board"
    PERSONAL = "personal", "Official – sensitive – personal: tells of people, for those who need it"
    SENSITIVE = "sensitive", "Official – sensitive: of children or of harm, for those named by the sender"


class Form(TextChoices):
    """The kinds of file."""

    EXCEL = "xlsx", "Excel workbook"
    CSV = "csv", "CSV, for other programs"


TYPES: Final = {
    Form.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
}


class ExportForm(forms.Form):
    """How the file is labelled, why it is needed, and in which form."""

    label = forms.ChoiceField(
        label="Label of the file",
        choices=Label.choices,
        widget=forms.RadioSelect,
        help_text="It stands in the file and on every printed page. Choose by the most sensitive row.",
    )
    reason = forms.CharField(
        label="What is it needed for?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It is kept in the audit trail. Name no child.",
    )
    form = forms.ChoiceField(label="Kind of file", choices=Form.choices, initial=Form.EXCEL, widget=forms.RadioSelect)
    sure = forms.BooleanField(label="I am allowed to take this out, will keep it safe and delete it when it is used")


def export(register: Register, request: HttpRequest) -> HttpResponse:
    """Ask for label and reason; then give the file."""
    listing = Listing(register, request, Action.EXPORT)
    if listing.count > BIG:
        confirm_again(request)
    form = ExportForm(request.POST or None, initial={"form": Form.EXCEL})
    speak_plainly(form)
    if request.method == "POST" and form.is_valid():
        if listing.narrowed.order_by()[: MOST + 1].count() > MOST:
            form.add_error(None, f"A file holds at most {MOST:,} rows. Narrow the list by its filters first.")
        else:
            return _file(register, request, listing, form)
    back = "../" + listing.asked.address()
    return render(request, "pages/export.html", {"form": form, "register": register, "listing": listing, "back": back})


def _file(register: Register, request: HttpRequest, listing: Listing, form: ExportForm) -> HttpResponse:
    given, viewer = form.cleaned_data, listing.viewer
    # Read once, so that the count in the file and the trail is of the rows that are in it.
    found = list(listing.narrowed)
    rows = ([column.cell(row) for column in listing.every_column] for row in found)
    marking = Marking(
        title=register.title,
        label=str(Label(given["label"]).label),
        who=f"{viewer.user.name}, {viewer.role.title}, {viewer.seat.agency.name}",
        at=viewer.at,
        reason=given["reason"],
        narrowed="; ".join(f"{tag.label}: {tag.text}" for tag in listing.tags),
        count=len(found),
    )
    chosen = Form(given["form"])
    write = workbook if chosen is Form.EXCEL else comma_separated
    content = write([column.title for column in listing.every_column], rows, marking)
    _note(register, request, listing, given, len(found))
    name = f"{register.key}-{timezone.localtime(viewer.at):%Y-%m-%d-%H%M}.{chosen.value}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=TYPES[chosen], headers=headers)


def _note(register: Register, request: HttpRequest, listing: Listing, given: dict[str, str], count: int) -> None:
    asked = {key: listing.asked.query.getlist(key) for key in listing.asked.query if key != SEARCH}
    details = {
        "count": count,
        "asked": asked,
        "label": given["label"],
        "reason": given["reason"],
        "form": given["form"],
    }
    if listing.asked.words:
        details["words"] = listing.asked.words
    noted(request, Did.EXPORTED, register.kind, "", details)
