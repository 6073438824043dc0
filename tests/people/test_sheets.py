"""A family picture on paper: one sheet while its labels can be read there, else several, and nobody cut in two."""

from datetime import date

import pytest
from hypothesis import given, settings

from safeboard.casework.people.codes import RelationshipKind
from safeboard.casework.people.network_drawing import Drawing, draw
from safeboard.casework.people.network_sheets import READABLE, SMALLEST, Sheet, sheets_of, whole_on
from safeboard.casework.people.selectors import network_of, record_of
from tests.house.synthetic import house
from tests.people.forty import forty
from tests.people.test_network import HIDDEN, ON, TIES, Kind, family

CHAIN = [(number + 1, RelationshipKind.PARENT, number) for number in range(1, 12)]
"""Twelve generations of one each: taller than any sheet."""


def nowhere_whole(drawing: Drawing, sheets: list[Sheet]) -> list[object]:
    return [person.key for person in drawing.people if not any(whole_on(sheet, person) for sheet in sheets)]


@pytest.mark.django_db
def test_forty_are_read_on_two_sheets() -> None:
    here = house()
    viewer = here.viewer("social_worker")
    record = record_of(viewer, forty(here).pk)
    drawing = draw(network_of(viewer, record), record.on)
    sheets = sheets_of(drawing)
    assert len(sheets) == 2
    assert min(sheet.points for sheet in sheets) >= SMALLEST
    assert nowhere_whole(drawing, sheets) == []
    assert (sheets[0].left, sheets[-1].left + sheets[-1].width) == (drawing.left, drawing.left + drawing.width)


def test_a_small_family_has_one_sheet_and_needs_no_others() -> None:
    ties = [(2, Kind.PARENT, 1), *((2, Kind.PARENT, number) for number in range(3, 17))]
    assert sheets_of(draw(family(ties), ON)) == []


def test_many_generations_are_cut_between_two_of_them_and_never_through_one() -> None:
    drawing = draw(family(CHAIN), date(2026, 11, 2))
    sheets = sheets_of(drawing)
    assert len(sheets) > 1
    assert nowhere_whole(drawing, sheets) == []
    assert sheets[0].top == drawing.top
    assert sheets[-1].top + sheets[-1].height == pytest.approx(drawing.top + drawing.height)


@given(TIES, HIDDEN)
@settings(max_examples=150, deadline=None)
def test_everybody_stands_whole_on_a_sheet_and_can_be_read_there(
    ties: list[tuple[int, RelationshipKind, int]], hidden: frozenset[int]
) -> None:
    drawing = draw(family(ties, hidden), ON)
    sheets = sheets_of(drawing)
    assert not sheets or nowhere_whole(drawing, sheets) == []
    assert [sheet for sheet in sheets if sheet.points < READABLE] == []
