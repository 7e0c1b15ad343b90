"""Charts within a page: the pictures of `saksi chart`, drawn once for wide windows and once for narrow ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from markupsafe import Markup

from saksi.ledger.columns import Row
from saksi.ledger.judgements import corrected_row, judged
from saksi.publish.charts.speakers_chart import speakers_chart, tells_number
from saksi.publish.charts.svg import Sheet
from saksi.publish.charts.tally_chart import tally_chart
from saksi.publish.charts.words import Words
from saksi.publish.desk import Desk
from saksi.publish.tallying import TallyAsked
from saksi.reconcile.tallies import Tally

WIDTHS = {"wide": 760, "narrow": 340}
POINTS = 400  # claims drawn as points, at most: those left out are counted below the picture
COUNTS = 3  # pictures of one happening: what most claims count comes first


def tally_picture(desk: Desk, code: str, found: Sequence[Tally], asked: TallyAsked) -> Markup:
    """A tally as bars from low to high with its claims as points; nothing where no claim is in it."""
    words = Words(code, desk.registers)
    ids = list(dict.fromkeys(claim for row in found for claim in row.claims))
    if not ids:
        return Markup()
    rows = {row.id: row for row in as_judged(desk, desk.rows(ids[:POINTS]))}
    place = asked.place or words.country(asked.country)
    what = words.say("tally", what=words.what(asked.kind, asked.target, place, (asked.first, asked.last)))
    source = words.source_of(len(ids), documents_of(desk, ids), desk.title)
    return both(lambda width: tally_chart(Sheet(width, what, source), found, rows, words))


def documents_of(desk: Desk, ids: Sequence[str]) -> int:
    """In how many documents some claims stand, however many they are."""
    index = desk.index
    numbers = [at for id in ids if (at := index.place(id)) is not None]
    return len(np.unique(index.columns["document"][numbers]))


def speakers_pictures(desk: Desk, code: str, rows: Sequence[Row]) -> list[Markup]:
    """Who says what of one happening: a picture for each count that more than one claim tells."""
    words = Words(code, desk.registers)
    counts: dict[tuple[str, str | None], list[Row]] = {}
    for row in as_judged(desk, rows):
        if tells_number(row):
            counts.setdefault((row.kind, row.counts), []).append(row)
    told = sorted((some for some in counts.values() if len(some) > 1), key=lambda some: -len(some))
    return [side_by_side(desk, words, some) for some in told[:COUNTS]]


def side_by_side(desk: Desk, words: Words, rows: Sequence[Row]) -> Markup:
    """Who says what, of some claims that count one thing."""
    places = ", ".join(dict.fromkeys(place.name for row in rows for place in row.places))
    what = words.say("speakers", what=words.what(rows[0].kind, None, places, (rows[0].start, rows[0].end)))
    source = words.source(rows, desk.title)
    return both(lambda width: speakers_chart(Sheet(width, what, source), rows, words))


def both(draw: Callable[[float], Sheet]) -> Markup:
    """A picture for wide windows and for narrow ones; the style sheet shows the one that fits, no script is needed."""
    drawn = (f'<div class="{name}">{draw(width).svg()}</div>' for name, width in WIDTHS.items())
    return Markup(f'<figure class="chart">{"".join(drawn)}</figure>')  # the sheet has escaped what it was given


def as_judged(desk: Desk, rows: Iterable[Row]) -> list[Row]:
    """Claims as people corrected them, without those struck through."""
    opinions = judged(desk.judgements)
    return [corrected_row(row, opinions.corrected.get(row.id) or {}) for row in rows if row.id not in opinions.struck]
