"""Where the words of a source stand: before a word of saying, after it, or further off at the head of the sentence.

`Hasan said`, `kata Hasan`, `Hasan, the head of the clinic, said`, `Hasan left for Beirut, saying ...`.
A run is a pair of item numbers [a, b).
"""

from __future__ import annotations

from saksi.reading.clauses.items import Item
from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Page
from saksi.reading.voices.nouns import nouns_of
from saksi.reading.voices.set_in import HELPERS, PREPOSITIONS, past_hearers, past_helpers, set_in_commas

SOURCE_KINDS = frozenset(("role", "actor", "name"))
SUBJECTS = SOURCE_KINDS | {"group", "back_reference"}
PASSED = frozenset(("adverb", "have", "determiner", "article", "of", "for", "all", "from"))
NOUN_ITEMS = frozenset(("word", "group", "place", "back_reference", "place_type", "name", "role", "actor"))
NOUN_PARTS = PASSED | {"and", "in", "on", "with", "all", "other"}
OPENS = frozenset(("article", "determiner"))
GO_ON = ("and", "while")  # between verbs of one subject: "denied it but said", "membantah namun mengatakan"
JOINED = frozenset(("of", "for", "in", "from", "and", "on", "with", "all", "other"))
DOUBLE = frozenset(('"', "“", "”"))
QUOTES = DOUBLE | {"'"}
LONGEST_SOURCE = 9  # items a source may run over: role, office, rank, name
Run = tuple[int, int]


def run_of(found: Found, items: list[Item], at: int, *, before: bool) -> Run | None:
    """The run of the source of a word of saying at item `at`; `before`: the source follows ("according to")."""
    if before:
        return source_run(found, items, at, "right") or noun_run(found, items, at, before=True)
    if (doer := doer_run(found.page, items, at)) is not None:
        return doer
    norm = found.page.norms[items[at].i]
    saying = found.page.vocabulary.data["saying"]
    closes_quote = at > 0 and items[at - 1].name in QUOTES and norm in saying.get("after_mark", ())
    if closes_quote or (norm in saying.get("inverted", ()) and not heads_title(found.page, items, at)):
        if at + 1 < len(items) and items[at + 1].kind == "mark":
            return None
        return source_run(found, items, at, "right") or noun_run(found, items, at, before=True)
    head_first = found.page.vocabulary.head_first
    after = None
    if norm not in saying.get("told_to", ()):
        after = source_run(found, items, at, "right") or lone_run(found.page, items, at)
    if not head_first and items[at - 1].name == "," and at and after is not None and stands_after(items, at, after):
        return after  # "..., two of them Filipinos, said the source"
    asked = before_asked(found, items, at)
    if asked and (run := source_run(found, items, asked, "left") or noun_run(found, items, asked, before=False)):
        return run
    beside = participle_run(found, items, at) or source_run(found, items, at, "left") or shared_run(found, items, at)
    if beside is not None:
        return named_before(found.page, items, at, beside) if asked is None else past_asked(items, asked, beside)
    phrase = noun_run(found, items, at, before=False)
    if head_first and phrase is not None and not heads_clause(items, phrase):
        phrase = None
    if phrase is not None or (after is not None and (head_first or stands_after(items, at, after))):
        return phrase or after
    apart = head_run(found.page, items, at)
    if apart is not None and apart_from_saying(items, at):
        return apart
    return after or noun_run(found, items, at, before=False)


def doer_run(page: Page, items: list[Item], k: int) -> Run | None:
    """The run after "by" of a passive: "was criticised by two lawmakers", "has been accused by the council of"."""
    passive = k > 0 and any(i.name == "be" and i.kind == "function" for i in items[max(0, k - 3) : k])
    if not passive or k + 2 >= len(items) or items[k + 1].name != "by":
        return None
    end = phrase_end(page, items, k + 2, len(items))
    acts = (n for n in range(k + 3, end) if items[n].name == "of" and n + 1 < len(items) and tells_act(items[n + 1]))
    return k + 2, next(acts, end)


def tells_act(item: Item) -> bool:
    """Whether an item is an act: what somebody is accused of."""
    return item.kind == "verb" or (item.group is not None and item.group.event is not None)


