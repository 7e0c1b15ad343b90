"""Who speaks each quotation of a page: the source that stands right behind it, or right before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saksi.reading.pages.quotations import Quotations
from saksi.reading.scenes.ground import Option

BETWEEN = 3  # words between a quotation and the source behind it


class Spoken:
    """The quotations of a page with the sources that speak them."""

    def __init__(self, quotations: Quotations, sources: Sequence[Option]) -> None:
        self.quotations = quotations
        self.speakers: dict[int, list[Option]] = {}
        for option in sources:
            for n in self.beside(option):
                self.speakers.setdefault(n, []).append(option)

    def beside(self, option: Option) -> Iterator[int]:
        """The quotations that a source speaks: the one it stands behind, the one it opens."""
        attribution, told = option.value.attribution, self.quotations
        if attribution is None:
            return
        spans = [s for s in (attribution.cue, attribution.source) if s is not None]
        first, last = min(s.start for s in spans), max(s.end for s in spans)
        n = told.opened(first)
        if n >= 0 and told.spans[n][1] < first and len(told.page.text[told.spans[n][1] : first].split()) <= BETWEEN:
            yield n
        if n + 1 < len(told.spans) and last < told.starts[n + 1] <= last + BETWEEN + 1:
            yield n + 1

    def by(self, token: int, option: Option) -> str:
        """How a source stands to the quotation of a token, in words; "" where the token stands in none."""
        n = self.quotations.at(token)
        if n is None:
            return ""
        speakers = self.speakers.get(n, [])
        if not speakers:
            return "spoken by nobody near"
        if any(s is option for s in speakers):
            return "speaks it"
        return "speaks it elsewhere" if option.key in {s.key for s in speakers} else "another speaks it"

    def by_anybody(self, token: int) -> str:
        """Whether a source speaks the quotation that a token stands in; "" where it stands in none."""
        n = self.quotations.at(token)
        return "" if n is None else "somebody" if n in self.speakers else "nobody"
