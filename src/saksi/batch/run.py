"""A batch from its files to its folder of results, with how far it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from saksi.batch.parts import Count, Manifest, Parts
from saksi.batch.plan import Unit, files_of, identity_of, units_of
from saksi.batch.processes import Looked, Task, read_by_processes
from saksi.batch.unit import How
from saksi.errors import UsageError
from saksi.version import __version__

Engine = Callable[[list[Unit], Task, int, Looked], Iterator[tuple[Unit, Count]]]
OFTEN, SELDOM = 1.0, 60.0  # seconds between two words of progress: on a terminal, and in a file


class Hands(msgspec.Struct, frozen=True):
    """How many processes read, and who shares out the units among them and gives back what they came to."""

    workers: int
    engine: Engine = read_by_processes


class Total(msgspec.Struct):
    """What a batch came to."""

    documents: int = 0
    claims: int = 0
    aside: int = 0
    known: int = 0  # units that were done before
    seconds: float = 0.0
    passed_over: dict[str, int] = {}

    def add(self, count: Count) -> None:
        """Adds what a unit came to."""
        self.documents += count.documents
        self.claims += count.claims
        self.aside += count.aside
        for line, n in count.passed_over.items():
            self.passed_over[line] = self.passed_over.get(line, 0) + n


def run_batch(patterns: list[str], out: Path, how: How, hands: Hands, *, resume: bool) -> Total:
    """Reads all files into a folder of results."""
    if hands.workers < 1:
        raise UsageError(f"--workers {hands.workers} is not one or more")
    files = files_of(patterns)
    units, parts = list(units_of(files)), Parts(out)
    reader = how.reader()
    vocabulary = reader.vocabulary(how.given.language or "en")  # what is wrong with it is said before anything is made
    reader.source(vocabulary)
    identity = identity_of(files, [how, vocabulary.digest])
    parts.begin(Manifest(identity, len(units), __version__), resume=resume)
    total, before = Total(passed_over={}), parts.done()
    for count in before.values():
        total.add(count)
    total.known = len(before)
    left = [u for u in units if u.number not in before]
    progress = Progress(left, total.documents)
    if left:
        for unit, count in hands.engine(
            left, Task(how, out.resolve()), hands.workers, lambda n: progress.look(total, n)
        ):
            total.add(count)
            progress.unit(unit)
    progress.end()
    total.seconds = time.monotonic() - progress.begun
    return total


class Progress:
    """How far a batch is, at what rate, and how long it will take: on a terminal every second, else every minute."""

    def __init__(self, units: list[Unit], before: int) -> None:
        self.begun = self.last = time.monotonic()
        self.bytes = sum(u.size for u in units) or 1
        self.read = 0
        self.before = before
        self.live = sys.stderr.isatty()

    def unit(self, unit: Unit) -> None:
        """A unit is done."""
        self.read += unit.size

    def look(self, total: Total, under_way: int) -> None:
        """Says how far it is, if it is time."""
        now = time.monotonic()
        if now - self.last < (OFTEN if self.live else SELDOM):
            return
        self.last = now
        line = told(total, self.before, under_way, now - self.begun, self.read / self.bytes)
        sys.stderr.write(f"\r{line}\033[K" if self.live else f"saksi: {line}\n")
        sys.stderr.flush()

    def end(self) -> None:
        """Leaves the line."""
        if self.live:
            sys.stderr.write("\r\033[K")


def told(total: Total, before: int, under_way: int, seconds: float, share: float) -> str:
    """How far it is, in words."""
    read = total.documents + under_way
    rate = (read - before) / seconds if seconds else 0.0
    left = f"about {span(seconds * (1 - share) / share)} left" if share > 0 else "time left not known yet"
    aside = f", {total.aside:,} set aside" if total.aside else ""
    return f"{read:,} documents, {total.claims:,} claims{aside}, {rate:,.0f} documents/s, {left}"


def span(seconds: float) -> str:
    """A length of time in words."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
