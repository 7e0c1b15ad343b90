"""Takes PDF files in: the text of each page, form feeds between pages, lines that were wrapped joined again."""

from __future__ import annotations

import io
import logging
from typing import Any

from saksi.errors import IntakeError
from saksi.intake.columns import with_tables_told
from saksi.intake.document import Document, Given
from saksi.intake.printed import flowing, without_running
from saksi.intake.records import pass_over
from saksi.intake.texts import LIMIT, document_of, missing_library, too_long

LONGEST = 5_000  # pages
DRAWN = 10_000_000  # bytes of one page's commands; a page of text has a thousandth of that
SHOWN = 8  # page numbers named in one line


def read_pdf(data: bytes, name: str, given: Given, taken_from: str) -> Document:
    """The document of a PDF file; its own dates are those of the file, not of publication, and are left."""
    pages, title = pages_of(data, name, given)
    if not any(p.strip() for p in pages):
        raise IntakeError(f"{name} has no text: its pages are pictures, as of a scan. Run text recognition on it (OCR)")
    bare = [str(k) for k, p in enumerate(pages, 1) if not p.strip()]
    if bare:
        shown = ", ".join(bare[:SHOWN]) + (" and more" if len(bare) > SHOWN else "")
        pass_over(given, f"{name}: no text on page {shown}; where these are scans, run text recognition on it (OCR)")
    bare_pages = without_running([p.splitlines() for p in pages])
    text = flowing([with_tables_told(lines, given.language) for lines in bare_pages])
    return document_of(text, name, given, title=title, taken_from=taken_from)


def pages_of(data: bytes, name: str, given: Given) -> tuple[list[str], str | None]:
    """The text of each page as it stands in the file, and the file's title."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError
    except ImportError:
        raise missing_library(name, "PDF files") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends on the way is not for the person
    try:
        reader = PdfReader(io.BytesIO(data))
        check_open(reader, name)
        pages, length = [], 0
        for page in reader.pages:
            pages.append(text_of_page(page, name, given))
            length += len(pages[-1])
            if length > LIMIT or len(pages) > LONGEST:
                raise IntakeError(too_long(name))
        return pages, title_of(reader)
    except IntakeError:
        raise
    except (DependencyError, FileNotDecryptedError, WrongPasswordError):
        raise IntakeError(locked(name)) from None
    except Exception as error:  # a broken file can break the library anywhere: one line, and the next file
        said = " ".join(str(error).split())[:120]
        raise IntakeError(f"{name} is damaged: {said or type(error).__name__}. Get the file anew") from None


def check_open(reader: Any, name: str) -> None:
    """Refuses a file that asks for a password; many ask only before it is changed or printed, and can be read."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise IntakeError(locked(name))


def locked(name: str) -> str:
    """The line for a file that asks for a password."""
    return f"{name} is encrypted: open it with its password and save a copy without one"


def text_of_page(page: Any, name: str, given: Given) -> str:
    """The text of one page; one that is a huge drawing, a map for example, counts as bare."""
    contents = page.get_contents()
    if contents is None:
        return ""
    if len(contents.get_data()) > DRAWN:
        pass_over(given, f"{name}: {{n}} of its pages are drawings too large to be looked through")
        return ""
    text = str(page.extract_text())
    return text.replace("\f", "\n").replace("\0", "")


def title_of(reader: Any) -> str | None:
    """The title that the file says it has, unless a program wrote its file's name there."""
    about = reader.metadata
    title = about.title if about is not None else None
    words = " ".join(str(title or "").split())
    return words if " " in words and not words.startswith("Microsoft Word") else None
