"""Constructions: which verb took which groups, as what, by whom.

Each language's constructions.yml says on which side of an active, passive or theme verb the counted
groups stand; the functions here do the same for every language. A list goes on over commas and
"and" until another verb takes over: "struck two units and destroyed four vehicles".
"""

from __future__ import annotations

from typing import Any

import msgspec

from saksi.reading.actors import ActorMention
from saksi.reading.groups import Found, Group
from saksi.reading.items import Item
from saksi.reading.places import PlaceMention

PREPOSITIONS = frozenset(("in", "near", "from", "to", "on", "against", "of", "by", "with", "for"))
CLAUSE_ENDS = frozenset(("that", "relative", "while", "after", "before", "purpose", "result"))
SKIPPED = frozenset(("adverb", "have", "be", "determiner", "article", "manage", "all", "continue"))
QUOTES = frozenset("\"“”'‘’«»")
MOST_WORDS = 4  # unknown words a verb may pass over on its way to its first group
PLACE_KINDS = frozenset(("capture_place", "withdraw", "search"))


class Part(msgspec.Struct):
    """One group that a verb took. `subset`: it is part of the group before it, by its words."""

    group: Group
    subset: bool = False
    subset_word: Item | None = None


class Event(msgspec.Struct):
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
    negated: Item | None = None
    future: Item | None = None
    ongoing: Item | None = None
    stance: Item | None = None
    nominal: bool = False
    to: dict[str, str] = {}


def read_events(found: Found, items: list[Item]) -> list[Event]:
    """The events of a sentence, in the order of their words."""
    constructions: dict[str, Any] = found.page.vocabulary.data["constructions"]
    events: list[Event] = []
    for at, item in enumerate(items):
        event = None
        if item.kind == "verb":
            event = verb_event(found, items, at, constructions)
        elif item.group is not None and item.group.event and item.kind == "group":
            event = noun_event(found, items, at, constructions)
        if event is not None:
            surroundings(items, event)
            events.append(event)
    return events + pattern_events(found, items)


def verb_event(found: Found, items: list[Item], at: int, constructions: dict[str, Any]) -> Event | None:
    """The event of a verb with the groups on its side."""
    item = items[at]
    form = item.form
    if form is None:
        return None
    voice = voice_of(items, at, constructions)
    event = Event(form.value, form.rule, item.i, item.j, at, "things", to=dict(form.data.get("to", {})))
    if voice in ("active", "headline"):
        take_right(items, at + 1, event)
        event.actor = subject_of(items, at)
    else:
        take_left(items, at, event)
        if at and items[at - 1].name == "relative" and items[at - 1].kind == "function":
            event.parts = [p for p in event.parts if p.group.number is not None or negated_group(items, p.group)]
            if not event.parts:
                return None
        if not event.parts and (voice == "passive" or constructions["theme_right"]):
            take_right(items, at + 1, event)
        else:
            take_subsets(items, at + 1, event)
        if voice == "passive":
            event.actor = agent_of(items, at, constructions)
    inner = next((found.actors[k] for k in range(item.i + 1, item.j) if k in found.actors), None)
    event.struck = event.struck or inner
    share_nouns(event.parts)
    return event


def voice_of(items: list[Item], at: int, constructions: dict[str, Any]) -> str:
    """Whether a verb is active or passive here; a past participle is told by what stands around it."""
    form = items[at].form
    voice = form.voice if form else "active"
    if voice != "either":
        return voice
    before = previous(items, at, ("adverb", "negation", "have", "unknown_yet"))
    if before is not None and before.kind == "word" and at >= 2:
        before = previous(items, at - 1, ("adverb", "negation", "have", "unknown_yet"))  # "been wrongly killed"
    if before is not None and before.name == "be" and before.kind == "function":
        return "passive"
    before = previous(items, at, ("adverb", "negation", "have", "unknown_yet"))
    after = following(items, at, ("adverb",))
    takes = after is not None and (after.kind in ("group", "actor") or after.name in ("article", "determiner", "all"))
    if takes:
        return "active"
    counted = before is not None and before.kind == "group"
    return "passive" if counted and constructions["bare_participle_passive"] else "active"


def previous(items: list[Item], at: int, skipped: tuple[str, ...]) -> Item | None:
    """The item before, small words of these parts and times passed over."""
    for item in reversed(items[:at]):
        if item.kind == "time" or (item.kind == "function" and item.name in skipped):
            continue
        return item
    return None


