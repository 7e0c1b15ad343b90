"""Our own pages in the manner of real ones: a title, a lead, ten short paragraphs, the words for a field far apart.

One file a page in `evaluate/pages/`, its claims told by quotes. `place` and `speaker` list all names that are right;
an empty list of speakers is the outlet's own voice. What is not written is not asked.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import msgspec

from saksi.errors import EvaluationError
from saksi.evaluation.sets.lines import print_shares
from saksi.evaluation.sets.real import Marked, MarkedDocument, counts_of, figures_of, shares_of_all
from saksi.intake.document import Document
from saksi.languages.files import line_of, load_as

FOLDER = "pages"


class PageClaim(msgspec.Struct, forbid_unknown_fields=True):
    """One claim that a page must yield."""

    quote: str
    kind: str
    low: int | msgspec.UnsetType | None = msgspec.UNSET
    high: int | msgspec.UnsetType | None = msgspec.UNSET
    country: str | list[str] = []
    place: list[str] = []
    start: date | None = None
    end: date | None = None
    speaker: list[str] = []
    scope: str | None = None
    optional: bool = False


class PageGold(msgspec.Struct, forbid_unknown_fields=True):
    """One page with its claims."""

    text: str
    language: str
    genre: str
    claims: list[PageClaim]
    published: date | None = None
    publisher: str | None = None


def page_documents(folder: Path) -> list[tuple[Document, MarkedDocument]]:
    """The pages of a folder, by name, with their marked numbers; errors name file and line."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        gold = load_as(path, PageGold)
        document = Document(
            text=gold.text, ref=path.stem, language=gold.language, published=gold.published, publisher=gold.publisher
        )
        marked = [marked_of(path, gold, number) for number in range(len(gold.claims))]
        found.append((document, MarkedDocument(path.stem, gold.language, marked)))
    return found


def marked_of(path: Path, gold: PageGold, number: int) -> Marked:
    """A claim as a marked number; its quote must stand once in the text."""
    claim = gold.claims[number]
    if gold.text.count(claim.quote) != 1:
        line = line_of(path, f".claims[{number}]")
        raise EvaluationError(f"{path}:{line}: the quote {claim.quote!r} does not stand once in the text")
    start = gold.text.index(claim.quote)
    low = None if isinstance(claim.low, msgspec.UnsetType) else claim.low
    high = None if isinstance(claim.high, msgspec.UnsetType) else claim.high
    countries = [claim.country] if isinstance(claim.country, str) else claim.country
    return Marked(
        at=(start, start + len(claim.quote)), words=claim.quote, kind=[claim.kind], low=low, high=high,
        about=low is None and high is None, country=countries,
        place=claim.place, start=iso(claim.start), end=iso(claim.end), who=claim.speaker, unsure=claim.optional,
    )  # fmt: skip


def iso(day: date | None) -> str | None:
    """A day as it is marked."""
    return None if day is None else day.isoformat()


def measure_pages(folder: Path, misses: int) -> None:
    """Prints the figures by language, and some misses."""
    counts, missed = page_counts(folder)
    print_shares(figures_of(counts), missed[:misses])


def page_figures(folder: Path) -> dict[str, float]:
    """The figures under floors: fields as shares of all that is marked."""
    return shares_of_all(page_counts(folder)[0])


def page_counts(folder: Path) -> tuple[Counter[str], list[str]]:
    """What was marked, found, right and wrong, by language; and each miss in words."""
    documents = page_documents(folder)
    if not documents:
        raise EvaluationError(f"{folder} holds no pages (*.yml)")
    return counts_of(documents)
