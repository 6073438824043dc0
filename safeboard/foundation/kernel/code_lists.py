"""What a closed list of codes is. Lists themselves stand beside what uses them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodeList:
    """A closed list: official code to the field's own words, in official order. `source` says who keeps it."""

    name: str
    words: Mapping[str, str]
    source: str

    def __contains__(self, code: object) -> bool:
        return code in self.words

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)
