"""Which number belongs to which act: one decision a sentence.

The constructions (events.py) propose; what they took is one sign among others. Every counted group is scored
against every act near it, and against belonging to none; the best assignment of the whole sentence wins
(Viterbi over the numbers in their order, since a list goes on with the act of the number before).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from saksi.reading.clauses.acts import Act, acts_of, carried, may_take
from saksi.reading.clauses.borders import ends_clause
from saksi.reading.clauses.events import follows_and, surroundings
from saksi.reading.clauses.groups import COUNTING, Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.persons import renamed
from saksi.reading.clauses.signs import Counted, Row, chain_signs, class_of, counted_signs, pair_signs, part_of_item
from saksi.reading.clauses.taking import Event, Part, can_undergo, share_nouns, subset_noun
from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Sentence
from saksi.reading.weights import Choice, Scores, Weights, best_path, weigh
from saksi.registers.load import Registers

Held = dict[int, set[int]]  # the numbers that the constructions gave each event, by identity
REACH = 4  # acts on either side of a number that it is scored against


class Binder:
    """Leads the numbers of one document to their acts, sentence after sentence."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.last: Act | None = None  # the act of the last number of the sentence before

    def bind(self, sentence: Sentence, items: list[Item], events: list[Event]) -> list[Event]:
        """The events of a sentence with the counted groups that belong to them, in the order of their words."""
        row = laid_out(self.found, sentence, (items, events), self.last)
        self.last = None
        if not row.counted or not row.acts:
            return events
        choices = best_assignment(row, self.found.page.vocabulary.weights("numbers"))
        self.last = last_act(row, choices)
        return rebound(row, events, choices)


def last_act(row: Row, choices: Sequence[Choice]) -> Act | None:
    """The act that the next sentence may go on with: that of the sentence's last bound number."""
    bound = [k for k in choices if k is not None]
    return carried(row.acts[bound[-1]]) if bound else None


def laid_out(
    found: Found, sentence: Sentence, proposed: tuple[list[Item], list[Event]], earlier: Act | None = None
) -> Row:
    """The sentence's numbers and acts, with the act carried over from the sentence before."""
    items, events = proposed
    registers = found.page.vocabulary.registers
    taken: dict[int, Event] = {}
    for event in events:
        for part in event.parts:
            if part.group.number is not None:
                taken.setdefault(part.group.number.i, event)
    counted = [
        Counted(at, item.group, item.group.number, class_of(item.group, registers), taken.get(item.group.number.i),
                is_unharmed(found, item.group))
        for at, item in enumerate(items)
        if item.kind == "group" and item.group is not None and item.group.number is not None
        and counts(item.group, taken) and not renamed(items, at) and not says_what(items, at)
    ]  # fmt: skip
    if not counted:
        return Row(found, sentence, items, [], [], [])
    acts = [*([earlier] if earlier is not None else []), *acts_of(found, items, events)]
    return Row(found, sentence, items, counted, acts, [part_of_item(i) for i in items])


def counts(group: Group, taken: dict[int, Event]) -> bool:
    """Whether a group's number may count something done.

    "An attack" is told by its own noun alone, and "a" before an unknown noun that no construction took is prose.
    """
    number = group.number
    if number is None or number.kind not in COUNTING:
        return False
    return number.kind != "article" or group.object_class is not None or (not group.event and number.i in taken)


def says_what(items: list[Item], at: int) -> bool:
    """Whether a group only says what somebody is: "one of whom was a leader"."""
    group = items[at].group
    number = group.number if group is not None else None
    behind_be = at > 0 and items[at - 1].kind == "function" and items[at - 1].name == "be"
    return behind_be and number is not None and number.kind == "article"


def within_reach(row: Row, number: Counted) -> list[int]:
    """The acts near a number, and the one to which the constructions gave it."""
    split = bisect_left(row.act_starts, number.group.j)
    both = list(range(max(0, split - REACH), min(len(row.acts), split + REACH)))
    if number.taken is not None:
        at = bisect_left(row.act_starts, number.taken.i)
        if at < len(row.acts) and row.acts[at].event is number.taken and at not in both:
            both.append(at)
    head_first = row.found.page.vocabulary.head_first
    own = row.of_parts
    both = [k for k in both if number.group.i >= own.get(k, 0)]
    known = [k for k in both if may_take(row.acts[k], number.group, head_first=head_first)]
    return [k for k in known if not (number.unharmed and harms(row, row.acts[k]) and not befalls(row, number, k))]


def is_unharmed(found: Found, group: Group) -> bool:
    """Whether a counted group is of people who came away: no word of harm has them, whatever stands beside."""
    page = found.page
    words = page.vocabulary.data["constructions"].get("unharmed", ())
    begin = group.number.j if group.number is not None else group.i
    end = max(group.unit_j, begin) + page.vocabulary.head_first
    return any(norm in words for norm in page.norms[begin:end])


