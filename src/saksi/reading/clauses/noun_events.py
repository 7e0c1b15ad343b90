"""Events told by a noun: "52 strikes", "the death of two civilians", "a toll of 12"."""

from __future__ import annotations

from typing import Any

from saksi.reading.clauses.borders import has_own_verb
from saksi.reading.clauses.doers import subject_of
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.persons import NAMED, Person, named_from
from saksi.reading.clauses.taking import (
    Event,
    Part,
    negated_group,
    share_nouns,
    take_right,
)
from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Page

HAPPENED = frozenset(("result", "noun_after"))  # voices of nouns that say what came of something: "korban tewas"
MOST_QUALIFYING = 3  # unknown words before whom it befell
FAR = 4  # tokens between a word of planning and its happening: "calls for the immediate and full release"
SET = frozenset(("time", "place"))
HARM = "casualty"  # the widest kind of harm to people


def noun_event(found: Found, items: list[Item], at: int, constructions: dict[str, Any]) -> Event | None:
    """The event of a noun: counted, or made by a helping verb, or with a party or thing it struck."""
    item = items[at]
    group = item.group
    if group is None or not group.event:
        return none_harmed(found, items, at, group) if group is not None and group.number is None else None
    kinds = found.page.vocabulary.registers.kinds
    event_i = max(group.event_i, group.i)
    event = Event(group.event, group.rule, event_i, group.unit_j, at, "events", nominal=True)
    event.of_people, event.people = kinds[group.event].of_people, found.page.vocabulary.people
    event.actor = group.owner
    event.future = planned(found.page, items, at)
    event.stance = next((i for i in items[max(0, at - 6) : at] if i.kind == "stance_noun"), None)
    if kinds[group.event].counts == "things" and group.voice != "noun":
        return thing_noun(found, items, at, event)
    if group.number is not None and group.number.kind != "both":
        event.parts.append(Part(group))
    strike_target(found, items, at, event, constructions)
    governed = governor(items, at) or event.stance
    event.ongoing = governed if governed is not None and governed.name == "continue" else None
    if governed is not None or kinds[group.event].counts == "things":
        event.actor = event.actor or subject_of(items, at)
    definite = group.definite or (at + 1 < len(items) and items[at + 1].name == "determiner")
    told = event.parts or governed or event.struck or event.target or kinds[group.event].counts == "things"
    told = told or negated_group(items, group)
    return event if told and not (definite and not governed) else None


def planned(page: Page, items: list[Item], at: int) -> Item | None:
    """The word before a noun that makes it a plan or a demand: "plans for the murder of a judge"."""
    i, begin = items[at].i, max(0, items[at].i - FAR)
    while i > begin and (i - 1 not in page.hits or page.function(i - 1, "article", "determiner", "and") is not None):
        i -= 1
    words = page.vocabulary.data["constructions"].get("planned_by", ())
    return items[at - 1] if at and page.any_before(i, words) else None


def none_harmed(found: Found, items: list[Item], at: int, group: Group) -> Event | None:
    """The event of a noun of harm behind a "no", though it is one for people too: "no casualties", "tak ada korban"."""
    page, registers = found.page, found.page.vocabulary.registers
    if group.unit_i < 0 or not (group.plural or page.vocabulary.head_first) or not denied(found, items, at):
        return None  # "no casualty figures" are figures
    forms = [f for h in page.hits.get(group.unit_i, ()) if h.j == group.unit_j for f in h.forms if f.layer == "event"]
    form = next((f for f in forms if f.voice in HAPPENED and registers.is_a(f.value, HARM)), None)
    if form is None or is_unharmed(page, group):
        return None  # "tidak ada korban selamat"
    event = Event(form.value, form.rule, group.unit_i, group.unit_j, at, "things", nominal=True)
    event.of_people, event.people = True, page.vocabulary.people
    return event


def is_unharmed(page: Page, group: Group) -> bool:
    """Whether a group says of its people that they came away: no word of harm has them, whatever stands beside."""
    words = page.vocabulary.data["constructions"].get("unharmed", ())
    begin = group.number.j if group.number is not None else group.i
    end = max(group.unit_j, begin) + page.vocabulary.head_first
    return any(norm in words for norm in page.norms[begin:end])


def denied(found: Found, items: list[Item], at: int) -> bool:
    """Whether a "no" stands right before a noun, or only words of bringing about: "tidak menimbulkan korban"."""
    brings = found.page.vocabulary.data["constructions"].get("brings", ())
    k = at - 1
    while k > 0 and (items[k].name == "other" or " ".join(found.page.norms[items[k].i : items[k].j]) in brings):
        k -= 1
    return k >= 0 and items[k].kind == "function" and items[k].name == "negation"


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
    inner = found.page.function(group.unit_j - 1, "of") is not None  # "a loss of"
    of_it = group.event == HARM and (inner or (k < len(items) and items[k].name == "of"))
    if group.number is not None and not (of_it and group.number.kind == "article"):
        event.parts.append(Part(group))
        group.unit_i, group.unit_j = group.event_i, group.unit_j
        befallen(found.page, group)
        return event
    reached = reached_number(found, items, k)
    if reached is not None:
        event.parts.append(Part(reached))
        after = next(n for n, i in enumerate(items) if i.group is reached) + 1
        if after + 1 < len(items) and items[after + 1].name == "including":
            take_right(items, after, event)
        return event
    if group.voice == "toll":
        return None  # "gave no death toll" tells of no zero
    if negated_group(items, group):
        named = not group.plural and not found.page.vocabulary.head_first and inside_compound(items, k)
        return event if not named else None  # "no fatality figures"
    take_told(found, items, past_joined(items, k), event, group)
    if of_it:
        event.parts = [p for p in event.parts if p.group.object_class is not None]  # "a loss of control"
    if not (event.parts or event.persons):
        take_owner(found, items, event)
    return event if event.parts or event.persons else None