def following(items: list[Item], at: int, skipped: tuple[str, ...]) -> Item | None:
    """The item after, small words of these parts passed over."""
    for item in items[at + 1 :]:
        if item.kind == "time" or (item.kind == "function" and item.name in skipped):
            continue
        return item
    return None


def take_right(items: list[Item], k: int, event: Event) -> None:
    """Takes the groups after a verb: the first, then what commas and "and" join to it."""
    words, subset = 0, None
    while k < len(items):
        item = items[k]
        if ends_clause(item) or (item.kind == "function" and item.name == "or" and not event.parts):
            return
        if item.kind == "group" and item.group is not None:
            if not takes_group(event, item.group, subset) or apposition(items, k, event):
                return
            event.parts.append(Part(item.group, subset is not None, subset))
        elif item.kind == "actor" and not event.parts and event.struck is None and item.actor:
            event.struck = item.actor
        elif item.kind == "place" and item.place and not event.parts and event.kind in PLACE_KINDS:
            event.struck_places.append(item.place)
        elif item.kind == "function" and item.name in PREPOSITIONS and item.name != "with":
            if not opens_object(items, k, event, words):
                k = past_phrase(items, k + 1)
                continue
        elif item.kind == "function" and item.name in ("including", "with"):
            subset = item if event.parts else None
            if item.name == "with":
                return
        elif item.kind == "mark" and item.name == "," and not (event.parts and goes_on(items, k + 1)):
            return
        elif item.kind in ("word", "name", "role", "back_reference"):
            words += 1
            if words > MOST_WORDS or (event.parts and not list_goes_on(items, k)):
                return
        k += 1


def opens_object(items: list[Item], k: int, event: Event, words: int) -> bool:
    """Whether what a verb counts stands behind a preposition: "movement of five", "access to two"."""
    behind = k + 1 < len(items) and items[k + 1].kind == "group" and items[k + 1].group is not None
    if not behind or event.parts or items[k].name not in ("of", "to", "in"):
        return False
    numbered = items[k + 1].group.number is not None  # type: ignore[union-attr]
    return numbered and (event.kind == "deny" or (words > 0 and items[k].name == "of"))


def list_goes_on(items: list[Item], k: int) -> bool:
    """Whether, after words that are not understood, the list goes on with another number."""
    while k < len(items) and items[k].kind in ("word", "name"):
        k += 1
    if k + 1 >= len(items) or items[k].name not in (",", "and"):
        return False
    rest = [i for i in items[k + 1 : k + 4] if i.name not in ("and", ",")]
    return bool(rest) and rest[0].group is not None and rest[0].group.number is not None


def takes_group(event: Event, group: Group, subset: Item | None) -> bool:
    """Whether a verb's list may take this group: a happening is no thing, a list goes on by numbers."""
    if group.event and group.number is not None and group.voice == "noun":
        return False
    if not event.parts:
        return True
    return group.number is not None or group.object_class is not None or subset is not None


def apposition(items: list[Item], k: int, event: Event) -> bool:
    """Whether a group without a number after a comma only renames the one before it."""
    group = items[k].group
    if not event.parts or group is None or group.number is not None or k == 0 or items[k - 1].name != ",":
        return False
    for item in items[k + 1 :]:
        if ends_clause(item):
            return True
        if item.kind == "function" and item.name == "and":
            return False
    return True


def ends_clause(item: Item) -> bool:
    """Whether a verb's reach ends at this item."""
    if item.kind in ("verb", "say", "carriers", "light", "stance_noun"):
        return True
    if item.kind == "mark":
        return item.name in (";", ":", ".", "?", "!", "-")
    return item.kind == "function" and item.name in CLAUSE_ENDS


def goes_on(items: list[Item], k: int) -> bool:
    """Whether a list goes on after a comma: "and" and subset words passed over, a group follows."""
    while k < len(items):
        item = items[k]
        if item.kind == "group":
            return True
        small = item.kind == "function" and item.name in ("and", "including", "adverb", "determiner", "other")
        if not small and item.kind not in ("scope",):
            return False
        k += 1
    return False


def past_phrase(items: list[Item], k: int) -> int:
    """The item after the noun of a prepositional phrase."""
    while k < len(items) and items[k].kind in ("word", "name", "place_type", "scope", "role"):
        k += 1
    if k < len(items) and items[k].kind in ("group", "place", "actor", "time"):
        k += 1
        while k < len(items) and items[k].kind in ("place", "time", "place_type"):
            k += 1
    return k


