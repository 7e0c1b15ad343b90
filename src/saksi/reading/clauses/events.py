"""Constructions: which verb took which groups, as what, by whom.

Each language's constructions.yml says on which side of an active, passive or theme verb the counted
groups stand; the functions here do the same for every language. A list goes on over commas and
"and" until another verb takes over: "struck two units and destroyed four vehicles".
"""

from __future__ import annotations

import itertools
from typing import Any

import msgspec

from saksi.languages.forms import Form
from saksi.reading.clauses.borders import clause_start, ends_clause, has_object, previous
from saksi.reading.clauses.closed import closed_in
from saksi.reading.clauses.denial import aims, denies, none_taken
from saksi.reading.clauses.doers import agent_of, subject_of
from saksi.reading.clauses.doubt import content_before, in_doubt, is_yet_to_come
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.noun_events import noun_event
from saksi.reading.clauses.persons import persons_of, stands_last
from saksi.reading.clauses.subsets import take_subsets
from saksi.reading.clauses.taking import (
    FLYING,
    Event,
    negated_group,
    share_nouns,
    take_left,
    take_right,
)
from saksi.reading.clauses.undergoing import is_about, owns_a_thing, suffers, tells_of
from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Page
from saksi.registers.load import Registers

DOERS = frozenset(("actor", "name", "place", "pronoun", "back_reference"))
FORCED = 6  # items between a word of forcing and what it made somebody do
DEMANDED = 5  # items from a word of demanding to the act that is demanded


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
        elif item.kind == "group":
            event = noun_event(found, items, at, constructions)
        if event is not None and befalls(found, event):
            surroundings(found, items, event)
            events.append(event)
    share_taken(events, items)
    return events + pattern_events(found, items)


def befalls(found: Found, event: Event) -> bool:
    """Leaves an event what its kind can befall; false where it took other things alone: "a fall of 13 percent"."""
    taken, registers = event.parts, found.page.vocabulary.registers
    event.parts = [p for p in taken if suffers(registers, event.kind, event.to, p.group)]
    event.parts = [p for p in event.parts if not counted_with(found.page, event, p.group)]
    return bool(event.parts) or not taken or bool(event.persons or event.struck or event.struck_places)


def counted_with(page: Page, event: Event, group: Group) -> bool:
    """Whether a bare noun shares the number of the people it is joined to: "62 passengers and crew"."""
    joined = page.function(group.i - 1, "and") is not None and group.number is None and not group.definite
    before = next((p.group for p in event.parts if joined and p.group.j == group.i - 1), None)
    if before is None or before.number is None or before.number.value == 1:
        return False
    return before.object_class in event.people and group.object_class in event.people


def launched(found: Found, items: list[Item], at: int) -> Event | None:
    """The launch of a helping verb before things that fly: "launched 110 missiles", "melancarkan 20 roket"."""
    group = next((i.group for i in items[at + 1 : at + 3] if i.group is not None), None)
    form = items[at].form
    if group is None or form is None or group.object_class not in FLYING:
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
        undergone = first.passive and items[second.at].name != "active"
        if undergone and bare(second) and shares(first) and shares(second):
            second.parts, second.persons, second.passive = [*first.parts], [*first.persons], True
        elif bare(first) and not first.passive and second.at - first.at <= 3 and alone(items, first, second):
            first.parts, first.persons = [*second.parts], [*second.persons]


def shares(event: Event) -> bool:
    """Whether a verb of people shares its people with another: evacuating the wounded is no second act on them."""
    people = event.parts and all(p.group.object_class in event.people for p in event.parts)
    return (event.of_people or bool(people)) and event.kind != "release"


def follows_and(items: list[Item], first: Event, second: Event) -> bool:
    """Whether a verb follows "and", small words and times passed over, with no noun of its own between."""
    for item in reversed(items[first.at + 1 : second.at]):
        if item.kind == "function" and item.name == "and":
            return True
        if item.kind != "time" and not (item.kind == "function" and item.name in ("adverb", "be", "have", "after")):
            return False
    return False


def alone(items: list[Item], first: Event, second: Event) -> bool:
    """Whether no word that is not known stands between two verbs: "killed a technician and hurt two" are two acts."""
    return all(i.kind not in ("word", "name") for i in items[first.at + 1 : second.at])


