"""What stands in a copy instead: of the same shape, the same for the same, never real; every rule is carried out."""

import re
from datetime import date, timedelta
from itertools import islice

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, DateField, ForeignKey, TextField
from hypothesis import given
from hypothesis import strategies as st

from safeboard.casework.people.codes import IdentifierKind
from safeboard.casework.people.models import Household, Person
from safeboard.casework.people.rules import checked_identifier
from safeboard.foundation.keeping.classes import PersonalData
from safeboard.foundation.keeping.scrubbing import (
    MOST_WEEKS,
    SHORT,
    TELEPHONES,
    Scrubber,
    filler,
    nhs_numbers_for_tests,
)
from safeboard.site.house.scrubbing import DEALT, SHAPES, UNDECLARED, Rules, declared_tables, scrubbed_fields

SCRUBBER = Scrubber(b"s" * 32, frozenset())
RULES = Rules(SCRUBBER, {})
LEFT_AS_THEY_ARE = {PersonalData.NOTHING, PersonalData.KEY, PersonalData.SPECIAL}


# Completeness


def test_every_class_that_is_declared_has_a_rule_and_every_rule_a_field() -> None:
    declared = {kind for _, kept in declared_tables() for kind in kept.fields.values()}
    assert declared == set(PersonalData)
    assert {kind for kind in PersonalData if RULES.of(kind) is None} == LEFT_AS_THEY_ARE
    used = {kept.fields[field.name] for model, kept in declared_tables() for field in scrubbed_fields(model, kept)}
    assert used == set(PersonalData) - LEFT_AS_THEY_ARE


def test_every_field_by_which_somebody_is_reached_has_a_shape_and_every_shape_a_field() -> None:
    reached = {
        name
        for _, kept in declared_tables()
        if kept.copied
        for name, kind in kept.fields.items()
        if kind is PersonalData.CONTACT
    }
    assert set(SHAPES) == reached


def test_every_date_of_somebody_has_somebody_whose_it_is() -> None:
    without = [
        model._meta.label
        for model, kept in declared_tables()
        if kept.copied and PersonalData.DATE in kept.fields.values()
        if model not in (Person, Household) and "person" not in kept.fields
    ]
    assert without == []
    others = [
        (model._meta.label, field.name)
        for model, kept in declared_tables()
        for field in model._meta.concrete_fields
        if kept.fields[field.name] is PersonalData.DATE and not isinstance(field, DateField)
    ]
    assert others == []


def test_what_is_special_and_kept_is_a_code_or_dealt_out() -> None:
    free = [
        (model._meta.label, field.name)
        for model, kept in declared_tables()
        for field in model._meta.concrete_fields
        if kept.copied and kept.fields[field.name] is PersonalData.SPECIAL
        if isinstance(field, CharField | TextField) and not field.choices
        if not (model is Person and field.name in DEALT)
    ]
    assert free == []


def test_no_row_that_is_copied_needs_one_that_is_not() -> None:
    left = {model for model, kept in declared_tables() if not kept.copied}
    need = [
        (model._meta.label, field.name)
        for model, kept in declared_tables()
        for field in model._meta.concrete_fields
        if kept.copied and isinstance(field, ForeignKey) and field.related_model in left and not field.null
    ]
    assert need == []


@pytest.mark.django_db
def test_every_table_of_the_database_is_declared_or_named() -> None:
    known = {model._meta.db_table for model, _ in declared_tables()}
    known |= {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.auto_created}
    trial = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("tests.")}
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    assert there - known - trial == set(UNDECLARED)


# What is made


@pytest.mark.parametrize(
    "name", ["Anna Maria", "O'Brien-Smith", "van der Berg", "ÓLAFSDÓTTIR", "Ольга", "12 High Street"]
)
def test_a_name_keeps_length_case_and_signs_and_nothing_else(name: str) -> None:
    made = SCRUBBER.words(name)
    assert (len(made), [sign.isupper() for sign in made]) == (len(name), [sign.isupper() for sign in name])
    assert [sign for sign in made if not sign.isalnum()] == [sign for sign in name if not sign.isalnum()]
    assert not set(made.casefold().split()) & {each for each in name.casefold().split() if len(each) > SHORT}


def test_the_same_name_is_the_same_everywhere_and_another_with_another_secret() -> None:
    assert SCRUBBER.words("Anna Vane").split()[1] == SCRUBBER.words("VANE").capitalize()
    assert SCRUBBER.words("Anna Vane") != Scrubber(b"t" * 32, frozenset()).words("Anna Vane")


def test_no_invented_word_is_one_of_an_original() -> None:
    first = SCRUBBER.words("Vane").casefold()
    assert Scrubber(b"s" * 32, frozenset({first})).words("Vane").casefold() != first


def test_what_reaches_somebody_reaches_nobody() -> None:
    assert SCRUBBER.email("jane@police.example").endswith("@copy.invalid")
    assert SCRUBBER.telephone("024 7683 1234").startswith(TELEPHONES)
    assert re.fullmatch("ZZ[0-9] [0-9][A-Z]{2}", SCRUBBER.postcode("CV1 2AB"))
    assert re.fullmatch("Z[0-9] [0-9][A-Z]{2}", SCRUBBER.postcode("B1 1AA"))
    assert (SCRUBBER.property_number("100070")[:3], len(SCRUBBER.property_number("100070"))) == ("999", 12)
    assert [SCRUBBER.email(""), SCRUBBER.telephone(""), SCRUBBER.postcode(""), SCRUBBER.property_number("")] == [""] * 4


def test_what_an_original_has_is_not_made_even_where_it_cannot_be_real() -> None:
    first = SCRUBBER.telephone("024 7683 1234")
    other = Scrubber(b"s" * 32, frozenset(), lambda text: text == first).telephone("024 7683 1234")
    assert (other != first, other.startswith(TELEPHONES)) == (True, True)


def test_numbers_are_valid_each_once_and_none_can_be_real() -> None:
    made = list(islice(nhs_numbers_for_tests(), 3_000))
    assert (
        all(checked_identifier(IdentifierKind.NHS, number) == number for number in made),
        len(set(made)),
        {number[:3] for number in made},
    ) == (True, 3_000, {"999"})


@given(st.dates(min_value=date(1900, 1, 1)), st.integers())
def test_days_move_back_by_whole_weeks(day: date, person: int) -> None:
    moved = day - SCRUBBER.earlier(day, person)
    assert timedelta(weeks=1) <= moved <= timedelta(weeks=MOST_WEEKS)
    assert moved.days % 7 == 0
    assert SCRUBBER.earlier(day + timedelta(days=30), person) - SCRUBBER.earlier(day, person) == timedelta(days=30)


@given(st.text(min_size=0, max_size=300))
def test_filler_is_as_long_as_what_stood_there(text: str) -> None:
    made = filler("Words of an action 12", text)
    assert len(text) - 1 <= len(made) <= len(text)
    assert bool(made) == bool(text)
