"""The family network: who is in it, that picture and words tell the same, and that nothing lies on anything else."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import combinations, pairwise
from uuid import UUID

from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from safeboard.casework.people.codes import MUTUAL, PersonKind, RelationshipKind
from safeboard.casework.people.known import Shown
from safeboard.casework.people.models import Relationship
from safeboard.casework.people.network import MOST, Network, generations, network_from
from safeboard.casework.people.network_drawing import LABEL, Drawing, draw, in_lines, width_of
from safeboard.casework.people.network_order import PITCH
from safeboard.casework.people.network_words import NOT_SHOWN, told

ON = date(2026, 11, 2)
Kind = RelationshipKind


def key(number: int) -> UUID:
    return UUID(int=number)


def shown(number: int, sex: str = "U", born: date | None = None) -> Shown:
    kind = PersonKind.CHILD if born and born.year > 2008 else PersonKind.ADULT
    return Shown(key(number), f"Name{number} Ashcombe", kind, sex, born, False, None, None)


def related(ties: Sequence[tuple[int, Kind, int]], over: frozenset[int] = frozenset()) -> list[Relationship]:
    rows = []
    for number, (first, kind, second) in enumerate(ties, 1):
        one, two = sorted((first, second)) if kind in MUTUAL else (first, second)
        row = Relationship(pk=number, person_id=key(one), other_id=key(two), kind=kind, confirmed=number % 3 > 0)
        row.ends_on = date(2020, 1, 1) if number in over else None
        rows.append(row)
    return rows


def family(
    ties: Sequence[tuple[int, Kind, int]], hidden: frozenset[int] = frozenset(), unknown: frozenset[int] = frozenset()
) -> Network:
    """The network of person 1: the people of these ties, `hidden` not opened, `unknown` not even known of."""
    people = {1, *(number for first, _, second in ties for number in (first, second))} - unknown
    known = {
        key(number): None if number in hidden else shown(number, "MFU"[number % 3], date(1950 + 7 * number % 70, 3, 1))
        for number in sorted(people)
    }
    households = {
        1: ("Synthetic home", frozenset(key(number) for number in people if number % 2 and number not in hidden))
    }
    return network_from(key(1), related(ties), known, households, ON)


PEOPLE = st.integers(1, 12)
TIES = st.lists(st.tuples(PEOPLE, st.sampled_from(Kind), PEOPLE), max_size=24).map(
    lambda ties: list({(a, kind, b): None for a, kind, b in ties if a != b})
)
HIDDEN = st.frozensets(st.integers(2, 12), max_size=3)


def in_picture(drawing: Drawing) -> set[int]:
    return {number for line in drawing.lines for number in line.ties}


@given(TIES, HIDDEN, HIDDEN)
@settings(max_examples=150, deadline=None)
def test_picture_and_words_tell_of_the_same_people_and_ties(
    ties: list[tuple[int, Kind, int]], hidden: frozenset[int], unknown: frozenset[int]
) -> None:
    network = family(ties, hidden, unknown - hidden)
    numbers = {tie.number for tie in network.ties}
    assert in_picture(draw(network, ON)) == numbers
    words = [person for generation in told(network, ON) for person in generation.people]
    said = [tie.number for person in words for tie in person.ties]
    assert sorted(said) == sorted([*numbers, *numbers])  # once from each side
    assert len(words) == len(network.members) == len(draw(network, ON).people)


@given(TIES, HIDDEN)
@settings(max_examples=150, deadline=None)
def test_nobody_is_drawn_over_another_and_no_line_over_anybody(
    ties: list[tuple[int, Kind, int]], hidden: frozenset[int]
) -> None:
    network = family(ties, hidden)
    drawing = draw(network, ON)
    for one, other in combinations(drawing.people, 2):
        assert one.y != other.y or abs(one.x - other.x) >= PITCH - 0.01
    for line in drawing.lines:
        for (x1, y1), (x2, y2) in steps_of(line.path):
            for person in drawing.people:
                across = y1 == y2 and person.y + 1 < y1 < foot(person) and min(x1, x2) < person.x < max(x1, x2)
                ends_beside = y1 == person.middle and {x1, x2} & {person.left, person.right}
                beside = x1 == x2 and abs(x1 - person.x) < 40
                down = beside and min(y1, y2) < person.y + 1 and max(y1, y2) > foot(person)
                assert not (across and not ends_beside), (line, person.key)
                assert not down, (line, person.key)


def foot(person: object) -> float:
    return max([person.bottom, *(y for y, _ in person.label)])  # type: ignore[attr-defined]


def steps_of(path: str) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    points = [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]
    return list(pairwise(points))


@given(TIES, HIDDEN)
@settings(max_examples=60, deadline=None)
def test_the_picture_as_served_shows_every_tie_and_no_name_of_those_not_shown(
    ties: list[tuple[int, Kind, int]], hidden: frozenset[int]
) -> None:
    network = family(ties, hidden)
    page = render_to_string("people/network_picture.html", {"drawing": draw(network, ON), "record": {"name": "x"}})
    said = {int(number) for each in re.findall(r'data-ties="([\d ]*)"', page) for number in each.split()}
    assert said == {tie.number for tie in network.ties}
    assert [number for number in hidden if f"Name{number}<" in page] == []
    assert "style=" not in page


def test_siblings_stand_by_age_under_their_parents_half_siblings_under_theirs() -> None:
    born = {1: ("F", 2012), 2: ("F", 1985), 3: ("M", 1980), 4: ("M", 1990), 5: ("M", 2010), 6: ("F", 2020)}
    known = {key(number): shown(number, sex, date(year, 1, 1)) for number, (sex, year) in born.items()}
    ties = [(2, Kind.PARENT, 1), (3, Kind.PARENT, 1), (2, Kind.PARENT, 5), (3, Kind.PARENT, 5), (2, Kind.PARENT, 6)]
    ties += [(4, Kind.PARENT, 6), (2, Kind.SPOUSE, 3), (2, Kind.PARTNER, 4)]
    network = network_from(key(1), related(ties, over=frozenset({7})), known, {}, ON)
    x = {person.key.int: person.x for person in draw(network, ON).people}
    assert x[3] < x[2] < x[4]
    assert x[5] < x[1] < x[6]
    looks = {line.look for line in draw(network, ON).lines}
    assert looks == {"birth", "couple", "couple ended"}


def test_generations_follow_birth_and_couples_before_anything_else() -> None:
    ties = [
        (2, Kind.PARENT, 1),
        (3, Kind.PARENT, 2),
        (3, Kind.SPECIAL_GUARDIAN, 1),
        (4, Kind.SPOUSE, 3),
        (1, Kind.PARENT, 5),
    ]
    level = generations(family(ties))
    assert {number.int: row for number, row in level.items()} == {1: 0, 2: -1, 3: -2, 4: -2, 5: 1}


def test_a_circle_of_parents_is_drawn_all_the_same() -> None:
    network = family([(2, Kind.PARENT, 1), (3, Kind.PARENT, 2), (1, Kind.PARENT, 3)])
    assert in_picture(draw(network, ON)) == {1, 2, 3}


def test_what_lies_behind_somebody_not_shown_is_left_out_and_so_is_whom_one_may_not_know_of() -> None:
    ties = [(2, Kind.PARENT, 1), (3, Kind.PARENT, 2), (4, Kind.PARENT, 1), (5, Kind.PARENT, 4)]
    network = family(ties, hidden=frozenset({2}), unknown=frozenset({4}))
    assert {number.int for number in network.members} == {1, 2}
    (before, own) = told(network, ON)
    assert [(person.key, person.name, person.ties[0].words) for person in before.people] == [
        (None, NOT_SHOWN, "parent of Name1 Ashcombe")
    ]
    assert own.people[0].ties[0].words == f"daughter of {NOT_SHOWN}"


def test_siblings_who_share_a_parent_in_the_picture_need_no_tie_of_their_own() -> None:
    network = family([(2, Kind.PARENT, 1), (2, Kind.PARENT, 3), (1, Kind.SIBLING, 3), (1, Kind.SIBLING, 4)])
    assert sorted(tie.number for tie in network.ties) == [1, 2, 4]


def test_a_friend_of_the_focus_is_drawn_and_a_friend_of_somebody_else_is_not() -> None:
    network = family([(1, Kind.FRIEND, 2), (3, Kind.PARENT, 1), (3, Kind.FRIEND, 4)])
    assert {number.int for number in network.members} == {1, 2, 3}


def test_a_family_too_large_keeps_the_nearest_and_says_how_many_are_left_out() -> None:
    ties = [(2, Kind.PARENT, 1), *((2, Kind.PARENT, number) for number in range(3, 70))]
    network = family(ties)
    assert (len(network.members), network.left_out) == (MOST, 69 - MOST)


@given(st.text(min_size=1, max_size=200))
def test_any_name_at_all_fits_its_place(name: str) -> None:
    made = in_lines(name)
    assert len(made) <= 4
    assert all(width_of(line) <= LABEL + 13 for line in made)


def test_a_name_breaks_where_it_may() -> None:
    assert in_lines("Robin Ashcombe") == ["Robin", "Ashcombe"]
    assert in_lines("Jo Li") == ["Jo Li"]
    assert in_lines("Siân Mockham-Testley") == ["Siân", "Mockham-", "Testley"]


def test_a_word_too_long_is_cut_in_the_middle_and_leaves_no_single_letter() -> None:
    assert in_lines("Ella Figmentbury") == ["Ella", "Figmen-", "tbury"]
    assert in_lines("Laura Birchley-Wolverhampton") == ["Laura", "Birchley-", "Wolverh-", "ampton"]
