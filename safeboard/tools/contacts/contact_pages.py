"""The page of one contact, and the forms that keep it right."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.policy import may
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, record_page
from safeboard.tools.contacts.codes import Part
from safeboard.tools.contacts.forms import ContactForm
from safeboard.tools.contacts.guards import CONTACT
from safeboard.tools.contacts.selectors import contacts
from safeboard.tools.contacts.services import Entry, add_contact, change_contact, check_contact, end_contact

NAMES = ("part", "name", "telephone", "email", "when", "version")


@door(Module.CONTACTS, Action.OPEN)
def contact_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One contact: how to reach them, and when that was last checked."""
    viewer = viewer_from(request)
    row: Any = get_object_or_404(contacts(viewer, Action.OPEN), pk=pk)
    here = [row.pk]
    changes = may(viewer, Action.CHANGE, row)
    buttons = [Button("Change", reverse("contacts:change", args=here), main=True)] if changes else []
    return record_page(
        request,
        kind=CONTACT,
        record=row,
        title=row.name,
        facts=[("Called for", Part(row.part)), ("Agency", row.agency.name)],
        warnings=["Not checked for half a year: make sure before you rely on it."] if row.old else [],
        cards=[
            Card(
                "How to reach them",
                [("Telephone", row.telephone, ""), ("E-mail address", row.email, ""), ("When", row.when, "")],
            ),
            Card("Checked", [("On", row.checked_on, ""), ("By", row.checked_by.name, "")]),
        ],
        buttons=buttons,
        hidden=frozenset({"version"}),
        extra_template="contacts/keep.html" if changes else "",
        context={"contact": row},
    )


@door(Module.CONTACTS, Action.ADD)
def add_page(request: HttpRequest) -> HttpResponse:
    """Add a contact."""
    viewer = viewer_from(request)
    initial = {"agency": viewer.seat.agency_id}
    form = ContactForm(request.POST or None, viewer=viewer, action=Action.ADD, initial=initial)

    def saved(given: dict[str, Any]) -> HttpResponse:
        made = add_contact(entry=_entry(given), by=viewer)
        messages.success(request, "They are in the list.")
        return redirect("contacts:contact", made.pk)

    back = reverse("contacts:contacts")
    return form_page(request, form, title="Add a contact", save=saved, draft_key="contact-add", back=back)


@door(Module.CONTACTS, Action.CHANGE)
def change_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a contact."""
    viewer = viewer_from(request)
    row = get_object_or_404(contacts(viewer, Action.CHANGE), pk=pk)
    initial = {name: getattr(row, name) for name in NAMES} | {"agency": row.agency_id}
    form = ContactForm(request.POST or None, viewer=viewer, action=Action.CHANGE, initial=initial)

    def saved(given: dict[str, Any]) -> HttpResponse:
        change_contact(contact=row, entry=_entry(given), version=given["version"] or 0, by=viewer)
        messages.success(request, "The entry is changed, and checked today.")
        return redirect("contacts:contact", row.pk)

    return form_page(
        request,
        form,
        title="Change a contact",
        save=saved,
        record=row,
        draft_key=f"contact-{row.pk}",
        back=reverse("contacts:contact", args=[row.pk]),
    )


@require_POST
@door(Module.CONTACTS, Action.CHANGE)
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that the entry is right."""
    viewer = viewer_from(request)
    row = get_object_or_404(contacts(viewer, Action.CHANGE), pk=pk)
    check_contact(contact=row, by=viewer)
    messages.success(request, "Checked today.")
    return redirect("contacts:contact", row.pk)


@require_POST
@door(Module.CONTACTS, Action.CHANGE)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the contact off the list."""
    viewer = viewer_from(request)
    row = get_object_or_404(contacts(viewer, Action.CHANGE), pk=pk)
    try:
        with transaction.atomic():
            end_contact(contact=row, by=viewer)
        messages.success(request, "They are off the list.")
    except BadInput as wrong:
        messages.error(request, str(wrong))
    return redirect("contacts:contacts")


def _entry(given: dict[str, Any]) -> Entry:
    return Entry(
        agency=given["agency"],
        part=Part(given["part"]),
        name=given["name"],
        telephone=given["telephone"],
        email=given["email"],
        when=given["when"],
    )
