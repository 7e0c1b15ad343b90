"""People told of one by one: by name ("killed the mayor, Ali Hasan"), by role, or by a pronoun ("killing him").

They stand where a counted group would. A name after a comma after a counted noun only renames it; a
name after "and" is one more person.
"""

from __future__ import annotations

import msgspec

from saksi.reading.clauses.borders import (
    PREPOSITIONS,
    clause_start,
    ends_clause,
    in_phrase,
    previous,
    told_of_by,
)
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.lists import says_who
from saksi.reading.clauses.name_lists import SMALL, lists_names, of_named
from saksi.reading.clauses.taking import Event
from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Page

NAMED = frozenset(("name", "role"))


class Person(msgspec.Struct, frozen=True):
    """One person at tokens [i, j), or some by "them"; `object_class` by what was said of them before.

    `back`: a pronoun whose noun stands in no word of its sentence, so that an earlier one is meant.
    `of`: those counted of whom he is one.
    """

    i: int
    j: int
    object_class: str | None = None
    many: bool = False
    back: bool = False
    of: Group | None = None


def persons_of(found: Found, items: list[Item], event: Event, *, active: bool) -> list[Person]:
    """The people, by name, role or pronoun, that a verb of people tells of beside its counted groups."""
    if active:
        return after_verb(found, items, event)
    if stands_last(items, event.at):
        return named_from(found, items, event.at + 2, event)
    return before_verb(found, items, event)


def stands_last(items: list[Item], at: int) -> bool:
    """Whether those named behind a participle and "were" are its subject: "also injured were Ana Lim and her son"."""
    behind = items[at + 1 : at + 3]
    opens = all(i.kind in ("mark", "time") or i.name in ("adverb", "and") for i in items[clause_start(items, at) : at])
    return opens and len(behind) > 1 and behind[0].name == "be" and behind[1].kind in NAMED


def after_verb(found: Found, items: list[Item], event: Event) -> list[Person]:
    """The people named after an active verb, until its list ends."""
    return named_from(found, items, event.at + 1, event)


def named_from(found: Found, items: list[Item], k: int, event: Event) -> list[Person]:
    """The people named from an item on, until their list ends."""
    told: list[Person] = []
    fresh = True
    while k < len(items) and not ends_clause(items[k]):
        item = items[k]
        within = bool(told) and item.i < told[-1].j
        person = person_at(found, items, k, event) if fresh and not within else None
        if person is not None:
            told.append(person)
            heads(items, k, event)
        if told and renamed(items, k):
            event.parts = [p for p in event.parts if p.group is not item.group]
        fresh = goes_on_with(items, k, told, fresh=fresh and person is None)
        if not fresh and not (told and in_list(item)):
            break
        k += 1
    return told


def heads(items: list[Item], k: int, event: Event) -> None:
    """Leaves to a role the noun right before it, which is no other victim: "killed the police chief"."""
    if items[k].kind == "role":
        event.parts = [p for p in event.parts if p.group.number is not None or p.group.j != items[k].i]


def renamed(items: list[Item], k: int) -> bool:
    """Whether a group after a name and a comma only says who that was: "Omar Saleh, a preacher and teacher"."""
    n = k - 1
    while n > 0 and items[n].kind == "function" and items[n].name in SMALL:
        n -= 1
    group = items[k].group
    if says_who(items, k):
        return True
    plain = group is not None and (group.number is None or group.number.value == 1)
    after = items[k + 1] if k + 1 < len(items) else None
    if after is not None and after.kind == "verb" and after.name in ("theme", "passive"):
        return False  # "disergap di Nduga, seorang terluka"
    if n > 1 and items[n].name == "and" and group is not None and group.number is None and not group.plural:
        return items[n - 1].group is not None and renamed(items, n - 1)
    return (
        plain
        and n > 0
        and items[n].name == ","
        and (items[n - 1].kind in ("name", "place") or is_one_of(items[n - 1].group))
    )


def is_one_of(group: Group | None) -> bool:
    """Whether a group is one of several, whom a comma may describe: "one of the two men, a farmer, died"."""
    number = group.number if group is not None else None
    if group is None or number is None or number.value != 1:
        return False
    return group.partitive or number.whole is not None


