"""Live people as rows of the standard tables: plain dictionaries by column, without a word of the figures above."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from safeboard.casework.people.codes import IdentifierKind, PersonKind, RecordStatus
from safeboard.casework.people.models import Identifier, Person
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import BoardArea

PERSON: Final = "ssd_person"
DISABILITY: Final = "ssd_disability"
COLLECTS: Final[Mapping[str, frozenset[str]]] = {
    PERSON: frozenset(
        {
            "pers_person_id",
            "pers_upn",
            "pers_former_upn",
            "pers_dob",
            "pers_expected_dob",
            "pers_sex",
            "pers_death_date",
            "pers_ethnicity",
        }
    ),
    DISABILITY: frozenset({"disa_table_id", "disa_person_id", "disa_disability_code"}),
}
"""The columns that a live record can hold. Why a pupil number is missing is not asked; nor is gender beside sex."""

TableRow = tuple[str, Mapping[str, Any]]


def live_rows(area: BoardArea, on: date) -> Iterator[TableRow]:
    """Every child of an area as it is recorded, one row at a time; `on` is the day of the extract.

    Read for a snapshot of the whole area, which shows nobody: who may see rows of it is asked where they are shown.
    """
    return rows_of(children_of(area, on).iterator(chunk_size=2_000))


def children_of(area: BoardArea, on: date) -> QuerySet[Any, Any]:
    """Children and unborn children, whatever their age now. A record joined into another is that other's."""
    numbers = Identifier.objects.filter(
        person=OuterRef("pk"),
        kind__in=[IdentifierKind.UPN, IdentifierKind.FORMER_UPN],
        ended_on=None,
        # Rows of a snapshot are personal: a number that is for fewer (a sealed one, after adoption) is not in them.
        sensitivity__lte=Sensitivity.PERSONAL,
    )
    pairs = ArraySubquery(numbers.order_by("pk").values(pair=JSONObject(kind="kind", value="value")))
    return (
        Person.objects.filter(area=area, added_at__date__lte=on)
        .exclude(kind=PersonKind.ADULT)
        .exclude(status=RecordStatus.JOINED)
        .order_by("pk")
        .annotate(pupil_numbers=pairs)
    )


def rows_of(children: Iterable[Any]) -> Iterator[TableRow]:
    """The rows of children that have `pupil_numbers` beside their own columns. Pure."""
    for child in children:
        yield PERSON, _person(child)
        for code in child.disabilities:
            row = {"disa_table_id": f"{child.pk.hex}-{code}", "disa_person_id": child.pk.hex}
            yield DISABILITY, {**row, "disa_disability_code": code}


def _person(child: Any) -> Mapping[str, Any]:
    numbers = {pair["kind"]: pair["value"] for pair in child.pupil_numbers}
    unborn = child.kind == PersonKind.UNBORN
    return {
        "pers_person_id": child.pk.hex,
        "pers_upn": numbers.get(IdentifierKind.UPN),
        "pers_former_upn": numbers.get(IdentifierKind.FORMER_UPN),
        "pers_dob": child.born_on,
        # Either the one or the other: what was expected is no fact of a child who has been born.
        "pers_expected_dob": child.expected_on if unborn else None,
        "pers_sex": child.sex,
        "pers_death_date": child.died_on,
        "pers_ethnicity": child.ethnicity,
    }
