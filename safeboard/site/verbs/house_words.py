"""The words that all verbs of a house share: where it is."""

import argparse
from pathlib import Path

from safeboard.site.house.opening import House
from safeboard.site.house.serving import WEB_PROCESSES

DEFAULT = Path("house")


def add_data(words: argparse.ArgumentParser) -> None:
    words.add_argument("--data", type=Path, default=DEFAULT, help="the folder of the house (default: ./house)")


def add_listening(words: argparse.ArgumentParser, processes: int = WEB_PROCESSES) -> None:
    add_data(words)
    words.add_argument("--host", default="127.0.0.1", help="where to listen (default: this machine alone)")
    words.add_argument("--port", type=int, default=8000)
    words.add_argument("--processes", type=int, default=processes, help=f"web processes (default: {processes})")


def house_of(asked: argparse.Namespace, mode: str) -> House:
    return House(asked.data.resolve(), mode)
