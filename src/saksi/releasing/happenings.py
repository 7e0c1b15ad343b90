"""Happenings: the claims of one happening together, for shapes that have one line for each.

They are grouped as incidents are. A happening is called by the first of its claims in the ledger, which stays the
first when others join it. What may be the same and is undecided stays apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from saksi.ledger.columns import Row
from saksi.ledger.store import Ledger
from saksi.reconcile.asking import Asked
from saksi.reconcile.assess import settled, terms_of
from saksi.reconcile.boxes import Question
from saksi.reconcile.figures import grouped
from saksi.reconcile.incidents import together
from saksi.reconcile.links import Link
from saksi.reconcile.refresh import links_among
from saksi.reconcile.speakers.gathering import speakers_of
from saksi.reconcile.tallies import accepted
from saksi.reconcile.terms import Naming, Term
from saksi.registers.load import Registers
from saksi.releasing.notes import Notes

ONE = ("incident", "increment")  # scopes of a claim that tells of one happening
SILENT = {"denies": "is denied", "plans": "is planned", "fears": "is feared"}
PARTS = ("part_of", "partition_of")  # ties of a part to its whole
KILLED = "kill"
PARTED = "a total whose parts are told at different places; the parts stand here"


class Toll(msgspec.Struct, frozen=True):
    """How many were killed, as far as the claims allow; a high of None is open."""

    low: int
    high: int | None
    claims: tuple[str, ...]


class Happening(msgspec.Struct, frozen=True, dict=True):
    """The claims of one happening as people corrected them, and its toll where one is told."""

    id: str
    rows: tuple[Row, ...]
    toll: Toll | None

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """The ids of its claims."""
        return tuple(row.id for row in self.rows)


def not_one(row: Row) -> str | None:
    """Why a claim is no happening that a line may stand for; None where it is one."""
    if row.negated:
        return "said not to have happened"
    if row.stance in SILENT:
        return f"{SILENT[row.stance]}, not told as done"
    if row.scope not in ONE:
        return f"a total over several happenings ({row.scope}), which is not split"
    return None


def wholes(rows: Iterable[Row]) -> set[str]:
    """The claims whose parts are told at different places: each part is a happening, the whole is none."""
    places: dict[str, set[tuple[str, ...]]] = {}
    for row in rows:
        for tie in row.relations:
            if tie.type in PARTS:
                places.setdefault(tie.claim, set()).add(tuple(sorted(p.name for p in row.places)))
    return {claim for claim, found in places.items() if len(found) > 1}


def happenings(ledger: Ledger, rows: Iterable[Row], registers: Registers, notes: Notes) -> Iterator[Happening]:
    """The happenings of some claims, already as people judged them, in the order of the ledger.

    What tells of no one happening is left out and noted. Of all claims no more is held than a line needs: their words
    are let go as soon as their terms are made.
    """
    naming = Naming(registers, speakers_of(ledger, registers))
    of: dict[str, Row] = {}
    terms = list(terms_of(lightened(rows, of), naming))
    leave_out(of, notes)
    told = [t for t in settled([t for t in terms if t.id in of]) if t.scope in ONE]
    del terms
    links = links_among(ledger, told, registers)
    near = by_claim(links)
    pairs = [(k.a, k.b) for k in links if k.verdict == "same"] + together(told)
    killed = {t.id: t for t in told if registers.is_a(t.kind, KILLED)}
    del told, links
    for group in grouped(list(of), pairs):
        some = [killed[id] for id in group if id in killed]
        yield Happening(group[0], tuple([of.pop(id) for id in group]), toll(some, near, registers))


def lightened(rows: Iterable[Row], kept: dict[str, Row]) -> Iterator[Row]:
    """Rows on their way; what is kept of them, by id, is without the words that they stand on."""
    for row in rows:
        kept[row.id] = msgspec.structs.replace(row, evidence=[], rivals=[], readers=None)
        yield row


def leave_out(rows: dict[str, Row], notes: Notes) -> None:
    """Takes out claims that are no happening that a line may stand for, and notes why."""
    split = wholes(rows.values())
    for row in list(rows.values()):
        why = not_one(row) or (PARTED if row.id in split else None)
        if why is not None:
            notes.leave_out(why, [row.id])
            del rows[row.id]


def by_claim(links: Iterable[Link]) -> dict[str, list[Link]]:
    """Links by each of their claims."""
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.a, []).append(link)
        found.setdefault(link.b, []).append(link)
    return found


def toll(terms: Sequence[Term], near: dict[str, list[Link]], registers: Registers) -> Toll | None:
    """The least and the most killed: of rival figures the lowest and the highest, of others what a tally makes of them.

    Figures that newer ones of their series replace are left out.
    """
    if not terms:
        return None
    every = [t for t in terms if t.constrains and registers.is_a(t.kind, KILLED) and t.counts == "things"]
    told = accepted(every) if len(every) > 1 else every  # one figure is revised by no other
    if not told:
        return None
    ids = tuple(t.id for t in every)
    if len(told) == 1 or rival(told, registers):
        most = [t.most for t in told if t.most is not None]
        low, high = min(t.least for t in told), max(most) if len(most) == len(told) else None
        return Toll(low, high, ids)
    inside = {t.id for t in every}
    links = {(k.a, k.b): k for t in every for k in near.get(t.id, ()) if k.a in inside and k.b in inside}
    rows = Asked(every, list(links.values()), registers, KILLED).rows(Question(kind=KILLED), sides=False)
    envelope = next((row for row in rows if row.of == "envelope"), rows[-1])
    return Toll(envelope.low, envelope.high, ids)


def rival(terms: Sequence[Term], registers: Registers) -> bool:
    """Whether claims give one figure each in their own way: one a document, of victims that may be the same ones."""
    if len({t.document for t in terms}) < len(terms):
        return False
    classes = {t.target for t in terms if t.target is not None}
    nested = all(registers.is_a(a, b) or registers.is_a(b, a) for a in classes for b in classes)
    traits = ({getattr(t, f) for t in terms} - {None} for f in ("status", "age", "sex", "owner"))
    return nested and all(len(values) <= 1 for values in traits)
