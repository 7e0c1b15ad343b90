"""Values as tables for other programs hold them; how a cell is made and read back is said once, in the ledger."""

from __future__ import annotations

from typing import Any

from saksi.ledger.cells import cell


def csv_cell(value: Any) -> str:
    """A value as CSV holds it, so that no spreadsheet runs it."""
    return cell(value)
