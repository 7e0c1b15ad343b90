"""How two readers of one ledger agree, field by field: what both read, what each reads alone, where they differ."""

from __future__ import annotations

from collections import Counter

import msgspec

from saksi.errors import UsageError
from saksi.figures import some
from saksi.ledger.columns import Row
from saksi.ledger.readers import CLAIM, FIELDS, PEOPLE, RULES, differences
from saksi.ledger.store import Ledger


class ReadersField(msgspec.Struct, frozen=True):
    """Of one field: claims that both read alike or otherwise, and those that one reads and the other does not."""

    field: str
    alike: int
    differ: int
    first_alone: int
    second_alone: int


class ReadersAgreement(msgspec.Struct, frozen=True):
    """Two readers' agreement, over the newest claims of the documents that both have read."""

    first: str
    second: str
    documents: int
    fields: list[ReadersField]
    refused: int


def readers_agreement(ledger: Ledger, names: str) -> ReadersAgreement:
    """The agreement of two readers, named as `rules,NAME`. Raises UsageError where the ledger knows no such pair."""
    first, _, second = names.partition(",")
    if not second or first == second:
        raise UsageError(f"--readers {names!r} names no two readers, like rules,NAME")
    rows = [row for row in ledger.claims() if row.readers is not None]
    known = {RULES, *(r for row in rows for told in (row.readers or {}).values() for r in told)} - {PEOPLE}
    for name in (first, second):
        if name not in known:
            raise UsageError(f"--readers: {name!r} has read nothing here; who has: {' '.join(sorted(known))}")
    documents = documents_of(rows, {first, second})
    both = [row for row in rows if row.document.id in documents]
    fields = [of_field(field, both, first, second) for field in (CLAIM, *FIELDS)]
    refused = sum(each["document"] in documents for each in ledger.refusals(second if first == RULES else first))
    return ReadersAgreement(first, second, len(documents), fields, refused)


def documents_of(rows: list[Row], names: set[str]) -> set[str]:
    """The documents that readers of these names have read; the rules have read all."""
    wanted = names - {RULES}
    read: dict[str, set[str]] = {}
    for row in rows:
        own = {r for told in (row.readers or {}).values() for r in told} | {r.reader for r in row.rivals}
        read.setdefault(row.document.id, set()).update(own)
    return {id for id, own in read.items() if wanted <= own}


def of_field(field: str, rows: list[Row], first: str, second: str) -> ReadersField:
    """The agreement on one field."""
    counts: Counter[str] = Counter(verdict(row, field, first, second) for row in rows)
    return ReadersField(field, counts["alike"], counts["differ"], counts["first"], counts["second"])


def verdict(row: Row, field: str, first: str, second: str) -> str:
    """How two readers read one field of a claim; "" where neither does."""
    told = (row.readers or {}).get(field, [])
    rival = {r.reader for r in differences(row) if r.field == field}
    a, b = first in told, second in told
    if a and b:
        return "alike"
    if (a and second in rival) or (b and first in rival):
        return "differ"
    return "first" if a else "second" if b else ""


def lines_of(found: ReadersAgreement) -> list[str]:
    """The agreement as a table for people."""
    head = ("field", "alike", "differ", f"{found.first} alone", f"{found.second} alone")
    rows = [(f.field, *map(str, (f.alike, f.differ, f.first_alone, f.second_alone))) for f in found.fields]
    widths = [max(len(r[n]) for r in (head, *rows)) for n in range(len(head))]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(r, widths, strict=True)).rstrip() for r in (head, *rows)]
    both = f"{some(found.documents, 'document')} read by both"
    return [*lines, f"{both}, {some(found.refused, 'quote')} of the second refused"]
