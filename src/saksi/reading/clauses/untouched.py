"""Which acts near a number leave those it counts untouched: who only travels, whom another word tells of.

No weight may say otherwise: those on a ferry do not sink, and "31 deaths, 120 people wounded" are no 151 dead.
"""

from __future__ import annotations

from bisect import bisect_left

from saksi.reading.clauses.acts import FATAL, OF_THE_LIVING, Act
from saksi.reading.clauses.items import head_before
from saksi.reading.clauses.signs import Counted, LaidOut
from saksi.reading.pages.page import NOUN_VOICES

CARRIERS = frozenset(("vehicle", "boat", "aircraft"))
CARRYING = 4  # words between what carries and whom: "which was carrying", "yang sedang membawa"
JOINING = frozenset((",", "and"))  # between a counted happening and others beside it
BEGINS_CLAUSE = frozenset(("and", ",", "while", "after"))  # before a verb of its own


def has_own_noun(row: LaidOut, number: Counted, act: Act) -> bool:
    """Whether an act is what the number before counts, and this one counts others: "31 deaths and 7,450 cases".

    Behind a comma so only where a verb tells of them: "31 deaths, 120 people wounded", but "31 deaths, nine soldiers".
    """
    group = row.items[act.at].group if act.at >= 0 else None
    if act.voice not in NOUN_VOICES or group is None or group.number is None or number.at <= act.at:
        return False
    between = row.parts[act.at + 1 : number.at]
    if not between or not JOINING.issuperset(between) or number.group.unit_i < 0:
        return False
    behind = next((part for part in row.parts[number.at + 1 :] if part not in ("be", "have", "adverb")), "")
    return between != [","] or behind == "verb"


def told_of_dead(row: LaidOut, act: Act) -> bool:
    """Whether a state of the living only says of the dead where they were: "the killing of 45 people in custody"."""
    whom = row.items[act.at - 1].group if act.at > 0 else None
    if act.voice != "theme" or act.kind not in OF_THE_LIVING or whom is None or whom.number is None:
        return False
    before = act.at - 2 - (act.at > 1 and row.parts[act.at - 2] == "of")
    return any(0 <= a.at == before and a.kind == FATAL and a.voice != "theme" for a in row.acts)


def is_charge(row: LaidOut, act: Act) -> bool:
    """Whether an act is only what counts of a charge are of, and befell nobody: "51 counts of murder"."""
    page = row.found.page
    return act.at >= 0 and page.any_before(act.i, page.vocabulary.data["constructions"].get("charges", ()))


def is_of_noun(number: Counted, act: Act) -> bool:
    """Whether an act is only the noun by which those counted are called: the victims of "memeras 14 korban"."""
    return act.voice in NOUN_VOICES and number.group.i < act.i < number.group.j


def told_otherwise(row: LaidOut, number: Counted) -> bool:
    """Whether the word behind a number tells what came of those it counts, and is no act: "900 jiwa terdampak"."""
    page, group = row.found.page, number.group
    words = page.vocabulary.data["constructions"].get("otherwise", ())
    behind = row.items[number.at + 1 : number.at + 3]
    first = next((i.i for i in behind if i.name not in ("be", "have", "adverb")), group.j)
    inside = range(group.unit_i + 1, group.j) if group.unit_i >= 0 else range(0)  # "900 jiwa terdampak" is one noun
    return any(page.any_at(k, words) for k in (*inside, first))


def leaves_carried(row: LaidOut, number: Counted, k: int) -> bool:
    """Whether an act near those who only travel befell what they travel in, or another: "a ferry with 12 sank"."""
    if row.acts[k].i < number.group.i:
        return harms(row, row.acts[k])  # "the victims of a boat that carried 150"
    of_people = row.found.page.vocabulary.registers.kinds[row.acts[k].kind].of_people
    apart = row.parts[number.at - 1] == "," or row.parts[number.at + 1 : number.at + 2] in (["of"], ["including"])
    if of_people and apart and first_joined(row, number) != number.at and befalls(row, number, k):
        return False  # "carried 30 workers, 5 died", but "carrying 61 passengers and nine sailors sank"
    return is_past(row, number, k)


def is_carried(row: LaidOut, number: Counted) -> bool:
    """Whether a number only travels in what is told of: "a ferry carrying 85 passengers and 7 sailors sank"."""
    page, at = row.found.page, first_joined(row, number)
    group = row.items[at].group
    if group is None:
        return False
    begin = group.number.i if group.number is not None else group.i
    constructions = page.vocabulary.data["constructions"]
    if not page.any_before(begin, constructions.get("carrying", ())):
        return False
    if page.any_before(begin, constructions.get("laden", ())):
        return True
    near = next((i.group for i in reversed(row.items[:at]) if i.group is not None), None)
    heads = [g for g in (head_before(row.items, at), near) if g is not None and begin - g.j <= CARRYING]
    classes = {c for g in heads if g.object_class for c in page.vocabulary.registers.ancestors(g.object_class)}
    return not CARRIERS.isdisjoint(classes)


def first_joined(row: LaidOut, number: Counted) -> int:
    """The item of the first of several people that one number stands among: "53 passengers and 12 sailors"."""
    at = number.at
    while at > 1 and row.parts[at - 1] in JOINING and row.parts[at - 2] == "group":
        at -= 2
    return at


def behind_unknown_verb(row: LaidOut, number: Counted) -> bool:
    """Whether a number stands behind a verb that no list has, so that no act before is on it: "dan menjangkiti 400".

    So too in a clause that gives a reason: "ditangkap karena memeras 14 pedagang", "jailed for defrauding 30 people".
    """
    at, page = number.at, row.found.page
    if at < 2:
        return False
    constructions = page.vocabulary.data["constructions"]
    verb, opens = row.items[at - 1], row.items[at - 2]
    reason = page.any_at(opens.i, constructions.get("reasons", ()))
    acting = row.parts[at - 1] == "acting"
    acting = acting or (reason and verb.kind == "word" and page.ends_so(verb.i, "participle_endings"))
    if not acting or not (reason or row.parts[at - 2] in BEGINS_CLAUSE):
        return False
    return not page.any_at(verb.i, constructions.get("reach", ()))


def befalls(row: LaidOut, number: Counted, k: int) -> bool:
    """Whether an act is told right after a number: "two survivors later died"."""
    begin, end = number.group.j, row.acts[k].i
    if "," in row.parts[number.at : row.acts[k].at]:
        return False  # "korban selamat 17 orang, korban meninggal 4 orang"
    return begin <= end and bisect_left(row.number_starts, end) == bisect_left(row.number_starts, begin)


def is_past(row: LaidOut, number: Counted, k: int) -> bool:
    """Whether an act is told right after a number, or of another behind it: "carrying 12 people sank, two died"."""
    others = bisect_left(row.number_starts, row.acts[k].i) > bisect_left(row.number_starts, number.group.j)
    return others or befalls(row, number, k)


def harms(row: LaidOut, act: Act) -> bool:
    """Whether an act is one of harm to people, or to what they were in."""
    registers = row.found.page.vocabulary.registers
    covered = registers.kinds["casualty"].covers
    return any(registers.is_a(act.kind, kind) for kind in ("casualty", "missing", "hit", "damage", *covered))
