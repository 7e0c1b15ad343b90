"""Values as cells of a table, so that a spreadsheet runs none of them, and back without loss.

A text that begins with = + - @ (or a tab or a line's end) would be a formula: an apostrophe goes before it. So that
this can be undone, it goes before the empty text and before apostrophes that would hide one of these as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args, get_type_hints

import msgspec

from saksi.ledger.columns import Row

FORMULA = ("=", "+", "-", "@", "\t", "\r")
SUSPECT = frozenset((*FORMULA, "'", ""))  # first characters of what is looked at more closely
TEXTS = frozenset(f for f, hint in get_type_hints(Row).items() if hint is str or str in get_args(hint))


def escaped(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> escaped("=1+1"), escaped("-5 orang"), escaped("'ahli'")
    ("'=1+1", "'-5 orang", "'ahli'")
    """
    return "'" + text if is_risky(text) else text


def unescaped(cell: str) -> str:
    """The text of a cell.

    >>> unescaped("'=1+1"), unescaped("'ahli'")
    ('=1+1', "'ahli'")
    """
    return cell[1:] if cell.startswith("'") and is_risky(cell[1:]) else cell


def is_risky(text: str) -> bool:
    """Whether a text must be escaped."""
    if text[:1] not in SUSPECT:
        return False
    bare = text.lstrip("'")
    return not bare or bare.startswith(FORMULA)


def cell(value: Any) -> str:
    """A value as a cell: nothing for null, words for booleans, JSON for what is nested."""
    made = MAKERS.get(type(value))
    return msgspec.json.encode(value).decode() if made is None else made(value)


MAKERS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    str: escaped,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: str,
    date: date.isoformat,
}


def row_of_cells(cells: Mapping[str, str]) -> Row:
    """A claim from its line of an exported table. Raises ValueError where a cell is not of its column."""
    values: dict[str, Any] = {}
    for field in Row.__struct_fields__:
        text = cells.get(field) or ""
        if text == "":
            values[field] = None
        elif field in TEXTS:
            values[field] = unescaped(text)
        else:
            nested = text[:1] in ("[", "{") or text in ("true", "false")
            values[field] = msgspec.json.decode(text) if nested else text
    return msgspec.convert(values, Row, strict=False)
