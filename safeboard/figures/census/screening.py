"""All plain conditions on a table's rows asked in one reading of the table, instead of one reading a rule.

Most rules say no more than which rows of one table break them. A table whose reading fails answers nothing: its rules
are then run one by one, so that the one at fault says why and the others find what they find.
"""

from collections.abc import Iterable, Mapping

import duckdb

from safeboard.figures.census.rule import Plain, Rule

Rows = tuple[int, ...]


def screen(connection: duckdb.DuckDBPyConnection, rules: Iterable[Rule]) -> Mapping[Plain, Rows]:
    """The rows that meet each plain condition of the rules; conditions that could not be asked are left out."""
    asked: dict[str, dict[Plain, None]] = {}
    for plain in (rule.plain for rule in rules):
        if plain is not None:
            asked.setdefault(plain.table, {})[plain] = None
    found: dict[Plain, Rows] = {}
    for table, conditions in asked.items():
        picked = ", ".join(f"list({one.row}) FILTER (WHERE {one.condition})" for one in conditions)
        try:
            (lists,) = connection.execute(f"SELECT {picked} FROM {table}").fetchall()
        except duckdb.Error:
            continue
        found |= {one: tuple(dict.fromkeys(rows or ())) for one, rows in zip(conditions, lists, strict=True)}
    return found
