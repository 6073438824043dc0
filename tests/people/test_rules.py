"""Whether a number can be right, how old somebody is, what a relationship is called."""

from datetime import date, timedelta
from uuid import UUID

import nhs_number
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.casework.people.codes import MUTUAL, IdentifierKind, PersonKind, RelationshipKind
from safeboard.casework.people.kinship import SECOND, called
from safeboard.casework.people.rules import (
    Bond,
    age_in_words,
    bond,
    checked_identifier,
    checked_postcode,
    checked_uprn,
    goes_on,
    kind_on,
    problems_of_birth,
    upn_check_letter,
)
from safeboard.figures.city.draws import pupil_number
from safeboard.foundation.kernel.errors import BadInput

TODAY = date(2026, 11, 2)
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN_TAILS = st.from_regex(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]", fullmatch=True).filter(str.isascii)


@given(UPN_TAILS, st.sampled_from(LETTERS))
def test_exactly_one_letter_fits_a_pupil_number(tail: str, letter: str) -> None:
    """Worked out from the department's words once more: second character times 2, third times 3, and so on."""
    values = [LETTERS.index(each) if each in LETTERS else int(each) for each in tail]
    right = LETTERS[sum(value * place for value, place in zip(values, range(2, 14), strict=True)) % 23]
    assert upn_check_letter(tail) == right
    if letter == right:
        assert checked_identifier(IdentifierKind.UPN, f" {letter.lower()}{tail} ") == letter + tail
    else:
        with pytest.raises(BadInput):
            checked_identifier(IdentifierKind.UPN, letter + tail)


@given(UPN_TAILS, st.integers(0, 10), st.integers(1, 9))
def test_a_mistyped_digit_of_a_pupil_number_is_found(tail: str, place: int, more: int) -> None:
    number = upn_check_letter(tail) + tail
    wrong = number[: place + 1] + str((int(number[place + 1]) + more) % 10) + number[place + 2 :]
    with pytest.raises(BadInput):
        checked_identifier(IdentifierKind.FORMER_UPN, wrong)


@given(st.integers(0, 10**9 - 1))
def test_the_figures_own_pupil_numbers_are_right_here_too(number: int) -> None:
    assert checked_identifier(IdentifierKind.UPN, pupil_number(number)) == pupil_number(number)


@given(st.integers(999_000_000, 999_999_999))
def test_an_nhs_number_ends_in_the_digit_that_fits(first: int) -> None:
    """Modulus 11, worked out here by hand: ten minus place as weights; 11 is 0, 10 is no number at all."""
    digits = str(first)
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    right = {10: None, 11: 0}.get(check, check)
    for last in range(10):
        text = f"{digits[:3]} {digits[3:6]} {digits[6:]}{last}"
        if last == right:
            assert checked_identifier(IdentifierKind.NHS, text) == text.replace(" ", "")
        else:
            with pytest.raises(BadInput):
                checked_identifier(IdentifierKind.NHS, text)


@pytest.mark.parametrize("text", ["", "999", "٩٩٩٠٠٠٠٠١٨", "99900000180", "999000001x", "<b>9990000018"])
def test_what_is_no_nhs_number_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadInput, match="An NHS number has ten digits"):
        checked_identifier(IdentifierKind.NHS, text)


def test_a_synthetic_nhs_number_of_the_library_is_right() -> None:
    made = nhs_number.generate(quantity=3, for_region=nhs_number.REGION_SYNTHETIC)
    assert [checked_identifier(IdentifierKind.NHS, each) for each in made] == made


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("cv1 2wt", "CV1 2WT"), ("CV12WT", "CV1 2WT"), (" ec1a1bb ", "EC1A 1BB"), ("m11ae", "M1 1AE"), ("", "")],
)
def test_a_postcode_is_kept_as_it_is_written(typed: str, kept: str) -> None:
    assert checked_postcode(typed) == kept


@pytest.mark.parametrize("typed", ["CV", "CV1 2W", "1CV 2WT", "CV1 2CO", "ÇV1 2WT", "CV1-2WT"])
def test_what_is_no_postcode_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="not a postcode"):
        checked_postcode(typed)


