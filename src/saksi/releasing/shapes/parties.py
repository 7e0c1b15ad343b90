"""Who is in a happening or a claim, and where its words come from, as cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from saksi.ledger.columns import Row
from saksi.releasing.notes import Notes
from saksi.releasing.world import World
from saksi.version import __version__


class Party(msgspec.Struct, frozen=True):
    """Somebody who acts or is acted on: the register's id where there is one, and the name."""

    id: str | None
    name: str


def actors_of(rows: Iterable[Row], world: World) -> list[Party]:
    """Who did it, each once, in the order in which the claims name them."""
    return once([Party(a.id, world.actor_name(a.id, a.text)) for row in rows for a in row.actors])


def owners_of(rows: Iterable[Row], world: World) -> list[Party]:
    """Whose the targets were, each once."""
    return once([Party(world.id_of(row.target_owner), row.target_owner) for row in rows if row.target_owner])


def two_sides(rows: Sequence[Row], world: World, notes: Notes) -> tuple[list[Party], list[Party]]:
    """Who did it, and who else was hit. A party told as both stands with those who did it, and is noted."""
    doers, owners = actors_of(rows, world), owners_of(rows, world)
    others = [owner for owner in owners if owner not in doers]
    if len(others) < len(owners):
        notes.lacks("sides", "a party is told as who did it and as whom it hit", [row.id for row in rows])
    return doers, others


def once(parties: list[Party]) -> list[Party]:
    """Parties, each once by its name."""
    return parties if len(parties) < 2 else list({party.name: party for party in parties}.values())


def civilian(rows: Iterable[Row]) -> bool:
    """Whether the words, or the class, say of somebody hit that they are civilians."""
    return any(row.target_status == "civilian" for row in rows)


def said_by(row: Row) -> str | None:
    """Who says it: the speaker's words, else None for the outlet's own voice."""
    who = row.speaker or row.speaker_org
    return who.text if who else None


def joined(values: Iterable[str | None]) -> str | None:
    """Texts, each once, with semicolons between; None where there is none."""
    found = dict.fromkeys(values)
    return "; ".join([value for value in found if value]) or None


def own_columns(rows: Sequence[Row], notes: Notes) -> dict[str, Any]:
    """Our own columns after those of a scheme: the claims, the version, the fields that are presumed."""
    presumed = [field for row in rows for field in notes.presumes(row)]
    return {
        "ledger_claim_ids": "; ".join([row.id for row in rows]),
        "ledger_version": __version__,
        "ledger_presumed": joined(sorted(presumed)),
    }
