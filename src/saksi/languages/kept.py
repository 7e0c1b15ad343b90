"""What is made of data files, kept in the user's cache folder under a digest of them.

A changed file is never read from what was made of an old one. The folder can be deleted at any time; where it cannot
be written, only start-up is slower.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from saksi.version import __version__
from saksi.written import write_whole

T = TypeVar("T")


def cache_folder() -> Path:
    """Where it is kept: $SAKSI_CACHE, else the user's cache folder."""
    given = os.environ.get("SAKSI_CACHE")
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_cache_dir("saksi"))


def digest_of(parts: Iterable[tuple[str, bytes]]) -> str:
    """A digest of the program's version and of some files, each by name and content."""
    digest = hashlib.sha256(__version__.encode())
    for name, content in parts:
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:16]


def kept(name: str, digest: str, type: type[T], make: Callable[[], T]) -> T:
    """What was made of these files before; made now, and kept for the next start, where nothing was."""
    path = cache_folder() / f"{name}-{digest}.msgpack"
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=type)
    except (OSError, msgspec.MsgspecError):
        made = make()
    with suppress(OSError):  # a folder that cannot be written is no error
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, msgspec.msgpack.encode(made))
    return made
