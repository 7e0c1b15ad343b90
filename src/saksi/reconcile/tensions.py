"""Tensions: what is not arithmetic but does not sit well together, by the rules of registers/events.yml.

A status ("declared victory", "ceasefire") counts from its latest possible day; after it, attacks by or
on the party it speaks of, in the places it speaks of, stand in tension with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from saksi.reconcile.dimensions import line_up, may_be, overlap
from saksi.reconcile.evidence import bands_named
from saksi.reconcile.terms import SILENT, Term
from saksi.registers.load import Registers, Tension


class Strain(msgspec.Struct, frozen=True):
    """A status and the claims that stand in tension with it, by what rule, since when."""

    rule: str
    status: tuple[str, ...]
    claims: tuple[str, ...]
    since: date
    says: str


def strains(terms: Sequence[Term], registers: Registers) -> list[Strain]:
    """All tensions, one for each status told in one document by one rule."""
    told = [t for t in terms if t.stance not in SILENT and not t.negated]
    found = []
    for rule in registers.tensions:
        groups: dict[tuple[object, ...], list[Term]] = {}
        for term in told:
            if registers.is_a(term.kind, rule.status) and latest(term) is not None:
                groups.setdefault((term.document, latest(term)), []).append(term)
        for statuses in groups.values():
            strained = {t.id for s in statuses for t in in_tension(s, told, rule, registers)}
            later = [t.id for t in told if t.id in strained]
            since = latest(statuses[0])
            if later and since is not None:
                ids = tuple(t.id for t in statuses)
                found.append(Strain(rule.status, ids, tuple(later), since, rule.says["en"]))
    return found


def latest(status: Term) -> date | None:
    """The latest day by which a status held."""
    if status.end is not None:
        return status.end
    return status.start if status.precision == "after" else status.said


def in_tension(status: Term, told: Sequence[Term], rule: Tension, registers: Registers) -> Iterator[Term]:
    """The later claims that do not sit well with a status; one of nobody named speaks of its document, or of a band."""
    since = latest(status)
    parties = party_of(status, told, rule)
    for term in told:
        if since is None or not any(registers.is_a(term.kind, k) for k in rule.later):
            continue
        begins = term.start or (term.said if term.precision == "ongoing" else None)
        after = begins is not None and (begins >= since if status.precision == "before" else begins > since)
        known = bool(parties) or status.document == term.document or one_band(status, term, registers)
        if after and known and involves(term, parties, rule, registers) and there(status, term):
            yield term


def one_band(status: Term, term: Term, registers: Registers) -> bool:
    """Whether the sentences of a status and a claim name one band of the register."""
    return bool(bands_named(status.sentence, registers) & bands_named(term.sentence, registers))


def party_of(status: Term, told: Sequence[Term], rule: Tension) -> frozenset[str]:
    """The party a status speaks of: the beaten one, or all who agreed. Told again in one document, it is the same."""
    if rule.by in ("parties", "rivals"):
        return frozenset(status.actors)
    named = {status.owner} if status.owner else set()
    named |= {t.owner for t in told if t.document == status.document and t.kind == status.kind and t.owner}
    return frozenset(n for n in named if n)


def involves(term: Term, parties: frozenset[str], rule: Tension, registers: Registers) -> bool:
    """Whether a claim is of an attack by, or (where the rule says so) on, one of these parties."""
    if rule.by == "rivals":
        return (
            bool(term.actors)
            and bool(parties)
            and not parties & {a for t in term.actors for a in line_up(registers, t)}
        )
    did = any(may_be(registers, (p,), (a,)) for p in parties for a in term.actors)
    if rule.by == "parties":
        return did or not parties
    struck = term.owner is not None and any(may_be(registers, (p,), (term.owner,)) for p in parties)
    return did or struck or (not parties and (term.owner is not None or bool(term.actors)))


def there(status: Term, term: Term) -> bool:
    """Whether a claim's places meet the status's; a status without a place speaks of its own document.

    A place of no known country may be anywhere, and meets nothing.
    """
    if not status.spots or not term.spots:
        return status.document == term.document
    one = {s.country for s in status.spots if s.country} & {s.country for s in term.spots if s.country}
    return bool(one) and overlap(status.spots, term.spots)