def before_asked(found: Found, items: list[Item], at: int) -> int | None:
    """The item that opens the clause of being asked before a word of saying: "Hasan, when reached by phone, said"."""
    asked = found.page.vocabulary.data["saying"].get("asked", ())
    near = range(at - 1, max(0, at - LONGEST_SOURCE), -1)
    k = next((k for k in near if found.page.norms[items[k].i] in asked and items[k - 1].name == "while"), None)
    return None if k is None else k - 1


def past_asked(items: list[Item], asked: int, run: Run) -> Run:
    """What is left of a source behind the clause of being asked at item `asked`: "When reached by AP, Hasan said"."""
    comma = next((k for k in range(asked, run[1] - 1) if items[k].name == ","), -1)
    return max(run[0], comma + 1), run[1]


def heads_title(page: Page, items: list[Item], at: int) -> bool:
    """Whether a word of saying is the bare verb of a title, whose source stands before it: "Polisi Ungkap Kasus"."""
    shortened = page.norms[items[at].i] in page.vocabulary.data["saying"].get("after_mark", ())
    return shortened and at > 0 and items[at - 1].kind != "mark" and page.block_at(items[at].i).kind == "headline"


def heads_clause(items: list[Item], run: Run) -> bool:
    """Whether a noun phrase opens its clause, so that it is who does what the verb behind it says."""
    before = items[run[0] - 1] if run[0] else None
    return before is None or before.kind in ("mark", "time") or before.name in ("and", "while", "that")


def lone_run(page: Page, items: list[Item], at: int) -> Run | None:
    """The run of one person behind a word of saying: "..., said the mayor", "..., said a police officer, Ana Lim".

    Where a verb follows, or others after a comma, they are told: "saying the mayor, two guards and a cook died".
    """
    behind = at > 0 and items[at - 1].kind == "mark" and not page.vocabulary.head_first
    group = items[at + 1].group if behind and at + 1 < len(items) else None
    number = group.number if group is not None else None
    if group is None or group.event is not None or not (number is None or number.kind == "article"):
        return None
    if not (holds_role(page, items[at + 1]) or page.vocabulary.registers.is_a(group.object_class or "", "person")):
        return None
    end = next((n for n in range(at + 2, len(items)) if items[n].kind in ("mark", "time")), len(items))
    if any(i.kind in ("verb", "light") or i.name in HELPERS for i in items[at + 2 : end]):
        return None
    if end + 1 >= len(items) or items[end].name != "," or items[end + 1].kind == "time":
        return at + 1, end
    return (at + 1, end + 2) if items[end + 1].kind == "name" else None


def stands_after(items: list[Item], at: int, run: Run) -> bool:
    """Whether a source stands right after its word of saying and ends there: '"...", said Hasan.'"""
    first = items[at + 1]
    return closes(items, run[1]) and (first.kind != "function" or first.name in ("determiner", "article", "all"))


def closes(items: list[Item], k: int) -> bool:
    """Whether a sentence pauses at an item, so that the name before it stands after its word of saying."""
    return k >= len(items) or items[k].kind in ("mark", "time")


def source_run(found: Found, items: list[Item], at: int, side: str) -> Run | None:
    """The run of the source right beside a word of saying, or None."""
    step = -1 if side == "left" else 1
    hearers = found.page.vocabulary.data["saying"].get("never_subjects", ())
    k, kinds, last = past_helpers(found, items, at) if step < 0 else at + 1, 0, at
    if step < 0 and k >= 0 and items[k].name == "relative":
        return (antecedent_of(items, k), at)  # "an architect who said"
    k = past_hearers(found.page, items, k) if step < 0 else k
    if step < 0 and (clause := set_in_commas(found.page, items, k)) is not None:
        return source_run(found, items, clause, "left") or noun_run(found, items, clause, before=False)
    end = k + 1
    while 0 <= k < len(items) and abs(k - at) <= LONGEST_SOURCE:
        item = items[k]
        back = item.name in PRONOUNS or item.kind == "back_reference"
        if back and step < 0 and found.page.norms[item.i] in hearers:
            break  # "who treated them, told": nobody says it who is told of
        if step > 0 and kinds and opens_clause(items, k):
            break
        if item.kind in SOURCE_KINDS or back:
            kinds, last = kinds + 1, k
            if back:
                last = speaker_for(found, items, k) if side == "left" else k
                break
        elif item.kind == "group" and item.group is not None and person_group(item):
            kinds, last = kinds + 1, k
        elif not may_stand_in_source(item, kinds) or (side == "left" and item.kind == "time" and kinds):
            break
        k += step
    if not kinds:
        return None
    return (last, end) if side == "left" else (at + 1, last + 1)


