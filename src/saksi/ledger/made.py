"""Rows made from what the ledger's tables hold: scalars as they are, what is nested from its JSON text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, get_args, get_type_hints

import msgspec

from saksi.ledger import schema
from saksi.ledger.columns import DocumentCell, Row

CELLS = tuple(schema.claims.c[f] for f in Row.__struct_fields__)  # what a row is made of
SCALARS = tuple(schema.SCALARS)
NESTED = {
    field: msgspec.json.Decoder(hint)
    for field, hint in get_type_hints(Row).items()
    if not any(each in SCALARS for each in (get_args(hint) or (hint,))) and field != "document"
}


@lru_cache(maxsize=256)
def decoded_document(text: str) -> DocumentCell:
    """A document's cell; claims of one document share it."""
    return msgspec.json.decode(text, type=DocumentCell)


def row_of_cells(cells: Any) -> Row:
    """A row from its SQL values by name."""
    return row_of_values([cells[field] for field in Row.__struct_fields__])


def row_of_values(some: Iterable[Any]) -> Row:
    """A row from its SQL values, in the order of its fields; nested ones are JSON text."""
    values = dict(zip(Row.__struct_fields__, some, strict=True))
    for field, decoder in NESTED.items():
        if values[field] is not None:
            values[field] = decoder.decode(values[field])
    values["document"] = decoded_document(values["document"])
    return Row(**values)
