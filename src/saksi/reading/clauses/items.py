"""A sentence as a row of items: groups, verbs, words of saying, places, times, actors, small words.

The constructions read this row, not the words; the order in which the kinds of item are tried is
the one decision made here.
"""

from __future__ import annotations

import msgspec

from saksi.languages.forms import Form
from saksi.reading.clauses.groups import Group, group_at
from saksi.reading.clauses.saying_words import lacks_outlet, says_nothing
from saksi.reading.mentions.actors import ActorMention, group_without_name
from saksi.reading.mentions.belief import PlaceMention
from saksi.reading.mentions.found import Found
from saksi.reading.mentions.times import Time
from saksi.reading.pages.page import NOUN_VOICES, Page, Sentence

FUNCTIONS = (
    "negation", "unknown_yet", "and", "or", "while", "after", "before", "relative", "that", "including", "in",
    "near", "from", "to", "on", "against", "of", "by", "with", "for", "be", "have", "future",
    "continue", "manage", "result", "adverb", "purpose", "pronoun", "nobody",
    "demand", "duty", "one_person", "many_persons", "other", "article", "determiner", "all",
)  # fmt: skip


RANK = {role: n for n, role in enumerate(FUNCTIONS)}.__getitem__  # of two parts the one listed first
NOUN_FOLLOWS = frozenset(("in", "of", "on", "from", "by", "with", "for", "against", "near", "article", "determiner"))
SAYING = ("stance_noun", "carriers", "say")
SMALL = ("reach", "definite", "scope", "back_reference", "place_type", "since")
# the layers that a token must have one of for a sort of item, since most tokens have none
WIDER = frozenset(("reach", "back_reference", "definite", "scope"))
SAYINGS, VERBAL = frozenset(SAYING), frozenset(("event", "light"))
MOST_QUALIFYING = 4  # tokens before a noun of a list
NUMBER_OF = 7  # tokens behind a word of saying within which its number stands: "documented the deaths of at least 13"
NO_NAME = frozenset(("place_type", "light", "reach", "scope", "definite", "bound_before"))
ENDS_NAME = NO_NAME | {"actor", "roles", "say", "event"}


class Item(msgspec.Struct, frozen=True, gc=False):
    """One item at tokens [i, j). `name` is the part a small word plays or the mark itself."""

    kind: str
    i: int
    j: int
    name: str = ""
    form: Form | None = None
    group: Group | None = None
    actor: ActorMention | None = None
    place: PlaceMention | None = None
    time: Time | None = None


def items_of(found: Found, sentence: Sentence) -> list[Item]:
    """The items of a sentence in order; together they cover all its tokens."""
    items: list[Item] = []
    i = sentence.i
    while i < sentence.j:
        item = item_at(found, i, sentence, items)
        if item.group is not None and is_means(found.page, items, item.group):
            item.group.means_of = found.page.vocabulary.armed
        items.append(item)
        i = item.j
    return items


def is_means(page: Page, before: list[Item], group: Group) -> bool:
    """Whether a group is what something was done with: "with mortars and two rockets", "terkena panah"."""
    if group.object_class not in page.vocabulary.arms or not before:
        return False
    struck_by = before[-1].kind == "verb" and before[-1].name == "passive" and group.number is None
    if page.function(before[-1].i, "with") is not None or (struck_by and page.vocabulary.head_first):
        return True
    joined = before[-1].name in ("and", ",", "or") and len(before) > 1 and before[-2].group is not None
    return joined and bool(before[-2].group and before[-2].group.means_of)


def item_at(found: Found, i: int, sentence: Sentence, before: list[Item]) -> Item:
    """The item that begins at token i."""
    page, end = found.page, sentence.j
    if time := found.times.get(i):
        return Item("time", i, min(time.j, end), time=time)
    if not page.norms[i][0].isalnum():
        return Item("mark", i, i + 1, page.norms[i])
    if before and before[-1].name == "," and (listed := listed_group(found, i, end, before)) is not None:
        return Item("group", listed.i, listed.j, group=listed)
    if not page.capitals[i] and i not in found.numbers and i not in found.places:
        if i not in page.hits:
            return Item("word", i, i + 1)
        if i in page.particles and i not in found.actors:
            return small_item(page, i)
    return (
        saying_item(found, i, end, page.blocks[sentence.block].kind == "headline")
        or verb_item(found, i, sentence, before)
        or thing_item(found, i, end, denied=bool(before) and before[-1].name == "negation")
        or name_item(found, i, sentence)
        or small_item(page, i)
    )


