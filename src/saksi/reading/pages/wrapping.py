"""How a text was cut into lines: at a width, as wire copy and mail are, or where its paragraphs end."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

# web copy ends its lines in many ways; U+2028 is common where a word processor was pasted from
LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]*(?:\r\n|[\n\r\u2028\u2029\x0b\x0c\x85])?")
LINES, WIDTHS = 6, range(38, 91)  # a text of so many lines, the longest in this range, may have been wrapped
SLACK = 6  # characters that a line may lack to be full, since one was wrapped before a word was cut or after two spaces


class Wrapped(NamedTuple):
    """At how many characters the lines of a text were wrapped, and whether empty lines part its paragraphs."""

    width: int
    spaced: bool


@lru_cache(maxsize=4)
def wrapping_of(text: str) -> Wrapped | None:
    """How a text was wrapped; None where it was not."""
    lines = [match[0].rstrip() for match in LINE.finditer(text)]
    parted = [len(list(told)) for full, told in groupby(lines, key=bool) if full]
    widest = max(map(len, lines), default=0)
    if sum(parted) < LINES or widest not in WIDTHS:
        return None
    return Wrapped(widest, spaced=sum(count > 1 for count in parted) > 1)


def runs_over(line: str, after: str, wrapped: Wrapped | None) -> bool:
    """Whether a wrapped line goes on in the next: that begins small, or its first word had no room left."""
    if wrapped is None or not after.strip() or (after[0].isspace() and not line[0].isspace()):
        return False
    room = wrapped.width - (SLACK if wrapped.spaced else 0)
    return after.lstrip()[0].islower() or len(line.rstrip()) + 1 + len(after.split()[0]) > room
