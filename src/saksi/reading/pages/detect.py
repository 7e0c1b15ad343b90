"""Tells which known language a text is in: by its small words; a headline without any, by its nouns and verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from saksi.errors import IntakeError
from saksi.languages.files import HERE, known_languages, load_yaml

WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 4000  # characters looked at
CLEAR = 1.5  # small words over the half: three of one language and none of another need no second look
ROLES = (
    "and",
    "in",
    "of",
    "to",
    "from",
    "that",
    "relative",
    "near",
    "pronoun",
    "while",
    "against",
    "adverb",
    "with",
    "for",
    "by",
    "after",
    "determiner",
    "be",
    "have",
    "negation",
    "future",
    "article",
)


@lru_cache(maxsize=1)
def small_words() -> dict[str, frozenset[str]]:
    """The one-word small words of each language that no other language has."""
    return apart({code: words_of(code) for code in known_languages()})


@lru_cache(maxsize=1)
def content_words() -> dict[str, frozenset[str]]:
    """The nouns, verbs and adjectives of countries of each language that no other language has."""
    files = ("objects", "events", "places", "times", "saying")
    return apart(
        {
            code: frozenset(word for name in files for word in words_in(load_yaml(HERE / code / f"{name}.yml")))
            for code in known_languages()
        }
    )


def apart(found: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The words of each language without those that another has too."""
    return {
        code: words - frozenset().union(*(w for c, w in found.items() if c != code)) for code, words in found.items()
    }


def words_in(data: Any) -> Iterator[str]:
    """The single words among the values of a file of words."""
    if isinstance(data, str):
        if WORD.fullmatch(data):
            yield data.lower()
    elif isinstance(data, dict):
        for value in data.values():
            yield from words_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from words_in(value)


def words_of(code: str) -> frozenset[str]:
    """The small words of one language that are single words."""
    function = load_yaml(HERE / code / "language.yml")["function"]
    numbers = load_yaml(HERE / code / "numbers.yml")["words"]
    words = (str(w) for role in ROLES for w in function.get(role, ()))
    return frozenset(w for w in (*words, *numbers) if " " not in w)


def detect_language(text: str) -> str:
    """The code of the language; a text with no word of any is refused.

    >>> detect_language("Dua tentara tewas di Kabul dan tiga luka.")
    'id'
    >>> detect_language("Israel Serbu Kantor Berita")
    'id'
    """
    words = [w.lower() for w in plain(WORD.findall(text[:ENOUGH]))]
    small = counts_of(words, small_words())
    clear = max(small.values()) - sum(small.values()) / 2 >= CLEAR
    counts = small if clear else {code: small[code] + n for code, n in counts_of(words, content_words()).items()}
    best = max(sorted(counts), key=lambda code: counts[code])
    if not counts[best]:
        known = ", ".join(known_languages())
        raise IntakeError(f"the language of {text.strip()[:40]!r} is none of: {known}. Say which: --language en")
    return best


def plain(words: list[str]) -> list[str]:
    """The words without acronyms, unless all are in capitals: "AS" is no English word in an Indonesian headline."""
    small = [w for w in words if not w.isupper()]
    return small if len(small) * 2 > len(words) else words


def counts_of(words: list[str], known: dict[str, frozenset[str]]) -> dict[str, int]:
    """How many of these words each language has."""
    return {code: sum(map(own.__contains__, words)) for code, own in known.items()}
