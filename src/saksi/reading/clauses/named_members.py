"""Those whom a sentence counts and names: "three reporters: Ana Lim, Jan de Wit and Omar Saleh, were killed".

Each is told as one of those counted beside his name, and never comes on top of them.
"""

from __future__ import annotations

from saksi.reading.clauses.borders import has_own_verb, says_on
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.lists import does_more
from saksi.reading.clauses.name_lists import FEWEST, names_in_list, of_named, opens_member, past_member
from saksi.reading.clauses.persons import Person, name_end
from saksi.reading.clauses.taking import Event, Part
from saksi.reading.mentions.found import Found

OPENS = frozenset((",", ":", "-", "--", "–", "—", "("))  # what may stand between those counted and their names


def add_named(found: Found, items: list[Item], events: list[Event]) -> None:
    """Adds to the people an act befell those of them who are named right behind their noun."""
    for event in events:
        add_beside(items, event, {id(part.group) for each in events for part in each.parts})
        taken = {(p.i, p.j) for p in event.persons}
        for part in event.parts if event.of_people and event.negated is None else ():
            named = members_of(found, items, part.group) if may_be_named(part.group, event) else []
            event.persons += [p for p in named if (p.i, p.j) not in taken]


def add_beside(items: list[Item], event: Event, taken: set[int]) -> None:
    """Adds those told behind a name and who that is: "kidnapped Ana Lim, the mayor of Oro, and her driver"."""
    last = event.persons[-1] if event.of_people and event.persons and not event.passive else None
    k = next((n for n in range(event.at, len(items)) if last is not None and items[n].i == last.i), len(items))
    n = past_member(items, k) if opens_member(items, k) else len(items)
    n += n < len(items) and items[n].name == ","
    group = items[n + 1].group if n + 1 < len(items) and items[n].name == "and" else None
    if group is None or group.event or group.number is not None or id(group) in taken:
        return
    if has_own_verb(items, n + 1) or (does_more(items, n + 1) and not event.nominal):
        return  # "killed Ana Lim, the mayor, and the police arrested ten"
    if group.definite and group.object_class in event.people:
        event.parts.append(Part(group))


def may_be_named(group: Group, event: Event) -> bool:
    """Whether a noun may be of several people who are named behind it."""
    several = group.plural or (group.number is not None and (group.number.value or 0) >= FEWEST)
    return several and group.object_class in (None, *event.people)


def members_of(found: Found, items: list[Item], group: Group) -> list[Person]:
    """The people of a list of names that begins right behind a noun; none where more are named than are counted."""
    k = next((n + 1 for n, item in enumerate(items) if item.group is group), len(items))
    k += k < len(items) and items[k].name in OPENS
    listed = list(names_in_list(items, k))
    most = group.number.value if group.number is not None else None
    if not FEWEST <= len(listed) <= (most or len(listed)) or says_on(items, past_member(items, listed[-1])):
        return []
    return [member(found, items, n, group) for n in listed]


def member(found: Found, items: list[Item], k: int, group: Group) -> Person:
    """One of those counted, by his name and the noun before it: "policeman Omar Saleh"."""
    noun = of_named(found.page, items, k)
    kind = noun.object_class if noun is not None else group.object_class
    return Person(items[k].i, name_end(items, k + (items[k].kind != "name")), kind, of=group)
