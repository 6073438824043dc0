"""Why somebody fits what was typed, in words, and how well: pure, for a few hundred candidates of one search."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

import jellyfish
from rapidfuzz.distance import OSA, JaroWinkler

from safeboard.casework.matching.asked import Kind
from safeboard.casework.matching.nicknames import pet_names
from safeboard.casework.matching.questions import Meant
from safeboard.casework.people.codes import IdentifierKind, NameKind

NEARLY: Final = 0.88
"""From this likeness on (Jaro-Winkler) two words are said to be spelt nearly the same."""
ALIKE_IN_WRITING: Final = 0.6
"""What sounds alike is at least so like in writing: short words of the same consonants are many."""
IN_USE: Final = {NameKind.CURRENT.value: "name", NameKind.KNOWN_AS.value: "known as"}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one term fits, or speaks against (a negative `points`)."""

    points: float
    words: str


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word of a name that somebody has or had."""

    word: str
    kind: str
    name: int


@dataclass(frozen=True)
class Facts:
    """What a search document says of one person."""

    said: Mapping[str, Any]

    @cached_property
    def name_words(self) -> list[NameWord]:
        found = []
        for number, (kind, given, family) in enumerate(self.said["names"]):
            joined = ["".join(words) for words in (given, family) if len(words) > 1]
            found += [NameWord(word, kind, number) for word in (*given, *family, *joined)]
        return found

    @cached_property
    def days(self) -> list[str]:
        return [day.replace("-", "") for day in self.said["days"]]


def weigh(asked: Sequence[Meant], facts: Facts) -> tuple[float, list[str]]:
    """The points of a person and the reasons in words, the weightiest first."""
    reasons = [reason for each in asked if (reason := _best(each, facts, asked))]
    reasons.sort(key=lambda reason: -abs(reason.points))
    return sum(reason.points for reason in reasons), list(dict.fromkeys(reason.words for reason in reasons))


def _best(each: Meant, facts: Facts, asked: Sequence[Meant]) -> Reason | None:
    return max(_reasons(each, facts, asked), key=lambda reason: reason.points, default=None)


def _reasons(each: Meant, facts: Facts, asked: Sequence[Meant]) -> Iterable[Reason]:
    text = each.term.text
    match each.term.kind:
        case Kind.WORD:
            joined = _joined(each, asked)
            for word in facts.name_words:
                if reason := _name_reason(text, each.formal, joined, word):
                    yield reason
            yield from _place_reasons(text, joined, facts)
        case Kind.INITIAL:
            if any(word.word.startswith(text) for word in facts.name_words):
                yield Reason(1.0, f"a name begins with {text.upper()}")
        case Kind.DAY:
            yield from _day_reasons(text, facts.days)
        case Kind.POSTCODE:
            yield from _postcode_reasons(text, facts)
        case kind:
            yield from _part_of_day(kind, text, facts.days)
            yield from _number_reasons(text, facts)


def _joined(each: Meant, asked: Sequence[Meant]) -> tuple[str, ...]:
    """The word written together with its neighbours: a blank may have been typed by mistake."""
    at = next(place for place, other in enumerate(asked) if other is each)
    around = [asked[place].term.text if 0 <= place < len(asked) else "" for place in (at - 1, at + 1)]
    return tuple(
        word
        for word, beside in ((around[0] + each.term.text, around[0]), (each.term.text + around[1], around[1]))
        if beside
    )


def _name_reason(text: str, formal: Sequence[str], joined: Sequence[str], word: NameWord) -> Reason | None:
    how = _alike(text, formal, joined, word.word)
    if how is None:
        return None
    points, words = how
    if word.kind in IN_USE:
        return Reason(points, words if words else IN_USE[word.kind])
    which = NameKind(word.kind).label.lower()
    return Reason(points - 0.3, f"{which}, {words}" if words else which)


@lru_cache(maxsize=50_000)
def _alike(text: str, formal: Sequence[str], joined: Sequence[str], word: str) -> tuple[float, str] | None:
    """How far a typed word is a word of a name: (points, in words, empty where it is the same)."""
    return next(_likenesses(text, formal, joined, word), None)


def _likenesses(text: str, formal: Sequence[str], joined: Sequence[str], word: str) -> Iterator[tuple[float, str]]:
    """Each way in which the words are alike, the closest first."""
    if text == word:
        yield 5.0, ""
    if word in joined:
        yield 4.6, "written in one word"
    if word in formal or text in pet_names().get(word, ()):
        yield 4.3, "a short form of the name"
    likeness, shorter = JaroWinkler.similarity(text, word), min(len(text), len(word))
    if shorter >= 4 and OSA.distance(text, word, score_cutoff=1) <= 1:
        yield 3.2 + likeness, "one letter differs"
    if (
        shorter >= 3
        and likeness >= ALIKE_IN_WRITING
        and (sound(text) == sound(word) or consonants(text) == consonants(word))
    ):
        yield 2.4 + likeness, "sounds like the name"
    if len(text) >= 3 and word.startswith(text):
        yield 1.8 + likeness, f"a name begins with {text}"
    if likeness >= NEARLY:
        yield 1.6 + likeness, "spelt nearly the same"
    if any(JaroWinkler.similarity(each, word) >= 0.93 for each in joined):
        yield 2.5, "spelt nearly the same"


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """How a word sounds, by its consonants. A word already folded to a-z."""
    return jellyfish.metaphone(word)


_ALIKE: Final = (("ph", "f"), ("kh", "k"), ("ch", "k"), ("ck", "k"), ("sz", "s"))
_WRITTEN_AS: Final = str.maketrans("cqzvdbjx", "kksftpgk")


@lru_cache(maxsize=50_000)
def consonants(word: str) -> str:
    """What alphabets without vowels keep of a word: the twin of the database's `matching_consonants`."""
    for pair, one in _ALIKE:
        word = word.replace(pair, one)
    plain = word.translate(_WRITTEN_AS)
    kept = plain[:1] + "".join(letter for letter in plain[1:] if letter not in "aeiouhwy")
    return "".join(letter for at, letter in enumerate(kept) if letter != kept[at - 1 : at])


