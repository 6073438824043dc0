"""Keys of names, dates and places, as the database makes them."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from safeboard.casework.matching.questions import WAYS_TO_TELL_A_STREET
from safeboard.casework.matching.weighing import consonants

pytestmark = pytest.mark.django_db


def sql(expression: str, *given: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression}", given)
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("O'Brien-Smith", ["obrien", "smith"]),
        ("Zoë  MÜLLER", ["zoe", "muller"]),
        ("Łukasz Żółć", ["lukasz", "zolc"]),
        ("Ольга Щербакова", ["olga", "shcherbakova"]),
        ("Ξένια Παπαδοπούλου", ["xenia", "papadopoulou"]),
        ("محمد", ["mhmd"]),
        ("خالد حسين", ["khald", "hsyn"]),
        ("नेहा", ["neha"]),
        ("’Ali", ["ali"]),
        ("", []),
        ("   --- ", []),
        ("李", []),
    ],
)
def test_words_are_folded_to_plain_latin_letters(written: str, words: list[str]) -> None:
    assert sql("matching_words(%s)", written) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[("smith", "smyth"), ("mohammed", "muhamad"), ("mohammed", "mhmd"), ("catherine", "kathryn")],
        *[("smith", "smiht"), ("harrington", "harington"), ("clarke", "clark"), ("khald", "khalid")],
        *[("bill", "william"), ("aisha", "aysha")],
    ],
)
def test_words_that_may_be_the_same_name_share_a_key(one: str, other: str) -> None:
    keys = "matching_name_keys(%s) || matching_name_guesses(%s)"
    assert set(sql(keys, one, one)) & set(sql(keys, other, other))  # type: ignore[arg-type]


def test_days_one_digit_apart_share_a_key_and_others_do_not() -> None:
    keys = "matching_date_keys(%s)"
    day = set(sql(keys, "2018-03-14"))  # type: ignore[arg-type]
    assert day & set(sql(keys, "2018-03-15")) == {"m201803", "y2018", "x2018031_"}  # type: ignore[arg-type]
    assert day & set(sql(keys, "1999-11-02")) == set()  # type: ignore[arg-type]


def test_a_postcode_is_found_whole_and_by_its_first_half() -> None:
    assert sql("matching_postcode_keys(%s)", "CV1 2AB") == ["zcv12ab", "zcv1"]


class Consonants(TestCase):
    @given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=12))
    def test_the_reasons_read_consonants_as_the_keys_do(self, word: str) -> None:
        assert consonants(word) == sql("matching_consonants(%s)", word)


def test_words_that_tell_any_street_are_the_same_here_and_in_the_database() -> None:
    words = sorted({*WAYS_TO_TELL_A_STREET, "wright", "reid", "streets", "s", "", "milton", "churchill"})
    assert [word for word in words if sql("matching_tells_a_street(%s)", word)] == sorted(WAYS_TO_TELL_A_STREET)


def test_a_street_is_found_as_heard_but_not_by_how_the_word_road_sounds() -> None:
    assert sql("matching_address_keys(%s)", "road") == ["aroad"]
    assert set(sql("matching_address_keys(%s)", "wright")) == {"awright", "qRT"}  # type: ignore[arg-type]
