"""The page of one action, and the form of each step that may be taken with it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module, Sensitivity
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, record_page
from safeboard.tools.actions.codes import Impact, Priority, Risk, SourceKind, Status
from safeboard.tools.actions.evidence import give_evidence
from safeboard.tools.actions.forms import (
    ActionForm,
    CloseForm,
    DueDateForm,
    EvidenceForm,
    ImpactForm,
    ProgressForm,
    ReopenForm,
    VerifyForm,
)
from safeboard.tools.actions.guards import ACTION
from safeboard.tools.actions.models import ActionItem, Evidence
from safeboard.tools.actions.rules import Step, slippage
from safeboard.tools.actions.selectors import facts_of, for_page, to_change, today
from safeboard.tools.actions.sent_links import sent_links
from safeboard.tools.actions.services import (
    Agreed,
    change_action,
    check_impact,
    close,
    move_due_date,
    note_progress,
    reopen,
    verify,
)
from safeboard.tools.actions.timeline import Told, happened, open_steps, told_of

WORDS = {
    Step.CHANGE: "Change",
    Step.MOVE: "Move the due date",
    Step.NOTE: "Note progress",
    Step.ASK: "Ask by a link",
    Step.GIVE_EVIDENCE: "Give evidence",
    Step.CLOSE: "Close",
    Step.VERIFY: "Verify",
    Step.CHECK_IMPACT: "Check the impact",
    Step.REOPEN: "Open again",
}
LOOKING = (Step.VERIFY, Step.CHECK_IMPACT)
"""Steps of somebody who looks at what another did: its closing and its evidence stand above the form."""

ROUTES = {step: f"actions:{step.name.lower().replace('_', '-')}" for step in Step}


@door(Module.ACTIONS, Action.OPEN)
def action_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One action: what is agreed, its dates, how it was closed, what happened."""
    viewer = viewer_from(request)
    row: Any = get_object_or_404(for_page(viewer), pk=pk)
    told = told_of(row)
    evidence = _given(told)
    facts = facts_of(row, frozenset(each.by for each in evidence))
    steps = open_steps(row, facts, viewer)
    addresses = {step: reverse(ROUTES[step], args=[row.pk]) for step in steps}
    late = slippage(facts, today(viewer))
    return record_page(
        request,
        kind=ACTION,
        record=row,
        title=row.title,
        facts=[
            ("Number", row.number),
            ("Status", Status(row.status)),
            ("First due", row.first_due_on),
            ("Due", row.due_on),
            ("Slipped", f"{late} working day{'' if late == 1 else 's'}"),
        ],
        warnings=_warnings(row),
        cards=[
            _agreed(row, addresses.get(Step.CHANGE, "")),
            _dates(row, addresses.get(Step.MOVE, ""), late),
            *_closing(row),
        ],
        timeline=happened(row, told),
        buttons=_buttons(row, addresses),
        hidden=frozenset({"version", "source", "recommendation", "load"}),
        extra_template="actions/evidence.html",
        context={
            "evidence": evidence,
            "sent_links": sent_links(row, told, viewer.at),
            "may_withdraw": row.viewer_changes,
            "source_address": reverse("actions:source", args=[row.source_id]) if row.source_opens else "",
            "source_title": row.source_title,
        },
    )


def _warnings(row: Any) -> list[str]:
    if row.risk != Risk.HIGH:
        return []
    if row.status == Status.OVERDUE:
        return ["Overdue, and the risk to children is high."]
    return ["Closed, and not verified by anybody yet."] if row.status == Status.CLOSED else []


def _buttons(row: Any, addresses: Mapping[Step, str]) -> list[Button]:
    """The steps open to the viewer. High risk wants verifying first of all."""
    main = Step.VERIFY if Step.VERIFY in addresses and row.risk == Risk.HIGH else Step.NOTE
    return [Button(WORDS[step], address, step is main) for step, address in addresses.items()]


def _agreed(row: Any, change: str) -> Card:
    number = f"{row.rec_number}. {row.rec_words}" if row.rec_number else ""
    return Card(
        "What is agreed",
        [
            ("To do", row.title, change),
            ("Details", row.words, ""),
            ("How we will know", row.measure_of_success, ""),
            ("Comes from", f"{SourceKind(row.source.kind).label}: {row.source_title}", ""),
            ("Recommendation", number, ""),
            ("Leads", row.agency.name, ""),
            ("Contribute", row.contributing_names, ""),
            ("Owner", row.owner.name if row.owner else "Nobody yet", ""),
            ("Priority", Priority(row.priority), ""),
            ("Risk to children", Risk(row.risk), ""),
            ("Sensitivity", Sensitivity(row.sensitivity), ""),
            ("Themes", row.theme_names, ""),
        ],
    )


def _dates(row: Any, move: str, late: int) -> Card:
    return Card(
        "Dates",
        [
            ("First due", row.first_due_on, ""),
            ("Due", row.due_on, move),
            ("Slipped", f"{late} working day{'' if late == 1 else 's'}", ""),
            ("Closed", row.closed_on, ""),
            ("Verified", row.verified_on, ""),
            ("Look at the impact", row.impact_due_on, ""),
            ("Impact checked", row.impact_checked_on, ""),
        ],
    )


