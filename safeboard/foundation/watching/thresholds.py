"""The thresholds of `thresholds.toml`, read once."""

import tomllib
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Many:
    """So many different records, or addresses refused, within a time."""

    records: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when on the trail is looked into. Working hours go from `begin` to `end`, exclusive."""

    kinds: frozenset[str]
    common_surnames: frozenset[str]
    many: tuple[Many, ...]
    refused: Many
    begin: time
    end: time
    round_the_clock: frozenset[str]
    sampled: int


@cache
def thresholds() -> Thresholds:
    said = tomllib.loads(files(__package__).joinpath("thresholds.toml").read_text(encoding="utf-8"))
    return Thresholds(
        kinds=frozenset(said["kinds"]),
        common_surnames=frozenset(said["common_surnames"]),
        many=tuple(Many(each["records"], timedelta(minutes=each["minutes"])) for each in said["many"]),
        refused=Many(said["refused"]["addresses"], timedelta(minutes=said["refused"]["minutes"])),
        begin=time.fromisoformat(said["hours"]["from"]),
        end=time.fromisoformat(said["hours"]["to"]),
        round_the_clock=frozenset(said["hours"]["but_for"]),
        sampled=said["sample"]["readings"],
    )
