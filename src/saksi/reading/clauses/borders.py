"""Where the clause of a verb begins and ends among the items of a sentence, and what has a verb of its own."""

from __future__ import annotations

from saksi.reading.clauses.items import Item

PASSING = 10  # items between the word that opens a clause and what stands in it
CLAUSE_ENDS = frozenset(("that", "relative", "while", "after", "before", "purpose", "result"))


PREPOSITIONS = frozenset(("in", "near", "from", "to", "on", "against", "of", "by", "with", "for"))
OPENS_OBJECT = frozenset(("nobody", "article", "determiner", "all", "pronoun", "one_person", "many_persons"))
OBJECTS = frozenset(("group", "actor", "name", "role"))  # what a verb may be done to


def previous(items: list[Item], at: int, skipped: tuple[str, ...]) -> Item | None:
    """The item before, small words of these parts and times passed over."""
    for item in reversed(items[:at]):
        if item.kind == "time" or (item.kind == "function" and item.name in skipped):
            continue
        return item
    return None


def following(items: list[Item], at: int, skipped: tuple[str, ...]) -> Item | None:
    """The item after, small words of these parts passed over."""
    for item in items[at + 1 :]:
        if item.kind == "time" or (item.kind == "function" and item.name in skipped):
            continue
        return item
    return None


def has_object(items: list[Item], at: int) -> bool:
    """Whether what a verb is done to follows it: "killed Pastor Perez", "shot dead a guard", "found another two"."""
    after = following(items, at, ("adverb", "other"))
    if after is not None and at + 2 < len(items) and after is items[at + 1]:
        if after.kind == "word" or after.name == "negation":
            after = items[at + 2]  # "detained suspected insurgents", "killed no soldiers"
        if after.name == "of" and at + 3 < len(items):
            after = items[at + 3]  # "hurt none of the guards"
        if at + 3 < len(items) and items[at + 3].name == "of" and items[at + 1].kind == "word":
            return True  # "officers seized 320 kilograms of cocaine"
    return after is not None and (after.kind in OBJECTS or after.name in OPENS_OBJECT)


def told_of_by(items: list[Item], at: int) -> int | None:
    """The group whose relative clause a verb opens: "a commander" of "a commander who was killed"."""
    for k in range(at - 1, 0, -1):
        item = items[k]
        if item.kind == "function" and item.name == "relative":
            k -= 2 if items[k - 1].name == "," else 1
            return k if k >= 0 and (items[k].group is not None or items[k].kind == "name") else None
        if item.kind != "function" or item.name not in ("be", "have", "adverb"):
            return None
    return None


def ends_clause(item: Item) -> bool:
    """Whether a verb's reach ends at this item."""
    if item.kind in ("verb", "say", "carriers", "light", "stance_noun"):
        return True
    if item.kind == "mark":
        return item.name in (";", ":", ".", "?", "!", "-")
    return item.kind == "function" and item.name in CLAUSE_ENDS


def clause_start(items: list[Item], at: int) -> int:
    """The first item of the clause that a verb closes; a relative just before it is no border."""
    k = at - 1
    while k >= 0:
        item = items[k]
        beside = item.kind == "function" and item.name in ("relative", "result") and at - k <= 2
        if item.kind == "say" and k == at - 1 and k and items[k - 1].name == "be":
            k -= 1
            continue  # "was reported missing"
        if ends_clause(item) and not beside:
            own = items[at - 1].name == "relative" or told_of_by(items, at) is not None
            counted = any(is_free(items, k + 1, n, own=own) for n in range(k + 1, at))
            relative = None if counted else before_relative(items, k)
            if relative is None:
                return k + 1
            k = relative
        k -= 1
    return 0


def is_free(items: list[Item], begin: int, n: int, *, own: bool) -> bool:
    """Whether an item may be a subject: a name that opens the clause, a noun behind no preposition.

    Behind one too where the verb has a "who" of its own: "the region that was ruined".
    """
    group = items[n].group
    if group is None or group.event:
        return n == begin and items[n].kind == "name"  # "the square where Omar Saleh was shot"
    return own or not in_phrase(items, begin - 1, n)


