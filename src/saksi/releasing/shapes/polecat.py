"""POLECAT-shaped: 40 columns separated by tabs, one line for each claim that PLOVER has a type for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from saksi.ledger.columns import Row
from saksi.releasing.happenings import not_one
from saksi.releasing.notes import Notes
from saksi.releasing.shapes import OWN, Shape
from saksi.releasing.shapes.parties import Party, actors_of, own_columns, owners_of
from saksi.releasing.shapes.placing import spread
from saksi.releasing.world import PloverType, World
from saksi.version import __version__

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
EMPTY = {
    **dict.fromkeys(("Actor COW", "Recipient COW"), "the ledger has no codes of the Correlates of War"),
    **dict.fromkeys(("Wikipedia Actor ID", "Wikipedia Recipient ID"), "the ledger does not tie actors to Wikipedia"),
    **dict.fromkeys(("Actor Title", "Recipient Title", "Story People"), "the ledger keeps no titles and no persons"),
    "Contexts": "the ledger has no contexts",
}


def lines(told: Iterable[Row], world: World, notes: Notes) -> Iterator[dict[str, Any]]:
    """Claims told as done that PLOVER has a type for."""
    for row in told:
        kind = world.plover(row.kind)
        why = not_one(row) or (None if kind else "PLOVER has no type for this kind of event")
        if why is not None or kind is None:
            notes.leave_out(str(why), [row.id])
        elif row.start is None:
            notes.leave_out("no first day is known, and an event has a date", [row.id])
        else:
            yield line(row, kind, world, notes)


def line(row: Row, kind: PloverType, world: World, notes: Notes) -> dict[str, Any]:
    """One line."""
    if row.end != row.start:
        notes.lacks("Event Date", "several days are told; the first stands here", [row.id])
    if row.counts is not None:
        notes.lacks("all", "POLECAT has no column for a number", [row.id])
    doc = row.document
    doers, owners = actors_of([row], world), owners_of([row], world)
    return {
        "Event ID": row.id, "Event Date": row.start, "Event Type": kind.type, "Event Mode": kind.mode,
        "Intensity": kind.intensity, "Quad Code": world.exchange.quad_codes[kind.type],
        **party("Actor", tuple(doers), world), "Actor Name Raw": joined_raw(a.text for a in row.actors),
        **party("Recipient", tuple(owners), world), "Recipient Name Raw": row.target_text,
        **place(row, world, notes),
        "Source": doc.publisher, "Publication Date": doc.published, "Language": doc.language,
        "Story Organizations": joined_raw(p.name for p in (*doers, *owners)),
        "Story Locations": joined_raw(p.name for p in row.places),
        "Version": __version__, **own_columns([row], notes),
    }  # fmt: skip


@lru_cache(maxsize=10_000)
def party(word: str, some: tuple[Party, ...], world: World) -> dict[str, Any]:
    """The columns of one side but for its words; a side of several stays one list."""
    countries = [world.countries.get(world.actor_country(p.id) or "") for p in some]
    sectors = [world.exchange.sectors.get(world.actor_kind(p.id) or "") for p in some]
    return {
        f"{word} Name": joined_raw(p.name for p in some),
        f"{word} Country": joined_raw(c.alpha3 for c in countries if c),
        f"Primary {word} Sector": next((s for s in sectors if s), None),
        f"{word} Sectors": joined_raw(s for s in sectors if s),
    }


def place(row: Row, world: World, notes: Notes) -> dict[str, Any]:
    """The one place; of several their country."""
    where = spread([row])
    known = world.countries.get(where.country or "")
    found: dict[str, Any] = {"Country": known.alpha3 if known else None, "Province": where.admin1}
    if where.one is None:
        notes.lacks("Placename", "several places or none are told, which are not split", [row.id])
        return found
    one = where.one
    return {
        **found, "Placename": one.name, "City": one.name if one.level == "city" else None,
        "District": one.name if one.level == "admin2" else None,
        "Province": one.name if one.level == "admin1" else one.admin1,
        "Latitude": one.lat if where.pointed else None, "Longitude": one.lon if where.pointed else None,
        "GeoNames ID": one.geonames_id, "Raw Placename": one.text, "Feature Type": one.level,
    }  # fmt: skip


def joined_raw(values: Iterable[str]) -> str | None:
    """Texts, each once, with semicolons between."""
    return ";".join(dict.fromkeys(values)) or None


POLECAT = Shape((*COLUMNS, *OWN), "tsv", "judged", lines, EMPTY)
