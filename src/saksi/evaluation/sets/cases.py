"""Small inputs and what must come out of them: one or two sentences, and patterns of claims.

A case passes when each `must` fits a claim, no `never` fits one, and each claim of a kind in `only` fits some
`must`. A pattern names the fields that one claim must have; a list means any of its members, null means open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from saksi.evaluation.sets.lines import Figures
from saksi.intake.document import Document
from saksi.languages.files import load_as
from saksi.ledger.columns import Row, rows_of
from saksi.reading.reader import Reader

WITHIN = 0.25  # the share by which the ends of an "about" may lie away from its number


class Pattern(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """The fields that one claim must have; those left out are free."""

    kind: Any = msgspec.UNSET
    low: Any = msgspec.UNSET
    high: Any = msgspec.UNSET
    about: Any = msgspec.UNSET  # a number between low and high, and these near it
    target: Any = msgspec.UNSET
    status: Any = msgspec.UNSET
    country: Any = msgspec.UNSET  # all its places lie there
    place: Any = msgspec.UNSET  # letters of a place's name
    start: Any = msgspec.UNSET
    end: Any = msgspec.UNSET
    start_in: Any = msgspec.UNSET  # the first letters of the start
    speaker: Any = msgspec.UNSET  # letters of who says it or for whom; null: the outlet's own voice
    negated: Any = msgspec.UNSET
    stance: Any = msgspec.UNSET
    scope: Any = msgspec.UNSET
    relation: Any = msgspec.UNSET  # it has such a tie

    def said(self) -> dict[str, Any]:
        """The fields that the pattern names."""
        values = {f: getattr(self, f) for f in self.__struct_fields__}
        return {f: v for f, v in values.items() if v is not msgspec.UNSET}

    def __str__(self) -> str:
        return " ".join(f"{f} {v}" for f, v in self.said().items())


class Case(msgspec.Struct, forbid_unknown_fields=True):
    """One small input with its patterns."""

    id: str
    lang: str
    text: str
    must: list[Pattern] = []
    never: list[Pattern] = []
    only: list[str] = []
    published: date = date(2024, 10, 10)


def load_cases(path: Path) -> list[Case]:
    """The cases of a file; errors name file and line."""
    return load_as(path, list[Case])


def measure_cases(path: Path, misses: int) -> None:
    """Prints the share of cases that pass, by language, and what the others lack."""
    figures = cases_figures(path)
    figures.print(misses)


def cases_figures(path: Path) -> Figures:
    """Which cases of a file pass, by language."""
    reader, figures = Reader(), Figures()
    for case in load_cases(path):
        wrong = list(faults(case, rows_of_case(case, reader)))
        figures.count(f"cases {case.lang}", not wrong, f"{case.id}: " + "; ".join(wrong))
    return figures


def rows_of_case(case: Case, reader: Reader) -> list[Row]:
    """What the reader makes of a case's text."""
    document = Document(text=case.text, ref=case.id, language=case.lang, published=case.published)
    return rows_of(reader.read(document), reader.actor_names(case.lang))


def faults(case: Case, rows: list[Row]) -> Iterator[str]:
    """What is wrong with the claims of a case, in words."""
    for pattern in case.must:
        if not any(fits(pattern, row) for row in rows):
            yield f"must [{pattern}], nearest lacks {', '.join(nearest(pattern, rows))}"
    for pattern in case.never:
        yield from (f"never [{pattern}], was read: {brief(row)}" for row in rows if fits(pattern, row))
    for row in rows:
        if row.kind in case.only and not any(fits(pattern, row) for pattern in case.must):
            yield f"one too many: {brief(row)}"


def fits(pattern: Pattern, row: Row) -> bool:
    """Whether a claim has all that a pattern names."""
    return not lacking(pattern, row)


def lacking(pattern: Pattern, row: Row) -> list[str]:
    """The fields of a pattern that a claim does not have."""
    return [field for field, wanted in pattern.said().items() if not has(field, wanted, row)]


def nearest(pattern: Pattern, rows: list[Row]) -> list[str]:
    """The fields that the best claim lacks: a claim of the number is nearer than one of the kind alone."""
    numbers = {"low", "high", "about"}
    found = [lacking(pattern, row) for row in rows]
    return min(found, key=lambda f: (2 * bool(numbers & set(f)) + ("kind" in f), len(f)), default=["any claim"])


def brief(row: Row) -> str:
    """A claim in a few words."""
    return f"{row.kind} {row.low}..{row.high} {row.target} at {[p.name for p in row.places]}"


def has(field: str, wanted: Any, row: Row) -> bool:
    """Whether a claim has one field of a pattern."""
    match field:
        case "about":
            return is_about(wanted, row)
        case "country":
            return [wanted] == list({p.country for p in row.places})
        case "place":
            return any(holds(wanted, f"{p.name} {p.text}") for p in row.places)
        case "start" | "end":
            return str(getattr(row, field)) == str(wanted)
        case "start_in":
            return str(row.start or "").startswith(str(wanted))
        case "speaker":
            return says(wanted, row)
        case "relation":
            return any(tie.type == wanted for tie in row.relations)
        case "status":
            return bool(row.target_status == wanted)
        case _:
            return bool(getattr(row, field) in (wanted if isinstance(wanted, list) else [wanted]))


def is_about(wanted: int, row: Row) -> bool:
    """Whether a claim's bounds hold a number and lie near it."""
    if row.low is None or row.high is None:
        return False
    return (1 - WITHIN) * wanted <= row.low <= wanted <= row.high <= (1 + WITHIN) * wanted


def says(wanted: Any, row: Row) -> bool:
    """Whether a claim's speaker, or whom he speaks for, has these letters."""
    said_by = " ".join(cell.text for cell in (row.speaker, row.speaker_org) if cell is not None)
    return not said_by if wanted is None else holds(wanted, said_by)


def holds(wanted: Any, text: str) -> bool:
    """Whether a text has the letters, or any of several."""
    options = wanted if isinstance(wanted, list) else [wanted]
    return any(str(letters).casefold() in text.casefold() for letters in options)
