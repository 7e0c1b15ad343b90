"""People named by a state that they are in, whom something else befell: "two displaced people were killed"."""

from __future__ import annotations

from saksi.reading.clauses.borders import has_object
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.mentions.found import Found

STATE_NOUNS = ".state_nouns"  # the words of a happening that name those who are in its state: refugees, detainees
HARMED = ("casualty", "missing")  # the kinds of all that leaves nobody only in a state
UNDERGOING = frozenset(("passive", "theme", "either"))
ACTING = frozenset(("active", "either"))
PASSED = frozenset(("be", "have", "adverb"))


def name_people(found: Found, items: list[Item]) -> None:
    """Takes counted people who were harmed for people, and not for the happening that their name tells of."""
    for at, item in enumerate(items):
        group = item.group
        if group is None or group.number is None or not group.rule.endswith(STATE_NOUNS):
            continue
        if were_harmed(found, items, at) or are_harmed(found, items, at):
            count_people(group)


def count_people(group: Group) -> None:
    """Makes a group one of people, by the same words."""
    group.object_class, group.rule = "person", "objects:person"
    group.event, group.voice, group.event_i = None, "", -1


def were_harmed(found: Found, items: list[Item], at: int) -> bool:
    """Whether a verb right behind a group says what befell it: "two IDPs were killed"."""
    k = at + 1
    while k < len(items) and items[k].name in PASSED:
        k += 1
    return k < len(items) and items[k].name in UNDERGOING and harms(found, items[k]) and not has_object(items, k)


def are_harmed(found: Found, items: list[Item], at: int) -> bool:
    """Whether a verb or noun right before a group has it as its object: "injuring four IDPs", "the killing of two"."""
    before = items[at - 1] if at else None
    if before is not None and before.name == "of" and at > 1:
        noun = items[at - 2]
        kind = noun.group.event if noun.group is not None else None
        return harms(found, noun) or (kind is not None and is_harm(found, kind))
    return before is not None and before.name in ACTING and harms(found, before)


def harms(found: Found, item: Item) -> bool:
    """Whether an item is a verb of harm to people."""
    return item.kind == "verb" and item.form is not None and is_harm(found, item.form.value)


def is_harm(found: Found, kind: str) -> bool:
    """Whether a kind of event is harm to people."""
    return any(found.page.vocabulary.registers.is_a(kind, harm) for harm in HARMED)
