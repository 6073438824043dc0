"""The trial area's pages: a register, a record and a form, each through the shared machinery."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.pages.confirming import confirm_page
from safeboard.foundation.pages.fields import DayField, DaySpanFilter
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, Happening, record_page
from safeboard.foundation.pages.registers import Column, Register, register_urls
from tests.pages.trial.models import Stage, Task


class TaskFilters(django_filters.FilterSet):  # type: ignore[misc]
    stage = django_filters.MultipleChoiceFilter(
        label="Stage", choices=Stage.choices, widget=forms.CheckboxSelectMultiple
    )
    due = DaySpanFilter(field_name="due_on", label="Due")


def tasks(viewer: Viewer, action: Action) -> QuerySet[Task]:
    return visible(Task.objects.select_related("owner", "agency"), viewer, action)


REGISTER = Register(
    key="tasks",
    title="Tasks",
    one="task",
    module=Module.ACTIONS,
    kind="task",
    rows=tasks,
    columns=(
        Column("title", "Title", lambda row: row.title, ("title",), opens=True),
        Column("owner", "Owner", lambda row: row.owner.name, ("owner__name",)),
        Column("agency", "Agency", lambda row: row.agency.name, known=True),
        Column("stage", "Stage", lambda row: Stage(row.stage), ("stage",), tag=lambda row: COLOURS[row.stage]),
        Column("due", "Due", lambda row: row.due_on, ("due_on",)),
        Column("cost", "Cost", lambda row: row.cost, ("cost",), numeric=True),
        Column("note", "Note", lambda row: row.note, export_only=True),
    ),
    filters=TaskFilters,
    search=lambda rows, words: rows.filter(title__icontains=words),
    search_label="Search by title",
    order="due",
    record="task",
    add="task-add",
    empty="Tasks are added when a meeting decides on them.",
    intro="What was agreed and who does it.",
)
COLOURS = {Stage.OPEN: "", Stage.LATE: "red", Stage.DONE: "green"}
REGISTER_URLS = register_urls(REGISTER)


class TaskForm(forms.Form):
    title = forms.CharField(label="Title", max_length=100)
    stage = forms.ChoiceField(label="Stage", choices=Stage.choices, widget=forms.RadioSelect)
    due_on = DayField(label="Due", required=False, help_text="For example 27 3 2026.")
    cost = forms.IntegerField(label="Cost in pounds", min_value=0, required=False)
    note = forms.CharField(label="Note", max_length=4000, required=False, widget=forms.Textarea)
    urgent = forms.BooleanField(label="It is urgent", required=False)


@door(Module.ACTIONS, Action.OPEN)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(tasks(viewer_from(request), Action.OPEN), pk=pk)
    change = reverse("task-change", args=[pk])
    rows = (("Title", task.title, change), ("Due", task.due_on, change), ("Note", task.note, ""))
    return record_page(
        request,
        kind="task",
        record=task,
        title=task.title,
        facts=(("Owner", task.owner.name), ("Stage", Stage(task.stage))),
        warnings=("Do not telephone the home number.",) if task.stage == Stage.LATE else (),
        cards=(Card("What is to be done", rows), Card("Money", (("Cost", task.cost, ""),))),
        timeline=(Happening(task.due_on, "Due", task.owner.name, "As the board agreed.") for _ in "1" if task.due_on),
        buttons=(Button("Change", change, main=True),),
    )


@door(Module.ACTIONS, Action.ADD)
def add(request: HttpRequest) -> HttpResponse:
    viewer = viewer_from(request)

    def save(given: dict[str, Any]) -> HttpResponse:
        _refuse_dear(given)
        made = Task.objects.create(
            area_id=viewer.area_id,
            agency=viewer.seat.agency,
            owner=viewer.user,
            title=given["title"],
            stage=given["stage"],
            due_on=given["due_on"],
            cost=given["cost"] or 0,
            note=given["note"],
        )
        return redirect("task", made.pk)

    form = TaskForm(request.POST or None)
    return form_page(request, form, title="Add a task", save=save, draft_key="task", back=reverse("tasks"))


@door(Module.ACTIONS, Action.CHANGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(tasks(viewer_from(request), Action.CHANGE), pk=pk)

    def save(given: dict[str, Any]) -> HttpResponse:
        _refuse_dear(given)
        fields = ("title", "stage", "due_on", "note")
        Task.objects.filter(pk=pk).update(**{name: given[name] for name in fields}, cost=given["cost"] or 0)
        return redirect("task", pk)

    known = {name: getattr(task, name) for name in ("title", "stage", "due_on", "cost", "note")}
    form = TaskForm(request.POST or None, initial=known)
    return form_page(
        request,
        form,
        title="Change the task",
        save=save,
        record=task,
        draft_key="task",
        back=reverse("task", args=[pk]),
    )


@door(Module.ACTIONS, Action.CHANGE)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(tasks(viewer_from(request), Action.CHANGE), pk=pk)

    done = task.stage == Stage.DONE

    def act() -> str:
        if task.stage == Stage.LATE:
            raise BadInput(Problem("It is not open.", "See what has become of it."))
        Task.objects.filter(pk=pk).update(stage=Stage.OPEN if done else Stage.DONE)
        return "The task is open." if done else "The task is done."

    return confirm_page(
        request,
        title="Open the task again" if done else "Finish the task",
        button="Open it again" if done else "Finish it",
        act=act,
        intro=f"{task.title} is then done.",
        back=reverse("task", args=[pk]),
    )


def _refuse_dear(given: dict[str, Any]) -> None:
    if (given["cost"] or 0) > 1000:
        raise BadInput(Problem("The cost is above a thousand pounds.", "Ask the board first.", element="cost"))
