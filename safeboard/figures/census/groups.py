"""The groups of a census file as rules see them: which standard table holds each, and which elements it has.

A check table has the name of its group and columns named like the elements, so that a rule reads as the department
words it. Which column of which standard table fills an element is said once, in the tables' declarations.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import Column, Kind

CHILD_LEVEL: Final = frozenset({"ChildIdentifiers", "ChildCharacteristics", "Disabilities"})
"""Groups that stand once under a child, outside its episodes."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element: the standard table and column that it fills."""

    name: str
    table: str
    column: Column

    @property
    def typed(self) -> bool:
        """Whether its text must be read; the check table then has the value and, in `<name>_text`, the text."""
        return self.column.kind in TYPED


TYPED: Final = frozenset({Kind.DATE, Kind.YES_NO, Kind.WHOLE_NUMBER})


@dataclass(frozen=True, slots=True)
class Group:
    """One group. `above` are the groups whose rows enclose its rows, with the column that holds their row number."""

    name: str
    elements: tuple[Element, ...]
    above: Mapping[str, str]

    def element(self, name: str) -> Element:
        """The element of that name. KeyError if the group has none."""
        for element in self.elements:
            if element.name == name:
                return element
        raise KeyError(f"{self.name} has no element {name}")


def _elements(table: str, *, only: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> tuple[Element, ...]:
    return tuple(
        Element(column.census, table, column)
        for column in TABLES[table].columns
        if column.census and (not only or column.census in only) and column.census not in without
    )


_CONFERENCE: Final = _elements("ssd_initial_cp_conference")
_CHILD: Final = {"ChildIdentifiers": "child"}
_EPISODE: Final = {**_CHILD, "CINdetails": "episode"}

GROUPS: Final[Mapping[str, Group]] = {
    group.name: group
    for group in (
        Group("ChildIdentifiers", _elements("ssd_person", without=("Ethnicity",)), {}),
        Group(
            "ChildCharacteristics",
            (*_elements("ssd_person", only=("Ethnicity",)), *_elements("ssd_disability")),
            _CHILD,
        ),
        Group("Disabilities", _elements("ssd_disability"), _CHILD),
        Group("CINdetails", (*_elements("ssd_cin_episodes"), *_CONFERENCE), _CHILD),
        Group("Assessments", (*_elements("ssd_cin_assessments"), *_elements("ssd_assessment_factors")), _EPISODE),
        Group("AssessmentFactors", _elements("ssd_assessment_factors"), {**_EPISODE, "Assessments": "assessment"}),
        Group("CINPlanDates", _elements("ssd_cin_plans"), _EPISODE),
        Group("Section47", (*_elements("ssd_s47_enquiry"), *_CONFERENCE), _EPISODE),
        Group("ChildProtectionPlans", _elements("ssd_cp_plans"), _EPISODE),
        Group("Reviews", _elements("ssd_cp_reviews"), {**_EPISODE, "ChildProtectionPlans": "plan"}),
        Group("PreProceedingsandFGDM", _elements("pre_proceedings"), _EPISODE),
    )
}
"""Every group, in the order of the file."""

LISTED: Final = {"Assessments": "AssessmentFactors", "ChildCharacteristics": "Disability"}
"""Elements that a group has many of; they have a check table of their own, and are shown as one text with commas."""

HEADER: Final = ("Collection", "Year", "ReferenceDate", "LEA")
"""The header's elements in its check table."""


def own_elements(group: Group) -> Iterator[Element]:
    """The elements that stand once in the group: those its check table has."""
    return (element for element in group.elements if LISTED.get(group.name) != element.name)


def elements() -> Iterator[tuple[Group, Element]]:
    """Every element of every check table, in the order of the file."""
    return ((group, element) for group in GROUPS.values() for element in own_elements(group))
