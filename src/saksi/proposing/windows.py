"""A document as it is asked about: whole, or a long one in parts that end where a paragraph does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

LONGEST = 12_000  # characters that are asked about at once: about 3,000 tokens, so that a small model holds them
SHOWN = 400  # characters of title and lead that a later part begins with
GAP = re.compile(r"\n\s*\n|\n")


class Window(msgspec.Struct, frozen=True):
    """The characters [start, end) of a text, with its title and lead where it is a later part."""

    start: int
    end: int
    title: str = ""
    lead: str = ""


def windows_of(text: str, title: str | None = None, longest: int = LONGEST) -> list[Window]:
    """The parts of a text in order; together they cover all of it."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    head = (title or (lines[0] if lines else ""))[:SHOWN]
    lead = next((line for line in lines if line != head), "")[:SHOWN]
    return [Window(a, b, head, lead) if a else Window(a, b) for a, b in cut(text, longest)]


def cut(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Where the parts of a text begin and end: behind the last paragraph, line or word that still fits."""
    start = 0
    while len(text) - start > longest:
        end = max((m.end() for m in GAP.finditer(text, start, start + longest)), default=-1)
        if end <= start:
            end = text.rfind(" ", start, start + longest) + 1
        end = end if end > start else start + longest
        yield start, end
        start = end
    yield start, len(text)
