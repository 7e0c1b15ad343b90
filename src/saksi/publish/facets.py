"""Facets: what a selection of claims consists of, counted, each as if it were not chosen itself."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from saksi.publish.desk import Desk
from saksi.publish.index import Flags, Index
from saksi.publish.limits import PageNumber, Text, cut
from saksi.publish.selecting import Selected, all_of, masks_of, selection_of
from saksi.registers.places.folding import fold

Name = Literal["kind", "target", "actor", "speaker", "country", "place", "language", "stance", "grounds", "reviewed"]
FACETS: tuple[str, ...] = get_args(Name)
SHOWN = 12  # values of a facet beside a list; all of them have a page of their own
Counted = list[tuple[str, str, int]]  # key, label, claims


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


class FacetAsked(Selected, frozen=True, kw_only=True):
    """All values of one facet of a selection."""

    name: Name
    like: Annotated[Text | None, Meta(description="only values whose label holds these letters")] = None
    page: PageNumber = 1
    size: Annotated[int, Meta(description="values on a page", ge=1, le=500)] = 200


class FacetPage(msgspec.Struct, frozen=True):
    """A page of the values of a facet, the most frequent first."""

    name: str
    total: int
    page: int
    pages: int
    items: list[FacetValue]


def facets(desk: Desk, asked: Selected) -> list[Facet]:
    """All facets of a selection."""

    def make() -> list[Facet]:
        index = desk.index
        masks = masks_of(desk, index, asked)
        chosen = all_of(index, masks)
        around = {name: all_of(index, masks, name) if name in masks else chosen for name in FACETS}
        return [short(desk, index, name, around[name], getattr(asked, name)) for name in FACETS]

    return desk.kept(("facets", selection_of(asked)), make)


def short(desk: Desk, index: Index, name: str, around: Flags, chosen: str | None) -> Facet:
    """The first values of a facet, and the one that is chosen."""
    if name == "reviewed":
        return Facet(name, [FacetValue(*each, each[0] == chosen) for each in counted(desk, index, name, around)], 0)
    values, (order, tally) = index.values[name], index.frequent(name, around)
    shown = order < 0
    shown[:SHOWN] = True
    shown |= order == values.numbers.get(chosen or "", -1)
    some = zip(order[shown].tolist(), tally[shown].tolist(), strict=True)
    told = [(values.keys[n], shown_as(desk, name, values.keys[n], values.shown[n]), m) for n, m in some]
    return Facet(name, [FacetValue(*each, each[0] == chosen) for each in told], len(order) - len(told))


def find_facet(desk: Desk, asked: FacetAsked) -> FacetPage:
    """All values of a facet, a page at a time."""
    index = desk.index
    masks = masks_of(desk, index, asked)
    values = desk.kept(("facet", asked.name, selection_of(asked)),
                       lambda: counted(desk, index, asked.name, all_of(index, masks, asked.name)))  # fmt: skip
    letters = fold(asked.like or "")
    fitting = [each for each in values if letters in fold(f"{each[1]} {each[0]}")]
    some, pages = cut(fitting, asked.page, asked.size)
    chosen = getattr(asked, asked.name)
    items = [FacetValue(*each, each[0] == chosen) for each in some]
    return FacetPage(asked.name, len(fitting), asked.page, pages, items)


def counted(desk: Desk, index: Index, name: str, chosen: Flags) -> Counted:
    """How many claims have each value of a facet, the most frequent first."""
    if name == "reviewed":
        yes = int((chosen & index.reviewed).sum())
        return [(key, key, n) for key, n in (("no", int(chosen.sum()) - yes), ("yes", yes)) if n]
    return [(key, shown_as(desk, name, key, shown), n) for key, shown, n in index.counts(name, chosen)]


def shown_as(desk: Desk, name: str, key: str, value: Any) -> str:
    """A value as a person reads it; words of registers, and countries, are put into the page's language there."""
    if name in ("actor", "speaker"):
        known = desk.registers.actors.get(key)
        return known.name if known else str(getattr(value, "text", key))
    if name == "place":
        spot_name, country = getattr(value, "name", key), getattr(value, "country", None)
        return f"{spot_name}, {country}" if country and country != spot_name else str(spot_name)
    return key