def before_relative(items: list[Item], k: int) -> int | None:
    """The "who" of a relative clause that ends with the verb at an item: its noun goes on behind it.

    "A contractor who worked for the army and had been threatened was killed": the verb of the relative
    clause is no border for "was killed".
    """
    for n in range(k if items[k].name == "relative" else k - 1, max(-1, k - 8), -1):
        item = items[n]
        if item.kind == "function" and item.name == "relative":
            before = [i for i in items[max(0, n - 2) : n] if i.name != ","]
            return n if before and before[-1].kind in ("group", "name", "role") else None
        if ends_clause(item):
            return None
    return None


def in_phrase(items: list[Item], begin: int, k: int) -> bool:
    """Whether a group stands behind a preposition: "di depan gereja"; in "in Kabul, 12 people died" the 12 do not."""
    group, n = items[k].group, k - 1
    if group is not None and group.number is not None and n > begin and items[n].name == "," and items[n - 1].place:
        return False
    while n > begin and (
        opens_name(items, n) or (items[n].kind == "word" and k - n < 3) or lists_places(items, begin, n)
    ):
        n -= 1
    if n > begin and items[n].name == "of" and items[n - 1].name == "negation":
        return False  # "none of the hostages"
    return n >= begin and items[n].kind == "function" and items[n].name in PREPOSITIONS - {"with"}


def opens_name(items: list[Item], n: int) -> bool:
    """Whether an item is the article of a name: "for the Red Crescent"."""
    return items[n].name in ("article", "determiner") and items[n + 1].kind == "name"


def lists_places(items: list[Item], begin: int, n: int) -> bool:
    """Whether an item is a place, or joins two, before a name: "in shelling of Nikopol, Marhanets and Pokrovsk"."""
    if items[n].kind == "place":
        return True
    return items[n].name in (",", "and") and n > begin and items[n - 1].kind in ("place", "name")


def has_own_verb(items: list[Item], k: int) -> bool:
    """Whether a group is the subject of a verb of its own: "hit a house, two people died"."""
    if says_on(items, k + 1):
        return True  # "attacked a camp, a guard said"
    n = k + 1
    while n < len(items) and (group := items[n].group) is not None and group.number is None:
        n += 1  # "menabrak mobil, 11 penumpang mobil tewas"
    helped = n
    while helped < len(items) and items[helped].name in ("be", "have", "adverb"):
        helped += 1  # "a guard was killed and his wife was badly hurt"
    after = items[helped] if helped < len(items) else None
    told = ("theme", "passive", "either") if helped > n else ("theme", "passive")
    return after is not None and after.kind == "verb" and after.name in told


def begins_clause(items: list[Item], k: int) -> bool:
    """Whether a bare group behind "and" is of the next clause: "he was killed in the blast and his wife was hurt"."""
    group = items[k].group
    return group is not None and group.number is None and items[k - 1].name == "and" and has_own_verb(items, k)


def says_on(items: list[Item], k: int) -> bool:
    """Whether those named before an item say what was told: "medics and a local rights group said"."""
    while k < len(items) and (items[k].kind in ("group", "name", "role", "word", "actor") or opens_noun(items[k])):
        k += 1
    return k < len(items) and items[k].kind == "say"


def opens_noun(item: Item) -> bool:
    """Whether a small word may stand inside a list of nouns."""
    return item.kind == "function" and item.name in ("and", "article", "determiner", "of", "other")


def taken_before(items: list[Item], k: int, at: int) -> bool:
    """Whether a bare noun is what a verb before it was done to: "evacuating other workers, then was arrested"."""
    n = k - 1 - (items[k - 1].name in ("other", "determiner", "all"))
    group, verb = items[k].group, items[n] if n >= 0 else None
    active = verb is not None and verb.kind == "verb" and verb.name == "active"
    then = any(i.name in (",", "and") for i in items[k + 1 : at])
    return active and then and group is not None and group.number is None


def told_in_passing(items: list[Item], k: int) -> range:
    """The items of the clause around one that a comma and "who" open: "the rebels, who took up arms in 1987, ..."."""
    opens = next((n for n in range(k - 1, max(0, k - PASSING), -1) if breaks(items[n])), 0)
    if not opens or items[opens].name != "relative" or items[opens - 1].name != ",":
        return range(0)
    return range(opens, next((n for n in range(k, len(items)) if items[n].kind == "mark"), len(items)))


def breaks(item: Item) -> bool:
    """Whether an item is a mark or opens a clause with "who"."""
    return item.kind == "mark" or item.name == "relative"
