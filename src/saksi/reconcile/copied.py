"""Claims that copies of one text make: one statement, whoever carries it, and so one speaker.

A copy is the same text in two documents, or a long sentence that two desks do not write alike: word for word, or with
half of its runs of five words the same. A claim of a copy is of whoever spoke first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from saksi.reconcile.terms import Term
from saksi.together import Together

COPIED = 80  # characters of a sentence that two desks do not write alike
RUN = 5  # words
NEAR = 0.5  # of the runs of both that both have: a word changed in each fifteen or so
WORD = re.compile(r"\w+")


def copied(terms: Sequence[Term]) -> list[list[Term]]:
    """The groups of claims that copies of one text make, each in the order of `terms`."""
    pairs = [(a.id, b.id) for a, b in (*word_for_word(terms), *nearly(terms)) if are_two(a, b)]
    copies = {id for pair in pairs for id in pair}
    by = {t.id: t for t in terms if t.id in copies}
    together = Together(by)
    for a, b in pairs:
        together.tie(a, b)
    return [[by[id] for id in group] for group in together.groups()]


def are_two(a: Term, b: Term) -> bool:
    """Whether two claims are of two documents; lines of one release are no copies of each other."""
    return a.document != b.document and not one_release(a, b)


def one_release(a: Term, b: Term) -> bool:
    """Whether one release tells two claims."""
    return bool(a.release) and a.release == b.release


def what_of(t: Term) -> tuple[object, ...]:
    """What claims that are copies have in common."""
    return t.kind, t.low, t.high, t.target, t.spots, t.start, t.end


def word_for_word(terms: Iterable[Term]) -> list[tuple[Term, Term]]:
    """Neighbours among the claims of one text, or of one long sentence."""
    said: dict[tuple[object, ...], list[Term]] = {}
    for t in terms:
        text = None if len(t.sentence) >= COPIED else t.text_hash
        said.setdefault((text, t.sentence, t.target_text), []).append(t)
    groups: dict[tuple[object, ...], list[Term]] = {}
    for words, some in said.items():
        for t in some if len(some) > 1 else ():  # hardly any words are said twice
            groups.setdefault((*words, *what_of(t)), []).append(t)
    return [pair for group in groups.values() for pair in pairwise(group)]


def nearly(terms: Iterable[Term]) -> list[tuple[Term, Term]]:
    """Pairs of dated claims of nearly the same long sentence, each with the first; rows are alike by their form."""
    groups: dict[tuple[object, ...], dict[str, Term]] = {}
    for t in terms:
        if t.start is not None and not t.coded and len(t.sentence) >= COPIED:
            groups.setdefault((t.negated, t.stance, *what_of(t)), {}).setdefault(t.sentence, t)
    return [pair for group in groups.values() if len(group) > 1 for pair in alike(list(group.values()))]


def alike(group: Sequence[Term]) -> list[tuple[Term, Term]]:
    """The pairs among some claims whose sentences are nearly the same, looked up by their runs of words."""
    having: dict[str, list[int]] = {}
    runs: list[frozenset[str]] = []
    pairs = []
    for n, term in enumerate(group):
        own = runs_of(term.sentence)
        both = Counter(other for run in own for other in having.get(run, ()))
        like = (o for o, shared in sorted(both.items()) if shared >= NEAR * (len(own) + len(runs[o]) - shared))
        first = next(like, None)
        if first is not None:
            pairs.append((group[first], term))
        runs.append(own)
        for run in own:
            having.setdefault(run, []).append(n)
    return pairs


def runs_of(text: str) -> frozenset[str]:
    """The runs of words of a sentence or a whole text, in small letters."""
    words = WORD.findall(text.lower())
    return frozenset(" ".join(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1)))


def of_first_speaker(terms: list[Term]) -> list[Term]:
    """The terms, those of copies told by whoever told them first: forty outlets that carry one text are one speaker."""
    first: dict[str, Term] = {}
    for group in copied(terms):
        earliest = min(group, key=lambda t: t.said or date.max)
        first |= {t.id: earliest for t in group if t.outlet == earliest.outlet and t.speaker != earliest.speaker}
    return [spoken_by(t, first[t.id]) if t.id in first else t for t in terms] if first else terms


def spoken_by(term: Term, other: Term) -> Term:
    """A term with the speaker of another."""
    return msgspec.structs.replace(term, speaker=other.speaker, speaker_name=other.speaker_name)
