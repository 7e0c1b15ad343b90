"""What a verb takes from its clause: the groups on its left or right, over commas and "and".

A list goes on until another verb takes over ("struck two units and destroyed four vehicles") or the
clause ends; groups behind a preposition are not taken unless the words say that they are counted.
"""

from __future__ import annotations

from typing import Any

import msgspec

from saksi.reading.clauses.borders import (
    PREPOSITIONS,
    begins_clause,
    clause_start,
    ends_clause,
    in_phrase,
    taken_before,
    told_of_by,
)
from saksi.reading.clauses.groups import UNKNOWN_NOUN, Group
from saksi.reading.clauses.items import Item, head_before
from saksi.reading.clauses.lists import (
    acts,
    does_more,
    goes_on,
    joined,
    list_goes_on,
    past_brackets,
    past_phrase,
    says_who,
)
from saksi.reading.mentions.actors import ActorMention
from saksi.reading.mentions.belief import PlaceMention
from saksi.reading.pages.page import Page

MOST_WORDS = 4  # unknown words a verb may pass over on its way to its first group
UNKNOWN = frozenset(("word", "name", "role", "back_reference"))
FLYING = frozenset(("missile", "rocket", "drone", "ammunition"))
OPENS_PARTY = frozenset(("and", "article", "determiner", "all", "that", "while"))
DOES = frozenset(("word", "verb", "say", "light"))  # what a party before them may be doing
OF_THINGS = frozenset(("damage",))  # what befalls no people
PLACE_KINDS = frozenset(("capture_place", "withdraw", "search"))


class Part(msgspec.Struct, gc=False):
    """One group that a verb took. `subset`: it is part of the group before it, by its words."""

    group: Group
    subset: bool = False
    subset_word: Item | None = None


class Event(msgspec.Struct, gc=False):
    """One happening told by a sentence: its word, the groups it took, who did it, to whom."""

    kind: str
    rule: str
    i: int
    j: int
    at: int  # the number of its item in the sentence
    counts: str
    parts: list[Part] = []
    actor: ActorMention | None = None
    struck: ActorMention | None = None
    struck_places: list[PlaceMention] = []
    target: Group | None = None  # what a noun of attack strikes
    persons: list[Any] = []  # people told of one by one (reading/clauses/persons.py), beside the counted groups
    passive: bool = False
    negated: Item | None = None
    future: Item | None = None
    ongoing: Item | None = None
    stance: Item | None = None
    nominal: bool = False
    carried: bool = False  # its word stands in an earlier sentence
    of_told: bool = False  # those whom it befell were told of before
    of_people: bool = False  # its verb is done to people
    people: frozenset[str] = frozenset()  # the classes of people
    to: dict[str, str] = {}


def take_right(items: list[Item], k: int, event: Event) -> None:
    """Takes the groups after a verb: the first, then what commas and "and" join to it."""
    words, subset = 0, None
    while k < len(items) and not ends_list(items, k, event):
        item = items[k]
        if item.kind == "group" and item.group is not None:
            if (not event.parts and begins_clause(items, k)) or not take_group(items, k, event, subset):
                return
        elif item.kind in ("actor", "place"):
            take_party(items, k, event)
        elif item.kind == "function" and item.name == "including":
            subset = item if event.parts else None
        elif event.nominal and event.parts and item.name in ("of", "to") and items[k - 1].name == "and":
            words = 0  # "the murder of a judge and of his guards"
        elif item.kind == "function" and item.name in PREPOSITIONS and not opens_object(items, k, event, words):
            k = past_phrase(items, k + 1)
            continue
        elif item.name == "(" and event.parts:
            k = past_brackets(items, k)
            continue
        elif item.kind in UNKNOWN and not names_last(items, k, event):
            words += 1
            if (event.parts or words > MOST_WORDS) and not list_goes_on(items, k):
                return
        k += 1


