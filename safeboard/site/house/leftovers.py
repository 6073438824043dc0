"""Looks through a scrubbed copy for anything of the original that tells of somebody.

What was told before is held as numbers that its words lead to, so that a house of a million people fits in memory.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import CharField, JSONField, TextField

from safeboard.foundation.keeping.classes import PersonalData
from safeboard.foundation.keeping.scrubbing import SHORT, Scrubber
from safeboard.site.house.scrubbing import MADE_ANEW, UNDECLARED, declared_tables

PERSONAL: Final = frozenset(
    {
        PersonalData.NAME,
        PersonalData.CONTACT,
        PersonalData.IDENTIFIER,
        PersonalData.ACCOUNT,
        PersonalData.SECRET,
        PersonalData.NARRATIVE,
    }
)
HOLD_TEXT: Final = (CharField, TextField, JSONField, ArrayField, SearchVectorField)
OF_INVENTED_WORDS: Final = (PersonalData.NAME, PersonalData.ACCOUNT, PersonalData.CONTACT)
FILLED_BY_PROGRAM: Final = frozenset({"auth_permission", "django_content_type", *UNDECLARED})
KEYS: Final = f"{MADE_ANEW}.keys"
AS_WRITTEN: Final = "w"
"""The letter before a word of a name among the keys (casework/matching/sql/keys.sql)."""
WORD: Final = re.compile(r"\w+")
LONGEST: Final = 12
"""Words of a text that are compared: a longer one is known by its beginning."""

SHORTEST: Final = 5
"""Signs: what is shorter tells of nobody."""

FEWEST_WORDS: Final = {PersonalData.NARRATIVE: 3}
"""Two words that somebody wrote ("Not known") may stand anywhere; of names and addresses two are enough. What is all
figures is no word: a day that a report names is some other person's, once theirs is moved."""


@dataclass(slots=True)
class Originals:
    """What told of somebody: texts of several words or with figures, by length in words, and the words of names."""

    texts: dict[int, set[int]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def add(self, kind: PersonalData, text: str) -> None:
        words = _words(text)
        if kind in (PersonalData.NAME, PersonalData.ACCOUNT, PersonalData.CONTACT):
            self.names.update(word for word in words if len(word) > SHORT and word.isalpha())
        several = sum(not word.isdigit() for word in words) >= FEWEST_WORDS.get(kind, 2)
        figures = kind is not PersonalData.NARRATIVE and any(sign.isdigit() for sign in text)
        if len(text) >= SHORTEST and (several or figures):
            self.texts.setdefault(len(words), set()).add(hash(words))

    def told_in(self, text: str) -> bool:
        """Whether anything of an original stands in the text."""
        return any(self.found_in(text))

    def found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where in the text something of an original stands: (first word, how many)."""
        words = _all_words(text)
        for length, known in self.texts.items():
            for start in range(len(words) - length + 1):
                if hash(words[start : start + length]) in known:
                    yield start, length


def originals() -> Originals:
    """What tells of somebody in the database that is connected, but in the trail, which tells of what others hold."""
    found = Originals()
    for model, kept in declared_tables():
        if model._meta.app_label == "audit" or model._meta.db_table == MADE_ANEW:
            continue
        wanted = {name: kind for name, kind in kept.fields.items() if kind in PERSONAL}
        fields = [each for each in model._meta.concrete_fields if each.name in wanted and not each.is_relation]
        if fields:
            for row in model._base_manager.values_list(*(each.attname for each in fields)).iterator(5_000):
                for each, value in zip(fields, row, strict=True):
                    for text in _texts(value):
                        found.add(wanted[each.name], text)
    return found


def mend_kept_texts(told: Originals, scrubber: Scrubber) -> None:
    """Change words that tell of somebody in what is kept as telling of nobody: a surgery's name, say."""
    for model, kept in declared_tables():
        for each in model._meta.concrete_fields:
            typed = isinstance(each, CharField | TextField) and not each.choices and not each.is_relation
            if kept.copied and typed and kept.fields[each.name] is PersonalData.NOTHING:
                for pk, text in model._base_manager.values_list("pk", each.attname):
                    if told.told_in(text or ""):
                        model._base_manager.filter(pk=pk).update(**{each.attname: scrubber.words(text)})


def leftovers(told: Originals) -> list[str]:
    """The tables and columns that hold something of an original, never what."""
    fields = [
        (f"{model._meta.db_table}.{each.column}", each, kept.fields[each.name])
        for model, kept in declared_tables()
        for each in model._meta.concrete_fields
    ]
    # A key or a count may be any number, an agency's own for somebody among them.
    passed = {place for place, each, kind in fields if kind is PersonalData.KEY or not isinstance(each, HOLD_TEXT)}
    invented = {place for place, _, kind in fields if kind in OF_INVENTED_WORDS}
    cells = ((place, text) for place, text in _cells() if place not in passed)
    return sorted(
        {
            place
            for place, text in cells
            if (_as_written(text) & told.names if place == KEYS else _is_left(told, text, place in invented))
        }
    )


def _as_written(keys: str) -> set[str]:
    """Of a search document's keys the words as written. How one sounds, or is with a letter left out, is anybody's:
    a letter for the kind before it, and it may read as a name that nobody has any more.
    """
    return {key[1:] for key in _all_words(keys) if key.startswith(AS_WRITTEN)}


def _is_left(told: Originals, text: str, of_invented_words: bool) -> bool:
    if told.told_in(text):
        return True
    return of_invented_words and not told.names.isdisjoint(_words(text))


def _cells() -> Iterator[tuple[str, str]]:
    """Every value in the database as text, with its table and column."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in FILLED_BY_PROGRAM:
                continue
            columns = [each.name for each in connection.introspection.get_table_description(cursor, table)]
            with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as copied:
                for row in copied.rows():
                    yield from ((f"{table}.{name}", text) for name, text in zip(columns, row, strict=True) if text)


def _words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, the first of a long one."""
    return _all_words(text)[:LONGEST]


def _all_words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in WORD.findall(text))


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value, whether it is one or holds them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
