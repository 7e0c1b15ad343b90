"""Which numbers of a sentence are parts of another: "ten people, three of them women", "9 civilians (5 men, 4 women)".

A part is tied to its whole and never added to it.
"""

from __future__ import annotations

from itertools import pairwise

from saksi.reading.clauses.borders import ends_clause
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.signs import Counted, LaidOut, is_whole
from saksi.reading.clauses.subsets import subset_noun
from saksi.reading.clauses.taking import Event, Part

MARKS = frozenset((",", ":", "-"))  # between a number and the numbers it is made up of


def name_parts(row: LaidOut, events: list[Event]) -> None:
    """Gives a part the noun that "of them" tells, once, and takes what is joined to a part for one.

    "Ten people, three of them women or children, were killed" are ten dead, three of them told again by what they were.
    """
    several = [e for e in events if len(e.parts) > 1]
    at = {id(item.group): k for k, item in enumerate(row.items) if item.group is not None} if several else {}
    for event in several:
        for part in [p for p in event.parts[1:] if id(p.group) in at]:
            k = at[id(part.group)]
            noun = subset_noun(row.items, k)
            if noun is not None:
                event.parts = [p for p in event.parts if p.group is not noun]
                part.group, part.subset, part.subset_word = noun, True, part.subset_word or row.items[k + 1]
            elif not part.subset and part_of_them(row.items, k):
                part.subset, part.subset_word = True, row.items[k + 1]
        put_whole_first(row, event)
        mark_bracketed(row, event)
        mark_listed(row, event)
        for before, part in pairwise(event.parts):
            if before.subset and part.group.number is None and part.group.i - before.group.j <= 1:
                part.subset, part.subset_word = True, before.subset_word


def part_of_them(items: list[Item], k: int) -> bool:
    """Whether words behind a number make it a part of those before: "eight civilians, five of them from one family"."""
    if k + 2 >= len(items) or items[k + 1].name != "including":
        return False
    after = items[k + 2].group
    return after is None or after.number is None


def mark_conditions(row: LaidOut, events: list[Event]) -> None:
    """Makes parts of the numbers that say how badly some of those just counted are hurt: "14 injured, two critically".

    "Two critically, 12 lightly" are no parts of one another: the whole is told without such words.
    """
    owners = {p.group.number.i: (e, p) for e in events for p in e.parts if p.group.number is not None}
    whole: tuple[Event, Part] | None = None
    for number in row.counted:
        event, part = owners.get(number.number.i, (None, None))
        if event is None or part is None:
            continue
        if not number.in_condition:
            whole = event, part
        elif whole is not None and event.kind == whole[0].kind and fits_in(part, whole[1]):
            part.subset = True
            if event is not whole[0]:
                event.parts.remove(part)
                whole[0].parts.append(part)


def put_whole_first(row: LaidOut, event: Event) -> None:
    """Makes parts of the numbers told beside the whole they are of: "five were among the 17 killed"."""
    whole = next((p for p in event.parts if is_whole(row.found.page, p.group)), None)
    most = value_of(whole) if whole is not None else None
    if whole is None or most is None:
        return
    event.parts.sort(key=lambda p: p is not whole)
    for part in event.parts[1:]:
        value = value_of(part)
        part.subset = part.subset or value is None or value < most


def mark_bracketed(row: LaidOut, event: Event) -> None:
    """Makes parts of the smaller numbers told in brackets right behind a number: "9 civilians (5 men, 4 women)"."""
    norms, whole, close = row.found.page.norms, event.parts[0], -1
    for before, part in pairwise(event.parts):
        if close < part.group.i:
            opened = "(" in norms[before.group.j : part.group.i] and not before.subset
            whole, close = before, closing(row, part.group.j) if opened else -1
        if part.group.i < close and fits_in(part, whole):
            part.subset = True


def mark_listed(row: LaidOut, event: Event) -> None:
    """Makes parts of numbers behind a comma that add up to the one before: "six people, two women and four men"."""
    whole, *parts = event.parts
    told = [value_of(p) for p in parts]
    beside = row.found.page.norms[whole.group.j : parts[0].group.i]
    if not beside or beside[0] not in MARKS or len(parts) < 2 or None in told:
        return
    registers, own = row.found.page.vocabulary.registers, whole.group.object_class
    closed = own == "person" or row.found.page.norms[parts[-1].group.j : parts[-1].group.j + 1] == [","]
    if own not in event.people or not closed or not all(registers.is_a(p.group.object_class, own) for p in parts):
        return  # "four policemen, two soldiers and two guards" are eight
    if whole.group.number is not None and sum(v or 0 for v in told) == value_of(whole):
        for part in parts:
            part.subset = True


def closing(row: LaidOut, i: int) -> int:
    """The token of the bracket that closes after token i; -1 where none does."""
    norms, end = row.found.page.norms, row.sentence.j
    return next((k for k in range(i, end) if norms[k] in ("(", ")")), -1)


def fits_in(part: Part, whole: Part) -> bool:
    """Whether a number is no larger than another can be."""
    small, large = part.group.number, whole.group.number
    if small is None or large is None:
        return large is not None
    most = large.quantity.high
    return most is None or (small.quantity.low or 0) <= most


def value_of(part: Part) -> int | None:
    """The number of a part, where it is one."""
    return part.group.number.value if part.group.number is not None else None


def mark_partition(event: Event) -> None:
    """Marks as parts the bare numbers that share a noun and sum to the number it was told with."""
    for whole in event.parts:
        parts = [p for p in event.parts if p.group.shared is whole.group]
        low = whole.group.number.quantity.low if whole.group.number is not None else None
        told = [p.group.number.value or 0 for p in parts if p.group.number is not None]
        if len(parts) > 1 and low is not None and sum(told) <= low and (sum(told) == low or parts[-1].group.other):
            for part in parts:
                part.subset = True


def subset_word(row: LaidOut, number: Counted) -> Item | None:
    """The word that makes a number part of the one before it: "including three policemen", "two of them"."""
    if row.counted[0].at >= number.at:
        return None
    for item in reversed(row.items[: number.at]):
        if item.kind == "function" and item.name == "including":
            return item
        if (item.group is not None and item.group.number is not None) or ends_clause(item):
            break
    after = row.items[number.at + 1] if number.at + 1 < len(row.items) else None
    return after if after is not None and after.name == "including" else None


def is_of_whole(items: list[Item], at: int, group: Group) -> bool:
    """Whether the act at an item is told of all, of whom a number is a part: "one of the two who were killed"."""
    return 1 < at < len(items) and items[at - 1].name == "relative" and items[at - 2].group is group
