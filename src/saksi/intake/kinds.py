"""Bytes of one kind of file become its documents: the way in for a file, an attachment, a record and a fetched page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from saksi.errors import IntakeError
from saksi.intake.document import Document, Given
from saksi.intake.texts import WIDE, Refused, document_of, text_of

if TYPE_CHECKING:
    from saksi.intake.mail import Attached

DEPTH = 5  # of mails within mails
PAGES = frozenset((".html", ".htm", ".xhtml"))
PDF, ZIP, OLD_OFFICE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
# what a server calls the kinds of file that hold text
TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
}
Taker = Callable[[bytes, str, Given, str], Iterator[Document | Refused]]


def takes(suffix: str, head: bytes) -> Taker | None:
    """How a file of this suffix and beginning is taken in whole, or None where it is no such file."""
    if head.startswith(PDF) or suffix == ".pdf":
        return take_pdf
    if suffix == ".docx":
        return take_docx
    if suffix == ".eml":
        return take_mail
    return take_page if suffix in PAGES else None


def take_pdf(data: bytes, name: str, given: Given, taken_from: str) -> Iterator[Document]:
    """The document of a PDF file."""
    from saksi.intake.pdf import read_pdf

    if not data.strip():
        raise IntakeError(f"{name} is empty")
    yield read_pdf(data, name, given, taken_from)


def take_docx(data: bytes, name: str, given: Given, taken_from: str) -> Iterator[Document]:
    """The document of a Word file."""
    from saksi.intake.word import read_docx

    yield read_docx(data, name, given, taken_from)


def take_mail(data: bytes, name: str, given: Given, taken_from: str, depth: int = 0) -> Iterator[Document | Refused]:
    """The documents of a mail: what it says, and each attachment of a kind that is known; pictures are passed over."""
    from saksi.intake.mail import read_mail

    for each in read_mail(data, name, given, taken_from):
        if isinstance(each, Document):
            yield each
            continue
        within = (each.data, f"{name}: {each.name}", given, f"{taken_from}, {each.name}")
        try:
            yield from take_attached(each, within, depth)
        except IntakeError as error:
            yield Refused(str(error))


def take_attached(each: Attached, within: tuple[bytes, str, Given, str], depth: int) -> Iterator[Document | Refused]:
    """The documents of an attachment, if it is of a kind that is known."""
    suffix = TYPES.get(each.kind, PurePath(each.name).suffix.lower())
    take = takes(suffix, each.data[:8]) or (take_text if suffix == ".txt" else None)
    if take is take_mail:
        if depth < DEPTH:
            yield from take_mail(*within, depth + 1)
    elif take is not None:
        yield from take(*within)


def take_page(data: bytes, name: str, given: Given, taken_from: str) -> Iterator[Document]:
    """The document of an HTML page."""
    from saksi.intake.pages import read_page

    yield read_page(data, name, given, taken_from)


def take_text(data: bytes, name: str, given: Given, taken_from: str) -> Iterator[Document]:
    """The document of plain text."""
    check_text(name, data[:4096])
    yield document_of(text_of(data, name, given), name, given, taken_from=taken_from)


def check_text(name: str, head: bytes) -> None:
    """Refuses what is no text, with the way out where its kind is known."""
    if head.startswith(OLD_OFFICE):
        raise IntakeError(f"{name} is a file of an old Office: open it and save it as .docx, or a table as .csv")
    if head.startswith(ZIP):
        raise IntakeError(f"{name} is a zip file: unpack it and name its files; of a spreadsheet, save a .csv")
    if head.startswith(b"\x1f\x8b"):
        raise IntakeError(f"{name} is packed: unpack it (gunzip) and name the file")
    if head.startswith(PICTURES):
        raise IntakeError(f"{name} is a picture: run text recognition on it (OCR) and name its text")
    if b"\0" in head and not head.startswith(WIDE):
        raise IntakeError(f"{name} is not text: it holds NUL bytes. Give text, HTML, PDF, DOCX, EML or JSON lines")
