"""The list of pairs of records that may be of one person."""

from typing import Any

import django_filters

from safeboard.casework.matching.guards import PAIR
from safeboard.casework.matching.likeness import certainty
from safeboard.casework.matching.models import Answer, Pair
from safeboard.casework.matching.selectors import pairs
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.registers import Column, Register


class PairFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the list is narrowed by."""

    answer = django_filters.ChoiceFilter(label="Decided", choices=Answer.choices, empty_label="Whatever was decided")

    class Meta:
        model = Pair
        fields: list[str] = []


def _names(row: Any) -> str:
    return f"{row.one_name or 'Name not known'} and {row.other_name or 'Name not known'}"


def _how_sure(row: Any) -> str:
    return certainty(row.weight).capitalize() if row.weight is not None else "Said by somebody"


PAIRS = Register(
    key="pairs",
    title="Possible duplicates",
    one="pair of records",
    module=Module.PEOPLE,
    kind=PAIR,
    rows=pairs,
    columns=(
        Column("names", "Records of", _names, order=("one_name",), opens=True),
        Column("sure", "One person?", _how_sure, order=("weight",)),
        Column("weight", "Weight", lambda row: row.weight, order=("weight",), numeric=True),
        Column("answer", "Decided", lambda row: Answer(row.answer), order=("turn", "-weight")),
        Column("proposed", "Proposed", lambda row: row.proposed_at.date(), order=("proposed_at",)),
    ),
    order="answer",
    filters=PairFilters,
    record="matching:pair",
    links=(("Compare all records now", "matching:compare", Action.VERIFY),),
    empty="No two records that you may open look like one person's.",
    intro="Every night all records are compared. Nothing is joined unless somebody decides so.",
)
