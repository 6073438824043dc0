"""`./run serve`: the house, with its database, web server and worker, until it is stopped."""

import argparse
import os

from safeboard.site.house.migrating import migrate
from safeboard.site.house.opening import opened_alone
from safeboard.site.house.serving import keep_running, refuse_taken_port, stopped_by_signals, web, worker
from safeboard.site.verbs.house_words import add_listening, house_of

NAME = "serve"
PURPOSE = "Start the house: database, web pages and worker. Ctrl-C stops all three."
EXAMPLE = "./run serve --port 8000\n  DATABASE_URL=postgresql://... SAFEBOARD_MODE=production ./run serve"


def add_words(words: argparse.ArgumentParser) -> None:
    add_listening(words)


def work(asked: argparse.Namespace) -> int:
    refuse_taken_port(asked.host, asked.port)
    mode = os.environ.get("SAFEBOARD_MODE", "local")
    if mode == "local":
        os.environ.setdefault("SAFEBOARD_ADDRESS", f"http://{asked.host}:{asked.port}")
    with stopped_by_signals(), opened_alone(house_of(asked, mode)):
        migrate()
        said = f"Safeboard is at http://{asked.host}:{asked.port}/ (Ctrl-C stops it)."
        commands = [web(asked.host, asked.port, asked.processes), worker()]
        return keep_running(commands, host=asked.host, port=asked.port, said=said)
