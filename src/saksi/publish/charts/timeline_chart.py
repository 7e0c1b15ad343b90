"""A timeline: how many claims tell of each day, week, month or year; those of longer periods are set off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil

import numpy as np

from saksi.ledger.columns import Row
from saksi.publish.charts.marks import steps
from saksi.publish.charts.svg import DARK, LIGHT, LINE, SOFT, Sheet, width_of
from saksi.publish.charts.words import Words
from saksi.publish.where_and_when import Bar, bars_of

TALL = 170.0
ENDS = tuple[date | None, date | None]


def timeline_chart(sheet: Sheet, rows: Sequence[Row], ends: ENDS, words: Words) -> Sheet:
    """The picture of some claims between two days, the first and the last told where they are not given."""
    days = [(row.start, row.end or row.start) for row in rows if row.start is not None]
    undated = len(rows) - len(days)
    first, last = (np.array([d.toordinal() for d in side if d is not None]) for side in zip(*days, strict=True))
    span = ends[0] or date.fromordinal(int(first.min())), ends[1] or date.fromordinal(int(last.max()))
    step, bars = bars_of(first, last, span)
    sheet.head(words.say("timeline_key", step=words.say(f"step_{step}")))
    draw(sheet, bars, step, words)
    sheet.foot(*([words.say("undated", n=words.number(undated))] if undated else []))
    return sheet


def draw(sheet: Sheet, bars: Sequence[Bar], step: str, words: Words) -> None:
    """The bars with their scale."""
    most = max((b.days + b.periods for b in bars), default=1) or 1
    left, right = sheet.margin + width_of(words.number(most), 11) + 6, sheet.width - sheet.margin
    bottom = sheet.y + TALL
    for number in steps(most, 4):
        y = bottom - TALL * number / most
        sheet.shape("line", x1=left, x2=right, y1=y, y2=y, stroke=LINE)
        sheet.text(left - 5, y + 4, words.number(number), 11, anchor="end", fill=SOFT)
    wide = (right - left) / max(len(bars), 1)
    for n, each in enumerate(bars):
        x, space = left + n * wide, min(wide * 0.15, 2.0)
        low, high = (TALL * many / most for many in (each.days, each.periods))
        tip = f"{words.days(each.first, each.last)}: {each.days} + {each.periods}"
        if each.days:
            sheet.shape("rect", tip, x=x, y=bottom - low, width=wide - space, height=low, fill=DARK)
        if each.periods:
            sheet.shape("rect", tip, x=x, y=bottom - low - high, width=wide - space, height=high, fill=LIGHT)
    sheet.shape("line", x1=left, x2=right, y1=bottom, y2=bottom, stroke=SOFT)
    dates(sheet, [words.begin(each.first, step) for each in bars], (left, right, bottom))
    sheet.y = bottom + 20


def dates(sheet: Sheet, told: Sequence[str], where: tuple[float, float, float]) -> None:
    """As many days below the bars as there is room for, evenly from the first, and the last where it fits."""
    left, right, bottom = where
    room = max(width_of(each, 11) for each in told) + 14
    step = ceil(len(told) / max(1, min(len(told), int((right - left) // room))))
    last = len(told) - 1
    for n in [*range(0, max(last - step, 0) + 1, step), *([last] if last else [])]:
        x = left + (n + 0.5) * (right - left) / len(told)
        sheet.shape("line", x1=x, x2=x, y1=bottom, y2=bottom + 4, stroke=SOFT)
        half = width_of(told[n], 11) / 2
        sheet.text(min(max(x, left + half - 8), right - half), bottom + 15, told[n], 11, anchor="middle", fill=SOFT)
