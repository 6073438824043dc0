"""`./run check-deployment`: whether the house is safe to be used by people."""

import argparse
import os

from django.core.management import call_command

from safeboard.site.house.opening import opened_as_begun
from safeboard.site.verbs.house_words import add_data, house_of

NAME = "check-deployment"
PURPOSE = (
    "Look for anything unsafe in how the house is set up: exit 0 if there is nothing, 1 with each thing and its remedy."
)
EXAMPLE = "SAFEBOARD_MODE=production SAFEBOARD_HOSTS=safeboard.example.gov.uk DATABASE_URL=... ./run check-deployment"


def add_words(words: argparse.ArgumentParser) -> None:
    add_data(words)


def work(asked: argparse.Namespace) -> int:
    with opened_as_begun(house_of(asked, os.environ.get("SAFEBOARD_MODE", "production"))):
        call_command("check_deployment")
    return 0
