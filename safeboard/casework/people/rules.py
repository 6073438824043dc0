"""Pure decisions about people: whether a number can be right, how old somebody is, what a relationship is called."""

import re
from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from nhs_number.validate import is_valid

from safeboard.casework.people.codes import IdentifierKind, PersonKind
from safeboard.foundation.guidance.census_codes import UPN_LETTERS
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.months import completed_years

ADULT_AT: Final = 18
"""Children Act 1989, section 105: a child is a person under the age of eighteen."""

EARLIEST_BIRTH: Final = date(1900, 1, 1)
LONGEST_EXPECTED: Final = timedelta(days=310)
"""A birth expected later than this after today is a slip of the pen: a pregnancy takes about 280 days."""

DAYS_OF_A_YEAR: Final = 365.25

_UPN: Final = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")
_POSTCODE: Final = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})")


def kind_on(kind: PersonKind, born_on: date | None, on: date) -> PersonKind:
    """A child recorded as such is an adult from the 18th birthday on."""
    if kind == PersonKind.CHILD and born_on and completed_years(born_on, on) >= ADULT_AT:
        return PersonKind.ADULT
    return PersonKind(kind)


def age_in_words(born_on: date, on: date) -> str:
    """ "8 years"; in months under two years, in weeks under three months."""
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    if months >= 24:
        return f"{completed_years(born_on, on)} years"
    if months >= 3:
        return f"{months} months"
    weeks = max((on - born_on).days, 0) // 7
    return f"{weeks} week{'' if weeks == 1 else 's'}"


def born_about(age: int, on: date) -> date:
    """The middle of the days on which somebody of this age, in completed years on a day, may have been born."""
    return on - timedelta(days=round((age + 0.5) * DAYS_OF_A_YEAR))


class Bond(StrEnum):
    """What parents by birth or adoption two brothers or sisters have in common."""

    BOTH = "the same two parents"
    ONE = "one parent in common"
    AT_LEAST_ONE = "one parent in common, another not recorded"


def bond(mine: Collection[UUID], theirs: Collection[UUID]) -> Bond | None:
    """By the keys of the parents recorded for each. None where they have none in common."""
    common = len(set(mine) & set(theirs))
    if not common:
        return None
    if common > 1:
        return Bond.BOTH
    return Bond.ONE if len(mine) > 1 and len(theirs) > 1 else Bond.AT_LEAST_ONE


def checked_identifier(kind: IdentifierKind, text: str) -> str:
    """The number as it is kept: without blanks, letters as capitals. BadInput at `value` where it cannot be right."""
    match kind:
        case IdentifierKind.NHS:
            return _nhs_number("".join(text.replace("-", " ").split()))
        case IdentifierKind.UPN | IdentifierKind.FORMER_UPN:
            return _pupil_number("".join(text.upper().split()))
    return " ".join(text.split())


def _nhs_number(digits: str) -> str:
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise BadInput(Problem("An NHS number has ten digits.", "Take it from a letter of the NHS.", element="value"))
    if not is_valid(digits):
        raise BadInput(
            Problem("The last digit of this NHS number does not fit the others.", "Look for a slip.", element="value")
        )
    return digits


def _pupil_number(text: str) -> str:
    if not _UPN.fullmatch(text):
        raise BadInput(
            Problem(
                "A unique pupil number is a letter and twelve digits, the last of which may be a letter.",
                "Take it from the school.",
                element="value",
            )
        )
    if text[0] != upn_check_letter(text[1:]):
        raise BadInput(
            Problem("The first letter of this number does not fit the others.", "Look for a slip.", element="value")
        )
    return text


def upn_check_letter(rest: str) -> str:
    """The letter that the other twelve characters of a unique pupil number lead to (DfE, census rule 1510)."""
    total = sum(
        place * (int(character) if character.isdigit() else UPN_LETTERS.index(character))
        for place, character in enumerate(rest, start=2)
    )
    return UPN_LETTERS[total % len(UPN_LETTERS)]


def checked_postcode(text: str) -> str:
    """The postcode as it is written, "" for none. BadInput at `postcode` where it has not the form of one."""
    bare = "".join(text.upper().split())
    if not bare:
        return ""
    parts = _POSTCODE.fullmatch(bare)
    if not parts:
        raise BadInput(
            Problem("This is not a postcode of the United Kingdom.", "Write it like CV1 2WT.", element="postcode")
        )
    return f"{parts[1]} {parts[2]}"


def checked_uprn(text: str) -> str:
    """The property's number, without blanks and leading zeros, "" for none. BadInput at `uprn`."""
    bare = "".join(text.split()).lstrip("0")
    if bare and not re.fullmatch(r"[0-9]{1,12}", bare):
        raise BadInput(Problem("A property number has at most 12 digits.", "Leave it empty if unsure.", element="uprn"))
    return bare


def problems_of_birth(kind: PersonKind, born_on: date | None, expected_on: date | None, on: date) -> list[Problem]:
    """What is wrong with the days of a birth, seen on a day. A day that nobody knows is left out, not guessed."""
    problems = []
    if kind == PersonKind.UNBORN:
        if born_on:
            problems.append(Problem("An unborn child has no day of birth.", "Record the birth.", element="born_on"))
        if not expected_on:
            problems.append(Problem("Say when the birth is expected.", "About is enough.", element="expected_on"))
        elif expected_on > on + LONGEST_EXPECTED:
            problems.append(Problem("That is too far ahead.", "Check the year.", element="expected_on"))
    if born_on and not EARLIEST_BIRTH <= born_on <= on:
        problems.append(Problem("The day of birth must be past, after 1899.", "Check the year.", element="born_on"))
    elif kind == PersonKind.CHILD and born_on and completed_years(born_on, on) >= ADULT_AT:
        problems.append(Problem("Somebody of this age is an adult.", "Choose adult or mend the year.", element="kind"))
    return problems


def problems_of_days(starts_on: date | None, ends_on: date | None) -> list[Problem]:
    """An end before its start."""
    if starts_on and ends_on and ends_on < starts_on:
        return [Problem("The last day is before the first.", "Check both.", element="ends_on")]
    return []


def goes_on(starts_on: date | None, ends_on: date | None, on: date) -> bool:
    """Whether a period holds on a day; both ends are inclusive, an end not known is open."""
    return (starts_on is None or starts_on <= on) and (ends_on is None or on <= ends_on)
