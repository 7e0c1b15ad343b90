"""How a page tells each figure: as new, as known already ("the two soldiers", "kedua prajurit"), or as one ("a man").

Who speaks of the known tells what became of them; who counted them is often somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import Told
from saksi.reading.pages.page import Page
from saksi.reading.scenes.ground import FEW, Ground, figure_of

Tellings = dict[tuple[int, tuple[Any, ...]], str]  # by sentence and figure


def tellings(ground: Ground, claims: Sequence[Claim]) -> Tellings:
    """How each sentence tells each of its figures; what is told as new anywhere in it is new."""
    found: Tellings = {}
    for claim in claims:
        if claim.quantity is None:
            continue
        at = ground.page.between(claim.anchor.start, claim.anchor.end)[0]
        sentence = ground.sentence(at)
        which = sentence, figure_of(claim)
        if found.get(which, "known") == "known":
            found[which] = telling(ground.page, ground.told[sentence], at)
    return found


def telling(page: Page, told: Told, at: int) -> str:
    """How the number at a token is told."""
    item = next((i for i in told.items if i.i <= at < i.j), None)
    group = item.group if item is not None else None
    if item is None or group is None:
        return "new"
    kind = group.number.kind if group.number is not None else ""
    if group.definite or kind == "both" or page.function(item.j, "determiner") is not None:
        return "known"
    return "one" if kind == "article" else "new"


def siblings(ground: Ground) -> dict[int, set[int]]:
    """For each sentence the others that tell a figure of it: who says three of the dead says the fourth as well."""
    found: dict[int, set[int]] = {}
    for figure, sentences in ground.figures.items():
        if len(figure) > 2 and len(sentences) <= FEW:
            for sentence in sentences:
                found.setdefault(sentence, set()).update(sentences - {sentence})
    return found
