"""Scrubs the database that is connected: every field by the rule of its class of personal data (`keeping.toml`).

Only ever done to a copy in a database of its own (`copying.py`): nothing here asks whether it may.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import connection, transaction
from django.db.models import EmailField, ForeignKey, Model

from safeboard.casework.people.models import Household, HouseholdMember, Person
from safeboard.foundation.keeping.classes import PersonalData
from safeboard.foundation.keeping.declared import Kept, tables
from safeboard.foundation.keeping.scrubbing import Scrubber, filler
from safeboard.site.house.scrubbed_numbers import Numbers, scrubbed_numbers

AT_A_TIME: Final = 5_000
MADE_ANEW: Final = "matching_searchdocument"
"""What people are found by: written by the database from the people's own rows."""

UNDECLARED: Final[Mapping[str, bool]] = {
    "django_migrations": True,
    "matching_letter": True,
    "matching_nickname": True,
    "signing_in_cache": False,
    "procrastinate_events": False,
    "procrastinate_jobs": False,
    "procrastinate_periodic_defers": False,
    "procrastinate_workers": False,
}
"""The tables that are nobody's record, and whether a copy has their rows: what the program fills is kept, what a queue
or a cache holds is not."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value to be scrubbed. `row` holds the values by field of what the rule may need; `of` names a person."""

    field: Any
    value: Any
    row: Mapping[str, Any]
    of: object


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule of each class. KEY, NOTHING and SPECIAL leave a field as it is; but see `deal_out`."""

    scrubber: Scrubber
    numbers: Numbers

    def of(self, kind: PersonalData) -> Callable[[Cell], Any] | None:
        return {
            PersonalData.NOTHING: None,
            PersonalData.KEY: None,
            PersonalData.SPECIAL: None,
            PersonalData.ACCOUNT: self.account,
            PersonalData.DATE: self.date,
            PersonalData.NAME: self.name,
            PersonalData.CONTACT: self.contact,
            PersonalData.IDENTIFIER: self.identifier,
            PersonalData.NARRATIVE: self.narrative,
            PersonalData.SECRET: self.secret,
        }[kind]

    def account(self, cell: Cell) -> str:
        write = self.scrubber.email if isinstance(cell.field, EmailField) else self.scrubber.words
        return write(cell.value)

    def date(self, cell: Cell) -> Any:
        return self.scrubber.earlier(cell.value, cell.of)

    def name(self, cell: Cell) -> str:
        return self.scrubber.words(cell.value)

    def contact(self, cell: Cell) -> str:
        return SHAPES[cell.field.name](self.scrubber, cell.value)

    def identifier(self, cell: Cell) -> str:
        return self.numbers[cell.row["kind"], cell.value]

    def narrative(self, cell: Cell) -> str:
        model = cell.field.model._meta
        return filler(
            f"{cell.field.verbose_name} of {model.verbose_name} {str(cell.row['pk'])[:8]}".capitalize(), cell.value
        )

    def secret(self, cell: Cell) -> str:
        # An exclamation mark: Django's word for a password that no password is.
        return f"!{secrets.token_hex(20)}" if cell.field.name == "password" else secrets.token_hex(32)


SHAPES: Final[Mapping[str, Callable[[Scrubber, str], str]]] = {
    "lines": Scrubber.words,
    "house": Scrubber.words,
    "postcode": Scrubber.postcode,
    "uprn": Scrubber.property_number,
    "telephone": Scrubber.telephone,
    "email": Scrubber.email,
}
"""How each field by which somebody is reached keeps its form."""


@contextmanager
def without_triggers() -> Iterator[None]:
    """All or nothing, with no trail and no check of relations on the way: restoring the copy checks every relation."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield


def scrub(scrubber: Scrubber) -> None:
    """Scrub every row, leave out the tables that a copy has not, and write anew what is made from others."""
    rules = Rules(scrubber, scrubbed_numbers(scrubber))
    of = people_of_rows()
    for model, kept in declared_tables():
        if kept.copied and model._meta.db_table != MADE_ANEW:
            scrub_table(model, kept, rules, of)
    deal_out(scrubber)
    with connection.cursor() as cursor:
        leave_out(cursor)
        cursor.execute("ANALYZE")  # every row is another: what the database thinks of its tables is of the old ones
        cursor.execute("SELECT matching_refresh_all()")


def declared_tables() -> Iterator[tuple[type[Model], Kept]]:
    """The tables with what is declared of them. LookupError for one of which nothing is."""
    for model, kept in tables():
        if kept is None:
            raise LookupError(f"Nothing is declared of {model._meta.db_table}.")
        yield model, kept


