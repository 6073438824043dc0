"""The steps of a journey as they stand for one user: what is answered, what is wrong, what is still to be asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.columns import in_words
from safeboard.foundation.pages.forms import show_problems
from safeboard.foundation.pages.plain_words import speak_plainly
from safeboard.foundation.pages.posted import typed, words_of
from safeboard.foundation.pages.steps import Answers, Journey, Step

Typed = Mapping[str, Sequence[str]]
"""Names and texts as a browser posts them; those of a step begin with its key and a hyphen."""

NOTHING = "Not known"


@dataclass(frozen=True, slots=True)
class Task:
    """A step as it stands: `form` holds what was answered; `done` says that all of it may be sent."""

    step: Step
    form: forms.Form
    begun: bool
    done: bool

    @property
    def settled(self) -> bool:
        """Nothing about it stands in the way of sending."""
        return self.done or self.left_out

    @property
    def left_out(self) -> bool:
        return self.step.optional and not self.begun

    @property
    def state(self) -> str:
        if self.left_out:
            return "Optional"
        return "Completed" if self.done else "In progress" if self.begun else "Not started yet"

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Each question with its answer in words."""
        said = [
            (str(field.label), words_of(field, typed(field.field.widget, field.html_name, self.form.data)))  # type: ignore[arg-type]
            for field in self.form.visible_fields()
        ]
        return [(label, NOTHING if words == in_words(None) else words or NOTHING) for label, words in said]


@dataclass(frozen=True)
class Tasks:
    """All steps that are needed by what is answered so far, in order, and what was answered."""

    tasks: Sequence[Task]
    answers: Answers

    @property
    def ready(self) -> bool:
        return all(task.settled for task in self.tasks)

    @property
    def next(self) -> Task | None:
        """The first that still stands in the way."""
        return next((task for task in self.tasks if not task.settled), None)

    def task(self, key: str) -> Task | None:
        return next((task for task in self.tasks if task.step.key == key), None)


def tasks_of(journey: Journey, kept: Typed, known: Mapping[str, Mapping[str, Any]], viewer: Viewer) -> Tasks:
    """The tasks, as what is `kept` answers them; `known` is what their forms begin with."""
    answers: dict[str, dict[str, Any]] = {}
    tasks = []
    for step in journey.steps:
        if not step.needed(answers):
            continue
        task = _task(step, kept, known.get(step.key, {}), lambda step, form: _fits(step, form, answers, viewer))
        if task.done and not task.left_out:
            answers[step.key] = task.form.cleaned_data
        tasks.append(task)
    return Tasks(tasks, answers)


def _task(step: Step, kept: Typed, known: Mapping[str, Any], fits: Callable[[Step, forms.Form], bool]) -> Task:
    mine = of_step(step.key, kept)
    if mine:
        data = QueryDict(mutable=True)
        for name, texts in mine.items():
            data.setlist(name, list(texts))
        form = form_of(step, data, known)
        if not (step.optional and not form.has_changed()):
            return Task(step, form, begun=True, done=fits(step, form))
    return Task(step, form_of(step, None, known), begun=False, done=False)


def _fits(step: Step, form: forms.Form, before: Answers, viewer: Viewer) -> bool:
    """Whether the form is right in itself and beside the answers before it; what is not is put beside its field."""
    if form.is_valid():
        problems = step.problems(viewer, {**before, step.key: form.cleaned_data})
        if problems:
            show_problems(form, BadInput(problems))
    return form.is_valid()


def form_of(step: Step, data: QueryDict | None, known: Mapping[str, Any]) -> forms.Form:
    """The step's form, speaking plainly, beginning with what is known."""
    form = step.form(data, prefix=step.key, initial=dict(known))
    speak_plainly(form)
    return form


def of_step(key: str, kept: Typed) -> dict[str, Sequence[str]]:
    """What was typed in one step."""
    return {name: texts for name, texts in kept.items() if name.startswith(f"{key}-")}


def with_step(key: str, kept: Typed, mine: Typed) -> dict[str, Sequence[str]]:
    """All that is kept, the answers of one step being replaced by `mine`."""
    others = {name: texts for name, texts in kept.items() if not name.startswith(f"{key}-")}
    # A step of boxes left empty posts nothing at all: it was answered all the same.
    return {**others, f"{key}-": [], **of_step(key, mine)}
