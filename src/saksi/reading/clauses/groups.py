"""Noun groups: what is counted, how many, whose. "three ISIS-held buildings", "tujuh terowongan"."""

from __future__ import annotations

import msgspec

from saksi.languages.forms import Form
from saksi.reading.clauses.bodies import counts_dead
from saksi.reading.clauses.compounds import closes_compound, owns_unknown, tells_doing, verb_here
from saksi.reading.mentions.actors import ActorMention
from saksi.reading.mentions.found import Found
from saksi.reading.mentions.numbers import Number
from saksi.reading.mentions.passed import (
    after_brackets,
    after_owned,
    describes_noun,
    does,
    opens_clause,
    owns_next,
    past_footnote,
    past_owner,
    past_partitive,
    past_role,
    ties,
)
from saksi.reading.pages.page import Page
from saksi.reading.values import ActorRef

MOST_MODIFIERS = 6
UNKNOWN_NOUN = "reading/groups:unknown-noun"
INSIDE = frozenset(("determiner", "other", "all", "adverb", "article"))
COUNTING = ("count", "article", "both")


class Group(msgspec.Struct, gc=False):
    """A noun group at tokens [i, j).

    The head is an object class, or a kind of event ("52 serangan udara"), or neither when the noun
    is unknown or missing; [unit_i, unit_j) are the words of the counted noun.
    """

    i: int
    j: int
    number: Number | None = None
    object_class: str | None = None
    traits: dict[str, str] = {}
    event: str | None = None
    voice: str = ""
    rule: str = ""
    owner: ActorMention | None = None
    plural: bool = False
    definite: bool = False
    other: bool = False
    unit_i: int = -1
    unit_j: int = -1
    event_i: int = -1
    partitive: bool = False  # "three of the dead": a part of those told before
    means_of: frozenset[str] = frozenset()  # arms behind "with": the kinds of act that are done with them
    shared: Group | None = None  # the group whose noun a bare number counts: "30 in Tokmak"

    def take_object(self, i: int, j: int, form: Form, keep_start: bool = False) -> None:
        """Makes the noun at tokens [i, j) the head."""
        self.object_class, self.event, self.rule = form.value, None, form.rule
        self.traits = dict(form.data)
        self.plural = form.plural
        self.unit_i, self.unit_j = (self.unit_i if keep_start and self.unit_i >= 0 else i), j

    def take_event(self, i: int, j: int, form: Form) -> None:
        """Makes the event noun at tokens [i, j) the head."""
        self.object_class, self.traits = None, {}
        self.event, self.voice, self.rule = form.value, form.voice, form.rule
        self.plural = form.plural
        self.unit_i, self.unit_j, self.event_i = i, j, i

    def with_role(self, page: Page, k: int) -> int:
        """The end of a counted noun that a role behind it heads: "a police chief", "a hospital director"."""
        role = past_role(page, k) if self.number is not None and self.event is None else k
        if role > k and self.object_class not in page.vocabulary.people:
            self.object_class = "person"
        self.unit_j = role
        return role


def group_at(found: Found, i: int, end: int) -> Group | None:
    """The noun group that begins at token i, or None."""
    page = found.page
    if i not in found.numbers and (not page.opens_group(i) or does(page, i)):
        return None
    group = Group(i, i)
    k = opening(found, group, i, end)
    if k is None:
        return None
    k = head_first(found, group, k, end) if page.vocabulary.head_first else head_last(found, group, k, end)
    group.j = k
    if not page.vocabulary.head_first and owns_unknown(page, group, end):
        return None
    if k <= i or (group.unit_i < 0 and (group.number is None or group.number.kind == "article")):
        return None
    if group.number is None and is_title(page, i):
        return None
    return group if any((group.number, group.object_class, group.event)) else None


def is_title(page: Page, i: int) -> bool:
    """Whether a rank is written before somebody's name, and counts nobody: "Sergeant Musa Bala"."""
    return page.form(i, "titles") is not None and page.capitals[i] and i + 1 < len(page.norms) and page.capitals[i + 1]


def opening(found: Found, group: Group, i: int, end: int) -> int | None:
    """Reads determiners and the number; None where a number counts nothing."""
    page, k = found.page, i
    if opens_clause(page, i):
        return None
    while k < end:
        number = found.numbers.get(k)
        if number is not None:
            if number.kind not in COUNTING:
                return None
            group.number = number
            after = past_owner(page, past_footnote(page, number.j, end), end)
            k = past_partitive(page, after, end)
            group.partitive = k > after
            return k
        determiner = page.function(k, "determiner", "all")
        if determiner is None or k > i + 1:
            break
        group.definite = True
        k = determiner
    return k