def bare(event: Event) -> bool:
    """Whether a verb took nothing."""
    return not event.parts and not event.persons and event.struck is None


def verb_event(found: Found, items: list[Item], at: int, constructions: dict[str, Any]) -> Event | None:
    """The event of a verb with the groups on its side."""
    item = items[at]
    form = item.form
    if form is None or found.page.form(item.j, "complementizer") or is_about(found.page, items, at, form):
        return None  # "found that" tells of no find
    voice = voice_of(items, at, constructions)
    vocabulary = found.page.vocabulary
    of_people = vocabulary.registers.kinds[form.value].of_people
    event = Event(form.value, form.rule, item.i, item.j, at, "things", of_people=of_people, people=vocabulary.people)
    event.to = dict(form.data.get("to", {}))
    if voice in ("active", "headline"):
        take_right(items, at + 1, event)
        event.actor = subject_of(items, at)
    elif not take_undergone(found, items, event, voice):
        return None
    kind = vocabulary.registers.kinds[form.value]
    if kind.status and kind.counts == "events":
        event.parts = []  # "the rebels agreed to a ceasefire" counts no rebels
    event.passive = voice not in ("active", "headline")
    if event.of_people:
        event.persons = persons_of(found, items, event, active=not event.passive)
        event.parts = [p for p in event.parts if not owns_a_thing(found.page, p.group.j, event.people)]
    inner = next((found.actors[k] for k in range(item.i + 1, item.j) if k in found.actors), None)
    event.struck = event.struck or inner
    share_nouns(event.parts)
    return told_only_of(event, form, vocabulary.registers)


def take_undergone(found: Found, items: list[Item], event: Event, voice: str) -> bool:
    """Takes what a passive or theme verb befell, and by whom; false where it tells of nobody there."""
    at, constructions = event.at, found.page.vocabulary.data["constructions"]
    if inverted(items, at) or stands_last(items, at):
        take_right(items, at + 2, event)  # "among the targets engaged were 119 positions"
    else:
        take_left(found.page, items, at, event)
    if owned_thing(found.page, items, at):
        return False
    if at and items[at - 1].name == "relative" and items[at - 1].kind == "function":
        event.parts = [p for p in event.parts if told_in_relative(items, p.group)]
        if not event.parts:
            return False
    serial = at + 1 < len(items) and items[at + 1].kind == "verb" and items[at + 1].name == "passive"
    agent = agent_of(items, at + serial, constructions) if voice == "passive" or serial else None
    beside = voice == "theme" and counted_next(items, at)  # "withdrew 600 soldiers"
    by = at + 1 < len(items) and items[at + 1].name == "by"  # "destroyed by shells and bombs"
    by = by or (voice == "passive" and done_by_next(found.page, items, event))
    if not event.parts and agent is None and not by and (voice == "passive" or constructions["theme_right"] or beside):
        take_right(items, at + 1, event)
    elif (others := with_others(found.page, items, at)) is not None:
        take_right(items, others, event)
    else:
        take_subsets(items, at + 1, event)
    event.actor = agent
    return True


def done_by_next(page: Page, items: list[Item], event: Event) -> bool:
    """Whether the bare noun right behind a passive verb did it, as in Indonesian: "ditikam pelaku pencurian"."""
    group = items[event.at + 1].group if event.at + 1 < len(items) else None
    bare = group is not None and group.number is None and group.event is None
    subject = any(i.group is not None or i.kind in ("name", "role", "place") for i in items[: event.at])
    return page.vocabulary.head_first and event.of_people and bare and subject and not event.to


def with_others(page: Page, items: list[Item], at: int) -> int | None:
    """Where those stand whom the same befell: "was killed along with two guards", "was hurt, as were two guards"."""
    along, so_too = (page.vocabulary.data["constructions"].get(key, ()) for key in ("along", "so_too"))
    if items[at + 2 : at + 3] and items[at + 2].group is not None and page.any_at(items[at + 1].i, along):
        return at + 2
    so = page.begun(so_too, items[at].j, items[-1].i)
    return next((n + 2 for n in range(at + 1, len(items) - 2) if items[n].i in so), None) if so else None