def names_last(items: list[Item], k: int, event: Event) -> bool:
    """Whether a name stands behind the one whom it names: "killed engineer Omar Saleh", "the mayor, Ana Lim, and"."""
    last = event.parts[-1].group if event.parts else None
    behind = k - 1 - (items[k - 1].name == "," and k + 1 < len(items) and items[k + 1].name == ",")
    one = last is not None and last is items[behind].group and last.object_class in event.people and not last.plural
    return one and event.of_people and items[k].kind == "name"


def take_group(items: list[Item], k: int, event: Event, subset: Item | None) -> bool:
    """Takes one group of a list; false where the list is over. What only renames the group before is passed over."""
    group = items[k].group
    if group is None:
        return False
    if apposition(items, k, event) or says_who(items, k):
        return group.number is not None
    if group.number is None and (group.voice == "noun_after" or describes_last(items, k, event)):
        return True  # "mengamankan barang bukti berupa 17 peluru"
    if not takes_group(event, group, subset):
        return False
    after = items[k + 1] if k + 1 < len(items) else None
    if subset is None and event.parts and group.unit_i < 0 and after is not None and after.name == "including":
        subset = after  # "two insurgents, one of whom ..."
    event.parts.append(Part(group, subset is not None, subset))
    return True


def describes_last(items: list[Item], k: int, event: Event) -> bool:
    """Whether a bare noun right behind what a verb took says what that is: "empat pelaku begal", "some of the men"."""
    group, before = items[k].group, head_before(items, k) if items[k - 1].group is not None else None
    if group is None or before is None or not event.parts or event.parts[-1].group is not before:
        return False
    if before.number is not None and before.unit_i < 0 and before.object_class is None:
        before.object_class, before.traits = group.object_class, group.traits
    return True


def take_party(items: list[Item], k: int, event: Event) -> None:
    """Takes a party or place after a verb: as people ("killing the insurgents"), else as what it struck."""
    item = items[k]
    joined_to = items[k - 1].name in (",", "and") and not does_more(items, k)
    if item.kind == "actor" and item.group is not None and event.of_people and (joined_to or not event.parts):
        event.parts.append(Part(item.group))
    else:
        take_struck(item, event)


def ends_list(items: list[Item], k: int, event: Event) -> bool:
    """Whether a verb's list ends before this item."""
    item = items[k]
    if ends_clause(item) or (item.kind == "function" and item.name == "with"):
        return True
    if item.kind == "function" and item.name in ("be", "negation"):
        return bool(event.parts)  # "killed five soldiers and none of its men died"
    if item.kind == "function" and item.name == "or":
        return not event.parts
    if item.kind != "mark" or item.name != ",":
        return False
    unknown = items[k - 1].kind in UNKNOWN and list_goes_on(items, k)  # "seized cash, two phones"
    return not ((event.parts or unknown) and goes_on(items, k + 1))


def take_struck(item: Item, event: Event) -> None:
    """Takes a party or a place that stands where a group would: "attacked Hezbollah", "merebut Bagouz"."""
    if event.parts:
        return
    if item.actor is not None and event.struck is None:
        event.struck = item.actor
    elif item.place is not None and event.kind in PLACE_KINDS:
        event.struck_places.append(item.place)


def opens_object(items: list[Item], k: int, event: Event, words: int) -> bool:
    """Whether what a verb counts stands behind a preposition: "movement of five", "access to two"."""
    behind = items[k + 1].group if k + 1 < len(items) else None
    if behind is None or event.parts or items[k].name not in ("of", "to", "in"):
        return False
    return behind.number is not None and (event.kind == "deny" or (words > 0 and items[k].name == "of"))


def takes_group(event: Event, group: Group, subset: Item | None) -> bool:
    """Whether a verb's list may take this group: a happening is no thing, a list goes on by numbers."""
    happening = group.event is not None and group.voice == "noun"
    if happening and (group.number is not None or event.of_people):
        return False  # "executed roadside bomb attacks" kills nobody
    if not can_undergo(group, event):
        return False
    if not event.parts:
        return True
    return group.number is not None or group.object_class is not None or subset is not None