def take_left(items: list[Item], at: int, event: Event) -> None:
    """Takes the groups before a passive or theme verb, back to the clause's beginning."""
    begin = clause_start(items, at)
    subset: Item | None = None
    for k in range(begin, at):
        item = items[k]
        if item.kind == "function" and item.name == "including":
            subset = item
        elif item.kind == "group" and item.group is not None and not item.group.event:
            before = items[k - 1] if k > begin else None
            in_phrase = before is not None and before.kind == "function" and before.name in PREPOSITIONS
            if in_phrase and before is not None and before.name != "with":
                continue
            if subset is None and event.parts and not joined(items, begin, k, event.parts[-1].group):
                event.parts.clear()
            event.parts.append(Part(item.group, subset is not None and bool(event.parts), subset))
        elif item.kind == "actor" and item.actor and k == at - 1 and not event.parts and not item.actor.named:
            continue


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
            return
        k += 1


def negated_group(items: list[Item], group: Group) -> bool:
    """Whether "no" stands just before a group."""
    k = next((n for n, i in enumerate(items) if i.group is group), 0)
    return any(i.kind == "function" and i.name == "negation" for i in items[max(0, k - 2) : k])


def joined(items: list[Item], begin: int, k: int, last: Group) -> bool:
    """Whether only commas, "and" and phrases stand between two groups of a list."""
    between = [i for i in items[begin:k] if i.i >= last.j]
    return any(i.kind == "function" and i.name == "and" or i.name == "," for i in between)


def clause_start(items: list[Item], at: int) -> int:
    """The first item of the clause that a verb closes; a relative just before it is no border."""
    k = at - 1
    while k >= 0:
        item = items[k]
        beside = item.kind == "function" and item.name in ("relative", "result") and at - k <= 2
        if ends_clause(item) and not beside:
            return k + 1
        k -= 1
    return 0


def subject_of(items: list[Item], at: int) -> ActorMention | None:
    """Who does an active verb: the nearest actor before it in the sentence, phrases left out.

    The subject serves every verb of the sentence: "A strike by X killed two and wounded three".
    """
    for k in range(at - 1, -1, -1):
        item = items[k]
        if item.kind == "function" and item.name in ("that", "while", "after", "before") or item.name == ";":
            return None
        if item.kind == "group" and item.group and item.group.event and item.group.owner:
            return item.group.owner
        if item.kind != "actor" or item.actor is None:
            continue
        before = items[k - 1] if k else None
        phrase = before is not None and before.kind == "function" and before.name in PREPOSITIONS - {"by"}
        taken = before is not None and before.kind == "verb"
        if not phrase and not taken:
            return item.actor
    return None


def agent_of(items: list[Item], at: int, constructions: dict[str, Any]) -> ActorMention | None:
    """Who does a passive verb: after "by", or, in Indonesian, just after the verb."""
    for k in range(at + 1, min(at + 12, len(items))):
        item = items[k]
        if ends_clause(item):
            return None
        before = items[k - 1]
        by = before.kind == "function" and before.name == "by"
        beside = k == at + 1 and not constructions["passive_by"]
        if item.kind == "actor" and (by or beside):
            return item.actor
    return None


def share_nouns(parts: list[Part]) -> None:
    """Gives "one large" and "two others" the noun of the group beside them."""
    for k, part in enumerate(parts):
        group = part.group
        if group.object_class or group.number is None:
            continue
        neighbours = parts[k - 1 : k] if group.other else parts[k + 1 : k + 2] if group.unit_j - group.unit_i == 1 else []
        for near in neighbours:
            if near.group.object_class and near.group.number:
                group.object_class, group.traits = near.group.object_class, near.group.traits
                group.owner = group.owner or near.group.owner


def noun_event(found: Found, items: list[Item], at: int, constructions: dict[str, Any]) -> Event | None:
    """The event of a noun: counted, or made by a helping verb, or with a party or thing it struck."""
    item = items[at]
    group = item.group
    if group is None or group.event is None:
        return None
    kinds = found.page.vocabulary.registers.kinds
    event_i = max(group.event_i, group.i)
    event = Event(group.event, group.rule, event_i, group.unit_j, at, "events", nominal=True)
    event.actor = group.owner
    if kinds[group.event].counts == "things" and group.voice != "noun":
        return thing_noun(items, at, event, group)
    if group.number is not None and group.number.kind != "both":
        event.parts.append(Part(group))
    strike_target(found, items, at, event, constructions)
    event.stance = next((i for i in items[max(0, at - 6) : at] if i.kind == "stance_noun"), None)
    governed = governor(items, at) or event.stance
    if governed is not None or kinds[group.event].counts == "things":
        event.actor = event.actor or subject_of(items, at)
    definite = group.definite or (at + 1 < len(items) and items[at + 1].name == "determiner")
    told = event.parts or governed or event.struck or event.target or kinds[group.event].counts == "things"
    told = told or negated_group(items, group)
    return event if told and not (definite and not governed) else None


