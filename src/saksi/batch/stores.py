"""Objects of a store (s3://, gs://), listed and fetched by daft's own readers; each is held on disk while it is read.

Who may read a store, and at which address it answers, is said as its own tools have it: AWS_ACCESS_KEY_ID, AWS_REGION,
AWS_ENDPOINT_URL, GOOGLE_APPLICATION_CREDENTIALS.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from saksi.errors import IntakeError, UsageError
from saksi.intake.document import Document, Given
from saksi.intake.files import read_files
from saksi.intake.texts import Refused

STORE = re.compile(r"(?:s3|s3a|gs|gcs)://", re.IGNORECASE)
PIECE = 4_000_000  # bytes fetched at a time


class Stored(msgspec.Struct, frozen=True, order=True):
    """One object of a store: its address and how many bytes it has."""

    address: str
    size: int


def is_stored(name: str) -> bool:
    """Whether a name or pattern is one of a store."""
    return STORE.match(name) is not None


def library(what: str = "s3:// and gs:// are read with") -> Any:
    """daft, which is not to report that it is used. Raises UsageError, with what needs it, where it is not here."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
    try:
        import daft
    except ImportError:
        raise UsageError(f"{what} an extra that is not installed: pip install 'saksi[daft]'") from None
    return daft


def objects_of(pattern: str) -> list[Stored]:
    """The objects that a pattern of a store means, sorted. Raises UsageError for one that means nothing."""
    daft = library()
    try:
        found = daft.from_glob_path(pattern).select("path", "size").to_pydict()
    except Exception as error:  # no such object, no rights, no such store: as daft says it
        said = " ".join(str(error).split())[:300]
        raise UsageError(f"{pattern} cannot be listed: {said}") from None
    objects = [Stored(a, int(size or 0)) for a, size in zip(found["path"], found["size"], strict=True)]
    if not objects:
        raise UsageError(f"{pattern} names no object")
    return sorted(objects)


def read_object(address: str, given: Given) -> Iterator[Document | Refused]:
    """The documents of an object, as of a file of its name."""
    with tempfile.TemporaryDirectory(prefix="saksi-") as folder:
        path = Path(folder) / (PurePosixPath(address).name or "object")
        try:
            fetch(address, path)
        except IntakeError as error:
            yield Refused(str(error))
            return
        held = msgspec.structs.replace(given, ignored={})
        for each in read_files([str(path)], held):
            yield Refused(each.reason.replace(str(path), address)) if isinstance(each, Refused) else each
        for line, count in held.ignored.items():
            named = line.replace(str(path), address)
            given.ignored[named] = given.ignored.get(named, 0) + count


def fetch(address: str, path: Path) -> None:
    """Fetches an object into a file, piece by piece."""
    daft = library()
    try:
        with daft.File(address).open() as stream, path.open("wb") as out:
            shutil.copyfileobj(stream, out, PIECE)
    except Exception as error:  # whatever goes wrong on the way, this object is set aside and the next is read
        raise IntakeError(f"{address} cannot be fetched: {' '.join(str(error).split())[:200]}") from None
