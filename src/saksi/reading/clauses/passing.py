"""Numbers told in passing: who speaks, what somebody is, one of many, or of how many those told of were."""

from __future__ import annotations

from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.signs import is_whole
from saksi.reading.clauses.taking import Event
from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Page

SPEAKING = frozenset(("medic", "police", "leader", "journalist"))  # who often speaks
SOURCES = frozenset(("group", "role", "actor", "name", "word", "place"))  # what a source is told by


def says_what(items: list[Item], at: int) -> bool:
    """Whether a group only says what somebody is: "one of whom was a leader"."""
    group = items[at].group
    number = group.number if group is not None else None
    behind_be = at > 0 and items[at - 1].kind == "function" and items[at - 1].name == "be"
    return behind_be and number is not None and number.kind == "article"


def passing(found: Found, items: list[Item], at: int) -> bool:
    """Whether a number only says what somebody is, which of many, of how many, or who speaks."""
    return says_what(items, at) or counts_nothing(found, items, at)


def counts_nothing(found: Found, items: list[Item], at: int) -> bool:
    """Whether nothing of the sentence befell those whom a number counts, whatever verb took them."""
    some = is_one_of_many(found.page, items[at].group) or is_all_of_whom(found, items, at)
    return some or is_source(found.page, items, at)


def is_one_of_many(page: Page, group: Group | None) -> bool:
    """Whether "one of" only sets a happening among others: "one of the deadliest attacks", "salah satu serangan"."""
    number = group.number if group is not None else None
    if group is None or number is None or number.value != 1 or group.event is None or group.object_class is not None:
        return False
    if group.voice == "result":
        return False  # "salah satu korban meninggal" is one of the dead
    return group.partitive or page.any_before(number.j, page.vocabulary.data["numbers"].get("one_among", ()))


def is_all_of_whom(found: Found, items: list[Item], at: int) -> bool:
    """Whether a number only says how many there were in all: "of the 40 passengers, 13 died", "dari 40 penumpang, 13".

    Those whose number was told before are told again, as are those whose noun is of harm: "of the 17 killed, five".
    """
    page = found.page
    group, behind = items[at].group, items[at + 1 : at + 3]
    if group is None or group.number is None or group.event is not None or not is_whole(page, group):
        return False
    some = behind[1].group if len(behind) > 1 and behind[0].name == "," else None
    most, told = group.number.value, some.number.value if some is not None and some.number is not None else None
    if group.object_class not in page.vocabulary.people or most is None or told is None or told >= most:
        return False
    return next((k for k, n in found.numbers.items() if n.value == most), group.i) >= group.i


def is_source(page: Page, items: list[Item], at: int) -> bool:
    """Whether a group behind a word of saying is the one who says: "kata seorang petugas", "..., said a fire chief"."""
    group, before = items[at].group, items[at - 1] if at else None
    speaks = group is not None and group.object_class in SPEAKING
    if speaks and (said_with(page, items, at) or says_next(page, items, at)):
        return True
    if group is None or group.number is None or group.number.rule != "numbers:one" or before is None:
        return False
    saying, norm = page.vocabulary.data["saying"], page.norms[before.i]
    closes = (
        at > 1 and items[at - 2].kind == "mark" and ends_with(items, at) and norm in saying.get("ends_with_sayer", ())
    )
    return before.kind == "say" and (closes or norm in saying.get("inverted", ()))


def says_next(page: Page, items: list[Item], at: int) -> bool:
    """Whether a group that nothing was done to speaks right after: "..., witnesses and two local officials said"."""
    opens = at == 0 or items[at - 1].kind == "mark" or items[at - 1].name == "and"
    if not opens or at + 1 >= len(items) or items[at + 1].kind != "say":
        return False
    return page.norms[items[at + 1].i] not in page.vocabulary.data["saying"].get("inverted", ())  # "kata gubernur"


def said_with(page: Page, items: list[Item], at: int) -> bool:
    """Whether a group is told as a source beside another: "menurut perawat dan dua dokter"."""
    k = at - 1
    while k > 0 and (items[k].name == "and" or items[k].kind in SOURCES):
        k -= 1
    joined = at > 1 and items[at - 1].name == "and" and k >= 0 and items[k].kind == "say"
    return joined and page.form(items[k].i, "source_before") is not None


def ends_with(items: list[Item], at: int) -> bool:
    """Whether a sentence, or its part up to a comma, ends with an item."""
    return at + 1 == len(items) or items[at + 1].kind == "mark"


def leave_passing(found: Found, items: list[Item], events: list[Event]) -> None:
    """Takes from the events those who only speak, those of whom some are told, happenings "one of" many."""
    for at, item in enumerate(items):
        if item.group is not None and counts_nothing(found, items, at):
            for event in events:
                event.parts = [p for p in event.parts if p.group is not item.group]
