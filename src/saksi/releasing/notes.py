"""What a shape could not hold, and why: the notes that lie beside every exported file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from saksi.ledger.columns import Row
from saksi.ledger.grounds import COLUMNS, PROPOSED, grounds_in

UNSURE = ("presumed", PROPOSED)
WEAK = {**COLUMNS, "claim_grounds": "claim"}


class Notes:
    """Counts and lists, claim by claim, what an export leaves out, cannot hold or only presumes."""

    def __init__(self) -> None:
        self.claims = self.rows = self.escaped = 0
        self.left_out: dict[str, list[str]] = {}
        self.not_held: dict[tuple[str, str], list[str]] = {}
        self.presumed: dict[str, list[str]] = {}
        self.empty: dict[str, str] = {}

    def leave_out(self, why: str, ids: Iterable[str]) -> None:
        """Claims that are not in the file at all."""
        self.left_out.setdefault(why, []).extend(ids)

    def lacks(self, column: str, why: str, ids: Iterable[str]) -> None:
        """Claims of which a column could not be filled, or holds less than the claim says."""
        self.not_held.setdefault((column, why), []).extend(ids)

    def presumes(self, row: Row) -> list[str]:
        """The fields of a claim that no words give, or that a second reader alone takes from some; noted."""
        grounds = grounds_in(row)
        if not any(ground in grounds for ground in UNSURE):
            return []
        known = zip(WEAK.values(), grounds, strict=True)
        fields = [n if ground == "presumed" else f"{n} ({ground})" for n, ground in known if ground in UNSURE]
        for field in fields:
            self.presumed.setdefault(field, []).append(row.id)
        return fields

    def told(self) -> dict[str, Any]:
        """The notes as they are written, in an order of their own."""
        return {
            "claims": self.claims,
            "rows": self.rows,
            "left_out": [{"why": why, **listed(ids)} for why, ids in sorted(self.left_out.items())],
            "not_held": [{"column": c, "why": why, **listed(ids)} for (c, why), ids in sorted(self.not_held.items())],
            "always_empty": [{"column": c, "why": why} for c, why in sorted(self.empty.items())],
            "presumed": [{"field": f, **listed(ids)} for f, ids in sorted(self.presumed.items())],
            "escaped_cells": self.escaped,
        }

    def encoded(self, about: dict[str, Any]) -> bytes:
        """The notes as a file, beginning with what they are about."""
        return msgspec.json.format(msgspec.json.encode({**about, **self.told()}), indent=1) + b"\n"


def listed(ids: list[str]) -> dict[str, Any]:
    """Claims counted and listed, each once."""
    some = list(dict.fromkeys(ids))
    return {"count": len(some), "claims": some}
