"""What a ledger's own failure says in one line: a damaged file, a server that went away in the middle."""

from __future__ import annotations

import sys

WAY_OUT = "Put a backup in its place, or save what can still be read: saksi ledger copy OLD NEW"


def ledger_failure(error: Exception) -> str | None:
    """The line for an error of the database or of a value it holds; None where it is neither.

    The libraries are asked for among those already loaded: an error of one that is not cannot be.
    """
    database, values = sys.modules.get("sqlalchemy.exc"), sys.modules.get("msgspec")
    if database is not None and isinstance(error, database.DBAPIError):
        return f"the ledger cannot be used: {' '.join(str(error.orig).split())}. {WAY_OUT}"
    if values is not None and isinstance(error, values.DecodeError):
        return f"the ledger holds a value that is damaged: {error}. {WAY_OUT}"
    return None
