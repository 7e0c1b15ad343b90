"""`saksi report`: what is claimed in a period, by whom, and what cannot all be true, for somebody who edits a text.

All of it follows from the claims that are chosen, and from them alone; nothing is written to the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from saksi.errors import UsageError
from saksi.inquiry.queries import check, tally
from saksi.inquiry.selection import Selection
from saksi.ledger.columns import Row
from saksi.ledger.grounds import COLUMNS
from saksi.ledger.judgements import Judgement, judged, judgements
from saksi.ledger.store import Ledger
from saksi.publish.charts.map_chart import map_chart, places_of
from saksi.publish.charts.tally_chart import MAIN, WHOLE, named, tally_chart
from saksi.publish.charts.timeline_chart import timeline_chart
from saksi.publish.charts.words import several
from saksi.reconcile.contradictions import Contradiction
from saksi.reconcile.tallies import Tally
from saksi.reconcile.tensions import Strain
from saksi.registers.load import Registers
from saksi.releasing.alone import judged_of, ledger_alone
from saksi.releasing.choice import Asking
from saksi.releasing.chosen import as_judged, rows_chosen
from saksi.releasing.writing import whole
from saksi.reporting.blocks import Block, Heading, Paragraph, Picture, Quote, Table
from saksi.reporting.markdown import markdown
from saksi.reporting.page import page
from saksi.reporting.pictures import Drawer
from saksi.version import __version__

KINDS, SPEAKERS, LISTED, FINDINGS, DRAWN = 10, 15, 300, 30, 3
UNDONE = frozenset(("denies", "fears", "plans"))  # stances of which the list says so beside the claim
ENDINGS = (".html", ".md")
GROUNDS = ("stated", "carried", "presumed", "proposed", None)
WIDTH = 760


class Edition(msgspec.Struct, frozen=True):
    """How a report is told: its language, and another title where one is given."""

    language: str
    title: str | None = None


def report(ledger: Ledger, out: Path, asking: Asking, registers: Registers, told: Edition) -> int:
    """Writes a report in the form that the file's ending says; returns how many claims it tells of."""
    if out.suffix.lower() not in ENDINGS:
        raise UsageError(f"--out {out} ends with neither {' nor '.join(ENDINGS)}")
    every = list(rows_chosen(ledger, asking, registers))
    made = judged_of(judgements(ledger), every)
    with ledger_alone(every, made) as alone:
        drawer = Drawer(alone, registers, told.language, WIDTH, None)
        drawer.name = Path(ledger.name).name
        blocks = list(Report(drawer, asking, every, made).blocks(told.title))
    text = page(blocks, told.language) if out.suffix.lower() == ".html" else markdown(blocks)
    with whole(out) as stream:
        stream.write(text.encode("utf-8", "surrogatepass"))
    return len(every)


