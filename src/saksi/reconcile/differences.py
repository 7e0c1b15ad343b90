"""Contradictions that no sum shows: a denial, another verb for the same things, another doer, place or hour.

They are told only of claims that are surely of one thing: judged or found to be one happening, one
statement carried twice, or a denial of what another says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saksi.reconcile.contradictions import Contradiction
from saksi.reconcile.dimensions import may_be, may_be_one, overlap
from saksi.reconcile.evidence import tells
from saksi.reconcile.links import Link, reworded
from saksi.reconcile.reasons import (
    OTHER_CLASS,
    SAME_DAY,
    SAME_NUMBER,
    SAME_PLACE,
    class_reason,
    day_reason,
    number_reason,
    place_reason,
    related,
)
from saksi.reconcile.terms import SILENT, Term, relations
from saksi.registers.load import Registers

CLOSE = frozenset((SAME_PLACE, "the same district", "the same province", "one place may hold the other"))
HOUR = 60  # minutes by which two clocks may differ before it is told


def differences(terms: Sequence[Term], links: Sequence[Link], registers: Registers) -> list[Contradiction]:
    """All contradictions between pairs of claims that no sum shows."""
    by = {t.id: t for t in terms}
    found = list(denials(terms, registers))
    found += [pair("verb", a, b, f"told as {a.kind} and as {b.kind}") for a, b in reworded(terms)]
    for link in links:
        if link.verdict == "same" and link.a in by and link.b in by:
            found += of_one(by[link.a], by[link.b], registers)
    return found


def pair(type: str, a: Term, b: Term, says: str) -> Contradiction:
    """A contradiction of two claims."""
    within = "document" if a.document == b.document else "speaker" if a.speaker == b.speaker else "speakers"
    ids = tuple(sorted((a.id, b.id)))
    return Contradiction(type, within, ids, ids, None, says)


def denials(terms: Sequence[Term], registers: Registers) -> Iterator[Contradiction]:
    """A denial and the claims it denies: those it is tied to, else those of the same kind, day and place."""
    by = {t.id: t for t in terms}
    told = [t for t in terms if t.stance not in SILENT and not t.negated]
    for denial in (t for t in terms if t.stance == "denies"):
        tied = [by[o] for o in relations(denial, "denies") if o in by]
        for other in tied or [t for t in told if denied(denial, t, registers)]:
            yield pair("occurrence", denial, other, f"{denial.speaker_name} denies what {other.speaker_name} says")


def denied(denial: Term, told: Term, registers: Registers) -> bool:
    """Whether a denial speaks of what a claim says: kind, day, place, class and, where given, the number.

    One that gives no number must tell of the same happening besides.
    """
    if denial.speaker == told.speaker or denial.release or not related(denial, told, registers):
        return False
    days, place = day_reason(denial, told), place_reason(denial.spots, told.spots)
    known = bool(denial.spots) and bool(told.spots) and place in CLOSE
    doer = not denial.actors or not told.actors or may_be(registers, denial.actors, told.actors)
    number = not denial.counted or number_reason(denial, told) in ("", SAME_NUMBER, "numbers that can agree")
    kind = class_reason(denial, told, registers) != OTHER_CLASS
    same = denial.coded or denial.counted or bool(tells(denial, registers) & tells(told, registers))
    return days in (SAME_DAY, "days that overlap") and known and doer and number and kind and same


def of_one(a: Term, b: Term, registers: Registers) -> Iterator[Contradiction]:
    """How two claims of one happening differ, besides their numbers."""
    if class_reason(a, b, registers) == OTHER_CLASS:
        yield pair("victim class", a, b, f"{shown(a)} and {shown(b)}")
    named = a.actors and b.actors and all(x in registers.actors for x in (*a.actors, *b.actors))
    if named and not may_be_one(registers, a.actors, b.actors):
        yield pair("actor", a, b, f"done by {', '.join(a.actors)} and by {', '.join(b.actors)}")
    if a.spots and b.spots and not overlap(a.spots, b.spots):
        yield pair("place", a, b, f"in {a.spots[0].name} and in {b.spots[0].name}")
    if a.kind != b.kind and not related(a, b, registers):
        yield pair("verb", a, b, f"told as {a.kind} and as {b.kind}")
    if a.start and b.start and a.end and b.end and (a.start > b.end or b.start > a.end):
        yield pair("time", a, b, f"on {a.start} and on {b.start}")
    elif (gap := minutes_apart(a, b)) is not None and gap > HOUR:
        yield pair("time", a, b, f"at {a.time_start} and at {b.time_start}")


def shown(term: Term) -> str:
    """A target with what is said of it."""
    said = (term.age, term.sex, term.status, term.target or term.target_text)
    return " ".join(dict.fromkeys(s for s in said if s))


def minutes_apart(a: Term, b: Term) -> int | None:
    """Minutes between the clock times of one day, None where one is not said or they are of different zones."""
    if not a.time_start or not b.time_start or a.start != b.start or a.time_end or b.time_end:
        return None
    if a.time_start[5:] != b.time_start[5:]:
        return None
    first, second = (int(t[:2]) * 60 + int(t[3:5]) for t in (a.time_start, b.time_start))
    return abs(first - second)
