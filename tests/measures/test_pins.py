"""A published measure's query is changed only under a new edition."""

from dataclasses import replace
from pathlib import Path

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.pins import changed, fingerprints, read_pins, renewed, write_pins

RENEW = "python -m safeboard.figures.measures.pins (raise the edition first where what is counted changed)"


def test_no_query_changed_under_its_edition() -> None:
    assert changed(MEASURES, read_pins()) == [], f"renew with: {RENEW}"


def test_every_pin_is_of_a_measure_that_is_here() -> None:
    assert set() == set(read_pins()) - set(MEASURES)


def test_a_changed_query_is_noticed_and_a_new_edition_keeps_the_old_pin(tmp_path: Path) -> None:
    measure = MEASURES["referrals_rate"]
    pins = renewed({measure.id: measure}, {})
    other = replace(measure, rows=MEASURES["section_47_rate"].rows)
    assert changed({measure.id: measure}, pins) == []
    assert changed({measure.id: other}, pins) == [measure.id]
    second = replace(other, edition="2")
    assert changed({measure.id: second}, pins) == [measure.id]
    both = renewed({measure.id: second}, pins)
    assert both == {
        measure.id: {"1": fingerprints([measure])[measure.id], "2": fingerprints([other])[measure.id]},
    }
    write_pins(both, tmp_path / "pins.toml")
    assert read_pins(tmp_path / "pins.toml") == both
    assert read_pins(tmp_path / "none.toml") == {}
