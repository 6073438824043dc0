"""The pages on which many actions get another owner."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.models import User
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.forms import form_page
from safeboard.tools.actions.forms import named_with_agency
from safeboard.tools.actions.guards import OWNER_CHANGE
from safeboard.tools.actions.models import ActionItem, OwnerChange
from safeboard.tools.actions.owner_change import do_change, hold_change, owners_now, undo_change
from safeboard.tools.actions.selectors import may_own, with_agency


class OwnerChangeForm(forms.Form):
    """From whom to whom."""

    owner = forms.ModelChoiceField(
        label="Open actions of", queryset=User.objects.none(), required=False, empty_label="Nobody yet"
    )
    to = forms.ModelChoiceField(label="Give them to", queryset=User.objects.none(), empty_label="Choose")

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["owner"].queryset = with_agency(owners_now(viewer), viewer)
        fields["to"].queryset = with_agency(may_own(viewer), viewer)
        fields["owner"].label_from_instance = fields["to"].label_from_instance = named_with_agency


@door(Module.ACTIONS, Action.CHANGE)
def owner_changes_page(request: HttpRequest) -> HttpResponse:
    """Choose whose actions to give to whom."""
    viewer = viewer_from(request)

    def saved(given: dict[str, Any]) -> HttpResponse:
        made = hold_change(owner=given["owner"], to=given["to"], by=viewer)
        return redirect("actions:owner-change", made.pk)

    return form_page(
        request,
        OwnerChangeForm(request.POST or None, viewer=viewer),
        title="Give actions to another owner",
        save=saved,
        button="Show which",
        intro="When somebody leaves, or is away. You see every action before anything changes.",
        back=reverse("actions:actions"),
    )


@door(Module.ACTIONS, Action.CHANGE)
def owner_change_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What would change owner, or what did."""
    row = get_object_or_404(_changes(request), pk=pk)
    noted(request, Did.OPENED, OWNER_CHANGE, row.pk)
    shown = visible(ActionItem.objects.all(), viewer_from(request), Action.OPEN)
    entries = row.entries.filter(action__in=shown).select_related("action__agency", "before").order_by("action__number")
    return render(request, "actions/owner_change.html", {"change": row, "entries": entries})


@require_POST
@door(Module.ACTIONS, Action.CHANGE)
def do_owner_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give those chosen."""
    row = get_object_or_404(_changes(request), pk=pk)
    chosen = [int(each) for each in request.POST.getlist("entry") if each.isascii() and each.isdigit()]
    try:
        with transaction.atomic():
            count = do_change(change=row, chosen=chosen, by=viewer_from(request))
        messages.success(request, f"{count} given to {row.to.name}.")
    except BadInput as wrong:
        messages.error(request, str(wrong))
    return redirect("actions:owner-change", row.pk)


@require_POST
@door(Module.ACTIONS, Action.CHANGE)
def undo_owner_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give them back."""
    row = get_object_or_404(_changes(request), pk=pk)
    try:
        with transaction.atomic():
            count = undo_change(change=row, by=viewer_from(request))
        messages.success(request, f"{count} given back.")
    except BadInput as wrong:
        messages.error(request, str(wrong))
    return redirect("actions:owner-change", row.pk)


def _changes(request: HttpRequest) -> Any:
    return visible(OwnerChange.objects.select_related("to"), viewer_from(request), Action.CHANGE)
