"""Pages on which pairs of records are looked at, joined, told apart, left for later; and joins undone."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from procrastinate.exceptions import AlreadyEnqueued

from safeboard.casework.matching import services
from safeboard.casework.matching.forms import JoinForm, ProposeForm, ReasonForm
from safeboard.casework.matching.likeness import certainty
from safeboard.casework.matching.models import Answer, Pair
from safeboard.casework.matching.selectors import alike, joined_into, pair_for, side_by_side, standing_join
from safeboard.casework.matching.showing import lines
from safeboard.casework.matching.tasks import compare_people
from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.identity import show_person_above
from safeboard.casework.people.selectors import person_for, record_of
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.columns import in_words
from safeboard.foundation.pages.confirming import confirm_page
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.tables import Link, Table

JOINED_RECORD = "The record that was joined to it"


@door(Module.PEOPLE, Action.OPEN)
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Two records beside each other, with the evidence; what may be decided by those who may decide."""
    viewer = viewer_from(request)
    found = pair_for(viewer, pk, Action.OPEN)
    for key in (found.one_id, found.other_id):
        noted(request, Did.OPENED, PERSON, key)
    records = [record_of(viewer, key) for key in (found.one_id, found.other_id)]
    made = standing_join(found)
    context = {
        "pair": found,
        # What a record held stands at the one that was kept: its names, too.
        "names": [JOINED_RECORD if made and each.person.pk != made.kept_id else each.name for each in records],
        "warned": [(record.name, each.words) for record in records for each in record.standing],
        "sure": certainty(found.weight) if found.weight is not None else "",
        "beside": side_by_side(viewer, found),
        "answer": in_words(Answer(found.answer)),
        "decides": viewer.may(Module.PEOPLE, Action.VERIFY) and found.answer != Answer.JOINED,
        "undoes": viewer.may(Module.PEOPLE, Action.VERIFY) and made is not None,
    }
    return render(request, "matching/pair.html", context)


@door(Module.PEOPLE, Action.VERIFY)
def join_records(request: HttpRequest, pk: int) -> HttpResponse:
    """Join the two: a page of its own that says what will happen."""
    viewer = viewer_from(request)
    found = pair_for(viewer, pk, Action.VERIFY)
    if found.answer == Answer.JOINED and request.method != "POST":
        return _back(found)
    records = [(str(key), _told_apart(viewer, key)) for key in (found.one_id, found.other_id)]

    def save(given: dict[str, object]) -> HttpResponse:
        made = services.join(pair=found, keep=UUID(str(given["kept"])), said=str(given["said"]), by=viewer)
        messages.success(
            request,
            "The records are joined. Should it turn out to be wrong, part them again from this page.",
        )
        return redirect("people:person", made.kept_id)

    return form_page(
        request,
        JoinForm(request.POST or None, records=records),
        title="Join two records of one person",
        intro="All names, numbers, addresses, family, warnings and whatever else is attached to one record will stand "
        "at the one you keep. Nothing is lost: each row remembers where it came from, and joining can be undone. "
        "Everybody who opens the other record is led to the one kept. Both are noted under your name.",
        save=save,
        button="Join the records",
        back=reverse("matching:pair", args=[pk]),
    )


def _told_apart(viewer: Viewer, key: UUID) -> str:
    record = record_of(viewer, key)
    return f"{record.name}, {record.person.agency.name}, added on {in_words(record.person.added_at.date())}"


@door(Module.PEOPLE, Action.VERIFY)
def different(request: HttpRequest, pk: int) -> HttpResponse:
    """They are two people: never propose them again."""
    return _decide(request, pk, Answer.DIFFERENT, "These are two different people", "They are two people")


@door(Module.PEOPLE, Action.VERIFY)
def later(request: HttpRequest, pk: int) -> HttpResponse:
    """Not enough is known to decide."""
    return _decide(request, pk, Answer.LATER, "Decide later", "Leave it for later")


