"""How far a list of nouns goes: over commas, "and", phrases and brackets, to the next noun of it."""

from __future__ import annotations

from saksi.reading.clauses.borders import has_own_verb
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.pages.page import Page

QUOTES = frozenset(('"', "“", "‘", "'"))


def past_brackets(items: list[Item], k: int) -> int:
    """The item after a bracket that only says who or what was counted: "two people (a man and a girl)"."""
    close = next((n for n in range(k, len(items)) if items[n].name == ")"), k)
    return close + 1


def list_goes_on(items: list[Item], k: int) -> bool:
    """Whether, after words that are not understood, the list goes on with another number."""
    while k < len(items) and (items[k].kind in ("word", "name") or parts_names(items, k)):
        k += 1
    if k + 1 >= len(items) or items[k].name not in (",", "and"):
        return False
    rest = [i for i in items[k + 1 : k + 4] if i.name not in ("and", ",")]
    return bool(rest) and rest[0].group is not None and rest[0].group.number is not None


def parts_names(items: list[Item], k: int) -> bool:
    """Whether a comma stands between two names: "Ana Lim, Omar Saleh and two guards"."""
    return 0 < k < len(items) - 1 and items[k].name == "," and items[k - 1].kind == items[k + 1].kind == "name"


def goes_on(items: list[Item], k: int) -> bool:
    """Whether a list goes on after a comma: "and" and subset words passed over, a group follows."""
    while k < len(items):
        item = items[k]
        if item.group is not None:
            return not has_own_verb(items, k) and (item.kind == "group" or not does_more(items, k))
        if item.kind == "name" and items[k + 1 : k + 2] and items[k + 1].name == ",":
            k += 2  # "killed a leader, Hasan, along with one other insurgent"
            continue
        small = item.kind == "function" and item.name in (
            "and",
            "including",
            "adverb",
            "determiner",
            "other",
        )
        if not small and item.kind not in ("scope",):
            return False
        k += 1
    return False


def does_more(items: list[Item], k: int) -> bool:
    """Whether a party that may stand in a list does something itself: "killed two men and soldiers fled"."""
    after = items[k + 1] if k + 1 < len(items) else None
    return after is not None and (after.kind in ("verb", "say", "light", "word") or after.name in ("be", "have"))


def past_phrase(items: list[Item], k: int) -> int:
    """The item after the noun of a prepositional phrase."""
    while k < len(items) and (
        items[k].kind in ("word", "name", "place_type", "scope", "role") or items[k].name in QUOTES
    ):
        k += 1
    if k < len(items) and items[k].kind in ("group", "place", "actor", "time"):
        k += 1
        while k < len(items) and (items[k].kind in ("place", "time", "place_type") or joins_places(items, k)):
            k += 1
    return k


def joins_places(items: list[Item], k: int) -> bool:
    """Whether a comma or "and" stands between two places of one phrase: "in Khost and Paktika"."""
    beside = [i.kind for i in (items[k - 1], *items[k + 1 : k + 2])]
    return items[k].name in ("and", ",") and beside[0] in ("place", "place_type") and beside[1:] == ["place"]


def joined(items: list[Item], begin: int, k: int, last: Group) -> bool:
    """Whether only commas, "and" and phrases stand between two groups of a list."""
    between = [i for i in items[begin:k] if i.i >= last.j]
    if begin and items[begin - 1].name == "active" and not any(i.name == "and" for i in between):
        return False  # "hit a restaurant, two people died": the first is what the verb before it struck
    return any((i.kind == "function" and i.name == "and") or i.name == "," for i in between)


def acts(page: Page, items: list[Item], k: int, last: Group) -> bool:
    """Whether a bare noun before a counted group does something else: "warga menolak tambang, 64 orang ditahan"."""
    group = items[k].group
    if last.number is not None or group is None or group.number is None:
        return False
    between = [i for i in items[:k] if i.i >= last.j and i.kind == "word"]
    return any(page.is_acting(i.i) for i in between)


def says_who(items: list[Item], k: int) -> bool:
    """Whether "a" and a noun between commas only say who the one before is: "the mayor, a lawyer, was killed".

    Behind a title and a name also where the list goes on: "killed Judge Lim, a cleric, and his two sons".
    """
    group, after = items[k].group, items[k + 2 : k + 3]
    if group is None or k < 2 or group.number is None or group.number.kind != "article" or items[k - 1].name != ",":
        return False
    if not after or items[k + 1].name != ",":
        return False
    if items[k - 2].kind == "name":
        return k > 2 and is_one(items[k - 3].group)
    one = is_one(items[k - 2].group, definite=True)
    return one and after[0].name != "and" and after[0].kind not in ("group", "name", "actor")


def is_one(group: Group | None, *, definite: bool = False) -> bool:
    """Whether a noun is of one alone, by no number: "Judge", "the mayor"."""
    if group is None or group.event or group.number is not None or group.plural:
        return False
    return group.object_class is not None and (group.definite or not definite)
