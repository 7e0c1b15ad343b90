"""Contradictions and tensions with their claims, and incidents with what made them one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from saksi.errors import NotFoundError
from saksi.ledger import derived
from saksi.ledger.columns import Row
from saksi.publish.desk import Desk
from saksi.publish.limits import Id, PageNumber, cut
from saksi.reconcile.contradictions import Contradiction
from saksi.reconcile.incidents import Incident
from saksi.reconcile.links import Link, would_contradict
from saksi.reconcile.refresh import contradictions
from saksi.reconcile.tensions import Strain

NEARBY = 10  # claims that may be of an incident too


class PageAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a list."""

    page: PageNumber = 1
    size: Annotated[int, Meta(description="items on a page", ge=1, le=100)] = 20


class StoryAsked(msgspec.Struct, frozen=True, kw_only=True):
    """One incident."""

    id: Id


class Finding(msgspec.Struct, frozen=True):
    """A contradiction or a tension with its claims; of a tension those of the status come first."""

    contradiction: Contradiction | None
    tension: Strain | None
    claims: list[Row]


class Findings(msgspec.Struct, frozen=True):
    """A page of contradictions, worst first, then tensions; `current` is false while newer claims are not looked at.

    `undecided` are the pairs of claims that would contradict, if they are of one happening: nobody has said so yet.
    """

    contradictions: int
    tensions: int
    undecided: int
    page: int
    pages: int
    current: bool
    items: list[Finding]


class Pair(msgspec.Struct, frozen=True):
    """Two claims that may be of one happening, and why."""

    link: Link
    claims: list[Row]


class Happening(msgspec.Struct, frozen=True):
    """An incident with its claims; `nearby` pairs one of them with a claim that may be of it too."""

    incident: Incident
    claims: list[Row]
    nearby: list[Pair] = []


class Happenings(msgspec.Struct, frozen=True):
    """A page of incidents, and how many pairs nobody has decided."""

    incidents: int
    undecided: int
    page: int
    pages: int
    current: bool
    items: list[Happening]


class KeptFindings(msgspec.Struct, frozen=True):
    """All that is derived, as last told."""

    contradictions: list[Contradiction]
    tensions: list[Strain]
    incidents: list[Incident]
    undecided: list[Link]


def told(desk: Desk) -> KeptFindings:
    """What is derived of a ledger, as last told."""

    def load() -> KeptFindings:
        sorts: dict[str, list[Any]] = {"incident": [], "pair": [], "tension": []}
        types = {"incident": Incident, "pair": Link, "tension": Strain}
        for story in derived.kept_stories(desk.ledger):
            sorts[story.sort].append(msgspec.json.decode(story.content, type=types[story.sort]))
        return KeptFindings(contradictions(desk.ledger), sorts["tension"], sorts["incident"], sorts["pair"])

    return desk.kept_told(("told",), load)


def is_current(desk: Desk) -> bool:
    """Whether nothing changed since that was told."""
    return desk.state.told == desk.state.now


def find_contradictions(desk: Desk, asked: PageAsked) -> Findings:
    """A page of contradictions and tensions."""
    all_told = told(desk)
    every: list[Contradiction | Strain] = [*all_told.contradictions, *all_told.tensions]
    some, pages = cut(every, asked.page, asked.size)
    named = [each.claims if isinstance(each, Contradiction) else (*each.status, *each.claims) for each in some]
    items = [
        Finding(each, None, rows) if isinstance(each, Contradiction) else Finding(None, each, rows)
        for each, rows in zip(some, rows_of_each(desk, named), strict=True)
    ]
    undecided = sum(map(would_contradict, all_told.undecided))
    counts = (len(all_told.contradictions), len(all_told.tensions), undecided)
    return Findings(*counts, asked.page, pages, is_current(desk), items)


def find_incidents(desk: Desk, asked: PageAsked) -> Happenings:
    """A page of incidents."""
    all_told = told(desk)
    some, pages = cut(all_told.incidents, asked.page, asked.size)
    rows = rows_of_each(desk, [each.claims for each in some])
    items = [Happening(each, claims) for each, claims in zip(some, rows, strict=True)]
    counts = (len(all_told.incidents), len(all_told.undecided))
    return Happenings(*counts, asked.page, pages, is_current(desk), items)


def rows_of_each(desk: Desk, named: Sequence[Sequence[str]]) -> list[list[Row]]:
    """The rows of several sets of claims, asked for at once; those that are gone are left out."""
    known = {row.id: row for row in desk.rows(list(dict.fromkeys(id for ids in named for id in ids)))}
    return [[known[id] for id in ids if id in known] for ids in named]


def find_incident(desk: Desk, asked: StoryAsked) -> Happening:
    """One incident. Raises NotFoundError; an incident whose claims changed has another id."""
    for each in told(desk).incidents:
        if each.id == asked.id:
            return Happening(each, desk.rows(list(each.claims)), nearby(desk, each))
    raise NotFoundError(f"there is no incident {asked.id}: its claims may have changed since")


def nearby(desk: Desk, incident: Incident) -> list[Pair]:
    """The likeliest claims that may be of an incident too, each with a claim of it, that of the incident first."""
    inside = set(incident.claims)
    every = [k for k in told(desk).undecided if (k.a in inside) != (k.b in inside)]
    links = sorted(every, key=lambda k: (-k.score, k.a, k.b))[:NEARBY]
    rows = rows_of_each(desk, [(k.a, k.b) if k.a in inside else (k.b, k.a) for k in links])
    return [Pair(link, both) for link, both in zip(links, rows, strict=True) if len(both) == 2]
