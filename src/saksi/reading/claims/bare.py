"""How many a noun without a number tells of: "his wife" one, "a couple" two, "journalist Adam Noor" one, "men" some."""

from __future__ import annotations

from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import Told
from saksi.reading.clauses.groups import Group
from saksi.reading.pages.page import Page
from saksi.reading.values import Inferred, Quantity, Value

FAR = 30  # items before a "them" among which those it means are told
KIN, NAMED, BARE_NOUN = "numbers:kin", "reading/bare:named", "reading/draft:bare-noun"  # rules of a number


def number_of_bare(page: Page, told: Told, group: Group) -> Value[Quantity]:
    """What a bare noun leaves open, one or more or two or more; exactly one where a name says who it was."""
    known = of_kin(page, group)
    if known is not None:
        return known
    span = page.span(group.unit_i, group.unit_j) if group.unit_i >= 0 else None
    if group.plural or reduplicated(page, group):
        return Inferred(Quantity(2, None), "default", BARE_NOUN, span)
    if span is not None and is_named(page, told, group):
        return Inferred(Quantity(1, 1), "span", NAMED, span)
    return Inferred(Quantity(1, None), "default", BARE_NOUN, span)


def of_kin(page: Page, group: Group) -> Value[Quantity] | None:
    """The number of a noun without one: of somebody's kin one (`one_of_kin`), of a pair two (`two_of_kin`).

    Where the language has words for whose ("his", "their"), one of them must stand before it: "wife" alone is a role.
    """
    if group.unit_i < 0:
        return None
    numbers, whose = page.vocabulary.data["numbers"], page.vocabulary.data["saying"].get("possessives", ())
    span = page.span(group.unit_i, group.unit_j)
    if is_pair(page, group):
        return Inferred(Quantity(2, 2), "span", KIN, span)
    owned = not whose or any(norm in whose for norm in page.norms[min(group.i, group.unit_i - 1) : group.unit_i])
    if owned and page.any_at(group.unit_i, numbers.get("one_of_kin", ())):
        return Inferred(Quantity(1, 1), "span", KIN, span)
    return None


def number_of_them(told: Told, at: int, people: frozenset[str]) -> Quantity:
    """How many a "them" at an item means: those counted last before it in its sentence, else two or more.

    "Gunmen lined up 12 villagers and shot them"; not so "12 gunmen ambushed the rebels and shot them".
    """
    before = reversed(told.items[max(0, at - FAR) : at])
    group = next((i.group for i in before if i.group is not None and i.group.object_class in people), None)
    number = group.number if group is not None else None
    several = number is not None and number.kind == "count" and (number.quantity.low or 0) > 1
    return number.quantity if number is not None and several else Quantity(2, None)


def is_pair(page: Page, group: Group) -> bool:
    """Whether the noun means two by itself, with "a" or "the" before it or nothing: "an elderly couple"."""
    return group.unit_i >= 0 and page.any_at(group.unit_i, page.vocabulary.data["numbers"].get("two_of_kin", ()))


def is_named(page: Page, told: Told, group: Group) -> bool:
    """Whether the name of one person, first and last, stands behind a noun of people: "journalist Adam Noor died"."""
    if group.object_class not in page.vocabulary.people or page.block_at(group.i).titled:
        return False  # in a title every word may be written as a name is
    name = next((item for item in told.items if item.kind == "name" and item.i == group.j), None)
    capitals = [k for k in range(name.i, name.j) if page.capitals[k]] if name is not None else []
    return len(capitals) > 1 and page.form(group.j, "object", "actor", "group") is None


def reduplicated(page: Page, group: Group) -> bool:
    """Whether the noun is said twice, which makes it plural in Indonesian."""
    norms, i = page.norms, group.unit_i
    return page.vocabulary.head_first and i + 1 < len(norms) and norms[i] == norms[i + 1]


def is_kin(claim: Claim) -> bool:
    """Whether a claim counts somebody's kin by the word alone: told again only as kin, "the son" as the son."""
    return claim.quantity is not None and claim.quantity.rule == KIN
