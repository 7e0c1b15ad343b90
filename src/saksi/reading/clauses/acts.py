"""The acts of a sentence that a number could belong to: its verbs and the nouns that name a happening.

The constructions (events.py) led most of them to their groups; the others are words that no
construction knows what to do with: "15 injured people", "the confirmed deaths are fourteen".
"""

from __future__ import annotations

import msgspec

from saksi.languages.forms import Form
from saksi.reading.clauses.events import voice_of
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.noun_events import HAPPENED
from saksi.reading.clauses.taking import FLYING, Event
from saksi.reading.clauses.undergoing import is_about, kind_of_target, tells_of
from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import NOUN_VOICES
from saksi.registers.load import Registers

OF_THE_LIVING = frozenset(("injure", "displace", "detain", "surrender", "missing"))
FATAL, OPEN = "kill", "casualty"  # an open one leaves what came of those it befell
LAUNCH = "launch"  # what a helping verb makes of things that fly: "the 53 drones launched"


class Act(msgspec.Struct, gc=False):
    """One act at tokens [i, j): its word, the number of its item, and the event the constructions made of it.

    The item of an act carried over from an earlier sentence is -1; `befell` is then how many it befell there, if known.
    """

    i: int
    j: int
    at: int
    form: Form
    voice: str
    kind: str  # what its word stands for, before its target is asked
    event: Event | None = None
    befell: int | None = None


def acts_of(found: Found, items: list[Item], events: list[Event]) -> list[Act]:
    """The acts of a sentence in the order of their words; of those on one token the event's, else the longest."""
    made: dict[int, Event] = {}
    for event in events:
        made.setdefault(event.i, event)
    acts: list[Act] = []
    known = found.page.layered["event"]
    for at, item in enumerate(items):
        if item.kind in ("time", "mark", "name", "place"):
            continue
        for i in range(max(item.i, acts[-1].j if acts else 0), item.j):
            if (acts and i < acts[-1].j) or not (i in known or i in made or item.kind == "light"):
                continue
            act = act_at(found, items, at, i, made.get(i))
            if act is not None:
                acts.append(act)
    return acts


def act_at(found: Found, items: list[Item], at: int, i: int, event: Event | None) -> Act | None:
    """The act whose word begins at token i of an item."""
    item = items[at]
    if event is not None:
        form = item.form if item.form is not None and item.kind in ("verb", "light") else word_at(found, i, event.j)
        if form is None:
            return None
        return Act(i, event.j, at, form, heard(found, items, at, event, form), event.kind, event)
    if item.kind == "light" and item.form is not None and item.name != "continue":
        return Act(i, item.j, at, item.form, "light", LAUNCH)
    best = found.page.form(i, "event")
    if best is None or best[0] > item.j or (best[1].voice == "headline" and not found.page.block_at(i).titled):
        return None
    noun = found.page.nouns.get(i)
    if best[1].voice == "noun" and noun is not None and noun[0] > best[0] and noun[1].layer == "object":
        return None  # "a blast crater" is no blast
    form = noun_meant(found, i, best)
    named = form.voice == "active" and item.kind == "word" and found.page.function(best[0], "of") is None
    if named or is_about(found.page, items, at, form):
        return None  # "the storm left homes without power", but "the downing of a jet"
    return Act(i, best[0], at, form, form.voice, form.value)


def noun_meant(found: Found, i: int, best: tuple[int, Form]) -> Form:
    """What a word that is both means behind an article: its noun, "a cell was behind the shooting"."""
    page = found.page
    if not i or page.function(i - 1, "article", "determiner") is None:
        return best[1]
    forms = (f for h in page.hits.get(i, ()) if h.j == best[0] for f in h.forms if f.layer == "event")
    return next((f for f in forms if f.voice in NOUN_VOICES), best[1])


def may_take(act: Act, group: Group, registers: Registers, *, head_first: bool) -> bool:
    """Whether an act may have a group at all: a helping verb is an act on things that fly alone.

    A word of a verb that is the noun of the group itself is no act on it: "two bombs".
    """
    if act.voice == "light":
        return group.object_class in FLYING
    alone = not head_first or act.voice in HAPPENED or act.voice == "noun"
    if alone and group.event is not None and group.voice == "result" and group.event_i != act.i:
        return False  # "several injuries" are of no other act; "serangan dengan dua korban luka": of no other noun
    if group.object_class == "body" and act.kind in (*OF_THE_LIVING, OPEN):
        return False  # "57 bodies and 137 wounded arrived", "jenazah dua korban dibawa pulang"
    if act.kind in group.means_of:
        return False  # "with two rockets"
    if not tells_of(act.form, group.object_class, registers):
        return False  # a hospital that received bodies found dead, one that received telephone calls nothing
    begin = group.number.j if group.number is not None else group.i
    inside = begin <= act.i < group.j and group.event is None
    return not (inside and act.voice in ("active", "headline", "toll"))


def carried(act: Act, befell: int | None) -> Act:
    """An act as a later sentence may go on with it: "Nine people were killed. Four were children."."""
    return Act(act.i, act.j, -1, act.form, act.voice, act.kind, befell=befell)


def kind_of(act: Act, group: Group, registers: Registers) -> str:
    """The kind that an act makes of a group."""
    to = act.form.data.get("to")
    classes = registers.ancestors(group.object_class) if to and group.object_class is not None else ()
    return kind_of_target(act.kind, to, classes)


def word_at(found: Found, i: int, j: int) -> Form | None:
    """What the word of an event at tokens [i, j) is known as."""
    forms = [f for h in found.page.hits.get(i, ()) if h.j == j for f in h.forms]
    return next((f for f in forms if f.layer == "event"), forms[0] if forms else None)


def heard(found: Found, items: list[Item], at: int, event: Event, form: Form) -> str:
    """The voice of an event's word as it stands here."""
    if items[at].kind != "verb":
        return form.voice or "noun"
    return voice_of(items, at, found.page.vocabulary.data["constructions"])
