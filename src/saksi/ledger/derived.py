"""What is derived from the claims and kept beside them: extents, links, components, findings.

Nothing here is a source of truth: it can be thrown away and made anew. Extents say which claims may bear
on which, so that a new document touches only its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
import sqlalchemy as sa

from saksi.ledger import schema
from saksi.ledger.columns import Row
from saksi.ledger.made import CELLS, row_of_cells
from saksi.ledger.store import CONTENTS, RISEN, Ledger, chunks, counter, raise_counter

TURN = "turn"  # the counter of changes to what is derived
SPEAKERS = "speakers"  # the sort of the one story that keeps who speaks
INSIDE = "one place in another"  # the figure of claims that put a place inside a wider one
ASSESSED = "assessed"  # how far the claims were, by `so_far`
OPENED = ""  # the reading of claims that are to be assessed again
LOOKED_UP = 20_000  # claims whose links are looked up; for more of them all links are gone through
MEMORY: WeakKeyDictionary[Ledger, tuple[str, tuple[set[str], set[str]]]] = WeakKeyDictionary()  # of `unassessed`


class Extent(msgspec.Struct, frozen=True):
    """How far a claim reaches, once for each country: family of kinds, days as ordinals; None is not known."""

    claim: str
    reading: str
    family: str
    country: str | None
    first: int | None
    last: int | None
    figure: str | None
    component: str


class Reach(msgspec.Struct, frozen=True):
    """Of what a question is: families of kinds, countries (none: all), the first and the last day as ordinals."""

    families: set[str]
    countries: set[str]
    first: int | None
    last: int | None

    def holds(self, extent: Extent) -> bool:
        """Whether a claim that reaches so far may speak of it; what is not known may be anything."""
        there = not self.countries or extent.country in (None, "?") or extent.country in self.countries
        begun = self.last is None or extent.first is None or extent.first <= self.last
        going_on = self.first is None or extent.last is None or extent.last >= self.first
        return extent.family in self.families and there and begun and going_on


def rows_by_id(ledger: Ledger, ids: Iterable[str]) -> list[Row]:
    """The newest rows of some claims, in the ledger's order."""
    claims = schema.claims
    found = []
    with ledger.engine.connect() as db:
        for some in chunks(ids):
            statement = sa.select(claims.c.number, *CELLS).where(claims.c.newest, claims.c.id.in_(some))
            found += [(cells["number"], row_of_cells(cells)) for cells in db.execute(statement).mappings().all()]
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def rows_of_documents(ledger: Ledger, documents: Iterable[str]) -> list[Row]:
    """The newest rows of some documents."""
    c = schema.claims.c
    with ledger.engine.connect() as db:
        ids = {
            id
            for some in chunks(documents)
            for id in db.execute(sa.select(c.id).where(schema.NEWEST_OF_FEW, c.document_id.in_(some))).scalars()
        }
    return rows_by_id(ledger, ids)


def changes(ledger: Ledger) -> tuple[set[str], set[str]]:
    """The claims that are not assessed yet, and those that were but are no longer the newest."""
    claims, extents = schema.claims, schema.extents
    same = (extents.c.claim == claims.c.id) & (extents.c.reading == claims.c.reading)
    opened = sa.select(extents.c.claim).where(extents.c.reading == OPENED)
    # no claim is removed without its extents, so that what is gone is either opened again or there in an older reading
    gone = sa.union(opened, sa.select(extents.c.claim).join(claims, same).where(sa.not_(claims.c.newest)))
    with ledger.engine.connect() as db:
        known = assessed_to(db)
        there = claims.c.newest if known == 0 else schema.NEWEST_OF_FEW & (claims.c.number > known)
        late = sa.select(claims.c.id).where(there, ~sa.exists(sa.select(extents.c.claim).where(same)))
        again = sa.select(claims.c.id).where(schema.NEWEST_OF_FEW, claims.c.id.in_(opened))
        return set(db.execute(sa.union(late, again)).scalars()), set(db.execute(gone).scalars())


