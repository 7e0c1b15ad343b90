"""The items of a feed, of whatever make: RSS 0.9 to 2.0 and Atom; a broken feed gives the items that are whole."""

from __future__ import annotations

import hashlib
import html
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import msgspec
from lxml import etree

MOST = 2_000  # items
LONGEST = 500_000  # characters of one item's words
ITEMS = frozenset(("item", "entry"))
DAYS = ("pubdate", "published", "date", "issued", "updated", "modified")
WORDS = ("encoded", "content", "description", "summary")
BREAKS = re.compile(r"</(?:p|div|li|h\d|tr|blockquote)>|<br\s*/?>", re.IGNORECASE)
TAGS = re.compile(r"<[^<>]*>")
ITEM_ENDS = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>|<(?:\w+:)?(?:item|entry)\b[^<>]*/>", re.IGNORECASE)
FEED_ENDS = re.compile(rb"</(?:rss|feed|rdf:rdf|rdf)\s*>", re.IGNORECASE)
FEEDS = re.compile(rb"<link[^>]{0,300}application/(?:rss|atom)\+xml[^>]{0,300}>", re.IGNORECASE)
HREF = re.compile(rb"href\s*=\s*[\"']([^\"'<>\s]{1,500})", re.IGNORECASE)


class Item(msgspec.Struct, frozen=True):
    """One item of a feed; `key` is what the feed knows it by."""

    key: str
    link: str | None
    title: str | None
    published: datetime | None
    words: str


class Feed(msgspec.Struct, frozen=True):
    """A feed as it was read; `whole` is False where it broke off."""

    items: list[Item]
    whole: bool


def feed_of(data: bytes, address: str) -> Feed | None:
    """The items of a feed, or None where the bytes are none. Its own entities are never unfolded.

    Where it breaks off within an item, that one is not taken: its address or its words may be cut.
    """
    root, sound = parsed(data, recover=False), True
    if root is None:
        root, sound = parsed(data, recover=True), False
    if root is None or name_of(root) not in ("rss", "feed", "rdf"):
        return None
    elements = [element for element in root.iter() if name_of(element) in ITEMS]
    if not sound and len(ITEM_ENDS.findall(data)) < len(elements):
        elements.pop()
    found = [item for element in elements[:MOST] if (item := item_of(element, address))]
    return Feed(found, sound or FEED_ENDS.search(data[-500:]) is not None)


def parsed(data: bytes, *, recover: bool) -> Any:
    """The root of XML, mended where `recover` says so; None where there is none."""
    parser = etree.XMLParser(recover=recover, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def name_of(element: Any) -> str:
    """The name of an element without its namespace, in small letters."""
    tag = element.tag
    return str(tag).rpartition("}")[2].lower() if isinstance(tag, str) else ""


def item_of(element: Any, address: str) -> Item | None:
    """One item, or None where it has neither an address nor words."""
    parts: dict[str, Any] = {}
    for child in element:
        name = name_of(child)
        if name != "link" or child.get("rel", "alternate") == "alternate":
            parts.setdefault(name, child)
    link = link_of(parts, address)
    title = plain(text_in(parts.get("title"))).replace("\n", " ") or None
    words = max((plain(text_in(parts.get(name))) for name in WORDS), key=len)[:LONGEST]
    if link is None and not (title or words):
        return None
    named = text_in(parts.get("guid") if "guid" in parts else parts.get("id")).strip()
    known = named or link or hashlib.sha256(f"{title}\n{words}".encode()).hexdigest()
    days = (moment_of(text_in(parts.get(name))) for name in DAYS)
    return Item(known[:1_000], link, title, next((d for d in days if d is not None), None), words)


def link_of(parts: dict[str, Any], address: str) -> str | None:
    """The address of an item: its link, or a guid that is one."""
    element, guid = parts.get("link"), parts.get("guid")
    said = (element.get("href") or text_in(element)).strip() if element is not None else ""
    if not said and guid is not None and guid.get("isPermaLink", "true") == "true":
        said = text_in(guid).strip()
    if not said or (not said.lower().startswith(("http://", "https://")) and ":" in said[:12]):
        return None
    try:
        return str(urljoin(address, said)).partition("#")[0]
    except ValueError:
        return None


def text_in(element: Any) -> str:
    """All words within an element, as marked up as they are."""
    return "".join(element.itertext()) if element is not None else ""


def plain(words: str) -> str:
    """Words without their marks, paragraphs on lines of their own."""
    lines = html.unescape(TAGS.sub(" ", BREAKS.sub("\n", words))).splitlines()
    return "\n".join(flat for line in lines if (flat := " ".join(line.split())))


def moment_of(said: str) -> datetime | None:
    """The moment that a feed says by its own clock, in whichever of its two forms; what is none is nothing."""
    said = said.strip()
    try:
        found = datetime.fromisoformat(said) if said[:4].isdigit() else parsedate_to_datetime(said)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def feeds_named(data: bytes, address: str) -> list[str]:
    """The feeds that a page names as its own."""
    found = (HREF.search(tag) for tag in FEEDS.findall(data[:200_000]))
    return [urljoin(address, match[1].decode("utf-8", "replace")) for match in found if match][:3]