def goes_on_with(items: list[Item], k: int, told: list[Person], *, fresh: bool) -> bool:
    """Whether the item after k may be one more person: after "and", and after small words that open a noun."""
    item = items[k]
    if item.kind == "function" and item.name == "and":
        return bool(told) or items[k - 1].group is not None
    if item.name == "," and told:
        return lists_names(items, k)
    after = items[k + 1] if k + 1 < len(items) else None
    if (
        fresh
        and after is not None
        and after.kind == "role"
        and after.i == item.j
        and item.kind in ("group", "place_type")
    ):
        return True  # "a mountain village chief", "the district chief"
    return fresh and item.kind in ("function", "place", "time") and item.name in (*SMALL, "")


def in_list(item: Item) -> bool:
    """Whether an item may stand inside a list of people: names, what describes them, commas."""
    return item.kind in ("name", "role", "group", "place", "word", "actor") or item.name in (
        ",",
        "of",
        "for",
        "in",
        *SMALL,
    )


def before_verb(found: Found, items: list[Item], event: Event) -> list[Person]:
    """The people named as the subject of a passive verb: the first name, and those joined to it by "and"."""
    begin = max(clause_start(items, event.at), told_of_by(items, event.at) or 0)
    told: list[Person] = []
    for k in range(begin, event.at):
        if told and (items[k].i < told[-1].j or not (after_and(items, begin, k) or lists_names(items, k - 1))):
            continue
        if not told and (
            in_phrase(items, begin, k) or renames(items, begin, k, event) or other_subject(found, items, k, event)
        ):
            continue
        if described(items, k, event) or takes_others(found.page, items, k, event):
            continue
        person = person_at(found, items, k, event)
        if person is not None:
            told.append(person)
    return told


def takes_others(page: Page, items: list[Item], k: int, event: Event) -> bool:
    """Whether one before such a word did it to others: the she of "she took ten students as hostages"."""
    takes = page.vocabulary.data["constructions"].get("takes", ())
    return items[event.at].name == "theme" and page.any_at(items[k].j, takes)


def other_subject(found: Found, items: list[Item], k: int, event: Event) -> bool:
    """Whether a noun between a name and the verb is the subject, where nouns need no article to be one."""
    between = items[k + 1 : event.at]
    return found.page.vocabulary.head_first and any(i.group is not None and not i.group.event for i in between)


def renames(items: list[Item], begin: int, k: int, event: Event) -> bool:
    """Whether a name only says who the counted people are: "Two figures, Malik and Hadi, were killed"."""
    if not event.parts:
        return False
    first = next((n for n in range(begin, event.at) if items[n].group is event.parts[0].group), None)
    if first is None:
        return items[event.at + 1].group is event.parts[0].group  # not so "Omar was killed along with two guards"
    opens = not any(i.name in PREPOSITIONS for i in items[begin:k])
    return first < k or not (beside(items, k) or (opens and lists_on(items, k, event)))


def after_and(items: list[Item], begin: int, k: int) -> bool:
    """Whether "and" stands before an item, small words passed over."""
    n = k - 1
    while n >= begin and items[n].kind == "function" and items[n].name in SMALL:
        n -= 1
    return n >= begin and items[n].name == "and"


def beside(items: list[Item], k: int) -> bool:
    """Whether "and" joins a name to a counted group: "Hasan Can and an unidentified woman"."""
    after = items[k + 1] if k + 1 < len(items) else None
    return items[k].kind == "name" and after is not None and after.name == "and"


def lists_on(items: list[Item], k: int, event: Event) -> bool:
    """Whether a name opens a list of those whom a verb befell: "Omar Saleh, two guards and a driver were killed"."""
    group, rest = behind_comma(items, k), [i.name for i in items[k + 3 : event.at]]
    listed = group is not None and group.number is not None and rest[:1] == ["and"] and "," not in rest
    return listed and items[k].j - items[k].i > 1  # "Overall, two guards and a driver"


def described(items: list[Item], k: int, event: Event) -> bool:
    """Whether a group between commas says who a name is, and stands for it: "and Andrew Stone, a teacher, died"."""
    group = behind_comma(items, k)
    one = group is not None and (group.number.value == 1 if group.number is not None else not group.plural)
    taken = any(part.group is group for part in event.parts)
    return one and taken and any(i.name == "," for i in items[k + 3 : event.at])


