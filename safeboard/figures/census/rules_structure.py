"""What can be wrong with the file itself, before any rule of the department's: its structure and forms.

The department refuses such a file by its schema, without a code of its own; the codes S01 to S18 are this project's.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from safeboard.figures.census.groups import CHILD_LEVEL, elements
from safeboard.figures.census.rule import SCHEMA, Level, Rule, Severity
from safeboard.figures.tables.declaration import Kind

_EXPORT: Final = "Correct the way the file is written, and write it again."


_OF_CHILDREN: Final = ("S04", "S05", "S06", "S07", "S08", "S09")


def _told(
    code: str, title: str, question: str, usual_cause: str, remedy: str = _EXPORT, severity: Severity = Severity.ERROR
) -> Rule:
    """A rule that the reading itself answers: it has no query."""
    level = Level.CHILD if code in _OF_CHILDREN else Level.RETURN
    return Rule(code, severity, level, "Message", (), title, question, usual_cause, remedy, "", source=SCHEMA)


READ: Final = (
    _told(
        "S01",
        "The file breaks off",
        "The file breaks off, or is no well-formed XML. What stands before this line was checked, the rest was not.",
        "The copy was cut short, or the export was stopped.",
        "Export the file again and compare its size with the original.",
    ),
    _told(
        "S02",
        "The file uses a namespace",
        "The file has an XML namespace; a census return has none. It was read as if it had none.",
        "The software writes another collection's root element.",
    ),
    _told(
        "S03",
        "Not exactly one header",
        "A return has one header, before its children. With two, the first is used.",
        "Two files were put together, or the header was cut off.",
    ),
    _told(
        "S04",
        "Element of another year's layout",
        "This element belongs to the layout of another census year.",
        "The software still writes, or already writes, another year's file.",
        "Write the file with the layout of the census year.",
    ),
    _told(
        "S05",
        "Unknown element",
        "This element is no part of the census where it stands, so nothing in it was read.",
        "A name was misspelt (capitals count), or the element stands inside the wrong group.",
    ),
    _told(
        "S06",
        "Element missing",
        "An element is missing that must be there.",
        "The field is empty in the case system and was left out.",
        "Fill it in where the record is kept and write the file again.",
    ),
    _told(
        "S07",
        "Element doubled",
        "This element stands more than once where one is allowed; the first is used.",
        "Two records were joined into one.",
    ),
    _told(
        "S08",
        "Element out of order",
        "This element stands before one that must come first. It was read all the same.",
        "The software writes the elements in an order of its own.",
    ),
    _told(
        "S09",
        "Element empty",
        "This element is there but empty; it counts as not given.",
        "The software writes an element whether or not there is a value.",
        "Leave the element out where there is nothing to say.",
        Severity.QUERY,
    ),
    _told(
        "S10",
        "The header names another census year",
        "The header's year is not the one whose rules were asked for.",
        "The wrong file was given, or the wrong year.",
        "Check the file by its own year's rules, or correct the header.",
    ),
    _told(
        "S11",
        "Another collection",
        "The header does not say CIN, so this is the file of another collection.",
        "The wrong file was given.",
        "Give the file of the children in need census.",
    ),
)


def _form(
    code: str,
    group: str,
    element: str,
    said: tuple[str, str, str, str],
    condition: str,
    found_in: str = "",
    row: str = "n",
) -> Rule:
    """A rule that no row of a check table (`found_in`, the group's own if not said) meets a condition."""
    title, question, cause, remedy = said
    table = found_in or group
    return Rule(
        code=code,
        severity=Severity.ERROR,
        level=Level.CHILD if group in CHILD_LEVEL else Level.RETURN if group == "Header" else Level.EPISODE,
        table=group,
        fields=(element,),
        title=title,
        question=question,
        usual_cause=cause,
        remedy=remedy,
        query=f"SELECT DISTINCT {row} AS n FROM {table} WHERE {condition}",
        source=SCHEMA,
    )


_UNREADABLE: Final[Mapping[Kind, tuple[str, tuple[str, str, str, str]]]] = {
    Kind.DATE: (
        "S12",
        (
            "Unreadable date",
            "The date cannot be read: a date is yyyy-mm-dd, and a day that the calendar has.",
            "The date is written day first, or with a time, or does not exist.",
            "Correct the date where the record is kept, or the form in which it is written.",
        ),
    ),
    Kind.YES_NO: (
        "S13",
        (
            "Unreadable flag",
            "The flag must be true, false, 1 or 0.",
            "Y and N, or words, are written.",
            "Write the flag in one of the allowed forms.",
        ),
    ),
    Kind.WHOLE_NUMBER: (
        "S14",
        (
            "Unreadable number",
            "The number must be a whole number, zero or more.",
            "A word, a sign or a fraction is written.",
            "Correct the number.",
        ),
    ),
}

_CODE: Final = (
    "Unknown code",
    "This is not one of the department's codes for this element in this census year. Capitals count.",
    "A local code was not turned into the department's, or the code belongs to another year.",
    "Choose the code that fits.",
)
_NUMBER: Final = (
    "Unique pupil number has the wrong form",
    "A unique pupil number is a letter with twelve digits, or (temporary) a letter, eleven digits and a letter.",
    "The number was cut short, or another number was put in this field.",
    "Take the number from the school or the school census again.",
)
_EARLY: Final = (
    "Date too early to be true",
    "The date lies before 1900.",
    "Digits of the year were exchanged.",
    "Correct the year.",
)
_TWICE: Final = (
    "The same record twice",
    "The episode holds this record twice, with the same dates.",
    "The record was brought into the file from two places.",
    "Take one of the two out.",
)


_HOLDERS: Final = {
    "AssessmentFactors": ("Assessments", "assessment"),
    "Disabilities": ("ChildCharacteristics", "child"),
}
"""Where a code that a thing has many of is shown, with all the others: the same row as the department's rules show."""


def _form_rules() -> list[Rule]:
    rules = []
    for group, element in elements():
        kind, name = element.column.kind, element.name
        if kind in _UNREADABLE:
            rules.append(_unreadable(kind, group.name, name))
        if kind is Kind.CODE:
            holder, row = _HOLDERS.get(group.name, (group.name, "n"))
            unknown = f"NOT in_code_list('{name}', {name})"
            rules.append(_form("S15", holder, name, _CODE, unknown, group.name, row))
        if kind is Kind.DATE:
            rules.append(_form("S17", group.name, name, _EARLY, f"{name} < DATE '1900-01-01'"))
    for field in ("UPN", "FormerUPN"):
        wrong = f"NOT regexp_full_match({field}, '[A-HJ-NP-RT-Z][0-9]{{11}}[0-9A-HJ-NP-RT-Z]')"
        rules.append(_form("S16", "ChildIdentifiers", field, _NUMBER, wrong))
    return rules


def _unreadable(kind: Kind, group: str, name: str) -> Rule:
    code, said = _UNREADABLE[kind]
    return _form(code, group, name, said, f"{name}_text IS NOT NULL AND {name} IS NULL")


def _doubled() -> list[Rule]:
    """Whole records twice in one episode, where the department's own rules pass over them (8863Q, 8890)."""
    rules = []
    for group, start, end in (
        ("Assessments", "AssessmentActualStartDate", "AssessmentAuthorisationDate"),
        ("Section47", "S47ActualStartDate", "DateOfInitialCPC"),
    ):
        query = (
            f"SELECT n, first AS beside FROM (SELECT n, min(n) OVER (PARTITION BY episode, {start}_text, {end}_text) "
            f"AS first FROM {group} WHERE {start}_text IS NOT NULL) WHERE n <> first"
        )
        rules.append(replace(_form("S18", group, start, _TWICE, ""), fields=(start, end), query=query))
    return rules


def _header_forms() -> list[Rule]:
    return [_unreadable(Kind.DATE, "Header", "ReferenceDate"), _unreadable(Kind.WHOLE_NUMBER, "Header", "Year")]


_ALL: Final = (*READ, *_header_forms(), *_form_rules(), *_doubled())

RULES: Final[Mapping[str, tuple[Rule, ...]]] = {
    code: tuple(rule for rule in _ALL if rule.code == code) for code in sorted({rule.code for rule in _ALL})
}
"""By code, in order. The forms have one rule for every element that they are tested on."""
