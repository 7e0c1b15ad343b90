"""Those whom an act befell, told who they were: "the dead were two nurses", "the wounded include Ana Lim and a child".

The verb of such a sentence is no act. The act is the word that names them, or for "the victims" that of the sentence
before; those who are told are parts of the last figure of it, or the same people told again.
"""

from __future__ import annotations

from saksi.reading.clauses.acts import Act
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.name_lists import FEWEST, names_in_list
from saksi.reading.clauses.persons import NAMED, after_verb
from saksi.reading.clauses.taking import Event, take_right
from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Page

OPENS = frozenset(("time", "place", "mark"))  # what may stand before those who are told of
PASSED = frozenset(("in", "of", "for", "be", "have", "adverb"))
BEFELL = ("casualty", "missing", "abduct")  # what victims are victims of
PHRASE = 6  # items from the word that names them to its verb: "those who were kidnapped are"
NO_NAME = frozenset(("noun", "noun_after", "active", "toll"))  # voices of words that name nobody whom an act befell


def who_they_were(found: Found, items: list[Item], earlier: Act | None) -> Event | None:
    """The event of a sentence that tells who those were whom an act befell; None of any other."""
    for k in range(len(items)):
        link = link_behind(found.page, items, k)
        if link is None or not (k == 0 or items[k - 1].kind in OPENS or opens_among(found.page, items[k - 1])):
            continue
        event = named_act(found, items, k, link) or carried_act(found.page, items, k, link, earlier)
        if event is not None and lists_people(found, items, link + 1):
            return only_parts(items[k].group, listed(found, items, link, event))
    return None


def only_parts(told: Group | None, event: Event) -> Event | None:
    """The event without the names of those who are counted beside it: "the five killed were Ali, Omar, ..."."""
    if told is not None and told.number is not None:
        event.persons = []
    return event if event.parts or event.persons else None


def opens_among(page: Page, item: Item) -> bool:
    """Whether an item is the "among" of "among the dead were two nurses"."""
    phrases = page.vocabulary.data["constructions"].get("among", ())
    return any(page.norms[item.j - 1] == str(phrase).split()[0] for phrase in phrases)


def link_behind(page: Page, items: list[Item], k: int) -> int | None:
    """The last item of what links those who are told of to who they were: "are", "include", "were identified as"."""
    words, group = page.vocabulary.data["constructions"], items[k].group
    definite = group is not None and group.definite
    if not definite and not opens_told(page, items[k]) and not means_told(page, items[k]):
        return None
    for n in range(k + 1, min(len(items), k + 1 + PHRASE)):
        if page.any_at(items[n].i, words.get("listed", ())):
            return n
        if items[n].name == "be" and items[n - 1].name != "relative":
            named = n + 2 < len(items) and page.any_at(items[n + 1].i, words.get("named_as", ()))
            return n + 2 if named else n
    return None


def opens_told(page: Page, item: Item) -> bool:
    """Whether a small word points at people told of: the "those" of "those killed"."""
    told = page.vocabulary.data["constructions"].get("of_told", ())
    return item.kind == "function" and page.any_at(item.i, told)


def means_told(page: Page, item: Item) -> bool:
    """Whether words mean those told before whoever they were: "they", "their names"."""
    names = page.any_at(item.i, page.vocabulary.data["constructions"].get("their_names", ()))
    return names or page.function(item.i, "many_persons") is not None


def named_act(found: Found, items: list[Item], k: int, link: int) -> Event | None:
    """The act of the word that names them: "the wounded", "those killed", "the fatality"."""
    page, kinds = found.page, found.page.vocabulary.registers.kinds
    for i in range(items[k].i, items[link].i):
        form = page.form(i, "event")
        if form is None or not kinds[form[1].value].of_people or form[1].voice in NO_NAME:
            continue
        if all(item.kind in ("function", "word", "verb", "group") for item in items[k : link - 1]):
            return Event(form[1].value, form[1].rule, i, form[0], link, "things")
    return None


def carried_act(page: Page, items: list[Item], k: int, link: int, earlier: Act | None) -> Event | None:
    """The act of the sentence before, where a bare "the victims", or "they" before names, goes on with it."""
    group = items[k].group
    named = len(list(names_in_list(items, link + 1))) if means_told(page, items[k]) else 0
    if earlier is None or not ((named >= FEWEST and named == earlier.befell) or calls_victims(page, group)):
        return None  # "police arrested two men over the death of 12. They are Ana Lim and Jan de Wit"
    registers, one = page.vocabulary.registers, group is not None and not group.plural
    if not any(registers.is_a(earlier.kind, kind) for kind in BEFELL) or (one and (earlier.befell or 1) > 1):
        return None  # "police arrested three men. The victims were two nurses"
    return Event(earlier.kind, earlier.form.rule, earlier.i, earlier.j, k, "things", carried=True)


def calls_victims(page: Page, group: Group | None) -> bool:
    """Whether a noun without a number calls people but those whom an act befell: "the victims"."""
    words = page.vocabulary.data["constructions"].get("befell", ())
    return group is not None and group.number is None and page.norms[group.j - 1] in words


def lists_people(found: Found, items: list[Item], k: int) -> bool:
    """Whether people are told at an item, by a number, "a" or a name; "the dead were the first" tells nobody."""
    if k >= len(items):
        return False
    group: Group | None = items[k].group
    if group is None or group.event:
        return items[k].kind in NAMED
    return not group.definite and group.object_class in found.page.vocabulary.people


def listed(found: Found, items: list[Item], link: int, event: Event) -> Event:
    """An event with those who are told behind the verb that links them to it."""
    event.at, event.of_people, event.people, event.of_told = link, True, found.page.vocabulary.people, True
    take_right(items, link + 1, event)
    event.parts = [part for part in event.parts if not acts_next(items, part.group)]
    event.persons = after_verb(found, items, event)
    return event


def acts_next(items: list[Item], group: Group) -> bool:
    """Whether a noun behind a list begins another clause: "the dead were two teachers, police said"."""
    at = next((n for n, item in enumerate(items) if item.group is group), 0)
    behind = next((i for i in items[at + 1 :] if i.kind != "place" and i.name not in PASSED), None)
    begins = at > 0 and items[at - 1].name in (",", "and", "determiner") and group.number is None
    return begins and behind is not None and behind.kind in ("say", "verb", "word")
