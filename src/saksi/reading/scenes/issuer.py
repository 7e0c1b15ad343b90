"""Who publishes a page in its own words: a ministry, a command or a monitor, and no newspaper."""

from __future__ import annotations

from saksi.languages.tokens import fold
from saksi.reading.claims.speakers import Speaking
from saksi.reading.pages.page import Page
from saksi.reading.values import Inferred, SpeakerRef
from saksi.reading.voices.nouns import nouns_of

RULE = "reading/scenes:publisher"


def issuer_of(page: Page) -> Speaking | None:
    """The publisher as the one who speaks where nobody else does; None where it is of the press, or not known.

    By the noun in its name, as the language lists them (`sayers.issuers`), and none of the press (`sayers.press`).
    """
    name, nouns = page.document.publisher, nouns_of(page.vocabulary)
    words = {fold(word.strip(".,()")) for word in (name or "").split()}
    if name is None or words.isdisjoint(nouns.issuers) or not words.isdisjoint(nouns.press):
        return None
    return Speaking(Inferred(SpeakerRef(None, name), "publisher", RULE))
