"""Who says what of one happening, side by side: a line for each who tells a number, in the order of telling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from saksi.ledger.columns import Row
from saksi.publish.charts.marks import axis, day_of, name, one, point_of, scale_of
from saksi.publish.charts.svg import LINE, Sheet
from saksi.publish.charts.words import Words

TALL = 14.0
MOST = 30


def tells_number(row: Row) -> bool:
    """Whether a claim stands in the picture: it tells a number, and none that its document has told before."""
    return row.counts is not None and not any(tie.type == "restates" for tie in row.relations)


def speakers_chart(sheet: Sheet, rows: Sequence[Row], words: Words) -> Sheet:
    """The picture of some claims that count one thing."""
    sheet.head(words.say("speakers_key"))
    shown = sorted(rows, key=lambda row: (str(day_of(row) or date.max), row.document.id, row.id))
    loose = any(row.high is None for row in shown)
    scale, top = scale_of([n for row in shown for n in (row.low, row.high)], sheet, open=loose), sheet.y
    several = len({row.target for row in shown}) > 1
    for row in shown[:MOST]:
        point = point_of(row, words)
        outlet = row.document.publisher if row.document.publisher != words.who(row) else None
        said = ", ".join(each for each in (words.say(row.stance), outlet, words.day(day_of(row))) if each)
        what = f"{words.label(row.target)}: " if row.target and several else ""
        told = (words.who(row), said, what + words.bounds(point.low, point.high))
        middle = name(sheet, scale, told, TALL)
        sheet.shape("line", x1=scale.left, x2=scale.right, y1=middle, y2=middle, stroke=LINE)
        one(sheet, scale, middle, point)
    axis(sheet, scale, top, words)
    left = [words.say("left", n=len(shown) - MOST)] if len(shown) > MOST else []
    sheet.foot(*left)
    return sheet
