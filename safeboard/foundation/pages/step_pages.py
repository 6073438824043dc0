"""The pages of a journey: the list of tasks, a page for each question, and the check before sending."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages import drafts, posted_once
from safeboard.foundation.pages.step_tasks import Task, Tasks, Typed, tasks_of, with_step
from safeboard.foundation.pages.steps import Journey

KEPT = "Your answers are kept. They are on your first page until you send them."


def journey_urls(journey: Journey, at: str = "") -> list[URLPattern]:
    """The addresses of a journey below `at`, its doors in them: the list of tasks is named by its key."""

    def page(show: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @never_cache  # going back shows what is kept, and what was sent is seen to be
        @door(journey.module, journey.action)
        def of_journey(request: HttpRequest, step: str = "", **keys: Any) -> HttpResponse:
            walk = _Walk(journey, request, keys)
            return walk.sent_before() or (show(walk, step) if step else show(walk))

        return of_journey

    return [
        path(at, page(_Walk.tasks_page), name=journey.key),
        path(f"{at}check/", page(_Walk.check_page), name=f"{journey.key}-check"),
        path(f"{at}step/<slug:step>/", page(_Walk.step_page), name=f"{journey.key}-step"),
    ]


class _Walk:
    """One user on one journey."""

    def __init__(self, journey: Journey, request: HttpRequest, keys: Mapping[str, Any]) -> None:
        self.journey, self.request, self.keys = journey, request, keys
        self.viewer: Viewer = viewer_from(request)
        self.subject = journey.start(request, **keys)
        self.draft_key = ":".join([f"journey {journey.key}", *map(str, keys.values())])
        self.draft = drafts.draft_of(self.viewer, self.draft_key)
        route = request.resolver_match.route if request.resolver_match else ""
        tail = next((end for end in ("step/<slug:step>/", "check/") if route.endswith(end)), "")
        self.home = request.path.rsplit("step/" if tail.startswith("step") else tail, 1)[0] if tail else request.path

    @cached_property
    def known(self) -> Mapping[str, Mapping[str, Any]]:
        return self.journey.beginning(self.request, **self.keys)

    @cached_property
    def tasks(self) -> Tasks:
        return self._tasks(self.draft.typed if self.draft else {})

    def _tasks(self, kept: Typed) -> Tasks:
        return tasks_of(self.journey, kept, self.known, self.viewer)

    @property
    def once(self) -> str:
        """The token under which it is sent once: its own address's where each walk has one, else the page's."""
        if self.journey.sent_once_by:
            return str(self.keys[self.journey.sent_once_by])
        return self.request.POST.get(posted_once.ONCE, "")

    def sent_before(self) -> HttpResponse | None:
        """Where it led, if this very walk was sent already: somebody went back, or posted twice."""
        if not self.journey.sent_once_by:
            return None
        led = posted_once.led_to(self.once, self.viewer.user)
        return self._told(led) if led else None

    def _told(self, led: str) -> HttpResponse:
        messages.info(self.request, posted_once.SENT_BEFORE)
        return redirect(led)

    def tasks_page(self) -> HttpResponse:
        if self.journey.in_order and self.draft is None:
            return redirect(self._at_step(self.tasks.tasks[0]))
        return self._render("journey", {"done": sum(task.done for task in self.tasks.tasks)})

    def step_page(self, key: str) -> HttpResponse:
        task = self.tasks.task(key)
        if task is None:
            raise Http404
        if self.request.method != "POST":
            return self._step(task)
        kept = with_step(key, self.draft.typed if self.draft else {}, dict(self.request.POST.lists()))
        self.tasks = self._tasks(kept)
        self.draft = drafts.keep(key=self.draft_key, title=self._title, path=self.home, typed=kept, by=self.viewer)
        if drafts.LATER in self.request.POST:
            messages.success(self.request, KEPT)
            return redirect("home")
        task = self.tasks.task(key)
        if task and not task.settled:
            return self._step(task)
        return redirect(self._next())

    def _next(self) -> str:
        """After a good answer: where one came from to change it, the next question, or the list of tasks."""
        if not self.journey.in_order and "check" not in self.request.GET:
            return self.home
        waiting = self.tasks.next
        return f"{self.home}check/" if waiting is None else self._at_step(waiting)

    def _at_step(self, task: Task) -> str:
        return f"{self.home}step/{task.step.key}/"

    def _step(self, task: Task) -> HttpResponse:
        part = f"{task.step.key}-"
        ticket = drafts.ticket(self.viewer, key=self.draft_key, title=self._title, path=self.home, part=part)
        return self._render(
            "journey_step", {"task": task, "form": task.form, "ticket": ticket, "back": self._back(task)}
        )

    def _back(self, task: Task) -> tuple[str, str]:
        """Where a question leads back to, and its words."""
        if "check" in self.request.GET:
            return f"{self.home}check/", "Check your answers"
        if not self.journey.in_order:
            return self.home, "All tasks"
        before = self.tasks.tasks[: [each.step.key for each in self.tasks.tasks].index(task.step.key)]
        asked = [each for each in before if not each.left_out]
        return (self._at_step(asked[-1]), "Back") if asked else ("", "")

    def check_page(self) -> HttpResponse:
        if not self.tasks.ready:
            messages.info(self.request, "Some of it is not answered yet.")
            return redirect(self._next() if self.journey.in_order else self.home)
        posted = self.request.POST if self.request.method == "POST" else None
        last = self.journey.at_the_check(self.request, self.tasks.answers, posted, **self.keys)
        if posted is None or (last and not last.is_valid()):
            return self._check(last)
        with transaction.atomic():
            sent = posted_once.claim(self.once, self.viewer.user, self.viewer.at)
            return self._told(sent.answer) if sent and sent.answer else self._send(last, sent)

    def _send(self, last: forms.Form | None, sent: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                answer = self.journey.finish(self.request, self.tasks.answers, **self.keys)
        except BadInput as wrong:
            transaction.set_rollback(True)
            return self._check(last, wrong)
        if sent:
            posted_once.remember(sent, answer)
        drafts.forget(key=self.draft_key, by=self.viewer)
        return answer

    def _check(self, last: forms.Form | None, wrong: BadInput | None = None) -> HttpResponse:
        problems = (
            [(f"{each.message} {each.remedy}".strip(), self._place(each.element)) for each in wrong.problems]
            if wrong
            else []
        )
        once = posted_once.new_token(self.request.POST.get(posted_once.ONCE, ""))
        more = [task for task in self.tasks.tasks if task.left_out]
        return self._render("journey_check", {"once": once, "problems": problems, "last": last, "more": more})

    def _place(self, element: str) -> str:
        """The page on which a problem is mended."""
        task = self.tasks.task(element.partition(".")[0])
        return f"{self._at_step(task)}?check=1" if task else ""

    @property
    def about(self) -> str:
        return self.subject or self.journey.called(self.tasks.answers)

    @property
    def _title(self) -> str:
        return f"{self.journey.title}: {self.about}" if self.about else self.journey.title

    def _render(self, name: str, context: Mapping[str, Any]) -> HttpResponse:
        tasks = self.tasks
        shown = {"journey": self.journey, "about": self.about, "home": self.home, "tasks": tasks.tasks, **context}
        return render(self.request, f"pages/{name}.html", {"ready": tasks.ready, **shown})