def owned_thing(page: Page, items: list[Item], at: int) -> bool:
    """Whether a verb in a clause of "whose" tells of a thing of theirs: "whose name was not released"."""
    k = at - 1
    while k > 0 and items[k].kind == "function" and items[k].name in ("be", "have", "adverb", "negation"):
        k -= 1
    owners = page.vocabulary.data["language"].get("owner_relatives", ())
    return k > 0 and items[k].kind == "word" and page.norms[items[k - 1].i] in owners


def told_only_of(event: Event, form: Form, registers: Registers) -> Event | None:
    """The event with what its verb tells of; one that tells of bodies alone found nothing in "saw our homes burn"."""
    if form.data.get("counted") and not event.passive:  # "it hurt him", but "it hurt 12"
        event.parts, event.persons = [p for p in event.parts if p.group.number is not None], []
        return event if event.parts else None
    event.parts = [p for p in event.parts if tells_of(form, p.group.object_class, registers)]
    return event if event.parts or "only" not in form.data else None


def inverted(items: list[Item], at: int) -> bool:
    """Whether "were" and a counted group follow a participle, so that the subject stands last."""
    group = items[at + 2].group if at + 2 < len(items) else None
    return group is not None and group.number is not None and items[at + 1].name == "be"


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
    if stands_last(items, at) or (helper is not None and helper.name == "be" and helper.kind == "function"):
        return "passive"
    if has_object(items, at):
        return "active"
    beside = joined_voice(items, at, constructions)
    if beside is not None:
        return beside
    counted = before is not None and before.kind == "group"
    return "passive" if counted and constructions["bare_participle_passive"] else "active"


def joined_voice(items: list[Item], at: int, constructions: dict[str, Any]) -> str | None:
    """The voice of the verb that "and" joins to one: "was shot and wounded", "stabbed and wounded a guard"."""
    if at + 2 < len(items) and items[at + 1].name == "and" and items[at + 2].kind == "verb":
        return voice_of(items, at + 2, constructions) if items[at + 2].name == "either" else items[at + 2].name
    if at >= 2 and items[at - 1].name == "and" and items[at - 2].kind == "verb":
        before = previous(items, at - 2, ("adverb", "negation", "have"))
        passive = before is not None and before.kind == "function" and before.name == "be"
        return "passive" if passive or items[at - 2].name == "passive" else None
    return None


def surroundings(found: Found, items: list[Item], event: Event) -> None:
    """Marks negation, future and going-on from the small words of the event's clause."""
    begin = clause_start(items, event.at)
    opening = content_before(found.page, items, event.at)
    begin = max(begin, opening)  # a "no" before what is told is no "no" of it
    event.stance = event.stance or in_doubt(found.page, items, event.at, opening, nominal=event.nominal)
    relative = max((k for k in range(begin, event.at) if items[k].name == "relative"), default=-1)
    if begin and found.page.any_at(items[begin - 1].i, found.page.vocabulary.data["language"].get("conditional", ())):
        event.future = items[begin - 1]  # "if he is hurt"
    elif begin and items[begin - 1].name == "purpose" and lies_ahead(found.page, items, begin - 1, event):
        event.future = items[begin - 1]  # "mengimbau 28 buronan agar menyerahkan diri"
    imagined = found.page.vocabulary.data["constructions"].get("imagined", ())
    if said := found.page.tokens_among(imagined, items[0].i, items[event.at].i):
        event.future = next((i for i in items[: event.at] if i.i in said), event.future)
    for k in range(begin, len(items)):
        item = items[k]
        if k > event.at + 2 or (k > event.at and ends_clause(item)):
            break
        if item.kind not in ("function", "light") or k >= event.at:
            continue
        if item.name == "nobody" and befalls_nobody(found.page, items, k, event):
            event.negated = msgspec.structs.replace(item, name="negation")
        elif is_yet_to_come(items, k, event.at):
            event.future = event.negated = item
        elif item.name == "unknown_yet" or (item.name == "negation" and denies(found, items, k, relative, event)):
            event.negated = item
        elif lies_ahead(found.page, items, k, event) and not looked_into(found.page, items, k, event):
            event.future = item
        elif item.name == "continue":
            event.ongoing = item
    event.negated = event.negated or none_taken(items, event)
    leave_open(found.page, event)


