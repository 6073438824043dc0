"""Each verb does what its help says, with the same figures however the sources are given."""

import json
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.site import verbs
from safeboard.site.command_line import VERBS, WITHOUT_A_VERB, verb_named, was_interrupted
from tests.exchange.small_returns import return_text
from tests.site.saying import left, run

Capsys = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sources") / "Großstadt im Süden"


@pytest.fixture
def sources(city: Path, capsys: Capsys) -> Path:
    """Two years' returns and sheets of a small city, in a folder with a space and umlauts; written once."""
    if not city.exists():
        said = run(capsys, "city", "--children", 120, "--years", 2, "--seed", 5, "--out", city)
        assert (said.status, said.told, sorted(said.out.splitlines())) == (
            0,
            "",
            sorted(str(path) for path in city.iterdir()),
        )
    return city


def figures(capsys: Capsys, *words: object) -> list[dict[str, Any]]:
    said = run(capsys, "figures", *words, "--json")
    assert (said.status, said.told) == (0, "")
    listed: list[dict[str, Any]] = json.loads(said.out)
    return listed


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_has_help_with_an_example(capsys: Capsys, name: str) -> None:
    verb, said = verb_named(name), run(capsys, name, "--help")
    assert (verb.NAME, said.status, said.told) == (name, 0, "")
    assert f"Example:\n  {verb.EXAMPLE}" in said.out


def test_every_module_of_verbs_is_a_verb(capsys: Capsys) -> None:
    """And the help without a verb lists each."""
    modules = {module.name for module in iter_modules(verbs.__path__)}
    assert modules - {WITHOUT_A_VERB, "house_words"} == set(VERBS.values())
    listed = [
        line.split()[0] for line in run(capsys, "--help").out.splitlines() if line.startswith("    ") and line[4] != " "
    ]
    assert listed == [*VERBS]


def test_the_order_of_the_sources_makes_no_difference(capsys: Capsys, sources: Path) -> None:
    older, newer = sorted(sources.glob("*.xml"))
    assert run(capsys, "figures", older, newer) == run(capsys, "figures", newer, older)


def test_a_folder_and_a_snapshot_of_its_files_give_the_same_figures_with_as_many_keys_as_they_count(
    capsys: Capsys, sources: Path, tmp_path: Path
) -> None:
    frozen = tmp_path / "new" / "city.snapshot"
    made = run(capsys, "snapshot", *sorted(sources.iterdir()), "--out", frozen)
    assert (made.status, made.told, left(tmp_path)) == (0, "", ["new", "new/city.snapshot"])
    listed = figures(capsys, sources, "--keys")
    assert figures(capsys, frozen, "--keys") == listed
    promised = {"measure", "edition", "period", "group", "numerator", "denominator", "value", "shown", "unit"}
    assert [figure["measure"] for figure in listed if figure["group"] is None] == list(MEASURES)
    assert all(promised | {"collected", "keys"} <= figure.keys() for figure in listed)
    assert [len(figure["keys"]) for figure in listed] == [figure["numerator"] or 0 for figure in listed]
    assert {figure["period"] for figure in listed} == {"2024-25"}


def test_one_measure_of_one_year_in_lines(capsys: Capsys, sources: Path) -> None:
    older, newer = sorted(sources.glob("*.xml"))
    said = run(capsys, "figures", newer, "--measure", "plans_open", "--period", "2023-24")
    both = run(capsys, "figures", older, newer, "--measure", "plans_open", "--period", "2023-24")
    assert (said.status, said.out) == (0, both.out)
    alone = run(capsys, "figures", newer, "--measure", "plans_ended", "--period", "2023-24")
    assert alone.out == (
        "plans_ended: Child protection plans ended: not collected. Child protection plan records are complete from "
        "31 March 2024 to 31 March 2025, which does not cover 1 April 2023 to 31 March 2024.\n"
    )


def test_what_was_noted_is_told_beside_the_figures(capsys: Capsys, tmp_path: Path) -> None:
    (tmp_path / "cin.xml").write_text(return_text().replace("<LEA>990</LEA>", ""), encoding="utf-8")
    said = run(capsys, "figures", tmp_path / "cin.xml", "--measure", "reviews")
    assert (said.status, said.out) == (0, "reviews: Review child protection conferences: 2\n")
    assert [line.split(":")[0] for line in said.told.splitlines()] == [
        "2 things were noted while reading; ./run report writes all of it into problems.csv.",
        "  cin.xml, line 2, LEA",
        "  cin.xml, line 8, LEA",
    ]


