"""What some claims amount to together: links, components, contradictions. Pure: the same claims, the same answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from saksi.ledger.columns import Row
from saksi.ledger.judgements import Judged, corrected_row
from saksi.reconcile.components import components
from saksi.reconcile.contradictions import Contradiction, contradictions_of
from saksi.reconcile.copied import of_first_speaker
from saksi.reconcile.differences import differences
from saksi.reconcile.figures import Ties
from saksi.reconcile.links import Link, links_of
from saksi.reconcile.lists import with_wholes
from saksi.reconcile.soundness import sound
from saksi.reconcile.tallies import accepted
from saksi.reconcile.terms import Naming, Term, placed, term_of
from saksi.registers.load import Registers

VERDICTS = {"same": "same", "different": "different", "unsure": "maybe"}


class Component(msgspec.Struct, frozen=True):
    """Claims that can bear on each other, and what is found among them."""

    claims: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]


class Assessment(msgspec.Struct, frozen=True):
    """Everything derived from some claims."""

    terms: list[Term]
    links: list[Link]
    components: list[Component]


def standing(rows: Iterable[Row], judged: Judged, naming: Naming) -> list[Term]:
    """The terms of rows as judged: what was struck through is left out, what was corrected is corrected."""
    kept = (row for row in rows if row.id not in judged.struck)
    said = judged.corrected
    corrected = (corrected_row(row, said[row.id]) if row.id in said else row for row in kept)
    return settled(list(terms_of(corrected, naming)))


def terms_of(rows: Iterable[Row], naming: Naming) -> Iterator[Term]:
    """The terms of rows, each for itself."""
    return (term_of(row, naming) for row in rows)


def settled(terms: list[Term]) -> list[Term]:
    """Terms as they stand beside each other: ties that cannot be are dropped, villages are put in their regencies,
    copies are told by whoever told them first.
    """
    return of_first_speaker(placed(sound(terms)))


def judged_links(links: Sequence[Link], judged: Judged, known: Mapping[str, Term]) -> list[Link]:
    """The links with those of people over those of rules."""
    found = {(link.a, link.b): link for link in links}
    for (a, b), each in judged.pairs.items():
        if a in known and b in known:
            before = found.get((a, b))
            reasons = (each.note,) if each.note else (before.reasons if before else ())
            score = before.score if before else 0.0
            found[(a, b)] = Link(a, b, VERDICTS[each.verdict], score, reasons, each.by)
    return sorted(found.values())


def ties_of(links: Sequence[Link]) -> Ties:
    """The links as the solver needs them. What a person set apart is apart, even within a chain of same."""
    verdicts: dict[str, set[tuple[str, str]]] = {"same": set(), "maybe": set(), "different": set(), "miss": set()}
    for link in links:
        verdicts[link.verdict].add((link.a, link.b))
    return Ties(frozenset(verdicts["same"]), frozenset(verdicts["maybe"]), frozenset(verdicts["different"]))


def assess(
    terms: Sequence[Term],
    judged: Judged,
    registers: Registers,
    progress: Callable[[int, int], None] | None = None,
    common: frozenset[str] = frozenset(),
) -> Assessment:
    """Links, and components with their contradictions, of some claims; `common` names tell no happening apart."""
    links = judged_links(links_of(terms, registers, common), judged, {t.id: t for t in terms})
    by, groups = bearing_on(terms, links, registers)
    ties = ties_by_group(links, groups)
    told: dict[str, list[Contradiction]] = {}
    for each in differences(terms, links, registers):
        told.setdefault(each.claims[0], []).append(each)
    found = []
    for n, group in enumerate(groups):
        members = [by[id] for id in group if id in by]
        some = contradictions_of(members, ties[n], registers) if may_fail(members, ties[n]) else []
        some += [d for id in group for d in told.get(id, ())]
        found.append(Component(tuple(group), tuple(some)))
        if progress is not None:
            progress(n + 1, len(groups))
    return Assessment(list(terms), links, found)


def bearing_on(
    terms: Sequence[Term], links: Sequence[Link], registers: Registers
) -> tuple[dict[str, Term], list[list[str]]]:
    """The claims that bound something, by id, with the whole lists among them; and which can bear on which."""
    by = {t.id: t for t in with_wholes(accepted(terms))}
    known = {t.id for t in terms}
    wholes = [t for t in by.values() if t.id not in known]
    return by, components([*(by.get(t.id, t) for t in terms), *wholes], links, registers)


def ties_by_group(links: Sequence[Link], groups: Sequence[Sequence[str]]) -> list[Ties]:
    """The ties among the claims of each component."""
    of = {id: n for n, group in enumerate(groups) for id in group}
    held: list[list[Link]] = [[] for _ in groups]
    for link in links:
        if link.a in of and of[link.a] == of.get(link.b):
            held[of[link.a]].append(link)
    return [ties_of(some) for some in held]


def may_fail(terms: Sequence[Term], ties: Ties) -> bool:
    """Whether anything in a component bounds from above, or ties figures together: else all can hold."""
    return len(terms) > 1 and (bool(ties.same) or any(t.bounding or t.relations for t in terms))