def befalls(row: Row, number: Counted, k: int) -> bool:
    """Whether an act is told right after a number: "two survivors later died"."""
    begin, end = number.group.j, row.acts[k].i
    return begin <= end and bisect_left(row.number_starts, end) == bisect_left(row.number_starts, begin)


def harms(row: Row, act: Act) -> bool:
    """Whether an act is one of harm to people."""
    registers = row.found.page.vocabulary.registers
    return any(registers.is_a(act.kind, kind) for kind in ("casualty", "missing", *registers.kinds["casualty"].covers))


def best_assignment(row: Row, weights: Weights) -> list[Choice]:
    """For each number the act it belongs to, or None, so that the whole sentence scores best."""
    scores = [scored(row, number, weights) for number in row.counted]
    return best_path(scores, [chained(row, n, weights) for n in range(len(row.counted))])


def scored(row: Row, number: Counted, weights: Weights) -> Scores:
    """How much speaks for each act, and nothing for none."""
    alone = weigh(counted_signs(row, number), weights)
    acts = within_reach(row, number)
    return {None: 0.0} | {k: alone + weigh(pair_signs(row, number, row.acts[k]), weights) for k in acts}


def chained(row: Row, n: int, weights: Weights) -> tuple[float, float]:
    """What speaks for going on with the act of the number before, and for leaving it."""
    if n == 0:
        return 0.0, 0.0
    before, number = row.counted[n - 1], row.counted[n]
    goes_on = weigh(chain_signs(row, before, number, same=True), weights)
    return goes_on, weigh(chain_signs(row, before, number, same=False), weights)


def rebound(row: Row, events: list[Event], choices: list[Choice]) -> list[Event]:
    """The events with their counted groups as chosen; what counts nothing stays as the constructions left it."""
    chosen = {c.number.i: row.acts[k] if k is not None else None for c, k in zip(row.counted, choices, strict=True)}
    held = {id(e): {p.group.number.i for p in e.parts if p.group.number is not None} for e in events}
    for event in events:
        event.parts = [p for p in event.parts if stays(p, event, chosen, held, row.items)]
    for number, choice in zip(row.counted, choices, strict=True):
        if choice is None:
            continue
        act = row.acts[choice]
        if act.event is None:
            act.event = event_of(row, act, number)
            events.append(act.event)
        if all(p.group.number is None or p.group.number.i != number.number.i for p in act.event.parts):
            take(row, act.event, number)
    once(events)
    events = [e for e in events if not emptied(row, e, held)]
    name_parts(row, events)
    share_nouns_of(row, events)
    widen_joined(row, choices)
    return sorted(events, key=lambda e: e.i)


def name_parts(row: Row, events: list[Event]) -> None:
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
        put_whole_first(row, event)
        for before, part in pairwise(event.parts):
            if before.subset and part.group.number is None and part.group.i - before.group.j <= 1:
                part.subset, part.subset_word = True, before.subset_word


def put_whole_first(row: Row, event: Event) -> None:
    """Makes parts of the numbers told beside the whole they are of: "five were among the 17 killed"."""
    whole = next((p for p in event.parts if is_whole(row, p.group)), None)
    most = value_of(whole) if whole is not None else None
    if whole is None or most is None:
        return
    event.parts.sort(key=lambda p: p is not whole)
    for part in event.parts[1:]:
        value = value_of(part)
        part.subset = part.subset or value is None or value < most


def value_of(part: Part) -> int | None:
    """The number of a part, where it is one."""
    return part.group.number.value if part.group.number is not None else None


def is_whole(row: Row, group: Group) -> bool:
    """Whether the words before a number say that what stands beside is of it: "of the 17", "among the 17"."""
    page, begin = row.found.page, group.number.i if group.number is not None else group.i
    phrases = page.vocabulary.data["constructions"].get("wholes", ())
    return any(page.norms[max(0, begin - len(words)) : begin] == words for words in map(str.split, phrases))


def once(events: list[Event]) -> None:
    """Leaves each number to one act of a kind: "stabbed and injured an officer" is one wounding."""
    seen: set[tuple[str, int]] = set()
    for event in reversed(events):
        numbers = [(event.kind, p.group.number.i) if p.group.number is not None else None for p in event.parts]
        event.parts = [p for p, key in zip(event.parts, numbers, strict=True) if key not in seen]
        seen |= {key for key in numbers if key is not None}


def emptied(row: Row, event: Event, held: Held) -> bool:
    """Whether an event lost those right behind its word to another act: "shot two men to death" is one killing."""
    lost = held.get(id(event), set())
    beside = any(c.at == event.at + 1 for c in row.counted if c.number.i in lost)
    left = event.parts or event.persons or event.struck or event.struck_places or event.target or event.stance
    return beside and not left


