"""Taking rows out as a file: what one may export of a list as asked for, with a label and a reason, noted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django import forms
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from safeboard.foundation.access.confirming import confirm_again
from safeboard.foundation.access.doors import viewer_from
from safeboard.foundation.access.words import Action
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.asked import SEARCH
from safeboard.foundation.pages.listing import COUNTED_TO, Listing
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


@dataclass(frozen=True, slots=True)
class Taking:
    """What somebody asks to take out: rows that the caller has found to be theirs to export.

    `rows` is read once, when the file is made; `more_than` says whether there are more rows than so many. The file's
    name begins with `key`. `kind` and `object_id` are what the trail names, with `details`.
    """

    key: str
    title: str
    kind: str
    counted: str
    more_than: Callable[[int], bool]
    heads: Sequence[str]
    rows: Callable[[], Sequence[Sequence[object]]]
    back: str
    back_words: str = "Back to the list"
    object_id: str = ""
    narrowed: Sequence[tuple[str, str]] = ()
    details: Mapping[str, object] = field(default_factory=dict)


def export(register: Register, request: HttpRequest) -> HttpResponse:
    """Ask for label and reason; then give the register's rows, of the list as asked for."""
    listing = Listing(register, request, Action.EXPORT)

    def more_than(most: int) -> bool:
        if most < COUNTED_TO:
            return listing.count > most
        return listing.narrowed.order_by()[: most + 1].count() > most

    taking = Taking(
        key=register.key,
        title=register.title,
        kind=register.kind,
        counted=listing.counted,
        more_than=more_than,
        heads=[column.title for column in listing.every_column],
        rows=lambda: [[column.cell(row) for column in listing.every_column] for row in listing.narrowed],
        back="../" + listing.asked.address(),
        narrowed=[(tag.label, tag.text) for tag in listing.tags],
        details=_asked(listing),
    )
    return take_out(request, taking)


def _asked(listing: Listing) -> dict[str, object]:
    query = listing.asked.query
    asked: dict[str, object] = {"asked": {key: query.getlist(key) for key in query if key != SEARCH}}
    return {**asked, "words": listing.asked.words} if listing.asked.words else asked


def take_out(request: HttpRequest, taking: Taking) -> HttpResponse:
    """Ask for label and reason; then give the file, and note it in the trail."""
    if taking.more_than(BIG):
        confirm_again(request)
    form = ExportForm(request.POST or None, initial={"form": Form.EXCEL})
    speak_plainly(form)
    if request.method == "POST" and form.is_valid():
        if taking.more_than(MOST):
            form.add_error(None, f"A file holds at most {MOST:,} rows. Narrow the list by its filters first.")
        else:
            return _file(request, taking, form.cleaned_data)
    return render(request, "pages/export.html", {"form": form, "taking": taking})


def _file(request: HttpRequest, taking: Taking, given: Mapping[str, str]) -> HttpResponse:
    viewer = viewer_from(request)
    # Read once, so that the count in the file and the trail is of the rows that are in it.
    rows = taking.rows()
    marking = Marking(
        title=taking.title,
        label=str(Label(given["label"]).label),
        who=f"{viewer.user.name}, {viewer.role.title}, {viewer.seat.agency.name}",
        at=viewer.at,
        reason=given["reason"],
        narrowed="; ".join(f"{label}: {text}" for label, text in taking.narrowed),
        count=len(rows),
    )
    chosen = Form(given["form"])
    write = workbook if chosen is Form.EXCEL else comma_separated
    content = write(taking.heads, rows, marking)
    said = {name: given[name] for name in ("label", "reason", "form")}
    noted(request, Did.EXPORTED, taking.kind, taking.object_id, {"count": len(rows), **taking.details, **said})
    name = f"{taking.key}-{timezone.localtime(viewer.at):%Y-%m-%d-%H%M}.{chosen.value}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=TYPES[chosen], headers=headers)
