"""One way to fold a place name, shared by the builder and the reader, so that they can never differ."""

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`ʿʾʼ´"))
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=50_000)  # a ledger asks for the same names again and again
def fold(name: str) -> str:
    """The name in plain small letters: no accents, no apostrophes, one space between words.

    >>> fold("Deir Al-Zour"), fold("Sana'a")
    ('deir al zour', 'sanaa')
    """
    if name.isascii():
        plain = name.lower().translate(_APOSTROPHES)
    else:
        folded = name.translate(_APOSTROPHES).casefold().translate(_SPECIAL)
        decomposed = unicodedata.normalize("NFKD", folded)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
        if any(c.isalpha() and not c.isascii() for c in plain):
            return ""
    return _NOT_WORD.sub(" ", plain).strip()
