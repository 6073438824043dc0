"""Builds census returns for tests: clean children in which no rule fires, and changes to them by path.

A path such as `CINdetails[2]/Assessments/AssessmentActualStartDate` names an element below a child. Changing one that
is not there puts it, and what must enclose it, where the schema's order wants it; None takes it out.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from pathlib import Path
from xml.etree import ElementTree as Xml

from safeboard.figures.exchange.census_layout import MESSAGE, Block

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
DISABILITIES = ("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS")

Changes = Mapping[str, str | None]

OPEN_CASE: Changes = {
    "ChildIdentifiers/PersonBirthDate": "2015-06-10",
    "ChildIdentifiers/Sex": "F",
    "ChildCharacteristics/Ethnicity": "WBRI",
    "ChildCharacteristics/Disabilities/Disability": "NONE",
    "CINdetails/CINreferralDate": "2025-04-10",
    "CINdetails/ReferralSource": "6",
    "CINdetails/PrimaryNeedCode": "N1",
    "CINdetails/Assessments/AssessmentActualStartDate": "2025-04-11",
    "CINdetails/Assessments/AssessmentInternalReviewDate": "2025-04-22",
    "CINdetails/Assessments/AssessmentAuthorisationDate": "2025-05-20",
    "CINdetails/Assessments/FactorsIdentifiedAtAssessment/AssessmentFactors": "4B",
    "CINdetails/Assessments/FactorsIdentifiedAtAssessment/AssessmentFactors[2]": "16A",
    "CINdetails/CINPlanDates/CINPlanStartDate": "2025-04-12",
    "CINdetails/CINPlanDates/CINPlanEndDate": "2025-04-30",
    "CINdetails/Section47/S47ActualStartDate": "2025-04-14",
    "CINdetails/Section47/InitialCPCtarget": "2025-05-08",
    "CINdetails/Section47/DateOfInitialCPC": "2025-04-30",
    "CINdetails/Section47/ICPCnotRequired": "false",
    "CINdetails/ReferralNFA": "false",
    "CINdetails/ChildProtectionPlans/CPPstartDate": "2025-04-30",
    "CINdetails/ChildProtectionPlans/InitialCategoryOfAbuse": "NEG",
    "CINdetails/ChildProtectionPlans/LatestCategoryOfAbuse": "EMO",
    "CINdetails/ChildProtectionPlans/NumberOfPreviousCPP": "0",
    "CINdetails/ChildProtectionPlans/Reviews/CPPreviewDate": "2025-07-22",
    "CINdetails/ChildProtectionPlans/Reviews/CPPreviewDate[2]": "2025-12-10",
}
"""A child on a plan at the end of the year, with everything that an episode can hold."""

CLOSED_CASE: Changes = {
    "ChildIdentifiers/PersonBirthDate": "2015-06-10",
    "ChildIdentifiers/Sex": "M",
    "ChildCharacteristics/Ethnicity": "BCRB",
    "ChildCharacteristics/Disabilities/Disability": "NONE",
    "CINdetails/CINreferralDate": "2025-06-02",
    "CINdetails/ReferralSource": "2A",
    "CINdetails/PrimaryNeedCode": "N4",
    "CINdetails/CINclosureDate": "2025-07-31",
    "CINdetails/ReasonForClosure": "RC8",
    "CINdetails/Assessments/AssessmentActualStartDate": "2025-06-03",
    "CINdetails/Assessments/AssessmentAuthorisationDate": "2025-07-15",
    "CINdetails/Assessments/FactorsIdentifiedAtAssessment/AssessmentFactors": "21",
    "CINdetails/ReferralNFA": "false",
}
"""A child assessed and closed in the year."""

NO_ACTION: Changes = {
    "ChildIdentifiers/PersonBirthDate": "2015-06-10",
    "ChildIdentifiers/Sex": "M",
    "ChildCharacteristics/Ethnicity": "NOBT",
    "CINdetails/CINreferralDate": "2025-06-02",
    "CINdetails/ReferralSource": "10",
    "CINdetails/ReferralNFA": "true",
}
"""A child whose only referral ended in no further action."""


def upn(number: int, *, temporary: bool = False) -> str:
    """A unique pupil number of authority 331 with a right check letter, another for every number."""
    rest = f"331{number:08d}" + ("A" if temporary else "0")
    values = [UPN_LETTERS.index(sign) if sign.isalpha() else int(sign) for sign in rest]
    return UPN_LETTERS[sum(place * value for place, value in enumerate(values, 2)) % 23] + rest


def child(identifier: str, base: Changes, changes: Changes | None = None, *, number: int) -> Xml.Element:
    """One child: a base with its identifiers, then the changes. `number` makes its unique pupil number."""
    element = Xml.Element("Child")
    own = {"ChildIdentifiers/LAchildID": identifier, "ChildIdentifiers/UPN": upn(number)}
    for path, text in (*own.items(), *base.items(), *(changes or {}).items()):
        change(element, path, text)
    return element


def change(element: Xml.Element, path: str, text: str | None) -> None:
    """Sets the text at the path; None takes out what stands there, if anything; "" leaves an empty element."""
    *enclosing, last = path.split("/")
    if text is None:
        for parent, inner in _found(element, path.split("/")):
            parent.remove(inner)
        return
    holder = element
    for step in enclosing:
        holder = _reach(holder, step)
    _reach(holder, last).text = text or None


def _found(element: Xml.Element, steps: list[str]) -> list[tuple[Xml.Element, Xml.Element]]:
    """The element at the path with its parent, if it is there."""
    name, place = _step(steps[0])
    found = element.findall(name)[place - 1 : place]
    if len(steps) == 1:
        return [(element, inner) for inner in found]
    return [pair for inner in found for pair in _found(inner, steps[1:])]


def _step(step: str) -> tuple[str, int]:
    name, _, place = step.partition("[")
    return name, int(place.rstrip("]") or 1)


def _reach(holder: Xml.Element, step: str) -> Xml.Element:
    name, place = _step(step)
    found = holder.findall(name)
    if len(found) >= place:
        return found[place - 1]
    assert len(found) == place - 1, f"{step} has nothing before it"
    made = Xml.Element(name)
    order = [member.element for member in _block(holder.tag).members]
    before = [n for n, other in enumerate(holder) if order.index(other.tag) <= order.index(name)]
    holder.insert(before[-1] + 1 if before else 0, made)
    return made


def _block(name: str) -> Block:
    return MESSAGE.block(name)


def background() -> list[Xml.Element]:
    """Children with all that the rules about the whole return ask for: eight disabilities, one child with two."""
    more = {"ChildCharacteristics/Disabilities/Disability[2]": "AUT"}
    children = []
    for number, code in enumerate(DISABILITIES, 900_001):
        own = {"ChildCharacteristics/Disabilities/Disability": code, **(more if code == "MOB" else {})}
        children.append(child(f"B{number}", CLOSED_CASE, own, number=number))
    return children


HEADER: Changes = {
    "CollectionDetails/Collection": "CIN",
    "CollectionDetails/Year": "2026",
    "CollectionDetails/ReferenceDate": "2026-03-31",
    "Source/SourceLevel": "L",
    "Source/LEA": "331",
    "Source/SoftwareCode": "tests",
    "Source/SerialNo": "001",
    "Source/DateTime": "2026-05-11T10:00:00",
}


def header(changes: Changes | None = None) -> Xml.Element:
    """The header of the return for 2025-26, changed."""
    element = Xml.Element("Header")
    for path, text in (*HEADER.items(), *(changes or {}).items()):
        change(element, path, text)
    return element


def message(children: Iterable[Xml.Element], headers: Iterable[Xml.Element] | None = None) -> Xml.Element:
    """A whole return."""
    root = Xml.Element("Message")
    root.extend([header()] if headers is None else list(headers))
    Xml.SubElement(root, "Children").extend(children)
    return root


def write(path: Path, root: Xml.Element, *, true: str = "true", false: str = "false") -> Path:
    """Writes the return, one element a line, flags in the given forms."""
    copy = deepcopy(root)
    for element in copy.iter():
        if element.text in ("true", "false"):
            element.text = true if element.text == "true" else false
    Xml.indent(copy)
    Xml.ElementTree(copy).write(path, encoding="UTF-8", xml_declaration=True)
    return path
