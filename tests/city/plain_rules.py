"""The census's rules once more, slowly and plainly, over a whole return in memory: what a clean one must satisfy.

It reads the XML with the standard library and shares no code with the writer, so that a fault of one is not a fault of
both. The codes are those of domain/census-rules.tsv. Left out are rules that a finished plain file cannot break.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

from safeboard.foundation.kernel.months import add_months
from safeboard.foundation.kernel.working_days import working_days_between

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
SOURCES = (
    {"4", "6", "7", "8", "9", "10"}
    | {"1A", "1B", "1C", "1D", "2A", "2B", "5A", "5B", "5C", "5D"}
    | {f"3{letter}" for letter in "ABCDEF"}
)
DISABILITIES = {"NONE", "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA"}
EVENTS = (
    "AssessmentActualStartDate",
    "AssessmentAuthorisationDate",
    "S47ActualStartDate",
    "DateOfInitialCPC",
    "CPPstartDate",
    "CPPendDate",
    "CINPlanStartDate",
    "CINPlanEndDate",
)
FAR = date.max

Element = ElementTree.Element
Finding = tuple[str, str]


def findings(path: Path) -> list[Finding]:
    """(rule, child) for everything found in the return."""
    root = ElementTree.parse(path).getroot()  # noqa: S314 - our own file
    year = int(root.findtext("Header/CollectionDetails/Year", ""))
    check = Check(date(year - 1, 4, 1), date(year, 3, 31))
    children = root.findall("Children/Child")
    assert root.findtext("Header/CollectionDetails/ReferenceDate") == check.end.isoformat()
    found = [(rule, text(child, "ChildIdentifiers/LAchildID")) for child in children for rule in check.child(child)]
    return found + [(rule, "") for rule in check.whole(children)]


def text(element: Element, path: str) -> str:
    return element.findtext(path) or ""


def day(element: Element, path: str) -> date | None:
    found = element.findtext(path)
    return date.fromisoformat(found) if found else None


def days(element: Element, path: str) -> list[date]:
    return [date.fromisoformat(each.text or "") for each in element.findall(path)]


class Check:
    """The rules of one return, from `start` to `end`."""

    def __init__(self, start: date, end: date) -> None:
        self.start, self.end = start, end

    def inside(self, when: date | None) -> bool:
        return when is None or self.start <= when <= self.end

    def whole(self, children: list[Element]) -> Iterator[str]:
        """Rules about the return as a whole."""
        ids = Counter(text(child, "ChildIdentifiers/LAchildID") for child in children)
        numbers = Counter(text(child, "ChildIdentifiers/UPN") for child in children)
        codes = [{each.text for each in child.iter("Disability")} - {"NONE"} for child in children]
        starts = sum(self.start <= when <= self.end for child in children for when in days(child, ".//CPPstartDate"))
        held = sum(self.start <= when <= self.end for child in children for when in days(child, ".//DateOfInitialCPC"))
        unknown = sum(
            text(child, "ChildIdentifiers/Sex") == "U" and not text(child, "ChildIdentifiers/ExpectedPersonBirthDate")
            for child in children
        )
        yield from ["8510"] * (max(ids.values()) > 1)
        yield from ["1520"] * (max(count for number, count in numbers.items() if number) > 1)
        yield from ["2887Q"] * (len(set().union(*codes)) < 8)
        yield from ["2888Q"] * (max(map(len, codes)) < 2)
        yield from ["2883"] * (starts > held)
        yield from ["2886Q"] * (unknown > len(children) * 0.02)

    def child(self, child: Element) -> Iterator[str]:
        yield from self.identity(child)
        yield from self.characteristics(child)
        episodes = child.findall("CINdetails")
        for episode in episodes:
            yield from self.episode(episode, child)
            yield from self.assessments(episode)
            yield from self.enquiries(episode)
            yield from self.plans(episode)
        yield from self.together(episodes)
        yield from self.plans_together(child)

    def identity(self, child: Element) -> Iterator[str]:
        who = child.find("ChildIdentifiers")
        assert who is not None
        if not re.fullmatch("[A-Za-z0-9]{1,20}", text(who, "LAchildID")):
            yield "8500, 1570 or 1580"
        born, expected, died = (
            day(who, "PersonBirthDate"),
            day(who, "ExpectedPersonBirthDate"),
            day(who, "PersonDeathDate"),
        )
        if (born is None) == (expected is None):
            yield "8525Q"
        if (born and born > self.end) or (died and died > self.end):
            yield "8520"
        if expected and not self.end - timedelta(30) < expected < add_months(self.end, 9):
            yield "8530Q"
        sex = text(who, "Sex") or text(who, "GenderCurrent")
        if len(sex) != 1 or sex not in ("MFU" if self.end.year > 2024 else "0129"):
            yield "4180"
        if expected and sex not in ("U", "0"):
            yield "8750"
        acted = any(text(episode, "ReferralNFA") == "false" for episode in child.findall("CINdetails"))
        number, reason = text(who, "UPN"), text(who, "UPNunknown")
        yield from self.number(number, text(who, "FormerUPN"))
        if acted and reason == "UN7":
            yield "8772"
        school_age = born is not None and born <= date(self.end.year - 6, 8, 31)
        if school_age and acted and not number and reason in ("", "UN1"):
            yield "8770Q"

    def number(self, number: str, former: str) -> Iterator[str]:
        if former and not re.fullmatch("[A-Z][0-9]{12}", former):
            yield "1560Q"
        if not number:
            return
        if not re.fullmatch("[A-Z]00[1-5][0-9]{9}", number):
            yield "1530, 1540 or 1550"
        elif number[0] != LETTERS[sum(int(digit) * place for place, digit in enumerate(number[1:], start=2)) % 23]:
            yield "1510"

    def characteristics(self, child: Element) -> Iterator[str]:
        if not text(child, "ChildCharacteristics/Ethnicity"):
            yield "4220"
        codes = [each.text or "" for each in child.iter("Disability")]
        acted = any(text(episode, "ReferralNFA") == "false" for episode in child.findall("CINdetails"))
        if child.find("ChildIdentifiers/PersonBirthDate") is not None and acted and not codes:
            yield "8540"
        if set(codes) - DISABILITIES or len(codes) != len(set(codes)) or ("NONE" in codes and len(codes) > 1):
            yield "8540, 8790 or 8794"

    def episode(self, episode: Element, child: Element) -> Iterator[str]:
        referred, closed = day(episode, "CINreferralDate"), day(episode, "CINclosureDate")
        assert referred is not None
        born = day(child, "ChildIdentifiers/PersonBirthDate") or day(child, "ChildIdentifiers/ExpectedPersonBirthDate")
        acted = text(episode, "ReferralNFA") == "false"
        after = [when for name in EVENTS for when in days(episode, f".//{name}")]
        helped = any(episode.find(name) is not None for name in ("Section47", "ChildProtectionPlans", "CINPlanDates"))
        reason = text(episode, "ReasonForClosure")
        if referred > self.end or (born and (born - referred).days > 280):
            yield "8600 or 8606"
        if any(when < referred for when in after):
            yield "1103, 1104, 1105, 2889 or 4015"
        if closed and (not self.inside(closed) or closed < referred or any(when > closed for when in after)):
            yield "8565, 8620 or 8630"
        if bool(closed) != bool(reason) or (acted and not text(episode, "PrimaryNeedCode")):
            yield "8610, 8805 or 8810"
        if text(episode, "ReferralSource") not in SOURCES:
            yield "8866"
        if not acted and (referred < self.start or after or text(episode, "ReferralNFA") != "true"):
            yield "8568, 8569Q, 8831, 8832 or 4000"
        if reason in ("RC8", "RC9") and (helped or episode.find("Assessments") is None):
            yield "2990 or 8825Q"
        if episode.find("Section47") is not None and episode.find("Assessments") is None:
            yield "2991Q"
        if closed and born and closed > add_months(born, 12 * 25):
            yield "8775Q"

    def assessments(self, episode: Element) -> Iterator[str]:
        spans = []
        for each in episode.findall("Assessments"):
            start, done = day(each, "AssessmentActualStartDate"), day(each, "AssessmentAuthorisationDate")
            assert start is not None
            spans.append((start, done or self.end))
            factors = [factor.text for factor in each.iter("AssessmentFactors")]
            if not self.inside(done) or (done and done < start):
                yield "8608 or 8696"
            if done is None and (not self.inside(start) or working_days_between(start, self.end) > 44 or factors):
                yield "8614, 8670Q or 8736"
            if done and (not factors or len(set(factors)) < len(factors)):
                yield "8897Q or 8898"
            if {"18A", "19A"} & set(factors) or ("21" in factors and len(factors) > 1):
                yield "8869, 8945Q or 8950Q"
            if "21" in factors and text(episode, "ReasonForClosure") not in ("RC8", "RC9"):
                yield "8873Q"
        unfinished = len(episode.findall("Assessments")) - len(days(episode, "Assessments/AssessmentAuthorisationDate"))
        if unfinished > 1 or (unfinished and episode.find("CINclosureDate") is not None):
            yield "8867 or 8896"
        if overlap(spans):
            yield "8863Q"

    def enquiries(self, episode: Element) -> Iterator[str]:
        spans, unfinished = [], 0
        for each in episode.findall("Section47"):
            start, held, target = (
                day(each, name) for name in ("S47ActualStartDate", "DateOfInitialCPC", "InitialCPCtarget")
            )
            waived = text(each, "ICPCnotRequired") == "true"
            assert start is not None
            spans.append((start, held or (start if waived else self.end)))
            if held and (not self.inside(held) or held < start or held.weekday() > 4):
                yield "8615, 8715 or 8875"
            if target and target.weekday() > 4:
                yield "8870Q"
            if (held and waived) or text(each, "ICPCnotRequired") not in ("true", "false"):
                yield "8868"
            if not held and not waived:
                unfinished += 1
                if not self.inside(start) or working_days_between(start, self.end) > 14:
                    yield "8675Q or 8740"
        if unfinished > 1 or (unfinished and episode.find("CINclosureDate") is not None):
            yield "8839 or 8868"
        if overlap(spans):
            yield "8890"

    def plans(self, episode: Element) -> Iterator[str]:
        conferences = days(episode, "Section47/DateOfInitialCPC") or days(episode, "DateOfInitialCPC")
        for each in episode.findall("ChildProtectionPlans"):
            start, end = day(each, "CPPstartDate"), day(each, "CPPendDate")
            assert start is not None
            if start > self.end or (self.start <= start and start not in conferences):
                yield "8720 or 2885"
            if not self.inside(end) or (end and end <= start):
                yield "8840, 8925 or 8930"
            if any(when <= start or when > self.end for when in days(each, "Reviews/CPPreviewDate")):
                yield "8841"
            if not text(each, "NumberOfPreviousCPP").isdigit():
                yield "8730"
            for name in ("InitialCategoryOfAbuse", "LatestCategoryOfAbuse"):
                if text(each, name) not in ("NEG", "PHY", "SAB", "EMO", "MUL"):
                    yield "8905 or 8910"
        for each in episode.findall("CINPlanDates"):
            start, end = day(each, "CINPlanStartDate"), day(each, "CINPlanEndDate")
            assert start is not None
            if start > self.end or not self.inside(end) or (end and end <= start):
                yield "4010, 4011, 4012Q or 4013"

    def together(self, episodes: list[Element]) -> Iterator[str]:
        """Rules between a child's episodes."""
        acted = [episode for episode in episodes if text(episode, "ReferralNFA") == "false"]
        still_open = [episode for episode in acted if episode.find("CINclosureDate") is None]
        referred = {id(episode): day(episode, "CINreferralDate") or FAR for episode in episodes}
        if len(still_open) > 1:
            yield "8815"
        if any(referred[id(episode)] < max(referred.values()) for episode in still_open):
            yield "8816"
        for episode in acted:
            last = day(episode, "CINclosureDate") or self.end
            others = [when for other, when in referred.items() if other != id(episode)]
            if any(referred[id(episode)] <= when < last for when in others):
                yield "8820"

    def plans_together(self, child: Element) -> Iterator[str]:
        """Rules between a child's plans of both sorts."""
        protected = [
            (day(each, "CPPstartDate") or FAR, day(each, "CPPendDate") or self.end)
            for each in child.iter("ChildProtectionPlans")
        ]
        in_need = [
            (day(each, "CINPlanStartDate") or FAR, day(each, "CINPlanEndDate") or self.end)
            for each in child.iter("CINPlanDates")
        ]
        reviews = days(child, ".//CPPreviewDate")
        if overlap(protected):
            yield "8935 or 8940"
        if overlap(in_need):
            yield "4004 or 4014"
        if overlap(protected + in_need, touching=False):
            yield "4001, 4016 or 4017"
        if any(first <= when <= last for first, last in in_need for when in reviews):
            yield "4003"


def overlap(spans: list[tuple[date, date]], *, touching: bool = True) -> bool:
    """Whether two spans share a day; `touching` false lets one begin on the day on which another ends."""
    ordered = sorted(spans)
    return any(after[0] < before[1] or (touching and after[0] == before[1]) for before, after in pairwise(ordered))
