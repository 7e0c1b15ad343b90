"""A document laid open, so that words which somebody quotes from it are read as the reader reads them."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from saksi.intake.document import Document
from saksi.proposing.quotes import Quotable, Range
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import Told
from saksi.reading.claims.revise import conclude
from saksi.reading.mentions.belief import PlaceMention
from saksi.reading.mentions.found import Found
from saksi.reading.mentions.sites import read_sites
from saksi.reading.mentions.times import Time
from saksi.reading.pages.page import Page
from saksi.reading.read import Reading, draft_document, mentions, reading_version, release_of, untold
from saksi.reading.scenes.settle import settle
from saksi.reading.scenes.stretches import dated
from saksi.reading.vocabulary import Vocabulary
from saksi.registers.load import Source


class Laid:
    """One document with what the rules read in it, to be asked for the meaning of its words."""

    def __init__(self, document: Document, vocabulary: Vocabulary, source: Source | None = None) -> None:
        drafted = draft_document(document, vocabulary, source)
        self.scenes, self.found, self.told = drafted.scenes(), drafted.found, drafted.told
        settle(self.scenes, drafted.claims)
        conclude(drafted.claims, drafted.found.page)
        self.page, self.speakers, self.source = drafted.found.page, drafted.speakers, source
        self.quotable = Quotable(document.text)
        self.reading = Reading(
            document, drafted.claims, drafted.unread + untold(drafted.found, drafted.claims), drafted.found,
            drafted.told, reading_version(vocabulary, source), release_of(drafted.found.page, source),
        )  # fmt: skip
        self.apart: dict[Range, Found] = {}

    def sentence(self, token: int) -> Told | None:
        """The sentence that holds a token; None in blocks that may not speak."""
        number = bisect_right(self.scenes.ground.opens, token) - 1
        told = self.told[number] if number >= 0 else None
        return told if told is not None and told.sentence.i <= token < told.sentence.j else None

    def tokens(self, words: Range) -> tuple[int, int]:
        """The tokens that lie in a range of characters, wholly or in part."""
        starts, ends = self.page.tokens.starts, self.page.tokens.ends
        i = bisect_right(ends, words[0])
        j = i
        while j < len(starts) and starts[j] < words[1]:
            j += 1
        return i, j

    def at(self, words: Range) -> str:
        """The characters of a range."""
        return self.page.text[words[0] : words[1]]

    @cached_property
    def times(self) -> list[Time]:
        """The times of the page whose days are known; of two that one word may mean, the nearer."""
        told = dated(sorted(self.found.times.values(), key=lambda t: t.i))
        return list({t.i: t for t in reversed(list(told))}.values())[::-1]

    @cached_property
    def places(self) -> list[PlaceMention]:
        """The places of the page, sites known by their names among them, in order."""
        sites = read_sites(self.page, self.found.dated() | self.found.acting())
        return [p for _, p in sorted((sites | self.found.places).items())]

    def alone(self, words: Range) -> Found:
        """What words mean when they stand by themselves, as a page of the same day; offsets are theirs."""
        if words not in self.apart:
            document = self.page.document
            cut = Document(text=self.at(words), language=document.language, published=self.page.published)
            self.apart[words], _ = mentions(Page(cut, self.page.vocabulary, quoted=True), self.source)
        return self.apart[words]

    def fill(self, claim: Claim) -> None:
        """Gives a claim the place, days and voice that the rules would give it."""
        settle(self.scenes, [claim])
