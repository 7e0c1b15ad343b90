"""Constructions: which verb took which groups, as what, by whom.

Each language's constructions.yml says on which side of an active, passive or theme verb the counted
groups stand; the functions here do the same for every language. A list goes on over commas and
"and" until another verb takes over: "struck two units and destroyed four vehicles".
"""

from __future__ import annotations

import itertools
from typing import Any

from saksi.reading.actors import ActorMention
from saksi.reading.borders import clause_start, ends_clause, following, previous
from saksi.reading.clauses import (
    PREPOSITIONS,
    Event,
    Part,
    negated_group,
    share_nouns,
    take_left,
    take_right,
    take_subsets,
)
from saksi.reading.found import Found
from saksi.reading.groups import Group
from saksi.reading.items import Item
from saksi.reading.persons import NAMED, Person, name_end, persons_of

TELLERS = frozenset(("agency", "outlet", "monitor"))  # they tell of acts and do none


def read_events(found: Found, items: list[Item]) -> list[Event]:
    """The events of a sentence, in the order of their words."""
    constructions: dict[str, Any] = found.page.vocabulary.data["constructions"]
    events: list[Event] = []
    for at, item in enumerate(items):
        event = None
        if item.kind == "verb":
            event = verb_event(found, items, at, constructions)
        elif item.kind == "light" and item.name != "continue":
            event = launched(found, items, at)
        elif item.group is not None and item.group.event and item.kind == "group":
            event = noun_event(found, items, at, constructions)
        if event is not None:
            surroundings(items, event)
            events.append(event)
    share_taken(events, items)
    return events + pattern_events(found, items)


LAUNCHED = frozenset(("missile", "rocket", "drone", "ammunition"))


def launched(found: Found, items: list[Item], at: int) -> Event | None:
    """The launch of a helping verb before things that fly: "launched 110 missiles", "melancarkan 20 roket"."""
    group = next((i.group for i in items[at + 1 : at + 3] if i.group is not None), None)
    form = items[at].form
    if group is None or form is None or group.object_class not in LAUNCHED:
        return None
    event = Event("launch", form.rule, items[at].i, items[at].j, at, "things")
    take_right(items, at + 1, event)
    event.actor = subject_of(items, at)
    return event


def share_taken(events: list[Event], items: list[Item]) -> None:
    """Gives verbs joined by "and" what one of them took: "two men were kidnapped and killed"."""
    for first, second in itertools.pairwise(events):
        if first.nominal or second.nominal or not follows_and(items, first, second):
            continue
        if first.passive and bare(second) and shares(first) and shares(second):
            second.parts, second.persons, second.passive = [*first.parts], [*first.persons], True
        elif bare(first) and not first.passive and second.at - first.at <= 3:
            first.parts, first.persons = [*second.parts], [*second.persons]


def shares(event: Event) -> bool:
    """Whether a verb of people shares its people with another: evacuating the wounded is no second act on them."""
    return event.of_people and event.kind != "release"


def follows_and(items: list[Item], first: Event, second: Event) -> bool:
    """Whether a verb follows "and", small words and times passed over, with no noun of its own between."""
    for item in reversed(items[first.at + 1 : second.at]):
        if item.kind == "function" and item.name == "and":
            return True
        if item.kind != "time" and not (item.kind == "function" and item.name in ("adverb", "be", "have", "after")):
            return False
    return False


def bare(event: Event) -> bool:
    """Whether a verb took nothing."""
    return not event.parts and not event.persons and event.struck is None


def verb_event(found: Found, items: list[Item], at: int, constructions: dict[str, Any]) -> Event | None:
    """The event of a verb with the groups on its side."""
    item = items[at]
    form = item.form
    if form is None or found.page.form(item.j, "complementizer"):
        return None  # "found that" tells of no find
    voice = voice_of(items, at, constructions)
    vocabulary = found.page.vocabulary
    of_people = vocabulary.registers.kinds[form.value].of_people
    event = Event(form.value, form.rule, item.i, item.j, at, "things", of_people=of_people, people=vocabulary.people)
    event.to = dict(form.data.get("to", {}))
    if voice in ("active", "headline"):
        take_right(items, at + 1, event)
        event.actor = subject_of(items, at)
    else:
        if inverted(items, at):
            take_right(items, at + 2, event)  # "among the targets engaged were 119 positions"
        else:
            take_left(items, at, event)
        if at and items[at - 1].name == "relative" and items[at - 1].kind == "function":
            event.parts = [p for p in event.parts if told_in_relative(items, p.group)]
            if not event.parts:
                return None
        serial = at + 1 < len(items) and items[at + 1].kind == "verb" and items[at + 1].name == "passive"
        agent = agent_of(items, at + serial, constructions) if voice == "passive" or serial else None
        beside = voice == "theme" and counted_next(items, at)  # "withdrew 600 soldiers"
        if not event.parts and agent is None and (voice == "passive" or constructions["theme_right"] or beside):
            take_right(items, at + 1, event)
        else:
            take_subsets(items, at + 1, event)
        event.actor = agent
    kind = vocabulary.registers.kinds[form.value]
    if kind.status and kind.counts == "events":
        event.parts = []  # "the rebels agreed to a ceasefire" counts no rebels
    event.passive = voice not in ("active", "headline")
    if event.of_people:
        event.persons = persons_of(found, items, event, active=not event.passive)
    inner = next((found.actors[k] for k in range(item.i + 1, item.j) if k in found.actors), None)
    event.struck = event.struck or inner
    share_nouns(event.parts)
    return event