def apposition(items: list[Item], k: int, event: Event) -> bool:
    """Whether a group without a number after a comma only renames the one before it."""
    group = items[k].group
    if not event.parts or group is None or k == 0 or items[k - 1].name != ",":
        return False
    if group.number is not None:  # "the man, an explosives expert, and three others"
        last = event.parts[-1].group
        if last.object_class not in (None, group.object_class, *event.people):
            return False  # "the town hall, a station, and a bridge"
        one = group.number.kind == "article" and last.definite and last.number is None and not last.plural
        return one and k + 1 < len(items) and items[k + 1].name == ","
    for item in items[k + 1 :]:
        if ends_clause(item):
            return True
        if item.kind == "function" and item.name == "and":
            return False
    return True


def take_left(page: Page, items: list[Item], at: int, event: Event) -> None:
    """Takes the groups before a passive or theme verb, back to the clause's beginning."""
    begin = clause_start(items, at)
    told = told_of_by(items, at)
    if told is not None and told >= begin and in_phrase(items, begin, told):
        begin = told  # "an aide to a commander who was killed"
    begin = max(begin, described_from(page, items, begin, at, event))
    subset: Item | None = None
    for k in range(begin, at):
        item = items[k]
        if item.kind == "function" and item.name == "including":
            subset = item
        elif item.group is not None and undergoes(items, k, event):
            passed = in_phrase(items, begin, k) or describes(items, begin, k) or taken_before(items, k, at)
            passed = passed or is_cited(page, items, begin, k) or renames_titled(items, k, event) or says_who(items, k)
            if passed or not can_undergo(item.group, event):
                continue
            if not event.of_people and items[k - 1].name == "with" and item.group.object_class in event.people:
                continue  # "kapal dengan sebelas awak ditenggelamkan"
            if event.of_people and event.parts and unknown_noun(item.group):
                continue  # "several insurgents presented a threat and were killed"
            if event.parts and only_renames(items, k, event.parts[-1].group):
                break
            if subset is not None and not event.parts:
                subset = None
                continue  # "50 tewas, termasuk 29 anak, dan 77 lainnya luka": the 29 are of the verb before
            last = event.parts[-1].group if event.parts else None
            if subset is None and last and not (joined(items, begin, k, last) and not acts(page, items, k, last)):
                event.parts.clear()
            event.parts.append(Part(item.group, subset is not None and bool(event.parts), subset))
    leave_unknown(event)


def described_from(page: Page, items: list[Item], begin: int, at: int, event: Event) -> int:
    """Where those begin of whom alone a participle right behind them tells: "relatives of the minister murdered".

    So too where those before do something else: "residents rallied in memory of five students killed in 2019".
    """
    group = items[at - 1].group if at > begin else None
    if group is None or group.unit_i < 0 or items[at].name != "either" or page.block_at(items[at].i).titled:
        return begin
    first = at - 1
    while first - 2 > begin and items[first - 1].name in (",", "and") and items[first - 2].group is not None:
        first -= 2  # "nurses, guards and drivers killed"
    n = first - 1
    while n > begin and items[n].kind == "word":
        n -= 1
    of_another = n > begin and items[n].name in PREPOSITIONS and items[n - 1].group is not None
    others_act = any(i.kind == "word" and page.is_acting(i.i) for i in items[begin : n + 1])
    alone = event.of_people and (of_another or others_act) and can_undergo(group, event)
    return first if alone else begin


def is_cited(page: Page, items: list[Item], begin: int, k: int) -> bool:
    """Whether a noun is who a clause is told after: "according to villagers, two men died"."""
    cites = begin > 0 and page.form(items[begin - 1].i, "source_before") is not None
    return cites and all(i.name != "," for i in items[begin:k]) and any(i.name == "," for i in items[k + 1 :])


