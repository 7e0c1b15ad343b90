"""Answers kept on disk by the content of what was asked, so that a second run asks nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from saksi.intake.document import content_hash
from saksi.proposing.cost import Used


class Reply(msgspec.Struct, frozen=True):
    """What a model answered, and the tokens it took."""

    text: str
    used: Used


class Kept:
    """A folder of answers: one file each, named by a hash of endpoint, model and everything that was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, asked: Any) -> Path:
        """The file of one question."""
        return self.folder / f"{content_hash(asked, 40)}.json"

    def find(self, asked: Any) -> Reply | None:
        """The answer to a question that was asked before; a file that is broken is none."""
        try:
            return msgspec.json.decode(self.path(asked).read_bytes(), type=Reply)
        except (OSError, msgspec.DecodeError, msgspec.ValidationError):
            return None

    def put(self, asked: Any, reply: Reply) -> None:
        """Keeps an answer, whole or not at all. Raises OSError where the folder cannot be written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.path(asked)
        fresh = path.with_suffix(".part")
        fresh.write_bytes(msgspec.json.encode(reply))
        fresh.replace(path)
