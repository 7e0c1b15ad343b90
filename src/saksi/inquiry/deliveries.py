"""What each source was expected to deliver, and what it delivered: a wrong delivery is a signal, kept in the ledger.

The signals are derived: each check puts those of a source in place of the ones before. The last day is given, or the
last on which the ledger has a document of any source: never the clock's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
import sqlalchemy as sa

from saksi.ledger import schema
from saksi.ledger.columns import Row
from saksi.ledger.derived import rows_of_documents
from saksi.ledger.store import Ledger, chunks
from saksi.registers.load import Expected, Registers, RunningTotal, Source

WEEK = timedelta(days=7)
SORTS = ("nothing", "few", "many", "gap", "undated", "language", "short", "falls")  # in this order they are told


class Signal(msgspec.Struct, frozen=True):
    """One wrong delivery: of which source, of what sort, over which days, by which document, in words."""

    source: str
    sort: str
    first: date | None
    last: date | None
    document: str | None
    said: str


class Delivered(msgspec.Struct, frozen=True):
    """One document that a source delivered."""

    id: str
    published: date | None
    language: str | None
    words: int


class Checked(msgspec.Struct, frozen=True):
    """One source: what was expected, how many documents came over which days, and what is wrong with them."""

    source: str
    expected: str
    documents: int
    first: date | None
    last: date | None
    signals: list[Signal]


class Days(NamedTuple):
    """The days that are looked at, both inclusive; None is open."""

    first: date | None
    last: date | None


EVER = Days(None, None)


def check_sources(ledger: Ledger, registers: Registers, days: Days, wanted: Collection[str] = ()) -> list[Checked]:
    """Every source with expectations that ever delivered or is wanted, by name; keeps the signals in the ledger."""
    last = days.last or last_day(ledger)
    told = [
        check_source(ledger, registers, name, Days(days.first, last))
        for name, source in sorted(registers.sources.items())
        if source.expects is not None and (name in wanted or delivered(ledger, source, source.expects, EVER))
    ]
    keep_signals(ledger, [t.source for t in told], [s for t in told for s in t.signals])
    return told


def check_source(ledger: Ledger, registers: Registers, name: str, days: Days) -> Checked:
    """One source beside what is expected of it."""
    source = registers.sources[name]
    expects = source.expects or Expected()
    ends = [day for day in (days.last, expects.until) if day is not None]
    days = Days(days.first, min(ends, default=None))
    found = delivered(ledger, source, expects, days)
    dated = sorted(d.published for d in found if d.published is not None)
    over = Days(days.first or (dated[0] if dated else None), days.last)
    totals = falling(rows_of_documents(ledger, [d.id for d in found]), expects, registers) if found else []
    told = [*in_time(dated, expects, over), *of_documents(found, expects), *totals]
    signals = [Signal(name, *each) for each in sorted(told, key=in_order)]
    return Checked(name, expectation(expects), len(found), over.first, over.last, signals)


Fault = tuple[str, date | None, date | None, str | None, str]  # a signal without its source


def in_order(told: Fault) -> tuple[int, str, str, str]:
    """Signals by their sort, then by day, then by document."""
    return SORTS.index(told[0]), str(told[1] or ""), told[3] or "", told[4]


def last_day(ledger: Ledger) -> date | None:
    """The last day on which a document of the ledger was published."""
    with ledger.engine.connect() as db:
        return db.execute(sa.select(sa.func.max(schema.documents.c.published))).scalar()


def delivered(ledger: Ledger, source: Source, expects: Expected, days: Days) -> list[Delivered]:
    """The documents of a source in the order of the ledger; those without a day are of any days."""
    d = schema.documents.c
    statement = sa.select(d.id, d.publisher, d.url).where(d.coded.is_(None), d.text != "")
    if days.first is not None:
        statement = statement.where(d.published.is_(None) | (d.published >= days.first))
    if days.last is not None:
        statement = statement.where(d.published.is_(None) | (d.published <= days.last))
    names = {name.casefold() for name in (source.name, *expects.publishers)}
    with ledger.engine.connect() as db:
        ids = [
            id
            for id, publisher, url in db.execute(statement.order_by(d.number))
            if (publisher or "").casefold() in names or is_of(url, expects.sites)
        ]
        about = sa.select(d.id, d.published, d.language, d.text)
        told = {r[0]: r for some in chunks(ids) for r in db.execute(about.where(d.id.in_(some)))}
        return [Delivered(id, told[id][1], told[id][2], len(told[id][3].split())) for id in ids]


def is_of(url: str | None, sites: Sequence[str]) -> bool:
    """Whether an address is of one of some sites, or of a part of one: www.army.example is of army.example."""
    host = (urlsplit(url).hostname if url else None) or ""
    return any(host == site or host.endswith("." + site) for site in sites)


def in_time(dated: Sequence[date], expects: Expected, days: Days) -> Iterator[Fault]:
    """Nothing at all, too few or too many in a week, too long without any."""
    if not dated:
        yield "nothing", days.first, days.last, None, "nothing was delivered"
        return
    few, many = expects.weekly
    for monday in weeks(days):
        sunday = monday + WEEK - timedelta(days=1)
        count = sum(monday <= day <= sunday for day in dated)
        whole = days.first is not None and days.last is not None and days.first <= monday and sunday <= days.last
        if few is not None and count < few and whole:
            yield "few", monday, sunday, None, f"{count} in the week from {monday}, at least {few} expected"
        if many is not None and count > many:
            yield "many", monday, sunday, None, f"{count} in the week from {monday}, at most {many} expected"
    ends = [*([days.first] if days.first else []), *dated, *([days.last] if days.last else [])]
    for before, after in pairwise(ends):
        if expects.gap is not None and (after - before).days > expects.gap:
            since = f"none from {before} to {after}: {(after - before).days} days, at most {expects.gap} expected"
            yield "gap", before, after, None, since


def weeks(days: Days) -> Iterator[date]:
    """The Mondays of the weeks that some days touch."""
    if days.first is None or days.last is None:
        return
    monday = days.first - timedelta(days=days.first.weekday())
    while monday <= days.last:
        yield monday
        monday += WEEK


def of_documents(found: Sequence[Delivered], expects: Expected) -> Iterator[Fault]:
    """Documents in another language, without a day, or with too few words to be more than a wall before the text."""
    for each in found:
        day = each.published
        if day is None:
            yield "undated", None, None, each.id, f"{each.id} has no day of publication"
        if expects.languages and each.language not in expects.languages:
            wanted = " or ".join(expects.languages)
            yield "language", day, day, each.id, f"{each.id} is in {each.language}, {wanted} expected"
        if expects.words is not None and each.words < expects.words:
            short = f"{each.id} has {each.words} words, at least {expects.words} expected: a page without its text?"
            yield "short", day, day, each.id, short


def falling(rows: Sequence[Row], expects: Expected, registers: Registers) -> Iterator[Fault]:
    """Running totals that fall: each figure is held against the greatest before it of the same thing and place."""
    for total in expects.never_falls:
        series: dict[str, list[Row]] = {}
        for row in rows:
            if row.scope == "cumulative" and row.low is not None and day_of(row) and is_meant(row, total, registers):
                series.setdefault(key_of(row), []).append(row)
        for told in series.values():
            yield from falls(sorted(told, key=lambda r: (str(day_of(r)), r.low or 0)))


def is_meant(row: Row, total: RunningTotal, registers: Registers) -> bool:
    """Whether a claim tells a running total of this kind and class."""
    return registers.is_a(row.kind, total.kind) and (total.target is None or registers.is_a(row.target, total.target))


def falls(told: Sequence[Row]) -> Iterator[Fault]:
    """The figures of one running total that are less than one before."""
    top = told[0]
    for row in told[1:]:
        was = top.low or 0
        if row.high is not None and row.high < was:
            said = (
                f"{row.kind} falls from {was} ({day_of(top)}, claim {top.id}) to {row.high} ({day_of(row)}, "
                f"claim {row.id})"
            )
            yield "falls", day_of(top), day_of(row), row.document.id, said
        if (row.low or 0) > was:
            top = row


def day_of(row: Row) -> date | None:
    """The day as of which a total stands, else that of saying or of publication."""
    return row.end or row.said_on or row.document.published


def key_of(row: Row) -> str:
    """What a running total is of: kind, class and people, whose, where, since when."""
    places = sorted(str(p.geonames_id or p.name) for p in row.places)
    people = (row.target_age, row.target_sex, row.target_status)
    speaker = row.speaker_org or row.speaker
    who = (speaker.id or speaker.text) if speaker else None
    actors = sorted(a.id or a.text for a in row.actors)
    return repr((row.kind, row.target, people, row.target_owner, actors, places, row.start, who))


def expectation(expects: Expected) -> str:
    """What is expected of a source, in words."""
    few, many = expects.weekly
    said = [f"{few if few is not None else 0} to {many if many is not None else 'any number'} a week"] * (
        expects.weekly != (None, None)
    )
    said += [f"in {' or '.join(expects.languages)}"] if expects.languages else []
    said += [f"at most {expects.gap} days apart"] if expects.gap is not None else []
    said += [f"of {expects.words} words or more"] if expects.words is not None else []
    totals = (" ".join(filter(None, (t.kind, t.target))) for t in expects.never_falls)
    said += [f"{', '.join(totals)} never falls"] if expects.never_falls else []
    return ", ".join(said) or "anything"


def keep_signals(ledger: Ledger, sources: Sequence[str], signals: Sequence[Signal]) -> None:
    """Puts the signals of some sources in place of those kept before."""
    table = schema.signals
    with ledger.writing("No signal was kept", derived=True) as db:
        db.execute(table.delete().where(table.c.source.in_(sources)))
        if signals:
            db.execute(table.insert(), [msgspec.structs.asdict(s) for s in signals])
