"""Cuts what is to be read into units that take some seconds each: the same units whoever reads them."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from saksi.batch.stores import Stored, is_stored, objects_of
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


File = Path | Stored  # on this machine, or in a store


def files_of(patterns: list[str]) -> list[File]:
    """The files that names and patterns mean, sorted, each once; then the objects of stores.

    Raises UsageError for a pattern that means nothing.
    """
    found: set[str] = set()
    stored: set[Stored] = set()
    for pattern in patterns:
        if is_stored(pattern):
            stored.update(objects_of(pattern))
            continue
        names = [pattern] if os.path.exists(pattern) else glob.glob(pattern, recursive=True)
        files = [n for n in names if os.path.isfile(n)]
        if not files:
            raise UsageError(f"{pattern} names no file. A folder is named with its files: '{pattern.rstrip('/')}/*'")
        found.update(files)
    return [*(Path(n) for n in sorted(found)), *sorted(stored)]


def units_of(files: Sequence[File]) -> Iterator[Unit]:
    """The units, in order. An object of a store is never cut: each is fetched once."""
    number, waiting, size = 0, list[str](), 0
    for path in files:
        long = path.size if isinstance(path, Stored) else path.stat().st_size
        lines = isinstance(path, Path) and path.suffix.lower() in LINES and long > BYTES_AT_ONCE // 16
        if waiting and (lines or size + long > BYTES_AT_ONCE or len(waiting) == FILES_AT_ONCE):
            yield Unit(number, waiting, size)
            number, waiting, size = number + 1, [], 0
        if lines and isinstance(path, Path):
            for stretch, held in stretches(path):
                yield Unit(number, [str(path)], held, stretch)
                number += 1
        else:
            waiting, size = [*waiting, path.address if isinstance(path, Stored) else str(path)], size + long
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


def identity_of(files: Sequence[File], options: object) -> str:
    """A hash of what is read and how, by which a batch that goes on knows that it is the same."""
    return content_hash([[mark_of(file) for file in files], options])


def mark_of(file: File) -> tuple[str, int, int]:
    """By what a file is known again: its name, its size and when it was changed, which not every store tells."""
    if isinstance(file, Stored):
        return file.address, file.size, 0
    about = file.stat()
    return str(file), about.st_size, about.st_mtime_ns
