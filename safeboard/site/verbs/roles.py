"""`./run roles`: the database role with which the application signs in, and its rights."""

import argparse
import os
import secrets

from django.db import connection, transaction

from safeboard.foundation.audit.rights import grant_rights, make_role
from safeboard.site.house.migrating import migrate
from safeboard.site.house.opening import opened
from safeboard.site.verbs.house_words import add_data, house_of

NAME = "roles"
PURPOSE = (
    "As the database's owner: migrate, make the application's own role, and give it every right but over the trail."
)
EXAMPLE = "DATABASE_URL=postgresql://owner@host/safeboard ./run roles safeboard_app"


def add_words(words: argparse.ArgumentParser) -> None:
    add_data(words)
    words.add_argument("role", help="the role's name; it is made if there is none")


def work(asked: argparse.Namespace) -> int:
    password = secrets.token_urlsafe(32)
    with opened(house_of(asked, os.environ.get("SAFEBOARD_MODE", "local"))):
        migrate()
        with transaction.atomic(), connection.cursor() as cursor:
            made = make_role(cursor, asked.role, password)
            grant_rights(cursor, asked.role)
    if made:
        print(f"{asked.role}: made. Its password, shown this once: {password}")
    print(f"{asked.role}: may work on the records, and read the trail but not change it. Put it into DATABASE_URL.")
    return 0
