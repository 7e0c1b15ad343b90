"""A text and what is said of it become a document; what cannot be taken in is a value with its reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from saksi.errors import IntakeError
from saksi.intake.document import Document, Given

LIMIT = 2_000_000  # characters of one text: a book; longer is refused rather than read badly
WIDE = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins
NO_DAY = frozenset(("", "None", "null", "NaN", "nan", "NaT", "N/A"))  # as exports write an empty cell


class Refused(msgspec.Struct, frozen=True):
    """A document that could not be taken in, as one line for a person."""

    reason: str


def too_long(name: str) -> str:
    """The line for a text over the limit."""
    return f"{name}: the text is longer than {LIMIT:,} characters. Split it, or give JSON lines, one text each"


def document_of(text: str, name: str, given: Given, **fields: Any) -> Document:
    """A document from a text and what is said of it; `name` is what a refusal calls it."""
    if not text.strip():
        raise IntakeError(f"{name} is empty")
    if len(text) > LIMIT:
        raise IntakeError(too_long(name))
    values: dict[str, Any] = {
        "language": given.language,
        "publisher": given.publisher,
        "published": given.published,
        "home": given.home,
    }
    values |= {k: v for k, v in fields.items() if v is not None}
    if values["published"] is not None:
        values.setdefault("published_basis", "given")
    return Document(text=text, **values)


def text_of(data: bytes, name: str, given: Given) -> str:
    """Bytes as text; a wrong encoding names the byte and the way out."""
    encoding = "utf-16" if data.startswith(WIDE) else given.encoding
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"{name}: byte {error.start} is not {encoding}. Say which encoding it is: --encoding windows-1252"
        ) from None
    except LookupError:
        raise IntakeError(f"--encoding {encoding} is not known") from None


def day_of(value: Any, where: str, key: str = "published") -> date | None:
    """A day written YYYY-MM-DD, with or without a time after it; a spreadsheet's word for nothing is no day."""
    if value is None or str(value).strip() in NO_DAY:
        return None
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise IntakeError(f"{where}: `{key}` {value!r} is not a date (YYYY-MM-DD)") from None


def missing_library(name: str, what: str) -> IntakeError:
    """The line for a library that is an extra and is not installed."""
    return IntakeError(f"{name}: {what} are read with an extra that is not installed: pip install 'saksi[files]'")