def head_last(found: Found, group: Group, k: int, end: int) -> int:
    """Reads an English group: modifiers first, the last noun is the head. Returns where it ends."""
    page, modifiers = found.page, 0
    while k < end:
        k += owns_next(page, k, end)  # "two of the rebels' houses"
        if stops(found, group, k) or (group.unit_i >= 0 and tells_doing(page, k)):
            break
        if group.event and page.function(k, "determiner") is not None:
            break  # "accused of killing the mayor"
        noun = page.nouns.get(k)
        actor = found.actors.get(k)
        if actor and not actor.named and group.number:
            actor = None  # "25 Afghan soldiers": the nation owns, the noun is the head
        if actor and (noun is None or actor.j > noun[0]):
            if group.unit_i >= 0:
                break
            group.owner, k = actor, after_owned(page, actor.j)
        elif noun:
            take_noun(group, k, noun)
            k = after_brackets(page, group.with_role(page, noun[0]), end)
            if group.event and page.function(k - 1, "to") is not None:
                return k  # "damage to", whatever it was done to
        elif (step := modifier(found, group, k, end)) is not None:
            k, modifiers = step, modifiers + 1
            if modifiers > MOST_MODIFIERS:
                break
        else:
            break
    return with_of_owner(found, group, unknown_head(page, group, k), end)


def take_noun(group: Group, k: int, noun: tuple[int, Form]) -> None:
    """Makes a noun the head; the event a compound begins with is not lost to a following object."""
    j, form = noun
    if form.layer == "object":
        group.take_object(k, j, form)
    else:
        group.take_event(k, j, form)


def modifier(found: Found, group: Group, k: int, end: int) -> int | None:
    """Where a word before the head ends; None where the group is over."""
    page = found.page
    if group.unit_i >= 0:
        ahead = k + 1
        if closes_compound(page, group, k, end):
            group.unit_j, group.object_class, group.event, group.traits = ahead, None, None, {}
            group.rule = UNKNOWN_NOUN
            return ahead
        known = ahead < end and page.nouns.get(ahead) is not None and page.norms[k].isalpha()
        return ahead if known and not stops(found, group, ahead) else None
    place = found.places.get(k)
    if place:
        after = place.j + (place.j < end and page.norms[place.j] == ".")  # "three U.S. soldiers"
        return after if group.number and after < end and page.nouns.get(after) else None
    demonym = page.form(k, "demonym")
    if demonym:
        ref = ActorRef(None, page.span(k, demonym[0]).text, None, demonym[1].value)
        group.owner = group.owner or ActorMention(k, demonym[0], ref, demonym[1].rule, False)
        return demonym[0]
    other = page.function(k, "other")
    if other:
        group.other = True
        return other
    if not (group.number or group.definite or group.owner):
        return None
    if page.norms[k] in page.vocabulary.data["numbers"].get("one_more", ()):
        group.definite = False  # "the third victim" is none of those told before
    return k + 1


def stops(found: Found, group: Group, k: int) -> bool:
    """Whether the group cannot go on at token k."""
    page = found.page
    if (not page.norms[k][0].isalnum() and not ties(found, k)) or k in found.times:
        return True
    if group.number is not None and k == group.number.j and page.function(k, "determiner") is not None:
        return True  # "bringing to 310 the number of dead"
    if k in found.numbers:
        return found.numbers[k].kind in COUNTING
    if page.nouns.get(k) and not verb_here(page, group, k):
        return False
    if page.form(k, "say", "carriers"):
        return True
    if k in page.verbs:
        return group.unit_i >= 0 or not participle_modifier(found, k)
    roles = page.functions.get(k)
    if roles is not None and not roles.keys() <= INSIDE:
        return group.unit_i >= 0 or k == group.i or not describes_noun(page, k)
    return page.function(k, "adverb") is not None and group.unit_i >= 0


def participle_modifier(found: Found, k: int) -> bool:
    """Whether a verb form stands as an adjective before its noun: "two wounded soldiers"."""
    page = found.page
    form = page.form(k, "event")
    if form is None or form[1].voice not in ("either", "passive", "adjective"):
        return False
    if k and page.form(k - 1, "forces") is not None:
        return False  # "a security force killed Taliban leaders"
    after = form[0]
    return after < len(page.norms) and (page.nouns.get(after) is not None or after in found.actors)


def unknown_head(page: Page, group: Group, k: int) -> int:
    """Takes the words after a number as the noun when no known noun was among them."""
    begin = group.number.j if group.number else -1
    if group.unit_i < 0 and group.number and k > begin and not group.other:
        group.unit_i, group.unit_j = begin, k
        if page.form(begin, "titles") is not None and page.capitals[begin] and page.capitals[begin + 1]:
            group.object_class = "person"  # "one Sgt Hasan Ali"
    return k


def with_of_owner(found: Found, group: Group, k: int, end: int) -> int:
    """The group with the owner of an "of" after it: "members of the Taliban"."""
    page = found.page
    if group.event or k >= end or page.function(k, "of") is None:
        return k
    if group.object_class == "body" and group.number is None:
        at = page.function(k + 1, "determiner") or k + 1
        return with_number(found, group, at) or k  # "the bodies of six men"
    if group.owner:
        return k
    at = page.function(k + 1, "determiner") or k + 1
    actor = found.actors.get(at)
    if actor is None:
        return k
    group.owner = actor
    return actor.j


