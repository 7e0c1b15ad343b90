"""Settled claims as gold: what two readers agree on or people have judged teaches the offline reader its weights.

A claim is sure where both readers read all of it alike, or where a person accepted, corrected or settled it; what
waits for somebody is marked `unsure`, neither right nor wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from saksi.evaluation.sets.real import Marked, MarkedDocument
from saksi.intake.document import Document
from saksi.ledger.columns import Row
from saksi.ledger.judgements import Judgement, corrected_row, judged, judgements, standings
from saksi.ledger.query import Query
from saksi.ledger.readers import CLAIM, PEOPLE, differences
from saksi.ledger.store import Ledger


class Text(msgspec.Struct, frozen=True):
    """A document as `saksi read` takes it and learning names it."""

    id: str
    text: str
    language: str
    published: str | None
    title: str | None = None
    publisher: str | None = None


def write_gold(folder: Path, told: Sequence[tuple[str, Document, list[Row]]], ledger: Ledger | None) -> tuple[int, int]:
    """Writes texts.jsonl and gold.jsonl into a folder; returns how many claims are sure, and how many are not."""
    made = judgements(ledger) if ledger is not None else []
    texts, golds = [], []
    for name, document, rows in told:
        day = document.published.isoformat() if document.published is not None else None
        texts.append(Text(name, document.text, str(document.language), day, document.title, document.publisher))
        stands = list(ledger.claims(Query(document=document.id))) if ledger is not None else []
        golds.append(MarkedDocument(name, str(document.language), list(marked(stands or rows, made))))
    folder.mkdir(parents=True, exist_ok=True)
    for file, lines in (("texts.jsonl", texts), ("gold.jsonl", golds)):
        (folder / file).write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    claims = [claim for gold in golds for claim in gold.claims]
    unsure = sum(claim.unsure for claim in claims)
    return len(claims) - unsure, unsure


def marked(rows: Iterable[Row], made: list[Judgement]) -> Iterable[Marked]:
    """The counted claims of a document as marked numbers; those that people struck through are left out."""
    opinions, state = judged(made), standings(made)
    for row in rows:
        at = next(((e.start, e.end) for e in row.evidence if e.field == "number" and not e.inferred), None)
        if at is None or at[0] is None or at[1] is None or state.get(row.id) == "struck":
            continue
        corrections = opinions.corrected.get(row.id)
        stands = corrected_row(row, corrections) if corrections else row
        yield mark(stands, (at[0], at[1]), sure=is_sure(stands, state.get(row.id)))


def mark(row: Row, at: tuple[int, int], *, sure: bool) -> Marked:
    """One claim as a marked number."""
    words = next(e.text or "" for e in row.evidence if e.field == "number")
    names = dict.fromkeys(n for p in row.places for n in (p.name, p.text) if n)
    who = dict.fromkeys(c.text for c in (row.speaker, row.speaker_org) if c is not None)
    start, end = (day.isoformat() if day is not None else None for day in (row.start, row.end))
    return Marked(
        at, words, [row.kind], row.low, row.high, about=row.vague, negated=row.negated,
        country=sorted({p.country for p in row.places if p.country}), place=list(names), start=start, end=end,
        who=list(who), unsure=not sure,
    )  # fmt: skip


def is_sure(row: Row, state: str | None) -> bool:
    """Whether a claim may teach: people judged it, or both readers read all of it alike."""
    if state in ("accepted", "corrected"):
        return not open_differences(row) or state == "accepted"
    readers = row.readers or {}
    return len(readers.get(CLAIM, ())) > 1 and all(len(told) > 1 for told in readers.values())


def open_differences(row: Row) -> bool:
    """Whether readers differ on a field that nobody has settled."""
    return any(PEOPLE not in (row.readers or {}).get(r.field, ()) for r in differences(row))