def scrubbed_fields(model: type[Model], kept: Kept) -> list[Any]:
    """The fields of the table that a rule changes: a key of somebody stays, since they are changed themselves."""
    unchanged = (PersonalData.NOTHING, PersonalData.KEY, PersonalData.SPECIAL)
    return [
        field
        for field in model._meta.concrete_fields
        if kept.fields[field.name] not in unchanged and not isinstance(field, ForeignKey)
    ]


def scrub_table(model: type[Model], kept: Kept, rules: Rules, of: Callable[[Any, Any], object]) -> None:
    """Every row of one table."""
    fields = scrubbed_fields(model, kept)
    if not fields:
        return
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*names).iterator(AT_A_TIME)
    made = (_scrubbed(model, kept, fields, dict(zip(names, row, strict=True)), rules, of) for row in rows)
    put_in(model, [field.column for field in fields], made)


def put_in(model: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Give rows of a table, each named by the key that stands last, new values of these columns.

    By way of a table beside it, all rows at once: a million updates of one row take a quarter of an hour.
    """
    table, key = model._meta.db_table, model._meta.pk.column
    every = ", ".join(f'"{column}"' for column in (*columns, key))
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TEMPORARY TABLE scrubbed AS SELECT {every} FROM "{table}" WHERE false')
        for batch in in_batches(iter(rows)):
            with cursor.cursor.copy(f"COPY scrubbed ({every}) FROM STDIN") as copied:
                for row in batch:
                    copied.write_row(row)
        put = ", ".join(f'"{column}" = scrubbed."{column}"' for column in columns)
        cursor.execute(f'UPDATE "{table}" SET {put} FROM scrubbed WHERE "{table}"."{key}" = scrubbed."{key}"')
        cursor.execute("DROP TABLE scrubbed")


def _scrubbed(
    model: Any, kept: Kept, fields: list[Any], row: dict[str, Any], rules: Rules, of: Callable[[Any, Any], object]
) -> list[Any]:
    row["pk"] = row[model._meta.pk.attname]
    person = of(model, row)
    made = []
    for field in fields:
        value, rule = row[field.attname], rules.of(kept.fields[field.name])
        changed = rule(Cell(field, value, row, person)) if rule and value not in (None, "") else value
        made.append(field.get_db_prep_save(changed, connection))
    return [*made, model._meta.pk.get_db_prep_save(row["pk"], connection)]


def in_batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch


def people_of_rows() -> Callable[[Any, Any], object]:
    """Whose dates a row's are: its person's, by the record in use where records are joined."""
    joined = dict(Person.objects.exclude(joined_into=None).values_list("pk", "joined_into"))
    firsts = dict(HouseholdMember.objects.order_by("-pk").values_list("household", "person"))

    def of(model: Any, row: Mapping[str, Any]) -> object:
        if model is Household:
            person = firsts.get(row["pk"], row["pk"])
        else:
            person = row["pk"] if model is Person else row.get("person_id")
        return joined.get(person, person)

    return of


DEALT: Final = ("ethnicity", "disabilities", "first_language", "interpreter")
"""What is dealt out anew among people, together, as one goes with the other. Sex stays: families rest on it."""


def deal_out(scrubber: Scrubber) -> None:
    """Give everybody what another of the same area and kind has of special categories: the counts stay."""
    held: dict[tuple[Any, str], list[tuple[Any, ...]]] = {}
    for area, kind, pk, *what in Person.objects.order_by("pk").values_list("area_id", "kind", "pk", *DEALT):
        held.setdefault((area, kind), []).append((pk, *what))
    for people in held.values():
        drawn = sorted(people, key=lambda each: scrubber.drawn("dealt", each[0]))
        put_in(Person, DEALT, [(*other[1:], each[0]) for each, other in zip(drawn, drawn[1:] + drawn[:1], strict=True)])


def leave_out(cursor: Any) -> None:
    """Empty the tables that a copy has no rows of, and whatever may be without them."""
    left = {model for model, kept in declared_tables() if not kept.copied}
    for model in apps.get_models(include_auto_created=True):
        stays = model not in left and not model._meta.proxy
        for field in model._meta.concrete_fields:
            if stays and isinstance(field, ForeignKey) and field.related_model in left:
                what = f'UPDATE "{model._meta.db_table}" SET "{field.column}" = NULL'
                cursor.execute(what if field.null else f'DELETE FROM "{model._meta.db_table}"')
    emptied = {model._meta.db_table for model in left} | {name for name, copied in UNDECLARED.items() if not copied}
    for table in sorted(emptied):
        cursor.execute(f'DELETE FROM "{table}"')
