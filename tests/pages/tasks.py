"""Synthetic tasks of the trial area."""

from datetime import date, timedelta
from typing import Any

from tests.house.synthetic import House
from tests.pages.trial.models import Stage, Task


def tasks(here: House, count: int, **fields: Any) -> list[Task]:
    """That many tasks of the board's, due on the days from 1 December 2026 on, "Task 1" first."""
    owner = here.user("business_manager")
    return Task.objects.bulk_create(
        Task(
            **{
                "area": here.area,
                "agency": here.agencies["board"],
                "owner": owner,
                "title": f"Task {number}",
                "stage": list(Stage)[number % 3],
                "due_on": date(2026, 11, 30) + timedelta(days=number),
                "cost": number,
                **fields,
            }
        )
        for number in range(1, count + 1)
    )
