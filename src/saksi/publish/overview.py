"""What is in a ledger, at one look."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from saksi.publish.desk import Desk
from saksi.publish.documents import DocumentLine, DocumentsAsked, find_documents
from saksi.publish.facets import Facet, facets
from saksi.publish.findings import Findings, PageAsked, find_contradictions
from saksi.publish.selecting import Selected, chosen_by
from saksi.publish.where_and_when import WhereAndWhen, find_where_and_when

FEW = 8  # documents and contradictions shown


class OverviewAsked(Selected, frozen=True, kw_only=True):
    """What is in a ledger, or in a selection of its claims."""

    few: Annotated[int, Meta(description="newest documents and worst contradictions shown", ge=1, le=50)] = FEW


class Overview(msgspec.Struct, frozen=True):
    """Counts, the newest documents, the worst contradictions, and where and when the selection is."""

    ledger: str
    documents: int
    claims: int
    unread: int
    selected: int
    waiting: int
    newest: list[DocumentLine]
    findings: Findings
    where_and_when: WhereAndWhen
    facets: list[Facet]


def find_overview(desk: Desk, asked: OverviewAsked) -> Overview:
    """The overview of a ledger, or of a selection."""
    index, chosen = chosen_by(desk, asked)
    counts = desk.kept_placed(("counts",), desk.ledger.counts)
    return Overview(
        ledger=desk.ledger.name,
        documents=counts["documents"],
        claims=counts["claims"],
        unread=counts["unread"],
        selected=int(chosen.sum()),
        waiting=int((chosen & ~index.reviewed).sum()),
        newest=find_documents(desk, DocumentsAsked(size=asked.few)).items,
        findings=find_contradictions(desk, PageAsked(size=min(asked.few, 5))),
        where_and_when=find_where_and_when(desk, asked),
        facets=facets(desk, asked),
    )
