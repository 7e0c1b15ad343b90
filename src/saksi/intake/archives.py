"""Takes web archives in (.warc, .warc.gz): each page that was fetched whole is a document, with its address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from saksi.errors import IntakeError
from saksi.intake.bounds import UNPACKED, unpacked
from saksi.intake.document import Document, Given
from saksi.intake.kinds import TYPES, take_text, takes
from saksi.intake.records import pass_over
from saksi.intake.texts import Refused, missing_library

HEADS = 65_536  # bytes of the head of a record


def read_archive(path: Path, given: Given) -> Iterator[Document | Refused]:
    """The documents of a web archive, one record held at a time; what is no page of text is counted."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise missing_library(str(path), "web archives") from None
    wanted = WarcRecordType.response | WarcRecordType.resource
    number = 0
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=wanted, parse_http=True, max_header_len=HEADS):
                number += 1
                yield from documents_of(record, path, given)
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        said = " ".join(str(error).split())[:120]
        if not number:
            raise IntakeError(f"{path} is no web archive: {said}") from None
        raise IntakeError(f"{path} is damaged after record {number}: {said}. What came before it was read") from None
    if not number:
        raise IntakeError(f"{path} holds no fetched page: it is no web archive, or an empty one")


def documents_of(record: Any, path: Path, given: Given) -> Iterator[Document | Refused]:
    """The documents of one record."""
    heads = record.headers
    identity = (heads.get("WARC-Record-ID") or f"at byte {record.stream_pos}").strip("<>")
    address = heads.get("WARC-Target-URI")
    status = record.http_headers.status_code if record.http_headers is not None else 200
    suffix = TYPES.get(content_type(record), "")
    if status != 200 or not suffix:
        pass_over(given, f"{{n}} records of {path} hold no text: pictures, redirects, errors")
        return
    where = f"{path}: {address or identity}"
    try:
        data = payload(record, where)
        if not data.strip():
            raise IntakeError(f"{where} is empty")
        take = takes(suffix, data[:8]) or take_text
        for document in take(data, where, given, f"{path.name}, record {identity}"):
            yield placed(document, address, heads.get("WARC-Date"))
    except IntakeError as error:
        yield Refused(str(error))


def content_type(record: Any) -> str:
    """What the server said the record's bytes are, without their encoding."""
    said = record.http_content_type if record.http_headers is not None else record.headers.get("Content-Type")
    return str(said or "").partition(";")[0].strip().lower()


def payload(record: Any, where: str) -> bytes:
    """The bytes of a record as a browser would have shown them, up to the limit."""
    data = record.reader.read(UNPACKED + 1)
    if len(data) > UNPACKED:
        raise IntakeError(f"{where} is larger than {UNPACKED:,} bytes")
    heads = record.http_headers
    if heads is None:
        return bytes(data)
    if "chunked" in (heads.get("Transfer-Encoding") or "").lower():
        data = joined_chunks(data)
    return unpacked(bytes(data), (heads.get("Content-Encoding") or "").strip().lower(), where)


def joined_chunks(data: bytes) -> bytes:
    """A body sent in chunks, joined; many archives join it and leave the header, and then it is as it is."""
    out: list[bytes] = []
    at = 0
    while True:
        end = data.find(b"\r\n", at, at + 20)
        try:
            size = int(data[at:end].split(b";")[0], 16) if end > at else -1
        except ValueError:
            size = -1
        if size < 0:
            return data if not out else b"".join(out)
        if size == 0:
            return b"".join(out)
        out.append(data[end + 2 : end + 2 + size])
        at = end + 2 + size + 2


def placed(document: Document | Refused, address: str | None, fetched: str | None) -> Document | Refused:
    """A document with its address; it was published on the day that it was fetched, or before."""
    if isinstance(document, Refused):
        return document
    until = None
    if document.published is None and fetched:
        try:
            until = date.fromisoformat(fetched[:10])
        except ValueError:
            until = None
    return msgspec.structs.replace(document, url=document.url or address, published_to=until)
