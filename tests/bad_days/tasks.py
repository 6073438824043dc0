"""A job that is killed in the middle when it is tried for the first time."""

import time
from pathlib import Path

from django.db import transaction
from procrastinate.contrib.django import app

from safeboard.foundation.agencies.models import BoardArea

FIRST, SECOND = "X99000091", "X99000092"


@app.task(name="two_areas")
def two_areas(begun: str) -> None:
    """Two areas or none. Says in the file `begun` that it is half done, and waits there if it is the first try."""
    with transaction.atomic():
        BoardArea.objects.create(code=FIRST, name="First half")
        again = Path(begun).exists()
        with Path(begun).open("a") as file:
            file.write("half done\n")
        if not again:
            time.sleep(120)
        BoardArea.objects.create(code=SECOND, name="Second half")


@app.task(name="ends_its_worker")
def ends_its_worker(begun: str) -> None:
    """Waits for ever."""
    Path(begun).touch()
    time.sleep(120)
