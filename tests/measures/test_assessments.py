"""Assessments: rows in, whole answer out. The limits come from the guidance of the period."""

from safeboard.figures.measures.assessments import DURATION_BANDS, NO_USABLE_REFERRAL
from safeboard.figures.tables import codes
from safeboard.foundation.kernel.periods import Period
from tests.measures.pathway_rows import assessment, factor, referral
from tests.measures.telling import answer, counted, day, held, why_not

YEAR_OF_SINGLE = Period.year_ending(2024)
LATER = day("2024-03-31")

MONDAY = "2008-06-02"


def timed(kind: str, authorised: dict[str, str | None]) -> dict[str, list[dict[str, object]]]:
    """Assessments begun and referred on MONDAY, by key, with the day each was authorised."""
    return {
        "ssd_cin_episodes": [referral(f"ref {key}", key, MONDAY) for key in authorised],
        "ssd_cin_assessments": [
            assessment(key, key, f"ref {key}", MONDAY, ended, kind) for key, ended in authorised.items()
        ],
    }


def test_assessments_count_when_authorised_by_kind() -> None:
    rows = {
        "ssd_cin_assessments": [
            assessment("before", "ann", None, "2008-03-01", "2008-03-31", "INITIAL"),
            assessment("first day", "ann", None, "2008-03-01", "2008-04-01", "INITIAL"),
            assessment("last day", "ann", None, "2008-04-01", "2009-03-31", "CORE"),
            assessment("after", "ann", None, "2008-04-01", "2009-04-01", "CORE"),
            assessment("open", "ann", None, "2008-04-01", None, "CORE"),
            assessment("no kind", "ben", None, "2008-04-01", "2008-05-01"),
        ]
    }
    assert answer("assessments", rows) == [
        (None, 3, None, "3"),
        ("kind=initial assessment", 1, None, "1"),
        ("kind=core assessment", 1, None, "1"),
        ("kind=single assessment", 0, None, "0"),
        ("kind=not known", 1, None, "1"),
    ]
    assert counted("assessments", rows) == ["first day", "last day", "no kind"]


def test_ni_59_allows_the_seventh_working_day_and_not_the_eighth() -> None:
    rows = timed("INITIAL", {"same day": MONDAY, "day 7": "2008-06-11", "day 8": "2008-06-12", "open": None})
    assert answer("ni_59", rows) == [(None, 2, 3, "66.7%")]
    assert counted("ni_59", rows) == ["day 7", "same day"]


def test_ni_59_keeps_the_unusable_in_its_denominator() -> None:
    rows = {
        "ssd_cin_episodes": [referral("ref", "ann", "2008-06-03"), referral("ancient", "ann", "1998-12-31")],
        "ssd_cin_assessments": [
            assessment("before its referral", "ann", "ref", MONDAY, MONDAY, "INITIAL"),
            assessment("no referral", "ann", None, MONDAY, MONDAY, "INITIAL"),
            assessment("outside the calendar", "ann", "ancient", MONDAY, MONDAY, "INITIAL"),
            assessment("core", "ann", "ref", "2008-06-03", "2008-06-03", "CORE"),
            assessment("no kind", "ann", "ref", "2008-06-03", "2008-06-03"),
        ],
    }
    assert answer("ni_59", rows) == [(None, 0, 3, "0.0%")]


def test_ni_60_allows_the_35th_working_day_from_the_start() -> None:
    rows = timed("CORE", {"day 35": "2008-07-21", "day 36": "2008-07-22", "next year": "2009-04-01"})
    assert answer("ni_60", rows) == [(None, 1, 2, "50.0%")]
    assert counted("ni_60", rows) == ["day 35"]


