"""The nouns of people, bodies and documents: who and what can say something, as each language lists them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from saksi.languages.tokens import fold


class Nouns(msgspec.Struct, frozen=True):
    """The nouns of those who can say something, by language."""

    people: frozenset[str]
    others: frozenset[str]
    documents: frozenset[str]
    bodies: frozenset[str]  # "group", "ministry"
    issuers: frozenset[str]  # of these whoever publishes a page says in it what nobody else does
    press: frozenset[str]  # and of these nobody
    told_in: tuple[str, ...]  # how documents begin in which something is said: "in a statement", "dalam pernyataannya"
    endings: tuple[str, ...]
    never: frozenset[str]
    skipped: frozenset[str]
    offices: tuple[tuple[str, str], ...]

    def says(self, norm: str) -> bool:
        """Whether a word is the noun of somebody or something that can say something."""
        return norm in self.people or norm in self.others


@lru_cache(maxsize=8)
def nouns_of(vocabulary: Any) -> Nouns:
    """The nouns of a language's `saying.yml`."""
    saying = vocabulary.data["saying"]
    listed = saying.get("sayers", {})
    offices = tuple((a, b) for a, _, b in (str(o).partition("...") for o in saying.get("office_words", ())))
    return Nouns(
        people=words_of(listed.get("people", ())),
        others=words_of([*listed.get("bodies", ()), *listed.get("documents", ())]),
        documents=words_of(listed.get("documents", ())),
        bodies=words_of(listed.get("bodies", ())),
        issuers=words_of(listed.get("issuers", ())),
        press=words_of(listed.get("press", ())),
        told_in=tuple(sorted(words_of(saying.get("told_in", ())))),
        endings=tuple(map(str, saying.get("sayer_endings", ()))),
        never=words_of(saying.get("no_sayers", ())),
        skipped=words_of(saying.get("before_sayer", ())),
        offices=offices,
    )


def words_of(listed: Any) -> frozenset[str]:
    """Words as tokens have them."""
    return frozenset(fold(str(word)) for word in listed)
