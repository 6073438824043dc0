"""What was asked of a register: filters, search words, order and page, read from an address that holds no name.

Search words stay in the session, the address carries a key to them: addresses end up in logs and histories.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, QueryDict

from safeboard.foundation.pages.columns import Column

SEARCH, SORT, PAGE, ALL, COLUMNS, OPENED = "search", "sort", "page", "all", "columns", "opened"
KEPT_IN_SESSION: Final = "searches"
LONGEST_SEARCH: Final = 200
SEARCHES_KEPT: Final = 20


@dataclass(frozen=True)
class Asked:
    """One list as asked for. `query` is the address's, `words` what was searched for."""

    query: QueryDict
    words: str
    column: Column | None
    descending: bool
    page: int

    def looks_inside(self, order: str, at_first: str) -> bool:
        """Whether what is in the records decides which are here, or where: by words, a filter, another order.

        As it does where only those are asked for that one may open.

        Not by a column that is known of every record, nor as the list stands `at_first`, in its own `order`.
        """
        own = QueryDict(at_first)
        asked = [key for key in self.query if key not in (SEARCH, SORT, PAGE, ALL, COLUMNS)]
        narrowed = bool(self.words) or any(self.query.getlist(key) != own.getlist(key) for key in asked)
        in_order = self.column is not None and self.column.name == order.removeprefix("-")
        return narrowed or OPENED in self.query or not (self.column is None or self.column.known or in_order)

    def address(self, **changes: str | list[str] | None) -> str:
        """The address of the same list with some parts changed; None takes one away. Back to the first page."""
        query = self.query.copy()
        query.pop(PAGE, None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query.setlist(name, value if isinstance(value, list) else [value])
        return "?" + (query.urlencode() or f"{ALL}=1")


def asked_of(columns: Sequence[Column], order: str, request: HttpRequest, at_first: str = "") -> Asked:
    """What a request's address asks of a list of these columns, in this order at first. Nonsense is left out.

    `at_first` is asked where the address asks for nothing.
    """
    query = request.GET.copy() if request.GET else QueryDict(at_first, mutable=True)
    sortable = {column.name: column for column in columns if column.order}
    named = query.get(SORT, order)
    named = named if named.removeprefix("-") in sortable else order
    column = sortable.get(named.removeprefix("-"))
    words = request.session.get(KEPT_IN_SESSION, {}).get(query.get(SEARCH, ""), "")
    page = query.get(PAGE, "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return Asked(query, words, column, named.startswith("-"), max(number, 1))


def keep_words(session: SessionBase, words: str) -> str:
    """Keep search words for the session, and give the key to them; "" for none."""
    typed = " ".join(words.replace("\0", " ").split())[:LONGEST_SEARCH]
    if not typed:
        return ""
    kept = dict(session.get(KEPT_IN_SESSION, {}))
    key = next((key for key, each in kept.items() if each == typed), secrets.token_hex(4))
    kept.pop(key, None)
    session[KEPT_IN_SESSION] = dict([*kept.items(), (key, typed)][-SEARCHES_KEPT:])
    return key


def address_asked_for(request: HttpRequest, names: Iterable[str]) -> str:
    """The address that a posted search and filter form asks for: the words' key, the filters that say something."""
    query = QueryDict(mutable=True)
    if key := keep_words(request.session, request.POST.get(SEARCH, "")):
        query[SEARCH] = key
    for name in names:
        if values := [value for value in request.POST.getlist(name) if value]:
            query.setlist(name, values)
    return f"{request.path}?" + (query.urlencode() or f"{ALL}=1")