def test_a_property_number() -> None:
    assert checked_uprn(" 0001 0002 3450 ") == "100023450"
    assert checked_uprn("000") == ""
    for wrong in ("12a", "1234567890123", "１２"):
        with pytest.raises(BadInput):
            checked_uprn(wrong)


@given(st.dates(date(1950, 1, 1), TODAY))
def test_a_child_is_an_adult_from_the_eighteenth_birthday_on(born: date) -> None:
    turned = (TODAY.year - born.year, (TODAY.month, TODAY.day) >= (born.month, born.day))
    adult = turned[0] > 18 or turned == (18, True)
    assert kind_on(PersonKind.CHILD, born, TODAY) == (PersonKind.ADULT if adult else PersonKind.CHILD)
    assert kind_on(PersonKind.ADULT, born, TODAY) == PersonKind.ADULT


def test_unborn_and_undated_people_keep_their_kind() -> None:
    assert kind_on(PersonKind.UNBORN, None, TODAY) == PersonKind.UNBORN
    assert kind_on(PersonKind.CHILD, None, TODAY) == PersonKind.CHILD


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "0 weeks"), (7, "1 week"), (80, "11 weeks"), (100, "3 months"), (729, "23 months"), (731, "2 years")],
)
def test_an_age_in_words(days: int, words: str) -> None:
    assert age_in_words(TODAY - timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("kind", "born", "expected", "places"),
    [
        (PersonKind.CHILD, date(2018, 1, 1), None, []),
        (PersonKind.CHILD, None, None, []),
        (PersonKind.CHILD, TODAY + timedelta(days=1), None, ["born_on"]),
        (PersonKind.CHILD, date(1990, 1, 1), None, ["kind"]),
        (PersonKind.ADULT, None, None, []),
        (PersonKind.ADULT, date(1028, 1, 1), None, ["born_on"]),
        (PersonKind.UNBORN, None, TODAY + timedelta(days=100), []),
        (PersonKind.UNBORN, None, None, ["expected_on"]),
        (PersonKind.UNBORN, date(2026, 1, 1), TODAY + timedelta(days=400), ["born_on", "expected_on"]),
    ],
)
def test_the_days_of_a_birth(kind: PersonKind, born: date | None, expected: date | None, places: list[str]) -> None:
    assert [problem.element for problem in problems_of_birth(kind, born, expected, TODAY)] == places


ONE, TWO, THREE = (UUID(int=number) for number in range(1, 4))


def test_brothers_and_sisters_by_their_parents() -> None:
    assert bond({ONE, TWO}, {ONE, TWO}) == Bond.BOTH
    assert bond({ONE, TWO}, {ONE, THREE}) == Bond.ONE
    assert bond({ONE}, {ONE, TWO}) == Bond.AT_LEAST_ONE
    assert bond({ONE}, {TWO}) is None
    assert bond(set(), set()) is None


@given(st.sets(st.integers(1, 4)), st.sets(st.integers(1, 4)))
def test_a_bond_is_the_same_both_ways(mine: set[int], theirs: set[int]) -> None:
    one, other = ({UUID(int=each) for each in side} for side in (mine, theirs))
    assert bond(one, other) == bond(other, one)


def test_every_kind_of_relationship_has_words_both_ways() -> None:
    assert {*MUTUAL, *SECOND} == set(RelationshipKind)
    assert not {*MUTUAL} & {*SECOND}
    assert (called("parent", "F", first=True), called("parent", "M", first=False)) == ("mother", "son")
    assert called("sibling", "U", first=False) == "brother or sister"


DAYS = st.none() | st.dates(TODAY - timedelta(days=5), TODAY + timedelta(days=5))


@given(DAYS, DAYS)
def test_a_period_holds_on_both_its_days(starts: date | None, ends: date | None) -> None:
    on = TODAY
    days = {TODAY + timedelta(days=each) for each in range(-5, 6)}
    held = {day for day in days if (not starts or day >= starts) and (not ends or day <= ends)}
    assert goes_on(starts, ends, on) == (on in held)