def saying_item(found: Found, i: int, end: int, headline: bool) -> Item | None:
    """A word of saying, a carrier phrase, or the noun of a fear."""
    page = found.page
    meant = page.meant.get(i)
    for layer in SAYING if meant is not None and not SAYINGS.isdisjoint(meant) else ():
        form = page.form(i, layer)
        if not form or form[0] > end:
            continue
        if layer == "say" and not (says_here(page, i, form[0], headline) and counts_after(found, i, form[0])):
            continue
        if lacks_outlet(found, i, form[0]) or (layer == "say" and says_nothing(found, i, form[0])):
            continue
        if event_reaches(page, i) > form[0]:
            continue  # "mengumumkan kemenangan" is a happening
        return Item(layer, i, form[0], form[1].value, form[1])
    return None


def counts_after(found: Found, i: int, j: int) -> bool:
    """Whether a number follows where only that makes a word one of saying: "recorded 13 deaths", no "successes".

    So does what was done to so many, and a clause: "documented the deaths of 13", "verified that shells killed 13".
    """
    page = found.page
    if page.norms[i] not in page.vocabulary.data["saying"].get("before_count", ()):
        return True
    of = (k for k in range(j + 3, j + NUMBER_OF) if page.function(k - 1, "of") is not None)
    return any(k in found.numbers for k in (*range(j, j + 3), *of)) or page.function(j, "that") is not None


def event_reaches(page: Page, i: int) -> int:
    """Where the longest event form at token i ends: "mengumumkan kemenangan" is no word of saying."""
    return max((h.j for h in page.hits.get(i, ()) for f in h.forms if f.layer == "event"), default=0)


def says_here(page: Page, i: int, j: int, headline: bool) -> bool:
    """Whether a word of saying is one here: the short ones of inverted quotes need a mark before."""
    short = page.vocabulary.data["saying"].get("after_mark", ())
    if page.norms[i] in short and not headline:
        before = page.norms[i - 1] if i else ""
        return before in (",", '"', "”", "“", "'")
    if i and page.function(i - 1, "be") and j < len(page.norms) and page.norms[j] == "to":
        return False  # "are believed to have been killed" has no source of its own
    before_noun = ("negation", "article") if page.vocabulary.head_first else ("negation", "article", "determiner")
    if i and page.function(i - 1, *before_noun):
        return False  # "no reported strikes"; but "rumah sakit itu melaporkan"
    if i and (denial := page.form(i - 1, "say")) and denial[1].value == "denies":
        return False  # "denied claims that", "membantah klaim"
    if longer := page.nouns.get(i):
        return longer[0] <= j
    return True


def verb_item(found: Found, i: int, sentence: Sentence, before: list[Item]) -> Item | None:
    """A verb of an event, or a helping verb; a believed place such as "Hit" is none."""
    page = found.page
    meant = page.meant.get(i)
    if meant is None or VERBAL.isdisjoint(meant):
        return None
    if i in found.places or named_here(page, i, sentence) or in_compound(page, i):
        return None
    headline = page.blocks[sentence.block].titled
    best: tuple[int, Form] | None = None
    for hit in page.hits.get(i, ()):
        for form in hit.forms:
            if form.layer != "event" or form.voice in NOUN_VOICES or form.voice == "adjective":
                continue
            if form.voice == "headline" and behind_doer(page, i):
                form = msgspec.structs.replace(form, voice="passive")
            elif form.voice == "headline" and not headline:
                continue
            if best is None or hit.j > best[0]:
                best = hit.j, form
    light = page.form(i, "light")
    if light and (best is None or light[0] > best[0]) and not page.nouns.get(i):
        name = "continue" if page.function(i, "continue") else "light"
        return Item("light", i, light[0], name, light[1])
    if best is None or best[0] > sentence.j or noun_instead(found, i, best, before) or noun_by_place(page, i, before):
        return None
    return Item("verb", i, best[0], best[1].voice, best[1])


def behind_doer(page: Page, i: int) -> bool:
    """Whether a bare verb behind a pronoun tells what those before it underwent: "empat perampok itu kami tangkap"."""
    return i > 0 and page.norms[i - 1] in page.vocabulary.data["constructions"].get("bare_doers", ())


def in_compound(page: Page, i: int) -> bool:
    """Whether a word ends or opens a compound of three: "a stop-and-search operation", "a hit-and-run driver"."""
    tied = page.hyphened
    return (i in tied and i - 1 in tied) or (i + 1 in tied and i + 2 in tied)


