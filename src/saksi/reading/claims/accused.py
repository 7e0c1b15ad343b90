"""What somebody is only accused of: "the army was accused of killing three" is the accusers' word, whoever they are."""

from __future__ import annotations

from saksi.reading.pages.page import Page
from saksi.reading.values import Mention

RULE = "saying:accused_of"


def accused_of(page: Page, act: int) -> Mention[str] | None:
    """The stance of an act at token `act` that the words right before it only accuse somebody of."""
    i = act
    while i > 0 and page.function(i - 1, "article", "determiner") is not None:
        i -= 1
    if not page.any_before(i, page.vocabulary.data["saying"].get("accused_of", ())):
        return None
    return Mention(page.span(i - 1, i), "claims", RULE)
