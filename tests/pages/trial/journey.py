"""The trial area's journey: a visit told in three steps, one of them only where it is needed."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from safeboard.foundation.access.doors import viewer_from
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.pages.fields import DayField
from safeboard.foundation.pages.step_pages import journey_urls
from safeboard.foundation.pages.steps import Answers, Journey, Step
from tests.pages.trial.models import Task
from tests.pages.trial.pages import tasks


class WhenForm(forms.Form):
    seen_on = DayField(label="Day of the visit")
    hazards = forms.BooleanField(label="There were hazards", required=False)


class HazardsForm(forms.Form):
    which = forms.MultipleChoiceField(
        label="Hazards", choices=[("stairs", "Stairs"), ("fire", "Fire")], widget=forms.CheckboxSelectMultiple
    )


class NoteForm(forms.Form):
    words = forms.CharField(label="What was seen", max_length=100, widget=forms.Textarea)


def start(request: HttpRequest, pk: int = 0) -> str:
    return get_object_or_404(tasks(viewer_from(request), Action.CHANGE), pk=pk).title


def finish(request: HttpRequest, answers: Answers, pk: int = 0) -> HttpResponse:
    hazards = answers["hazards"]["which"] if "hazards" in answers else []
    if "fire" in hazards:
        raise BadInput(Problem("A fire hazard is told by telephone.", "Call first."))
    Task.objects.filter(pk=pk).update(note=f"{answers['note']['words']}; {', '.join(hazards) or 'no hazards'}")
    return redirect("task", pk)


VISIT = Journey(
    key="visit",
    title="A visit",
    module=Module.ACTIONS,
    action=Action.CHANGE,
    start=start,
    finish=finish,
    steps=(
        Step("when", "When it was", WhenForm),
        Step(
            "hazards", "What was dangerous", HazardsForm, needed=lambda said: said.get("when", {}).get("hazards", False)
        ),
        Step("note", "What was seen", NoteForm, hint="In a few words"),
    ),
)
VISIT_URLS = journey_urls(VISIT)