def inverted(items: list[Item], at: int) -> bool:
    """Whether "were" and a counted group follow a participle, so that the subject stands last."""
    group = items[at + 2].group if at + 2 < len(items) else None
    return (
        items[at + 1 : at + 2] != [] and items[at + 1].name == "be" and group is not None and group.number is not None
    )


def counted_next(items: list[Item], at: int) -> bool:
    """Whether a counted group stands right after a verb."""
    group = items[at + 1].group if at + 1 < len(items) else None
    return group is not None and group.number is not None


def told_in_relative(items: list[Item], group: Group) -> bool:
    """Whether a relative clause tells something of a counted group: "12 people who were killed"."""
    if group.number is None:
        return negated_group(items, group)
    return group.number.whole is None


def voice_of(items: list[Item], at: int, constructions: dict[str, Any]) -> str:
    """Whether a verb is active or passive here; a past participle is told by what stands around it."""
    form = items[at].form
    voice = form.voice if form else "active"
    if voice != "either":
        return voice
    before = previous(items, at, ("adverb", "negation", "have", "unknown_yet"))
    helper = before
    if before is not None and before.kind == "word" and at >= 2:
        helper = previous(items, at - 1, ("adverb", "negation", "have", "unknown_yet"))  # "been wrongly killed"
    if helper is not None and helper.name == "be" and helper.kind == "function":
        return "passive"
    after = following(items, at, ("adverb",))
    if after is not None and after.kind == "word" and at + 2 < len(items) and after is items[at + 1]:
        after = items[at + 2]  # "detained suspected insurgents"
    takes = after is not None and (after.kind in ("group", "actor") or after.name in ("article", "determiner", "all"))
    if takes:
        return "active"
    counted = before is not None and before.kind == "group"
    return "passive" if counted and constructions["bare_participle_passive"] else "active"


def subject_of(items: list[Item], at: int) -> ActorMention | None:
    """Who does an active verb: the nearest actor before it in the sentence, phrases left out.

    The subject serves every verb of the sentence: "A strike by X killed two and wounded three".
    """
    for k in range(at - 1, -1, -1):
        item = items[k]
        if (item.kind == "function" and item.name in ("that", "while", "after", "before")) or item.name == ";":
            return None
        if item.kind == "group" and item.group and item.group.event and item.group.owner:
            return item.group.owner
        if (
            item.kind == "group"
            and item.group
            and item.group.owner
            and item.group.object_class in ("fighter", "soldier")
        ):
            return item.group.owner  # "Taliban gunmen stormed"
        if item.kind != "actor" or item.actor is None or item.actor.actor.kind in TELLERS:
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
        reached = k == at + 1 or (k == at + 2 and before.kind in ("word", "role"))  # "diculik kelompok Abu Sayyaf"
        beside = reached and not constructions["passive_by"]
        if item.kind == "actor" and (by or beside):
            return item.actor
    return None


def noun_event(found: Found, items: list[Item], at: int, constructions: dict[str, Any]) -> Event | None:
    """The event of a noun: counted, or made by a helping verb, or with a party or thing it struck."""
    item = items[at]
    group = item.group
    if group is None or group.event is None:
        return None
    kinds = found.page.vocabulary.registers.kinds
    event_i = max(group.event_i, group.i)
    event = Event(group.event, group.rule, event_i, group.unit_j, at, "events", nominal=True)
    event.of_people, event.people = kinds[group.event].of_people, found.page.vocabulary.people
    event.actor = group.owner
    if kinds[group.event].counts == "things" and group.voice != "noun":
        return thing_noun(found, items, at, event)
    if group.number is not None and group.number.kind != "both":
        event.parts.append(Part(group))
    strike_target(found, items, at, event, constructions)
    event.stance = next((i for i in items[max(0, at - 6) : at] if i.kind == "stance_noun"), None)
    governed = governor(items, at) or event.stance
    event.ongoing = governed if governed is not None and governed.name == "continue" else None
    if governed is not None or kinds[group.event].counts == "things":
        event.actor = event.actor or subject_of(items, at)
    definite = group.definite or (at + 1 < len(items) and items[at + 1].name == "determiner")
    told = event.parts or governed or event.struck or event.target or kinds[group.event].counts == "things"
    told = told or negated_group(items, group)
    return event if told and not (definite and not governed) else None