def test_the_local_rule_of_the_area_asked_for_applies_where_no_source_names_one(capsys: Capsys, tmp_path: Path) -> None:
    header = (
        "cina_person_id,cina_assessment_id,cina_assessment_kind,cina_assessment_start_date,cina_assessment_auth_date"
    )
    rows = f"{header},cina_referral_id\nC1,A1,INITIAL,2010-12-01,2010-12-13,R1\n"
    (tmp_path / "ssd_cin_assessments.csv").write_text(rows, encoding="utf-8")
    episodes = "cine_referral_id,cine_person_id,cine_referral_date\nR1,C1,2010-12-01\n"
    (tmp_path / "ssd_cin_episodes.csv").write_text(episodes, encoding="utf-8")
    (tmp_path / "ssd_person.csv").write_text("pers_person_id,pers_sex\nC1,F\n", encoding="utf-8")
    extract = "reference_date,first_day\n2011-03-31,2010-04-01\n"
    (tmp_path / "extract.csv").write_text(extract, encoding="utf-8")
    words = ("figures", tmp_path, "--measure", "ni_59")
    assert run(capsys, *words).out == "ni_59: Initial assessments on time (NI 59): 100.0%  1/1\n"
    assert run(capsys, *words, "--area", "Coventry").out == "ni_59: Initial assessments on time (NI 59): 0.0%  0/1\n"


def test_a_report_is_five_files_and_names_an_area_that_does_not_exist(capsys: Capsys, tmp_path: Path) -> None:
    (tmp_path / "cin.xml").write_text(return_text(area="999"), encoding="utf-8")
    said = run(capsys, "report", tmp_path / "cin.xml", "--out", tmp_path / "out")
    names = ["report.html", "report.pdf", "figures.json", "figures.xlsx", "problems.csv"]
    assert (said.status, said.out.splitlines()) == (0, [str(tmp_path / "out" / name) for name in names])
    assert said.told.splitlines()[0] == (
        "The sources name the area 999, which does not exist: counts are given without rates or comparators."
    )
    assert left(tmp_path) == sorted(["cin.xml", "out", *(f"out/{name}" for name in names)])


def test_the_catalogue_gives_every_identifier_whole_within_eighty_columns(capsys: Capsys) -> None:
    said = run(capsys, "measures")
    lines = said.out.splitlines()
    assert [line.split()[0] for line in lines[1:-1] if not line.startswith(" ")] == list(MEASURES)
    assert max(len(line) for line in lines) <= 80


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_is_told_in_full(capsys: Capsys, measure: str) -> None:
    said = run(capsys, "measures", "--measure", measure)
    told = " ".join(said.out.split())
    assert (said.status, said.told) == (0, "")
    assert all(" ".join(part.split()) in told for part in (MEASURES[measure].title, MEASURES[measure].meaning))
    (listed,) = json.loads(run(capsys, "measures", "--measure", measure, "--json").out)
    assert (listed["measure"], listed["limits"]) == (measure, list(MEASURES[measure].rules))


def test_a_snapshot_shows_its_manifest(capsys: Capsys, tmp_path: Path) -> None:
    (tmp_path / "cin.xml").write_text(return_text(), encoding="utf-8")
    assert run(capsys, "snapshot", tmp_path / "cin.xml", "--out", tmp_path / "a.snapshot").status == 0
    shown = json.loads(run(capsys, "snapshot", tmp_path / "a.snapshot").out)
    assert (shown["reference_date"], shown["areas"], shown["rows"]["ssd_cp_reviews"]) == ("2025-03-31", ["990"], 2)


@pytest.mark.parametrize(
    ("stopped", "by_a_person"),
    [(KeyboardInterrupt(), True), (RuntimeError("Query interrupted"), True), (RuntimeError("anything else"), False)],
)
def test_ctrl_c_is_known_also_where_the_database_was_at_work(stopped: BaseException, by_a_person: bool) -> None:
    assert was_interrupted(stopped) is by_a_person
