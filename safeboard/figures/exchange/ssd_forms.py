"""Forms in which the Standard Safeguarding Dataset holds what our tables hold otherwise.

All factors of an assessment stand in one JSON field, as a list of codes or as an object of code to "Yes" or "No"; here
each has a row. A field whose content is still to come holds PLACEHOLDER_DATA, and so is not collected.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from safeboard.figures.exchange.table_text import Batch, TableText, batches_of
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem

FACTORS: Final = "cinf_assessment_factors_json"
FACTOR: Final = "cinf_assessment_factor"
FACTOR_KEY: Final = "cinf_table_id"
PLACEHOLDER: Final = "placeholder_data"
YES: Final = ("yes", "y", "true", "1")


def standard_form(text: TableText) -> TableText:
    """The table with one factor a row, where it holds all of an assessment in one field; any other as it is."""
    names = [name.strip().casefold() for name in text.header]
    if FACTORS not in names or FACTOR_KEY not in names or FACTOR in names:
        return text
    place = names.index(FACTORS)
    header = tuple(FACTOR if number == place else name for number, name in enumerate(text.header))
    return replace(text, header=header, batches=_FactorRows(text, place, names.index(FACTOR_KEY)))


@dataclass(frozen=True, slots=True)
class _FactorRows:
    """The rows of a table of factors, one for each factor. A row's key is its assessment's with the code."""

    text: TableText
    place: int
    key: int

    def __iter__(self) -> Iterator[Batch]:
        return batches_of(self._rows(), len(self.text.header))

    def _rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        for batch in self.text.batches:
            columns = [column.to_pylist() for column in batch.columns]
            for line, *cells in zip(batch.lines.to_pylist(), *columns, strict=True):
                for code in self._codes(line, cells[self.place]):
                    row = [cell or "" for cell in cells]
                    row[self.place], row[self.key] = code, f"{row[self.key]}/{code}"
                    yield line, row

    def _codes(self, line: int, field: str | None) -> Iterable[str]:
        if not field or not field.strip():
            return ()
        try:
            said = json.loads(field)
        except json.JSONDecodeError:
            said = None
        if isinstance(said, dict):
            said = [code for code, answer in said.items() if str(answer).strip().casefold() in YES]
        if isinstance(said, list) and all(isinstance(code, str) for code in said):
            return dict.fromkeys(said)
        raise BadInput(
            Problem(
                message="The factors of the assessment cannot be read.",
                file=self.text.place,
                line=line,
                element=FACTORS,
                found=field[:60],
                expected='a list of codes, ["1A", "2B"], or an object, {"1A": "Yes", "2B": "No"}',
                remedy="Export the table again.",
            )
        )


class Placeholders:
    """Takes placeholders out of a table's columns and keeps which columns had any."""

    def __init__(self) -> None:
        self.columns: set[str] = set()

    def without(self, name: str, texts: pa.Array) -> pa.Array:
        """The column with every placeholder emptied."""
        holds = pc.equal(pc.utf8_lower(texts), PLACEHOLDER)
        if not pc.any(holds).as_py():
            return texts
        self.columns.add(name)
        return pc.if_else(holds, pa.scalar(None, pa.string()), texts)

    def noted(self, place: str) -> list[Problem]:
        """A note naming the columns, if any, that are not collected yet."""
        if not self.columns:
            return []
        return [
            Problem(
                message="Columns that hold placeholders are taken as not collected.",
                file=place,
                element=", ".join(sorted(self.columns)),
                found=PLACEHOLDER.upper(),
                expected="values",
                remedy="Nothing needs doing until the extract fills them.",
                gravity=Gravity.NOTED,
            )
        ]
