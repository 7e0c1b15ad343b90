"""Goes round the feeds and pages of a file of sources, and reads what is new into a ledger; start here.

A round asks each feed and page that is due, notes the items that are new, then reads the page of each item that
waits. Whatever fails is put off, longer each time, and said once; nothing stops the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import msgspec

from saksi.errors import IntakeError, LedgerError, SaksiError, VocabularyError
from saksi.fetching.answers import Answer, Known, NotFetched, known_by
from saksi.fetching.feeds import feed_of, feeds_named
from saksi.fetching.fetcher import Fetcher
from saksi.fetching.snapshots import Snapshots
from saksi.fetching.taken import documents_of
from saksi.intake.bounds import unpacked
from saksi.intake.document import Document, Given
from saksi.intake.texts import Refused
from saksi.ledger.store import Ledger
from saksi.ledger.taking import TakenIn, take_in
from saksi.reading.reader import Reader
from saksi.watching.sources import Watched
from saksi.watching.state import Place, State, Waiting

SLOWEST = 120  # minutes between two tries of a feed that fails, where it is not asked more seldom anyway
TRIES = 10  # of an item's page, over about three days
FIRST_PAUSE, LONGEST_PAUSE = 10, 720  # minutes before the second try of an item's page, and between the last
ENOUGH = 60  # characters of an item's own words that are worth reading where its page cannot be had


class Keeping(msgspec.Struct, frozen=True):
    """Where what is read goes: the ledger, what was seen, the snapshots, and a project's own registers."""

    ledger: Ledger
    state: State
    snapshots: Path | None = None
    registers: Path | None = None


