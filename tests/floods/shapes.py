"""Texts made to take long: one phrase said over and over, a phrase with another figure or name each time, a grammar.

Each is a function of a length in characters. What they are made of is ordinary; only how much of it there is is not.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from saksi import Document
from saksi.languages.files import known_languages

FOLDER = Path(__file__).parent
Make = Callable[[int], str]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Flood:
    """A shape of text in one language, of any length."""

    name: str
    language: str
    make: Make

    def document(self, characters: int) -> Document:
        """A text of this shape."""
        return Document(text=self.make(characters), language=self.language)


def name(n: int) -> str:
    """A name that no list has."""
    return LETTERS[n % 26].upper() + LETTERS[n // 26 % 26] + LETTERS[n // 676 % 26] + "ar"


def told(phrase: str, places: list[str]) -> Make:
    """A phrase over and over; {n} in it is another figure each time, {name} another name, {place} another town."""

    def make(characters: int) -> str:
        parts: list[str] = []
        length = n = 0
        while length < characters:
            named = {"name": name(n), "other": name(7 * n + 3), "place": places[n % len(places)]}
            parts.append(phrase.format(n=n % 57 + 2, day=n % 27 + 1, year=1950 + n % 70, count=300 + n, **named))
            length += len(parts[-1])
            n += 1
        return "".join(parts)[:characters]

    return make


def drawn(words: dict[str, list[str]], marks: list[str], share: float) -> Make:
    """Words drawn from a grammar's lists with a fixed seed, and marks between them; `share` of all are marks."""

    def make(characters: int) -> str:
        chance, parts, length = random.Random(len(marks)), [], 0
        kinds = sorted(words)
        while length < characters:
            some = marks if chance.random() < share else words[chance.choice(kinds)]
            parts.append(chance.choice(some))
            length += len(parts[-1]) + 1
        return " ".join(parts)[:characters]

    return make


def floods() -> list[Flood]:
    """All shapes of all languages."""
    return [flood for code in known_languages() if (FOLDER / f"{code}.yml").exists() for flood in floods_of(code)]


def floods_of(code: str) -> list[Flood]:
    """The shapes of one language, from its file."""
    data: dict[str, Any] = yaml.safe_load((FOLDER / f"{code}.yml").read_text("utf-8"))
    places = data["grammar"]["places"]
    phrases = [Flood(repr(phrase), code, told(phrase, places)) for phrase in data["phrases"]]
    for title, marks in data["marks"].items():
        made = drawn(data["grammar"], list(marks["of"]), marks["share"])
        phrases.append(Flood(f"grammar with {title}", code, made))
    return phrases
