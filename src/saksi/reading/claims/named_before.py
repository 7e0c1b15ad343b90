"""Those who have spoken on a page, found again by a part of their name: "Ana Lim", then "Lim" or "Ana".

English news goes on with the surname, Indonesian news with any name by which somebody is called.
"""

from __future__ import annotations

from typing import Generic, TypeVar

SHORTEST = 3  # letters of a part of a name that tells who is meant
Kept = TypeVar("Kept")


class NamedBefore(Generic[Kept]):
    """What is kept of each who has spoken, by their names."""

    def __init__(self) -> None:
        self.surnames: dict[str, Kept] = {}
        self.parts: dict[str, dict[str, Kept]] = {}  # by a part of the name, then by the whole

    def of(self, name: str) -> Kept | None:
        """The first who bears the surname, else the only one whose name holds all of this one."""
        words = name.casefold().split()
        first = self.surnames.get(words[-1])
        if first is not None or not name[:1].isupper():
            return first
        bearers = {
            whole: kept for whole, kept in self.parts.get(words[0], {}).items() if set(words) < set(whole.split())
        }
        return next(iter(bearers.values())) if len(bearers) == 1 else None

    def add(self, name: str, kept: Kept) -> None:
        """Keeps who speaks under a name, where nobody does so yet."""
        whole = name.casefold()
        words = whole.split()
        self.surnames.setdefault(words[-1], kept)
        for written, word in zip(name.split(), words, strict=True):
            if len(words) > 1 and len(word) >= SHORTEST and written[0].isupper():
                self.parts.setdefault(word, {}).setdefault(whole, kept)
