"""Our own gold: one file a document, in `evaluate/corpus/` and `evaluate/unseen/`, with the claims it must yield.

A gold claim is tied to the text by `quote`: words that the claim's anchor or its counted noun must
overlap. Only the fields that are written are compared; `optional` claims are neither missed nor wrong.
`excluded` lists words in which no claim may be grounded.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import msgspec

from saksi.errors import EvaluationError
from saksi.intake.document import Document
from saksi.languages.files import line_of, load_as

SEEN, UNSEEN = "corpus", "unseen"  # developed with; never looked at


class GoldClaim(msgspec.Struct, forbid_unknown_fields=True):
    """One claim a document must yield."""

    quote: str
    kind: str
    low: int | msgspec.UnsetType | None = msgspec.UNSET
    high: int | msgspec.UnsetType | None = msgspec.UNSET
    target: str | msgspec.UnsetType | None = msgspec.UNSET
    age: str | msgspec.UnsetType | None = msgspec.UNSET
    status: str | msgspec.UnsetType | None = msgspec.UNSET
    owner: str | msgspec.UnsetType | None = msgspec.UNSET
    actor: str | msgspec.UnsetType | None = msgspec.UNSET
    country: str | list[str] | msgspec.UnsetType | None = msgspec.UNSET
    place: str | list[str] | msgspec.UnsetType | None = msgspec.UNSET
    start: date | msgspec.UnsetType | None = msgspec.UNSET
    end: date | msgspec.UnsetType | None = msgspec.UNSET
    precision: str | msgspec.UnsetType = msgspec.UNSET
    speaker: str | msgspec.UnsetType | None = msgspec.UNSET
    stance: str | msgspec.UnsetType = msgspec.UNSET
    negated: bool | msgspec.UnsetType = msgspec.UNSET
    scope: str | msgspec.UnsetType = msgspec.UNSET
    relation: str | msgspec.UnsetType = msgspec.UNSET
    optional: bool = False


class GoldDocument(msgspec.Struct, forbid_unknown_fields=True):
    """One gold document."""

    text: str
    language: str
    genre: str
    claims: list[GoldClaim]
    published: date | None = None
    source: str | None = None
    traps: list[str] = []
    excluded: list[str] = []
    id: str = ""

    def document(self) -> Document:
        """The document as the reader gets it."""
        return Document(text=self.text, ref=self.id, language=self.language, published=self.published)


def load_gold(folder: Path, part: str = SEEN) -> list[GoldDocument]:
    """The gold documents of one part of a folder, by name; errors name file and line."""
    paths = sorted((folder / part).glob("*.yml"))
    if not paths and part == SEEN:
        raise EvaluationError(f"{folder}/{part} holds no gold documents (*.yml)")
    return [load_one(path) for path in paths]


def load_one(path: Path) -> GoldDocument:
    """One gold document; every quote must stand in its text."""
    gold = load_as(path, GoldDocument)
    gold.id = path.stem
    for number, claim in enumerate(gold.claims):
        if claim.quote not in gold.text:
            line = line_of(path, f".claims[{number}]")
            raise EvaluationError(f"{path}:{line}: the quote {claim.quote!r} is not in the text")
    return gold


def fingerprint(folder: Path, part: str = SEEN) -> str:
    """A digest of one part, so that nobody improves a figure by changing the exam unseen."""
    digest = hashlib.sha256()
    for path in sorted((folder / part).glob("*.yml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
