"""Takes files in, by their kind. Large files stream; what is refused says why, and does not stop the others."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from saksi.errors import IntakeError
from saksi.intake.bounds import PACKED
from saksi.intake.document import Document, Given
from saksi.intake.kinds import take_text, takes
from saksi.intake.texts import LIMIT, document_of, too_long
from saksi.intake.texts import Refused as Refused
from saksi.intake.texts import day_of as day_of

ADDRESS = re.compile(r"[a-z]{2,8}://", re.IGNORECASE)
LINES = frozenset((".jsonl", ".ndjson"))
TABLES = frozenset((".csv", ".tsv", ".tab"))
ARCHIVES = (".warc", ".warc.gz")


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
    head = checked_head(name, path)
    suffix = path.suffix.lower()
    if path.name.lower().endswith(ARCHIVES):
        from saksi.intake.archives import read_archive

        yield from read_archive(path, given)
    elif suffix in LINES:
        from saksi.intake.records import read_lines

        yield from read_lines(path, given)
    elif suffix in TABLES:
        from saksi.intake.tables import read_csv

        yield from read_csv(path, given)
    elif suffix == ".parquet":
        from saksi.intake.tables import read_parquet

        yield from read_parquet(path, given)
    else:
        take = takes(suffix, head) or take_text
        yield from take(whole(path, suffix, head), str(path), given, path.name)


def checked_head(name: str, path: Path) -> bytes:
    """The beginning of a file; refuses what is no file that can be read."""
    if ADDRESS.match(name):
        raise IntakeError(f"{name} is an address, and here files are read: save the page and name its file")
    try:
        if path.is_fifo():
            raise IntakeError(f"{path} is a pipe, which is read once: saksi read - < {path}")
        if path.is_dir():
            raise IntakeError(f"{path} is a directory: name its files, for example {path}/*.txt")
        with path.open("rb") as stream:
            return stream.read(4096)
    except FileNotFoundError:
        raise IntakeError(f"{path} does not exist") from None
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise IntakeError(f"{path} cannot be read: {said}") from None


def whole(path: Path, suffix: str, head: bytes) -> bytes:
    """The bytes of a file that must be held whole, where they are not too many for its kind."""
    packed = takes(suffix, head) is not None
    size = path.stat().st_size
    if size > (PACKED if packed else 4 * LIMIT):
        raise IntakeError(f"{path} is larger than {PACKED:,} bytes" if packed else too_long(str(path)))
    return path.read_bytes()
