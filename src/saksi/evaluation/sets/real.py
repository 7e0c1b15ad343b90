"""Whole documents, claim by claim, against numbers that people marked in their text.

A read claim stands for a marked number when its own number's words overlap it; where several do, one of the right
kind is taken first. Numbers marked `unsure` are neither missed nor wrong. A number is *wrong* where nothing is marked,
or as a second act on a number that is right already.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from saksi.errors import EvaluationError
from saksi.evaluation.sets.lines import print_shares
from saksi.intake.document import Document, Given
from saksi.intake.files import Refused, read_files
from saksi.languages.files import load_yaml
from saksi.ledger.columns import Row, rows_of
from saksi.reading.reader import Reader

FIELDS = ("number", "kind", "country", "place", "days", "who")
NEAR = 0.25  # the share by which an end of a soft number may lie off
Span = tuple[int, int]


class Marked(msgspec.Struct):
    """One number that people marked, and what is right of it; an empty list is not asked, but of `who`."""

    at: Span
    words: str
    kind: list[str]
    low: float | None = None
    high: float | None = None
    about: bool = False
    negated: bool = False
    country: list[str] = []
    place: list[str] = []
    start: str | None = None
    end: str | None = None
    who: list[str] = []  # empty: the outlet's own voice
    unsure: bool = False


class MarkedDocument(msgspec.Struct):
    """One document's marked numbers."""

    id: str
    language: str
    claims: list[Marked]


class ReadFigure(msgspec.Struct):
    """A read claim and the words of its number."""

    row: Row
    at: Span


def measure_real(path: Path, gold: Path, misses: int) -> None:
    """Prints the figures by language, and some misses."""
    counts, missed = real_counts(path, gold)
    print_shares(figures_of(counts), missed[:misses])


def real_figures(path: Path, gold: Path) -> dict[str, float]:
    """The figures under floors."""
    return shares_of_all(real_counts(path, gold)[0])


def shares_of_all(counts: Counter[str]) -> dict[str, float]:
    """The figures with fields as shares of all that is marked, so that finding more lowers none."""
    figures = figures_of(counts)
    for name in [n for n in figures if n.split(".")[1] in FIELDS]:
        figures[name] = counts[name] / counts[f"{name}.marked"]
    return figures


def real_counts(path: Path, gold: Path) -> tuple[Counter[str], list[str]]:
    """What was marked, found, right and wrong, by language; and each miss in words."""
    documents = marked_documents(gold)
    read = (d for d in read_files([str(path)], Given()) if not isinstance(d, Refused))
    return counts_of((d, documents[str(d.ref)]) for d in read if str(d.ref) in documents)


def counts_of(documents: Iterable[tuple[Document, MarkedDocument]]) -> tuple[Counter[str], list[str]]:
    """The counts and misses of documents read with what is marked in them."""
    counts: Counter[str] = Counter()
    missed: list[str] = []
    reader = Reader()
    for document, marked in documents:
        rows = rows_of(reader.read(document), reader.actor_names(marked.language))
        missed += score(marked, list(told_of(rows)), counts)
    return counts, missed


