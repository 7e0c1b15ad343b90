"""`saksi export --as datasette`: what Datasette needs to show a ledger as it is, made from our columns.

Tables of people, their sessions and their tokens are closed, and free SQL with them, since it could read these.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from saksi.errors import UsageError
from saksi.ledger import schema
from saksi.ledger.columns import Row
from saksi.ledger.store import Ledger
from saksi.releasing.codebook import meaning
from saksi.releasing.writing import whole
from saksi.version import __version__

FACETS = ("kind", "stance", "target", "scope", "days_grounds")
CLOSED = ("people", "sessions", "tokens", "saksi_meta")
ABOUT = {
    "claims": "Claims, one a row: one speaker, in one document, saying that one thing happened. No facts. Older "
    "readings stay: newest is 1 for those that count.",
    "documents": "Documents as published, with their texts.",
    "claim_places": "The places of claims, for looking them up.",
    "judgements": "What people judged of claims.",
    "readings": "By what each document was read.",
    "links": "Pairs of claims that are, or may be, of one happening, and why. Derived.",
    "findings": "Contradictions, as JSON. Derived.",
    "stories": "Incidents, undecided pairs and tensions, as JSON. Derived.",
    "extents": "How far claims reach. Derived.",
    "unread": "Words that were seen and could not be read.",
    "refused": "What a second reader proposed and the text does not bear out.",
    "removals": "Tombstones of what was erased.",
    "signals": "Where a source delivered something else than was expected of it, as last checked. Derived.",
    "signoffs": "Documents that somebody read to the end.",
    "vocabularies": "A project's own words, as they were when it was read.",
}


def write_metadata(ledger: Ledger, out: Path) -> str:
    """Writes the metadata of a ledger in a file; returns how to open both. Raises UsageError for one on a server."""
    if "://" in ledger.name or not Path(ledger.name).is_file():
        raise UsageError(f"--as datasette: Datasette opens SQLite files, and {ledger.name} is none")
    with whole(out) as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(metadata(Path(ledger.name))), indent=1) + b"\n")
    return f"{out}: datasette {ledger.name} --metadata {out}"


def metadata(ledger: Path) -> dict[str, Any]:
    """Labels, facets and descriptions of the tables of a ledger."""
    tables: dict[str, Any] = {name: {"description": text} for name, text in ABOUT.items() if name in schema.metadata}
    tables["claims"] |= {"columns": columns(), "facets": list(FACETS), "sort_desc": "start", "label_column": "id"}
    tables["documents"] |= {"label_column": "title", "facets": ["publisher", "language"], "sort_desc": "published"}
    tables["judgements"] |= {"facets": ["verdict"]}
    tables |= {name: {"hidden": True, "allow": False} for name in CLOSED}
    return {
        "title": f"A ledger of claims: {ledger.stem}",
        "description": f"Kept with Saksi {__version__}. Each value stands on the words it came from: see evidence.",
        "databases": {ledger.stem: {"allow_sql": False, "tables": tables}},
    }


def columns() -> dict[str, str]:
    """The meaning of each column of the claims."""
    hints = get_type_hints(Row, include_extras=True)
    ours = {"document_id": "the document", "newest": "1 where no newer reading took its place",
            "added_by": "who added it by hand", "number": "its place in the ledger"}  # fmt: skip
    return {**{name: meaning(hints[name]) for name in Row.__struct_fields__}, **ours}