class Report:
    """The parts of a report, one after the other."""

    def __init__(self, drawer: Drawer, asking: Asking, every: Sequence[Row], made: list[Judgement]) -> None:
        self.drawer, self.words, self.asking = drawer, drawer.words, asking
        opinions = judged(made)
        kept = as_judged(iter(every), opinions)
        self.rows = [row for row in kept if not isinstance(row, str)]
        self.of = {row.id: row for row in self.rows}
        self.struck = len(every) - len(self.rows)
        self.corrected = sum(row.id in opinions.corrected for row in self.rows)

    def blocks(self, title: str | None) -> Iterator[Block]:
        """All parts."""
        say = self.words.say
        yield Heading(1, title or say("report", what=self.drawer.of(self.asking)))
        if not self.rows:
            yield Paragraph(say("report_nothing"))
            return
        yield Paragraph(self.lead())
        yield from self.claimed()
        yield from self.findings()
        yield Heading(2, say("where"))
        yield self.map()
        if any(row.start for row in self.rows):
            yield Heading(2, say("when"))
            yield self.timeline()
        yield from self.voices()
        yield from self.presumed()
        yield Heading(2, say("method"))
        yield Paragraph(self.method())
        yield from self.listed()

    def lead(self) -> str:
        """The first paragraph."""
        number, rows = self.words.number, self.rows
        days = [day for row in rows for day in (row.start, row.end) if day is not None]
        first, last = self.asking.first or min(days, default=None), self.asking.last or max(days, default=None)
        return self.words.say(
            "report_lead", claims=self.words.some("some_claims", len(rows)),
            documents=self.words.some("some_documents", len({row.document.id for row in rows})),
            speakers=self.words.say("some_speakers", n=number(len({self.words.who(row) for row in rows}))),
            days=self.words.days(first, last) if first or last else self.words.say("no_days"),
        )  # fmt: skip

    def claimed(self) -> Iterator[Block]:
        """The kinds that are told with numbers: the least and the most of each, and pictures of the first."""
        say, counts = self.words.say, Counter(row.kind for row in self.rows if row.counts is not None)
        kinds = sorted(counts, key=lambda kind: (-counts[kind], kind))
        found = [(kind, self.tallied(kind)) for kind in kinds[:KINDS]]
        found = [(kind, rows) for kind, rows in found if rows]
        if not found:
            return
        yield Heading(2, say("what_is_claimed"))
        head = (say("what"), say("bounds"), say("who_says"), say("many_claims"), say("state"))
        yield Table(head, [self.line(kind, rows) for kind, rows in found], (3,))
        if len(kinds) > KINDS:
            yield Paragraph(say("more_kinds", n=len(kinds) - KINDS), small=True)
        told = [(kind, rows) for kind, rows in found if len([r for r in rows if r.of not in WHOLE]) > 1]
        for kind, rows in told[:DRAWN]:
            yield Heading(3, self.words.label(kind).capitalize())
            sheet = self.drawer.sheet("tally", self.words.what(kind, None, None, (None, None)), self.behind(rows))
            yield Picture(tally_chart(sheet, rows, self.of, self.words).svg(), self.by_speaker(rows))

    def tallied(self, kind: str) -> list[Tally]:
        """The rows of a kind that claims bound."""
        days = {"first": self.asking.first, "last": self.asking.last}
        rows = tally(self.drawer.ledger, Selection(kind=kind), registers=self.words.registers, **days)
        return [row for row in rows if row.claims]

    def behind(self, rows: Sequence[Tally]) -> list[Row]:
        """The claims of some rows."""
        ids = dict.fromkeys(claim for row in rows for claim in row.claims)
        return [self.of[id] for id in ids if id in self.of]

    def line(self, kind: str, rows: Sequence[Tally]) -> tuple[str, ...]:
        """A kind in the table: the envelope where several speak."""
        whole = next((row for row in rows if row.of in MAIN), rows[0])
        voices = [row for row in rows if row.of == "speaker"] or list(rows)
        told = [f"{named(row, self.words)} {self.words.bounds(row.low, row.high)}".strip() for row in voices[:3]]
        more = [f"+{len(voices) - 3}"] if len(voices) > 3 else []
        return (self.words.label(kind), self.words.bounds(whole.low, whole.high), "; ".join([*told, *more]),
                self.words.number(len(self.behind(rows))), self.words.say(whole.state))  # fmt: skip

    def by_speaker(self, rows: Sequence[Tally]) -> Table:
        """What a picture of a tally shows, as a table."""
        head = (self.words.say("who_says"), self.words.say("bounds"), self.words.say("many_claims"))
        lines = [
            (self.words.say(f"row_{row.of}") if row.of in WHOLE else named(row, self.words),
             self.words.bounds(row.low, row.high), self.words.number(len(row.claims)))
            for row in rows
        ]  # fmt: skip
        return Table(head, lines, (2,))

    def findings(self) -> Iterator[Block]:
        """What cannot all be true, each with its sentences."""
        say = self.words.say
        contradictions, tensions = check(self.drawer.ledger, self.words.registers)
        yield Heading(2, say("contradictions"))
        if not contradictions and not tensions:
            yield Paragraph(say("no_contradictions"))
        for each in contradictions[:FINDINGS]:
            yield Heading(3, self.title_of(each))
            yield from self.quotes(each.smallest or each.claims)
        for strain in tensions[:FINDINGS]:
            yield Heading(3, self.strain_title(strain))
            yield from self.quotes((*strain.status, *strain.claims[:5]))
        left = len(contradictions) + len(tensions) - len(contradictions[:FINDINGS]) - len(tensions[:FINDINGS])
        if left:
            yield Paragraph(say("left", n=left), small=True)

    def title_of(self, each: Contradiction) -> str:
        """What a contradiction is about."""
        type, within = self.words.say(f"type_{each.type}"), self.words.say(f"within_{each.within}")
        told = self.words.say("cannot", type=type, within=within)
        gap = f" ({self.words.say('gap', n=self.words.number(each.gap))})" if each.gap else ""
        return f"{told[:1].upper()}{told[1:]}{gap}"

    def strain_title(self, strain: Strain) -> str:
        """What a tension is about."""
        key = f"tension_{strain.rule}"
        told = self.words.say(key if key in self.words.known else "tension")
        return f"{told[:1].upper()}{told[1:]} ({self.words.day(strain.since)})"

    def quotes(self, ids: Sequence[str]) -> Iterator[Quote]:
        """The sentences of some claims, each once."""
        seen: set[tuple[str, str]] = set()
        for row in (self.of[id] for id in ids if id in self.of):
            key = (row.document.id, row.sentence.text)
            if key not in seen:
                seen.add(key)
                yield self.quote(row)

    def quote(self, row: Row) -> Quote:
        """A claim's sentence, and who says it."""
        who, outlet = self.words.who(row), row.document.publisher
        told = [who, self.words.say(row.stance), outlet if outlet != who else None,
                self.words.day(row.said_on or row.document.published), row.document.title]  # fmt: skip
        return Quote(" ".join(row.sentence.text.split()), ", ".join(t for t in told if t), row.id, row.document.url)

    def map(self) -> Picture:
        """The map; as a table the places."""
        sheet = self.drawer.sheet("map", self.drawer.of(self.asking), self.rows)
        places = places_of(self.rows)[:SPEAKERS]
        table = Table((self.words.say("place"), self.words.say("many_claims")),
                      [(place.name, self.words.number(place.claims)) for place in places], (1,))  # fmt: skip
        return Picture(map_chart(sheet, self.rows, {}, self.words).svg(), table)

    def timeline(self) -> Picture:
        """The timeline; as a table the days."""
        sheet = self.drawer.sheet("timeline", self.drawer.of(self.asking), self.rows)
        ends = (self.asking.first, self.asking.last)
        counts = Counter((row.start, row.end or row.start) for row in self.rows if row.start is not None)
        rows = [(self.words.days(*days), self.words.number(n)) for days, n in sorted(counts.items())]
        table = Table((self.words.say("period"), self.words.say("many_claims")), rows[:LISTED], (1,))
        return Picture(timeline_chart(sheet, self.rows, ends, self.words).svg(), table)

    def voices(self) -> Iterator[Block]:
        """Who speaks, the most told first."""
        say, number = self.words.say, self.words.number
        claims = Counter(self.words.who(row) for row in self.rows)
        documents = Counter(who for who, _ in {(self.words.who(row), row.document.id) for row in self.rows})
        most = sorted(claims, key=lambda who: (-claims[who], who))
        yield Heading(2, say("who_speaks"))
        rows = [(who, number(claims[who]), number(documents[who])) for who in most[:SPEAKERS]]
        yield Table((say("speaker"), say("many_claims"), say("many_documents")), rows, (1, 2))
        if len(most) > SPEAKERS:
            yield Paragraph(say("left", n=len(most) - SPEAKERS), small=True)

    def presumed(self) -> Iterator[Block]:
        """How well place, days and speaker are known."""
        say = self.words.say
        yield Heading(2, say("presumed"))
        yield Paragraph(say("presumed_lead"))
        head = (say("field"), *(say(f"ground_{ground or 'none'}") for ground in GROUNDS))
        rows = []
        for column, field in COLUMNS.items():
            counts = Counter(getattr(row, column) for row in self.rows)
            rows.append((say(f"field_{field}"), *(self.words.number(counts[ground]) for ground in GROUNDS)))
        yield Table(head, rows, tuple(range(1, len(head))))

    def method(self) -> str:
        """How it was made."""
        chosen: dict[str, Any] = self.asking.told()
        told = ", ".join(self.words.chosen(*each) for each in chosen.items()) or self.words.say("everything_chosen")
        identity = self.words.registers.identity()
        return self.words.say("method_text", version=__version__, registers=identity, selection=told,
                              struck=self.struck, corrected=self.corrected)  # fmt: skip

    def told(self, row: Row) -> str:
        """What a claim says happened, and what its speaker does with it where that is not to tell it as done."""
        words, noun = self.words, self.words.label(row.target)
        number = words.bounds(row.low, row.high) if row.counts is not None else ""
        noun = several(noun, words.code) if noun and number and (row.low, row.high) != (1, 1) else noun
        what = " ".join(part for part in (words.label(row.kind), number, noun) if part)
        return f"{what} ({words.say(row.stance)})" if row.stance in UNDONE else what

    def listed(self) -> Iterator[Block]:
        """The claims, with their sentences."""
        say, words = self.words.say, self.words
        yield Heading(2, say("the_claims"))
        ordered = sorted(self.rows, key=lambda row: (str(row.start or row.end or "~"), row.document.id, row.id))
        rows = []
        for row in ordered[:LISTED]:
            what = self.told(row)
            days = words.days(row.start, row.end) if row.start or row.end else say("no_days")
            where = ", ".join(place.name for place in row.places)
            rows.append((f"{days}\n{where}".strip(), what, words.who(row), " ".join(row.sentence.text.split()), row.id))
        yield Table((f"{say('period')}, {say('place')}", say("what"), say("who_says"), say("sentence"), "id"), rows)
        if len(self.rows) > LISTED:
            yield Paragraph(say("claims_left", n=words.number(LISTED)), small=True)