def noun_by_place(page: Page, i: int, before: list[Item]) -> bool:
    """Whether a word behind an article or preposition is no verb, where heads stand last: "charged with murder"."""
    last = before[-1] if before else None
    if page.vocabulary.head_first or last is None or last.kind != "function":
        return False
    named = last.name in ("article", "determiner")  # "behind the shooting"
    return last.name in NOUN_FOLLOWS and (named or not page.ends_so(i, "verb_endings"))


def named_here(page: Page, i: int, sentence: Sentence) -> bool:
    """Whether a capital inside a sentence makes a word a name, not a verb."""
    if i == sentence.i or not page.capitals[i] or page.blocks[sentence.block].titled:
        return False
    words = page.text[sentence.start : sentence.end]
    before = page.norms[i - 1]
    return not words.isupper() and before not in ('"', "“", ":", "-", "•")


def noun_instead(found: Found, i: int, verb: tuple[int, Form], before: list[Item]) -> bool:
    """Whether a word that is also a noun is the noun here."""
    page = found.page
    noun = page.nouns.get(i)
    actor = found.actors.get(i)
    if actor and actor.j > verb[0]:
        return True
    if noun is None or noun[0] < verb[0]:
        return verb[1].voice == "active" and counted_alone(page, i, before)
    if noun[0] > verb[0] or before_happening(page, i, verb):
        return True
    if verb[1].voice in ("headline", "theme"):
        return verb[1].voice == "headline" or noun[1].layer == "object"
    last = before[-1] if before else None
    if does_to_one(page, i, verb[0], last):
        return False
    if (
        last is None
        or last.kind in ("light",)
        or last.name in ("in", "of", "on", "from", "by", "with", "for", "after", "before", "against")
    ):
        return True
    return not opens_group(found, verb[0])


def before_happening(page: Page, i: int, verb: tuple[int, Form]) -> bool:
    """Whether a word without an ending says of what sort a happening behind it is: "to fly strike missions"."""
    if page.vocabulary.head_first or verb[1].voice != "active" or page.ends_so(i, "verb_endings"):
        return False
    noun = page.nouns.get(verb[0])
    return noun is not None and noun[1].layer == "event" and not page.norms[i].endswith("s")


def counted_alone(page: Page, i: int, before: list[Item]) -> bool:
    """Whether a number right before a word without an ending makes it part of a noun: "200 wound dressings"."""
    group = before[-1].group if before and not page.vocabulary.head_first else None
    bare = group is not None and group.number is not None and group.unit_i < 0 and group.j == i
    return bare and not page.ends_so(i, "verb_endings") and not page.norms[i].endswith("s")


def does_to_one(page: Page, i: int, j: int, last: Item | None) -> bool:
    """Whether a word that is also a noun tells what was done to one: "and killing Salim Omar", "before killing her"."""
    if last is None or not page.ends_so(i, "verb_endings"):
        return False
    if last.name in ("before", "after"):
        return page.function(j, "one_person", "many_persons") is not None
    named = j < len(page.norms) and page.capitals[j] and not page.shouted and not page.block_at(i).titled
    known = page.function(j, *FUNCTIONS) is not None or page.form(j, "demonym", "actor", "country") is not None
    return named and last.name in (",", "and") and not known


def opens_group(found: Found, k: int) -> bool:
    """Whether token k opens a noun group, so that what stands before it is its verb."""
    page = found.page
    if k >= len(page.norms):
        return False
    opens = page.function(k, "article", "determiner", "all", "one_person", "many_persons") is not None
    return opens or k in found.numbers or k in found.actors or page.nouns.get(k) is not None


def thing_item(found: Found, i: int, end: int, *, denied: bool = False) -> Item | None:
    """A place, an actor, or a noun group; behind a "no" people are a group: "no soldiers were hurt"."""
    page = found.page
    place, actor = found.places.get(i), found.actors.get(i)
    group = group_at(found, i, end)
    passing = group_without_name(page, i, end) if i in page.layered["group"] else None
    if actor is not None:
        grouped = (
            group is not None and group.j > actor.j and group.unit_i >= actor.i and (group.object_class or group.event)
        )
        if not grouped and (group is None or group.number is None):
            return Item("actor", actor.i, actor.j, actor=actor)
    if place is not None and (group is None or group.number is None):
        return Item("place", place.i, place.j, place=place)
    if group is not None and (group.number or passing is None or group.j > passing.j):
        return Item("group", group.i, group.j, group=group)
    if passing is not None and i not in found.numbers:
        if denied and group is not None and group.object_class is not None:
            return Item("group", group.i, group.j, group=group)
        return Item("actor", passing.i, passing.j, actor=passing, group=group)
    return None


