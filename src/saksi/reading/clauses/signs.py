"""What speaks for a number belonging to an act: signs that a person can read, each with a learned weight.

What speaks is told in parts, short tuples of what is the case, each of which stands for some signs, so that the weight
of a part is looked up where it was met before. `counted_parts` are of the number alone (whether it counts anything that
was done), `pair_parts` of a number and one act, `between_numbers` of a number and the one before it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any

import msgspec

from saksi.reading.clauses.acts import Act, kind_of
from saksi.reading.clauses.borders import has_object
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.taking import Event
from saksi.reading.mentions.found import Found
from saksi.reading.mentions.numbers import Number
from saksi.reading.pages.page import NOUN_VOICES, Page, Sentence
from saksi.reading.weights import Part
from saksi.registers.load import Registers

STEM = 6  # letters of a word that a sign names
BLOOD = frozenset(("kill", "injure"))
RECORD = "record"  # the class of what is published of people
STEPS = (("few", 10), ("tens", 100), ("hundreds", 1000))
DIVIDES = frozenset((",", "and", "while", "relative"))  # where another clause begins
SUBJECTS = frozenset(("group", "name", "actor", "pronoun", "back_reference"))
JOINS = ("and", ",", "including", "while", "with", "verb", "be")  # what may lead from a number to the next
HELPING = ("be", "have")
SMALL = frozenset((*HELPING, "adverb", "time"))  # between a "who" and its verb
HELPED = 2  # such words, at most
FAR = (0, 1, 2, 4, 7)  # items between a number and an act, in steps
NEAR = [str(next(step for step in FAR if n <= step)) for n in range(FAR[-1] + 1)]


class Counted(msgspec.Struct, gc=False):
    """A number of a sentence with the group it stands in, at one of its items."""

    at: int
    group: Group
    number: Number
    counts: str  # what it counts, in one word (class_of)
    taken: Event | None = None  # the event to which the constructions gave it
    unharmed: bool = False  # those who came away: "4 survivors", "4 korban selamat"
    in_condition: bool = False  # how badly some are hurt: "two critically"
    of_share: bool = False  # what a share is of: "40 percent of the 6,000 houses"
    at_large: bool = False  # those who were not caught: "dua ditangkap, empat lainnya masih buron"


class LaidOut(msgspec.Struct, dict=True):
    """A sentence laid out for weighing: its items, numbers and acts; the first act may be an earlier sentence's."""

    found: Found
    sentence: Sentence
    items: list[Item]
    counted: list[Counted]
    acts: list[Act]
    parts: list[str]  # what each item is, in one word

    def __post_init__(self) -> None:
        """Looks up what is asked for every number and act: the first token of each, in order."""
        self.act_starts = [act.i for act in self.acts]
        self.number_starts = [number.group.i for number in self.counted]

    @cached_property
    def of_parts(self) -> dict[int, int]:
        """The acts told of a part alone, with the first token of its number: "4 men, three of whom died"."""
        starts = {act.at: k for k, act in enumerate(self.acts) if act.at >= 0}
        found: dict[int, int] = {}
        for number in self.counted[1:]:
            near = self.items[number.at + 1 : number.at + 6]
            behind = [i for i in near if i.name not in ("adverb", "be", "have") and i.kind != "time"]
            if len(behind) > 1 and behind[0].name == "including" and behind[1].kind == "verb":
                k = starts.get(next(n for n, i in enumerate(self.items) if i is behind[1]))
                found |= {} if k is None else {k: number.group.i}
        return found

    @cached_property
    def part_acts(self) -> dict[int, int]:
        """The first token of each act told of a part alone, with that of the part's number."""
        return {self.acts[k].i: begin for k, begin in self.of_parts.items()}

    @cached_property
    def describing(self) -> set[int]:
        """The first token of each act that says which are meant, while a later one tells of them.

        "Five women held by the gunmen were freed", "lima warga yang disandera kelompok itu dibebaskan".
        """
        verbs = [act for act in self.acts if act.voice not in NOUN_VOICES]
        return {act.i for act, later in pairwise(verbs) if self.describes(act, later)}

    def describes(self, act: Act, later: Act) -> bool:
        """Whether an act behind its noun or a "who" is but a description, since another act of the clause follows."""
        parts = self.parts
        if act.at < 1 or later.at <= act.at or DIVIDES.intersection(parts[act.at + 1 : later.at]):
            return False
        helped = parts[later.at - 1] in HELPING or self.found.page.function(later.i, *HELPING) is not None
        before = act.at - 1
        while before > 0 and parts[before] in SMALL and act.at - before <= HELPED:
            before -= 1  # "yang sebelumnya kritis"
        return parts[before] == "relative" or (parts[act.at - 1] == "group" and helped)

    @cached_property
    def wholes(self) -> list[int]:
        """The first token of each number that others beside it are of: "five were among the 17 killed"."""
        return [c.group.i for c in self.counted[1:] if is_whole(self.found.page, c.group)]

    @cached_property
    def records(self) -> bool:
        """Whether the sentence tells of anything that is published of people."""
        return any(map(is_record, self.items))


