"""Which number belongs to which act: one decision a sentence.

The constructions (events.py) propose; what they took is one sign among others. Every counted group is scored
against every act near it, and against belonging to none; the best assignment of the whole sentence wins
(Viterbi over the numbers in their order, since a list goes on with the act of the number before).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from saksi.reading.clauses.acts import FATAL, OPEN, Act, acts_of, carried
from saksi.reading.clauses.borders import has_object
from saksi.reading.clauses.counting import (
    are_unharmed,
    counts,
    in_condition,
    of_share,
    within_reach,
)
from saksi.reading.clauses.events import follows_and, surroundings
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.number_signs import SIGNS
from saksi.reading.clauses.passing import leave_passing, passing
from saksi.reading.clauses.persons import renamed
from saksi.reading.clauses.signs import (
    SMALL,
    Counted,
    LaidOut,
    between_numbers,
    class_of,
    counted_parts,
    not_caught,
    pair_parts,
    part_of_item,
)
from saksi.reading.clauses.subsets import subset_noun
from saksi.reading.clauses.taking import Event, Part, can_undergo, share_nouns
from saksi.reading.clauses.who_they_were import who_they_were
from saksi.reading.clauses.wholes import mark_conditions, mark_partition, name_parts, subset_word
from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Sentence
from saksi.reading.vocabulary import Vocabulary
from saksi.reading.weights import Choice, Scores, Terms, best_path
from saksi.registers.load import Registers

PASSED = 2  # nouns that cannot undergo an act, between a bare number and the one it shares
Held = dict[int, set[int]]  # the numbers that the constructions gave each event, by identity


class Binder:
    """Leads the numbers of one document to their acts, sentence after sentence."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.last: Act | None = None  # the act of the last number of the sentence before

    def bind(self, sentence: Sentence, items: list[Item], events: list[Event]) -> list[Event]:
        """The events of a sentence with the counted groups that belong to them, in the order of their words."""
        leave_passing(self.found, items, events)
        events = with_told(self.found, items, events, self.last)
        row = laid_out(self.found, sentence, (items, events), self.last)
        self.last = None
        if not row.counted or not row.acts:
            return events
        choices = best_assignment(row, terms_of_numbers(self.found.page.vocabulary))
        self.last = last_act(row, choices)
        return rebound(row, events, choices)


def with_told(found: Found, items: list[Item], events: list[Event], earlier: Act | None) -> list[Event]:
    """The events of a sentence with that of those of whom it tells who they were, in place of what its word was."""
    told = who_they_were(found, items, earlier)
    if told is None:
        return events
    if told.carried and earlier is not None:
        earlier.event = told
    return sorted([*(e for e in events if e.i != told.i), told], key=lambda e: e.i)


def last_act(row: LaidOut, choices: Sequence[Choice]) -> Act | None:
    """The act that the next sentence may go on with: that of the sentence's last bound number."""
    bound = [(number, row.acts[k]) for number, k in zip(row.counted, choices, strict=True) if k is not None]
    if not bound:
        return None
    act = bound[-1][1]
    told = [number.number.quantity.high for number, other in bound if other is act]
    known = act.at >= 0 and None not in told
    befell = sum(n for n in told if n is not None) if known else act.befell
    others = [number.number.value for number, other in bound if other is not act]
    return carried(act, None if befell in others else befell)  # "arrested two men for killing two nurses. They are"


def laid_out(
    found: Found, sentence: Sentence, proposed: tuple[list[Item], list[Event]], earlier: Act | None = None
) -> LaidOut:
    """The sentence's numbers and acts, with the act carried over from the sentence before."""
    items, events = proposed
    registers = found.page.vocabulary.registers
    taken: dict[int, Event] = {}
    for event in events:
        for part in event.parts:
            if part.group.number is not None:
                taken.setdefault(part.group.number.i, event)
    counted = [
        Counted(at, item.group, item.group.number, class_of(item.group, registers), taken.get(item.group.number.i))
        for at, item in enumerate(items)
        if item.kind == "group"
        and item.group is not None
        and item.group.number is not None
        and counts(item.group, taken)
        and not renamed(items, at)
        and not passing(found, items, at)
    ]
    share_class(items, counted)
    if not counted:
        return LaidOut(found, sentence, items, [], [], [])
    acts = [*([earlier] if earlier is not None else []), *acts_of(found, items, events)]
    for number in counted if acts else ():
        qualify(found, items, number, sentence.j)
    return LaidOut(found, sentence, items, counted, acts, [part_of_item(found.page, i) for i in items])


def qualify(found: Found, items: list[Item], number: Counted, end: int) -> None:
    """Marks what the words around a number say of those it counts, which any act must heed."""
    page, first = found.page, number.number.i
    number.unharmed = are_unharmed(found, items, number.at)
    number.in_condition = in_condition(page, items, number.at, number.number)
    number.of_share, number.at_large = of_share(page, first), not_caught(page, number.group.j, end)