def listed_group(found: Found, i: int, end: int, before: list[Item]) -> Group | None:
    """A bare noun of a list behind words that no list has: "union leaders" in "judges, union leaders and farmers"."""
    page, k = found.page, i
    if page.vocabulary.head_first or len(before) < 2 or before[-2].group is None:
        return None
    while k < end and k < i + MOST_QUALIFYING and (page.norms[k] == "-" or qualifies(found, k)):
        k += 1
    noun = page.nouns.get(k) if i < k < end else None
    if noun is None or noun[0] > end or noun[1].layer != "object" or not noun[1].plural:
        return None
    group = Group(i, noun[0])
    group.take_object(k, *noun)
    return group


def qualifies(found: Found, k: int) -> bool:
    """Whether an unknown word may stand before a noun of a list, since it looks like no verb and no name of a place."""
    page = found.page
    unknown = k not in page.hits and k not in found.places and k not in found.actors and page.norms[k].isalpha()
    return (
        unknown
        and (page.shouted or not page.capitals[k])
        and not (page.is_acting(k) or page.ends_so(k, "verb_endings"))
    )


def name_item(found: Found, i: int, sentence: Sentence) -> Item | None:
    """A role, or a run of capitalised words that may be a person's name."""
    page, end = found.page, sentence.j
    role = page.form(i, "roles")
    if role and role[0] <= end:
        return Item("role", i, role[0], role[1].value, role[1])
    if not page.capitals[i] or i in page.functions or page.means(i, NO_NAME):
        return None
    if page.shouted and i and page.function(i - 1, "be", "all", "adverb") is not None:
        return None  # "THE PICTURE IS STILL UNCLEAR": where all are capitals, these are no names
    if page.form(i, "demonym") and page.form(i + 1, "roles"):
        return None  # "Algerian Prime Minister Sellal": the nation is no part of the name
    j, titled = i + 1, page.shouted or page.blocks[sentence.block].titled
    while j < end and page.gap(j).strip(" -.") == "":
        if is_initial(page, j - 1) and page.norms[j] == ".":
            j += 1
            continue
        if not (page.norms[j][0].isalpha() and page.capitals[j]):
            break
        known = page.means(j, ENDS_NAME) or (titled and j in page.nouns)
        if j in found.places or j in found.times or known or j in page.functions:
            break
        j += 1
    if j == i + 1 and (page.shouted or (i == sentence.i and page.hits.get(i))):
        return None
    return Item("name", i, j)


def is_initial(page: Page, i: int) -> bool:
    """Whether a token is the first letter of a name: the R of "R. Mendis"."""
    return len(page.norms[i]) == 1 and page.capitals[i] and i + 2 < len(page.norms) and page.capitals[i + 2]


def small_item(page: Page, i: int) -> Item:
    """A small word by the part it plays, or any other word."""
    parts = page.functions.get(i)
    if parts is not None:
        longest = max(parts.values())
        role = min((r for r, end in parts.items() if end == longest), key=RANK)
        if not page.means(i, WIDER):
            return Item("function", i, longest, role)
        if (found := page.form(i, "reach", "back_reference", "definite")) and found[0] > longest:
            return Item(found[1].layer, i, found[0], found[1].value, found[1])
        if (scope := page.form(i, "scope")) and scope[0] > longest and page.verbs.isdisjoint(range(i, scope[0])):
            return Item("scope", i, scope[0], scope[1].value, scope[1])  # "to date", but not "has killed"
        return Item("function", i, longest, role)
    meant = page.meant.get(i, {})
    layer = next((layer for layer in SMALL if layer in meant), None)
    if layer is None:
        return Item("word", i, i + 1)
    j, form = meant[layer]
    return Item(layer, i, j, layer if layer == "reach" else form.value, form)


def head_before(items: list[Item], at: int) -> Group | None:
    """The noun before an item; of several side by side the first: "kapal nelayan dengan sebelas awak"."""
    k = next((n for n in range(at - 1, -1, -1) if items[n].group is not None), None)
    head = items[k].group if k is not None else None
    while k and head is not None and head.number is None and (before := items[k - 1].group) is not None:
        k, head = k - 1, before
    return head
