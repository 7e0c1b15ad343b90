"""A tally as a picture: bars from the least to the most, with the claims as points, speaker by speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from saksi.ledger.columns import Row
from saksi.publish.charts.marks import axis, bar, name, point_of, points, rule, scale_of
from saksi.publish.charts.svg import Sheet
from saksi.publish.charts.words import Words
from saksi.reconcile.tallies import Tally
from saksi.reconcile.terms import NAMELESS

TALL = 22.0
WHOLE = ("envelope", "joint", "sure", "linked", "told")  # the last three of a question too broad to be cut
MAIN = ("envelope", "linked")  # of these, the row that stands for all where one must
MOST = 24  # bars


def tally_chart(sheet: Sheet, found: Sequence[Tally], rows: Mapping[str, Row], words: Words) -> Sheet:
    """The picture of the rows of a question; `rows` are their claims by id."""
    shown, split, hidden = chosen(found), parted(found), 0
    pointed = [] if split else [r for r in shown if r.of not in WHOLE or len(shown) == 1]
    sheet.head(key(shown, words) if not pointed else words.say("tally_key"))
    told = [n for r in shown for n in (r.low, r.high)]
    told += [n for r in pointed for c in r.claims if c in rows for n in (rows[c].low, rows[c].high)]
    loose = any(r.high is None for r in shown)
    scale, top = scale_of(told, sheet, open=loose), sheet.y
    for n, row in enumerate(shown[:MOST]):
        if n and row.of not in WHOLE and shown[n - 1].of in WHOLE:
            sheet.y += 4
            rule(sheet)
            sheet.y += 4
        number = words.bounds(row.low, row.high)
        middle = name(sheet, scale, (*title_of(row, words, split), number), TALL)
        bar(sheet, scale, (middle, TALL), (row.low, row.high), number)
        if row in pointed:
            some = [point_of(rows[c], words) for c in row.claims if c in rows]
            hidden += points(sheet, scale, middle, some) + len(row.claims) - len(some)
    axis(sheet, scale, top, words)
    hidden += max(0, len(shown) - MOST)
    left = [words.say("left", n=words.number(hidden))] if hidden else []
    sheet.foot(*left)
    return sheet


def key(shown: Sequence[Tally], words: Words) -> str:
    """How bars without points are to be read, and of whom those of parts are where several speak."""
    how = next((words.say(f"row_{row.of}") for row in shown if row.of in WHOLE and parted(shown)), None)
    told = [words.say("tally_parts_key"), *([words.say("where_several", how=how)] if how else [])]
    return "; ".join(told)


def parted(found: Sequence[Tally]) -> bool:
    """Whether a question was split into several."""
    return len({(r.start, r.end, r.place, r.target, r.actor) for r in found if r.of in ("speaker", *WHOLE)}) > 1


def chosen(found: Sequence[Tally]) -> list[Tally]:
    """The rows to draw: of a question that was split one for each part, else the whole first, then the speakers."""
    some = [r for r in found if r.claims]
    if parted(found):
        parts: dict[object, Tally] = {}
        for row in some:
            key = (row.start, row.end, row.place, row.target, row.actor if row.of in WHOLE else None)
            if row.of in WHOLE or key not in parts:
                parts[key] = row if parts.get(key) is None or row.of in MAIN else parts[key]
        return list(parts.values())
    single = [r for r in some if r.of not in WHOLE]
    whole = [r for r in some if r.of in WHOLE] if len(single) > 1 else []
    return [*whole, *single] if single else [r for r in some if r.of in WHOLE]


def title_of(row: Tally, words: Words, parts: bool) -> tuple[str, str]:
    """Whose a bar is, and what is to be said of it in small letters."""
    if parts:
        days = words.days(row.start, row.end) if row.start else ""
        place = words.country(row.place) if row.place and row.place.isupper() and len(row.place) == 2 else row.place
        told = [days, place or "", words.label(row.target) if row.target else "", row.actor or ""]
        return ", ".join(each for each in told if each), ""
    if row.of in WHOLE:
        return words.say(f"row_{row.of}"), ""
    who = named(row, words)
    if row.of in ("conceded", "alleged"):
        return words.say(row.of, who=who), voice_of(row, words)
    return words.say("says", who=who), voice_of(row, words)


def named(row: Tally, words: Words) -> str:
    """The name of who speaks."""
    if row.speaker == NAMELESS:
        return words.say("outlet")
    known = words.registers.actors.get(row.speaker or "")
    return known.shown(words.code) if known else row.speaker_name or ""


def voice_of(row: Tally, words: Words) -> str:
    """Of whose acts somebody speaks."""
    key = f"voice_{row.voice}"
    return words.say(key) if key in words.known else ""
