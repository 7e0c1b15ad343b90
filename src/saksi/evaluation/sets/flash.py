"""Daily reports with running totals: are the totals that their user took from them read, dated and placed.

The user's table has a row a day with totals since a known day. *read*: a claim of the report holds the number, with its
kind and age; *running*: its scope and start say that it is a running total; *placed*: and it lies where the table does.
What tallies make of them: flash_tallies.py.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec

from saksi.errors import EvaluationError
from saksi.evaluation.sets.flash_tallies import tally_shares
from saksi.evaluation.sets.lines import print_shares
from saksi.intake.document import Given
from saksi.intake.files import Refused, read_files
from saksi.ledger.columns import Read, Row, rows_of
from saksi.reading.reader import Reader

KILLED = "killed_cum"
COLUMNS = {
    KILLED: ("kill", None),
    "killed_children_cum": ("kill", "child"),
    "injured_cum": ("injure", None),
    "injured_children_cum": ("injure", "child"),
    "settler_attacks": (None, None),  # of any kind: the table counts attacks of every sort
}
RUNNING = frozenset(("cumulative", "tally", "stock"))
BEGAN, WITHIN = date(2023, 10, 7), timedelta(days=1)
AREA = ("West Bank", "Judea and Samaria", "East Jerusalem")


class Total(msgspec.Struct, frozen=True):
    """One figure of the table."""

    day: date
    column: str
    number: int


def measure_flash(path: Path, gold: Path, misses: int) -> None:
    """Prints the share of totals read, running and placed, and in tallies, and some that are not."""
    read, totals = read_reports(path), totals_of(gold)
    counts, missed = flash_counts(read, totals)
    print_shares(flash_shares(counts) | tallied(read, totals), missed[:misses])


def flash_figures(path: Path, gold: Path) -> dict[str, float]:
    """The figures that floors are set under."""
    read, totals = read_reports(path), totals_of(gold)
    return flash_shares(flash_counts(read, totals)[0]) | tallied(read, totals)


def tallied(read: Sequence[Read], totals: Sequence[Total]) -> dict[str, float]:
    """What tallies of the reports say of those killed, for the days on which there is a report."""
    days = {each.document.published for each in read}
    table = {t.day: t.number for t in totals if t.column == KILLED and t.day in days}
    return tally_shares([row for each in read for row in each.rows], AREA[0], BEGAN, table)


def flash_shares(counts: Counter[str]) -> dict[str, float]:
    """The counts as shares of all totals."""
    return {name: counts[name] / max(1, counts["all"]) for name in ("read", "running", "placed")}


def flash_counts(read: Sequence[Read], totals: Sequence[Total]) -> tuple[Counter[str], list[str]]:
    """How many totals are read, running and placed; and those that are not, in words."""
    counts: Counter[str] = Counter()
    missed = []
    reports: defaultdict[date | None, list[Row]] = defaultdict(list)
    for each in read:
        reports[each.document.published] += each.rows
    for total in totals:
        if total.day not in reports:
            continue
        own = [row for row in reports[total.day] if holds(row, total)]
        running = [row for row in own if runs(row)]
        placed = any(map(is_placed, running))
        counts.update({"all": 1, "read": bool(own), "running": bool(running), "placed": placed})
        if not placed:
            missed.append(f"{total.day} {total.column} {total.number}: {[(r.kind, r.scope, r.start) for r in own]}")
    return counts, missed


def read_reports(path: Path) -> list[Read]:
    """The reports of a file with their claims."""
    reader, made = Reader(), []
    for document in read_files([str(path)], Given()):
        if not isinstance(document, Refused):
            reading = reader.read(document)
            names = reader.actor_names(reading.found.page.vocabulary.code)
            made.append(Read(reading.document, reading.version, rows_of(reading, names), reading.unread))
    return made


def totals_of(path: Path) -> list[Total]:
    """The figures of the user's table."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            lines = list(csv.DictReader(stream))
        return [
            Total(date.fromisoformat(line["report_date"]), column, int(line[column]))
            for line in lines
            for column in COLUMNS
            if (line[column] or "").strip().isdigit()
        ]
    except (OSError, KeyError, ValueError) as error:
        raise EvaluationError(f"{path} is not the table of the reports: {error}") from None


def holds(row: Row, total: Total) -> bool:
    """Whether a claim has a total's number, kind and age."""
    kind, age = COLUMNS[total.column]
    return row.low == total.number and kind in (None, row.kind) and age in (None, row.target_age)


def runs(row: Row) -> bool:
    """Whether a claim is a running total since the table's first day."""
    return row.scope in RUNNING and row.start is not None and abs(row.start - BEGAN) <= WITHIN


def is_placed(row: Row) -> bool:
    """Whether a claim names the table's area."""
    names = " ".join(f"{p.name} {p.text} {p.admin1}" for p in row.places)
    return any(name in names for name in AREA)
