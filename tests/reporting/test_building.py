"""From a few rows to a report's input, on the real measures, areas, populations and comparators."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from safeboard.figures.comparators.comparing import Kind
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.reporting.building import area_of, build_report, population_base
from safeboard.figures.reporting.report_input import ReportInput
from safeboard.figures.reporting.writing import write_report
from safeboard.figures.tables.snapshot import Snapshot, snapshot_of_rows
from safeboard.foundation.agencies.areas import find_area
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem
from safeboard.foundation.kernel.periods import Period

YEAR = Period.year_ending(2009)
WANTED = {each: MEASURES[each] for each in ("plans_started", "plans_open", "plans_open_rate", "ni_67")}


def plans(areas: tuple[str, ...]) -> Snapshot:
    rows: list[dict[str, Any]] = [
        {"cppl_cp_plan_id": "old", "cppl_person_id": "a", "cppl_cp_plan_start_date": date(2006, 5, 1)},
        {"cppl_cp_plan_id": "new", "cppl_person_id": "b", "cppl_cp_plan_start_date": date(2008, 5, 1)},
    ]
    return snapshot_of_rows({"ssd_cp_plans": rows, "ssd_cp_reviews": []}, reference_date=YEAR.end, areas=areas)


def built(areas: tuple[str, ...] = ("331",), area: str | None = None, **other: Any) -> ReportInput:
    snapshot = plans(areas)
    with snapshot.connection:
        return build_report(snapshot, area=area, period=YEAR, measures=WANTED, **other)


def values(given: ReportInput, measure: str) -> dict[str, str]:
    return {each.period.label: each.shown for each in given.figures if each.measure == measure}


def test_two_years_are_worked_out_and_headlines_further_back() -> None:
    given = built()
    assert values(given, "plans_open") == {
        "2008-09": "2",
        "2007-08": "1",
        "2006-07": "1",
        "2005-06": "0",
        "2004-05": "0",
    }
    assert values(given, "plans_started") == {
        "2008-09": "1",
        "2007-08": "0",
        "2006-07": "1",
        "2005-06": "0",
        "2004-05": "0",
    }
    assert set(values(given, "ni_67")) == {"2008-09", "2007-08", "2006-07", "2005-06"} & set(values(given, "ni_67"))


def test_the_area_is_the_one_the_sources_name() -> None:
    given = built()
    assert given.area == find_area("Coventry")
    assert given.area_note == ""
    assert {other.name for other in given.comparators["plans_open_rate"]} == {"England"}


def test_the_comparators_of_a_measure_and_of_its_groups_are_given() -> None:
    wanted = {each: MEASURES[each] for each in ("plans_open", "conferences_within_15_days")}
    snapshot = plans(("331",))
    with snapshot.connection:
        given = build_report(snapshot, area=None, period=Period.year_ending(2024), measures=wanted)
    assert given.comparators["plans_open"] == ()
    of_england = [each.group for each in given.comparators["conferences_within_15_days"] if each.kind is Kind.ENGLAND]
    assert of_england == [None, "band=0-10", "band=11-15", "band=16-20", "band=21+"]


def test_the_area_asked_for_goes_before_the_sources() -> None:
    given = built(area="Reference City")
    assert given.area == find_area("990")
    assert given.area_note == "The sources name the area 331; the report is of Reference City, as was asked for."
    assert (built(area="Coventry").area_note, built(areas=(), area="Coventry").area_note) == ("", "")


def test_an_area_asked_for_and_unknown_is_refused() -> None:
    with pytest.raises(BadInput, match="No area has this code or name"):
        built(area="Atlantis")


def test_an_area_that_only_the_sources_name_and_nobody_knows_gives_counts_without_rates() -> None:
    given = built(areas=("000",))
    assert (given.area, given.population, dict(given.comparators)) == (None, None, {})
    assert given.area_note == (
        "The sources name the area 000, which does not exist: counts are given without rates or comparators."
    )
    assert (values(given, "plans_open")["2008-09"], values(given, "plans_open_rate")["2008-09"]) == ("2", "–")


def test_no_area_at_all_says_what_to_do() -> None:
    assert built(areas=()).area_note == (
        "The sources name no area: counts are given without rates or comparators. Name one with --area."
    )


def test_the_population_is_that_of_the_mid_year_before_the_period_ends() -> None:
    base = population_base(find_area("990"), YEAR)
    assert base is not None
    assert (base.count, base.mid_year) == (67_720, 2008)
    assert population_base(None, YEAR) is None


def test_the_first_known_area_of_several_is_taken() -> None:
    assert area_of(plans(("000", "331")).manifest, None) == find_area("331")


def test_the_limits_that_a_measure_applied_are_given_with_it() -> None:
    assert [rule.what for rule in built().limits["ni_67"]] == ["first review", "later reviews"]


def test_problems_and_threshold_are_passed_on() -> None:
    noted = Problem(message="Odd.", remedy="Look.", gravity=Gravity.NOTED)
    given = built(noted=[noted], threshold=5)
    assert (given.problems, given.threshold) == ((noted,), 5)


def test_all_measures_make_a_report_even_where_almost_nothing_is_collected(tmp_path: Path) -> None:
    snapshot = plans(("000",))
    with snapshot.connection:
        given = build_report(snapshot, area=None, period=YEAR, threshold=5)
    assert [path.stat().st_size > 0 for path in write_report(given, tmp_path)] == [True] * 5
