"""Journeys: a long form as question pages, one thing a page, with all answers to check before sending.

Answers are kept as the user's draft until they are sent: one may stop anywhere and come back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.errors import Problem

Answers = Mapping[str, dict[str, Any]]
"""What was cleaned, by step and field. A step that was not needed, or was left out, is not in it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question page.

    `needed(answers so far)` says whether it is asked at all. An `optional` one may be left out: it is offered where the
    answers are checked, as "Add `more`". `problems(viewer, answers, this one's too)` says what does not fit together;
    each problem is put beside the field it names.
    """

    key: str
    title: str
    form: type[forms.Form]
    hint: str = ""
    needed: Callable[[Answers], bool] = lambda answers: True
    optional: bool = False
    problems: Callable[[Viewer, Answers], Sequence[Problem]] = lambda viewer, answers: ()


@dataclass(frozen=True)
class Journey:
    """What an area declares of a long form. Each function is given the keys of the journey's address as well.

    `start(request, **keys)` gives what the journey is about, in words ("" for nothing), or raises Http404.
    `finish(request, answers, **keys)` does it all in one transaction and answers with a redirect; a BadInput it raises
    is shown on the page that checks the answers, and leads to the step that a problem names ("step" or "step.field").

    `in_order`: one question leads to the next, and the last to the check, without going back to the list of tasks.
    `sent_once_by`: the key of the address (a uuid, new for each time the journey is begun) under which it can be sent
    once and never again, whatever somebody goes back to. Without it the same address may be walked anew.
    `called(answers)`: whom or what it turned out to be about: shown above the questions and in the name of the draft.
    `beginning(request, **keys)`: what is known before anything is typed, by step and field.
    `at_the_check(request, answers, posted, **keys)`: a form to fill in where the answers are checked, or None; `posted`
    is None before it is sent. `check_template` shows it, else its fields are shown one below the other.
    """

    key: str
    title: str
    module: Module
    action: Action
    steps: Sequence[Step]
    finish: Callable[..., HttpResponse]
    start: Callable[..., str] = lambda request, **keys: ""
    send: str = "Send"
    intro: str = ""
    in_order: bool = False
    sent_once_by: str = ""
    called: Callable[[Answers], str] = lambda answers: ""
    beginning: Callable[..., Mapping[str, Mapping[str, Any]]] = lambda request, **keys: {}
    at_the_check: Callable[..., forms.Form | None] = lambda request, answers, posted, **keys: None
    check_template: str = "pages/fields.html"