def behind_comma(items: list[Item], k: int) -> Group | None:
    """The group behind a name and its comma."""
    return items[k + 2].group if k + 2 < len(items) and items[k + 1].name == "," else None


def person_at(found: Found, items: list[Item], k: int, event: Event) -> Person | None:
    """The person at an item: a name, a role, a pronoun; or, after a name, "his wife"."""
    item = items[k]
    after = items[k + 1] if k + 1 < len(items) else None
    if item.kind == "name" and after is not None and after.group is not None and opens_title(after.group, item, k):
        return None
    page = found.page
    if item.kind in NAMED:
        end = name_end(items, k)
        loose = items[event.at].name == "theme" or (after is not None and after.kind == "word")
        no_name = loose and end == item.i + 1 and only_opens(page, item)
        no_one = no_name or page.possessive(end) or is_body(page, item)
        return None if no_one else Person(item.i, end)
    if (group := of_named(page, items, k)) is not None and not any(part.group is group for part in event.parts):
        return Person(item.i, name_end(items, k + 1), group.object_class)
    if page.function(item.i, "nobody") is not None:
        return Person(item.i, item.j, "person")  # "nobody was hurt" is a zero of people
    for role, many in (("one_person", False), ("many_persons", True)):
        if page.function(item.i, role) is not None:
            group = antecedent(page, items, event, k) if k > event.at else None
            if group is None and many and k > event.at and things_before(items, event):
                return None
            return Person(item.i, item.j, group.object_class if group else None, many, group is None)
    return None


def only_opens(page: Page, item: Item) -> bool:
    """Whether a word has its capital only because it opens a sentence, and so may be no name: "Most died"."""
    i = item.i
    opens = i in page.openings or (i - 1 in page.openings and not page.norms[i - 1][0].isalnum())
    if item.kind != "name" or not opens or page.small or page.shouted or page.norms[i] in page.surnames:
        return False
    no_names = page.vocabulary.data["language"].get("no_names", ())
    common = page.norms[i] in no_names or page.norms[i] in page.lowered or page.ends_so(i, "participle_endings")
    again = (k for k in page.places_of_words[page.norms[i]] if k != i)
    return common and not any(
        page.capitals[k] and k not in page.openings and not page.block_at(k).titled for k in again
    )


def is_body(page: Page, item: Item) -> bool:
    """Whether a role is of a body or a document and of no person: "the report was released"."""
    sayers = page.vocabulary.data["saying"]["sayers"]
    last = page.norms[item.j - 1]
    return item.kind == "role" and any(last in sayers.get(sort, ()) for sort in ("bodies", "documents"))


def opens_title(group: Group, name: Item, k: int) -> bool:
    """Whether a capitalised word only belongs to the noun after it: "Detains Suspected Insurgents", "Among the 14"."""
    opens = k == 0 and name.j == name.i + 1 and (group.definite or group.number is not None)
    return group.i == name.j and (opens or (group.object_class is not None and group.number is None))


def things_before(items: list[Item], event: Event) -> bool:
    """Whether "them" after a verb of people means things or happenings: "plans attacks in order to execute them"."""
    nearest = next((i.group for i in reversed(items[: event.at]) if i.group is not None), None)
    if nearest is None or nearest.number is not None:
        return False
    return nearest.voice == "noun" or (nearest.object_class is not None and nearest.object_class not in event.people)


def name_end(items: list[Item], k: int) -> int:
    """The token where a role and the name after it end: "Attorney General Roberto Garcia"."""
    while k + 1 < len(items) and items[k + 1].kind in NAMED and items[k + 1].i == items[k].j:
        k += 1
    return items[k].j


def antecedent(page: Page, items: list[Item], event: Event, k: int) -> Group | None:
    """The people before a verb that "him" or "them" after it can mean: the nearest noun that fits."""
    many = page.function(items[k].i, "many_persons") is not None
    own = page.norms[items[k].i] in page.vocabulary.data["language"].get("reflexive", ())
    doer = (
        None if own else previous(items, event.at, ("adverb", "have", "negation", "future", "duty"))
    )  # "before police killed him"
    for item in reversed(items[: event.at]):
        group = item.group
        if group is None or item is doer or group.event or group.object_class not in event.people:
            continue
        one = group.number is not None and group.number.value == 1
        if many != (one or (group.number is None and not group.plural)):
            return group
    return None
