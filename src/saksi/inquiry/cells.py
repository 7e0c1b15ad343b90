"""Values as tables for other programs hold them."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec


def csv_cell(value: Any) -> Any:
    """A value as CSV holds it."""
    if value is None or (isinstance(value, (str, int, float)) and not isinstance(value, bool)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return msgspec.json.encode(value).decode()
