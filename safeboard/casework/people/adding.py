"""Adding a person: the questions in their order, and what is made of the answers, all at once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from django.db import transaction

from safeboard.casework.people import services
from safeboard.casework.people.codes import IdentifierKind, PersonKind
from safeboard.casework.people.forms import LanguageForm
from safeboard.casework.people.forms_of_adding import (
    BirthKnownForm,
    CloseForm,
    ContactForm,
    ExpectedForm,
    HomeForm,
    NumbersForm,
    WhoForm,
)
from safeboard.casework.people.models import Person
from safeboard.casework.people.rules import born_about, problems_of_birth
from safeboard.casework.people.search_first import Searched
from safeboard.casework.people.selectors import day_of
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.pages.steps import Answers, Step

UNBORN: Final = PersonKind.UNBORN


def _born(said: Answers) -> bool:
    return bool(said.get("who")) and said["who"]["kind"] != UNBORN


def _expected(said: Answers) -> bool:
    return bool(said.get("who")) and said["who"]["kind"] == UNBORN


def _named(viewer: Viewer, said: Answers) -> Sequence[Problem]:
    if said["who"]["given"] or said["who"]["family"]:
        return ()
    return [Problem("Give at least one name.", 'For an unborn child write "Unborn".', element="given")]


def _birth(viewer: Viewer, said: Answers) -> Sequence[Problem]:
    """What is wrong with the days, beside the field that was filled in."""
    given = birth_of(viewer, said)
    days = (given["born_on"], given["expected_on"])
    problems = problems_of_birth(PersonKind(said["who"]["kind"]), *days, day_of(viewer))
    by_age = said.get("birth", {}).get("age") is not None
    return [replace(each, element="age") if by_age else _beside_a_day(each) for each in problems]


def _beside_a_day(problem: Problem) -> Problem:
    return replace(problem, element="born_on") if problem.element == "kind" else problem


def birth_of(viewer: Viewer, said: Answers) -> dict[str, Any]:
    """The answers about birth as they are kept: an age is an estimated day."""
    given = {"born_on": None, "born_estimated": False, "expected_on": None, "sex": "U", **said.get("birth", {})}
    age = given.pop("age", None)
    if age is not None:
        given |= {"born_on": born_about(age, day_of(viewer)), "born_estimated": True}
    return {**given, **said.get("expected", {})}


def _reviewed_later(viewer: Viewer, said: Answers) -> Sequence[Problem]:
    given = said["contact"]
    if given["kind"] and given["review_on"] <= day_of(viewer):
        return [Problem("The review must be still to come.", "Choose a day after today.", element="review_on")]
    return ()


STEPS: Final = (
    Step("who", "Who it is", WhoForm, problems=_named, hint="What is not known can be left empty."),
    Step("birth", "Birth and sex", BirthKnownForm, needed=_born, problems=_birth),
    Step("expected", "Expected birth", ExpectedForm, needed=_expected, problems=_birth),
    Step("numbers", "Numbers", NumbersForm, hint="NHS number, pupil number, your own.", needed=_born, optional=True),
    Step("home", "Address", HomeForm, optional=True),
    Step("language", "Language and interpreter", LanguageForm, needed=_born, optional=True),
    Step(
        "contact",
        "Safe contact",
        ContactForm,
        hint="What to know before writing, telephoning or visiting.",
        optional=True,
        problems=_reviewed_later,
    ),
    Step("close", "Who may see it", CloseForm, hint="If it must be kept close.", optional=True),
)


def name_in(said: Answers) -> str:
    """The name as far as it is typed, "" where it is not."""
    who = said.get("who", {})
    return " ".join(part for part in (who.get("given", ""), who.get("family", "")) if part)


@transaction.atomic
def add_all(*, said: Answers, searched: Searched | None, by: Viewer) -> Person:
    """The new record with all its parts, or none of it. BadInput names the step, and the field in it."""
    with _of_step("who", born_on="birth.born_on", expected_on="expected.expected_on", sensitivity="close.sensitivity"):
        person = services.add_person(
            **said["who"], **birth_of(by, said), **said.get("close", {}), searched=searched, by=by
        )
    _add_numbers(person, said.get("numbers", {}), by)
    if said.get("home", {}).get("lines"):
        with _of_step("home"):
            services.add_address(person=person, **said["home"], by=by)
    if "language" in said:
        with _of_step("language"):
            services.change_background(
                person=person, ethnicity=person.ethnicity, disabilities=person.disabilities, **said["language"], by=by
            )
    if said.get("contact", {}).get("kind"):
        with _of_step("contact"):
            services.add_warning(person=person, **said["contact"], by=by)
    return person


def _add_numbers(person: Person, given: Mapping[str, str], by: Viewer) -> None:
    for kind in (IdentifierKind.NHS, IdentifierKind.UPN, IdentifierKind.LOCAL):
        if value := given.get(kind.value):
            issuer = by.seat.agency if kind == IdentifierKind.LOCAL else None
            with _of_step("numbers", value=f"numbers.{kind.value}"):
                services.add_identifier(person=person, kind=kind, value=value, issuer=issuer, by=by)


@contextmanager
def _of_step(step: str, **places: str) -> Iterator[None]:
    """Name the step, and the field in it, in what a service refuses."""
    try:
        yield
    except BadInput as wrong:
        named = [
            replace(each, element=places.get(each.element, f"{step}.{each.element}")) if each.element else each
            for each in wrong.problems
        ]
        raise BadInput(named) from None
