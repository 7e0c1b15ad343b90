"""The quotations of a page, each with the sources that speak it: '"Five were killed. Two fled," said Hasan'.

A quotation may run over paragraphs: it ends at the mark that closes it, wherever that stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from saksi.reading.pages.blocks import Block
from saksi.reading.pages.page import Page
from saksi.reading.scenes.ground import MARKS, Option

OPENS, CLOSES = "“", "”"
BEFORE, BEHIND = " \t\n([—–-", " \t\n,.;:!?)]—–-"  # what stands before a mark that opens, behind one that closes
LONGEST = 8  # blocks that a quotation may run over; a mark that nothing closes ends with its own
BETWEEN = 3  # words between a quotation and the source behind it


class Quotations:
    """Who speaks at each character of a page."""

    def __init__(self, page: Page, sources: Sequence[Option]) -> None:
        self.page = page
        self.spans = sorted(quotations(page))
        self.starts = [start for start, _ in self.spans]
        self.speakers: dict[int, list[Option]] = {}
        for option in sources:
            for n in self.beside(option):
                self.speakers.setdefault(n, []).append(option)

    def at(self, token: int) -> int | None:
        """The number of the quotation that a token stands in."""
        at = self.page.tokens.starts[token]
        n = bisect_right(self.starts, at) - 1
        return n if n >= 0 and at < self.spans[n][1] else None

    def beside(self, option: Option) -> Iterator[int]:
        """The quotations that a source speaks: the one it stands behind, the one it opens."""
        attribution = option.value.attribution
        if attribution is None:
            return
        spans = [s for s in (attribution.cue, attribution.source) if s is not None]
        first, last = min(s.start for s in spans), max(s.end for s in spans)
        n = bisect_right(self.starts, first) - 1
        if n >= 0 and len(self.page.text[self.spans[n][1] : first].split()) <= BETWEEN and self.spans[n][1] < first:
            yield n
        if n + 1 < len(self.spans) and last < self.starts[n + 1] <= last + BETWEEN + 1:
            yield n + 1

    def spoken_by(self, token: int, option: Option) -> str:
        """How a source stands to the quotation of a token, in words; "" where the token stands in none."""
        n = self.at(token)
        if n is None:
            return ""
        speakers = self.speakers.get(n, [])
        if not speakers:
            return "spoken by nobody near"
        if any(s is option for s in speakers):
            return "speaks it"
        return "speaks it elsewhere" if option.key in {s.key for s in speakers} else "another speaks it"


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
