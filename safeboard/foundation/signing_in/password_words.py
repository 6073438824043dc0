"""Refuses passwords made of what anybody would try here first: the program's words, names of areas and agencies."""

import re
from typing import Final

from django.core.exceptions import ValidationError

from safeboard.foundation.access.models import User
from safeboard.foundation.agencies.models import Agency, BoardArea

OUR_WORDS: Final = frozenset(
    {"safeboard", "safeguarding", "safeguard", "safe", "board", "child", "children"}
    | {"family", "families", "protection", "council", "county", "city", "police", "health", "social", "care", "school"}
    | {"partnership", "password", "welcome", "letmein", "admin", "administrator"}
)
"""What this work is called, and what passwords everywhere are."""

SHORTEST: Final = 4
"""Letters of a name that is looked for."""

FEWEST_OTHERS: Final = 8
"""Letters and figures that must remain when all these words are taken out."""

WRITTEN_AS: Final = str.maketrans("0134578@$!", "oieastbasi")
"""Figures and signs that stand for letters."""


class NoWordsOfOurs:
    """A password is more than these words: without them eight letters or figures remain (ASVS 6.1.2 and 6.2.11)."""

    def validate(self, password: str, user: User | None = None) -> None:
        small = password.casefold()
        words = known_words()
        rest = min((_without(words, text) for text in (small, small.translate(WRITTEN_AS))), key=len)
        if len(rest) < FEWEST_OTHERS:
            raise ValidationError(
                "This password is made of words that anybody would try here, such as the names of agencies. "
                "Add words that have nothing to do with your work.",
                code="words_of_ours",
            )

    def get_help_text(self) -> str:
        return "It cannot be made of words that anybody would try here, such as the names of agencies."


def known_words() -> frozenset[str]:
    """The program's words, and those of the names of areas and agencies of this house."""
    names = [*BoardArea.objects.values_list("name", flat=True), *Agency.objects.values_list("name", flat=True)]
    of_names = {word for name in names for word in re.findall(r"[^\W\d_]+", name.casefold()) if len(word) >= SHORTEST}
    return OUR_WORDS | of_names


def _without(words: frozenset[str], text: str) -> str:
    """The letters and figures of the text that are not part of such a word, the longest words first."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, " ")
    return "".join(sign for sign in text if sign.isalnum())
