"""Takes an HTML page in: its main text, title, outlet and day of publication."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from saksi.errors import IntakeError
from saksi.intake.document import Document, Given


def read_page(path: Path, given: Given, limit: int) -> Document:
    """The document of a page; trafilatura finds the main text, which is what offsets count in."""
    import trafilatura

    data = path.read_bytes()
    if not data.strip():
        raise IntakeError(f"{path} is empty")
    if len(data) > 8 * limit:
        raise IntakeError(f"{path}: the page is larger than {8 * limit:,} bytes")
    text, about = None, None
    try:
        page: Any = trafilatura.load_html(data)
        if page is not None:
            about = trafilatura.extract_metadata(page)
            text = trafilatura.extract(page, include_comments=False, include_tables=True)
    except (ValueError, AssertionError):
        text = None
    if not text or not text.strip():
        raise IntakeError(f"{path}: no text was found in this page. Save the article's text as .txt")
    if len(text) > limit:
        raise IntakeError(f"{path}: the text is longer than {limit:,} characters")
    return Document(text=with_title(text, about), **fields_of(about, given))


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
    }
