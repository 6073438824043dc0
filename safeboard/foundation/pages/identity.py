"""Whom a page is about, above whatever the page is: forms about a person carry the person's warnings too."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Identity:
    """Who, some facts as (label, words), the warnings no reader can miss, and the address of the record."""

    name: str
    facts: Sequence[tuple[str, str]]
    warnings: Sequence[str]
    address: str


def show_above(request: HttpRequest, identity: Identity) -> None:
    """Every page made for this request stands under whom it is about."""
    request.identity = identity  # type: ignore[attr-defined]
