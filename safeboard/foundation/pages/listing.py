"""One page of a register as asked for: its rows, the tags of its filters, its headings and its pages, all as links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django_filters import FilterSet

from safeboard.foundation.access.doors import viewer_from
from safeboard.foundation.access.policy import hidden_in_lists, visible
from safeboard.foundation.access.records import reference_of
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.pages.asked import ALL, COLUMNS, OPENED, PAGE, SEARCH, SORT, Asked, asked_of
from safeboard.foundation.pages.columns import Column, in_words
from safeboard.foundation.pages.ordering import ways_of
from safeboard.foundation.pages.posted import keys_of, typed, words_of
from safeboard.foundation.pages.register import Register

PER_PAGE: Final = 25
COUNTED_TO: Final = 10_000
"""Rows: counting further would make a long list slow, and nobody pages that far."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One thing the list is narrowed by; `without` is the address of the list without it."""

    label: str
    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: its link sorts by it, or the other way round. `state` is what `aria-sort` says."""

    column: Column
    address: str
    state: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in words under its column; `address` leads to the record."""

    column: Column
    words: str
    address: str = ""
    colour: str | None = None
    is_day: bool = False


class Listing:
    """A register's rows as one viewer may see them for an action, narrowed and ordered as asked."""

    def __init__(self, register: Register, request: HttpRequest, action: Action) -> None:
        self.register = register
        self.viewer: Viewer = viewer_from(request)
        self.all = register.rows(self.viewer, action)
        hidden = hidden_in_lists(self.viewer, action, self.all.model)
        self.every_column = [column for column in register.columns if column.may_be_shown(hidden)]
        at_first = register.at_first(self.viewer)
        self.asked: Asked = asked_of(self.every_column, register.order, request, at_first)
        if action is Action.FIND and self.asked.looks_inside(register.order, at_first):
            # What may be known of but not opened must not answer to what is in it, nor stand where that puts it.
            self.all = register.rows(self.viewer, Action.OPEN)
        self.filterset = _filterset(register, request, self.asked, self.all, hidden)

    @cached_property
    def narrowed(self) -> QuerySet[Any]:
        """Every row asked for, in order; the key settles what the column leaves open."""
        rows = self.filterset.qs if self.filterset else self.all
        if self.asked.words and self.register.search:
            rows = self.register.search(rows, self.asked.words)
        by = self.asked.column.order if self.asked.column else ()
        sign = "-" if self.asked.descending else ""
        return rows.order_by(*(f"{sign}{look_up}".removeprefix("--") for look_up in by), "pk")

    @cached_property
    def count(self) -> int:
        """How many rows, counted to one more than COUNTED_TO."""
        # By key alone: what else is shown of a row need not be worked out to count it.
        return int(self.narrowed.order_by().values("pk")[: COUNTED_TO + 1].count())

    @property
    def counted(self) -> str:
        """The count in words."""
        if self.count > COUNTED_TO:
            return f"More than {COUNTED_TO:,} {self.register.title.lower()}"
        return f"{self.count:,} {self.register.one if self.count == 1 else self.register.title.lower()}"

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.count, COUNTED_TO) // PER_PAGE))

    @property
    def page(self) -> int:
        return min(self.asked.page, self.pages)

    @cached_property
    def columns(self) -> list[Column]:
        return [column for column in self.every_column if not column.export_only]

    @cached_property
    def lines(self) -> list[list[Cell]]:
        """The page's rows as cells. Of a record that may be known of but not opened, the known columns only."""
        itself = self.all.model._default_manager.filter(pk=OuterRef("pk"))
        opened = visible(itself, self.viewer, Action.OPEN)
        # The page's keys first: what else is shown of a row is worked out for these rows, not for every row there is.
        keys = self.narrowed.values("pk")[(self.page - 1) * PER_PAGE : self.page * PER_PAGE]
        shown = self.narrowed.filter(pk__in=keys).annotate(opened_by_viewer=Exists(opened))
        return [[self._cell(row, column, row.opened_by_viewer) for column in self.columns] for row in shown]

    def _cell(self, row: Any, column: Column, opened: bool) -> Cell:
        if not opened and not column.known:
            closed = f"Closed to you (reference: {reference_of(self.register.kind, row.pk)})"
            return Cell(column, closed if column.opens else in_words(None))
        leads = column.opens and opened and self.register.record
        value = column.cell(row)
        return Cell(
            column,
            in_words(value),
            reverse(self.register.record, args=[row.pk]) if leads else "",
            column.tag(row) if column.tag else None,
            isinstance(value, date) and not isinstance(value, datetime),
        )

    @cached_property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> Heading:
        if not column.order:
            return Heading(column, "", "")
        now = self.asked.column == column
        turned = f"-{column.name}" if now and not self.asked.descending else column.name
        state = ("descending" if self.asked.descending else "ascending") if now else "none"
        return Heading(column, self.asked.address(**{SORT: turned}), state)

    @cached_property
    def tags(self) -> list[Tag]:
        """What narrows the list, each to be taken away alone."""
        searched = [Tag("Search", self.asked.words, self.asked.address(**{SEARCH: None}))] if self.asked.words else []
        return [*searched, *self._filter_tags()]

    def _filter_tags(self) -> Iterator[Tag]:
        if not self.filterset:
            return
        for field in self.filterset.form:
            pairs = typed(field.field.widget, field.html_name, self.asked.query)
            keys = keys_of(field.field.widget, field.html_name)
            # Each of several choices has its own tag; the two ends of a span are one.
            for each in [[pair] for pair in pairs] if len(keys) == 1 else [pairs][: len(pairs)]:
                rest = [text for _, text in pairs if [keys[0], text] not in each]
                changes = dict.fromkeys(keys, rest or None)
                yield Tag(str(field.label), words_of(field, each), self.asked.address(**changes))

    @property
    def ready(self) -> list[tuple[str, str, bool]]:
        """The register's ready views and the whole list: words, address, and whether it is the one that is shown."""
        ready = self.register.ready_for(self.viewer)
        if not ready:
            return []
        views = [*ready, (f"All {self.register.title.lower()}", f"{ALL}=1")]
        return [(words, f"?{query}", _asks(QueryDict(query)) == _asks(self.asked.query)) for words, query in views]

    @property
    def opened_alone(self) -> bool:
        """Whether only those are asked for that the viewer may open, though they may know of more."""
        return OPENED in self.asked.query and self.viewer.knows_of_more(self.register.module)

    @property
    def clear(self) -> str:
        """The address of the whole list, in the order it has now."""
        return self.asked.address(**{key: None for key in self.asked.query if key not in (SORT, PAGE)})

    @property
    def sorted_words(self) -> str:
        """By what the list is sorted and which way round: shown above it, printed, and said when it was swapped."""
        column = self.asked.column
        if column is None:
            return ""
        return f"sorted by {column.title.lower()}, {ways_of(self.all, column)[self.asked.descending]}"

    @cached_property
    def page_links(self) -> Sequence[tuple[int, str]]:
        """(number, address) of the first, the last and the pages round this one; 0 stands for those left out."""
        near = sorted({1, self.page - 1, self.page, self.page + 1, self.pages} & set(range(1, self.pages + 1)))
        links: list[tuple[int, str]] = []
        for before, number in zip([0, *near], near, strict=False):
            if number > before + 1:
                links.append((0, ""))
            links.append((number, self.page_address(number)))
        return links

    def page_address(self, number: int) -> str:
        return f"{self.asked.address()}&{PAGE}={number}"

    @property
    def previous(self) -> str:
        return self.page_address(self.page - 1) if self.page > 1 else ""

    @property
    def next(self) -> str:
        return self.page_address(self.page + 1) if self.page < self.pages else ""


def _asks(query: QueryDict) -> dict[str, list[str]]:
    """What a query narrows by, whatever the order and the page."""
    return {name: sorted(query.getlist(name)) for name in query if name not in (SORT, PAGE, ALL, COLUMNS)}


def _filterset(
    register: Register, request: HttpRequest, asked: Asked, rows: QuerySet[Any], hidden: frozenset[str]
) -> FilterSet | None:
    if register.filters is None:
        return None
    filterset = register.filters(data=asked.query, queryset=rows, request=request)
    # What may not be seen may not be narrowed by either: the count alone would tell it.
    for name in [name for name, each in filterset.filters.items() if each.field_name in hidden]:
        del filterset.filters[name]
    return filterset
