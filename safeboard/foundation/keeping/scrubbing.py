"""What stands in a scrubbed copy instead of what told of somebody: made up, of the same shape, the same for the same.

Everything follows from the original and a secret that is thrown away when the copy is made: within one copy the same
name is everywhere the same invented one, and nobody can find out afterwards which.
"""

import hmac
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
LETTERS, DIGITS = "ABDEFGHJLNPQRSTUWXYZ", "0123456789"
NOWHERE: Final = "copy.invalid"
"""The domain of every address in a copy: by RFC 2606 it can never exist, so no letter leaves."""

MOST_WEEKS: Final = 26
"""Days are moved back by up to so many whole weeks: weekdays stay, and nobody is born after today."""

WORDS: Final = re.compile(r"[^\W\d_]+")
TELEPHONES: Final = ("01632 960", "0113 496 0", "0116 496 0", "0121 496 0", "0161 496 0", "020 7946 0")
"""How numbers begin that Ofcom keeps for plays and films; three figures follow."""

TRIES: Final = 1_000

SHORT: Final = 2
"""Letters: a word as short as this may be an original's too, and tells of nobody."""

TEST_RANGES: Final = ("999", "998", "997")
"""NHS numbers that are not given to anybody; 999 is the NHS's own range for tests."""


@dataclass(slots=True)
class Scrubber:
    """Makes what stands in the copy. `taken` are words, in small letters, of originals: no invented word is one.

    `told` says whether a text holds anything of an original: where it does, another is made.
    """

    secret: bytes
    taken: Container[str]
    told: Callable[[str], bool] = lambda text: False
    _words: dict[str, str] = field(default_factory=dict)

    def drawn(self, *what: object) -> bytes:
        """Thirty-two bytes that follow from the secret and what is named."""
        return hmac.digest(self.secret, "\0".join(map(str, what)).encode(), "sha256")

    def words(self, text: str) -> str:
        """Each word an invented one of the same length and case; figures changed, all other signs as they were."""
        return WORDS.sub(lambda found: self._word(found[0]), self._figures(text))

    def _word(self, original: str) -> str:
        small = original.casefold()
        if small not in self._words:
            self._words[small] = self._invented(small, len(original))
        made = self._words[small]
        if original.isupper():
            return made.upper()
        return made.capitalize() if original[:1].isupper() else made

    def _invented(self, original: str, length: int) -> str:
        for number in range(TRIES):
            drawn = self.drawn("word", original, number)
            drawn = drawn * (length // len(drawn) + 1)
            kinds = (CONSONANTS, VOWELS) if drawn[-1] % 2 else (VOWELS, CONSONANTS)
            made = "".join(kinds[place % 2][drawn[place] % len(kinds[place % 2])] for place in range(length))
            if made != original and (made not in self.taken or length <= SHORT):
                return made
        return self._invented(original, length + 1)  # every short word is somebody's: a longer one is not

    def _figures(self, text: str) -> str:
        drawn = self.drawn("figures", text)
        return "".join(
            DIGITS[(int(sign) + 1 + drawn[place % len(drawn)] % 9) % 10] if sign in DIGITS else sign
            for place, sign in enumerate(text)
        )

    def email(self, text: str) -> str:
        """An address that cannot exist."""
        return f"{self.drawn('email', text.casefold()).hex()[:12]}@{NOWHERE}" if text else ""

    def telephone(self, text: str) -> str:
        """A number kept for plays and films."""

        def made(number: int) -> str:
            place = int.from_bytes(self.drawn("telephone", text, number)[:8])
            return f"{TELEPHONES[place % len(TELEPHONES)]}{place // len(TELEPHONES) % 1000:03}"

        return self._untold(made) if text else ""

    def postcode(self, text: str) -> str:
        """A postcode of the same form in an area, Z or ZZ, that does not exist."""
        area = re.match("[A-Za-z]*", text)
        letters = len(area[0]) if area else 0
        return self._untold(lambda number: "Z" * letters + self.same_shape(text[letters:], "postcode", text, number))

    def property_number(self, text: str) -> str:
        """A UPRN beyond those that are given out."""

        def made(number: int) -> str:
            return f"999{int.from_bytes(self.drawn('uprn', text, number)[:8]) % 10**9:09}"

        return self._untold(made) if text else ""

    def _untold(self, made: Callable[[int], str]) -> str:
        """The first that holds nothing of an original; the last try where all do, which the last look then finds."""
        return next((text for text in map(made, range(TRIES)) if not self.told(text)), made(TRIES))

    def same_shape(self, text: str, *what: object) -> str:
        """Letters for letters and figures for figures, drawn by what is named."""
        drawn = self.drawn("shape", *what, text)
        made = [_of_kind(sign, drawn[place % len(drawn)]) for place, sign in enumerate(text)]
        return "".join(made)

    def earlier(self, day: date, of: object) -> date:
        """The day moved back by whole weeks, the same for all days of the one that `of` names."""
        return day - timedelta(weeks=1 + self.drawn("days", of)[0] % MOST_WEEKS)


def filler(what: str, original: str) -> str:
    """Words that say what stood there, as long as what stood there. Nothing where there was nothing."""
    said = f"{what}, made up for a copy. "
    return (said * (len(original) // len(said) + 1))[: len(original)].strip() or original[:0]


def nhs_numbers_for_tests() -> Iterator[str]:
    """Every NHS number kept for tests or given to nobody, some 2.7 million, with the last digit that fits."""
    for prefix in TEST_RANGES:
        for place in range(1_000_000):
            digits = f"{prefix}{place:06}"
            weighed = sum(int(sign) * (10 - at) for at, sign in enumerate(digits))
            if (check := -weighed % 11) < 10:
                yield f"{digits}{check}"


def _of_kind(sign: str, drawn: int) -> str:
    if sign.isdigit():
        return DIGITS[drawn % len(DIGITS)]
    if not sign.isalpha():
        return sign
    letter = LETTERS[drawn % len(LETTERS)]
    return letter if sign.isupper() else letter.lower()
