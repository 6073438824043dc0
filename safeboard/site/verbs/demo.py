"""`./run demo`: the house with the reference city in it, a user for each role, and links that sign in as them."""

import argparse
import os

from django.core.management import call_command

from safeboard.site.house.migrating import migrate
from safeboard.site.house.opening import opened_alone
from safeboard.site.house.serving import keep_running, refuse_taken_port, stopped_by_signals, web, worker
from safeboard.site.verbs.house_words import add_listening, house_of

NAME = "demo"
PURPOSE = "Start a demonstration house: the reference city, a user for each role, and one-time sign-in links."
EXAMPLE = "./run demo"


def add_words(words: argparse.ArgumentParser) -> None:
    add_listening(words, processes=2)
    words.set_defaults(data=words.get_default("data").with_name("demo-house"))


def work(asked: argparse.Namespace) -> int:
    refuse_taken_port(asked.host, asked.port)
    address = f"http://{'localhost' if asked.host == '127.0.0.1' else asked.host}:{asked.port}"
    os.environ.setdefault("SAFEBOARD_ADDRESS", address)
    with stopped_by_signals(), opened_alone(house_of(asked, "demo")):
        migrate()
        call_command("load_demo", address=address)
        said = f"The demonstration is at {address}/ (Ctrl-C stops it)."
        commands = [web(asked.host, asked.port, asked.processes), worker()]
        return keep_running(commands, host=asked.host, port=asked.port, said=said)
