"""Files written whole or not at all: made beside their place, then put there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from saksi.errors import UsageError
from saksi.ledger.cells import cell
from saksi.releasing.notes import Notes

DELIMITERS = {"csv": ",", "tsv": "\t"}
BARE = frozenset((type(None), bool, int, float, date))  # of what no cell needs quotes


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
    """Lines of a table with something between their cells; texts that would be formulas are escaped and counted.

    Cells are quoted as the csv module does it, whose writer takes half as long again for cells of JSON.
    """
    special = re.compile(f'["\\r\\n{between}]')
    stream.write((between.join(columns) + "\n").encode())
    for line in lines:
        notes.rows += 1
        cells = []
        for column in columns:
            value = line.get(column)
            made = "" if value is None else cell(value)
            if type(value) is str:
                notes.escaped += made is not value
            elif type(value) in BARE:
                cells.append(made)
                continue
            cells.append('"' + made.replace('"', '""') + '"' if special.search(made) else made)
        stream.write((between.join(cells) + "\n").encode("utf-8", "surrogatepass"))
