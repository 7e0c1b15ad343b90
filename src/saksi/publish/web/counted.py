"""A tally as a page lays it out: the whole first, then who speaks; split questions as one line for each part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from saksi.ledger.columns import Row
from saksi.publish.desk import Desk
from saksi.publish.drawing.bars import TallyBar, tally_bars
from saksi.reconcile.asking import STEPS
from saksi.reconcile.tallies import Tally

SHOWN, MORE = 3, 30  # claims quoted at once, and behind a click
SPEAKERS = 40  # speakers shown; all are in the JSON and the CSV


class Line(msgspec.Struct, frozen=True):
    """A row with its bar, the claims quoted for it, those behind a click, and how many are in neither."""

    row: Tally
    bar: TallyBar
    quoted: list[Row]
    more: list[Row]
    left: int
    speakers: int = 0


class Sheet:
    """The rows of one question: `whole` are of all who speak, `speakers` of each; `parts` where it was split."""

    def __init__(self, desk: Desk, rows: Sequence[Tally], asked: Any) -> None:
        self.desk, self.asked = desk, asked
        told = [row for row in rows if row.claims]
        self.empty = not told
        self.hidden = 0
        self.parts: list[Line] = []
        self.whole: list[Line] = []
        self.speakers: list[Line] = []
        if asked.by:
            self.parts = self.of_parts(told)
        else:
            self.of_one(told)
        lines = [*self.parts, *self.whole, *self.speakers]
        self.length, self.ticks = (lines[0].bar.length, lines[0].bar.ticks) if lines else (0.0, ())

    def of_one(self, rows: Sequence[Tally]) -> None:
        """The rows of a question that is not split; those of all are left out where only one speaks."""
        voices = [row for row in rows if row.of not in ("envelope", "joint")]
        every = [row for row in rows if row.of in ("joint", "envelope")] if len(voices) > 1 else []
        voices.sort(key=lambda row: -len(row.claims))
        self.hidden = max(0, len(voices) - SPEAKERS)
        shown = [*sorted(every, key=lambda row: row.of != "joint"), *(voices[:SPEAKERS] or rows)]
        lines = self.lines(shown, more=MORE)
        self.whole, self.speakers = lines[: len(every)], lines[len(every) :]

    def of_parts(self, rows: Sequence[Tally]) -> list[Line]:
        """One line for each part of a question that is split: what all who speak there allow together."""
        parts: dict[tuple[object, ...], list[Tally]] = {}
        for row in rows:
            if row.of not in ("conceded", "alleged"):
                parts.setdefault((row.start, row.end, row.place, row.target, row.actor), []).append(row)
        chosen = [next((r for r in some if r.of == "joint"), some[0]) for some in parts.values()]
        counts = [sum(r.of == "speaker" for r in some) for some in parts.values()]
        lines = self.lines(chosen, more=0)
        return [msgspec.structs.replace(line, speakers=n) for line, n in zip(lines, counts, strict=True)]

    def lines(self, rows: Sequence[Tally], more: int) -> list[Line]:
        """Rows on one scale, with their claims."""
        resting = [rests_on(row) for row in rows]
        wanted = dict.fromkeys(id for ids in resting for id in ids[: SHOWN + more])
        known = {row.id: row for row in self.desk.rows(list(wanted))}
        found = []
        for row, bar, ids in zip(rows, tally_bars(rows), resting, strict=True):
            some = said_once([known[id] for id in ids[: SHOWN + more] if id in known])
            found.append(Line(row, bar, some[:SHOWN], some[SHOWN:], max(0, len(ids) - SHOWN - more)))
        return found

    def narrowed(self, row: Tally) -> dict[str, Any]:
        """The question of one part, as the parameters that change."""
        changes: dict[str, Any] = {"by": None}
        if any(part in STEPS for part in self.asked.by):
            changes |= {"from": row.start, "to": row.end}
        if "country" in self.asked.by and row.place:
            changes["country"] = row.place
        if "place" in self.asked.by and row.place:
            changes["place"] = row.place
        changes |= {part: getattr(row, part) for part in ("target", "actor") if part in self.asked.by}
        return changes


def said_once(rows: Sequence[Row]) -> list[Row]:
    """Of the claims of one sentence the first, so that no sentence is quoted twice."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        found.setdefault((row.document.id, row.sentence.text), row)
    return list(found.values())


def rests_on(row: Tally) -> tuple[str, ...]:
    """The claims that a row rests on: those that cannot all hold, those that bind its low, else those inside it."""
    if row.state == "contested" and row.conflict:
        return row.conflict
    return row.low_from.claims if row.low_from and row.low_from.claims else row.claims