def marked_documents(path: Path) -> dict[str, MarkedDocument]:
    """The marked documents of a gold file, by id; a broken line is named."""
    found = {}
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise EvaluationError(f"{path} cannot be read: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        try:
            document = msgspec.json.decode(line, type=MarkedDocument)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise EvaluationError(f"{path}:{number}: {error}") from None
        found[document.id] = document
    return found


def told_of(rows: list[Row]) -> Iterator[ReadFigure]:
    """The claims whose number stands in words."""
    for row in rows:
        for e in row.evidence:
            if e.field == "number" and not e.inferred and e.start is not None and e.end is not None:
                yield ReadFigure(row, (e.start, e.end))
                break


def score(document: MarkedDocument, told: list[ReadFigure], counts: Counter[str]) -> Iterator[str]:
    """Counts what one document got right, and tells what it did not."""
    language, pairs = document.language, paired(document.claims, told)
    for number, marked in enumerate(document.claims):
        if marked.unsure:
            continue
        counts[f"{language}.marked"] += 1
        counts.update(f"{language}.{field}.marked" for field in asked_of(marked))
        if number not in pairs:
            yield f"{document.id}: missed {marked.words!r} {marked.kind}"
            continue
        right = rightness(marked, told[pairs[number]].row)
        counts[f"{language}.found"] += 1
        counts[f"{language}.whole"] += all(ok for field, ok in right.items() if field != "place")
        for field, ok in right.items():
            counts[f"{language}.{field}.asked"] += 1
            counts[f"{language}.{field}"] += ok
            if not ok:
                yield f"{document.id}: {field} of {marked.words!r} {marked.kind}"
    yield from wrong_of(document, told, set(pairs.values()), counts)


def wrong_of(document: MarkedDocument, told: list[ReadFigure], used: set[int], counts: Counter[str]) -> Iterator[str]:
    """Counts the numbers read, and tells those that nobody marked or that serve a second act."""
    seen: set[tuple[Span, str]] = set()
    for number, each in enumerate(told):
        if (each.at, each.row.kind) in seen:
            continue
        seen.add((each.at, each.row.kind))
        counts[f"{document.language}.read"] += 1
        there = [m for m in document.claims if overlap(m.at, each.at)]
        if not there or (number not in used and not any(each.row.kind in m.kind for m in there)):
            counts[f"{document.language}.wrong"] += 1
            yield f"{document.id}: not marked: {each.row.kind} {each.row.low} {each.row.unit}"


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def paired(marked: list[Marked], told: list[ReadFigure]) -> dict[int, int]:
    """For each marked number the claim that stands for it: right kind first, then right number."""
    options = sorted(
        (t.row.kind not in m.kind, not number_right(m, t.row), g, r)
        for g, m in enumerate(marked)
        for r, t in enumerate(told)
        if overlap(m.at, t.at)
    )
    pairs: dict[int, int] = {}
    for _, _, g, r in options:
        if g not in pairs and r not in pairs.values():
            pairs[g] = r
    return pairs


def asked_of(marked: Marked) -> list[str]:
    """The fields that a marked number asks for."""
    told = {"country": marked.country, "place": marked.place, "days": marked.start or marked.end}
    return [field for field in FIELDS if told.get(field, True)]


def rightness(marked: Marked, row: Row) -> dict[str, bool]:
    """For each field that is asked, whether a claim has it right."""
    return {field: RIGHT[field](marked, row) for field in asked_of(marked)}


def kind_right(marked: Marked, row: Row) -> bool:
    """Whether the kind is one of those marked."""
    return row.kind in marked.kind


def country_right(marked: Marked, row: Row) -> bool:
    """Whether the countries are those marked."""
    return {p.country for p in row.places} == set(marked.country)


def place_right(marked: Marked, row: Row) -> bool:
    """Whether a word of a place's name agrees."""
    return agree(" ".join(f"{p.name} {p.text}" for p in row.places), marked.place)


def agree(told: str, names: Iterable[str]) -> bool:
    """Whether a word of what is told is one of the names that are right."""
    return bool(words_of(told) & words_of(" ".join(names)))


def number_right(marked: Marked, row: Row) -> bool:
    """Whether the bounds are those marked; of a soft number, whether they lie near."""
    if marked.negated and row.negated:
        return True
    if not marked.about:
        return (marked.low, marked.high) == (row.low, row.high)
    low, high = marked.low or 0, float("inf") if marked.high is None else marked.high
    top = float("inf") if row.high is None else row.high
    return row.low is not None and row.low <= (1 + NEAR) * high and top >= (1 - NEAR) * low


def days_right(marked: Marked, row: Row) -> bool:
    """Whether both ends that are marked are met, within a day."""
    return days_of(marked, row.start, row.end)


def days_of(marked: Marked, start: date | None, end: date | None, within: int = 1) -> bool:
    """Whether both ends that are marked are met by these days, within so many of them."""
    wanted = edge(marked.start, last=False), edge(marked.end, last=True)
    return all(
        w is None or (day is not None and abs((w - day).days) <= within)
        for w, day in zip(wanted, (start, end), strict=True)
    )


def edge(text: str | None, *, last: bool) -> date | None:
    """The first or last day of a day, a month or a year as marked."""
    if not text:
        return None
    year, month, day = (*(int(part) for part in text[:10].split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))


def who_right(marked: Marked, row: Row) -> bool:
    """Whether a word of who says it agrees; of the outlet's own voice, whether nobody is named."""
    said_by = voice_told(row.speaker, row.speaker_org)
    return agree(said_by, marked.who) if marked.who else not words_of(said_by)


def voice_told(*voices: Any) -> str:
    """The words of who says something: text, role and id of a person and of the body."""
    cells = (v for v in voices if v is not None)
    return " ".join(f"{c.text} {getattr(c, 'role', None) or ''} {c.id or ''}" for c in cells)


RIGHT: dict[str, Callable[[Marked, Row], bool]] = {
    "number": number_right,
    "kind": kind_right,
    "country": country_right,
    "place": place_right,
    "days": days_right,
    "who": who_right,
}


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The words of a name without their plural, and other words for the same."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    listed = load_names()
    more = [word for name, words in listed["names"].items() if name in folded for word in words]
    found = re.findall(r"[^\W\d_]{3,}", folded) + more
    return frozenset(re.sub(r"s$", "", word) for word in found) - frozenset(listed["small"])


@lru_cache(maxsize=1)
def load_names() -> dict[str, dict[str, list[str]]]:
    """The other words for one voice."""
    loaded: dict[str, dict[str, list[str]]] = load_yaml(Path(__file__).with_name("real.yml"))
    return loaded


def figures_of(counts: Counter[str]) -> dict[str, float]:
    """Found, precision, each field of what was found, and the whole claim, by language."""
    figures = {}
    for language in sorted({name.split(".")[0] for name in counts}):
        marked, found, read = (counts[f"{language}.{n}"] for n in ("marked", "found", "read"))
        figures[f"{language}.found"] = found / marked if marked else 1.0
        figures[f"{language}.precision"] = 1 - counts[f"{language}.wrong"] / read if read else 1.0
        for field in FIELDS:
            if asked := counts[f"{language}.{field}.asked"]:
                figures[f"{language}.{field}"] = counts[f"{language}.{field}"] / asked
        figures[f"{language}.whole"] = counts[f"{language}.whole"] / marked if marked else 1.0
    return figures
