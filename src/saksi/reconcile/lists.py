"""Lists that are whole: what a release's lines together leave no room for.

Where each document is one line of a release whose source tells all its strikes, the lines of one day
are set apart from each other, and in each country that they name nothing else happened that day by
that actor but what the same speaker reports late. A term of scope `list` says so: it covers the
country and the day, and its figure is the sum of the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from saksi.reconcile.terms import Term, country_spot


def whole_lists(terms: Sequence[Term]) -> tuple[list[Term], list[Term]]:
    """The terms, lines tied to the lists they are part of, and a term for each whole list."""
    groups: dict[tuple[Any, ...], list[Term]] = {}
    for term in terms:
        if term.line and term.constrains:
            for country in sorted({s.country or "" for s in term.spots}):
                groups.setdefault((term.release, term.kind, term.counts, country), []).append(term)
    late: dict[tuple[Any, ...], list[Term]] = {}
    for term in terms:
        if term.scope == "increment" and term.constrains and len({s.country for s in term.spots}) == 1:
            key = (term.speaker, term.kind, term.counts, term.spots[0].country, term.start, term.end)
            late.setdefault(key, []).append(term)
    parts: dict[str, list[tuple[str, str]]] = {}
    wholes = []
    for key, lines in groups.items():
        if is_whole(lines, str(key[3])):
            whole = whole_of(lines, key)
            wholes.append(whole)
            first = lines[0]
            added = late.get((first.speaker, first.kind, first.counts, key[3], first.start, first.end), [])
            for line in [*lines, *(t for t in added if t not in lines)]:
                parts.setdefault(line.id, []).append(("partition_of", whole.id))
    tied = [msgspec.structs.replace(t, relations=(*t.relations, *parts[t.id])) if t.id in parts else t for t in terms]
    return tied, wholes


def with_wholes(terms: Sequence[Term]) -> list[Term]:
    """The terms as tied to the lists they are part of, and the whole lists after them."""
    tied, wholes = whole_lists(terms)
    return [*tied, *wholes]


def is_whole(lines: Sequence[Term], country: str) -> bool:
    """Whether lines are all of one country and day, by one actor, each told in full."""
    one = len({(t.start, t.end, t.actors, t.speaker) for t in lines}) == 1
    inside = all(t.spots and {s.country for s in t.spots} == {country} for t in lines)
    return bool(country) and one and inside and all(t.complete is True and t.high is not None for t in lines)


def whole_of(lines: Sequence[Term], key: Iterable[Any]) -> Term:
    """The term that a whole list amounts to."""
    release, kind, _, country = key
    first = lines[0]
    one = first.document if len({t.document for t in lines}) == 1 else ""
    return msgspec.structs.replace(
        first, document=one, id=f"{release}/{kind}/{country}", low=0, high=None,
        target=None, target_text=None, age=None, sex=None,
        status=None, owner=None, spots=(country_spot(country),), scope="list",
        relations=(), counted=False,
    )  # fmt: skip
