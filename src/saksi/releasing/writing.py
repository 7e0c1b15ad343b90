"""Lines, tables and features as files hold them, each file whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from saksi.errors import UsageError
from saksi.ledger.cells import MAKERS, escaped
from saksi.releasing.notes import Notes
from saksi.written import whole as put_whole

DELIMITERS = {"csv": ",", "tsv": "\t"}
AT_ONCE = 500  # lines that are written at once


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its place only when all of it is written. Raises UsageError for a wrong place."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name a file, --out {path / 'claims.csv'}")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent} is not a folder: make it first, or name another --out")
    with put_whole(path) as stream:
        yield stream


def write_lines(stream: BinaryIO, lines: Iterable[Any], notes: Notes) -> None:
    """JSON, one record a line."""
    encoder, some = msgspec.json.Encoder(), iter(lines)
    while made := list(islice(some, AT_ONCE)):
        notes.rows += len(made)
        stream.write(encoder.encode_lines(made))


def write_features(stream: BinaryIO, lines: Iterable[Any], notes: Notes) -> None:
    """A GeoJSON collection, one feature a line."""
    stream.write(b'{"type":"FeatureCollection","features":[')
    for n, line in enumerate(lines):
        notes.rows += 1
        stream.write((b",\n" if n else b"\n") + msgspec.json.encode(line))
    stream.write(b"\n]}\n")


def written(
    stream: BinaryIO, columns: tuple[str, ...], lines: Iterable[dict[str, Any]], notes: Notes, between: str
) -> None:
    """Lines of a table with something between their cells; texts that would be formulas are escaped and counted."""
    maker, some = Cells(between), iter(lines)
    stream.write((between.join(columns) + "\n").encode())
    while made := [maker.line(map(line.get, columns)) for line in islice(some, AT_ONCE)]:
        stream.write(("\n".join(made) + "\n").encode("utf-8", "surrogatepass"))
        notes.rows += len(made)
    notes.escaped += maker.escaped


class Cells:
    """Makes cells of values and quotes them as the csv module does it, whose writer takes three times as long."""

    def __init__(self, between: str) -> None:
        self.between, self.escaped = between, 0
        self.special = re.compile(f'["\\r\\n{between}]').search
        self.is_plain = re.compile(rf"[^'=+\-@\t\r\n\"{between}][^\r\n\"{between}]*").fullmatch
        self.makers: dict[type, Callable[[Any], str]] = {**MAKERS, str: self.text, list: self.nested}

    def line(self, values: Iterable[Any]) -> str:
        """A line of a table; most texts are neither to be escaped nor to be quoted, which is seen at one look."""
        makers, nested, is_plain = self.makers, self.nested, self.is_plain
        return self.between.join([
            "" if value is None
            else value if type(value) is str and is_plain(value)
            else makers.get(type(value), nested)(value)
            for value in values
        ])  # fmt: skip

    def text(self, value: str) -> str:
        """A text as a cell, escaped and quoted where it must be."""
        made = escaped(value)
        self.escaped += made is not value
        return '"' + made.replace('"', '""') + '"' if self.special(made) else made

    def nested(self, value: Any) -> str:
        """What is nested as a cell of JSON, which is quoted for its own quotes unless it is empty."""
        return '"' + msgspec.json.encode(value).decode().replace('"', '""') + '"' if value else "[]"