def share_class(items: list[Item], counted: list[Counted]) -> None:
    """Lets "15 of them" count what the number before counts."""
    for before, number in pairwise(counted):
        after = items[number.at + 1] if number.at + 1 < len(items) else None
        many = before.number.value != 1  # "a bomb hit a car, killing four of them": those in it
        if number.counts == "nothing" and many and after is not None and after.name == "including":
            number.counts = before.counts
            number.group.object_class, number.group.traits = before.group.object_class, before.group.traits


@lru_cache(maxsize=8)
def terms_of_numbers(vocabulary: Vocabulary) -> Terms:
    """What speaks for a number belonging to an act, as it is learned in a language."""
    return Terms(vocabulary.weights("numbers"), SIGNS)


def best_assignment(row: LaidOut, terms: Terms) -> list[Choice]:
    """For each number the act it belongs to, or None, so that the whole sentence scores best."""
    scores = [scored(row, number, terms) for number in row.counted]
    return best_path(scores, [chained(row, n, terms) for n in range(len(row.counted))])


def scored(row: LaidOut, number: Counted, terms: Terms) -> Scores:
    """How much speaks for each act, and nothing for none."""
    acts = within_reach(row, number)
    alone = terms.of(counted_parts(row, number)) if acts else 0.0
    return {None: 0.0} | {k: alone + terms.of(pair_parts(row, number, row.acts[k])) for k in acts}


def chained(row: LaidOut, n: int, terms: Terms) -> tuple[float, float]:
    """What speaks for going on with the act of the number before, and for leaving it."""
    if n == 0:
        return 0.0, 0.0
    before, number = row.counted[n - 1], row.counted[n]
    between = between_numbers(row, before, number)
    return terms.of([("chain", "same", *between)]), terms.of([("chain", "other", *between)])


def rebound(row: LaidOut, events: list[Event], choices: list[Choice]) -> list[Event]:
    """The events with their counted groups as chosen; what counts nothing stays as the constructions left it."""
    choices = [outcome(row, k) if k is not None else None for k in choices]
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
    join_outcomes(row, events)
    events = [e for e in events if not emptied(row, e, held)]
    name_parts(row, events)
    mark_conditions(row, events)
    share_nouns_of(row, events)
    widen_joined(row, choices)
    return sorted(events, key=lambda e: e.i)


def once(events: list[Event]) -> None:
    """Leaves each number to one act of a kind: "stabbed and injured an officer" is one wounding."""
    seen: set[tuple[str, int]] = set()
    for event in reversed(events):
        numbers = [(event.kind, p.group.number.i) if p.group.number is not None else None for p in event.parts]
        event.parts = [p for p, key in zip(event.parts, numbers, strict=True) if key not in seen]
        seen |= {key for key in numbers if key is not None}


def outcome(row: LaidOut, choice: int) -> int:
    """The act that says what became of those who were shot: "shot and wounded" is one wounding."""
    act, registers = row.acts[choice], row.found.page.vocabulary.registers
    after = row.acts[choice + 1] if choice + 1 < len(row.acts) else None
    open_ended = OPEN in (act.form.data.get("to") or {}).values()
    if after is not None and act.at >= 0 and ends_fatally(row, act, after):
        return choice + 1
    if after is None or act.at < 0 or not open_ended or not registers.is_a(after.kind, OPEN):
        return choice
    between = [i.name for i in row.items[act.at + 1 : after.at]]
    return choice + 1 if "and" in between and set(between) <= {"and", "adverb"} else choice


def ends_fatally(row: LaidOut, act: Act, after: Act) -> bool:
    """Whether those whom a harm befell are dead by the words behind it: "menganiaya dua orang hingga tewas".

    So too where only small words stand between: "a patient with burns died", "dua korban luka bakar meninggal".
    """
    registers, between = row.found.page.vocabulary.registers, row.parts[act.at + 1 : after.at]
    harms = registers.is_a(act.kind, OPEN) or OPEN in (act.form.data.get("to") or {}).values()
    if after.voice != "theme" or after.kind != FATAL or not harms:
        return False
    if between[-1:] == ["result"]:
        return sum(act.at < c.at < after.at for c in row.counted) <= 1
    return act.voice == "theme" and act.kind != FATAL and SMALL.issuperset(between)


def join_outcomes(row: LaidOut, events: list[Event]) -> None:
    """Makes one outcome of a killing and a wounding of the same people: "killed and wounded 12" are 12 casualties."""
    for first, second in pairwise(sorted(events, key=lambda e: e.at)):
        if first.kind != FATAL:
            continue
        own = {p.group.number.i for p in first.parts if p.group.number is not None}
        shared = [p for p in second.parts if p.group.number is not None and p.group.number.i in own]
        wider = covering([first.kind, second.kind], row.found.page.vocabulary.registers) if shared else None
        if wider is not None:
            first.kind, second.parts = wider, [p for p in second.parts if p not in shared]


def emptied(row: LaidOut, event: Event, held: Held) -> bool:
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


