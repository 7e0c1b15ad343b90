"""Saksi: a ledger of claims about armed conflict, each value pinned to the words it came from.

    >>> import saksi
    >>> reading = saksi.read("Dua prajurit tewas di Nduga, Kamis (11/4).", published="2019-04-15")
    >>> [(c.kind.value, c.quantity.value.low) for c in reading.claims]
    [('kill', 2)]

Names are loaded when first used, so that `import saksi` and `saksi --help` cost little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from saksi.version import __version__ as __version__

if TYPE_CHECKING:
    from saksi.errors import SaksiError as SaksiError
    from saksi.inquiry.queries import check as check
    from saksi.inquiry.queries import incidents as incidents
    from saksi.inquiry.queries import tally as tally
    from saksi.inquiry.selection import Selection as Selection
    from saksi.intake.document import Document as Document
    from saksi.ledger.columns import Row as Row
    from saksi.ledger.columns import rows_of as rows_of
    from saksi.ledger.query import Query as Query
    from saksi.ledger.store import Ledger as Ledger
    from saksi.proposing.reader import ground as ground
    from saksi.proposing.schema import Proposal as Proposal
    from saksi.reading.claims.claim import Claim as Claim
    from saksi.reading.read import Reading as Reading
    from saksi.reading.reader import Reader as Reader
    from saksi.reading.reader import read as read
    from saksi.reading.values import Inferred as Inferred
    from saksi.reading.values import Mention as Mention
    from saksi.reconcile.refresh import refresh as refresh
    from saksi.reporting.pictures import Drawer as Drawer

HOMES = {
    "SaksiError": "saksi.errors",
    "Document": "saksi.intake.document",
    "Drawer": "saksi.reporting.pictures",
    "Row": "saksi.ledger.columns",
    "rows_of": "saksi.ledger.columns",
    "Ledger": "saksi.ledger.store",
    "Query": "saksi.ledger.query",
    "Claim": "saksi.reading.claims.claim",
    "Reading": "saksi.reading.read",
    "Reader": "saksi.reading.reader",
    "read": "saksi.reading.reader",
    "Inferred": "saksi.reading.values",
    "Mention": "saksi.reading.values",
    "Selection": "saksi.inquiry.selection",
    "check": "saksi.inquiry.queries",
    "ground": "saksi.proposing.reader",
    "Proposal": "saksi.proposing.schema",
    "incidents": "saksi.inquiry.queries",
    "refresh": "saksi.reconcile.refresh",
    "tally": "saksi.inquiry.queries",
}
__all__ = sorted(HOMES)


def __getattr__(name: str) -> Any:
    """Loads a public name from its module."""
    if name not in HOMES:
        raise AttributeError(f"module 'saksi' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(HOMES[name]), name)
