"""Lists of claims: counted, sorted, a page at a time, with the facets that narrow them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta

from saksi.ledger.columns import Row
from saksi.publish.desk import Desk
from saksi.publish.facets import Facet, facets
from saksi.publish.index import Flags, Index
from saksi.publish.limits import PageNumber, cut
from saksi.publish.selecting import Selected, chosen_by
from saksi.publish.voices import Numbers

SORTS = ("newest", "oldest", "day", "number", "kind")


class ClaimsAsked(Selected, frozen=True, kw_only=True):
    """A page of a list of claims."""

    sort: Annotated[Literal["newest", "oldest", "day", "number", "kind"], Meta(description="order of the list")] = (
        "newest"
    )
    page: PageNumber = 1
    size: Annotated[int, Meta(description="claims on a page", ge=1, le=500)] = 50


class Claims(msgspec.Struct, frozen=True):
    """A page of claims as they were read; `judged` says of those that people judged what stands, by id."""

    total: int
    page: int
    pages: int
    items: list[Row]
    judged: dict[str, str]
    facets: list[Facet]


def find_claims(desk: Desk, asked: ClaimsAsked) -> Claims:
    """The claims that are asked for."""
    index, chosen = chosen_by(desk, asked)
    order = sorted_by(index, chosen, asked.sort)
    some, pages = cut(order, asked.page, asked.size)
    rows = desk.rows([index.ids[n] for n in some.tolist()])
    return Claims(len(order), asked.page, pages, rows, desk.standing([row.id for row in rows]), facets(desk, asked))


def sorted_by(index: Index, chosen: Flags, sort: str) -> Numbers:
    """The claims chosen in an order; equal ones as they stand in the ledger."""
    if sort in ("newest", "oldest"):
        found = np.flatnonzero(chosen)
        return found if sort == "oldest" else found[::-1]
    if sort == "kind":
        places = np.flatnonzero(chosen)
        names = np.array(index.values["kind"].keys or [""])
        return places[np.argsort(names[index.columns["kind"][places]], kind="stable")]
    ranked = index.ranked("first" if sort == "day" else "low")
    return ranked[chosen[ranked]]