def is_record(item: Item) -> bool:
    """Whether an item is what is published of people: names, footage."""
    return item.group is not None and item.group.object_class == RECORD


def is_whole(page: Page, group: Group) -> bool:
    """Whether the words before a number say that what stands beside is of it: "of the 17", "among the 17"."""
    begin = group.number.i if group.number is not None else group.i
    return page.any_before(begin, page.vocabulary.data["constructions"].get("wholes", ()))


def near(n: int) -> str:
    """How many items lie between, in a few steps: "0", "1", "2", "4", "7", "far"."""
    return NEAR[n] if 0 <= n < len(NEAR) else "far" if n > 0 else NEAR[0]


def size(number: Number) -> str:
    """How large a number is, in a few steps."""
    value = number.quantity.low
    if value is None:
        return "open"
    if number.quantity.vague:
        return "soft"
    if value < 3:
        return str(value)
    return next((name for name, end in STEPS if value < end), "thousands")


def part_of_item(page: Page, item: Item) -> str:
    """What an item is, in one word: the part of a small word, the mark, "acting", or the kind of item."""
    if item.kind == "word" and page.is_acting(item.i):
        return "acting"
    return item.name if item.kind in ("function", "mark") else item.kind


def class_of(group: Group, registers: Registers) -> str:
    """What a group counts, in one word: a wide class, a happening, or that its noun is not known."""
    if group.object_class is not None:
        root = registers.root(group.object_class)
        return group.object_class if root == "thing" else root
    if group.event is not None:
        return "happening"
    return "unknown" if group.unit_i >= 0 else "nothing"


def renames_group(items: list[Item], k: int) -> bool:
    """Whether a group after a comma only says who those just counted are: "two men, a father and son"."""
    before = items[k - 2].group if k > 1 and items[k - 1].name == "," else None
    return before is not None and before.number is not None


def capital_after(row: LaidOut, number: Counted) -> bool:
    """Whether a capital follows a number, as in the name of a unit: "the 44 Engineering Brigade"."""
    page, j = row.found.page, number.number.j
    titled = page.blocks[row.sentence.block].titled or page.shouted
    return not titled and j < row.sentence.j and page.capitals[j]


def stem(row: LaidOut, k: int) -> str:
    """The first letters of the word at token k with the language they are of; digits are all alike."""
    norms = row.found.page.norms
    if not row.sentence.i <= k < row.sentence.j:
        return "edge"
    word = norms[k]
    return f"{row.found.page.vocabulary.code}:{'0' if word[0].isdecimal() else word[:STEM]}"


def counted_parts(row: LaidOut, number: Counted) -> list[Part]:
    """What speaks for a number counting anything."""
    group, kind, first = number.group, number.number.kind, number.number.i
    before = row.parts[number.at - 1] if number.at else "start"
    after = row.parts[number.at + 1] if number.at + 1 < len(row.items) else "end"
    parts: list[Part] = [
        ("counted", kind, number.counts),
        ("word", "size", size(number.number)),
        ("beside", kind, before, after),
        ("told", row.found.page.blocks[row.sentence.block].kind, min(3, len(row.acts))),
        ("group", "" if number.taken else kind, *marks_of(row, number)),
    ]
    if number.number.quantity.vague or number.number.quantity.low is None:
        parts.append(("word", "number", stem(row, number.number.core_i)))
    if capital_after(row, number):
        parts.append(("word", "capital", "after"))
    parts += (
        ("word", "word before", stem(row, first - 1)),
        ("word", "two before", stem(row, first - 2)),
        ("word", "word after", stem(row, group.j)),
        ("word", "two after", stem(row, group.j + 1)),
    )
    if group.unit_i >= 0:
        parts.append(("word", "noun", stem(row, group.unit_j - 1)))
    if row.found.page.form(number.number.j, "classifiers") is not None:
        parts.append(("word", "counting word", stem(row, number.number.j)))
    return parts


def marks_of(row: LaidOut, number: Counted) -> Iterator[str]:
    """What marks the group of a number, in words."""
    group = number.group
    if group.other:
        yield "other"
    if group.definite:
        yield "definite"
    if group.partitive:
        yield "of the"
    if renames_group(row.items, number.at):
        yield "renames a group"
    if is_agent(row, number):
        yield "behind a passive that has its subject"