def event_of(row: LaidOut, act: Act, number: Counted) -> Event:
    """The event of an act that no construction made one of."""
    vocabulary = row.found.page.vocabulary
    kind = vocabulary.registers.kinds[act.kind]
    event = Event(act.kind, act.form.rule, act.i, act.j, act.at, kind.counts, people=vocabulary.people)
    event.of_people, event.to = kind.of_people, dict(act.form.data.get("to", {}))
    event.nominal = act.voice in ("noun", "noun_after", "result", "toll")
    if act.at < 0:
        event.at, event.carried = number.at, True
    else:
        surroundings(row.found, row.items, event)
    return event


def take(row: LaidOut, event: Event, number: Counted) -> None:
    """Adds a counted group to an event, in the order of the words, as a subset where they say so."""
    word = subset_word(row, number)
    group = subset_noun(row.items, number.at) or number.group
    held = next((p for p in event.parts if p.group is group), None)
    if held is not None:
        held.subset, held.subset_word = True, word
    elif not given_to_noun(event, group):
        event.parts.append(Part(group, word is not None, word))
    event.parts.sort(key=lambda p: p.group.i)
    share_nouns(event.parts)


def given_to_noun(event: Event, group: Group) -> bool:
    """Gives a bare number to the noun before the verb that it counts, if one does: "rumah rusak 27 unit"."""
    bare = [p.group for p in event.parts if p.group.number is None and p.group.i < event.i]
    if group.object_class is not None or not bare or not event.j <= group.i <= event.j + 1:
        return False
    bare[-1].number = group.number
    return True


def share_nouns_of(row: LaidOut, events: list[Event]) -> None:
    """Lets bare numbers count what the number before them counts: "41 houses: 30 in Tokmak and 11 in Orikhiv"."""
    named = [c.group for c in row.counted if c.group.unit_i >= 0 and c.group.object_class is not None]
    starts = [group.i for group in named]
    for event in events:
        for group in (part.group for part in event.parts):
            at = bisect_left(starts, group.i)
            bare = group.number is not None and group.unit_i < 0
            near = next((n for n in reversed(named[max(0, at - PASSED) : at]) if can_undergo(n, event)), None)
            if bare and near is not None and not (event.i < group.i and is_doer(row, near)):
                group.object_class, group.traits, group.shared = near.object_class, near.traits, near
                if group.other and is_single(near) and not is_single(group) and near.object_class in event.people:
                    group.object_class, group.traits = "person", {}  # "a policeman died and four others were hurt"
        mark_partition(event)


def is_single(group: Group) -> bool:
    """Whether a group counts one, beside whom "four others" need not be the same."""
    return group.number is not None and group.number.value == 1


def is_doer(row: LaidOut, group: Group) -> bool:
    """Whether a noun stands before what it does to others, who are others: "a bomber hit a post, killing 3"."""
    k = next((n for n, item in enumerate(row.items) if item.group is group), len(row.items))
    behind = row.items[k + 1 : k + 3]
    if row.found.page.vocabulary.head_first or len(behind) < 2 or behind[0].kind != "verb":
        return False
    acting = behind[0].name in ("active", "either")
    return acting and (behind[1].kind in ("group", "actor") or behind[1].name in ("article", "determiner"))


def widen_joined(row: LaidOut, choices: list[Choice]) -> None:
    """Makes one outcome of acts that are told together: "killed or wounded" are casualties, not dead."""
    registers = row.found.page.vocabulary.registers
    for choice in sorted({c for c in choices if c is not None}):
        act = row.acts[choice]
        wider = covering([a.kind for a in told_together(row, choice)], registers) if act.at >= 0 else None
        if wider is not None and act.event is not None:
            act.event.kind = wider


def told_together(row: LaidOut, choice: int) -> list[Act]:
    """An act with those that are told in one with it, before and after."""
    first = last = choice
    while last + 1 < len(row.acts) and told_with(row, row.acts[last], row.acts[last + 1]):
        last += 1
    while first and row.acts[first - 1].at >= 0 and told_with(row, row.acts[first - 1], row.acts[first]):
        first -= 1
    return row.acts[first : last + 1]


def told_with(row: LaidOut, act: Act, beside: Act) -> bool:
    """Whether only commas, "and", "or" and small words stand between two acts of one number."""
    between = row.items[act.at + 1 : beside.at]
    small = all(i.name in ("and", "or", ",", "be", "have", "adverb") for i in between)
    own = row.items[beside.at].group if beside.at > act.at else None
    if own is not None and own.number is not None:
        return False  # "27 deaths and 956 injured people"
    if not small or not any(i.name in ("and", "or") for i in between):
        return False
    return not has_object(row.items, beside.at) or not (act.event and act.event.parts)  # "killed or wounded twelve"


def covering(kinds: list[str], registers: Registers) -> str | None:
    """The narrowest kind that holds or covers several different ones, where it leaves the outcome open."""
    if len(set(kinds)) < 2:
        return None
    for wide in ("casualty", "neutralize"):
        held = registers.kinds[wide].covers if wide in registers.kinds else []
        if all(registers.is_a(k, wide) or any(registers.is_a(k, c) for c in held) for k in kinds):
            return wide
    return None