class Watcher:
    """Follows sources. `told` gets a line for each new document, `complained` one for each thing that goes wrong."""

    def __init__(self, sources: dict[str, Watched], keeping: Keeping, fetcher: Fetcher,
                 told: Callable[[str], None], complained: Callable[[str], None]) -> None:  # fmt: skip
        self.sources = sources
        self.ledger, self.state = keeping.ledger, keeping.state
        self.snapshots = Snapshots(keeping.snapshots) if keeping.snapshots is not None else None
        self.fetcher, self.clock = fetcher, fetcher.clock
        self.told, self.complained = told, complained
        self.failed = 0
        self.reader = lru_cache(maxsize=None)(lambda source: Reader(keeping.registers, source))

    def forever(self) -> None:
        """Goes round and round, and waits between."""
        while True:
            self.round()
            self.clock.sleep(max(1.0, (self.next_due() - self.clock.now()).total_seconds()))

    def next_due(self) -> datetime:
        """When there is something to do again."""
        known = {address for s in self.sources.values() for address in (*s.feeds, *s.pages)}
        dues = [self.state.place(address).due for address in known] + [self.state.next_due()]
        return min((datetime.fromisoformat(d) for d in dues if d), default=self.clock.now() + timedelta(minutes=1))

    def round(self, *, every: bool = False) -> None:
        """One round over what is due, or over everything."""
        for name, source in self.sources.items():
            for address in source.feeds:
                self.visit(name, source, address, self.look_at_feed, every=every)
            for address in source.pages:
                self.visit(name, source, address, self.look_at_page, every=every)
        while items := [i for i in self.state.waiting(self.clock.now()) if i.source in self.sources]:
            for item in items:
                self.read_item(item)

    def visit(self, name: str, source: Watched, address: str, look: Callable[[str, Place, Answer], str | None], *,
              every: bool) -> None:  # fmt: skip
        """Asks a feed or page if it is due, and looks at what is new there."""
        place, now = self.state.place(address), self.clock.now()
        if not every and place.due is not None and datetime.fromisoformat(place.due) > now:
            return
        got = self.fetcher.get(place.moved or address, Known(place.etag, place.modified))
        if isinstance(got, NotFetched):
            place.moved = place.moved if got.again else None  # what has moved away may have moved back
            problem: str | None = got.reason
        elif got.status == 304:
            problem = None
        else:
            problem = look(name, place, got)
            if got.moved and problem is None and place.moved != got.address:
                self.complained(f"{address} has moved for good to {got.address}: change it in the file of sources")
                place.moved = got.address
        self.settle(place, source, problem)

    def settle(self, place: Place, source: Watched, problem: str | None) -> None:
        """Says once what is wrong, or that it is well again; and when the place is asked again."""
        if problem is not None and problem != place.problem:
            self.complained(problem)
        if problem is None and place.problem is not None:
            self.complained(f"{place.address} is well again")
        self.failed += problem is not None
        place.failures = place.failures + 1 if problem is not None else 0
        minutes = source.minutes * 2 ** min(place.failures, 10)
        minutes = min(minutes, max(source.minutes, SLOWEST)) if place.failures else source.minutes
        place.problem = problem
        place.due = (self.clock.now() + timedelta(minutes=minutes)).isoformat()
        self.state.keep(place)

    def look_at_feed(self, name: str, place: Place, got: Answer) -> str | None:
        """Notes the new items of a feed. What is wrong with it, if anything."""
        try:
            data = unpacked(got.body, got.header("content-encoding").lower(), got.address)
        except IntakeError as error:
            return str(error)
        feed = feed_of(data, got.address)
        if feed is None:
            named = ", ".join(feeds_named(data, got.address))
            hint = f"; its feeds: {named}" if named else ""
            return f"{place.address} is no feed, but {got.kind or 'something else'}{hint}"
        seen_before = place.digest is not None
        fresh = self.state.note(name, feed.items, self.clock.now())
        if seen_before and fresh > 1 and fresh == len(feed.items):
            self.complained(f"{place.address}: all its {fresh} items are new, so some between may be lost: "
                            f"ask more often than every {self.sources[name].minutes} minutes")  # fmt: skip
        place.digest = "seen"
        said = known_by(got) if feed.whole else Known()  # one that broke off is asked for whole the next time
        place.etag, place.modified = said.etag, said.modified
        return None if feed.whole or feed.items else f"{place.address} breaks off before its first item"

    def look_at_page(self, name: str, place: Place, got: Answer) -> str | None:
        """Reads a page that has changed. What is wrong with it, if anything."""
        digest = hashlib.sha256(got.body).hexdigest()
        problem = None
        if digest != place.digest:
            found = list(self.documents(name, got))
            problem = next((d.reason for d in found if isinstance(d, Refused)), None)
            for document in found:
                if isinstance(document, Document):
                    problem = self.take(name, document) or problem
        said = known_by(got)
        place.etag, place.modified, place.digest = said.etag, said.modified, digest
        return problem

    def documents(self, name: str, got: Answer) -> Iterator[Document | Refused]:
        """The documents of an answer, kept as it came before it is read."""
        source = self.sources[name]
        kept = self.snapshots.keep(got) if self.snapshots is not None else None
        given = Given(None, source.language, source.publisher, home=source.home)
        return documents_of(got, given, kept)

    def read_item(self, item: Waiting) -> None:
        """Reads the page of an item; where it cannot be had, the item's own words."""
        got = self.fetcher.get(item.link) if item.link else NotFetched("", "the item has no address")
        if isinstance(got, NotFetched) and got.again and item.tries + 1 < TRIES:
            pause = min(FIRST_PAUSE * 2**item.tries, LONGEST_PAUSE)
            self.state.later(item, self.clock.now() + timedelta(minutes=pause), got.reason)
            self.failed += 1
            return
        found = [Refused(got.reason)] if isinstance(got, NotFetched) else list(self.documents(item.source, got))
        whole = [self.dated(d, item) for d in found if isinstance(d, Document)] or self.own_words(item)
        problems = [d.reason for d in found if isinstance(d, Refused)] if not whole else []
        problems += [p for document in whole if (p := self.take(item.source, document)) is not None]
        if problems:
            self.complained(problems[0])
            self.failed += 1
            self.state.given_up(item, problems[0])
        else:
            self.state.done(item)

    def own_words(self, item: Waiting) -> list[Document]:
        """What a feed itself says in an item, if that is enough to be read."""
        if len(item.words) < ENOUGH:
            return []
        source = self.sources[item.source]
        text = f"{item.title}\n\n{item.words}" if item.title else item.words
        made = Document(text=text, title=item.title, url=item.link, language=source.language, home=source.home,
                        publisher=source.publisher, taken_from="the feed's own words")  # fmt: skip
        return [self.dated(made, item)]

    def dated(self, document: Document, item: Waiting) -> Document:
        """A document with the day that the feed says, where its page says none."""
        if document.published is not None or item.published is None:
            return document
        day = date.fromisoformat(item.published[:10])
        return msgspec.structs.replace(document, published=day, published_basis="feed", published_to=None)

    def take(self, name: str, document: Document) -> str | None:
        """Reads a document into the ledger and says so. What is wrong with it, if anything: that stops nothing else."""
        where = document.url or name
        try:
            made = take_in(self.ledger, self.reader(self.sources[name].source), document)
        except (LedgerError, VocabularyError):
            raise
        except SaksiError as error:
            return f"{where}: {error}"
        except Exception as error:  # a page that breaks the reader is set aside
            return f"{where}: the reader fails on it: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
        if made.is_new:
            self.told(line_of(self.clock.now(), name, made))
        return None


def line_of(now: datetime, name: str, made: TakenIn) -> str:
    """The line for a new document: when, whose, how many claims, its title and address."""
    document = made.document
    claims = f"{made.claims} claim{'' if made.claims == 1 else 's'}"
    title = " ".join((document.title or document.text[:80]).split())[:100]
    return f"{now:%Y-%m-%d %H:%M}  {name}  {claims}  {title}  {document.url or ''}".rstrip()