def so_far(ledger: Ledger) -> str:
    """How far claims were assessed, had all that there are been: the greatest number, and how often older ones rose."""
    with ledger.engine.connect() as db:
        greatest = db.execute(sa.select(sa.func.max(schema.claims.c.number))).scalar() or 0
        return f"{counter(db, RISEN)} {greatest}"


def assessed_to(db: sa.Connection) -> int:
    """The number up to which all newest claims have been assessed, since none of them has come up again; 0: unknown."""
    known = db.execute(sa.select(schema.meta.c.value).where(schema.meta.c.key == ASSESSED)).scalar()
    risen, _, number = (known or "").partition(" ")
    return int(number) if number and int(risen) == counter(db, RISEN) else 0


def neighbours(ledger: Ledger, extents: Sequence[Extent], texts: Iterable[str]) -> set[str]:
    """The claims assessed before that lie near these in kind, country and days, or tell the same figure or text."""
    e = schema.extents.c
    found: set[str] = set()
    with ledger.engine.connect() as db:
        for x in {(x.family, x.country, x.first, x.last) for x in extents}:
            if x[2] is None or x[3] is None or x[1] is None:
                continue
            near = (e.family == x[0], e.country.in_((x[1], "?")) if x[1] != "?" else sa.true(),
                    e.first <= x[3] + 1, e.last >= x[2] - 1)  # fmt: skip
            found |= set(db.execute(sa.select(e.claim).where(*near)).scalars())
        found |= looked_up(db, e.claim, e.figure, (x.figure for x in extents if x.figure not in (None, INSIDE)))
        documents, claims = schema.documents.c, schema.claims.c
        for some in chunks(texts):
            equal = sa.select(documents.id).where(documents.text_hash.in_(some))
            told = sa.select(claims.id).where(schema.NEWEST_OF_FEW, claims.document_id.in_(equal))
            found |= set(db.execute(told).scalars())
    return found


def reaching(ledger: Ledger, reach: Reach) -> set[str]:
    """The claims that hang together with any that may speak of what is asked."""
    e, asked, first, last = schema.extents.c, sorted(reach.countries), reach.first, reach.last
    # One question of its own for each way to be unsaid: as alternatives of one, no index is followed to the days.
    places = [e.country.is_(None), e.country.in_([*asked, "?"])] if asked else [sa.true()]
    begins = [e.first.is_(None), e.first <= last] if last is not None else [sa.true()]
    open_end = sa.or_(e.last.is_(None), e.last >= first) if first is not None else sa.true()
    found = sa.select(e.component).where(e.family.in_(sorted(reach.families)), open_end)
    statement = sa.union(*(found.where(place, begin) for place in places for begin in begins))
    inside = sa.select(e.claim).where(e.figure == INSIDE)
    with ledger.engine.connect() as db:
        parts = set(db.execute(statement).scalars().all())
        return looked_up(db, e.claim, e.component, parts) | set(db.execute(inside).scalars().all())


def common_figures(ledger: Ledger, most: int) -> frozenset[str]:
    """The names by which the claims of more than so many documents are looked up."""
    e, c = schema.extents.c, schema.claims.c
    documents = sa.func.count(sa.distinct(c.document_id))
    there = sa.select(e.figure).join(schema.claims, (c.id == e.claim) & c.newest)
    named = there.where(e.figure.is_not(None), e.country.is_(None), e.first.is_(None), e.last.is_(None))
    with ledger.engine.connect() as db:
        found = db.execute(named.group_by(e.figure).having(documents > most)).scalars().all()
    return frozenset(str(name).partition(" ")[2] for name in found)


def components_of(ledger: Ledger, ids: Iterable[str]) -> set[str]:
    """The components that some claims are in."""
    with ledger.engine.connect() as db:
        return looked_up(db, schema.extents.c.component, schema.extents.c.claim, ids)


