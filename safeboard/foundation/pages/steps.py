"""Journeys: a long form as a list of tasks, one question page at a time, with all answers to check before sending.

Answers are kept as the user's draft until they are sent: one may stop anywhere and come back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages import drafts, posted_once
from safeboard.foundation.pages.plain_words import speak_plainly
from safeboard.foundation.pages.posted import typed, words_of

Answers = Mapping[str, dict[str, Any]]
"""What was cleaned, by step and field. A step that was not needed is not in it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question page. `needed(answers so far)` says whether it is asked at all."""

    key: str
    title: str
    form: type[forms.Form]
    hint: str = ""
    needed: Callable[[Answers], bool] = lambda answers: True


@dataclass(frozen=True)
class Journey:
    """What an area declares of a long form.

    `start(viewer, **keys)` gives what the journey is about, in words, or raises Http404: the keys are those of its
    address. `finish(viewer, answers, **keys)` does it all in one transaction and answers with a redirect; a BadInput
    it raises is shown on the page that checks the answers.
    """

    key: str
    title: str
    module: Module
    action: Action
    steps: Sequence[Step]
    finish: Callable[..., HttpResponse]
    start: Callable[..., str] = lambda viewer, **keys: ""
    send: str = "Send"
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A step as it stands: `form` holds what was answered; `done` says that all of it may be sent."""

    step: Step
    form: forms.Form
    begun: bool
    done: bool

    @property
    def state(self) -> str:
        return "Completed" if self.done else "In progress" if self.begun else "Not started yet"

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [
            (str(field.label), words_of(field, typed(field.field.widget, field.html_name, self.form.data)))  # type: ignore[arg-type]
            for field in self.form.visible_fields()
        ]


def journey_urls(journey: Journey) -> list[URLPattern]:
    """The addresses of a journey, its doors in them: the list of tasks is named by its key."""

    def page(show: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @door(journey.module, journey.action)
        def of_journey(request: HttpRequest, step: str = "", **keys: Any) -> HttpResponse:
            return show(_Walk(journey, request, keys), step) if step else show(_Walk(journey, request, keys))

        return of_journey

    return [
        path("", page(_Walk.tasks_page), name=journey.key),
        path("check/", page(_Walk.check_page), name=f"{journey.key}-check"),
        path("step/<slug:step>/", page(_Walk.step_page), name=f"{journey.key}-step"),
    ]


class _Walk:
    """One user on one journey."""

    def __init__(self, journey: Journey, request: HttpRequest, keys: Mapping[str, Any]) -> None:
        self.journey, self.request, self.keys = journey, request, keys
        self.viewer: Viewer = viewer_from(request)
        self.about = journey.start(self.viewer, **keys)
        self.draft_key = ":".join([f"journey {journey.key}", *map(str, keys.values())])
        self.draft = drafts.draft_of(self.viewer, self.draft_key)
        route = request.resolver_match.route if request.resolver_match else ""
        tail = next((end for end in ("step/<slug:step>/", "check/") if route.endswith(end)), "")
        self.home = request.path.rsplit("step/" if tail.startswith("step") else tail, 1)[0] if tail else request.path

    @property
    def tasks(self) -> list[Task]:
        """The steps that are needed by what is answered so far, each with its form as answered."""
        answers: dict[str, dict[str, Any]] = {}
        tasks = []
        for step in self.journey.steps:
            if not step.needed(answers):
                continue
            task = self._task(step)
            if task.done:
                answers[step.key] = task.form.cleaned_data
            tasks.append(task)
        return tasks

    def _task(self, step: Step) -> Task:
        kept = self.draft.typed if self.draft else {}
        mine = {name: texts for name, texts in kept.items() if name.startswith(f"{step.key}-")}
        if not mine:
            return Task(step, _plain(step.form(prefix=step.key)), begun=False, done=False)
        data = QueryDict(mutable=True)
        for name, texts in mine.items():
            data.setlist(name, texts)
        form = _plain(step.form(data, prefix=step.key))
        return Task(step, form, begun=True, done=form.is_valid())

    def tasks_page(self) -> HttpResponse:
        tasks = self.tasks
        done = sum(task.done for task in tasks)
        context = {"tasks": tasks, "done": done, "ready": done == len(tasks)}
        return self._render("journey", context)

    def step_page(self, key: str) -> HttpResponse:
        task = next((task for task in self.tasks if task.step.key == key), None)
        if task is None:
            raise Http404
        if self.request.method != "POST":
            return self._render("journey_step", {"task": task, "form": task.form})
        form = _plain(task.step.form(self.request.POST, prefix=key))
        self._keep(key)
        if drafts.LATER in self.request.POST:
            messages.success(self.request, "Your answers are kept. They are on your first page until you send them.")
            return redirect("home")
        if not form.is_valid():
            return self._render("journey_step", {"task": task, "form": form})
        return redirect(self.home + ("check/" if "check" in self.request.GET else ""))

    def check_page(self) -> HttpResponse:
        tasks = self.tasks
        if not all(task.done for task in tasks):
            messages.info(self.request, "Some of it is not answered yet.")
            return redirect(self.home)
        if self.request.method != "POST":
            return self._check(tasks)
        with transaction.atomic():
            sent = posted_once.claim(self.request.POST.get(posted_once.ONCE, ""), self.viewer.user, self.viewer.at)
            if sent and sent.answer:
                messages.info(self.request, posted_once.SENT_BEFORE)
                return redirect(sent.answer)
            return self._send(tasks, sent)

    def _send(self, tasks: Sequence[Task], sent: Any) -> HttpResponse:
        answers = {task.step.key: task.form.cleaned_data for task in tasks}
        try:
            with transaction.atomic():
                answer = self.journey.finish(self.viewer, answers, **self.keys)
        except BadInput as wrong:
            transaction.set_rollback(True)
            return self._check(tasks, wrong)
        if sent:
            posted_once.remember(sent, answer)
        drafts.forget(key=self.draft_key, by=self.viewer)
        return answer

    def _check(self, tasks: Sequence[Task], wrong: BadInput | None = None) -> HttpResponse:
        once = posted_once.new_token(self.request.POST.get(posted_once.ONCE, ""))
        return self._render("journey_check", {"tasks": tasks, "once": once, "wrong": wrong})

    def _keep(self, key: str) -> None:
        """Put the answers of one step, checked or not, into the draft."""
        others = self.draft.typed if self.draft else {}
        kept = {name: texts for name, texts in others.items() if not name.startswith(f"{key}-")}
        posted = self.request.POST
        mine = {name: posted.getlist(name) for name in posted if name.startswith(f"{key}-")}
        # A step of boxes left empty posts nothing at all: it was answered all the same.
        mine.setdefault(f"{key}-", [])
        title = f"{self.journey.title}: {self.about}" if self.about else self.journey.title
        drafts.keep(key=self.draft_key, title=title, path=self.home, typed={**kept, **mine}, by=self.viewer)

    def _render(self, name: str, context: Mapping[str, Any]) -> HttpResponse:
        shown = {"journey": self.journey, "about": self.about, "home": self.home, **context}
        return render(self.request, f"pages/{name}.html", shown)


def _plain(form: forms.Form) -> forms.Form:
    speak_plainly(form)
    return form