def _decide(request: HttpRequest, pk: int, answer: Answer, title: str, button: str) -> HttpResponse:
    viewer = viewer_from(request)
    found = pair_for(viewer, pk, Action.VERIFY)

    def save(given: dict[str, object]) -> HttpResponse:
        services.decide(pair=found, answer=answer, said=str(given["said"]), by=viewer)
        messages.success(request, "The decision is kept.")
        return redirect("matching:pairs")

    form = ReasonForm(request.POST or None)
    return form_page(request, form, title=title, save=save, button=button, back=reverse("matching:pair", args=[pk]))


@door(Module.PEOPLE, Action.VERIFY)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Part two joined records again."""
    viewer = viewer_from(request)
    found = pair_for(viewer, pk, Action.VERIFY)
    made = standing_join(found)
    if made is None and request.method != "POST":
        raise Http404

    def save(given: dict[str, object]) -> HttpResponse:
        if made is not None:
            services.unjoin(made=made, said=str(given["said"]), by=viewer)
            messages.success(request, "The records are parted again.")
        return _back(found)

    return form_page(
        request,
        ReasonForm(request.POST or None),
        title="Part the two records again",
        intro="Every row that came from the other record goes back to it, as it is by now. What was added since the "
        "records were joined stays at the record that was kept.",
        save=save,
        button="Part the records",
        back=reverse("matching:pair", args=[pk]),
    )


@door(Module.PEOPLE, Action.VERIFY)
def joined_records(request: HttpRequest, person: UUID) -> HttpResponse:
    """The records joined into this one, each with the way to part it again."""
    viewer = viewer_from(request)
    kept = person_for(viewer, person, Action.VERIFY)
    record = record_of(viewer, kept.pk)
    noted(request, Did.OPENED, PERSON, kept.pk)
    show_person_above(request, record)
    rows = [
        (Link(f"Part the record joined on {in_words(each.joined_at)}", undoing), each.joined_by.name, each.said)
        for each in joined_into(viewer, kept)
        for undoing in [reverse("matching:undo", args=[each.pair_id])]
    ]
    table = Table("Joined records", ("Record", "Joined by", "Why"), rows, "No record is joined into this one.")
    shown = {"table": table, "back": reverse("people:person", args=[person])}
    return render(request, "matching/joined.html", shown)


@door(Module.PEOPLE, Action.CHANGE)
def propose_pair(request: HttpRequest, person: UUID) -> HttpResponse:
    """Say that somebody has a second record: chosen among those who fit their name and date of birth."""
    viewer = viewer_from(request)
    one = person_for(viewer, person, Action.CHANGE)
    found = lines(viewer, alike(viewer, person))
    choices = [(str(each.key), f"{each.name}, {each.agency}: {'; '.join(each.reasons)}") for each in found]
    if not choices:
        messages.info(request, "Nobody else whose record you may open fits this name and date of birth.")
        return redirect("people:person", person)

    def save(given: dict[str, object]) -> HttpResponse:
        other = person_for(viewer, UUID(str(given["other"])), Action.CHANGE)
        made = services.propose(one=one, other=other, said=str(given["said"]), by=viewer)
        messages.success(request, "The pair is put up for review. Somebody else decides.")
        return _back(made)

    return form_page(
        request,
        ProposeForm(request.POST or None, found=choices),
        title=f"Has {record_of(viewer, person).name} a second record?",
        save=save,
        button="Put them up for review",
        back=reverse("people:person", args=[person]),
    )


@door(Module.PEOPLE, Action.VERIFY)
def compare(request: HttpRequest) -> HttpResponse:
    """Compare all records of the area now, by the worker."""
    viewer = viewer_from(request)

    def act() -> str:
        _deferred(lambda: compare_people.defer(area=viewer.area_id, by=viewer.user.pk))
        return "The records are being compared. What is found appears in the list."

    return confirm_page(
        request,
        title="Compare all records now",
        button="Compare now",
        act=act,
        intro="This is done every night. It takes a few seconds for each ten thousand people.",
        back=reverse("matching:pairs"),
    )


def _deferred(defer: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            defer()
    except AlreadyEnqueued:
        return  # it waits to be done already: once is enough


def _back(found: Pair) -> HttpResponse:
    return redirect("matching:pair", found.pk)
