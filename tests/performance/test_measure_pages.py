"""The pages of figures: the road's own numbers, to each viewer as much as they may see, at a fixed price."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safeboard.figures.disclosure.figures import protect_figures
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.performance.codes import PUBLISHED_THRESHOLD
from safeboard.figures.performance.kept_files import frozen
from safeboard.figures.performance.models import FigureRow, HouseSnapshot
from safeboard.figures.performance.opening import _FINDERS
from safeboard.figures.reporting.building import build_report
from safeboard.figures.reporting.cells import Cell, Cells
from safeboard.figures.reporting.outline import chapters_for
from safeboard.figures.reporting.report_input import ReportInput
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.kernel.periods import Period
from tests.house.synthetic import house, other_house
from tests.performance.city import city, city_files, counted_once

__all__ = ["city", "city_files", "counted_once"]

pytestmark = pytest.mark.django_db
YEAR = Period.year_ending(2009)
MOST_QUERIES = 12


@pytest.fixture(scope="module")
def road(city: HouseSnapshot) -> Iterator[ReportInput]:
    with open_snapshot(frozen(city.identity)) as opened:
        yield build_report(opened, area=None, period=YEAR)


def page(client: Client, *route: object, **asked: str) -> str:
    name, *args = route
    answer = client.get(reverse(str(name), args=args), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def texts(html: str) -> list[str]:
    """Every text between tags, in order."""
    return [text.strip() for text in re.split(r"<[^>]+>", html) if text.strip()]


def figures_table(html: str) -> list[tuple[str, ...]]:
    """The rows of the table of every figure: numerator, denominator, value, children."""
    (part,) = re.findall(r"<caption[^>]*>Every figure of.*?<tbody[^>]*>(.*?)</tbody>", html, re.S)
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", part, re.S)
    return [tuple(texts(cell)[0] for cell in re.findall(r"<td[^>]*>.*?</td>", line, re.S)[:4]) for line in lines]


def as_told(cells: Cells, measure: str, period: Period) -> list[tuple[str, ...]]:
    told = [cell for cell in cells.all if (cell.measure, cell.period) == (measure, period)]
    return [(cell.numerator_shown, cell.denominator_shown, cell.shown, cell.children_shown) for cell in told]


def cells(road: ReportInput, threshold: int) -> Cells:
    return Cells.of(Cell(figure) for figure in protect_figures(road.figures, MEASURES, threshold))


@pytest.mark.parametrize(("role", "threshold"), [("analyst", 0), ("chair", PUBLISHED_THRESHOLD)])
def test_every_figure_on_every_page_is_the_roads(
    city: HouseSnapshot, road: ReportInput, role: str, threshold: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safeboard.figures.performance.measure_pages.card_of", lambda *_: None)  # drawn elsewhere
    expected, client, compared = cells(road, threshold), house().client(role), 0
    for measure in MEASURES:
        told = figures_table(page(client, "performance-measure", measure))
        assert told == as_told(expected, measure, YEAR), measure
        compared += len(told)
    assert compared == sum(cell.period == YEAR for cell in expected.all)


def test_the_list_names_every_measure_in_its_chapter(city: HouseSnapshot) -> None:
    html = page(house().client("board_member"), "performance-measures")
    named = re.findall(r'href="/performance/measures/(\w+)/\?', html)
    assert named == [measure for chapter in chapters_for(MEASURES) for measure in chapter.measures]


def test_a_measures_page_says_what_it_is_of(city: HouseSnapshot) -> None:
    said = texts(page(house().client("analyst"), "performance-measure", "ni_65"))
    for expected in (
        "14.9%",
        "46 of 309",
        "Rose from 12.7% in 2007-08 to 14.9% in 2008-09: 2.2 percentage points more.",
        city.identity,
        "31 March 2009",
    ):
        assert any(expected in each for each in said), (expected, said)


def test_the_year_before_has_a_page_of_its_own(city: HouseSnapshot, road: ReportInput) -> None:
    html = page(house().client("analyst"), "performance-measure", "plans_open", period="2007-08")
    assert figures_table(html) == as_told(cells(road, 0), "plans_open", YEAR.previous())


def test_what_is_not_collected_says_so_and_why(city: HouseSnapshot) -> None:
    html = page(house().client("chair"), "performance-measure", "cin_plans_open")
    assert "not collected" in html


def test_a_chart_is_a_picture_with_its_numbers_in_words(city: HouseSnapshot) -> None:
    client = house().client("chair")
    answer = client.get(reverse("performance-chart", args=["plans_open_rate", 0]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert b"<desc" in answer.content
    assert client.get(reverse("performance-chart", args=["plans_open_rate", 9])).status_code == 404


def test_only_who_may_see_rows_comes_to_them(city: HouseSnapshot) -> None:
    figure = FigureRow.objects.get(snapshot=city, measure="ni_65", group_column="", ends_on=YEAR.end)
    address = reverse("performance-rows", args=[figure.pk])
    here = house()
    for role, status in (
        ("analyst", 200),
        ("business_manager", 200),
        ("chair", 404),
        ("board_member", 404),
        ("system_administrator", 404),
        ("privacy_officer", 404),
    ):
        assert here.client(role).get(address).status_code == status, role
    assert other_house().client("analyst").get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_looking_at_rows_is_noted_without_what_they_say(city: HouseSnapshot) -> None:
    figure = FigureRow.objects.get(snapshot=city, measure="ni_65", group_column="", ends_on=YEAR.end)
    here = house()
    here.client("analyst").get(reverse("performance-rows", args=[figure.pk]))
    entry = TrailEntry.objects.filter(kind="snapshot_rows").first()
    assert entry is not None
    assert (entry.did, entry.object_id, entry.details) == (Did.LISTED, str(figure.pk), {"page": 1, "rows": 46})
    assert entry.who == str(here.user("analyst").pk)


def test_every_row_is_on_some_page_once(city: HouseSnapshot) -> None:
    figure = FigureRow.objects.get(snapshot=city, measure="plans_open", group_column="", ends_on=YEAR.end)
    client, listed = house().client("analyst"), []
    for number in range(1, -(-figure.keys_count // 50) + 1):
        html = page(client, "performance-rows", figure.pk, page=str(number))
        (body,) = re.findall(r"<tbody[^>]*>(.*?)</tbody>", html, re.S)
        listed += re.findall(r'<th scope="row"[^>]*>(.*?)</th>', body)
    assert len(listed) == len(set(listed)) == figure.numerator
    for wrong in ("0", "-1", "9999", "x", "1" * 30, "١"):
        assert client.get(reverse("performance-rows", args=[figure.pk]), {"page": wrong}).status_code == 404, wrong


def test_a_row_leads_to_the_record_where_one_may_open_it(city: HouseSnapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = FigureRow.objects.get(snapshot=city, measure="ni_65", group_column="", ends_on=YEAR.end)
    asked: list[tuple[int, int]] = []

    def finder(viewer: Viewer, area: int, identifiers: object) -> dict[str, str]:
        asked.append((area, len(list(identifiers))))  # type: ignore[call-overload]
        return {sorted(identifiers)[0]: "/people/1/"}  # type: ignore[call-overload]

    monkeypatch.setattr("safeboard.figures.performance.opening._FINDERS", [finder])
    html = page(house().client("analyst"), "performance-rows", figure.pk)
    assert html.count('href="/people/1/"') == 1
    assert asked == [(city.area_id, 46)]
    assert _FINDERS is not None


def test_another_area_sees_nothing_and_a_wrong_choice_is_not_found(city: HouseSnapshot) -> None:
    stranger, own = other_house().client("analyst"), house().client("chair")
    assert "Nothing yet" in page(stranger, "performance-measures")
    for client, asked in (
        (stranger, {"snapshot": str(city.pk)}),
        (own, {"snapshot": "not-a-key"}),
        (own, {"period": "1998-99"}),
        (own, {"period": "\0"}),
    ):
        assert client.get(reverse("performance-measures"), asked).status_code == 404
        assert client.get(reverse("performance-measure", args=["ni_65"]), asked).status_code == 404
    assert own.get(reverse("performance-measure", args=["no_such"])).status_code == 404


def test_pages_cost_few_queries_and_rows_the_same_for_one_or_thousands(city: HouseSnapshot) -> None:
    client = house().client("analyst")
    counts = {}
    wholes = FigureRow.objects.filter(snapshot=city, group_column="", ends_on=YEAR.end, keys_count__gt=0)
    few, many = wholes.order_by("keys_count").first(), wholes.order_by("-keys_count").first()
    assert few is not None
    assert many is not None
    assert many.keys_count > 3_000
    for name, address in (
        ("list", reverse("performance-measures")),
        ("measure", reverse("performance-measure", args=["ni_65"])),
        ("snapshot", reverse("performance-snapshot", args=[city.pk])),
        ("snapshots", reverse("performance-snapshots")),
        ("few", reverse("performance-rows", args=[few.pk])),
        ("many", reverse("performance-rows", args=[many.pk])),
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200
        counts[name] = sum("SAVEPOINT" not in query["sql"] for query in made)
    assert max(counts.values()) <= MOST_QUERIES, counts
    assert counts["few"] == counts["many"]
