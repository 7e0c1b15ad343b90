"""Reads a corpus file of JSON lines, and prints figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from saksi.errors import EvaluationError
from saksi.intake.document import Document
from saksi.intake.files import day_of
from saksi.ledger.columns import Row

NO_ACTS = frozenset(("plans", "fears", "denies"))  # stances whose claims tell of no act that coders count

AGAIN = ("restates", "part_of")  # ties of a claim that adds nothing to another


class Line(msgspec.Struct):
    """One text of a corpus with its gold, in the form `id, lang, published, text, gold`."""

    id: str
    lang: str
    text: str
    gold: dict[str, Any]
    published: str | None = None
    home: str | None = None

    @property
    def day(self) -> date | None:
        """The day of publication, where it is known."""
        return day_of(self.published, self.id)

    def document(self) -> Document:
        """The document as the reader gets it."""
        return Document(text=self.text, ref=self.id, language=self.lang, published=self.day, home=self.home)


def corpus_lines(path: Path) -> Iterator[Line]:
    """The texts of a corpus; a broken line is named by its number."""
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                try:
                    yield msgspec.json.decode(line, type=Line)
                except (msgspec.DecodeError, msgspec.ValidationError) as error:
                    raise EvaluationError(f"{path}:{number}: {error}") from None
    except OSError as error:
        raise EvaluationError(f"{path} cannot be read: {error.strerror}") from None


def of_another(row: Row) -> bool:
    """Whether a claim tells another again or is a part of it, so that adding it would count twice."""
    return any(r.type in AGAIN for r in row.relations)


def print_shares(shares: Mapping[str, float], misses: Iterable[str] = ()) -> None:
    """Prints shares, a line each, then some misses."""
    for name, value in shares.items():
        print(f"  {name:<22} {100 * value:6.1f} %")
    for miss in misses:
        print("  " + miss)


class Figures:
    """Counts of right answers by name, and the misses to learn from."""

    def __init__(self) -> None:
        self.right: dict[str, int] = defaultdict(int)
        self.asked: dict[str, int] = defaultdict(int)
        self.misses: list[str] = []

    def count(self, name: str, right: bool, miss: str = "") -> None:
        """Counts one answer."""
        self.asked[name] += 1
        self.right[name] += right
        if not right and miss:
            self.misses.append(f"{name}: {miss}")

    def print(self, limit: int) -> None:
        """Prints the shares, then some misses."""
        for name, asked in self.asked.items():
            print(f"  {name:<34} {100 * self.right[name] / asked:6.2f} %  ({self.right[name]} of {asked})")
        for miss in self.misses[:limit]:
            print("  " + miss)
