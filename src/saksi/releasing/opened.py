"""A release as it lies in its folder, checked as far as its hashes go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from saksi.errors import ReleaseError
from saksi.ledger.columns import Row
from saksi.ledger.judgements import Judgement
from saksi.reconcile.tallies import Tally
from saksi.releasing.choice import Asking, Chosen
from saksi.releasing.release import LAYOUT, MANIFEST, Manifest, ReleasedDocument, Tombstone, digest

T = TypeVar("T")


class Release:
    """A folder that a manifest lies in. Raises ReleaseError where it is none, or of a newer Saksi."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            content = (folder / MANIFEST).read_bytes()
        except OSError:
            raise ReleaseError(f"{folder} is no release: it has no {MANIFEST}. Make one: saksi publish") from None
        try:
            self.manifest = msgspec.json.decode(content, type=Manifest)
        except msgspec.DecodeError as error:
            raise ReleaseError(f"{folder / MANIFEST} is not a manifest: {error}. Get the release anew") from None
        if self.manifest.layout > LAYOUT:
            raise ReleaseError(f"{folder} was made by a newer Saksi ({self.manifest.saksi}): update Saksi")
        self.digest = digest(content)

    def changed(self) -> Iterator[str]:
        """What is wrong with the files: missing, changed, or not of the release."""
        for name, (sha, _) in sorted(self.manifest.files.items()):
            path = self.folder / name
            if not path.is_file():
                yield f"{name}: is missing"
            elif digest(path.read_bytes()) != sha:
                yield f"{name}: its SHA-256 is not the manifest's; it was changed after the release"
        for path in sorted(self.folder.iterdir()):
            if path.name not in self.manifest.files and path.name != MANIFEST:
                yield f"{path.name}: is not of the release"

    def whole(self) -> Release:
        """The release, if no file was changed. Raises ReleaseError."""
        wrong = next(self.changed(), None)
        if wrong is not None:
            raise ReleaseError(f"{self.folder}/{wrong}. See all: saksi verify {self.folder}")
        return self

    def records(self, name: str, type: type[T]) -> Iterator[T]:
        """The records of a file of JSON lines. Raises ReleaseError with the line for one that does not fit."""
        path = self.folder / f"{name}.jsonl"
        try:
            content = path.read_bytes()
        except OSError:
            raise ReleaseError(f"{path.name}: cannot be read") from None
        for n, line in enumerate(content.splitlines(), 1):
            try:
                yield msgspec.json.decode(line, type=type)
            except msgspec.DecodeError as error:
                raise ReleaseError(f"{path.name}:{n}: {error}") from None

    def claims(self) -> list[Row]:
        """The claims as they were read."""
        return list(self.records("claims", Row))

    def judgements(self) -> list[Judgement]:
        """What people judged."""
        return list(self.records("judgements", Judgement))

    def documents(self) -> list[ReleasedDocument]:
        """The documents."""
        return list(self.records("documents", ReleasedDocument))

    def tombstones(self) -> list[Tombstone]:
        """What was erased."""
        return list(self.records("tombstones", Tombstone))

    def tallies(self) -> list[Tally]:
        """The tallies."""
        return list(self.records("tallies", Tally))

    @property
    def asking(self) -> Asking:
        """What was chosen. Raises ReleaseError where the manifest does not say it as a release does."""
        told: dict[str, Any] = dict(self.manifest.selection)
        try:
            days = [msgspec.convert(told.pop(name, None), date | None) for name in ("from", "to")]
            return Asking(msgspec.convert(told, Chosen), *days)
        except msgspec.ValidationError as error:
            raise ReleaseError(f"{MANIFEST}: its selection is not one: {error}") from None
