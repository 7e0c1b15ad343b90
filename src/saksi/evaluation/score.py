"""Compares read claims with gold: one-to-one matching, then field by field.

A pair may match when the read claim's anchor, unit or target words overlap the gold quote; among all
such pairs those that agree in kind, number and most fields are taken first. A gold claim is *found*
when its partner agrees in kind and number. Read claims without a partner are *wrong* when they carry
a number in words; a claim without a number is not held against the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from saksi.evaluation.gold import GoldClaim, GoldDocument
from saksi.ledger.columns import Row

FIELDS = (
    "kind", "low", "high", "target", "age", "status", "owner", "actor", "country", "place", "start", "end",
    "precision", "speaker", "stance", "negated", "scope", "relation",
)  # fmt: skip


class Pair(msgspec.Struct):
    """A gold claim with the read claim that stands for it, and the fields in which they agree."""

    gold: GoldClaim
    row: Row | None
    agree: dict[str, bool]

    @property
    def found(self) -> bool:
        """Whether kind and number agree."""
        return self.row is not None and all(self.agree.get(f, True) for f in ("kind", "low", "high"))


class Outcome(msgspec.Struct):
    """What came of one document."""

    gold: GoldDocument
    pairs: list[Pair]
    wrong: list[Row]
    excluded: list[Row]


def compare(gold: GoldDocument, rows: list[Row]) -> Outcome:
    """Matches the rows of a document with its gold."""
    spans = quote_spans(gold)
    options = sorted(candidates(gold, rows, spans), key=lambda o: (-o[0], o[1], o[2]))
    taken_gold: dict[int, int] = {}
    taken_rows: set[int] = set()
    for _, g, r in options:
        if g not in taken_gold and r not in taken_rows:
            taken_gold[g] = r
            taken_rows.add(r)
    pairs = []
    for g, claim in enumerate(gold.claims):
        row = rows[taken_gold[g]] if g in taken_gold else None
        agree = agreement(claim, row) if row is not None else {}
        if row is not None or not claim.optional:
            pairs.append(Pair(claim, row, agree))
    wrong = [row for r, row in enumerate(rows) if r not in taken_rows and counted(row)]
    return Outcome(gold, pairs, wrong, [row for row in rows if in_excluded(row, gold)])


def candidates(gold: GoldDocument, rows: list[Row], spans: list[tuple[int, int]]) -> Iterator[tuple[float, int, int]]:
    """(score, gold number, row number) of every pair that overlaps in the text."""
    for g, claim in enumerate(gold.claims):
        for r, row in enumerate(rows):
            if any(start < spans[g][1] and spans[g][0] < end for start, end in anchors(row)):
                agree = agreement(claim, row)
                score = sum(agree.values()) + 5 * agree["kind"] + 3 * agree.get("low", True)
                yield score, g, r


def quote_spans(gold: GoldDocument) -> list[tuple[int, int]]:
    """Where each gold quote stands; equal quotes stand one after the other in the text."""
    used: dict[str, int] = {}
    spans = []
    for claim in gold.claims:
        start = gold.text.find(claim.quote, used.get(claim.quote, 0))
        if start < 0:
            start = gold.text.find(claim.quote)
        spans.append((start, start + len(claim.quote)))
        if len([c for c in gold.claims if c.quote == claim.quote]) > 1 and gold.text.count(claim.quote) > 1:
            used[claim.quote] = start + 1
    return spans


def anchors(row: Row) -> list[tuple[int, int]]:
    """The spans a row stands on: number, target, and the word of its kind where nothing is counted."""
    fields = {"number", "target"} if counted(row) else {"kind", "target"}
    return [(e.start, e.end) for e in row.evidence if e.field in fields and e.start is not None and e.end is not None]


def counted(row: Row) -> bool:
    """Whether the row's number is in words."""
    return any(e.field == "number" and not e.inferred for e in row.evidence)


def in_excluded(row: Row, gold: GoldDocument) -> bool:
    """Whether any of a row's spans lies in words that may ground no claim."""
    spans = [(gold.text.find(words), words) for words in gold.excluded]
    return any(
        e.start is not None and not e.inferred and start <= e.start < start + len(words)
        for start, words in spans
        for e in row.evidence
        if start >= 0
    )


def agreement(claim: GoldClaim, row: Row) -> dict[str, bool]:
    """For each field the gold writes, whether the row agrees."""
    found = {}
    for field in FIELDS:
        value = getattr(claim, field)
        if value is not msgspec.UNSET:
            found[field] = READERS[field](row, value)
    return found


def same(name: str) -> Callable[[Row, Any], bool]:
    """Compares a column as it is."""
    return lambda row, value: bool(getattr(row, name) == value)


def same_places(row: Row, value: Any) -> bool:
    """Compares places by the register's name or the words of the text."""
    wanted = [] if value is None else [value] if isinstance(value, str) else value
    return len(row.places) == len(wanted) and all(any(w in (p.name, p.text) for p in row.places) for w in wanted)


def same_countries(row: Row, value: Any) -> bool:
    """Compares the set of countries."""
    wanted = set() if value is None else {value} if isinstance(value, str) else set(value)
    return {p.country for p in row.places} == wanted


def same_actor(row: Row, value: Any) -> bool:
    """Compares the first actor by id or words."""
    if value is None:
        return not row.actors
    return bool(row.actors) and value in (row.actors[0].id, row.actors[0].text)


def same_speaker(row: Row, value: Any) -> bool:
    """Compares who says it: the person's words or the organisation's id."""
    if value is None:
        return row.speaker is None and row.speaker_org is None
    cells = [c for c in (row.speaker, row.speaker_org) if c is not None]
    return any(value in (c.id, c.text) for c in cells)


def same_owner(row: Row, value: Any) -> bool:
    """Compares whose it was, by the words."""
    owner = next((e for e in row.evidence if e.field == "owner"), None)
    if value is None:
        return row.target_owner is None
    return value == row.target_owner or (owner is not None and owner.text == value)


def has_relation(row: Row, value: Any) -> bool:
    """Whether the row has a relation of that type."""
    return any(r.type == value for r in row.relations)


READERS: dict[str, Callable[[Row, Any], bool]] = {
    **{f: same(f) for f in ("kind", "low", "high", "target", "start", "end", "stance", "negated", "scope")},
    "age": same("target_age"),
    "status": same("target_status"),
    "precision": same("date_precision"),
    "owner": same_owner,
    "actor": same_actor,
    "country": same_countries,
    "place": same_places,
    "speaker": same_speaker,
    "relation": has_relation,
}