def _closing(row: Any) -> list[Card]:
    if not row.closed_on:
        return []
    said = [("Closed by", row.closed_by.name, ""), ("What was done", row.closing_words, "")]
    if row.verified_by:
        said += [("Verified by", row.verified_by.name, ""), ("What was looked at", row.verifying_words, "")]
    cards = [Card("How it was closed", said)]
    if row.impact_checked_by:
        rows = [
            ("Checked by", row.impact_checked_by.name, ""),
            ("Has practice changed?", Impact(row.impact), ""),
            ("What changed", row.impact_words, ""),
            ("How we know", row.impact_known_by, ""),
        ]
        cards.append(Card("Impact", rows))
    return cards


Save = Callable[[ActionItem, dict[str, Any], Viewer], object]


def _step(step: Step, form: type[forms.Form], save: Save, said: str, button: str = "") -> Callable[..., HttpResponse]:
    """The page of one step: not found unless the step is open to the viewer now."""

    @door(Module.ACTIONS, Action.VERIFY if step in LOOKING else Action.CHANGE)
    def page(request: HttpRequest, pk: UUID) -> HttpResponse:
        viewer = viewer_from(request)
        row: Any = get_object_or_404(for_page(viewer), pk=pk)
        evidence = _given(told_of(row))
        facts = facts_of(row, frozenset(each.by for each in evidence))
        # A page posted twice, or by two at once, comes here when the step is taken: it is answered in words below.
        if step not in open_steps(row, facts, viewer) and request.method != "POST":
            raise Http404
        given = form(request.POST or None, request.FILES or None) if request.method == "POST" else form()

        def saved(values: dict[str, Any]) -> HttpResponse:
            save(row, values, viewer)
            messages.success(request, said)
            return redirect("actions:action", row.pk)

        return form_page(
            request,
            given,
            title=WORDS[step],
            save=saved,
            record=row,
            draft_key=f"action-{step.name.lower()}-{row.pk}",
            button=button or WORDS[step],
            intro=f"{row.number}. {row.title}",
            back=reverse("actions:action", args=[row.pk]),
            template="actions/looked_at.html" if step in LOOKING else "pages/form.html",
            context={"action": row, "evidence": evidence},
        )

    return page


def _given(told: Sequence[Told]) -> list[Told]:
    """The evidence in what was told."""
    return [each for each in told if each.kind == Evidence.__name__]


def _evidence(row: ActionItem, given: dict[str, Any], viewer: Viewer) -> object:
    file = given["file"]
    return give_evidence(action=row, words=given["words"], by=viewer, file=file, file_name=file.name if file else "")


def _impact(row: ActionItem, given: dict[str, Any], viewer: Viewer) -> object:
    return check_impact(
        action=row, impact=Impact(given["impact"]), words=given["words"], known_by=given["known_by"], by=viewer
    )


move_page = _step(
    Step.MOVE,
    DueDateForm,
    lambda row, given, viewer: move_due_date(action=row, to=given["to"], reason=given["reason"], by=viewer),
    "The due date is moved. The first one stays beside it.",
)
note_page = _step(
    Step.NOTE,
    ProgressForm,
    lambda row, given, viewer: note_progress(action=row, words=given["words"], by=viewer),
    "Your note is on the action.",
    "Save the note",
)
evidence_page = _step(Step.GIVE_EVIDENCE, EvidenceForm, _evidence, "The evidence is on the action.")
close_page = _step(
    Step.CLOSE,
    CloseForm,
    lambda row, given, viewer: close(action=row, words=given["words"], impact_due_on=given["impact_due_on"], by=viewer),
    "The action is closed.",
)
verify_page = _step(
    Step.VERIFY,
    VerifyForm,
    lambda row, given, viewer: verify(action=row, words=given["words"], by=viewer),
    "The action is verified.",
)
impact_page = _step(Step.CHECK_IMPACT, ImpactForm, _impact, "The impact is noted.", "Save")
reopen_page = _step(
    Step.REOPEN,
    ReopenForm,
    lambda row, given, viewer: reopen(action=row, reason=given["reason"], by=viewer),
    "The action is open again.",
)


@door(Module.ACTIONS, Action.CHANGE)
def change_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is agreed. Not the first due date; the due date has a page of its own, which asks why."""
    viewer = viewer_from(request)
    row: Any = get_object_or_404(to_change(viewer), pk=pk)
    if Step.CHANGE not in open_steps(row, facts_of(row, frozenset()), viewer):
        raise Http404
    names = ("title", "words", "measure_of_success", "priority", "risk", "sensitivity", "version")
    initial = {name: getattr(row, name) for name in names}
    initial |= {"agency": row.agency_id, "owner": row.owner_id}
    initial |= {"contributing": row.contributing_keys, "themes": row.theme_keys}
    form = ActionForm(request.POST or None, viewer=viewer, initial=initial)

    def saved(given: dict[str, Any]) -> HttpResponse:
        change_action(action=row, agreed=agreed_of(given), version=given["version"] or 0, by=viewer)
        messages.success(request, "The action is changed.")
        return redirect("actions:action", row.pk)

    return form_page(
        request,
        form,
        title=f"Change action {row.number}",
        save=saved,
        record=row,
        draft_key=f"action-change-{row.pk}",
        back=reverse("actions:action", args=[row.pk]),
    )


def agreed_of(given: dict[str, Any]) -> Agreed:
    """What the form says is agreed."""
    return Agreed(
        title=given["title"],
        agency=given["agency"],
        words=given["words"],
        measure_of_success=given["measure_of_success"],
        owner=given["owner"],
        contributing=list(given["contributing"]),
        themes=list(given.get("themes") or ()),
        priority=Priority(given["priority"]),
        risk=Risk(given["risk"]),
        sensitivity=Sensitivity(given["sensitivity"]),
    )