def members_of(ledger: Ledger, components: Iterable[str]) -> set[str]:
    """The claims of some components."""
    with ledger.engine.connect() as db:
        return looked_up(db, schema.extents.c.claim, schema.extents.c.component, components)


def looked_up(db: sa.Connection, wanted: sa.Column[Any], key: sa.Column[Any], values: Iterable[str]) -> set[str]:
    """The values of one column where another has one of some values."""
    return {v for some in chunks(values) for v in db.execute(sa.select(wanted).where(key.in_(some))).scalars().all()}


def replace(
    ledger: Ledger,
    region: set[str] | None,
    rows: tuple[Sequence[Extent], Sequence[dict[str, Any]], Sequence[dict[str, Any]]],
    before: str,
    identity: str,
) -> bool:
    """Puts new derived rows in place of those of a region (None: of the whole ledger), all or nothing.

    `rows` are extents, links and findings, `identity` says by what they are made. False, and nothing is
    replaced, where somebody else did so since `before` (what `as_of` said).
    """
    turn, _, contents = before.partition(" ")
    with ledger.writing("Copy it to where you may write", derived=True) as db:
        if counter(db, TURN) != int(turn):
            return False
        raise_counter(db, TURN)
        swap(db, region, rows)
        put(db, "reconciled", identity)
        put(db, "reconciled of", f"{counter(db, TURN)} {contents}")
    return True


def put(db: sa.Connection, key: str, value: str) -> None:
    """Notes something of the ledger."""
    db.execute(schema.meta.delete().where(schema.meta.c.key == key))
    db.execute(schema.meta.insert(), [{"key": key, "value": value}])


def noted(ledger: Ledger, key: str) -> str | None:
    """What was noted of the ledger."""
    with ledger.engine.connect() as db:
        return db.execute(sa.select(schema.meta.c.value).where(schema.meta.c.key == key)).scalar()


def is_current(ledger: Ledger, identity: str) -> bool:
    """Whether what is derived was made in this way, of all the claims and judgements that there are."""
    return stamp(ledger) == identity and unassessed(ledger) == (set(), set())


def unassessed(ledger: Ledger) -> tuple[set[str], set[str]]:
    """The same as `changes`, looked up once for each state of the ledger, and not where all was assessed."""
    now = as_of(ledger)
    if noted(ledger, "reconciled of") == now:
        return set(), set()
    known = MEMORY.get(ledger)
    if known is None or known[0] != now:
        known = MEMORY[ledger] = (now, changes(ledger))
    return known[1]


def note_assessed(ledger: Ledger, so_far: str) -> None:
    """Notes how far all claims were assessed, so that only those that came since are looked through."""
    with ledger.writing(derived=True) as db:
        put(db, ASSESSED, so_far)


def confirm(ledger: Ledger) -> None:
    """Notes that what is derived is of all that there is, where nothing had to be made anew."""
    with ledger.writing(derived=True) as db:
        put(db, "reconciled of", f"{counter(db, TURN)} {counter(db, CONTENTS)}")


def swap(db: sa.Connection, region: set[str] | None, rows: tuple[Sequence[Any], ...]) -> None:
    """The statements of one replacement."""
    extents, links, findings = rows
    e, k, f = schema.extents, schema.links, schema.findings
    if region is None:
        for table in (e, k, f):
            db.execute(table.delete())
    else:
        db.execute(sa.text("CREATE TEMPORARY TABLE IF NOT EXISTS region (claim TEXT PRIMARY KEY)"))
        db.execute(sa.text("DELETE FROM region"))
        if region:
            db.execute(sa.text("INSERT INTO region VALUES (:c)"), [{"c": c} for c in sorted(region)])
        inside = sa.select(sa.text("claim FROM region")).scalar_subquery()
        old = sa.select(e.c.component).where(e.c.claim.in_(inside))
        db.execute(f.delete().where(f.c.component.in_(old)))
        db.execute(k.delete().where(k.c.a.in_(inside), k.c.b.in_(inside)))
        db.execute(e.delete().where(e.c.claim.in_(inside)))
    for table, made in ((e, [msgspec.structs.asdict(x) for x in extents]), (k, links), (f, findings)):
        if made:
            db.execute(table.insert(), list(made))


