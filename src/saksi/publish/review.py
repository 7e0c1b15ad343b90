"""The review queue: what waits for somebody's eyes, the most doubtful first."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta

from saksi.ledger.columns import Row
from saksi.ledger.judgements import Judgement, corrected_row, judged, upheld
from saksi.publish.desk import Desk
from saksi.publish.findings import Pair, told
from saksi.publish.index import Flags, Index
from saksi.publish.limits import Id, Text
from saksi.publish.readings import Difference, differences_of, differing
from saksi.publish.selecting import Selected, chosen_by
from saksi.publish.voices import Numbers
from saksi.reconcile.links import Link
from saksi.reconcile.refresh import links

HELD = 2_000  # of a queue that are put in order


class ReviewAsked(Selected, frozen=True, kw_only=True):
    """What is to be reviewed: single claims, pairs that may be of one happening, or claims whose readers differ."""

    sort: Annotated[Literal["claims", "pairs", "readers"], Meta(description="what is reviewed")] = "claims"
    after: Annotated[Text | None, Meta(description="go on behind this one")] = None
    at: Annotated[Text | None, Meta(description="look at this one")] = None


class ClaimAsked(msgspec.Struct, frozen=True, kw_only=True):
    """One claim."""

    id: Id


class ClaimStory(msgspec.Struct, frozen=True):
    """A claim as it was read and as it stands: corrected, struck through or neither, with all judgements of it.

    `incident` is the id of that it belongs to, `contradictions` how many it is named in, as last told.
    """

    claim: Row
    stands: Row
    struck: bool
    judgements: list[Judgement]
    changed: bool
    incident: str | None
    contradictions: int


class Waiting(msgspec.Struct, frozen=True):
    """What is next in the queue, and how much waits."""

    claims: int
    pairs: int
    claim: ClaimStory | None
    pair: Pair | None
    differing: int = 0
    differences: list[Difference] = []


def find_claim(desk: Desk, asked: ClaimAsked) -> ClaimStory:
    """One claim with its judgements. Raises NotFoundError."""
    return story_of(desk, desk.row(asked.id))


def story_of(desk: Desk, row: Row) -> ClaimStory:
    """A claim as it was read and as it stands; `changed` says that a judgement was made on other values."""
    every = desk.judgements
    mine = [each for each in every if row.id in each.claims]
    found = judged(every)
    corrections = found.corrected.get(row.id)
    stands = corrected_row(row, corrections) if corrections else row
    readings = {dict(zip(each.claims, each.readings, strict=True))[row.id] for each in mine}
    within = desk.kept_told(("incidents of claims",), lambda: incidents_of(desk))
    named = sum(row.id in c.claims for c in told(desk).contradictions)
    struck, changed = row.id in found.struck, bool(readings - {row.reading})
    return ClaimStory(row, stands, struck, mine, changed, within.get(row.id), named)


def incidents_of(desk: Desk) -> dict[str, str]:
    """The incident of each claim that is in one."""
    return {id: each.id for each in told(desk).incidents for id in each.claims}


def find_waiting(desk: Desk, asked: ReviewAsked) -> Waiting:
    """What is next in the queue."""
    index, chosen = chosen_by(desk, asked)
    waiting = chosen & ~index.reviewed
    number, pairs = int(waiting.sum()), pairs_waiting(desk)
    if asked.sort == "readers":
        return find_differing(desk, asked, number, len(pairs))
    if asked.sort == "pairs":
        queue = {f"{p.a} {p.b}": p for p in pairs}
        link = queue.get(asked.at or "") or asked_for(desk, asked.at) or queue.get(next_of(list(queue), asked) or "")
        found = Pair(link, desk.rows([link.a, link.b])) if link is not None else None
        return Waiting(number, len(pairs), None, found, len(differing(desk)))
    id = asked.at or next_claim(index, queue_of(desk, index, waiting, asked.after), asked.after)
    story = story_of(desk, desk.row(id)) if id else None
    told = differences_of(desk, story.claim) if story is not None else []
    return Waiting(number, len(pairs), story, None, len(differing(desk)), told)


def asked_for(desk: Desk, at: str | None) -> Link | None:
    """The link of two claims to look at, though it is in no queue; None where `at` names no pair."""
    ids = (at or "").split()
    if len(ids) != 2:
        return None
    a, b = sorted(desk.row(id).id for id in ids)
    return next(iter(links(desk.ledger, {a, b})), None) or Link(a, b, "maybe")


def find_differing(desk: Desk, asked: ReviewAsked, claims: int, pairs: int) -> Waiting:
    """What is next of the claims whose readers differ; one that is looked at stays, though it is settled."""
    queue = differing(desk)
    id = asked.at or next_of(queue, asked)
    row = desk.row(id) if id else None
    told = differences_of(desk, row) if row is not None else []
    return Waiting(claims, pairs, story_of(desk, row) if row is not None else None, None, len(queue), told)


def next_of(queue: list[str], asked: ReviewAsked) -> str | None:
    """The one behind another, else the first."""
    if asked.at in queue:
        return asked.at
    begin = queue.index(asked.after) + 1 if asked.after in queue else 0
    left = queue[begin:] or queue
    return left[0] if left else None


def next_claim(index: Index, queue: Numbers, after: str | None) -> str | None:
    """The claim behind another in a queue of places, else the first."""
    if not len(queue):
        return None
    before = index.place(after)
    behind = np.flatnonzero(queue == before) + 1 if before is not None else np.zeros(1, dtype=np.int64)
    at = int(behind[0]) if len(behind) else 0
    return index.ids[int(queue[at if at < len(queue) else 0])]


def queue_of(desk: Desk, index: Index, waiting: Flags, after: str | None) -> Numbers:
    """Where the claims are that nobody has judged: those in contradictions first, those in doubt, then the newest.

    The claim that was looked at last is kept in, so that one knows where to go on.
    """
    waiting = waiting.copy()
    if (before := index.place(after)) is not None:
        waiting[before] = True
    first = desk.kept_placed(("doubtful",), lambda: doubtful(desk, index))
    first = first[waiting[first]]
    rest = np.flatnonzero(waiting)[::-1][:HELD]
    return np.concatenate([first, rest[~np.isin(rest, first)]])


def doubtful(desk: Desk, index: Index) -> Numbers:
    """Where the claims are that contradict others, then those that may be of one happening with others."""
    found = told(desk)
    ids = dict.fromkeys(id for c in found.contradictions for id in (*c.smallest, *c.claims))
    ids |= dict.fromkeys(id for k in found.undecided for id in (k.a, k.b))
    return np.array([at for id in ids if (at := index.place(id)) is not None], dtype=np.int64)


def pairs_waiting(desk: Desk) -> list[Link]:
    """The pairs that no rule and nobody has decided, the likeliest first."""

    def make() -> list[Link]:
        decided = {tuple(sorted(each.claims)) for each in upheld(desk.judgements) if len(each.claims) == 2}
        pairs = [k for k in told(desk).undecided if (k.a, k.b) not in decided]
        return sorted(pairs, key=lambda k: (-k.score, k.a, k.b))

    return desk.kept(("pairs",), make)
