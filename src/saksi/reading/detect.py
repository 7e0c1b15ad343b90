"""Tells which of the known languages a text is in, by its small words."""

from __future__ import annotations

import re
from functools import lru_cache

from saksi.errors import IntakeError
from saksi.languages.files import HERE, known_languages, load_yaml

WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 4000  # characters looked at
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
    found = {code: words_of(code) for code in known_languages()}
    return {
        code: words - frozenset().union(*(w for c, w in found.items() if c != code)) for code, words in found.items()
    }


def words_of(code: str) -> frozenset[str]:
    """The small words of one language that are single words."""
    function = load_yaml(HERE / code / "language.yml")["function"]
    numbers = load_yaml(HERE / code / "numbers.yml")["words"]
    words = (str(w) for role in ROLES for w in function.get(role, ()))
    return frozenset(w for w in (*words, *numbers) if " " not in w)


def detect_language(text: str) -> str:
    """The code of the language; a text with no small word of any is refused.

    >>> detect_language("Dua tentara tewas di Kabul dan tiga luka.")
    'id'
    """
    words = [w.lower() for w in WORD.findall(text[:ENOUGH])]
    counts = {code: sum(w in small for w in words) for code, small in small_words().items()}
    best = max(sorted(counts), key=lambda code: counts[code])
    if counts[best] == 0:
        known = ", ".join(sorted(counts))
        raise IntakeError(f"the language of {text.strip()[:40]!r} is none of: {known}. Say which: --language en")
    return best