def kept_links(ledger: Ledger, among: set[str] | None = None) -> list[tuple[Any, ...]]:
    """All links, or those among some claims, sorted; of very many claims they are not looked up one by one."""
    k = schema.links
    statement = sa.select(k).order_by(k.c.a, k.c.b)
    asked = [statement]
    if among is not None and len(among) <= LOOKED_UP:
        asked = [statement.where(k.c.a.in_(some)) for some in chunks(among)]
    with ledger.engine.connect() as db:
        rows = [tuple(row) for each in asked for row in db.execute(each)]
    return [row for row in rows if among is None or (row[0] in among and row[1] in among)]


def kept_findings(ledger: Ledger) -> list[str]:
    """All findings as JSON, sorted."""
    with ledger.engine.connect() as db:
        return sorted(db.execute(sa.select(schema.findings.c.content)).scalars())


def open_again(db: sa.Connection, ids: Iterable[str]) -> None:
    """Marks claims as not assessed, so that the next reconciling looks at them and their neighbours again."""
    raise_counter(db, TURN)
    for some in chunks(ids):
        db.execute(schema.extents.update().where(schema.extents.c.claim.in_(some)).values(reading=OPENED))


def stamp(ledger: Ledger) -> str | None:
    """By what the derived rows were made."""
    return noted(ledger, "reconciled")


class Story(msgspec.Struct, frozen=True):
    """An incident, an undecided pair or a tension as it was last told: its sort, its id and its content as JSON."""

    sort: str
    id: str
    content: str


def as_of(ledger: Ledger) -> str:
    """What stories told now would be told of: the turn of what is derived, and the documents and claims."""
    with ledger.engine.connect() as db:
        return f"{counter(db, TURN)} {counter(db, CONTENTS)}"


def told_as_of(ledger: Ledger) -> str | None:
    """What the stories kept were told of."""
    return noted(ledger, "told")


def put_stories(ledger: Ledger, stories: Sequence[Story], told: str) -> None:
    """Keeps stories in place of those told before."""
    with ledger.writing("Copy it to where you may write", derived=True) as db:
        db.execute(schema.stories.delete().where(schema.stories.c.sort != SPEAKERS))
        if stories:
            db.execute(schema.stories.insert(), [msgspec.structs.asdict(s) for s in stories])
        put(db, "told", told)


def kept_stories(ledger: Ledger) -> list[Story]:
    """The stories as last told, in the order of telling."""
    s = schema.stories.c
    with ledger.engine.connect() as db:
        told = sa.select(s.sort, s.id, s.content).where(s.sort != SPEAKERS)
        return [Story(*row) for row in db.execute(told.order_by(s.number))]


def kept_speakers(ledger: Ledger) -> tuple[str, str] | None:
    """The speakers as last kept, with what they were made of."""
    s = schema.stories.c
    with ledger.engine.connect() as db:
        found = db.execute(sa.select(s.id, s.content).where(s.sort == SPEAKERS)).first()
    return None if found is None else (found.id, found.content)


def speakers_stamp(ledger: Ledger) -> str | None:
    """Of what the speakers last kept were made."""
    s = schema.stories.c
    with ledger.engine.connect() as db:
        found = db.execute(sa.select(s.id).where(s.sort == SPEAKERS)).scalar()
    return None if found is None else str(found)


def put_speakers(ledger: Ledger, stamp: str, content: str) -> None:
    """Keeps speakers in place of those kept before; `stamp` says of what they were made."""
    with ledger.writing("Copy it to where you may write", derived=True) as db:
        db.execute(schema.stories.delete().where(schema.stories.c.sort == SPEAKERS))
        db.execute(schema.stories.insert(), [{"sort": SPEAKERS, "id": stamp, "content": content}])
