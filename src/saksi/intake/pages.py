"""Takes an HTML page in: its main text, title, outlet and day of publication."""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import islice
from typing import Any

from saksi.errors import IntakeError
from saksi.intake.dating import day_of_page, words_of_pages
from saksi.intake.document import Document, Given
from saksi.intake.encodings import mended, page_text
from saksi.intake.markup import tell_lists, tell_tables
from saksi.intake.texts import LIMIT, too_long

LARGEST = 8 * LIMIT  # bytes of a page
WALL = re.compile(r"cookie|consent|gdpr|paywall|onetrust|newsletter|subscribe|login-?(?:box|modal|wall)", re.IGNORECASE)
BLOCKS = (
    "p",
    "li",
    "td",
    "th",
    "div",
    "br",
    "dt",
    "dd",
    "option",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "section",
)
MANY = 1_000  # blocks of a page
SAID_BY_WALL = 2_000  # characters; what is longer is no notice, whatever it is called


def read_page(data: bytes, name: str, given: Given, taken_from: str | None, address: str | None = None) -> Document:
    """The document of a page; trafilatura finds the main text, which is what offsets count in.

    `address` is where the page was fetched from; the page's own word for its address comes first.
    """
    import trafilatura

    if not data.strip():
        raise IntakeError(f"{name} is empty")
    if len(data) > LARGEST:
        raise IntakeError(f"{name}: the page is larger than {LARGEST:,} bytes")
    text, about, dated = None, None, None
    try:
        page: Any = trafilatura.load_html(page_text(data))
        if page is not None:
            drop_empty(page)
            small = is_cut_small(page)
            of = head_alone(page) if small else page
            about = trafilatura.extract_metadata(of, default_url=address, extensive=False)
            dated = day_of_page(page, getattr(about, "url", None) or address)
            make_plain(page)
            text = trafilatura.extract(page, include_comments=False, include_tables=True, fast=small)
    except (ValueError, AssertionError, RecursionError):
        text = None
    if not text or not text.strip() or is_wall(text):
        raise IntakeError(f"{name}: no text was found in this page. Save the article's text as .txt")
    if len(text) > LIMIT:
        raise IntakeError(too_long(name))
    fields = fields_of(about, given)
    if dated is not None and given.published is None:
        fields |= {"published": dated.day, "published_basis": dated.basis}
    return Document(text=mended(with_title(text, about)), taken_from=taken_from, **fields)


def drop_empty(page: Any) -> None:
    """Takes off what holds nothing, of which hostile pages have tens of thousands; every look at a page meets each."""
    for each in list(page.iter("p", "div", "span", "li", "b", "i")):
        if not len(each) and not (each.text or "").strip() and not each.attrib:
            each.drop_tree()


def is_cut_small(page: Any) -> bool:
    """Whether a page has so many blocks that a second look at it (by jusText) would take minutes: it compares all."""
    return sum(1 for _ in islice(page.iter(*BLOCKS), MANY)) == MANY


def head_alone(page: Any) -> Any:
    """The head of a page and its first headline, which say enough of a page that is cut small."""
    made = deepcopy(page)
    for each in list(made):
        if each.tag != "head":
            made.remove(each)
    headline = next(page.iter("h1"), None)
    if headline is not None:
        made.append(deepcopy(headline))
    return made


def make_plain(page: Any) -> None:
    """Takes notices off that stand before a page, and tells its tables and lists."""
    for each in list(page.iter("div", "section", "aside", "dialog", "form")):
        named = f"{each.get('id') or ''} {each.get('class') or ''}"
        if WALL.search(named) and each.getparent() is not None and is_short(each):
            each.drop_tree()
    tell_tables(page)
    tell_lists(page)


def is_short(element: Any) -> bool:
    """Whether an element has no more words than a notice has."""
    size = 0
    for piece in element.itertext():
        size += len(piece.strip())
        if size > SAID_BY_WALL:
            return False
    return True


def is_wall(text: str) -> bool:
    """Whether a text is a notice alone that stands before a page: about cookies, consent, a login."""
    begins = tuple(word for words in words_of_pages("walls") for word in words)
    lines = [line.strip().casefold() for line in text.splitlines() if line.strip()]
    return len(text) <= SAID_BY_WALL // 2 and any(line.startswith(begins) for line in lines[:2])


def with_title(text: str, about: Any) -> str:
    """The text with its headline on top where the extraction left it out."""
    title = getattr(about, "title", None)
    return f"{title}\n\n{text}" if title and title not in text[: len(title) + 80] else text


def fields_of(about: Any, given: Given) -> dict[str, Any]:
    """What the page says of itself; what the person gave comes first."""
    title = getattr(about, "title", None)
    return {
        "title": mended(title) if title else None,
        "url": getattr(about, "url", None),
        "publisher": given.publisher or getattr(about, "sitename", None),
        "language": given.language,
        "published": given.published,
        "published_basis": "given" if given.published else None,
        "home": given.home,
    }
