"""Cuts what is to be read into units that take some seconds each: the same units whoever reads them."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from saksi.errors import UsageError
from saksi.intake.document import content_hash
from saksi.intake.files import LINES
from saksi.intake.records import Stretch

LINES_AT_ONCE = 500  # of JSON
FILES_AT_ONCE = 64
BYTES_AT_ONCE = 4_000_000  # of small files; a larger one is a unit of its own


class Unit(msgspec.Struct, frozen=True):
    """Some files, or a stretch of the lines of one."""

    number: int
    paths: list[str]
    size: int  # bytes, by which what is left is reckoned
    stretch: Stretch | None = None


def files_of(patterns: list[str]) -> list[Path]:
    """The files that names and patterns mean, sorted, each once. Raises UsageError for one that means nothing."""
    found: set[str] = set()
    for pattern in patterns:
        names = [pattern] if os.path.exists(pattern) else glob.glob(pattern, recursive=True)
        files = [n for n in names if os.path.isfile(n)]
        if not files:
            raise UsageError(f"{pattern} names no file. A folder is named with its files: '{pattern.rstrip('/')}/*'")
        found.update(files)
    return [Path(n) for n in sorted(found)]


def units_of(files: list[Path]) -> Iterator[Unit]:
    """The units, in order."""
    number, waiting, size = 0, list[str](), 0
    for path in files:
        long = path.stat().st_size
        lines = path.suffix.lower() in LINES and long > BYTES_AT_ONCE // 16
        if waiting and (lines or size + long > BYTES_AT_ONCE or len(waiting) == FILES_AT_ONCE):
            yield Unit(number, waiting, size)
            number, waiting, size = number + 1, [], 0
        if lines:
            for stretch, held in stretches(path):
                yield Unit(number, [str(path)], held, stretch)
                number += 1
        else:
            waiting, size = [*waiting, str(path)], size + long
    if waiting:
        yield Unit(number, waiting, size)


def stretches(path: Path) -> Iterator[tuple[Stretch, int]]:
    """A file of lines in stretches, each with its bytes."""
    begin, first, held, count = 0, 1, 0, 0
    with path.open("rb") as stream:
        for line in stream:
            held, count = held + len(line), count + 1
            if count == LINES_AT_ONCE:
                yield Stretch(begin, first, count), held
                begin, first, held, count = begin + held, first + count, 0, 0
    if count:
        yield Stretch(begin, first, count), held


def identity_of(files: list[Path], options: object) -> str:
    """A hash of what is read and how, by which a batch that goes on knows that it is the same."""
    return content_hash([[(str(p), p.stat().st_size, p.stat().st_mtime_ns) for p in files], options])
