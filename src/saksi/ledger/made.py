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
FIELDS = Row.__struct_fields__
NESTED = [  # where in a row what is nested stands, and what makes it of its text
    (FIELDS.index(field), msgspec.json.Decoder(hint).decode)
    for field, hint in get_type_hints(Row).items()
    if not any(each in SCALARS for each in (get_args(hint) or (hint,))) and field != "document"
]
NOTHING = "[]"  # what most lists of most claims are
DOCUMENT = FIELDS.index("document")


@lru_cache(maxsize=256)
def decoded_document(text: str) -> DocumentCell:
    """A document's cell; claims of one document share it."""
    return msgspec.json.decode(text, type=DocumentCell)


def row_of_cells(cells: Any) -> Row:
    """A row from its SQL values by name."""
    return row_of_values([cells[field] for field in FIELDS])


def row_of_values(some: Iterable[Any]) -> Row:
    """A row from its SQL values, in the order of its fields; nested ones are JSON text."""
    values = list(some)
    for at, decode in NESTED:
        if (text := values[at]) is not None:
            values[at] = decode(text) if text != NOTHING else []
    values[DOCUMENT] = decoded_document(values[DOCUMENT])
    return Row(**dict(zip(FIELDS, values, strict=True)))
