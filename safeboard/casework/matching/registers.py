"""The list of pairs of records that may be of one person."""

from typing import Any

import django_filters
from django import forms

from safeboard.casework.matching.guards import LISTED, PAIR
from safeboard.casework.matching.likeness import certainty
from safeboard.casework.matching.linkage import FAMILY, GIVEN, OWN
from safeboard.casework.matching.models import Answer, ListedPerson, Outcome, Pair
from safeboard.casework.matching.selectors import listed, pairs
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


def _weight(row: Any) -> str:
    return "" if row.weight is None else f"{row.weight:.1f}"


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
        Column("sure", "One person?", _how_sure, order=("weight",), ways=("least likely first", "most likely first")),
        Column("weight", "Weight", _weight, order=("weight",), numeric=True),
        Column(
            "answer",
            "Decided",
            lambda row: Answer(row.answer),
            order=("turn", "-weight"),
            ways=("waiting first", "waiting last"),
        ),
        Column("proposed", "Proposed", lambda row: row.proposed_at.date(), order=("proposed_at",)),
    ),
    order="answer",
    ready=(
        ("Waiting", f"answer={Answer.WAITING}"),
        ("To be decided later", f"answer={Answer.LATER}"),
        ("Joined", f"answer={Answer.JOINED}"),
        ("Different people", f"answer={Answer.DIFFERENT}"),
    ),
    filters=PairFilters,
    record="matching:pair",
    links=(("Compare all records now", "matching:compare", Action.VERIFY),),
    empty="No two records that you may open look like one person's.",
    intro="Every night all records are compared. Nothing is joined unless somebody decides so.",
)


class ListedFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the rows of one's lists are narrowed by."""

    of = django_filters.NumberFilter(field_name="of_id", label="Number of the list")
    outcome = django_filters.MultipleChoiceFilter(
        label="Outcome", choices=Outcome.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ListedPerson
        fields: list[str] = []


def _why(row: Any) -> str:
    found = "; ".join(f"{title.lower()} {words} ({weight:+.1f})" for title, words, weight in row.evidence)
    return ". ".join(part for part in (found, row.said) if part)


LISTED_PEOPLE = Register(
    key="listed",
    title="Agencies' lists against ours",
    one="row of a list",
    module=Module.PEOPLE,
    kind=LISTED,
    rows=listed,
    columns=(
        Column("list", "List", lambda row: row.of_id, order=("of_id", "line"), numeric=True),
        Column("line", "Row", lambda row: row.line, order=("line",), numeric=True),
        Column("own", "Their number", lambda row: row.cells[OWN]),
        Column("written", "As they wrote it", lambda row: f"{row.cells[GIVEN]} {row.cells[FAMILY]}".strip()),
        Column("outcome", "Outcome", lambda row: Outcome(row.outcome), order=("outcome",), opens=True),
        Column("person", "Our record", lambda row: row.person_name),
        Column("weight", "Weight", _weight, order=("weight",), numeric=True),
        Column("why", "Why", _why),
        Column("key", "Key of our record", lambda row: str(row.person_id or ""), export_only=True),
    ),
    order="list",
    filters=ListedFilters,
    record="matching:listed-person",
    empty="You have not read in a list.",
    links=(("Lists", "matching:lists", Action.CHANGE), ("Read in a list", "matching:read-list", Action.CHANGE)),
)