def thing_noun(items: list[Item], at: int, event: Event, group: Group) -> Event | None:
    """The event of a noun that counts things: "12 deaths", "the detention of two suspects"."""
    event.counts = "things"
    k = at + 1
    if group.number is not None:
        event.parts.append(Part(group))
        group.unit_i, group.unit_j = group.event_i, group.unit_j
        return event
    reached = reached_number(items, k)
    if reached is not None:
        event.parts.append(Part(reached))
        return event
    if negated_group(items, group):
        return event
    if k < len(items) and items[k].kind == "function" and items[k].name in ("of", "against", "on"):
        k += 1
    while k < len(items) and items[k].kind == "function" and items[k].name in ("article", "determiner"):
        k += 1
    if k < len(items) and items[k].kind == "group" and group.voice != "noun":
        take_right(items, k, event)
    share_nouns(event.parts)
    return event if event.parts else None


def reached_number(items: list[Item], k: int) -> Group | None:
    """The number a toll has come to: "korban tewas ... menjadi 13 orang", "the death toll rose to 34"."""
    reached = False
    for item in items[k:]:
        if item.kind == "mark" and item.name in (";", ":", "."):
            return None
        if item.kind == "reach":
            reached = True
        elif reached and item.kind == "group" and item.group is not None and item.group.number is not None:
            return item.group
        elif reached and item.kind not in ("function", "scope", "word"):
            return None
    return None


def governor(items: list[Item], at: int) -> Item | None:
    """The helping verb, "continue" or fear that makes an event of the noun."""
    for item in reversed(items[max(0, at - 4) : at]):
        if item.kind in ("light", "stance_noun") or (item.kind == "function" and item.name == "continue"):
            return item
        if item.kind in ("verb", "say", "place", "actor") or item.name in (",", ";"):
            return None
    return None


def strike_target(
    found: Found, items: list[Item], at: int, event: Event, constructions: dict[str, Any]
) -> None:
    """Who or what a noun of attack strikes: "serangan terhadap ISIS", "an attack on the post"."""
    words = set(constructions["target_of_noun"])
    k = at + 1
    while k < len(items) and items[k].kind in ("word", "time") and k < at + 3:
        k += 1
    if k >= len(items) or items[k].kind not in ("function", "verb"):
        return
    if " ".join(found.page.norms[items[k].i : items[k].j]) not in words:
        return
    k += 1
    while k < len(items) and items[k].kind == "function" and items[k].name in ("determiner", "article"):
        k += 1
    if k >= len(items):
        return
    if items[k].kind == "actor" and items[k].actor:
        event.struck = items[k].actor
    group = items[k].group
    if items[k].kind == "group" and group is not None and not group.event:
        event.target = group


def surroundings(items: list[Item], event: Event) -> None:
    """Marks negation, future and going-on from the small words of the event's clause."""
    begin = clause_start(items, event.at)
    for k in range(begin, len(items)):
        item = items[k]
        if k > event.at + 2 or (k > event.at and ends_clause(item)):
            break
        if item.kind not in ("function", "light"):
            continue
        if item.name == "negation" and k < event.at:
            event.negated = item
        elif item.name in ("future", "to", "purpose") and k < event.at and (item.name == "future" or aims(items, k, event)):
            event.future = item
        elif item.name == "continue" and k < event.at:
            event.ongoing = item
        elif item.name == "unknown_yet" and k < event.at:
            event.negated = item


def aims(items: list[Item], k: int, event: Event) -> bool:
    """Whether "to" or "untuk" just before a verb makes it an aim, not an act."""
    return not event.nominal and all(i.kind == "function" and i.name == "adverb" for i in items[k + 1 : event.at])


def pattern_events(found: Found, items: list[Item]) -> list[Event]:
    """Events told by a subject and a predicate apart: "kampanye militer ... masih berlanjut"."""
    page = found.page
    if not items:
        return []
    begin, end = items[0].i, items[-1].j
    for i in range(begin, end):
        subject = page.form(i, "pattern_subjects")
        if not subject:
            continue
        for k in range(subject[0], end):
            predicate = page.form(k, "pattern_predicates")
            if predicate and predicate[1].value == subject[1].value:
                at = next((n for n, item in enumerate(items) if item.i <= k < item.j), 0)
                return [Event(subject[1].value, subject[1].rule, k, predicate[0], at, "events", nominal=True)]
    return []
