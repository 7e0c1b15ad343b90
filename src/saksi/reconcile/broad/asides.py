"""What stands aside of a count, by reason, and the pairs whose judgement settles most of what is left open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import msgspec

from saksi.reconcile.boxes import reaches
from saksi.reconcile.dimensions import compatible, one_kind
from saksi.reconcile.terms import Term
from saksi.registers.load import Registers

if TYPE_CHECKING:
    from saksi.reconcile.tallies import Ready

MANY = 12  # pairs that are told, however much they settle
REASONS = {
    "day": "name no day", "place": "name no place", "beyond": "may be of other days, places or people than asked",
    "total": "may be in a total that is counted, or are one that may hold what is",
    "again": "tell again what is counted, or were revised", "misread": "cannot be what they were read as",
}  # fmt: skip


class Aside(msgspec.Struct, frozen=True):
    """Claims that are not counted among the incidents, and why: a key of `REASONS`."""

    reason: str
    claims: tuple[str, ...]


class Pair(msgspec.Struct, frozen=True):
    """Two claims that are perhaps of one happening; `settles` is by how much a judgement narrows low and high."""

    a: str
    b: str
    settles: int


class Sorted(msgspec.Struct, frozen=True):
    """The claims of a question by id: held by it, counted among the incidents, telling again what is."""

    held: Collection[str]
    counted: Collection[str]
    again: Collection[str]


def aside_of(told: Ready, some: Sorted, others: Sequence[tuple[str, str]]) -> tuple[Aside, ...]:
    """The claims that are not counted among the incidents, by the first reason that holds; `others` have theirs."""
    found: dict[str, list[str]] = {}
    left = set(told.left)
    for term in (*told.terms, *told.adrift):
        if (
            term.id not in some.counted
            and term.least > 0
            and term.scope != "list"
            and term.id not in left
            and may_reach(term, told)
        ):
            found.setdefault(reason_of(term, some), []).append(term.id)
    for reason, id in (*(("total", id) for id in told.left), *others):
        found.setdefault(reason, []).append(id)
    return tuple(Aside(reason, tuple(dict.fromkeys(found[reason]))) for reason in REASONS if reason in found)


def may_reach(term: Term, told: Ready) -> bool:
    """Whether a claim may be of the kind, class, days, places and doer asked for; what surely is not stands nowhere."""
    q = told.question
    if not one_kind(told.registers, q.kind, term.kind) or not may_count(q.target, term.target, told.registers):
        return False  # who was detained is looked at beside the killed, for what covers both, and is none of them
    return reaches(term, q, told.registers)


def may_count(asked: str | None, told: str | None, registers: Registers) -> bool:
    """Whether a count of one class may be of another: no motorcycle is among the people asked for."""
    return asked is None or told is None or compatible(asked, told, registers)


def reason_of(term: Term, some: Sorted) -> str:
    """Why a claim is not counted."""
    if term.start is None or term.end is None:
        return "day"
    if not term.spots:
        return "place"
    return "again" if term.id in some.again else "total" if term.id in some.held else "beyond"


def settling(pairs: Sequence[Pair]) -> int:
    """How many of some pairs, the weightiest first, settle half of what all of them leave open; few in any case."""
    open_yet = sum(p.settles for p in pairs) / 2
    for n, pair in enumerate(pairs[:MANY]):
        open_yet -= pair.settles
        if open_yet <= 0:
            return n + 1
    return min(len(pairs), MANY)
