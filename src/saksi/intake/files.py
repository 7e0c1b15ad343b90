"""Takes files in: text, HTML, and lines of JSON. Large files stream; what is refused says why."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from saksi.errors import IntakeError
from saksi.intake.document import Document, Given

ADDRESS = re.compile(r"[a-z]{2,8}://", re.IGNORECASE)
LIMIT = 2_000_000  # characters of one text: a book; longer is refused rather than read badly
PAGES = frozenset((".html", ".htm", ".xhtml"))
LINES = frozenset((".jsonl", ".ndjson"))
KNOWN_KEYS = frozenset(["id", "text", "title", "url", "publisher", "published", "language", "lang", "home"])


class Refused(msgspec.Struct, frozen=True):
    """A document that could not be taken in, as one line for a person."""

    reason: str


def read_files(paths: list[str], given: Given) -> Iterator[Document | Refused]:
    """The documents of all files in order; one that is refused does not stop the others."""
    for name in paths:
        try:
            yield from documents_of(name, given)
        except IntakeError as error:
            yield Refused(str(error))


def documents_of(name: str, given: Given) -> Iterator[Document | Refused]:
    """The documents of one file; `-` is standard input, read as text."""
    if name == "-":
        yield document_of(sys.stdin.read(), "standard input", given)
        return
    path = Path(name)
    check_file(name, path)
    if path.suffix.lower() in LINES:
        yield from lines_of(path, given)
    elif path.suffix.lower() in PAGES:
        from saksi.intake.pages import read_page

        yield read_page(path, given, LIMIT)
    else:
        yield document_of(decoded(path, given), str(path), given)


def check_file(name: str, path: Path) -> None:
    """Refuses what is no file that can be read."""
    if ADDRESS.match(name):
        raise IntakeError(f"{name} is an address, and saksi reads files: save the page and name its file")
    if path.is_fifo():
        raise IntakeError(f"{path} is a pipe, which is read once: saksi read - < {path}")
    if path.is_dir():
        raise IntakeError(f"{path} is a directory: name its files, for example {path}/*.txt")
    if not path.exists():
        raise IntakeError(f"{path} does not exist")
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        raise IntakeError(f"{path} cannot be read: {error.strerror}") from None
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise IntakeError(f"{path} is not text: it holds NUL bytes. Give text, HTML or JSON lines")


def decoded(path: Path, given: Given) -> str:
    """The text of a file; a wrong encoding names the byte and the way out."""
    if path.stat().st_size > 4 * LIMIT:
        raise IntakeError(too_long(str(path)))
    data = path.read_bytes()
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else given.encoding
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"{path}: byte {error.start} is not {encoding}. Say which encoding it is: --encoding windows-1252"
        ) from None
    except LookupError:
        raise IntakeError(f"--encoding {encoding} is not known") from None


def too_long(name: str) -> str:
    """The line for a text over the limit."""
    return f"{name}: the text is longer than {LIMIT:,} characters. Split it, or give JSON lines, one text each"


def document_of(text: str, name: str, given: Given, **fields: Any) -> Document:
    """A document from a text and what is said of it."""
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


def lines_of(path: Path, given: Given) -> Iterator[Document | Refused]:
    """The documents of a file of JSON lines; a broken line is refused by its number."""
    with path.open("rb") as stream:
        empty = True
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            empty = False
            try:
                yield line_document(line, f"{path}:{number}", given)
            except IntakeError as error:
                yield Refused(str(error))
    if empty:
        raise IntakeError(f"{path} is empty")


def line_document(line: bytes, where: str, given: Given) -> Document:
    """The document of one JSON line."""
    try:
        data = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise IntakeError(f"{where}: not valid JSON: {error}") from None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise IntakeError(f"{where}: a line must be an object with a `text`")
    for key in data.keys() - KNOWN_KEYS:
        given.ignored[key] = given.ignored.get(key, 0) + 1
    fields: dict[str, Any] = {
        "ref": optional_text(data, "id", where),
        "title": optional_text(data, "title", where),
        "url": optional_text(data, "url", where),
        "publisher": optional_text(data, "publisher", where),
        "language": optional_text(data, "language", where) or optional_text(data, "lang", where),
        "published": day_of(data.get("published"), where),
        "home": optional_text(data, "home", where),
    }
    return document_of(data["text"], where, given, **fields)


def optional_text(data: dict[str, Any], key: str, where: str) -> str | None:
    """A text or nothing; numbers are taken as their digits."""
    value = data.get(key)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    raise IntakeError(f"{where}: `{key}` must be text")


NO_DAY = frozenset(("", "None", "null", "NaN", "nan", "NaT", "N/A"))  # as exports write an empty cell


def day_of(value: Any, where: str) -> date | None:
    """A day written YYYY-MM-DD, with or without a time after it; a spreadsheet's word for nothing is no day."""
    if value is None or str(value).strip() in NO_DAY:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise IntakeError(f"{where}: `published` {value!r} is not a date (YYYY-MM-DD)") from None
