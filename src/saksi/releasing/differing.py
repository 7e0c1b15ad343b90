"""`saksi diff`: what a newer release adds, revises, strikes through and no longer has; the feed of deletions."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from saksi.ledger.columns import Row
from saksi.ledger.judgements import judged
from saksi.reconcile.tallies import Tally
from saksi.releasing.opened import Release

SORTS = ("added", "revised", "corrected", "struck", "restored", "gone", "erased", "tally")


class Change(msgspec.Struct, frozen=True):
    """One difference of two releases: of a claim, a document or a tally; `says` is what changed, or why it is gone."""

    sort: str
    of: str
    document: str | None
    says: str


def changes(old: Release, new: Release) -> list[Change]:
    """All differences, sort by sort, in the order of the releases."""
    found = [*of_claims(old, new), *of_judgements(old, new), *of_documents(old, new), *of_tallies(old, new)]
    return sorted(found, key=lambda c: SORTS.index(c.sort))


def of_claims(old: Release, new: Release) -> Iterator[Change]:
    """Claims added, read otherwise, and gone, with why."""
    before, after = ({row.id: row for row in each.claims()} for each in (old, new))
    for id, row in after.items():
        if id not in before:
            yield Change("added", id, row.document.id, told(row))
        elif fields := revised(before[id], row):
            yield Change("revised", id, row.document.id, ", ".join(fields))
    erased = {t.document for t in new.tombstones() if t.whole}
    kept = {each.id for each in new.documents()}
    for id, row in before.items():
        if id not in after:
            yield Change("gone", id, row.document.id, why_gone(row.document.id, erased, kept))


def told(row: Row) -> str:
    """What a claim says, in a few words."""
    number = "" if row.counts is None else f" {row.low if row.low == row.high else f'{row.low}..{row.high}'}"
    return f"{row.kind}{number}"


def why_gone(document: str, erased: set[str], kept: set[str]) -> str:
    """Why a claim is in a release no more."""
    if document in erased:
        return "its document was erased"
    return "a newer reading does not tell it" if document in kept else "its document was not chosen"


def revised(before: Row, after: Row) -> list[str]:
    """The columns whose values changed, with both where they are short."""
    names = [f for f in Row.__struct_fields__ if f != "reading" and getattr(before, f) != getattr(after, f)]
    return [f"{f} {short(getattr(before, f))} → {short(getattr(after, f))}" for f in names]


def short(value: object) -> str:
    """A value in a few words."""
    text = "null" if value is None else str(msgspec.to_builtins(value))
    return text if len(text) <= 40 else "…"


def of_judgements(old: Release, new: Release) -> Iterator[Change]:
    """Claims that people struck through, brought back or corrected meanwhile."""
    before, after = judged(old.judgements()), judged(new.judgements())
    of = {row.id: row.document.id for each in (old, new) for row in each.claims()}
    for id in after.struck:
        if id not in before.struck:
            yield Change("struck", id, of.get(id), "people struck it through")
    here = {row.id for row in new.claims()}
    for id in before.struck:
        if id not in after.struck and id in here:
            yield Change("restored", id, of.get(id), "people took it back in")
    for id, fields in after.corrected.items():
        known = before.corrected.get(id, {})
        fresh = [f"{f} {j.value or 'null'}" for f, j in fields.items() if f not in known or known[f].value != j.value]
        if fresh:
            yield Change("corrected", id, of.get(id), ", ".join(fresh))


def of_documents(old: Release, new: Release) -> Iterator[Change]:
    """Documents erased, or of which words were, since the older release."""
    before = set(old.tombstones())
    for tomb in new.tombstones():
        if tomb not in before:
            yield Change("erased", tomb.document, tomb.document, "the document" if tomb.whole else "some words of it")


def of_tallies(old: Release, new: Release) -> Iterator[Change]:
    """Tallies whose bounds changed."""
    before, after = ({asked(row): row for row in each.tallies()} for each in (old, new))
    for key, row in after.items():
        was = before.get(key)
        if was is not None and bounds(was) != bounds(row):
            yield Change("tally", key, None, f"{bounds(was)} → {bounds(row)}")


def asked(row: Tally) -> str:
    """What a tally is of."""
    parts = (row.of, row.speaker, row.kind, row.target, row.place, row.start, row.end)
    return " ".join(str(part) for part in parts if part is not None)


def bounds(row: Tally) -> str:
    """The bounds of a tally and its state."""
    return f"{row.low}..{'' if row.high is None else row.high} {row.state}"