def stays(part: Part, event: Event, chosen: dict[int, Act | None], held: Held, items: list[Item]) -> bool:
    """Whether a group stays with an event of the constructions: the chosen one, or one that shares its people.

    "Two men were kidnapped and killed" are two acts on the same two.
    """
    number = part.group.number
    if number is None or number.i not in chosen:
        return True
    act = chosen[number.i]
    if act is None or act.event is event:
        return act is not None
    other = act.event
    if other is None or held.get(id(other)) != held[id(event)] or event.nominal or other.nominal:
        return False
    first, second = sorted((event, other), key=lambda e: e.at)
    if event.kind == other.kind:
        return False  # "stabbed and wounded" are one wounding
    return event.of_people and other.of_people and follows_and(items, first, second)


def event_of(row: Row, act: Act, number: Counted) -> Event:
    """The event of an act that no construction made one of."""
    vocabulary = row.found.page.vocabulary
    kind = vocabulary.registers.kinds[act.kind]
    event = Event(act.kind, act.form.rule, act.i, act.j, act.at, kind.counts, people=vocabulary.people)
    event.of_people, event.to = kind.of_people, dict(act.form.data.get("to", {}))
    event.nominal = act.voice in ("noun", "noun_after", "result", "toll")
    if act.at < 0:
        event.at, event.carried = number.at, True
    else:
        surroundings(row.items, event)
    return event


def take(row: Row, event: Event, number: Counted) -> None:
    """Adds a counted group to an event, in the order of the words, as a subset where they say so."""
    word = subset_word(row, number)
    group = subset_noun(row.items, number.at) or number.group
    held = next((p for p in event.parts if p.group is group), None)
    if held is not None:
        held.subset, held.subset_word = True, word
    elif not told_after(event, group):
        event.parts.append(Part(group, word is not None, word))
    event.parts.sort(key=lambda p: p.group.i)
    share_nouns(event.parts)


def told_after(event: Event, group: Group) -> bool:
    """Gives a bare number to the noun before the verb that it counts: "rumah rusak 27 unit"."""
    bare = [p.group for p in event.parts if p.group.number is None and p.group.i < event.i]
    if group.object_class is not None or not bare or not event.j <= group.i <= event.j + 1:
        return False
    bare[-1].number = group.number
    return True


def share_nouns_of(row: Row, events: list[Event]) -> None:
    """Lets bare numbers count what the number before them counts: "41 houses: 30 in Tokmak and 11 in Orikhiv"."""
    named = [c.group for c in row.counted if c.group.unit_i >= 0 and c.group.object_class is not None]
    starts = [group.i for group in named]
    for event in events:
        for group in (part.group for part in event.parts):
            at = bisect_left(starts, group.i)
            if at and group.number is not None and group.unit_i < 0 and can_undergo(named[at - 1], event):
                near = named[at - 1]
                group.object_class, group.traits, group.shared = near.object_class, near.traits, near
        mark_partition(event)


def mark_partition(event: Event) -> None:
    """Marks as parts the bare numbers that share a noun and sum to the number it was told with."""
    for whole in event.parts:
        parts = [p for p in event.parts if p.group.shared is whole.group]
        low = whole.group.number.quantity.low if whole.group.number is not None else None
        told = [p.group.number.value or 0 for p in parts if p.group.number is not None]
        if len(parts) > 1 and low is not None and sum(told) <= low and (sum(told) == low or parts[-1].group.other):
            for part in parts:
                part.subset = True


def subset_word(row: Row, number: Counted) -> Item | None:
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


def widen_joined(row: Row, choices: list[Choice]) -> None:
    """Makes one outcome of acts that are told together: "killed or wounded" are casualties, not dead."""
    registers = row.found.page.vocabulary.registers
    for choice in sorted({c for c in choices if c is not None}):
        act = row.acts[choice]
        joined = [act.kind]
        for beside in row.acts[choice + 1 :]:
            if act.at < 0 or not told_with(row, act, beside):
                break
            joined.append(beside.kind)
        wider = covering(joined, registers)
        if wider is not None and act.event is not None:
            act.event.kind = wider


def told_with(row: Row, act: Act, beside: Act) -> bool:
    """Whether only commas, "and", "or" and small words stand between two acts of one number."""
    between = row.items[act.at + 1 : beside.at]
    small = all(i.name in ("and", "or", ",", "be", "have", "adverb") for i in between)
    return small and any(i.name in ("and", "or") for i in between) and not (beside.event and beside.event.parts)


def covering(kinds: list[str], registers: Registers) -> str | None:
    """The narrowest kind that holds or covers several different ones, where it leaves the outcome open."""
    if len(set(kinds)) < 2:
        return None
    for wide in ("casualty", "neutralize"):
        held = registers.kinds[wide].covers if wide in registers.kinds else []
        if all(registers.is_a(k, wide) or any(registers.is_a(k, c) for c in held) for k in kinds):
            return wide
    return None
