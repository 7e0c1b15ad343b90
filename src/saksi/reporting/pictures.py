"""`saksi chart` and `saksi map`: pictures of what is claimed, as SVG, or as PNG made from it without any network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from saksi.errors import UsageError
from saksi.inquiry.queries import tally
from saksi.inquiry.selection import Selection
from saksi.ledger import derived
from saksi.ledger.columns import Row
from saksi.ledger.judgements import judged, judgements
from saksi.ledger.store import Ledger
from saksi.publish.charts.map_chart import map_chart
from saksi.publish.charts.speakers_chart import speakers_chart, tells_number
from saksi.publish.charts.svg import Sheet
from saksi.publish.charts.tally_chart import tally_chart
from saksi.publish.charts.timeline_chart import timeline_chart
from saksi.publish.charts.words import Words
from saksi.publish.drawing.outlines import load_boundaries
from saksi.registers.load import Registers, load_registers
from saksi.releasing.choice import Asking, Chosen
from saksi.releasing.chosen import as_judged, rows_chosen
from saksi.releasing.extras import library
from saksi.releasing.happenings import happenings
from saksi.releasing.notes import Notes
from saksi.releasing.writing import whole

WIDTHS = (320, 2000)
SCALE = 2.0  # pixels of a PNG for each unit
ENDINGS = (".svg", ".png")


class Drawer:
    """Draws pictures of a ledger in one language and width.

    Each picture has a method `svg`, which gives it as text, and shows itself in a notebook.
    """

    def __init__(
        self,
        ledger: Ledger,
        registers: Registers | None = None,
        language: str = "en",
        width: int = 760,
        title: str | None = None,
    ) -> None:
        registers = registers or load_registers()
        if not WIDTHS[0] <= width <= WIDTHS[1]:
            raise UsageError(f"--width {width} is not between {WIDTHS[0]} and {WIDTHS[1]}")
        self.ledger, self.registers, self.width, self.title = ledger, registers, float(width), title
        self.words, self.name = Words(language, registers), Path(ledger.name).name

    def tally(self, selection: Selection, first: date | None, last: date | None) -> Sheet:
        """A tally as bars with its claims as points."""
        found = tally(self.ledger, selection, first=first, last=last, registers=self.registers)
        ids = {claim for row in found for claim in row.claims}
        rows = {row.id: row for row in self.corrected(derived.rows_by_id(self.ledger, ids))}
        what = self.words.what(
            selection.kind, selection.target, selection.place or self.words.country(selection.country), (first, last)
        )
        return tally_chart(self.sheet("tally", what, rows.values()), found, rows, self.words)

    def timeline(self, asking: Asking) -> Sheet:
        """When claims are."""
        rows = self.rows(asking)
        if not any(row.start for row in rows):
            raise UsageError("no claim that was chosen tells a day. Which there are: saksi claims")
        sheet = self.sheet("timeline", self.of(asking), rows)
        return timeline_chart(sheet, rows, (asking.first, asking.last), self.words)

    def speakers(self, asking: Asking, claim: str | None = None) -> Sheet:
        """Who says what: of the happening that a claim tells of, or of the claims that were chosen."""
        rows = self.rows(asking)
        what = self.of(asking)
        if claim is not None:
            rows = self.of_happening(claim, rows)
            what = self.words.what(rows[0].kind, None, ", ".join(dict.fromkeys(p.name for r in rows for p in r.places)),
                             (rows[0].start, rows[0].end))  # fmt: skip
        rows = [row for row in rows if tells_number(row)]
        if not rows:
            raise UsageError("no claim that was chosen tells a number. Which there are: saksi claims")
        return speakers_chart(self.sheet("speakers", what, rows), rows, self.words)

    def map(self, asking: Asking, boundaries: Path | None = None) -> Sheet:
        """Where claims are."""
        rows = self.rows(asking)
        return map_chart(self.sheet("map", self.of(asking), rows), rows, load_boundaries(boundaries), self.words)

    def rows(self, asking: Asking) -> list[Row]:
        """The claims that were chosen, as people corrected them, without those struck through."""
        rows = self.corrected(rows_chosen(self.ledger, asking, self.registers))
        if not rows:
            raise UsageError("no claim is so. Which there are: saksi claims")
        return rows

    def corrected(self, rows: Iterable[Row]) -> list[Row]:
        """Claims as people judged them."""
        every = as_judged(iter(rows), judged(judgements(self.ledger)))
        return [row for row in every if not isinstance(row, str)]

    def of_happening(self, claim: str, rows: Sequence[Row]) -> list[Row]:
        """The claims of the happening that a claim tells of, that count what it counts."""
        one = self.ledger.claim(claim)
        for each in happenings(self.ledger, rows, self.registers, Notes()):
            if one.id in each.claims:
                return [row for row in each.rows if (row.kind, row.counts) == (one.kind, one.counts)]
        raise UsageError(f"{one.id} tells of no one happening: it is a total, denied, planned or struck through")

    def of(self, asking: Asking) -> str:
        """What was chosen in words."""
        chosen: Chosen = asking.chosen
        return self.words.what(
            chosen.kind, chosen.target, chosen.place or self.words.country(chosen.country), (asking.first, asking.last)
        )

    def sheet(self, sort: str, what: str, rows: Iterable[Row]) -> Sheet:
        """An empty sheet with its title, the one given or one of what is drawn, and its source."""
        return Sheet(self.width, self.title or self.words.say(sort, what=what), self.words.source(rows, self.name))


def save(sheet: Sheet, out: Path) -> None:
    """Writes a picture, by the ending of its file. Raises UsageError for another, or where no PNG can be made."""
    if out.suffix.lower() not in ENDINGS:
        raise UsageError(f"--out {out} ends with neither {' nor '.join(ENDINGS)}")
    drawn = sheet.svg()
    if out.suffix.lower() == ".png":
        made: bytes = library("vl_convert", "a PNG", "pictures").svg_to_png(drawn, scale=SCALE)
    else:
        made = drawn.encode()
    with whole(out) as stream:
        stream.write(made)