def opens_clause(items: list[Item], k: int) -> bool:
    """Whether who stands behind a comma does what is told, and says nothing: "according to the UN, medics treat 40"."""
    behind = items[k + 1] if k + 1 < len(items) else None
    if behind is None or items[k - 1].name != ",":
        return False
    return behind.kind in ("verb", "light") or (behind.kind == "function" and behind.name in HELPERS)


def speaker_for(found: Found, items: list[Item], k: int) -> int:
    """The item of who speaks for the body that item k goes back to: "a spokesman for the group"; else item k."""
    at = k - 1 if found.page.vocabulary.head_first else k - 2
    joined = found.page.vocabulary.head_first or items[k - 1].name in ("for", "of")
    speaks = at >= 0 and joined and holds_role(found.page, items[at])
    return at if speaks and items[k].kind == "back_reference" else k


def holds_role(page: Page, item: Item) -> bool:
    """Whether an item is the word of a role: "spokesman", "a commander"."""
    return item.kind == "role" or (item.kind == "group" and page.form(item.j - 1, "roles") is not None)


def antecedent_of(items: list[Item], k: int) -> int:
    """The item that "who" goes back to: the nearest noun before it."""
    n = k - 1
    while n > 0 and (items[n].name == "," or items[n].kind in ("word", "place")):
        n -= 1
    return max(n, 0)


PRONOUNS = frozenset(("pronoun", "one_person", "many_persons"))


def noun_run(found: Found, items: list[Item], at: int, *, before: bool) -> Run | None:
    """Any noun phrase beside a word of saying, where nothing in it is known: "several cast members said"."""
    step, words = (1 if before else -1), 0
    k = begin = at if before else past_helpers(found, items, at) + 1
    while 0 <= k + step < len(items) and abs(k + step - begin) <= LONGEST_SOURCE:
        item = items[k + step]
        small = item.kind == "function" and item.name in NOUN_PARTS
        bracket = item.name in ("(", ")")
        if item.kind not in NOUN_ITEMS and not small and not bracket:
            break
        words += not small
        k += step
        if not before and item.name in OPENS and (k == 0 or items[k - 1].name not in JOINED):
            break
    a, b = (at + 1, k + 1) if before else (k, begin)
    if not before and items[a].name == "and":
        a += 1  # "A, B, and C have accused D": the last of them
    while not before and a < b - 1 and items[a].name == "adverb":
        a += 1  # "then someone asked"
    if not before and a > 0 and items[a - 1].kind == "verb" and any(counts_things(i) for i in items[a:b]):
        return None  # "destroyed three buildings and denied terrain": they are what was destroyed
    return (a, b) if words and is_phrase(found, items[a:b]) else None


def counts_things(item: Item) -> bool:
    """Whether an item is a counted group of things: three buildings."""
    return item.group is not None and item.group.number is not None and not person_group(item)


def is_phrase(found: Found, items: list[Item]) -> bool:
    """Whether items can be a noun phrase: an article in front, a noun we know, or a few plain words."""
    first = items[0]
    if first.kind == "function" and first.name in ("determiner", "article", "all", "other"):
        return True
    known = any(i.group is not None or i.kind in SOURCE_KINDS for i in items)
    vocabulary, norm = found.page.vocabulary, found.page.norms[first.i]
    heads = first.kind == "word" and vocabulary.head_first and nouns_of(vocabulary).says(norm)  # "pihak berwenang di X"
    return known or heads or (len(items) <= 4 and first.kind != "function")


def apart_from_saying(items: list[Item], at: int) -> bool:
    """Whether a word of saying goes back to the head of its sentence: after a comma, "and" or "but", no quote there."""
    n = at - 1
    while n >= 0 and items[n].kind == "function" and items[n].name in HELPERS:
        n -= 1
    if n < 0:
        return False
    comma = items[n].name == "," and (n == 0 or items[n - 1].name not in QUOTES)
    of_whom = items[n].name == "including" and items[n].j - items[n].i > 1  # "many of whom say", but not "with"
    return comma or of_whom or items[n].name in (*GO_ON, "relative")


