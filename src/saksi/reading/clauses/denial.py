"""What a "no" is of: of an act, of what the act would have befallen, or of something else that stands before it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec

from saksi.reading.clauses.borders import OBJECTS, following
from saksi.reading.clauses.closed import closed_in
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.noun_events import denied
from saksi.reading.clauses.taking import Event, negated_group
from saksi.reading.mentions.found import Found
from saksi.reading.mentions.uncounted import is_refused
from saksi.reading.pages.page import Page

SUBJECTS = OBJECTS | {"place"}
PRONOUNS = frozenset(("pronoun", "one_person", "many_persons"))
NOUNS = frozenset(("word", "name", "role", "actor", "place"))  # what a "no" may be of, beside counted groups
MOST_HEADS = 2
JOINS = frozenset(("and", ",", "while"))  # behind which another clause may begin
ALTERNATIVES = frozenset(("or", ","))  # behind which a "no" goes on


def none_taken(items: list[Item], event: Event) -> Item | None:
    """The "no" right behind an active verb, before what it would have taken: "hit no homes", "killed nobody"."""
    if event.nominal or event.passive:
        return None
    no = following(items, event.at, ("adverb",))
    if no is None or no.kind != "function" or no.name not in ("negation", "nobody"):
        return None
    if no.name == "negation" and not any(negated_group(items, part.group) for part in event.parts[:1]):
        return None
    return msgspec.structs.replace(no, name="negation")


def denies(found: Found, items: list[Item], k: int, relative: int, event: Event) -> bool:
    """Whether a "no" is of an event: of no clause set in before it, of no other verb, and of no number that stands.

    "The man, whose name was not given, died", "he did not deserve to die", "they did not speak of the 12 deaths".
    """
    page = found.page
    if is_refused(page, items[k].j) or page.function(items[k].j, "including") is not None:
        return False  # "five, not 20, were killed", "five, not including the gunman, were killed"
    if not event.nominal and closed_in(page, items, k, event.at):
        return False
    if k < relative or event.nominal:
        group = items[event.at].group
        words = page.vocabulary.data["constructions"].get("brings", ())  # "any deaths", but not "the deaths"
        bare = event.nominal and (group is None or not group.definite or page.norms[group.i] in words)
        beside = denied(found, items, event.at) or (group is not None and negated_group(items, group))
        return counted_after(items, k, event) or (bare and beside)
    between = items[k + 1 : event.at]
    if items[k].j in page.hyphened or tells_of_knowing(page, between):
        return False  # "a no-confidence vote was held", "did not say how the 12 died"
    if page.any_at(items[k].i, page.vocabulary.data["constructions"].get("without", ())):
        return all(i.kind == "function" for i in between)  # "a body without a head was found"
    if is_of_noun(page, items[k]):
        return counted_after(items, k, event) or is_only_subject(between)
    if any(i.name in ("to", "future", "duty") and aims(items, k + 2 + n, event) for n, i in enumerate(between[1:])):
        return False  # but "is not to attack"
    return not has_new_subject(between) and (relative < 0 or all(i.kind != "verb" for i in between))


def tells_of_knowing(page: Page, between: Sequence[Item]) -> bool:
    """Whether a word of knowing stands between a "no" and an act, so that what is not known is how it came."""
    knowing = page.vocabulary.data["language"].get("knowing", ())
    return any(page.any_at(i.i, knowing) for i in between)


def is_of_noun(page: Page, item: Item) -> bool:
    """Whether a "no" is of the noun behind it and of no verb: "the clinic has no beds and 12 children died"."""
    return " ".join(page.norms[item.i : item.j]) in page.vocabulary.data["language"].get("of_noun", ())


def is_only_subject(between: Sequence[Item]) -> bool:
    """Whether all between a "no" and a verb is the noun or name it is of: "no pilgrims were hurt"."""
    heads = [i for i in between if i.kind != "function"]
    plain = all(i.kind in NOUNS for i in heads) and all(i.name not in JOINS for i in between)
    return plain and len(heads) <= MOST_HEADS


def has_new_subject(between: Sequence[Item]) -> bool:
    """Whether a clause with a subject of its own begins between a "no" and a verb: "was not paid, and they killed"."""
    joins = [n for n, i in enumerate(between) if i.name in JOINS]
    rest = between[joins[-1] + 1 :] if joins else ()
    return any(i.kind in SUBJECTS or i.name in PRONOUNS for i in rest)


def counted_after(items: list[Item], k: int, event: Event) -> bool:
    """Whether what a word of negation stands before is what the event counts: "tidak ada warga yang tewas"."""
    small = itertools.takewhile(lambda n: items[n].kind == "function", range(k + 1, min(k + 3, len(items))))
    at = max(small, default=k) + 1
    none_of = listed_on(items, at) if at < len(items) and items[at].group is not None else []
    return any(part.group is group for part in event.parts for group in none_of)


def listed_on(items: list[Item], at: int) -> list[Group]:
    """A group and those that a list goes on with, told without a number: "no women, children or elders"."""
    groups = [group] if (group := items[at].group) is not None else []
    for item in items[at + 1 :]:
        if item.group is not None and item.group.number is None:
            groups.append(item.group)
        elif item.name not in ALTERNATIVES and item.kind != "word":
            break
    return groups


def aims(items: list[Item], k: int, event: Event) -> bool:
    """Whether "to" or "untuk" just before a verb makes it an aim, not an act."""
    between = items[k + 1 : event.at]
    if items[k].name == "purpose":  # "agar turun gunung dan menyerahkan diri"
        between = [i for i in between if i.kind != "verb" and i.name != "and"]
    return not event.nominal and all(i.kind == "function" and i.name == "adverb" for i in between)
