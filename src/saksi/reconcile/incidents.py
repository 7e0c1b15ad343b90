"""Incidents: claims judged, by rule or by people, to be about one happening. Derived, never edited.

Within a document, claims of one day and one place on the map belong together; between documents and voices, links
that say `same` do. What may be the same stays apart, and is listed for people to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

import msgspec

from saksi.intake.document import content_hash
from saksi.reconcile.figures import grouped
from saksi.reconcile.links import Link
from saksi.reconcile.series import Series, series_of
from saksi.reconcile.terms import Term, relations

T = TypeVar("T")


class Incident(msgspec.Struct, frozen=True):
    """One happening: its claims, days, places and kinds, the links that made it one, and revisions as series."""

    id: str
    claims: tuple[str, ...]
    documents: int
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    start: date | None
    end: date | None
    links: tuple[Link, ...]
    series: tuple[Series, ...]


def incidents(terms: Sequence[Term], links: Sequence[Link]) -> list[Incident]:
    """The incidents told in more than one document, by two voices of one, or revised."""
    by = {t.id: t for t in terms if t.scope in ("incident", "increment", "cumulative")}
    same = [k for k in links if k.verdict == "same" and k.a in by and k.b in by]
    told = series_of(list(by.values()))
    pairs = [(k.a, k.b) for k in same] + together(list(by.values()))
    pairs += [(a[3], b[3]) for s in told for a, b in pairwise(s.reports)]
    groups = grouped(list(by), pairs)
    of = {id: n for n, group in enumerate(groups) for id in group}
    linked, revised = by_group(same, lambda k: of[k.a]), by_group(told, lambda s: of[s.reports[0][3]])
    found = []
    for n, group in enumerate(groups):
        members = [by[id] for id in group]
        documents = len({t.document for t in members})
        if documents > 1 or n in revised or n in linked:
            found.append(incident(members, tuple(linked.get(n, ())), tuple(revised.get(n, ())), documents))
    return sorted(found, key=lambda i: (i.start or date.max, i.id))


def by_group(things: Iterable[T], group: Callable[[T], int]) -> dict[int, list[T]]:
    """Things in their order, by the group that each belongs to: looked through once, however many groups there are."""
    found: dict[int, list[T]] = {}
    for thing in things:
        found.setdefault(group(thing), []).append(thing)
    return found


def incident(terms: Sequence[Term], links: tuple[Link, ...], revised: tuple[Series, ...], documents: int) -> Incident:
    """An incident of some claims."""
    days = [d for t in terms for d in (t.start, t.end) if d is not None]
    ids = tuple(t.id for t in terms)
    return Incident(
        "i_" + content_hash(sorted(ids), 12), ids, documents, tuple(sorted({t.kind for t in terms})),
        tuple(sorted({s.name for t in terms for s in t.spots})), min(days, default=None), max(days, default=None),
        links, revised,
    )  # fmt: skip


def together(terms: Sequence[Term]) -> list[tuple[str, str]]:
    """Pairs of claims of one document that are of one day and one point of the map, or tied by their words."""
    groups: dict[tuple[object, ...], list[str]] = {}
    pairs = [(t.id, o) for t in terms for o in relations(t, "restates", "part_of", "apart_from", "partition_of")]
    for term in terms:
        pointed = len(term.spots) == 1 and term.spots[0].pointed
        if term.start is not None and term.start == term.end and pointed:
            groups.setdefault((term.document, term.start, term.spots[0].key), []).append(term.id)
    return pairs + [(a, b) for group in groups.values() for a, b in pairwise(group)]
