"""Every parser of bytes that come from outside, as something that fuzzing can call: it may refuse, and nothing else."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from saksi import Document
from saksi.errors import SaksiError
from saksi.fetching.addresses import address_of
from saksi.fetching.answers import Answer
from saksi.fetching.feeds import feed_of, feeds_named
from saksi.fetching.robots import Robots, rules_of
from saksi.fetching.snapshots import members
from saksi.fetching.taken import documents_of
from saksi.intake.document import Given
from saksi.intake.encodings import mended, page_text
from saksi.intake.files import Refused, read_files
from saksi.watching.sources import load_sources
from tests.intake.test_hostile_files import SOUND, zipped

Parser = Callable[[bytes], None]
AT = datetime(2024, 6, 4, tzinfo=UTC)
HERE = "https://news.example/feed"
SHEET = b"Date,District,Killed,Injured\n12 May 2024,Kunduz,3,5\n14/05/2024,Herat,1,-\nTotal,,4,5\n"
SOURCES = b"sources:\n  goma-post:\n    feeds: [https://goma-post.example/rss.xml]\n    minutes: 30\n    language: en\n"
RSS = (
    b'<rss version="2.0"><channel><item><title>Two killed</title><link>https://news.example/a</link>'
    b"<pubDate>Tue, 04 Jun 2024 23:30:00 +0200</pubDate><description>&lt;p&gt;Two&nbsp;died.</description></item></rss>"
)


def file_of(name: str, pack: Callable[[bytes], bytes] = bytes) -> Parser:
    """A file of one kind, taken in by its name."""

    def parse(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(pack(data))
            for each in read_files([str(path)], Given()):
                assert isinstance(each, (Document, Refused))

    return parse


def answer(data: bytes) -> None:
    """What a server answers, called HTML."""
    got = Answer(HERE, HERE, 200, (("Content-Type", "text/html"),), data, AT)
    assert all(isinstance(each, (Document, Refused)) for each in documents_of(got, Given(), None))


def feed(data: bytes) -> None:
    """A feed."""
    found = feed_of(data, HERE)
    assert all(item.key for item in found.items) if found else True
    feeds_named(data, HERE)


def robots(data: bytes) -> None:
    """A robots.txt."""
    rules = Robots(AT, rules_of(data))
    assert rules.allows("https://news.example/closed/a", "saksi") in (True, False)


def address(data: bytes) -> None:
    """An address of the web."""
    try:
        address_of(data.decode("utf-8", "replace"))
    except ValueError:
        return


def snapshot(data: bytes) -> None:
    """A snapshot's file."""
    try:
        list(members(data))
    except (SaksiError, ValueError, OSError, EOFError):
        return


def markup(data: bytes) -> None:
    """The bytes of a page as text, and mended."""
    mended(page_text(data))


def sources(data: bytes) -> None:
    """A file of sources."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sources.yml"
        path.write_bytes(data)
        try:
            load_sources(path)
        except SaksiError:
            return


PARSERS: dict[str, tuple[Parser, bytes]] = {  # with sound bytes to begin from
    **{n: (file_of(n), SOUND[n]()) for n in ("a.pdf", "plain.pdf", "a.docx", "a.warc", "a.warc.gz", "a.html", "a.jsonl",
                                             "a.parquet", "a.csv", "a.eml")},
    "document.xml": (file_of("a.docx", lambda data: zipped(word__document_xml=data)), SOUND["inside.docx"]()),
    "record": (file_of("a.warc.gz", lambda data: gzip.compress(data, 1)), SOUND["a.warc"]()),
    "losses.csv": (file_of("losses.csv"), SHEET),
    "answer": (answer, SOUND["a.html"]()),
    "feed": (feed, RSS),
    "robots": (robots, b"User-agent: *\nDisallow: /closed*/$\nAllow: /closed/a\nCrawl-delay: 2.5\n"),
    "address": (address, "https://news.example:8080/a/ü?q=1&r=ä#x".encode()),
    "snapshot": (snapshot, gzip.compress(SOUND["a.warc"]())),
    "markup": (markup, "<meta charset='latin-1'>armyâ€™s “ANDRÉ”".encode()),
    "sources.yml": (sources, SOURCES),
}  # fmt: skip