def _place_reasons(text: str, joined: Sequence[str], facts: Facts) -> Iterable[Reason]:
    for goes_on, words, postcode in facts.said["places"]:
        which = "address" if goes_on else "former address"
        points = 1.5 if goes_on else 1.3
        for word in words:
            if word == text or word in joined:
                yield Reason(points, which)
            elif len(text) > 3 and (sound(text) == sound(word) or JaroWinkler.similarity(text, word) >= NEARLY):
                yield Reason(points - 0.5, f"{which}, nearly as typed")
        if text == postcode:
            yield Reason(points + 1, f"postcode of the {which}")


def _day_reasons(text: str, days: Sequence[str]) -> Iterable[Reason]:
    turned = text[:4] + text[6:] + text[4:6]
    for day in days:
        differing = [at for at in range(8) if day[at] != text[at]]
        if not differing:
            yield Reason(8, "date of birth")
        elif day == turned:
            yield Reason(6, "date of birth with day and month the other way round")
        elif len(differing) == 1:
            yield Reason(4.5, "date of birth differs by one digit")
        elif OSA.distance(day, text) == 1:
            yield Reason(4.5, "date of birth with two digits the other way round")
        elif day[:6] == text[:6] or day[4:] == text[4:]:
            yield Reason(
                2.5, "date of birth differs in the day" if day[:6] == text[:6] else "date of birth differs in the year"
            )
        else:
            yield Reason(-3, "another date of birth")


def _part_of_day(kind: Kind, text: str, days: Sequence[str]) -> Iterable[Reason]:
    for day in days:
        if kind == Kind.YEAR and day.startswith(text):
            yield Reason(2.5, "year of birth")
        elif kind == Kind.MONTH and day.startswith(text):
            yield Reason(4, "month and year of birth")
        elif kind == Kind.DAY_AND_MONTH and day.endswith(text):
            yield Reason(4.5, "day and month of birth")
        elif kind == Kind.MONTH and day[4:6] == text[4:]:
            yield Reason(1, "month of birth, another year")


def _postcode_reasons(text: str, facts: Facts) -> Iterable[Reason]:
    for goes_on, _, postcode in facts.said["places"]:
        which = "address" if goes_on else "former address"
        if postcode == text:
            yield Reason(4 if goes_on else 3.5, f"postcode of the {which}")
        elif postcode and postcode[:-3] == text[:-3]:
            yield Reason(1, f"first half of the postcode of the {which}")


def _number_reasons(text: str, facts: Facts) -> Iterable[Reason]:
    for kind, value, goes_on in facts.said["numbers"]:
        if value == text:
            label = IdentifierKind(kind).label
            yield Reason(12, label if goes_on else f"{label}, not in use any more")
    for goes_on, words, postcode in facts.said["places"]:
        which = "address" if goes_on else "former address"
        if text in words:
            yield Reason(0.8, which)
        elif postcode and text in (postcode, postcode[:-3]):
            yield Reason(2.0, f"postcode of the {which}")