def befallen(page: Page, group: Group) -> None:
    """Gives a happening that is counted the class of the noun before it: "40 animal deaths", "two police deaths"."""
    k = group.event_i - 1
    noun = page.nouns.get(k) if not page.vocabulary.head_first and group.number is not None and k >= group.i else None
    if noun is not None and noun[0] == group.event_i and noun[1].layer == "object":
        group.object_class, group.traits = noun[1].value, dict(noun[1].data)


def past_joined(items: list[Item], k: int) -> int:
    """The "of" behind a noun, over when and where it was, and over another such noun that shares what follows.

    "The murder on 3 May of a judge", "the kidnapping and murder of a judge".
    """
    n = k
    if n + 1 < len(items) and items[n].name == "and" and (beside := items[n + 1].group) is not None:
        n += 2 if beside.voice == "noun_after" and beside.number is None else 0
    while n + 1 < len(items) and (items[n].kind in SET or (items[n].name in ("in", "on") and items[n + 1].kind in SET)):
        n += 1
    return n if n < len(items) and items[n].name == "of" else k


def take_owner(found: Found, items: list[Item], event: Event) -> None:
    """Takes whose death a noun tells of by whom it is given to: "the senator's murder", "Carlos Galan's murder"."""
    page, at = found.page, event.at
    suffered, about = (page.vocabulary.data["constructions"].get(key, ()) for key in ("suffered", "about_it"))
    group, before = items[at].group, items[at - 1] if at else None
    if group is None or page.norms[event.i] not in suffered or page.any_at(group.j, about):
        return
    owners = (k for k in range(group.i, event.i) if k in page.nouns and owns(page, page.nouns[k][0], event.i))
    owner = next(owners, None)
    if owner is not None:
        noun = Group(group.i, page.nouns[owner][0])
        noun.take_object(owner, *page.nouns[owner])
        event.parts += [Part(noun)] if noun.object_class in event.people else []
    elif at > 1 and before is not None and before.kind in ("word", "mark") and owns(page, before.i, event.i):
        whose = items[at - 2]
        if whose.kind in NAMED:
            event.persons.append(Person(whose.i, whose.j))
        elif whose.kind == "group" and whose.group is not None and whose.group.object_class in event.people:
            event.parts.append(Part(whose.group))


def owns(page: Page, k: int, i: int) -> bool:
    """Whether the mark of an owner stands at token k, right before a noun at token i: the "'s" of "his son's death"."""
    return page.marks_owner(k) and i - k <= 1


def take_told(found: Found, items: list[Item], k: int, event: Event, group: Group) -> None:
    """Takes what stands behind a noun, over "of" and an article: "the death of the two civilians"."""
    if k < len(items) and items[k].kind == "function" and items[k].name in ("of", "against", "on"):
        k += 1
    while k < len(items) and items[k].kind == "function" and items[k].name in ("article", "determiner"):
        k += 1
    if k < len(items) and group.voice != "noun":
        opened = group.voice == "noun_after" and any(i.name == "of" for i in items[event.at + 1 : k])
        take_of(found, items, past_qualifying(items, k) if opened else k, event)
    share_nouns(event.parts)


def past_qualifying(items: list[Item], k: int) -> int:
    """The noun or name behind unknown words: "of innocent villagers", "of 42-year-old Omar Saleh"; k where none is."""
    n = next((n for n in range(k, min(len(items), k + MOST_QUALIFYING + 1)) if items[n].kind != "word"), k)
    return n if items[n].kind in ("group", *NAMED) else k


def inside_compound(items: list[Item], k: int) -> bool:
    """Whether a noun goes on in another: "a murder charge", "a murder and intimidation campaign"."""
    return k < len(items) and (items[k].kind in ("word", "name") or items[k].name == "and")


def take_of(found: Found, items: list[Item], k: int, event: Event) -> None:
    """Takes what stands after the "of" of a noun: a group, or a person: "the murder of Carlos Galan"."""
    if items[k].kind == "group":
        take_right(items, k, event)
    elif event.of_people and k > event.at + 1 and items[k].kind in NAMED:
        event.persons += named_from(found, items, k, event)
        n = next((n for n in range(k, len(items)) if event.persons and items[n].i >= event.persons[-1].j), k + 1)
        if more_taken(items, n, named=bool(event.persons)):
            take_right(items, n, event)


def more_taken(items: list[Item], n: int, *, named: bool) -> bool:
    """Whether a noun at an item is of the list too: "of Ana Lim and her son", "of Dutch engineer Jan de Wit"."""
    k = n + (named and n < len(items) and items[n].name == "and")
    group = items[k].group if k < len(items) and (k > n or not named) else None
    if group is None or group.event or has_own_verb(items, k):
        return False
    return not named or group.definite or group.number is not None


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
