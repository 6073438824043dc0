"""What somebody types is taken apart into dates, numbers, postcodes and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.casework.matching.asked import LONGEST, Kind, Term, read
from safeboard.foundation.kernel.errors import BadInput


@pytest.mark.parametrize(
    ("typed", "terms", "rest"),
    [
        ("Sam Ashcombe", [], "Sam Ashcombe"),
        ("1998", [(Kind.YEAR, "1998")], ""),
        ("03/1998", [(Kind.MONTH, "199803")], ""),
        ("March 1998", [(Kind.MONTH, "199803")], ""),
        ("3 March", [(Kind.DAY_AND_MONTH, "0303")], ""),
        ("29/2", [(Kind.DAY_AND_MONTH, "0229")], ""),
        ("3rd of March 1998", [(Kind.DAY, "19980303")], ""),
        ("14.3.98", [(Kind.DAY, "19980314")], ""),
        ("14/03/2018", [(Kind.DAY, "20180314")], ""),
        ("2018-03-14", [(Kind.DAY, "20180314")], ""),
        ("14032018", [(Kind.DAY, "20180314")], ""),
        ("20180314", [(Kind.DAY, "20180314")], ""),
        ("31/02/2018", [(Kind.MONTH, "201802")], "31/"),
        ("999 000 0018", [(Kind.NUMBER, "9990000018")], ""),
        ("A123456789012", [(Kind.NUMBER, "a123456789012")], ""),
        ("LA/2019-44", [(Kind.NUMBER, "la201944")], ""),
        ("12 High Street cv1 2ab", [(Kind.POSTCODE, "cv12ab"), (Kind.NUMBER, "12")], "High Street"),
        ("May Smith", [], "May Smith"),
        ("Ann May 1962-11-15", [(Kind.DAY, "19621115")], "Ann May"),
        ("12 May Street", [(Kind.NUMBER, "12")], "May Street"),
        ("Šárka, (née O'Brien)", [], "Šárka, (née O'Brien)"),
    ],
)
def test_what_was_typed_is_read(typed: str, terms: list[tuple[Kind, str]], rest: str) -> None:
    found = read(typed)
    assert (list(found.terms), found.rest) == ([Term(*term) for term in terms], rest)


@pytest.mark.parametrize("typed", ["", "   ", "?!", "\x00", "x" * (LONGEST + 1)])
def test_what_cannot_be_searched_for_is_said_plainly(typed: str) -> None:
    with pytest.raises(BadInput):
        read(typed)


@given(st.text(max_size=LONGEST))
def test_anything_typed_is_read_or_refused_in_words(typed: str) -> None:
    try:
        found = read(typed)
    except BadInput:
        return
    assert found.terms or found.rest