def with_number(found: Found, group: Group, at: int) -> int | None:
    """The end of a group of bodies with the number, at a token, of those whose they are, and their noun."""
    number = found.numbers.get(at)
    if number is None or number.kind not in COUNTING:
        return None
    group.number = number
    noun = found.page.nouns.get(number.j)
    return noun[0] if noun is not None else number.j


def head_first(found: Found, group: Group, k: int, end: int) -> int:
    """Reads an Indonesian group: the first noun is the head, modifiers follow. Returns its end."""
    page = found.page
    k = classifier(page, group, k, end)
    if k < end and group.unit_i < 0 and not found.times.get(k):
        k = first_noun(found, group, k, end)
    if group.object_class == "body" and group.number is None and not counts_dead(found, k):
        k = with_number(found, group, k) or k  # "jenazah dua korban"
    modifiers = 0
    while k < end and (group.unit_i >= 0 or group.other) and modifiers < MOST_MODIFIERS:
        step = following(found, group, k, end)
        if step is None:
            break
        k, modifiers = step, modifiers + 1
    return with_count_after(found, group, k, end)


def with_count_after(found: Found, group: Group, k: int, end: int) -> int:
    """The group with a count told after its noun: "pisau sebanyak 20 buah"."""
    number = found.numbers.get(k)
    if group.number is not None or group.object_class is None or number is None or number.i == number.core_i:
        return k
    counted = found.page.form(number.j, "classifiers") if number.j < end else None
    if counted is None:
        return k
    group.number = number
    return counted[0]


def classifier(page: Page, group: Group, k: int, end: int) -> int:
    """Reads a counting word; "orang" is the noun itself when no other follows."""
    if group.number is None or k >= end:
        return k
    counted = page.form(k, "classifiers")
    noun = page.nouns.get(k)
    if counted is None or (noun and noun[0] > counted[0]):
        return k
    if noun:
        take_noun(group, k, noun)
        inner = page.nouns.get(noun[0]) if noun[0] < end else None
        if inner is None or not refines(page, group, inner[1]):
            return counted[0]
    group.unit_i = -1
    return counted[0]


def first_noun(found: Found, group: Group, k: int, end: int) -> int:
    """Reads the head noun; an unknown word after a number is taken as the noun."""
    page = found.page
    noun = page.nouns.get(k)
    actor = found.actors.get(k)
    if noun and (actor is None or noun[0] >= actor.j or group.number):
        take_noun(group, k, noun)
        return noun[0]
    if page.function(k, "other"):
        group.other = True
        return k + 1
    if actor and group.number:
        group.owner = actor
        group.unit_i, group.unit_j = actor.i, actor.j
        return actor.j
    if group.number and not stops(found, group, k) and k not in found.places and page.norms[k].isalpha():
        group.unit_i, group.unit_j, group.rule = k, k + 1, UNKNOWN_NOUN
        told = page.vocabulary.data["numbers"].get("classifier_classes", {})
        group.object_class = told.get(page.norms[k - 1])  # "satu buah noken"
        return k + 1
    return k


def following(found: Found, group: Group, k: int, end: int) -> int | None:
    """Where a modifier after the head ends; None where the group is over."""
    page = found.page
    actor, place = found.actors.get(k), found.places.get(k)
    owned = page.form(k, "owned")
    if owned and owned[0] in found.actors:
        group.owner = found.actors[owned[0]]
        return group.owner.j
    if actor:
        if group.owner:
            return None
        group.owner = actor
        return actor.j
    if page.function(k, "other"):
        group.other = True
        return k + 1
    noun = page.nouns.get(k)
    if noun and refines(page, group, noun[1]):
        merge_noun(group, k, noun)
        return noun[0]
    if place and place.cue is None:
        ref = ActorRef(None, page.span(k, place.j).text, None, place.place.country)
        group.owner = group.owner or ActorMention(k, place.j, ref, place.rule, False)
        return place.j
    if page.function(k, "determiner"):
        group.definite = True
        return k + 1
    if noun or stops(found, group, k) or page.form(k, "light", "group") or k in found.places:
        return None
    return k + 1 if page.norms[k].isalpha() and not page.capitals[k] and plain_word(page, k) else None


def plain_word(page: Page, k: int) -> bool:
    """Whether a word has no part of its own to play, so that it can only describe."""
    return all(f.layer in ("place_type", "labels", "separate") for h in page.hits.get(k, ()) for f in h.forms)


def refines(page: Page, group: Group, form: Form) -> bool:
    """Whether a second noun says more of the first: "orang terduga teroris", "anak perempuan"."""
    if form.layer != "object" or group.object_class is None:
        return False
    registers = page.vocabulary.registers
    return registers.is_a(form.value, group.object_class) and registers.is_a(group.object_class, "person")


def merge_noun(group: Group, k: int, noun: tuple[int, Form]) -> None:
    """Joins a second noun's class and traits to the head."""
    j, form = noun
    group.object_class, group.rule = form.value, form.rule
    group.traits = {**form.data, **group.traits}
    group.unit_j = j
