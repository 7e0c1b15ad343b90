"""Two voices of one document that give figures of one happening: "the army said 12 rebels, the rebels only three".

News tells most contradictions so, within one page. It also lets its voices speak of many happenings, and of parts of
one; so two figures of one page are one happening's only where its words say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from saksi.languages.files import known_languages, language_file
from saksi.reconcile.copied import one_release
from saksi.reconcile.evidence import Forms
from saksi.reconcile.reasons import FAR_NUMBER
from saksi.reconcile.terms import Term

REFERRED = "one text, which refers back to it"
COUNTERED = "one text, which sets one figure against the other"
SEVERAL = 2  # the least that a figure counts which another can gainsay; "a second died in hospital" is one of several


def two_voices(a: Term, b: Term) -> bool:
    """Whether two voices that one document names tell two claims; the outlet's own words sum up what both say."""
    named = not (a.outlet or b.outlet) and a.speaker != b.speaker
    return named and a.document == b.document and not one_release(a, b)


def tied_by_words(a: Term, b: Term) -> Iterator[str]:
    """In words, how one document ties the claims of two of its voices to one happening."""
    if a.document == b.document:
        told = words_found(a.sentence) | words_found(b.sentence)
        yield from (words for words in (REFERRED, COUNTERED) if words in told)


def can_gainsay(a: Term, b: Term, reasons: Sequence[str]) -> bool:
    """Whether one figure of a document can gainsay another: numbers far apart are of a part, unless set against it."""
    several = min(a.least, b.least) >= SEVERAL or (a.low, a.high) == (b.low, b.high)
    return several and (FAR_NUMBER not in reasons or COUNTERED in reasons)


@lru_cache(maxsize=20_000)
def words_found(sentence: str) -> frozenset[str]:
    """Of REFERRED and COUNTERED those whose words a sentence has: "in the raid", "penembakan itu"; "only", "hanya"."""
    return telling_forms().found(sentence)


@cache
def telling_forms() -> Forms:
    """The words of all languages for a happening told before, and for a figure set against another."""
    kinds = (("constructions", "definite_event", REFERRED), ("saying", "countering", COUNTERED))
    return Forms(
        (str(form), means)
        for part, key, means in kinds
        for code in known_languages()
        for form in language_file(code, part).get(key, ())
    )
