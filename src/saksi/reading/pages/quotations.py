"""The quotations of a page: '"Five were killed. Two fled," said Hasan'.

A quotation may run over paragraphs: it ends at the mark that closes it, wherever that stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from saksi.reading.pages.blocks import Block
from saksi.reading.pages.page import Page

MARKS = re.compile('["“”]')
OPENS, CLOSES = "“", "”"
BEFORE, BEHIND = " \t\n([—–-", " \t\n,.;:!?)]—–-"  # what stands before a mark that opens, behind one that closes
LONGEST = 8  # blocks that a quotation may run over; a mark that nothing closes ends with its own


class Quotations:
    """Which quotation of a page each character stands in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.spans = sorted(quotations(page))
        self.starts = [start for start, _ in self.spans]

    def at(self, token: int) -> int | None:
        """The number of the quotation that a token stands in."""
        at = self.page.tokens.starts[token]
        n = self.opened(at)
        return n if n >= 0 and at < self.spans[n][1] else None

    def opened(self, at: int) -> int:
        """The number of the last quotation that opens before a character or at it, -1 where none does."""
        return bisect_right(self.starts, at) - 1


def quotations(page: Page) -> Iterator[tuple[int, int]]:
    """The characters of each quotation, over as many blocks as it runs."""
    opened: tuple[int, int] | None = None  # where, and in which block
    for n, block in enumerate(page.blocks):
        if opened is not None and n - opened[1] > LONGEST:
            yield opened[0], page.blocks[opened[1]].end
            opened = None
        for at, opens in marks(page.text, block, opened is not None):
            if opens and opened is not None and at == block.start:
                continue  # each paragraph of a long quotation begins with a mark
            if opened is not None:
                yield opened[0], page.blocks[opened[1]].end if opens and opened[1] != n else at
            opened = (at, n) if opens else None
    if opened is not None:
        yield opened[0], page.blocks[opened[1]].end


def marks(text: str, block: Block, inside: bool) -> Iterable[tuple[int, bool]]:
    """The quotation marks of a block, each with whether it opens; `inside` a quotation goes on where it begins."""
    for mark in MARKS.finditer(text, block.start, block.end):
        at = mark.start()
        before = text[at - 1] if at > block.start else " "
        behind = text[at + 1] if at + 1 < block.end else " "
        begins, ends = before in BEFORE, behind in BEHIND
        inside = begins if begins != ends else not inside
        inside = mark[0] == OPENS or (mark[0] != CLOSES and inside)
        yield at, inside
