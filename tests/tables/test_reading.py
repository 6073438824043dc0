"""One text to one value: what is read, what is refused, and that nothing is guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.figures.tables import codes
from safeboard.figures.tables.declaration import Column, Kind
from safeboard.figures.tables.reading import (
    NO_SUCH_DAY,
    TEXT_DATE,
    UNREADABLE_DATE,
    UNREADABLE_ISO,
    Bounds,
    Fault,
    Style,
    Value,
    read_iso_date,
    read_number,
    read_table_date,
    read_worksheet_date,
    reader_of,
)

BOUNDS = Bounds(date(2025, 3, 31))
DAY = Column("day", Kind.DATE, "a day")
DUE = Column("due", Kind.DATE, "a day to come", future=True)


def read(column: Column, text: str, style: Style = Style.TABLE, bounds: Bounds = BOUNDS) -> Value | Fault:
    """The text read as that column's."""
    reader = reader_of(column, style, bounds)
    assert reader is not None
    return reader(text)


@given(st.dates())
def test_every_day_reads_as_itself_however_it_is_written(day: date) -> None:
    iso, slashes = day.isoformat(), f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
    read_as = (read_iso_date(iso), read_table_date(iso), read_table_date(slashes), read_worksheet_date(iso))
    assert read_as == (day, day, day, day)
    assert read_table_date(f"{slashes} 00:00:00") == read_worksheet_date(f"{iso}T13:45") == day


@pytest.mark.parametrize(
    ("text", "census", "table", "worksheet"),
    [
        ("2024-02-30", NO_SUCH_DAY, NO_SUCH_DAY, NO_SUCH_DAY),
        ("31/04/2024", UNREADABLE_ISO, NO_SUCH_DAY, TEXT_DATE),
        ("04/13/2024", UNREADABLE_ISO, NO_SUCH_DAY, TEXT_DATE),
        ("1/4/2024", UNREADABLE_ISO, date(2024, 4, 1), TEXT_DATE),
        ("01/04/24", UNREADABLE_ISO, UNREADABLE_DATE, TEXT_DATE),
        ("2024-4-1", UNREADABLE_ISO, UNREADABLE_DATE, TEXT_DATE),
        ("20240401", UNREADABLE_ISO, UNREADABLE_DATE, TEXT_DATE),
        ("2024-04-01 25:00", UNREADABLE_ISO, UNREADABLE_DATE, TEXT_DATE),
        ("2024-04-01T00:00:00.000", UNREADABLE_ISO, date(2024, 4, 1), date(2024, 4, 1)),
        ("٢٠٢٤-04-01", UNREADABLE_ISO, UNREADABLE_DATE, TEXT_DATE),
        ("0000-00-00", NO_SUCH_DAY, NO_SUCH_DAY, NO_SUCH_DAY),
    ],
)
def test_dates(text: str, census: object, table: object, worksheet: object) -> None:
    assert (read_iso_date(text), read_table_date(text), read_worksheet_date(text)) == (census, table, worksheet)


@pytest.mark.parametrize(("column", "last"), [(DAY, date(2025, 3, 31)), (DUE, date(2027, 4, 1))])
def test_the_days_that_can_be_true(column: Column, last: date) -> None:
    first = date(1900, 1, 1)
    inside = [read(column, day.isoformat()) for day in (first, last)]
    outside = [read(column, day.isoformat()) for day in (first - timedelta(days=1), last + timedelta(days=1))]
    assert inside == [first, last]
    assert [fault.expected for fault in outside if isinstance(fault, Fault)] == [
        f"a day from 1900-01-01 to {last.isoformat()}"
    ] * 2


def test_a_later_day_is_kept_where_the_last_day_is_not_firm() -> None:
    loose = Bounds(date(2025, 3, 31), firm=False)
    assert read(DAY, "2028-01-01", bounds=loose) == date(2028, 1, 1)
    assert isinstance(read(DAY, "1028-01-01", bounds=loose), Fault)


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("12", 12), ("12.0", 12), ("-1", None), ("1.5", None), ("many", None), ("1e3", None)]
)
def test_whole_numbers(text: str, number: int | None) -> None:
    found = read_number(text)
    assert (None if isinstance(found, Fault) else found) == number


@pytest.mark.parametrize(
    ("text", "census", "table"),
    [
        ("true", True, True),
        ("1", True, True),
        ("Y", None, True),
        ("no", None, False),
        ("N", None, False),
        ("2", None, None),
    ],
)
def test_yes_and_no(text: str, census: bool | None, table: bool | None) -> None:
    column = Column("flag", Kind.YES_NO, "a flag")
    found = [read(column, text, style) for style in (Style.CENSUS, Style.TABLE)]
    assert [None if isinstance(value, Fault) else value for value in found] == [census, table]


@pytest.mark.parametrize("code", list(codes.ABUSE))
def test_a_code_and_its_words_are_one(code: str) -> None:
    column = Column("category", Kind.CODE, "a category", codes=codes.ABUSE)
    word = codes.ABUSE.words[code]
    assert {read(column, text) for text in (code, code.lower(), word, word.upper(), f"{word.title()}")} == {code}
    assert isinstance(read(column, word, Style.CENSUS), Fault)
    assert isinstance(read(column, code.lower(), Style.CENSUS), Fault)


def test_a_long_list_of_codes_is_cut_short_in_what_is_expected() -> None:
    column = Column("factor", Kind.CODE, "a factor", codes=codes.FACTOR)
    fault = read(column, "8A")
    assert isinstance(fault, Fault)
    assert fault.expected.startswith("one of 1A, 1B, 1C")
    assert fault.expected.endswith("and others")


def test_an_identifier_is_its_own_value() -> None:
    assert reader_of(Column("id", Kind.IDENTIFIER, "an identifier"), Style.TABLE, BOUNDS) is None
