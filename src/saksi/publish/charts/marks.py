"""What the charts of numbers share: an axis from nought, bars from low to high, and points for single claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from saksi.ledger.columns import Row
from saksi.publish.charts.svg import DARK, FAINT, LIGHT, LINE, MARK, SOFT, Scale, Sheet, lines_of, width_of
from saksi.publish.charts.words import Words

NARROW = 560.0  # a sheet that has no room for names beside its bars
GUTTER = 0.34  # of the width, for names
UNDONE = ("denies", "plans", "fears")
ROOM = 1.12  # where something is open, it goes so far beyond the greatest number
STACK = 4  # points above each other, at most


class Point(msgspec.Struct, frozen=True):
    """A claim on a scale; `done` is false for what is denied, planned or feared."""

    low: int | None
    high: int | None
    done: bool
    tip: str


def point_of(row: Row, words: Words) -> Point:
    """The point of a claim."""
    low, high = (0, row.high or 0) if row.negated and not row.high else (row.low, row.high)
    told = words.say("told", who=words.who(row), outlet=row.document.publisher or "–", day=words.day(day_of(row)))
    return Point(low, high, not row.negated and row.stance not in UNDONE, f"{words.bounds(low, high)}: {told}")


def day_of(row: Row) -> date | None:
    """The day of saying, else of publication."""
    return row.said_on or row.document.published


def scale_of(numbers: Sequence[int | None], sheet: Sheet, *, open: bool) -> Scale:
    """The scale of some numbers; where one is open, with room beyond the greatest."""
    most = max((n for n in numbers if n is not None), default=1)
    left = sheet.margin + (0 if sheet.width < NARROW else sheet.width * GUTTER)
    return Scale(round(most * ROOM + 0.5) if open else most, left, sheet.width - sheet.margin - 14)


def axis(sheet: Sheet, scale: Scale, top: float, words: Words) -> None:
    """Lines from the top to here at round numbers, with the numbers below."""
    room = max(width_of(words.number(scale.most), 11) * 2, 40)
    some = max(1, int((scale.right - scale.left) // room))
    for number in steps(scale.most, min(some, 6)):
        x = scale.at(number)
        sheet.parts.insert(0, f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{sheet.y:.1f}" stroke="{LINE}"/>')
        sheet.text(x, sheet.y + 13, words.number(number), 11, anchor="middle", fill=SOFT)
    sheet.y += 20


def steps(most: int, many: int) -> list[int]:
    """Round numbers from nought to the most, about so many."""
    size, turn = 1, 0
    while most / size > many:
        size, turn = (size * 5 // 2 if turn % 3 == 1 else size * 2), turn + 1
    return list(range(0, most + 1, size))


def name(sheet: Sheet, scale: Scale, told: tuple[str, str, str], tall: float) -> float:
    """Who a line is of, beside the bar or above it; returns where the bar's middle is. Moves down past it.

    `told` is the name, what is said of it in small letters, and its number.
    """
    who, small, number = told
    if sheet.width < NARROW:
        room = sheet.room - width_of(number, 12) - 8
        for line in lines_of(who, 12, room, 2):
            sheet.y += 15
            sheet.text(sheet.margin, sheet.y, line, 12, halo="yes")
        sheet.text(sheet.width - sheet.margin, sheet.y, number, 12, anchor="end", weight="bold", halo="yes")
        for line in lines_of(small, 11, sheet.room, 2) if small else ():
            sheet.y += 13
            sheet.text(sheet.margin, sheet.y, line, 11, fill=SOFT, halo="yes")
        middle = sheet.y + 6 + tall / 2
        sheet.y = middle + tall / 2 + 8
        return middle
    room, top = scale.left - sheet.margin - 12, sheet.y
    lines = [(line, 12.0, "#1d1c1a") for line in lines_of(who, 12, room, 2)]
    lines += [(line, 11.0, SOFT) for line in (lines_of(small, 11, room, 2) if small else ())]
    for line, size, fill in lines:
        sheet.y += 15
        sheet.text(sheet.margin, sheet.y, line, size, fill=fill)
    sheet.y += 15
    sheet.text(sheet.margin, sheet.y, number, 12, weight="bold")
    middle = top + max(tall / 2 + 4, (sheet.y - top) / 2 + 2)
    sheet.y = max(sheet.y, middle + tall / 2) + 10
    return middle


def bar(sheet: Sheet, scale: Scale, at: tuple[float, float], bounds: tuple[int, int | None], tip: str) -> None:
    """A bar from low to high, so tall, around a middle; an open one fades into an arrow."""
    (middle, tall), (low, high) = at, bounds
    begin, end = scale.at(low), scale.right if high is None else scale.at(high)
    sheet.shape("rect", tip, x=begin, y=middle - tall / 2, width=max(end - begin, 3.0), height=tall, fill=MARK)
    sheet.shape("line", x1=begin, x2=begin, y1=middle - tall / 2, y2=middle + tall / 2, stroke=DARK, stroke_width=3)
    if high is None:
        sheet.shape("path", d=f"M{end:.1f} {middle - tall / 2:.1f}l10 {tall / 2:.1f}l-10 {tall / 2:.1f}z", fill=MARK)
    elif high > low:
        sheet.shape("line", x1=end, x2=end, y1=middle - tall / 2, y2=middle + tall / 2, stroke=DARK, stroke_width=3)


def points(sheet: Sheet, scale: Scale, middle: float, some: Sequence[Point]) -> int:
    """Claims as points; those of one number are put beside each other, up and down. How many had no room."""
    seen: dict[int, int] = {}
    for point in sorted(some, key=lambda p: (p.low or 0, p.high or 0, p.tip)):
        x = scale.at(point.low if point.low is not None else point.high or 0)
        n = seen.get(round(x / 6), 0)
        seen[round(x / 6)] = n + 1
        if n < STACK:
            one(sheet, scale, middle + (n + 1) // 2 * 9 * (-1) ** n, point)
    return sum(n - STACK for n in seen.values() if n > STACK)


def one(sheet: Sheet, scale: Scale, y: float, point: Point) -> None:
    """A claim: a point, with a line to the most where it is a range, an arrow where it is open."""
    low = point.low if point.low is not None else 0
    x = scale.at(low)
    if point.high is None:
        sheet.shape("path", d=f"M{x:.1f} {y:.1f}h14m-5 -4l5 4l-5 4", fill="none", stroke="#1d1c1a", stroke_width=1.5)
    elif point.high > low:
        sheet.shape("line", x1=x, x2=scale.at(point.high), y1=y, y2=y, stroke="#1d1c1a", stroke_width=2)
        sheet.shape("circle", cx=scale.at(point.high), cy=y, r=2.5, fill="#1d1c1a")
    fill = LIGHT if point.done else "#ffffff"
    sheet.shape("circle", point.tip, cx=x, cy=y, r=4.5, fill=fill, stroke="#1d1c1a", stroke_width=1.2)


def rule(sheet: Sheet) -> None:
    """A faint line across."""
    sheet.shape("line", x1=sheet.margin, x2=sheet.width - sheet.margin, y1=sheet.y, y2=sheet.y, stroke=FAINT,
                stroke_width=0.5)  # fmt: skip
