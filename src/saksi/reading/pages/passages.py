"""A document in two languages: each paragraph is read in its own, at its own place in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from saksi.intake.document import Document
from saksi.reading.pages.detect import WORD, counts_of, small_words

LEAST = 60  # characters of a paragraph whose language can be told
SURE = 5  # small words of the other language; and so many times as many as of the document's own
TIMES = 4
PARAGRAPH = re.compile(r"[^\n]+")
LETTER = re.compile(r"[^\n\f]")


class Passage(Document, frozen=True, kw_only=True):
    """The paragraphs of a document in one language, at their places: all other words are blanks."""

    whole: str

    @property
    def id(self) -> str:
        """The id of the document that it is a passage of."""
        return self.whole


def others(document: Document, known: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """The paragraphs that are surely in another known language than the document, by its code, as [start, end)."""
    found: dict[str, list[tuple[int, int]]] = {}
    for match in PARAGRAPH.finditer(document.text):
        if match.end() - match.start() < LEAST:
            continue
        counts = counts_of(WORD.findall(match[0].lower()), small_words())
        own = counts.pop(str(document.language), 0)
        code = max(sorted(counts), key=lambda c: counts[c], default="")
        if code in known and counts[code] >= max(SURE, TIMES * own):
            found.setdefault(code, []).append(match.span())
    return found


def passages(document: Document, known: Sequence[str]) -> list[Document]:
    """A document as its passages, that in its own language first; the document itself where all is in one."""
    apart = others(document, known)
    if not apart:
        return [document]
    every = sorted(span for spans in apart.values() for span in spans)
    own = passage(document, document.language, blanked(document.text, every))
    return [own, *(passage(document, code, kept(document.text, spans)) for code, spans in sorted(apart.items()))]


def passage(document: Document, language: str | None, text: str) -> Passage:
    """A passage of a document."""
    about = msgspec.structs.asdict(document) | {"text": text, "language": language}
    return Passage(whole=document.id, **about)


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text of the same length without the words of some spans, in order."""
    return laid(text, spans, lambda within, words: LETTER.sub(" ", words) if within else words)


def kept(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text of the same length with the words of some spans, in order, alone."""
    return laid(text, spans, lambda within, words: words if within else LETTER.sub(" ", words))


def laid(text: str, spans: Sequence[tuple[int, int]], piece: Callable[[bool, str], str]) -> str:
    """A text made anew of its pieces, those within some spans and those between them, in one go."""
    made, at = [], 0
    for start, end in spans:
        made += [piece(False, text[at:start]), piece(True, text[start:end])]
        at = end
    return "".join([*made, piece(False, text[at:])])
