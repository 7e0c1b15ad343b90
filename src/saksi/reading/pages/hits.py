"""Every known form of a page, by the token that it begins at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from saksi.languages.forms import CAPITAL, UPPER, Form
from saksi.reading.vocabulary import Vocabulary

if TYPE_CHECKING:
    from saksi.reading.pages.page import Page

IDIOM = 12  # tokens that may stand inside a phrase of two parts: "sentenced ... to death"
FEW = 4  # tokens in the middle of a short one: "saved more than 40 lives"
INITIALS = 4  # letters of a name told by its initials
STOPS = frozenset((".", ";", "!", "?"))
TIMES = frozenset(("time_cue",))


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A known form at tokens [i, j), with everything it may mean."""

    i: int
    j: int
    forms: tuple[Form, ...]


def find_hits(page: Page, vocabulary: Vocabulary) -> dict[int, list[Hit]]:
    """All known forms by the token they begin at, longest first."""
    text, tokens, shouted = page.text, page.tokens, page.shouted
    first = {position: k for k, position in enumerate(accumulate([len(n) + 1 for n in tokens.norms], initial=0))}
    padded = " " + " ".join(tokens.norms) + " "
    hits: dict[int, list[Hit]] = {}
    idioms: list[Hit] = []
    for number, start, end in vocabulary.found_in(padded):
        i = first[start]
        j = first[end - 1]
        forms = vocabulary.meanings[number]
        if not vocabulary.any_case[number]:
            words = text[tokens.starts[i] : tokens.ends[j - 1]]
            forms = fitting(words, forms, shouted=shouted, small=page.small)
        if forms:
            hit = Hit(i, j, forms)
            hits.setdefault(i, []).append(hit)
            if vocabulary.idioms[number]:
                idioms.append(hit)
    leave_idioms(hits, idioms, tokens.norms)
    leave_initials(page, hits, vocabulary)
    for found in hits.values():
        if len(found) > 1:
            found.sort(key=lambda h: -h.j)
    return hits


def leave_idioms(hits: dict[int, list[Hit]], idioms: list[Hit], norms: list[str]) -> None:
    """Takes the happenings out of phrases that tell none: "death penalty", "sentenced four men to death"."""
    for hit in idioms:
        for idiom in (f for f in hit.forms if f.layer == "idiom"):
            short = "short" in idiom.data
            closed = list(closing(norms, hit.j, idiom.value.split(), short=short)) if idiom.value else []
            inside = [*range(hit.i, hit.j), *closed] if closed or not idiom.value else []
            for k in (k for k in inside if k in hits):
                hits[k] = [h for h in map(without_event, hits[k]) if h.forms]


def leave_initials(page: Page, hits: dict[int, list[Hit]], vocabulary: Vocabulary) -> None:
    """Takes countries and bodies out of the initials of persons: "berinisial AS (34)" is not the United States."""
    initials = vocabulary.data["saying"].get("initials")
    if not initials or page.shouted:
        return
    for i in [i for i, found in hits.items() if any(f.case == UPPER for h in found for f in h.forms)]:
        if is_initials(page, i, initials):
            kept = (replace(h, forms=tuple(f for f in h.forms if f.case != UPPER)) for h in hits.pop(i))
            if left := [h for h in kept if h.forms]:
                hits[i] = left


def is_initials(page: Page, i: int, initials: dict[str, list[str]]) -> bool:
    """Whether the words beside a short word of capitals say that it stands for a person's name."""
    norms = page.tokens.norms
    if len(norms[i]) > INITIALS:
        return False
    after = norms[i + 1 : i + 4]
    aged = len(after) == 3 and after[0] == "(" and after[1].isdecimal() and after[2] == ")"
    return aged or page.any_before(i, initials["before"]) or (bool(after) and after[0] in initials["after"])


def without_event(hit: Hit) -> Hit:
    """A form without what it means as a happening."""
    return replace(hit, forms=tuple(f for f in hit.forms if f.layer != "event"))


def closing(norms: list[str], begin: int, words: list[str], *, short: bool) -> Iterator[int]:
    """The tokens of the first such words soon after a token of the same sentence; `short`: at once, before a comma."""
    for k in range(begin, min(begin + (FEW if short else IDIOM), len(norms))):
        if norms[k : k + len(words)] == words:
            yield from range(k, k + len(words))
            return
        if norms[k] in STOPS or (short and norms[k] == ","):
            return


def fitting(words: str, forms: tuple[Form, ...], *, shouted: bool, small: bool) -> tuple[Form, ...]:
    """The meanings whose capitals agree with the words; in a text of capitals a small word stays one, or a month."""
    allowed = {"", CAPITAL} if small and len(words) > 3 else {""}
    plain = any(form.case == "" for form in forms)
    if any(map(str.isupper, words)) and not (shouted and plain):
        allowed.add(CAPITAL)
        if words.isupper():
            allowed.add(UPPER)
    dating = TIMES if shouted else ()  # "3 MAY": the forms of times say what must stand beside a month
    return tuple(f for f in forms if f.case in allowed or f.layer in dating)
