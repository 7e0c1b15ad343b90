"""Feeds are followed for a month in which everything goes wrong that does: no item is lost, none is read twice."""

from __future__ import annotations

import os
import re
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from saksi import Ledger
from saksi.errors import VocabularyError
from saksi.fetching.door import Door
from saksi.fetching.feeds import feed_of
from saksi.fetching.fetcher import Fetcher, Manners
from saksi.ledger import schema
from saksi.watching.sources import Watched, load_sources
from saksi.watching.state import State
from saksi.watching.watch import Keeping, Watcher
from tests.fetching.server import Moved, Site, moved, reply, serving
from tests.intake import made
from tests.test_cli import saksi
from tests.watching.newsroom import Outlet

NIGHT = "Two soldiers were killed in Goma on Tuesday night, the army said."


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on loopback."""
    with serving() as one:
        yield one


class Desk:
    """A watcher over some sources, with what it said."""

    def __init__(self, folder: Path, sources: dict[str, Watched], clock: Moved) -> None:
        self.lines: list[str] = []
        self.complaints: list[str] = []
        self.state = State(folder / "war.db.seen")
        self.ledger = Ledger.open(folder / "war.db")
        fetcher = Fetcher(Manners(delay=0, tries=1, seconds=2), clock, Door(allow_private=True))
        keeping = Keeping(self.ledger, self.state, folder / "snapshots")
        self.watcher = Watcher(sources, keeping, fetcher, self.lines.append, self.complaints.append)

    def documents(self) -> list[tuple[str, str | None]]:
        """The address and day of each document of the ledger."""
        d = schema.documents.c
        with self.ledger.engine.connect() as db:
            return [
                (str(u), str(p) if p else None) for u, p in db.execute(sa.select(d.url, d.published).order_by(d.number))
            ]


def rss(*items: str) -> bytes:
    """A feed of items."""
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()


def item(link: str, title: str = "Two killed in Goma", words: str = NIGHT) -> str:
    """An item of a feed."""
    day = "Tue, 04 Jun 2024 23:30:00 +0200"
    head = f"<title>{title}</title><link>{link}</link><pubDate>{day}</pubDate>"
    return f"<item>{head}<description>{words}</description></item>"


def page(title: str = "Two killed in Goma") -> bytes:
    """The page of an item."""
    return made.page(title, NIGHT, "Nobody else was hurt in the attack, said a spokesman of the army.")


def test_a_month_of_faults_loses_no_item_and_reads_none_twice(site: Site, tmp_path: Path) -> None:
    """Six outlets (`make month`: fifty), one answer in four spoilt; the watcher is begun anew every few days."""
    clock = Moved()
    feeds = int(os.environ.get("SAKSI_FEEDS", "6"))
    outlets = [Outlet(site, clock, n, a_day=1 + n % 2, faults=0.25) for n in range(feeds)]
    sources = {o.name: Watched(feeds=[site.base + o.feed], minutes=360, language="en") for o in outlets}
    end = clock.at + timedelta(days=34)
    told: list[str] = []
    while clock.at < end:
        desk = Desk(tmp_path, sources, clock)
        until = clock.at + timedelta(days=4)
        while clock.at < until:
            desk.watcher.round()
            clock.sleep(7200)
        told += desk.lines
        desk.state.close()
        desk.ledger.close()
    desk = Desk(tmp_path, sources, clock)
    expected = {site.base + s.path: s for o in outlets for s in o.stories}
    addresses = Counter(address for address, _ in desk.documents())
    assert set(addresses) == set(expected)
    assert {a: n for a, n in addresses.items() if n > 1} == {}
    assert len(told) == len(expected)
    assert [s for s in desk.state.counts() if s not in ("done", "same")] == []
    days = {a: d for a, d in desk.documents() if d is not None}
    wrong = [a for a, d in days.items() if abs((datetime.fromisoformat(d).date() - expected[a].at.date()).days) > 1]
    assert wrong == []


def test_memory_stays_flat_over_rounds(site: Site, tmp_path: Path) -> None:
    """What two hundred rounds without news leave behind is not more than what the first few do."""
    clock = Moved()
    site.routes["/feed"] = lambda head: reply(rss(*(item(f"{site.base}/{n}", f"Title {n}") for n in range(15))))
    for n in range(15):
        site.says(f"/{n}", page(f"Title {n}"))
    desk = Desk(tmp_path, {"post": Watched(feeds=[f"{site.base}/feed"], minutes=30, language="en")}, clock)
    sizes = []
    tracemalloc.start()
    for _ in range(4):
        for _ in range(50):
            desk.watcher.round()
            clock.sleep(1800)
            site.asked.clear()
        clock.waits.clear()
        sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert sizes[-1] - sizes[1] < 200_000
    assert len(desk.lines) == 15


def test_a_line_for_each_new_document_and_nothing_for_what_is_known(site: Site, tmp_path: Path) -> None:
    site.says("/feed", rss(item(f"{site.base}/a")), "application/rss+xml")
    site.says("/a", page())
    desk = Desk(tmp_path, {"post": Watched(feeds=[f"{site.base}/feed"], language="en", publisher="Goma Post")}, Moved())
    for _ in range(3):
        desk.watcher.round(every=True)
    assert desk.lines == [f"2024-06-01 06:00  post  3 claims  Two killed in Goma  {site.base}/a"]
    assert (desk.complaints, desk.watcher.failed) == ([], 0)
    assert desk.documents() == [(f"{site.base}/a", None)]  # the feed's clock is three days ahead: no day is better
    row = next(desk.ledger.claims())
    assert row.document.publisher == "Goma Post"
    assert row.document.taken_from is not None
    assert row.document.taken_from.startswith("snapshot sha256:")


def test_the_day_of_a_feed_serves_where_the_page_has_none(site: Site, tmp_path: Path) -> None:
    site.says("/feed", rss(item(f"{site.base}/a")))
    site.says("/a", page())
    sources = {"post": Watched(feeds=[f"{site.base}/feed"], language="en")}
    desk = Desk(tmp_path, sources, Moved(datetime(2024, 6, 5, 6, tzinfo=UTC)))
    desk.watcher.round()
    assert desk.documents() == [(f"{site.base}/a", "2024-06-04")]  # by its own clock, near midnight


def test_an_item_whose_page_is_closed_or_gone_is_read_by_its_own_words(site: Site, tmp_path: Path) -> None:
    site.says("/robots.txt", b"User-agent: *\nDisallow: /closed\n", "text/plain")
    both = (
        item(f"{site.base}/closed"),
        item(
            f"{site.base}/gone", "Gone", "Five rebels were killed near Sake, the police of the province said on Monday."
        ),
    )
    short = item(f"{site.base}/bare", "Bare", "Five.")
    site.says("/feed", rss(*both, short))
    desk = Desk(tmp_path, {"post": Watched(feeds=[f"{site.base}/feed"], language="en")}, Moved())
    desk.watcher.round()
    assert {row.low for row in desk.ledger.claims()} == {5, 2}
    assert {row.document.taken_from for row in desk.ledger.claims()} == {"the feed's own words"}
    assert desk.complaints == [f"{site.base}/bare is not there: the server says 404"]


def test_what_fails_is_said_once_and_so_is_that_it_is_well_again(site: Site, tmp_path: Path) -> None:
    clock = Moved()
    feed = f"{site.base}/feed"
    site.routes["/feed"] = lambda head: reply(
        b"<html><link rel='alternate' type='application/rss+xml' href='/rss'></html>"
    )
    desk = Desk(tmp_path, {"post": Watched(feeds=[feed], minutes=30)}, clock)
    for _ in range(20):
        desk.watcher.round()
        clock.sleep(1800)
    asked = len(site.paths())
    assert desk.complaints == [f"{feed} is no feed, but text/html; its feeds: {site.base}/rss"]
    assert asked < 8  # less and less often
    site.says("/feed", rss())
    clock.sleep(7200)
    desk.watcher.round()
    assert desk.complaints[1:] == [f"{feed} is well again"]


def test_a_feed_that_has_moved_for_good_is_asked_where_it_is(site: Site, tmp_path: Path) -> None:
    site.routes["/old"] = moved("/new", "301 Moved Permanently")
    site.says("/new", rss())
    desk = Desk(tmp_path, {"post": Watched(feeds=[f"{site.base}/old"])}, Moved())
    desk.watcher.round(every=True)
    desk.watcher.round(every=True)
    assert site.paths() == ["/old", "/new", "/new"]
    assert "has moved for good to" in desk.complaints[0]


def test_a_page_is_read_again_when_it_changes(site: Site, tmp_path: Path) -> None:
    address = site.says("/release", page("First"))
    desk = Desk(tmp_path, {"army": Watched(pages=[address], language="en")}, Moved())
    desk.watcher.round(every=True)
    desk.watcher.round(every=True)
    site.says("/release", page("Second"))
    desk.watcher.round(every=True)
    assert [re.split(r"  +", line)[3] for line in desk.lines] == ["First", "Second"]


def test_news_that_may_have_been_missed_is_said(site: Site, tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"post": Watched(feeds=[f"{site.base}/feed"], language="en")}, Moved())
    for first in (0, 2, 10):
        site.says("/feed", rss(*(item(f"{site.base}/{n}", f"Title {n}") for n in range(first, first + 4))))
        desk.watcher.round(every=True)
    assert len(desk.complaints) == 1
    assert "all its 4 items are new, so some between may be lost" in desk.complaints[0]


BILLION = (
    b"<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
    b"<rss><channel><item><title>&b;</title></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("data", "titles"),
    [
        (b"<rss><channel><item><title>A &amp; B</title></item></channel></rss>", ["A & B"]),
        (b"<rss><channel><item><title>Whole</title></item><item><title>Cut", ["Whole"]),
        (b"<rss><channel><item><title>A &nbsp; B</title></item></channel></rss><!-- cached -->", ["A B"]),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title></entry></feed>", ["A"]),
        (
            b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
            b"<item><title>Old</title></item></rdf:RDF>",
            ["Old"],
        ),
        (
            b"<rss><channel><item><title><![CDATA[<b>Bold</b> &amp; plain]]></title></item></channel></rss>",
            ["Bold & plain"],
        ),
        (BILLION, ["&b;"]),
        (b"<html><body>no feed</body></html>", None),
        (b"", None),
        (b"\x00\xff\xfe", None),
    ],
)
def test_feeds_of_every_make_are_read(data: bytes, titles: list[str] | None) -> None:
    feed = feed_of(data, "https://news.example/feed")
    assert (None if feed is None else [i.title for i in feed.items if i.title]) == titles


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sources:\n  post:\n    feed: [https://news.example/rss]\n", ":2: Object contains unknown field `feed`"),
        ("sources:\n  post:\n    minutes: 5\n", ":3: post has neither feeds nor pages"),
        ("sources:\n  post:\n    feeds: [ftp://news.example/rss]\n", ":3: ftp://news.example/rss is no address"),
        ("sources:\n  post:\n    minutes: 0\n    pages: [https://a.example]\n", ":2: Expected `int` >= 1"),
    ],
)
def test_a_wrong_file_of_sources_names_file_and_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.yml"
    path.write_text(text)
    with pytest.raises(VocabularyError, match=re.escape(f"{path}{message}")):
        load_sources(path)


def test_the_command_goes_round_once(site: Site, tmp_path: Path) -> None:
    site.says("/feed", rss(item(f"{site.base}/a")))
    site.says("/a", page())
    path = tmp_path / "sources.yml"
    path.write_text(f"sources:\n  post:\n    feeds: [{site.base}/feed]\n    language: en\n")
    command = ("watch", path, "--ledger", tmp_path / "war.db", "--once", "--allow-private")
    first, second = saksi(*command), saksi(*command)
    assert (first.returncode, first.stderr) == (0, "")
    assert "  post  3 claims  Two killed in Goma  " in first.stdout
    assert second.stdout == f"{tmp_path / 'war.db'}: 1 items done\n"
    path.write_text(f"sources:\n  post:\n    feeds: [{site.base}/none]\n")
    broken = saksi(*command)
    assert (broken.returncode, broken.stderr) == (2, f"saksi: {site.base}/none is not there: the server says 404\n")
