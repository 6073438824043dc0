"""All rows of a person's parts within the query that reads the person: a page costs the same however much is known."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, QuerySet
from django.db.models.functions import JSONObject

Row = TypeVar("Row", bound=Model)


def together(rows: QuerySet[Any, Any], **more: Any) -> ArraySubquery:
    """The rows' own columns, and what `more` names by look-up or works out, as one array to read beside the person."""
    columns = {field.attname: field.attname for field in rows.model._meta.concrete_fields}
    return ArraySubquery(rows.order_by("pk").values(row_of_a_part=JSONObject(**columns, **more)))


def taken_apart(model: type[Row], rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The rows again as what they are."""
    return [one(model, row) for row in rows]


def one(model: type[Row], row: Mapping[str, Any]) -> Row:
    """One row as what it is; what belongs to no column of it is passed over."""
    made = model(**{field.attname: field.to_python(row[field.attname]) for field in model._meta.concrete_fields})
    made._state.adding = False
    return made
