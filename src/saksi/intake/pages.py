"""Takes an HTML page in: its main text, title, outlet and day of publication."""

from __future__ import annotations

from datetime import date
from typing import Any

from saksi.errors import IntakeError
from saksi.intake.document import Document, Given
from saksi.intake.markup import tell_tables
from saksi.intake.texts import LIMIT, too_long

LARGEST = 8 * LIMIT  # bytes of a page


def read_page(data: bytes, name: str, given: Given, taken_from: str | None, address: str | None = None) -> Document:
    """The document of a page; trafilatura finds the main text, which is what offsets count in.

    `address` is where the page was fetched from; the page's own word for its address comes first.
    """
    import trafilatura

    if not data.strip():
        raise IntakeError(f"{name} is empty")
    if len(data) > LARGEST:
        raise IntakeError(f"{name}: the page is larger than {LARGEST:,} bytes")
    text, about = None, None
    try:
        page: Any = trafilatura.load_html(data)
        if page is not None:
            about = trafilatura.extract_metadata(page, default_url=address)
            tell_tables(page)
            text = trafilatura.extract(page, include_comments=False, include_tables=True)
    except (ValueError, AssertionError, RecursionError):
        text = None
    if not text or not text.strip():
        raise IntakeError(f"{name}: no text was found in this page. Save the article's text as .txt")
    if len(text) > LIMIT:
        raise IntakeError(too_long(name))
    return Document(text=with_title(text, about), taken_from=taken_from, **fields_of(about, given))


def with_title(text: str, about: Any) -> str:
    """The text with its headline on top where the extraction left it out."""
    title = getattr(about, "title", None)
    return f"{title}\n\n{text}" if title and title not in text[: len(title) + 80] else text


def fields_of(about: Any, given: Given) -> dict[str, Any]:
    """What the page says of itself; what the person gave comes first."""
    said = getattr(about, "date", None)
    published = given.published or (date.fromisoformat(said[:10]) if said else None)
    basis = "given" if given.published else "page" if said else None
    return {
        "title": getattr(about, "title", None),
        "url": getattr(about, "url", None),
        "publisher": given.publisher or getattr(about, "sitename", None),
        "language": given.language,
        "published": published,
        "published_basis": basis,
        "home": given.home,
    }
