"""The pages on which files are given, looked through, made a snapshot, and withdrawn."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from safeboard.figures.performance import selectors
from safeboard.figures.performance.codes import FileKind, UploadState
from safeboard.figures.performance.forms import UploadForm, YearForm
from safeboard.figures.performance.kept_files import attachment, findings_of
from safeboard.figures.performance.models import Upload
from safeboard.figures.performance.rules import years_between
from safeboard.figures.performance.services import NOT_WITHDRAWN, give_files, make_snapshot, read_again, withdraw_upload
from safeboard.figures.performance.working import progress_of
from safeboard.figures.tables.catalogue import TABLES
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.pages.confirming import confirm_page
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, record_page

RUNNING = (UploadState.WAITING, UploadState.READING)
LABEL = "OFFICIAL-SENSITIVE"
FIRST_TOLD = 10
"""Problems on the upload's own page; the register has all."""


@door(Module.PERFORMANCE, Action.ADD)
def add(request: HttpRequest) -> HttpResponse:
    """Give several files at once; what is wrong with any of them is told file by file."""
    # Nothing chosen posts nothing at all, which has to be told as well.
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()

    def save(cleaned: dict[str, Any]) -> HttpResponse:
        try:
            upload = give_files(files=cleaned["given"], by=viewer_from(request))
        except BadInput as bad:
            raise BadInput(_by_file(each) for each in bad.problems) from bad
        return redirect("performance-upload", upload.pk)

    return form_page(
        request,
        form,
        title="Give files to be read",
        save=save,
        button="Read these files",
        intro="They are read and checked first. Nothing is loaded until they are right and you say so.",
        back=reverse("performance-uploads"),
    )


def _by_file(problem: Problem) -> Problem:
    """The problem beside the field of files, naming which of them it is about."""
    message = f"{problem.file}: {problem.message}" if problem.file else problem.message
    return replace(problem, message=message, element="given")


@door(Module.PERFORMANCE, Action.OPEN)
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One upload: how far it is, its files, what is wrong, and what can be done now."""
    viewer = viewer_from(request)
    row = _found(viewer, pk, Action.OPEN)
    files = list(row.files.all())
    running = row.state in RUNNING
    problems = _first_problems(viewer, row)
    checked = [file for file in files if file.kind == FileKind.CENSUS and findings_of(file).exists()]
    context = {
        "upload": row,
        "running": running,
        "progress": progress_of(row.pk) if running else "",
        "noted": row.problems_in_all - row.problems_stopping,
        "problems": problems,
        "listed": problems[0].listed if problems else 0,
        "exports": viewer.may(Module.PERFORMANCE, Action.EXPORT),
        "findings": list(row.findings.all()[:FIRST_TOLD]) if checked else (),
        "checked": checked,
        "snapshots": list(row.snapshots.exclude(state="withdrawn")) if row.state == UploadState.LOADED else (),
    }
    return record_page(
        request,
        kind="upload",
        record=row,
        title=str(row),
        facts=(("State", row.get_state_display()), ("Given by", row.made_by.name), ("Area", row.area.name)),
        cards=_cards(row, files),
        buttons=_buttons(viewer, row),
        hidden=frozenset({"row_counts"}),
        extra_template="performance/upload.html",
        context=context,
    )


def _first_problems(viewer: Viewer, row: Upload) -> list[Any]:
    """The first problems that the viewer may see, those that stop first; each says how many are `listed` in all."""
    if not row.problems_in_all:
        return []
    problems = selectors.problems(viewer, Action.OPEN).filter(upload=row).annotate(listed=Window(Count("*")))
    return list(problems.order_by("-stops", "pk")[:FIRST_TOLD])


def _cards(row: Upload, files: list[Any]) -> list[Card]:
    cards = [Card("Files", [(file.name, f"{file.get_kind_display()}, {_size(file.size)}", "") for file in files])]
    if row.reference_date:
        told: list[tuple[str, object, str]] = [
            (TABLES[name].title, rows, "") for name, rows in row.row_counts.items() if rows and name in TABLES
        ]
        cards.append(Card(f"What was read, records to {row.reference_date:%-d %B %Y}", told))
    return cards


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{size:,} bytes"


def _buttons(viewer: Viewer, row: Upload) -> list[Button]:
    buttons = []
    if row.state in (UploadState.READY, UploadState.LOADED) and viewer.may(Module.PERFORMANCE, Action.ADD):
        words = "Make a snapshot" if row.state == UploadState.READY else "Make a snapshot of another year"
        main = row.state == UploadState.READY
        buttons.append(Button(words, reverse("performance-upload-load", args=[row.pk]), main=main))
    if row.state == UploadState.FAILED and viewer.may(Module.PERFORMANCE, Action.ADD):
        buttons.append(Button("Try again", reverse("performance-upload-again", args=[row.pk]), main=True))
    if row.state in NOT_WITHDRAWN and viewer.may(Module.PERFORMANCE, Action.CHANGE):
        buttons.append(Button("Withdraw these files", reverse("performance-upload-withdraw", args=[row.pk])))
    return buttons


@door(Module.PERFORMANCE, Action.OPEN)
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the reading is, for a page that asks again and again; when it is over the whole page is fetched."""
    row = _found(viewer_from(request), pk, Action.OPEN)
    if row.state in RUNNING:
        return render(request, "performance/upload_progress.html", {"upload": row, "progress": progress_of(pk)})
    return HttpResponse(headers={"HX-Refresh": "true"})


