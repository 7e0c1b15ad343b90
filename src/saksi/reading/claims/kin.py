"""How many a word of kin means by itself: "his wife" is one woman, "the couple" are two people."""

from __future__ import annotations

from saksi.reading.claims.claim import Claim
from saksi.reading.clauses.groups import Group
from saksi.reading.pages.page import Page
from saksi.reading.values import Inferred, Quantity, Value

RULE = "numbers:kin"


def of_kin(page: Page, group: Group) -> Value[Quantity] | None:
    """The number of a noun without one: of somebody's kin one (`one_of_kin`), of a pair two (`two_of_kin`).

    Where the language has words for whose ("his", "their"), one of them must stand before it: "wife" alone is a role.
    """
    if group.unit_i < 0:
        return None
    numbers, whose = page.vocabulary.data["numbers"], page.vocabulary.data["saying"].get("possessives", ())
    span = page.span(group.unit_i, group.unit_j)
    if page.any_at(group.unit_i, numbers.get("two_of_kin", ())):
        return Inferred(Quantity(2, 2), "span", RULE, span)
    owned = not whose or any(norm in whose for norm in page.norms[min(group.i, group.unit_i - 1) : group.unit_i])
    if owned and page.any_at(group.unit_i, numbers.get("one_of_kin", ())):
        return Inferred(Quantity(1, 1), "span", RULE, span)
    return None


def is_kin(claim: Claim) -> bool:
    """Whether a claim counts somebody's kin by the word alone: told again only as kin, "the son" as the son."""
    return claim.quantity is not None and claim.quantity.rule == RULE
