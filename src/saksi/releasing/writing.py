"""Files written whole or not at all: made beside their place, then put there."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from saksi.errors import UsageError
from saksi.releasing.cells import cell, is_risky
from saksi.releasing.notes import Notes

DELIMITERS = {"csv": ",", "tsv": "\t"}


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its place only when all of it is written."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name a file, --out {path / 'claims.csv'}")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent} is not a folder: make it first, or name another --out")
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as stream:
            yield stream
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_lines(stream: BinaryIO, lines: Iterable[Any], notes: Notes) -> None:
    """JSON, one record a line."""
    for line in lines:
        notes.rows += 1
        stream.write(msgspec.json.encode(line) + b"\n")


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
    out = csv.writer(Encoded(stream), delimiter=between, lineterminator="\n")
    out.writerow(columns)
    for line in lines:
        notes.rows += 1
        values = [line.get(c) for c in columns]
        notes.escaped += sum(isinstance(v, str) and is_risky(v) for v in values)
        out.writerow([cell(v) for v in values])


class Encoded:
    """A stream of bytes that takes text."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Writes text as UTF-8."""
        return self.stream.write(text.encode("utf-8", "surrogatepass"))
