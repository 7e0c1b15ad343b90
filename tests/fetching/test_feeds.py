"""What comes from servers is changed at random: feeds, robots.txt, archives of snapshots; nothing crashes or hangs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from saksi.fetching.addresses import address_of
from saksi.fetching.feeds import feed_of, feeds_named
from saksi.fetching.robots import Robots, rules_of
from saksi.fetching.snapshots import Snapshots
from tests.fetching.server import Moved
from tests.fetching.test_fetching import PAGE
from tests.intake.test_hostile_files import changed

RSS = b"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY nbsp " ">]>
<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><title>Post</title>
<item><title>Two killed</title><link>https://news.example/a</link><guid isPermaLink="false">7</guid>
<pubDate>Tue, 04 Jun 2024 23:30:00 +0200</pubDate><description>&lt;p&gt;Two&nbsp;died.&lt;/p&gt;</description>
<c:encoded><![CDATA[<p>Two soldiers died.</p>]]></c:encoded></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">Two &amp;amp; two</title>
<link rel="self" href="/self"/><link href="/a"/><id>tag:news.example,2024:7</id>
<updated>2024-06-04T23:30:00+02:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Two died.</p></div></content></entry></feed>"""
RULES = (
    b"User-agent: *\nDisallow: /closed*/$\nAllow: /closed/a\nCrawl-delay: 2.5\nSitemap: https://news.example/s.xml\n"
)


@pytest.mark.parametrize("sound", [RSS, ATOM], ids=["rss", "atom"])
def test_feeds_changed_at_random_never_crash_or_hang(sound: bytes) -> None:
    for data in changed(sound, "feed"):
        begun = time.process_time()
        feed = feed_of(data, "https://news.example/feed")
        for item in feed.items if feed else ():
            assert item.key
            assert item.link is None or "://" in item.link
        feeds_named(data, "https://news.example/feed")
        assert time.process_time() - begun < 2


def test_rules_changed_at_random_never_crash_or_hang() -> None:
    at = Moved().now()
    for data in changed(RULES, "robots"):
        begun = time.process_time()
        rules = Robots(at, rules_of(data))
        assert rules.allows("https://news.example/closed/a", "saksi") in (True, False)
        assert 0 <= rules.delay("saksi") <= 60
        assert time.process_time() - begun < 2


def test_addresses_changed_at_random_are_addresses_or_errors() -> None:
    for data in changed("https://news.example:8080/a/ü?q=1&r=ä#x".encode(), "address"):
        try:
            address = address_of(data.decode("utf-8", "replace"))
        except ValueError:
            continue
        assert str(address).isascii()
        assert address_of(str(address)) == address


def test_snapshots_changed_at_random_are_found_out(tmp_path: Path) -> None:
    """Whatever is changed in a snapshot, it is never taken for untouched, unless what it unpacks to is the same."""
    from saksi.fetching.answers import Answer
    from saksi.fetching.snapshots import members

    snapshots = Snapshots(tmp_path)
    answer = Answer("https://news.example/a", "https://news.example/a", 200, (("Content-Type", "text/html"),), PAGE,
                    Moved().now())  # fmt: skip
    path = snapshots.keep(answer).path
    whole = path.read_bytes()
    before = list(members(whole))
    for data in changed(whole, "snapshot"):
        path.write_bytes(data)
        ((_, wrong),) = snapshots.check()
        if wrong is None:
            assert [block for _, block in members(data)] == [block for _, block in before]