def named_before(page: Page, items: list[Item], at: int, run: Run) -> Run:
    """The run of a source widened to the name at the head of its clause, where commas set in the rest.

    "Peter Lang, a spokesman for the ministry and one of the authors of the report, said".
    """
    head = head_run(page, items, at) if run[1] == at and items[at - 1].name == "," else None
    if head is None or head[0] >= run[0] or items[head[0]].kind != "name" or items[head[1]].name != ",":
        return run
    acts = any(i.kind in ("verb", "say") or i.name in QUOTES for i in items[head[1] : at])
    return run if acts else (head[0], run[1])


def participle_run(found: Found, items: list[Item], at: int) -> Run | None:
    """The head of the clause that a participle behind a comma goes back to: "denied a request from Lim, saying"."""
    behind = at > 1 and items[at - 1].name == "," and items[at - 2].name not in QUOTES
    participle = behind and found.page.ends_so(items[at].i, "participle_endings")
    return head_run(found.page, items, at) if participle else None


def shared_run(found: Found, items: list[Item], at: int) -> Run | None:
    """The source that a word of saying shares with the verb before: "crossed the border and warned", "but said"."""
    k = past_helpers(found, items, at)
    if k <= 0 or items[k].name not in GO_ON:
        return None
    return head_run(found.page, items, at, speaks_first(items, k))


def speaks_first(items: list[Item], at: int) -> int:
    """Where the clause begins whose subject has spoken before item `at`: "rebels claim, but the army denied it and"."""
    for k in range(at - 1, 0, -1):
        opens = k + 1 + (items[k + 1].name in OPENS)
        if items[k].name == "while" and (items[opens].kind in SUBJECTS or items[opens].name in PRONOUNS):
            return k + 1 if any(i.kind == "say" for i in items[opens + 1 : at]) else 0
    return 0


def head_run(page: Page, items: list[Item], at: int, begin: int = 0) -> Run | None:
    """The run of the first noun phrase of the clause, from an item on, that a word of saying may go back to."""
    quoted = quoted_items(items, at)
    begin = max((k + 1 for k in range(begin, at) if items[k].name in (";", "'")), default=begin)
    for k in range(begin, at):
        item = items[k]
        if k in quoted:
            continue
        before = items[k - 1] if k > begin else None
        placed = before is not None and before.kind == "function" and before.name in PREPOSITIONS
        placed = placed or (before is not None and before.kind == "verb" and before.name == "active")
        number = item.group.number if item.group is not None else None
        counted = item.group is not None and (number is not None or item.group.event is not None)
        counted = counted and not (number is not None and number.kind == "article" and holds_role(page, item))
        noun = item.kind in (*SOURCE_KINDS, "group", "back_reference") or item.name in PRONOUNS
        noun = noun and not counted
        if noun and not placed:
            return k, phrase_end(page, items, k, at)
    return None


def quoted_items(items: list[Item], at: int) -> frozenset[int]:
    """The items before a word of saying that stand between quotation marks, where nobody speaks it."""
    marks = [k for k in range(at) if items[k].name in DOUBLE]
    pairs = zip(marks[::2], [*marks[1::2], at], strict=False)
    return frozenset(k for a, b in pairs for k in range(a, b + 1))


def phrase_end(page: Page, items: list[Item], k: int, at: int) -> int:
    """Where a noun phrase ends that begins at item k."""
    if items[k].name in PRONOUNS:
        return k + 1
    n = k + 1
    while n < at and (items[n].kind in NOUN_ITEMS or (items[n].kind == "function" and items[n].name in ("of", "for"))):
        if items[n].kind == "word" and (items[n - 1].kind in ("name", "actor") or page.is_acting(items[n].i)):
            break  # "the envoy urged"
        n += 1
    return n


def person_group(item: Item) -> bool:
    """Whether a group can be a source: "officials", "dua saksi"."""
    return (
        item.group is not None
        and item.group.object_class in ("police", "leader", "medic", "worker", "journalist")
        and item.group.number is None
    )


def may_stand_in_source(item: Item, kinds: int) -> bool:
    """Whether an item may stand between the parts of a source."""
    if item.kind == "time":
        return True
    if item.kind == "function":
        return item.name in PASSED
    if item.kind == "mark":
        return item.name in (",", "(", ")", "/", ".")
    return item.kind in ("place", "word", "place_type") and kinds > 0