@door(Module.PERFORMANCE, Action.ADD)
def load(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make what was read official."""
    viewer = viewer_from(request)
    row = _found(viewer, pk, Action.ADD)
    if row.first_day is None or row.reference_date is None:
        raise Http404
    years = years_between(row.first_day, row.reference_date)
    form = YearForm(request.POST if request.method == "POST" else None, years=years, initial={"year": row.newest_year})

    def save(cleaned: dict[str, Any]) -> HttpResponse:
        made = make_snapshot(upload=row, year=cleaned["year"], by=viewer)
        messages.success(request, "The snapshot is made. Its figures are being counted.")
        return redirect("performance-snapshot", made.pk)

    return form_page(
        request,
        form,
        title="Make a snapshot",
        save=save,
        button="Make the snapshot",
        intro="It stands beside the snapshots there are and replaces none. Until a report is made of it, it can be "
        "withdrawn.",
        back=reverse("performance-upload", args=[pk]),
    )


@door(Module.PERFORMANCE, Action.ADD)
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try once more to read files whose reading stopped."""
    viewer = viewer_from(request)
    row = _found(viewer, pk, Action.ADD)

    def act() -> str:
        read_again(upload=row, by=viewer)
        return "The files are being read again."

    return confirm_page(
        request,
        title="Try to read these files again",
        button="Try again",
        act=act,
        intro="The files are kept as they were given, so they need not be given once more.",
        back=reverse("performance-upload", args=[pk]),
    )


@door(Module.PERFORMANCE, Action.CHANGE)
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the files back."""
    viewer = viewer_from(request)
    row = _found(viewer, pk, Action.CHANGE)

    def act() -> str:
        withdraw_upload(upload=row, by=viewer)
        return "The files are withdrawn and removed."

    return confirm_page(
        request,
        title="Withdraw these files",
        button="Withdraw",
        act=act,
        intro="The files and what was found in them are removed. That they were given stays on record.",
        back=reverse("performance-upload", args=[pk]),
    )


@door(Module.PERFORMANCE, Action.EXPORT, file_by="GET")
def findings_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that the department's rules found in one return, as a workbook."""
    file = selectors.uploaded_files(viewer_from(request), Action.EXPORT).filter(pk=pk).first()
    if file is None or not findings_of(file).exists():
        raise Http404
    noted(request, Did.EXPORTED, "return_finding", file.pk, {"label": LABEL, "file": "findings.xlsx"})
    name = f"{LABEL}-census-check-{file.upload.made_at:%Y-%m-%d}.xlsx"
    return attachment(findings_of(file), name)


def _found(viewer: Viewer, pk: UUID, action: Action) -> Upload:
    row = selectors.uploads(viewer, action).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
