"""From terms to a question put to the index: which keys mean a term, and how many of the terms must be met.

Who is met depends on the question and on each person alone, never on how many others there are or how common a name is:
so somebody whom the viewer may not find cannot change what is found.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from safeboard.casework.matching.asked import Kind, Term

WAYS_TO_TELL_A_STREET: Final = frozenset(  # the database's matching_tells_a_street says the same
    [
        *("street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "close", "cl", "drive", "dr", "place", "pl"),
        *("court", "ct", "crescent", "way", "grove", "terrace", "gardens", "square", "flat", "house", "the", "of"),
    ]
)
MOST_TOGETHER: Final = 8
"""Of a long question, so many of its most telling terms are asked for in pairs."""
TELLING: Final = frozenset({Kind.NUMBER, Kind.DAY, Kind.POSTCODE})
"""Kinds of terms that fit few people by themselves."""
NEVER: Final = "'!'"
"""A key that nobody has."""
ONLY_SOUNDS: Final = frozenset("pqs")
"""Kinds of keys that words share which sound alike: a short one stands for thousands of names."""
OF_A_NAME_OR_DATE: Final = frozenset("wkpselbmcyxi")
"""Kinds of keys under which somebody may be found whose record the viewer may not open: nothing that tells where."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A term with the keys that certainly mean it (`sure`), and those that may (`guesses`).

    `formal`: the names for which it stands, where it is a pet name.
    """

    term: Term
    sure: tuple[str, ...]
    guesses: tuple[str, ...] = ()
    formal: tuple[str, ...] = ()

    @property
    def close(self) -> tuple[str, ...]:
        """The keys that surely mean it, or a word begun so or one letter away: all but those for its sound alone."""
        return (*self.sure, *(key for key in self.guesses if key[0] not in ONLY_SOUNDS))

    @property
    def weak(self) -> bool:
        """Whether it says too little to look for by itself: an initial, a house number, the word street."""
        text = self.term.text
        return (
            self.term.kind == Kind.INITIAL
            or text in WAYS_TO_TELL_A_STREET
            or (self.term.kind == Kind.NUMBER and len(text) < 5)
        )

    @property
    def telling(self) -> int:
        """How few people it fits, roughly, by its kind: the most telling first."""
        order = (Kind.NUMBER, Kind.DAY, Kind.POSTCODE, Kind.WORD, Kind.MONTH, Kind.DAY_AND_MONTH, Kind.YEAR)
        return order.index(self.term.kind) if self.term.kind in order else len(order)


def meant(term: Term) -> Meant:
    """A term with a form of its own."""
    text = term.text
    match term.kind:
        case Kind.DAY:
            turned = text[:4] + text[6:] + text[4:6]
            slips = [f"x{text[:at]}_{text[at + 1 :]}" for at in range(8)]
            return Meant(term, (f"b{text}",), (f"b{text}", f"b{turned}", *slips))
        case Kind.MONTH:
            return Meant(term, (f"m{text}",))
        case Kind.DAY_AND_MONTH:
            return Meant(term, (f"c{text}",))
        case Kind.YEAR:
            return Meant(term, (f"y{text}", f"a{text}", f"z{text}", f"i{text}"))
        case Kind.POSTCODE:
            return Meant(term, (f"z{text}",), (f"z{text}", f"z{text[:-3]}"))
        case _:
            return Meant(term, (f"i{text}", f"a{text}", f"z{text}"))


def meant_word(
    word: str, formal: Sequence[str], sure: Sequence[str], guesses: Sequence[str], *, last: bool = False
) -> Meant:
    """A word, with the keys that the database makes of it. The last one may be typed half."""
    if len(word) == 1:
        return Meant(Term(Kind.INITIAL, word), (f"w{word}", f"l{word}"))
    begun = [f"w{word}*"] if last and len(word) >= 3 else []
    return Meant(Term(Kind.WORD, word), tuple(sure), (*sure, *guesses, *begun), tuple(formal))


@dataclass(frozen=True, slots=True)
class Step:
    """One question to the index. It is asked while fewer than `unless` people have been found.

    `closed` is the same question as it may be put about somebody whose record one may not open: by name, date and
    number. `ranked` are the terms by which those who meet the question may still differ.
    """

    query: str
    closed: str
    unless: int
    ranked: tuple[Meant, ...] = ()


def steps(asked: Sequence[Meant], enough: int) -> list[Step]:
    """The questions to ask one after another, the narrowest first, each wider than the one before it."""
    strong = sorted((each for each in asked if not each.weak), key=lambda each: each.telling) or list(asked)
    weak = tuple(each for each in asked if each not in strong)
    # Whoever was named with a number or a whole date is that person or one slip away, else nobody here.
    nearly = 1 if any(each.term.kind in (Kind.NUMBER, Kind.DAY) for each in strong) or len(strong) == 2 else 10
    limits = (enough, enough, enough, nearly, 1, min(nearly, 5), 1)
    (first, first_closed), *wider = zip(_queries(strong), _queries(without_places(strong)), strict=True)
    return [
        Step(first, first_closed, enough, weak),
        *(
            Step(query, closed, limit, tuple(asked))
            for (query, closed), limit in zip(wider, limits[1:], strict=True)
            if query not in ("", first)
        ),
    ]


def _queries(strong: Sequence[Meant]) -> list[str]:
    """All terms surely; nearly all; all perhaps; all but one that leaves enough, or an identifier alone; all but any

    one; any two perhaps; any one surely. Empty where the question has no such form, or a later one asks as quickly.
    """
    sure = [any_of(each.sure) for each in strong]
    wide = [any_of(each.guesses or each.sure) for each in strong]
    some, telling = len(strong) > 1, any(each.term.kind in TELLING for each in strong)
    all_but_one = [all_of(each) for each in _all_but_one(wide, strong)]
    return [
        all_of(sure),
        "" if telling else _nearly(sure, wide, strong),
        # Without anything telling, those who meet all but one, ranked, have at their head those who meet all.
        "" if all_but_one and not telling else all_of(wide),
        _some_of([*all_but_one, *_by_number(strong)]) if some else "",
        _some_of(all_of(wide[:at] + wide[at + 1 :]) for at in range(len(wide))) if some else "",
        _some_of(all_of(pair) for pair in combinations(wide[:MOST_TOGETHER], 2)) if len(strong) > 3 else "",
        either(sure) if len(strong) > 2 else "",
    ]


def _nearly(sure: Sequence[str], wide: Sequence[str], strong: Sequence[Meant]) -> str:
    """All surely but one perhaps, or but one left out; of a word alone what is close to it.

    Common names have enough who fit so, where what sounds like two common names would be thousands. With something
    telling beside them no names fit many: then this is not asked.
    """
    if len(strong) == 1:
        return any_of(strong[0].close)
    but_one_perhaps = [[*sure[:at], perhaps, *sure[at + 1 :]] for at, perhaps in enumerate(wide)]
    return _some_of(all_of(each) for each in (*but_one_perhaps, *_all_but_one(sure, strong)))


def _some_of(queries: Iterable[str]) -> str:
    asked = list(queries)
    return either(asked) if asked else ""


def _all_but_one(queries: Sequence[str], strong: Sequence[Meant]) -> Iterator[list[str]]:
    """The queries without each one, where two words or something telling is left: a word and a year fit too many."""
    for at in range(len(strong)):
        left = [*strong[:at], *strong[at + 1 :]]
        words = sum(each.term.kind == Kind.WORD for each in left)
        if words >= 2 or any(each.term.kind in TELLING for each in left):
            yield [*queries[:at], *queries[at + 1 :]]


def _by_number(strong: Sequence[Meant]) -> list[str]:
    """An identifier is enough, whatever else was typed."""
    return [any_of(each.sure) for each in strong if each.term.kind == Kind.NUMBER]


def any_of(keys: Iterable[str]) -> str:
    """A text search query for any of the keys. Keys are of a-z, 0-9 and _ only, except sounds in capitals."""
    return "(" + ("|".join(sorted({_quoted(key) for key in keys})) or NEVER) + ")"


def _quoted(key: str) -> str:
    return f"'{key[:-1]}':*" if key.endswith("*") else f"'{key}'"


def all_of(queries: Iterable[str]) -> str:
    return "(" + "&".join(queries) + ")"


def either(queries: Iterable[str]) -> str:
    return "(" + "|".join(queries) + ")"


def without_places(asked: Sequence[Meant]) -> list[Meant]:
    """The question as it may be put about somebody whose record one may not open: by name, date and number."""
    return [
        Meant(each.term, _of_a_name_or_date(each.sure), _of_a_name_or_date(each.guesses), each.formal) for each in asked
    ]


def _of_a_name_or_date(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key[0] in OF_A_NAME_OR_DATE)
