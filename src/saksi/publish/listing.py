"""Lists of claims: filtered by facets and words, counted, sorted, a page at a time."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
import numpy as np
import sqlalchemy as sa
from msgspec import Meta

from saksi.errors import UsageError
from saksi.ledger.columns import Row
from saksi.publish.desk import Desk
from saksi.publish.index import Flags, Index, Numbers
from saksi.publish.limits import PageNumber, Text
from saksi.reading.claim import STANCES
from saksi.registers.load import must_know

FACETS = ("kind", "target", "actor", "speaker", "country", "place", "language", "stance", "reviewed")
SORTS = ("newest", "oldest", "day", "number", "kind")
SHOWN = 12  # values of a facet


class Selected(msgspec.Struct, frozen=True, kw_only=True):
    """Which claims: each parameter narrows the list; kinds and classes take the narrower ones along."""

    kind: Annotated[Text | None, Meta(description="kind of event, with those under it")] = None
    target: Annotated[Text | None, Meta(description="class of things or people, with those under it")] = None
    actor: Annotated[Text | None, Meta(description="who did it: id of the register, or the words")] = None
    speaker: Annotated[Text | None, Meta(description="who says it: id of the register, or the words")] = None
    country: Annotated[Text | None, Meta(description="ISO 3166-1 alpha-2")] = None
    place: Annotated[Text | None, Meta(description="key of a place, as the facet gives it")] = None
    language: Annotated[Text | None, Meta(description="code of the document's language")] = None
    stance: Annotated[Text | None, Meta(description="how it is said")] = None
    reviewed: Annotated[Literal["yes", "no"] | None, Meta(description="judged by somebody, or not yet")] = None
    document: Annotated[Text | None, Meta(description="id of a document")] = None
    words: Annotated[Text | None, Meta(description="words of the document; quoted words stand together")] = None
    first: Annotated[date | None, Meta(description="claims whose period ends before it are left out")] = msgspec.field(
        name="from", default=None
    )
    last: Annotated[date | None, Meta(description="claims whose period begins after it are left out")] = msgspec.field(
        name="to", default=None
    )


class ClaimsAsked(Selected, frozen=True, kw_only=True):
    """A page of a list of claims."""

    sort: Annotated[Literal["newest", "oldest", "day", "number", "kind"], Meta(description="order of the list")] = (
        "newest"
    )
    page: PageNumber = 1
    size: Annotated[int, Meta(description="claims on a page", ge=1, le=500)] = 50


class FacetValue(msgspec.Struct, frozen=True):
    """One value of a facet: its key, what is shown, how many claims have it, whether it is asked for."""

    key: str
    label: str
    claims: int
    chosen: bool


class Facet(msgspec.Struct, frozen=True):
    """A facet: its most frequent values, and how many more there are."""

    name: str
    values: list[FacetValue]
    more: int


class Claims(msgspec.Struct, frozen=True):
    """A page of claims: how many in all, which page of how many, the claims, the facets of the selection."""

    total: int
    page: int
    pages: int
    items: list[Row]
    facets: list[Facet]


def find_claims(desk: Desk, asked: ClaimsAsked) -> Claims:
    """The claims that are asked for."""
    index = desk.index
    masks = masks_of(desk, index, asked)
    chosen = all_of(index, masks)
    total = int(chosen.sum())
    pages = max(1, -(-total // asked.size))
    order = sorted_by(index, np.flatnonzero(chosen), asked.sort)
    some = order[(asked.page - 1) * asked.size : asked.page * asked.size]
    facets = desk.kept(("facets", selection_of(asked)), lambda: facets_of(desk, index, asked, masks))
    return Claims(total, asked.page, pages, desk.rows([index.ids[n] for n in some.tolist()]), facets)


def selection_of(asked: Selected) -> tuple[object, ...]:
    """The selection of a list, without its order and page."""
    return tuple(getattr(asked, f) for f in Selected.__struct_fields__)


def chosen_by(desk: Desk, asked: Selected) -> tuple[Index, Flags]:
    """The index, and which claims of it are selected."""
    index = desk.index
    return index, all_of(index, masks_of(desk, index, asked))


def masks_of(desk: Desk, index: Index, asked: Selected) -> dict[str, Flags]:
    """For each parameter that is given, which claims fit it. Raises UsageError for unknown words of the registers."""
    registers = desk.registers
    found: dict[str, Flags] = {}
    for name, table in (("kind", registers.kinds), ("target", registers.classes)):
        value = getattr(asked, name)
        if value is not None:
            must_know(value, table, name)
            found[name] = index.having(name, [k for k in table if registers.is_a(k, value)])
    if asked.stance is not None and asked.stance not in STANCES:
        raise UsageError(f"stance {asked.stance!r} is not one of: {' '.join(STANCES)}")
    for name in ("actor", "speaker", "place", "language", "stance", "document"):
        if getattr(asked, name) is not None:
            found[name] = index.having(name, [getattr(asked, name)])
    if asked.country is not None:
        found["country"] = index.having("country", [asked.country.upper()])
    if asked.reviewed is not None:
        found["reviewed"] = index.reviewed if asked.reviewed == "yes" else ~index.reviewed
    if asked.words is not None and asked.words.strip():
        found["words"] = index.having("document", documents_with(desk, asked.words))
    for name, day, column in (("from", asked.first, "last"), ("to", asked.last, "first")):
        if day is not None:
            days = index.columns[column]
            fits = days >= day.toordinal() if name == "from" else days <= day.toordinal()
            found[name] = fits & (days > 0)
    return found


def documents_with(desk: Desk, words: str) -> list[str]:
    """The documents that hold all of some words."""

    def search() -> list[str]:
        with desk.ledger.engine.connect() as db:
            statement = desk.ledger.backend.matching(words).columns(sa.column("document", sa.Text))
            return [row[0] for row in db.execute(statement)]

    return desk.kept(("words", words), search)


def all_of(index: Index, masks: dict[str, Flags], without: str | None = None) -> Flags:
    """The claims that fit all parameters, or all but one."""
    chosen = np.ones(len(index.ids), dtype=np.bool_)
    for name, mask in masks.items():
        if name != without:
            chosen &= mask
    return chosen


def sorted_by(index: Index, chosen: Numbers, sort: str) -> Numbers:
    """Claims in an order; equal ones as they stand in the ledger."""
    if sort == "oldest":
        return chosen
    if sort == "newest":
        return chosen[::-1]
    if sort == "kind":
        names = np.array(index.values["kind"].keys or [""])
        return chosen[np.argsort(names[index.columns["kind"][chosen]], kind="stable")]
    column = index.columns["first" if sort == "day" else "low"][chosen]
    return chosen[np.argsort(-column, kind="stable")]


def facets_of(desk: Desk, index: Index, asked: Selected, masks: dict[str, Flags]) -> list[Facet]:
    """All facets of a selection; each is counted as if it were not chosen itself, so that one can change over."""
    found = []
    chosen = all_of(index, masks)
    for name in FACETS:
        around = all_of(index, masks, name) if name in masks else chosen
        found.append(facet_of(desk, index, name, getattr(asked, name), around))
    return found


def facet_of(desk: Desk, index: Index, name: str, value: str | None, chosen: Flags) -> Facet:
    """One facet."""
    if name == "reviewed":
        yes = int((chosen & index.reviewed).sum())
        counted = [(key, key, n) for key, n in (("no", int(chosen.sum()) - yes), ("yes", yes)) if n]
    else:
        counted = [(key, shown_as(desk, name, key, shown), n) for key, shown, n in index.counts(name, chosen) if key]
    shown = counted[:SHOWN] + [each for each in counted[SHOWN:] if each[0] == value]
    values = [FacetValue(key, label, n, key == value) for key, label, n in shown]
    return Facet(name, values, len(counted) - len(shown))


def shown_as(desk: Desk, name: str, key: str, value: object) -> str:
    """A value as a person reads it, where it is not a word of a register (those are put into the page's language)."""
    if name in ("actor", "speaker"):
        known = desk.registers.actors.get(key)
        return known.name if known else str(getattr(value, "text", key))
    if name == "place":
        spot_name, country = getattr(value, "name", key), getattr(value, "country", None)
        return f"{spot_name}, {country}" if country and country != spot_name else str(spot_name)
    return key
