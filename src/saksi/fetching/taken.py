"""An answer becomes documents: what the server calls it, and what it is, say how it is taken in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import msgspec

from saksi.errors import IntakeError
from saksi.fetching.answers import Answer
from saksi.fetching.snapshots import Kept
from saksi.intake.bounds import unpacked
from saksi.intake.document import Document, Given
from saksi.intake.kinds import TYPES, take_page, take_text, takes
from saksi.intake.texts import Refused

PASSWORD = re.compile(rb"<input[^>]{1,400}type\s*=\s*[\"']?password", re.IGNORECASE)
SHORT = 600  # characters; a page that asks for a password and says no more shows none of its article
FEED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)


def documents_of(answer: Answer, given: Given, kept: Kept | None) -> Iterator[Document | Refused]:
    """The documents of an answer, with the address they came from and the snapshot they were taken from."""
    try:
        data = unpacked(answer.body, answer.header("content-encoding").lower(), answer.address)
        yield from (placed(d, answer, data) for d in taken(data, answer, given, kept.named if kept else None))
    except IntakeError as error:
        wall = PASSWORD.search(answer.body) is not None
        yield Refused(needs_login(answer) if wall else str(error))


def taken(data: bytes, answer: Answer, given: Given, taken_from: str | None) -> Iterator[Document | Refused]:
    """The documents of a body, by its kind."""
    if FEED.match(data[:2000]):
        raise IntakeError(f"{answer.address} is a feed: name it in a file of sources, and saksi watch follows it")
    suffix = TYPES.get(answer.kind) or PurePosixPath(urlsplit(answer.address).path).suffix.lower()
    take = takes(suffix, data[:8])
    if take is None:
        take = (
            take_page if answer.kind in ("", "application/octet-stream") and b"<html" in data[:2000].lower() else None
        )
    if take is None and (suffix == ".txt" or answer.kind.startswith("text/")):
        take = take_text
    if take is None:
        raise IntakeError(f"{answer.address} is {answer.kind or 'of no named kind'}, which holds no text that is read")
    yield from take(data, answer.address, given, taken_from or "")


def placed(document: Document | Refused, answer: Answer, data: bytes) -> Document | Refused:
    """A document with its address; where its day is not known, it was published when it was fetched or before."""
    if isinstance(document, Refused):
        return document
    if len(document.text) < SHORT and PASSWORD.search(data):
        return Refused(needs_login(answer))
    until = None if document.published else answer.at.date()
    url = document.url if document.url and same_site(document.url, answer.address) else answer.address
    return msgspec.structs.replace(document, url=url, published_to=until, taken_from=document.taken_from or None)


def needs_login(answer: Answer) -> str:
    """The line for a page that shows a login instead of its text."""
    return f"{answer.asked} needs a login: save the page yourself and name its file"


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site, so that a page's own word for its address may be taken."""
    from courlan import extract_domain

    site = extract_domain(one)
    host = urlsplit(other).hostname
    return urlsplit(one).hostname == host or (site is not None and site == extract_domain(other))
