"""A proposal that entered, as a claim."""

from __future__ import annotations

import msgspec

from saksi.proposing.schema import Proposal
from saksi.reading.claims.claim import Claim


class Grounded(msgspec.Struct):
    """A proposal as a claim: which of its fields the proposal's own words gave; `twin` is the rules' claim there."""

    claim: Claim
    given: frozenset[str]
    twin: str | None
    proposal: Proposal