def undergoes(items: list[Item], k: int, event: Event) -> bool:
    """Whether an item before a verb may be what it befell: a noun, or by a verb of people a party: "rebels died".

    A party only where nothing is told between that it may have done: "soldiers fought and villagers died".
    """
    item = items[k]
    if item.group is None or item.group.event or item.kind == "group":
        return item.kind == "group" and item.group is not None and not item.group.event
    before = items[k - 1] if k else None
    opens = before is None or before.kind in ("place", "time", "mark") or before.name in OPENS_PARTY
    does = any(i.kind in DOES for i in items[k + 1 : event.at])
    return item.kind == "actor" and event.of_people and opens and not does


def only_renames(items: list[Item], k: int, last: Group) -> bool:
    """Whether groups after a comma say who the counted people are: "Two men, a father and son, were killed"."""
    group = items[k].group
    several = last.partitive or (last.number is not None and last.number.whole is not None)
    counted = last.number is not None and (several or (last.number.value or 0) > 1)
    small = group is not None and (group.number is None or group.number.value == 1)
    return counted and small and k > 1 and items[k - 1].name == "," and items[k - 2].group is last


def renames_titled(items: list[Item], k: int, event: Event) -> bool:
    """Whether "a" and a noun only say more of a titled name: "Judge Rezai, a judge in Tabriz, was killed"."""
    group, last = items[k].group, event.parts[-1].group if event.parts else None
    if group is None or last is None or last.number is not None or last.plural:
        return False
    article = group.number is not None and group.number.kind == "article"
    named = k > 2 and items[k - 1].name == "," and items[k - 2].kind == "name" and items[k - 3].group is last
    return article and named and all(i.name != "and" for i in items[k + 1 : event.at])


def leave_unknown(event: Event) -> None:
    """Drops "a threat" and other unknown nouns with an article from what a verb of people counts."""
    if event.of_people:
        event.parts = [p for p in event.parts if not unknown_noun(p.group)]


def unknown_noun(group: Group) -> bool:
    """Whether a group is an article with a noun that is in no list."""
    number = group.number
    article = number is not None and number.kind == "article"
    return article and group.object_class is None and group.event is None and group.owner is None


def describes(items: list[Item], begin: int, k: int) -> bool:
    """Whether a bare group only says more of the one just before: "3 Putra Pimpinan", "jenazah para korban"."""
    before = items[k - 1].group if k > begin else None
    group = items[k].group
    if before is None or group is None or group.number is not None:
        return False
    return before.number is not None or not before.event


def can_undergo(group: Group, event: Event) -> bool:
    """Whether a noun can be what a verb counts: a church is not wounded, and no mortar attacked with mortars.

    A verb whose kind the target decides ("mengamankan", "capture") takes things as well.
    """
    bare = group.number is None and group.object_class in event.people
    if event.kind in group.means_of or (event.kind in OF_THINGS and bare):
        return False  # "guards at the hotel, where windows were damaged"
    if not event.of_people or event.to or group.object_class is None:
        return True
    return group.object_class in event.people


def negated_group(items: list[Item], group: Group) -> bool:
    """Whether "no" stands just before a group."""
    k = next((n for n, i in enumerate(items) if i.group is group), 0)
    before = items[max(0, k - 2) : k]
    return any(i.kind == "function" and i.name == "negation" for i in before) and all(
        i.kind != "mark" for i in before[1:]
    )


def share_nouns(parts: list[Part]) -> None:
    """Gives "one large" and "two others" the noun of the group beside them."""
    for k, part in enumerate(parts):
        group = part.group
        if group.object_class or group.number is None:
            continue
        alone = group.unit_j - group.unit_i == 1 and group.owner is None
        alone = alone and group.rule != UNKNOWN_NOUN  # "six Israelis" are no soldiers, "dua jaket" no knives
        neighbours = parts[k - 1 : k] if group.other else parts[k + 1 : k + 2] if alone else []
        for near in neighbours:
            if near.group.object_class and near.group.number:
                group.object_class, group.traits = near.group.object_class, near.group.traits
                group.owner = group.owner or near.group.owner
