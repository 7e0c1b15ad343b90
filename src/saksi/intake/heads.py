"""What the heads of a table's columns mean, by the words of each language's tables.yml."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from saksi.languages.files import HERE, known_languages, load_as

DAY, PLACE, THING, NUMBER, PASSED, UNTOLD = "day", "place", "thing", "number", "passed", "untold"
EDGES = re.compile(
    r"^[\s:*†‡.]+|[\s:*†‡]+$|\s*\[\d{1,3}\]|\s*\(\s*(?:orang|persons?|people|unit|units)\s*\)", re.IGNORECASE
)


class PlaceHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Heads of one level of place, and how a cell under them is told."""

    heads: list[str]
    said: str


class TableWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's tables.yml; the header of the English one says what each field means."""

    days: list[str]
    places: list[PlaceHead]
    things: list[str]
    numbers: list[str]
    totals: list[str]
    passed: list[str]
    untold: list[str]
    before: list[str]
    joined: str
    until: str
    total: str
    day_first: bool | None = None

    def role(self, head: str) -> str | None:
        """What a head says its cells are, or None for any other word."""
        lists = ((DAY, self.days), (UNTOLD, self.untold), (NUMBER, self.numbers), (THING, self.things),
                 (PASSED, self.passed))  # fmt: skip
        known = next((role for role, words in lists if head in words), None)
        return known or (PLACE if self.level(head) is not None else None)

    def level(self, head: str) -> int | None:
        """How fine a place is that stands under this head: 0 is the finest."""
        return next((k for k, place in enumerate(self.places) if head in place.heads), None)


@lru_cache(maxsize=1)
def all_words() -> dict[str, TableWords]:
    """The words of every language that tells tables."""
    files = {code: HERE / code / "tables.yml" for code in known_languages()}
    return {code: load_as(path, TableWords) for code, path in files.items() if path.exists()}


def words_for(heads: list[str], language: str | None) -> TableWords | None:
    """The words of the language that knows most of some heads: the page's own where two know as many."""
    known = {code: sum(words.role(h) is not None for h in heads) for code, words in all_words().items()}
    best = max(sorted(known), key=lambda code: (known[code], code == language), default=None)
    return all_words()[best] if best is not None and known[best] else None


def plain_head(head: str) -> str:
    """A head without marks of notes, in small letters, by which it is looked up.

    >>> plain_head("Killed*"), plain_head("Meninggal (orang)"), plain_head("Date [1]:")
    ('killed', 'meninggal', 'date')
    """
    return " ".join(EDGES.sub("", head).split()).casefold()
