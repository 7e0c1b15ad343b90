"""The exchange shapes: each module maps claims or happenings to the exact columns of one scheme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

import msgspec

from saksi.releasing.notes import Notes
from saksi.releasing.world import World

# what our own columns are called, after the columns of a scheme
OWN = ("ledger_claim_ids", "ledger_version", "ledger_presumed")
Lines = Callable[[Iterable[Any], World, Notes], Iterator[dict[str, Any]]]


class Shape(msgspec.Struct, frozen=True):
    """A shape: its columns, the form of its file, what its lines are made of, and the function that makes them.

    `of` is `read` (claims as they were read), `judged` (as people corrected them, without those struck through) or
    `happenings`. `empty` are the columns that nothing in a ledger fills, each with the reason.
    """

    columns: tuple[str, ...]
    form: str
    of: str
    lines: Lines
    empty: dict[str, str] = {}


SHAPES = (
    "acled", "csv", "eventreport", "ftm", "ged", "geojson", "jsonl", "meltt", "parquet", "plover", "polecat", "xlsx",
)  # fmt: skip
CLAIMS = ("csv", "jsonl", "parquet", "xlsx")  # shapes whose lines are claims as they were read


def shape_of(name: str) -> Shape:
    """The shape of that name."""
    module = "claims" if name in CLAIMS else name
    found: Shape = getattr(import_module(f"saksi.releasing.shapes.{module}"), name.upper())
    return found