def thing_noun(found: Found, items: list[Item], at: int, event: Event) -> Event | None:
    """The event of a noun that counts things: "12 deaths", "the detention of two suspects"."""
    event.counts = "things"
    group = items[at].group
    if group is None:
        return None
    k = at + 1
    if group.voice == "toll":
        group.number = None  # "a death toll of 12": one toll is not one death
    if group.number is not None and group.number.kind == "article" and inside_compound(items, k):
        return None  # "an assassination attempt"
    if group.number is not None:
        event.parts.append(Part(group))
        group.unit_i, group.unit_j = group.event_i, group.unit_j
        return event
    reached = reached_number(found, items, k)
    if reached is not None:
        event.parts.append(Part(reached))
        after = next(n for n, i in enumerate(items) if i.group is reached) + 1
        if after + 1 < len(items) and items[after + 1].name == "including":
            take_right(items, after, event)
        return event
    if negated_group(items, group):
        return event
    if group.voice == "toll":
        return None
    if k < len(items) and items[k].kind == "function" and items[k].name in ("of", "against", "on"):
        k += 1
    while k < len(items) and items[k].kind == "function" and items[k].name in ("article", "determiner"):
        k += 1
    if k < len(items) and group.voice != "noun":
        take_of(items, k, at, event)
    share_nouns(event.parts)
    return event if event.parts or event.persons else None


def inside_compound(items: list[Item], k: int) -> bool:
    """Whether a noun goes on in another: "a murder charge", "a murder and intimidation campaign"."""
    return k < len(items) and (items[k].kind in ("word", "name") or items[k].name == "and")


def take_of(items: list[Item], k: int, at: int, event: Event) -> None:
    """Takes what stands after the "of" of a noun: a group, or a person: "the murder of Carlos Galan"."""
    if items[k].kind == "group":
        take_right(items, k, event)
    elif event.of_people and k > at + 1 and items[k].kind in NAMED:
        event.persons.append(Person(items[k].i, name_end(items, k)))


def reached_number(found: Found, items: list[Item], k: int) -> Group | None:
    """The number a toll has come to: "korban tewas ... menjadi 13 orang", "the death toll rose to 34"."""
    noun = items[k - 1].group
    reached, toll = False, noun is not None and noun.voice == "toll"
    for before, item in zip(items[k - 1 :], items[k:], strict=False):
        if item.kind == "mark" and item.name in (";", ":", "."):
            return None
        if item.kind == "reach":
            reached = True
        elif item.kind == "group" and item.group is not None and item.group.number is not None:
            stated = toll and before.name in ("of", "be")
            if reached or stated or any(found.page.form(i, "reach") for i in (item.group.number.i, before.i)):
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


def strike_target(found: Found, items: list[Item], at: int, event: Event, constructions: dict[str, Any]) -> None:
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
    relative = max((k for k in range(begin, event.at) if items[k].name == "relative"), default=-1)
    for k in range(begin, len(items)):
        item = items[k]
        if k > event.at + 2 or (k > event.at and ends_clause(item)):
            break
        if item.kind not in ("function", "light"):
            continue
        if item.name == "negation" and k < event.at and (k > relative or counted_after(items, k, event)):
            event.negated = item
        elif (
            item.name in ("future", "to", "purpose")
            and k < event.at
            and (item.name == "future" or aims(items, k, event))
        ):
            event.future = item
        elif item.name == "continue" and k < event.at:
            event.ongoing = item
        elif item.name == "unknown_yet" and k < event.at:
            event.negated = item


def counted_after(items: list[Item], k: int, event: Event) -> bool:
    """Whether what a word of negation stands before is what the event counts: "tidak ada warga yang tewas"."""
    group = next((i.group for i in items[k + 1 : k + 4] if i.group is not None), None)
    return any(part.group is group for part in event.parts)


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
                return [
                    Event(
                        subject[1].value,
                        subject[1].rule,
                        k,
                        predicate[0],
                        at,
                        "events",
                        nominal=True,
                    )
                ]
    return []
