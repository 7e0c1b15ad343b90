"""Parts of those just counted that are told behind their verb: "41 were hurt, including two officers"."""

from __future__ import annotations

from saksi.reading.clauses.borders import ends_clause
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.taking import Event, Part, can_undergo, take_right


def take_subsets(items: list[Item], k: int, event: Event) -> None:
    """Takes the subsets told after a passive verb: "41 orang terluka, termasuk dua polisi"."""
    while k < len(items) and not ends_clause(items[k]):
        item = items[k]
        if item.kind == "function" and item.name == "including":
            whole = event.parts[:]
            take_right(items, k + 1, event)
            for part in event.parts[len(whole) :]:
                part.subset, part.subset_word = True, item
            return
        if item.kind == "group" and item.group is not None and item.group.number is not None and not item.group.event:
            take_numbered_subset(items, k, event)
            return
        k += 1


def take_numbered_subset(items: list[Item], k: int, event: Event) -> None:
    """Takes a number and the noun that "of them" gives it: "dua di antaranya polisi", "two of them women"."""
    noun = subset_noun(items, k) if event.parts else None
    if noun is not None and can_undergo(noun, event):
        word = next(i for i in items[k + 1 : k + 4] if i.name == "including")
        event.parts.append(Part(noun, True, word))


def subset_noun(items: list[Item], k: int) -> Group | None:
    """The noun that "of them" gives to a bare number, with the number: "dua di antaranya polisi"."""
    group = items[k].group
    rest = [i for i in items[k + 1 : k + 5] if i.name not in ("adverb", "be")]
    if group is None or group.number is None or group.unit_i >= 0 or len(rest) < 2 or rest[0].name != "including":
        return None
    noun = rest[1].group
    one = group.number.value == 1
    if noun is None or not (noun.number in (None, group.number) or (one and noun.number.kind == "article")):
        return None
    noun.number = group.number
    return noun
