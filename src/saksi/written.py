"""Files written whole or not at all: made beside their place, then put there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def unfinished(path: Path) -> Path:
    """The name of a file while it is written, of this process alone."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its place only when all of it is written, also after the power fails."""
    part = unfinished(path)
    try:
        with part.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file, whole or not at all."""
    with whole(path) as out:
        out.write(data)
