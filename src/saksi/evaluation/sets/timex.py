"""Corpora of times in the TIMEX3 standard: how many are found, and whether value and days are right.

Two spans agree when they overlap. A mark without a value is asked for its span alone.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from saksi.evaluation.sets.lines import Figures, Line, corpus_lines
from saksi.evaluation.sets.spans import Found, Span, overlaps
from saksi.reading.layers import LayerRow, layer_rows
from saksi.reading.reader import Reader

KEYS = ("times", "timexes", "timex3", "mentions", "spans")  # where a line of such a corpus keeps its marks
Days = tuple[date, date]


class Mark(NamedTuple):
    """A marked time and its TIMEX3 value, where it has one."""

    span: Span
    value: str | None


def marks_of(line: Line) -> list[Mark]:
    """The marked times of a text."""
    found: list[dict[str, Any]] = next((line.gold[k] for k in KEYS if k in line.gold), [])
    return [Mark((int(m["start"]), int(m["end"])), value_of(m)) for m in found]


def value_of(mark: dict[str, Any]) -> str | None:
    """The value of a mark; None where it is empty or missing."""
    value = mark.get("value")
    return str(value).strip() or None if value is not None else None


def measure_times(path: Path, misses: int) -> None:
    """Times found, and of those found the days and the TIMEX3 values that are right."""
    reader, found, figures = Reader(), Found(), Figures()
    for line in corpus_lines(path):
        rows = list(layer_rows(reader.read(line.document()), "times"))
        marks = marks_of(line)
        found.add([m.span for m in marks], [(r.start, r.end) for r in rows])
        for mark in marks:
            row = next((r for r in rows if overlaps(mark.span, (r.start, r.end))), None)
            words = line.text[slice(*mark.span)]
            if row is None:
                figures.misses.append(f"missed: {words!r} {mark.value}")
            else:
                judge(figures, mark, row, words)
    print(found.line("times"))
    figures.print(misses)


def judge(figures: Figures, mark: Mark, row: LayerRow, words: str) -> None:
    """Counts whether a found time has the value of the mark, and the days where that value names some."""
    if mark.value is None:
        return
    read, days = row.value, days_of(mark.value)
    if days is not None:
        right = (read.start, read.end) == days
        figures.count("days, of found", right, f"{words!r} wanted {mark.value}, read {read.start} to {read.end}")
    figures.count("value, of found", read.timex == mark.value, f"{words!r} wanted {mark.value}, read {read.timex}")


def days_of(value: str) -> Days | None:
    """The first and the last day that a TIMEX3 value names; None where it names none: P2Y, PRESENT_REF."""
    day = value.split("T")[0]
    for pattern, read in PATTERNS.items():
        match = re.fullmatch(pattern, day)
        if match is not None:
            try:
                return read(*map(int, match.groups()))
            except ValueError:
                return None
    return None


def week(year: int, number: int) -> Days:
    """Monday to Sunday of a week."""
    monday = date.fromisocalendar(year, number, 1)
    return monday, monday + timedelta(days=6)


def weekend(year: int, number: int) -> Days:
    """Saturday and Sunday of a week."""
    monday = date.fromisocalendar(year, number, 1)
    return monday + timedelta(days=5), monday + timedelta(days=6)


def months(year: int, first: int, last: int) -> Days:
    """The first day of one month to the last of another."""
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


PATTERNS: dict[str, Callable[..., Days]] = {
    r"(\d{4})-(\d\d)-(\d\d)": lambda y, m, d: (date(y, m, d), date(y, m, d)),
    r"(\d{4})-(\d\d)": lambda y, m: months(y, m, m),
    r"(\d{4})": lambda y: months(y, 1, 12),
    r"(\d{4})-W(\d\d)": week,
    r"(\d{4})-W(\d\d)-WE": weekend,
    r"(\d{4})-Q(\d)": lambda y, q: months(y, 3 * q - 2, 3 * q),
    r"(\d{4})-H(\d)": lambda y, h: months(y, 6 * h - 5, 6 * h),
    r"(\d{3})": lambda d: (date(10 * d, 1, 1), date(10 * d + 9, 12, 31)),
}
