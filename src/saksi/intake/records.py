"""A record of named values (a line of JSON, a row of a table) becomes a document."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from saksi.errors import IntakeError
from saksi.intake.document import Document, Given
from saksi.intake.texts import Refused, day_of, document_of

# names of columns that may hold the days of publication
DAYS = frozenset(("date", "day", "published_at", "publish_date", "pubdate", "tanggal", "tgl"))
KNOWN_KEYS = frozenset(["id", "text", "title", "url", "publisher", "published", "language", "lang", "home"])
WORDS = {"ref": "id", "title": "title", "url": "url", "publisher": "publisher", "language": "language", "home": "home"}


class Stretch(msgspec.Struct, frozen=True):
    """Some lines of a file: where they begin in bytes, the number of the first, and how many."""

    begin: int
    first: int
    count: int


def read_lines(path: Path, given: Given, stretch: Stretch | None = None) -> Iterator[Document | Refused]:
    """The documents of a file of JSON lines, or of a stretch of it; a broken line is refused by its number."""
    with path.open("rb") as stream:
        stream.seek(stretch.begin if stretch else 0)
        lines = islice(stream, stretch.count) if stretch else stream
        empty = stretch is None
        for number, line in enumerate(lines, stretch.first if stretch else 1):
            if not line.strip():
                continue
            empty = False
            try:
                yield line_document(line, f"{path}:{number}", given, f"{path.name}, line {number}")
            except IntakeError as error:
                yield Refused(str(error))
    if empty:
        raise IntakeError(f"{path} is empty")


def line_document(line: bytes, where: str, given: Given, taken_from: str) -> Document:
    """The document of one JSON line."""
    try:
        data = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise IntakeError(f"{where}: not valid JSON: {error}") from None
    if not isinstance(data, dict) or not isinstance(data.get(given.text_column), str):
        raise IntakeError(f"{where}: a line must be an object with a `{given.text_column}`")
    for key in data.keys() - KNOWN_KEYS - {given.text_column, given.date_column or "published"}:
        pass_over(given, f"the key {key!r} of {{n}} JSON lines was ignored{hint_of_day(data, given, key)}")
    return record_document(data, where, given, taken_from)


def record_document(data: dict[str, Any], where: str, given: Given, taken_from: str) -> Document:
    """The document of one record, by the names that Saksi knows and the columns that the person named."""
    fields: dict[str, Any] = {ours: optional_text(data, key, where) for ours, key in WORDS.items()}
    fields["language"] = fields["language"] or optional_text(data, "lang", where)
    column = given.date_column or "published"
    fields["published"] = day_of(data.get(column), where, column)
    return document_of(data[given.text_column], where, given, taken_from=taken_from, **fields)


def hint_of_day(names: Container[str], given: Given, name: str) -> str:
    """How to have a column taken for the day of publication, where its name may mean that and no other is."""
    known = given.date_column is not None or "published" in names
    return "" if known or name.casefold() not in DAYS else f"; for days of publication: --date-column {name}"


def pass_over(given: Given, line: str) -> None:
    """Counts what is passed over on purpose; `{n}` in the line is the count."""
    given.ignored[line] = given.ignored.get(line, 0) + 1


def optional_text(data: dict[str, Any], key: str, where: str) -> str | None:
    """A text or nothing; numbers are taken as their digits."""
    value = data.get(key)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    raise IntakeError(f"{where}: `{key}` must be text")
