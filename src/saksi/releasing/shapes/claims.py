"""The claims themselves, each column as it was read: CSV and XLSX for spreadsheets, JSON lines
and Parquet for programs.

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
FIRST = {f"place_1_{f}": f for f in FLAT}
COLUMNS = (*Row.__struct_fields__, *FIRST)


def flat_lines(rows: Iterable[Row], world: World, notes: Notes) -> Iterator[dict[str, Any]]:
    """Claims with their first place flat beside the nested columns."""
    for row in rows:
        notes.presumes(row)
        place = row.places[0] if row.places else None
        line = msgspec.structs.asdict(row)
        if place is not None:
            line |= {column: getattr(place, f) for column, f in FIRST.items()}
        yield line


def whole_lines(rows: Iterable[Row], world: World, notes: Notes) -> Iterator[Any]:
    """Claims as the contract of `saksi read --format jsonl` has them."""
    for row in rows:
        notes.presumes(row)
        yield row


CSV = Shape(COLUMNS, "csv", "read", flat_lines)
PARQUET = Shape((), "parquet", "read", whole_lines)
XLSX = Shape(COLUMNS, "xlsx", "read", flat_lines)
JSONL = Shape((), "jsonl", "read", whole_lines)