def befalls_nobody(page: Page, items: list[Item], k: int, event: Event) -> bool:
    """Whether a "nobody" is the subject of an act: none of "nobody survived, 12 died", "nobody knows who killed 12"."""
    between = items[k + 1 : event.at]
    own = all(i.kind not in ("mark", "verb", "say") and i.name not in ("and", "relative") for i in between)
    words = page.vocabulary.head_first and any(i.kind == "word" for i in between)  # but "nobody else was hurt"
    return own and not words and all(i.group is None or i.group.number is None for i in between)


def leave_open(page: Page, event: Event) -> None:
    """Takes the zero from an event whose denial leaves open how many there were."""
    if event.negated is not None and tells_no_zero(page, event, event.negated):
        event.parts, event.persons, event.negated = [], [], None


def tells_no_zero(page: Page, event: Event, denial: Item) -> bool:
    """Whether a denial leaves open how many there were: "no one was seriously hurt", "nobody could rescue them"."""
    if denial.name != "negation" or page.vocabulary.registers.kinds[event.kind].status:
        return False
    if page.function(denial.i, "nobody") is not None and event.future is not None and not event.passive:
        return True
    words = page.vocabulary.data["constructions"].get("grave", ())
    return any(page.any_at(k, words) for k in range(denial.j, min(event.j + 1, len(page.norms))))


def lies_ahead(page: Page, items: list[Item], k: int, event: Event) -> bool:
    """Whether a small word before an act says that it is yet to come, aimed at or demanded."""
    name = items[k].name
    if name == "demand":
        return demanded(items, k, event)
    if name in ("future", "duty"):
        return not of_another_verb(items[k + 1 : event.at]) and not closed_in(page, items, k, event.at)
    return name in ("to", "purpose") and aims(items, k, event) and not forced_to(page, items, k)


def forced_to(page: Page, items: list[Item], k: int) -> bool:
    """Whether the "to" at item k tells what somebody was made to do: "the raid forced 900 people to flee"."""
    words = page.vocabulary.data["constructions"].get("forcing", ())
    near = items[max(0, k - FORCED) : k]
    forcing = page.begun(words, near[0].i, items[k].i) if near else []
    between = (i for i in near if i.i > forcing[-1])
    return bool(forcing) and all(i.kind in (*DOERS, "group", "function") for i in between)


def looked_into(page: Page, items: list[Item], k: int, event: Event) -> bool:
    """Whether what lies ahead is that others look into a happening: "there will be an inquiry into the murder of"."""
    words = page.vocabulary.data["constructions"].get("looks_into", ())
    return event.nominal and any(page.any_at(n, words) for n in range(items[k].j, event.i))


def of_another_verb(between: list[Item]) -> bool:
    """Whether a "may" belongs to a verb before the act: "drones, which could carry 50 kilograms, killed three"."""
    first = next((n for n, i in enumerate(between) if i.kind != "function"), None)
    if first is None or between[first].kind not in ("say", "word"):
        return False
    return any(i.name in (",", "that", "relative") for i in between[first + 1 :])


def demanded(items: list[Item], k: int, event: Event) -> bool:
    """Whether an act follows a word of demanding with no more between than who is to do it: "mendesak polisi ..."."""
    between = items[k + 1 : event.at]
    asked = (i.kind in DOERS or i.name in ("purpose", "that", "determiner") or of_people(i, event) for i in between)
    return not event.nominal and event.at <= k + DEMANDED and all(asked)


def of_people(item: Item, event: Event) -> bool:
    """Whether an item is a group of people."""
    return item.group is not None and item.group.object_class in event.people


def pattern_events(found: Found, items: list[Item]) -> list[Event]:
    """Events told by a subject and a predicate apart: "kampanye militer ... masih berlanjut"."""
    page = found.page
    if not items:
        return []
    begin, end = items[0].i, items[-1].j
    subjects, predicates = page.layered["pattern_subjects"], page.layered["pattern_predicates"]
    for i in (i for i in range(begin, end) if i in subjects):
        subject = subjects[i]
        for k in (k for k in range(subject[0], end) if k in predicates):
            predicate = predicates[k]
            if predicate[1].value == subject[1].value:
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