def test_single_assessments_stand_in_the_bands_of_the_national_table() -> None:
    monday = "2023-06-05"
    ends = {
        "saturday": ("2023-06-03", "2023-06-04"),
        "day 1": (monday, "2023-06-06"),
        "day 10": (monday, "2023-06-19"),
        "day 11": (monday, "2023-06-20"),
        "day 40": (monday, "2023-07-31"),
        "day 41": (monday, "2023-08-01"),
        "day 45": (monday, "2023-08-07"),
        "day 46": (monday, "2023-08-08"),
        "day 60": (monday, "2023-08-29"),
        "day 61": (monday, "2023-08-30"),
        "backwards": (monday, "2023-06-02"),
    }
    rows = {
        "ssd_cin_episodes": [referral(f"ref {key}", key, referred) for key, (referred, _) in ends.items()],
        "ssd_cin_assessments": [
            assessment(key, key, f"ref {key}", "2023-06-01", ended, "SINGLE" if key == "day 1" else None)
            for key, (_, ended) in ends.items()
        ]
        + [assessment("core", "zoe", "ref day 1", "2023-06-01", "2023-06-06", "CORE")],
    }
    assert answer("assessments_within_45_days", rows, YEAR_OF_SINGLE, reference_date=LATER) == [
        (None, 7, 11, "63.6%"),
        ("band=same day", 1, 11, "9.1%"),
        ("band=1-10", 2, 11, "18.2%"),
        ("band=11-20", 1, 11, "9.1%"),
        ("band=21-30", 0, 11, "0.0%"),
        ("band=31-40", 1, 11, "9.1%"),
        ("band=41-45", 2, 11, "18.2%"),
        ("band=46-50", 1, 11, "9.1%"),
        ("band=51-60", 1, 11, "9.1%"),
        ("band=61+", 1, 11, "9.1%"),
        (f"band={NO_USABLE_REFERRAL}", 1, 11, "9.1%"),
    ]
    assert len(DURATION_BANDS) == 9


def test_a_census_of_today_has_totals_and_bands_and_no_indicators_of_then() -> None:
    rows = {
        "ssd_cin_episodes": [referral("ref", "ann", "2023-06-05")],
        "ssd_cin_assessments": [assessment("a", "ann", "ref", "2023-06-05", "2023-06-05")],
    }
    columns = {name: set(given[0]) - {"cina_assessment_kind"} for name, given in rows.items()}
    snapshot = held(rows, reference_date=LATER, collected=columns)
    assert answer("assessments", snapshot, YEAR_OF_SINGLE) == [
        (None, 1, None, "1"),
        ("kind", None, None, "not collected"),
    ]
    assert answer("assessments_within_45_days", snapshot, YEAR_OF_SINGLE)[0] == (None, 1, 1, "100.0%")
    for then in ("ni_59", "ni_60", "ni_68"):
        assert answer(then, snapshot, YEAR_OF_SINGLE) == [(None, None, None, "not collected")]


def test_without_a_limit_in_force_there_is_no_figure_and_it_says_so() -> None:
    rows = timed("INITIAL", {"same day": MONDAY})
    assert answer("assessments_within_45_days", rows) == [(None, None, None, "not collected")]
    assert answer("ni_59", rows, YEAR_OF_SINGLE, reference_date=LATER) == [(None, None, None, "not collected")]
    assert "single assessment" in why_not("assessments_within_45_days", rows)


def test_factors_are_shares_of_the_assessments_that_have_any_recorded() -> None:
    rows = {
        "ssd_cin_assessments": [
            assessment("two", "ann", None, MONDAY, MONDAY),
            assessment("none found", "ben", None, MONDAY, MONDAY),
            assessment("not recorded", "cat", None, MONDAY, MONDAY),
            assessment("next year", "dan", None, MONDAY, "2009-04-01"),
        ],
        "ssd_assessment_factors": [
            factor("1", "two", "3B"),
            factor("2", "two", "4B"),
            factor("3", "two", "4B"),
            factor("4", "none found", "21"),
            factor("5", "next year", "3B"),
        ],
    }
    found = {"3B": 1, "4B": 1, "21": 1}
    assert answer("assessment_factors", rows) == [
        (None, 1, 2, "50.0%"),
        *(
            (f"factor={words}", found.get(code, 0), 2, "50.0%" if code in found else "0.0%")
            for code, words in codes.FACTOR.words.items()
        ),
    ]
    assert counted("assessment_factors", rows) == ["two"]
