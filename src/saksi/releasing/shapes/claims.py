"""The claims themselves, each column as it was read: CSV for spreadsheets, JSON lines for programs.

Nothing is lost on the way: a table of claims is read back by `saksi.ledger.cells.row_of_cells`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from saksi.ledger.columns import Row
from saksi.releasing.notes import Notes
from saksi.releasing.shapes import Shape
from saksi.releasing.world import World

FLAT = ("name", "country", "lat", "lon", "level")
COLUMNS = (*Row.__struct_fields__, *(f"place_1_{f}" for f in FLAT))


def flat_lines(rows: Iterable[Row], world: World, notes: Notes) -> Iterator[dict[str, Any]]:
    """Claims with their first place flat beside the nested columns."""
    for row in rows:
        notes.presumes(row)
        place = row.places[0] if row.places else None
        line = msgspec.structs.asdict(row)
        if place is not None:
            line |= {f"place_1_{f}": getattr(place, f) for f in FLAT}
        yield line


def whole_lines(rows: Iterable[Row], world: World, notes: Notes) -> Iterator[Any]:
    """Claims as the contract of `saksi read --format jsonl` has them."""
    for row in rows:
        notes.presumes(row)
        yield row


CSV = Shape(COLUMNS, "csv", "read", flat_lines)
JSONL = Shape((), "jsonl", "read", whole_lines)
