"""One text as published, never altered."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cached_property

import msgspec


class Document(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One text as published; its id is a hash of the text and of where it stood.

    `ref` is the id its collection gave it. `published` is the day of publication where known;
    `published_from` and `published_to` bound it where only an interval is known, and
    `published_basis` says from what (`given`, `page`, `words`, `address`, `mail`, `feed`, `dateline`).
    `home` is the town, province or country of who publishes it, where that is said. `taken_from` names the
    file it was taken from, with the record, row or attachment there, or the snapshot of a page; it is no part
    of the id. Pages of a file that has pages are set apart by form feeds in the text.
    """

    text: str
    ref: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    language: str | None = None
    published: date | None = None
    published_from: date | None = None
    published_to: date | None = None
    published_basis: str | None = None
    home: str | None = None
    taken_from: str | None = None

    @cached_property
    def text_hash(self) -> str:
        """SHA-256 of the text as UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def id(self) -> str:
        """`d_` and 16 hex digits: equal text at another address is another document, and a copy."""
        day = self.published.isoformat() if self.published else None
        parts = [self.text_hash, self.url, self.ref, self.publisher, day]
        return "d_" + content_hash(parts)


def is_web(address: str | None) -> bool:
    """Whether an address is one of the web, that a page may lead to: strangers write addresses that run scripts."""
    return address is not None and address.startswith(("https://", "http://"))


def page_of(text: str, offset: int) -> int | None:
    """The number of the page that a place in a text lies on, or None where the text has no pages."""
    return text.count("\f", 0, offset) + 1 if "\f" in text else None


def content_hash(parts: object, digits: int = 16) -> str:
    """The first hex digits of the SHA-256 of parts written as JSON."""
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:digits]


class Given(msgspec.Struct, frozen=True):
    """What the person says of the documents where the files do not."""

    published: date | None = None
    language: str | None = None
    publisher: str | None = None
    encoding: str = "utf-8"
    home: str | None = None
    text_column: str = "text"
    date_column: str | None = None
    ignored: dict[str, int] = msgspec.field(default_factory=dict)  # what was passed over, by what it is