def pair_parts(row: LaidOut, number: Counted, act: Act) -> list[Part]:
    """What speaks for a number belonging to one act."""
    side, first, last = between(row, number, act)
    voice = act.voice
    then = "" if side != "own" else row.parts[number.at + 1] if number.at + 1 < len(row.parts) else "end"
    parts: list[Part] = [("way", side, voice, near(last - first), then), done_part(row, number, act)]
    parts.append(nearer_part(row, number, act, side))
    if number.at_large:
        parts.append(("at large", side, kind_of(act, number.group, row.found.page.vocabulary.registers)))
    if side == "earlier":
        parts.append(("earlier", min(3, len(row.acts) - 1), number.counts, number is row.counted[0]))
    parts.append(("over", side, *dict.fromkeys(row.parts[first:last])))
    behind = row.parts[act.at - 1] if act.at > 0 else ""
    only = act.i in row.describing
    whose = f"{side} {voice}" if side == "before" and voice == "passive" and has_subject(row, act) else ""
    parts.append(("act", side, behind, row.part_acts.get(act.i) == number.group.i, only, whose))
    acts = side == "after" and act.event is not None and not act.event.passive and not act.event.nominal
    parts.append(("rules", ruled(number, act), f"{side} {voice}", acts and has_object(row.items, act.at)))
    parts.append(("word", "act word", f"{row.found.page.vocabulary.code}:{row.found.page.norms[act.i][:STEM]}"))
    return parts


def ruled(number: Counted, act: Act) -> str:
    """How an act stands to what the constructions gave a number, in a word; "" where they say nothing of either."""
    if number.taken is not None:
        return "agree" if number.taken is act.event else "say another"
    if act.event is None:
        return "none"
    return "have another" if any(p.group.number is not None for p in act.event.parts) else ""


def not_caught(page: Page, k: int, end: int) -> bool:
    """Whether words behind a number say that those were not caught: "dua ditangkap, empat lainnya masih buron"."""
    while k < end and page.function(k, "have", "be", "adverb", "other") is not None:
        k += 1
    return page.any_at(k, page.vocabulary.data["constructions"].get("at_large", ()))


def is_agent(row: LaidOut, number: Counted) -> bool:
    """Whether a number stands right behind a passive verb that has its subject: "dianiaya empat tetangganya"."""
    act = next((a for a in row.acts if a.at >= 0 and a.at == number.at - 1), None)
    return act is not None and behind_bare_passive(row, number, act) and has_subject(row, act)


def behind_bare_passive(row: LaidOut, number: Counted, act: Act) -> bool:
    """Whether a number stands right behind a passive verb, in a language that puts no "by" before who did it."""
    by = row.found.page.vocabulary.data["constructions"]["passive_by"]
    return not by and act.voice == "passive" and act.at == number.at - 1


def has_subject(row: LaidOut, act: Act) -> bool:
    """Whether a verb, or the row of verbs it ends, stands behind its subject: "warga itu tewas dianiaya ..."."""
    k = act.at - 1
    while k > 0 and row.parts[k] in ("verb", "adverb", *HELPING):
        k -= 1
    return k >= 0 and (row.parts[k] in SUBJECTS or row.parts[k] == "determiner")  # "ibu itu"


def between(row: LaidOut, number: Counted, act: Act) -> tuple[str, int, int]:
    """On which side of a number an act stands, and the items [first, last) between them."""
    group = number.group
    if group.i <= act.i < group.j:
        return "own", 0, 0
    if act.i < row.sentence.i:
        return "earlier", 0, number.at
    if act.i < group.i:
        return "before", act.at + 1, number.at
    return "after", number.at + 1, act.at


def done_part(row: LaidOut, number: Counted, act: Act) -> Part:
    """What is done to what."""
    registers, counted = row.found.page.vocabulary.registers, number.group.object_class
    kind = kind_of(act, number.group, registers)
    people = "people" if registers.kinds[kind].of_people else registers.kinds[kind].counts
    thing = kind in BLOOD and counted is not None and registers.root(counted) == "thing"
    return "done", kind, people, number.counts, thing


def nearer_part(row: LaidOut, number: Counted, act: Act, side: str) -> Part:
    """What else could be meant: acts and numbers that stand nearer."""
    low, high = (act.i, number.group.i) if act.i < number.group.i else (number.group.i, act.i)
    acts = bisect_left(row.act_starts, high) - bisect_right(row.act_starts, low)
    numbers = bisect_left(row.number_starts, high) - bisect_right(row.number_starts, low)
    whole = numbers > 0 and any(low < begin < high for begin in row.wholes)
    return "nearer", side, min(acts, 2), min(numbers, 2), whole


def between_numbers(row: LaidOut, before: Counted, number: Counted) -> tuple[Any, ...]:
    """What stands between two numbers that may belong to one act, and whether the later is a part by its words."""
    joined = set(row.parts[before.at + 1 : number.at])
    act_between = bisect_left(row.act_starts, before.group.j) < bisect_left(row.act_starts, number.group.i)
    part = number.at + 1 < len(row.items) and row.items[number.at + 1].name == "including"
    return near(number.at - before.at - 1), part, act_between, *(role for role in JOINS if role in joined)
