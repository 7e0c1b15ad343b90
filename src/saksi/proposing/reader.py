"""The rules and a second reader over one document: what enters the ledger, and what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from saksi.errors import UsageError
from saksi.intake.document import Document, content_hash
from saksi.ledger.columns import Row, row_of, rows_of
from saksi.proposing.ground import Grounding, Refusal
from saksi.proposing.grounded import Grounded
from saksi.proposing.laid import Laid
from saksi.proposing.quotes import Range
from saksi.proposing.schema import Proposal
from saksi.proposing.settling import Policy, Second, load_policy, settled
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.retold import tie_retellings
from saksi.reading.reader import Reader
from saksi.reading.values import Unread


class Proposed(msgspec.Struct):
    """A document as two readers have it: its rows, what the second reader alone makes of it, and what was refused."""

    document: Document
    version: str
    over: str  # the version of the rules' reading alone
    rows: list[Row]
    second: list[Row]
    refused: list[Refusal]
    unread: list[Unread]


class Parted(msgspec.Struct):
    """Proposals with the part of the text that each was made of: where its quotes are looked for first."""

    proposals: list[Proposal] = []
    parts: list[Range] = []

    def add(self, proposals: Sequence[Proposal], part: Range) -> None:
        """Adds what was proposed of one part."""
        self.proposals += proposals
        self.parts += [part] * len(proposals)


def read_with(reader: Reader, document: Document, name: str, proposals: Sequence[Proposal] | Parted) -> Proposed:
    """A document read by the rules and by what somebody named proposes. Pure: the same in, the same out."""
    document = reader.prepared(document)
    vocabulary = reader.vocabulary(str(document.language))
    laid = Laid(document, vocabulary, reader.source(vocabulary))
    names = reader.actor_names(vocabulary.code)
    return settle_laid(laid, name, proposals, names, load_policy(reader.overlay))


def ground(
    document: Document,
    proposals: Sequence[Proposal | dict[str, Any]],
    *,
    name: str = "second",
    registers: str | Path | None = None,
) -> Proposed:
    """What two readers make of a document: the rules, and somebody named who proposes claims by quotes of it.

    Raises UsageError for a proposal that is none.
    """
    try:
        told = [p if isinstance(p, Proposal) else msgspec.convert(p, Proposal) for p in proposals]
    except msgspec.ValidationError as error:
        raise UsageError(f"a proposal is not as docs/proposal.schema.json says: {error}") from None
    return read_with(Reader(Path(registers) if registers else None), document, name, told)


def settle_laid(
    laid: Laid, name: str, proposals: Sequence[Proposal] | Parted, names: dict[str, str], policy: Policy | None = None
) -> Proposed:
    """A document laid open, with what somebody named proposes; `names` are the register's names of actors."""
    policy = policy or load_policy()
    told = proposals if isinstance(proposals, Parted) else Parted(list(proposals))
    grounding = Grounding(laid).all(told.proposals, told.parts)
    tie([g.claim for g in grounding.grounded], laid)
    second = [seconded(g, laid, names) for g in grounding.grounded]
    version = version_of(laid, name, told, policy)
    rows = settled(rows_of(laid.reading, names), second, name, policy)
    return Proposed(
        document=laid.page.document, version=version, over=laid.reading.version,
        rows=[stamped(r, version) for r in rows], second=[s.row for s in second], refused=grounding.refused,
        unread=laid.reading.unread,
    )  # fmt: skip


def tie(claims: list[Claim], laid: Laid) -> None:
    """Ties what the page tells again, in the order of the text."""
    tie_retellings(sorted(claims, key=lambda c: c.anchor.start), laid.page)


def seconded(grounded: Grounded, laid: Laid, names: dict[str, str]) -> Second:
    """A grounded proposal as a row."""
    twin = next((c for c in laid.reading.claims if c.id == grounded.twin), None)
    before = twin.relations if twin is not None else ()
    given = grounded.given | ({"relations"} if grounded.claim.relations != before else set())
    return Second(row_of(grounded.claim, laid.reading, names), given, twin is not None)


def version_of(laid: Laid, name: str, told: Parted, policy: Policy) -> str:
    """The identity of both readers together: the rules, the name, what it proposed, and the policy."""
    return "r_" + content_hash([laid.reading.version, name, told, policy], 12)


def stamped(row: Row, version: str) -> Row:
    """A row whose `reading` hashes both readers with the values."""
    values = {f: getattr(row, f) for f in Row.__struct_fields__ if f not in ("reading", "evidence", "document")}
    return msgspec.structs.replace(row, reading="r_" + content_hash([version, values], 12))
