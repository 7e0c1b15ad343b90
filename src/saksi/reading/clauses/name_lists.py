"""Lists of people by name: "Ana Lim, a nurse, Jan de Wit of Delft and policeman Omar Saleh"."""

from __future__ import annotations

from collections.abc import Iterator

from saksi.reading.clauses.borders import ends_clause, says_on
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.pages.page import Page

SMALL = frozenset(("article", "determiner", "adverb", "all", "other"))
SAYS_WHO = frozenset(("word", "group", "role", "place", "place_type", "actor"))  # what may say who a name is
JOINS = frozenset((",", ";", "and"))
FEWEST = 2  # names of a list: one name behind a comma only says who is meant
TIES = frozenset(("of", "for", "in", "from", "article", "determiner", "other"))


def lists_names(items: list[Item], k: int) -> bool:
    """Whether a comma stands between two names of a list that goes on to its "and": "Omar Saleh, Ali Hasan and".

    What says who each is may stand between: "Omar Saleh, a nurse, Ali Hasan, a driver, and".
    """
    n, names = k, 0
    while n < len(items) and items[n].name == "," and opens_member(items, n + 1):
        n, names = past_member(items, n + 1), names + 1
    n += n < len(items) and items[n].name == ","
    ends = n < len(items) and items[n].name == "and"
    return names > 0 and ends and k > 0 and not says_on(items, k + 1)


def opens_member(items: list[Item], k: int) -> bool:
    """Whether a name stands at an item, or behind the noun there that says who it is: "policeman Omar Saleh"."""
    if k >= len(items):
        return False
    named = items[k].group is not None and k + 1 < len(items) and items[k + 1].kind == "name"
    return items[k].kind == "name" or (named and is_title(items[k].group))


def past_member(items: list[Item], k: int) -> int:
    """The item behind a name of a list and what says who it is; the comma or "and" of the list stands there."""
    n = k + (items[k].kind != "name") + 1
    n = past_description(items, n)
    if n + 1 < len(items) and items[n].name == "," and not opens_member(items, n + 1):
        behind = past_description(items, n + 1)
        return behind if behind > n + 1 else n
    return n


def names_in_list(items: list[Item], k: int) -> Iterator[int]:
    """The items at which the members of a list begin, until the one behind its "and"."""
    last = False
    while opens_member(items, k):
        yield k
        k = past_member(items, k)
        if last or k + 1 >= len(items) or items[k].name not in JOINS:
            return
        last = items[k].name == "and" or items[k + 1].name == "and"
        k += 1 + (items[k + 1].name == "and")


def past_description(items: list[Item], k: int) -> int:
    """The item behind words that say who a name is: "of Delft", "a Dutch nurse", "(42)"."""
    while k < len(items) and not ends_clause(items[k]):
        if items[k].name == "(":
            k = next((n for n in range(k, len(items)) if items[n].name == ")"), len(items) - 1)
        elif items[k].kind not in SAYS_WHO and items[k].name not in TIES and items[k].kind != "name":
            return k
        k += 1
    return k


def of_named(page: Page, items: list[Item], k: int) -> Group | None:
    """The noun at an item that says who a name right behind it is: the "policeman" of "policeman Omar Saleh"."""
    group, after = items[k].group, items[k + 1] if k + 1 < len(items) else None
    named = after is not None and after.kind == "name" and after.i == items[k].j
    if group is None or not named or not is_title(group):
        return None
    return group if group.object_class in page.vocabulary.people else None


def is_title(group: Group | None) -> bool:
    """Whether a noun is of one alone, by no number."""
    return group is not None and not group.event and group.number is None and not group.plural
