"""Bars: tallies from low to high on one scale, and a timeline of days and periods."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from saksi.publish.where_and_when import Bar
from saksi.reconcile.tallies import Tally

LENGTH = 420.0  # of a tally's bar, in the drawing's units
ROOM = 1.15  # an open high goes beyond the greatest number by so much
WIDE, TALL = 760.0, 120.0  # of a timeline


class TallyBar(msgspec.Struct, frozen=True):
    """A tally's bar: from x, so wide; `open` where no claim bounds it from above."""

    x: float
    width: float
    open: bool
    length: float
    ticks: tuple[tuple[float, int], ...]


class TimeBar(msgspec.Struct, frozen=True):
    """A bar of the timeline: claims of a day below, claims of a longer period on top of them."""

    x: float
    width: float
    days: float
    periods: float
    bar: Bar


class Timeline(msgspec.Struct, frozen=True):
    """A timeline's bars, its height, and the greatest number of claims in a bar."""

    width: float
    height: float
    bars: list[TimeBar]
    most: int


def tally_bars(rows: Sequence[Tally]) -> list[TallyBar]:
    """The bars of some tallies on one scale, in their order."""
    numbers = [n for r in rows for n in (r.low, r.high, r.apart) if n is not None]
    most = max([*numbers, 1]) * (ROOM if any(r.high is None for r in rows) else 1.0)
    ticks = tuple((round(n / most * LENGTH, 1), n) for n in steps(int(most)))
    found = []
    for row in rows:
        begin = row.low / most * LENGTH
        end = LENGTH if row.high is None else row.high / most * LENGTH
        found.append(TallyBar(round(begin, 1), round(max(end - begin, 3.0), 1), row.high is None, LENGTH, ticks))
    return found


def steps(most: int) -> list[int]:
    """Round numbers from 0 to the most, at most six of them."""
    size = 1
    while most / size > 5:
        size = size * 5 // 2 if str(size)[0] == "2" else size * 2
    return list(range(0, most + 1, size))


def draw_timeline(bars: Sequence[Bar]) -> Timeline:
    """The timeline of some bars."""
    most = max((b.days + b.periods for b in bars), default=0)
    step = WIDE / max(len(bars), 1)
    found = [
        TimeBar(round(n * step, 2), round(max(step - 1, 1), 2), round(b.days / most * TALL, 1),
                round(b.periods / most * TALL, 1), b)
        for n, b in enumerate(bars)
        if most
    ]  # fmt: skip
    return Timeline(WIDE, TALL, found, most)
