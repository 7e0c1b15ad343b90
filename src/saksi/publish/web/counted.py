"""A tally as a page lays it out: the whole first, then who speaks; split questions as one line for each part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from saksi.ledger.columns import Row
from saksi.publish.desk import Desk
from saksi.publish.drawing.bars import TallyBar, tally_bars
from saksi.reconcile.asking import STEPS
from saksi.reconcile.broad.asides import Aside, Pair
from saksi.reconcile.tallies import Tally

FIGURES = ("sure", "linked", "told")  # the rows of a question that too many claims bear on
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
    three: tuple[Tally, ...] = ()


class Apart(msgspec.Struct, frozen=True):
    """Claims that stand aside of a count for one reason: those quoted, and how many there are."""

    reason: str
    number: int
    quoted: list[Row]


class Settling(msgspec.Struct, frozen=True):
    """Two claims whose judgement narrows low and high, and by how much."""

    one: Row
    other: Row
    settles: int


class Sheet:
    """The rows of one question: `whole` are of all who speak, `speakers` of each; `parts` where it was split.

    Of a question that too many claims bear on, `three` are its figures, with what stands `aside` and `pairs` to judge.
    """

    def __init__(self, desk: Desk, rows: Sequence[Tally], asked: Any) -> None:
        self.desk, self.asked = desk, asked
        told = [row for row in rows if row.claims]
        self.empty = not told
        self.hidden = 0
        self.parts: list[Line] = []
        self.whole: list[Line] = []
        self.speakers: list[Line] = []
        self.three: list[Line] = []
        self.aside: list[Apart] = []
        self.pairs: list[Settling] = []
        if asked.by:
            self.parts = self.of_parts(told)
        else:
            self.of_one(told)
        lines = [*self.parts, *self.three, *self.whole, *self.speakers]
        self.length, self.ticks = (lines[0].bar.length, lines[0].bar.ticks) if lines else (0.0, ())

    def of_one(self, rows: Sequence[Tally]) -> None:
        """The rows of a question that is not split; those of all are left out where only one speaks."""
        three = [row for row in rows if row.of in FIGURES]
        voices = [row for row in rows if row.of not in ("envelope", "joint", *FIGURES)]
        every = [row for row in rows if row.of in ("joint", "envelope")] if len(voices) > 1 else []
        voices.sort(key=lambda row: -len(row.claims))
        self.hidden = max(0, len(voices) - SPEAKERS)
        shown = [*three, *sorted(every, key=lambda row: row.of != "joint"), *voices[:SPEAKERS]]
        lines = self.lines(shown or rows, more=MORE)
        self.three, lines = lines[: len(three)], lines[len(three) :]
        self.whole, self.speakers = lines[: len(every)], lines[len(every) :]
        for row in (row for row in three if row.of == "linked"):
            self.aside = [self.apart(each) for each in row.asides]
            self.pairs = self.settling(row.pairs)

    def apart(self, aside: Aside) -> Apart:
        """What stands aside for one reason, with its first claims."""
        return Apart(aside.reason, len(aside.claims), said_once(self.desk.rows(list(aside.claims[:MORE]))))

    def settling(self, pairs: Sequence[Pair]) -> list[Settling]:
        """Pairs to be judged, with their claims."""
        known = {row.id: row for row in self.desk.rows([id for p in pairs for id in (p.a, p.b)])}
        return [Settling(known[p.a], known[p.b], p.settles) for p in pairs if p.a in known and p.b in known]

    def of_parts(self, rows: Sequence[Tally]) -> list[Line]:
        """One line for each part of a question that is split: what all who speak there allow together."""
        parts: dict[tuple[object, ...], list[Tally]] = {}
        for row in rows:
            if row.of not in ("conceded", "alleged"):
                speaker = row.speaker if "speaker" in self.asked.by else None
                parts.setdefault((row.start, row.end, row.place, row.target, row.actor, speaker), []).append(row)
        chosen = [next((r for r in some if r.of in ("joint", "linked")), some[0]) for some in parts.values()]
        return [
            msgspec.structs.replace(
                line, speakers=sum(r.of == "speaker" for r in some), three=tuple(r for r in some if r.of in FIGURES)
            )
            for line, some in zip(self.lines(chosen, more=0), parts.values(), strict=True)
        ]

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
        return changes | ({"trust": row.speaker} if "speaker" in self.asked.by and row.speaker else {})


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
    return row.binding or row.claims
