"""Section 47 enquiries and initial conferences: rows in, whole answer out."""

from tests.measures.pathway_rows import conference, enquiry
from tests.measures.telling import answer, counted

TURN_OF_YEAR = ("2008-03-31", "2008-04-01", "2009-03-31", "2009-04-01")


def test_enquiries_count_when_they_begin() -> None:
    rows = {"ssd_s47_enquiry": [enquiry(started, "ann", None, started) for started in TURN_OF_YEAR]}
    assert answer("section_47", rows) == [(None, 2, None, "2")]
    assert counted("section_47", rows) == ["2008-04-01", "2009-03-31"]
    assert answer("section_47_rate", rows) == [(None, 2, 10_000, "2.0")]


def test_conferences_count_when_they_are_held_one_for_each_child() -> None:
    rows = {
        "ssd_initial_cp_conference": [
            *(conference(held, "ann", held) for held in TURN_OF_YEAR),
            {**conference("brother", "ben", "2008-04-01"), "icpc_icpc_transfer_in": True},
        ]
    }
    assert answer("conferences", rows) == [(None, 3, None, "3")]
    assert counted("conferences", rows) == ["2008-04-01", "2009-03-31", "brother"]
    assert answer("conferences_rate", rows) == [(None, 3, 10_000, "3.0")]


def test_a_conference_is_on_time_on_the_15th_working_day_of_the_enquiry_and_late_on_the_16th() -> None:
    monday = "2008-06-02"
    days = {
        "same day": monday,
        "day 10": "2008-06-16",
        "day 11": "2008-06-17",
        "day 15": "2008-06-23",
        "day 16": "2008-06-24",
        "day 20": "2008-06-30",
        "day 21": "2008-07-01",
        "before the enquiry": "2008-05-30",
    }
    rows = {
        "ssd_s47_enquiry": [enquiry("s47", "ann", "episode", monday)],
        "ssd_initial_cp_conference": [
            *(conference(name, "ann", held, names="s47") for name, held in days.items()),
            conference("names no enquiry", "ann", "2008-06-10", episode="episode"),
        ],
    }
    assert answer("conferences_within_15_days", rows) == [
        (None, 4, 9, "44.4%"),
        ("band=0-10", 2, 9, "22.2%"),
        ("band=11-15", 2, 9, "22.2%"),
        ("band=16-20", 2, 9, "22.2%"),
        ("band=21+", 1, 9, "11.1%"),
        ("band=no usable section 47 date", 2, 9, "22.2%"),
    ]
    assert counted("conferences_within_15_days", rows) == ["day 10", "day 11", "day 15", "same day"]
    assert counted("conferences_within_15_days", rows, group="band=no usable section 47 date") == [
        "before the enquiry",
        "names no enquiry",
    ]


def test_without_the_link_to_enquiries_there_is_no_timeliness() -> None:
    rows = {"ssd_initial_cp_conference": [conference("1", "ann", "2008-06-02")]}
    assert answer("conferences_within_15_days", rows) == [(None, None, None, "not collected")]
