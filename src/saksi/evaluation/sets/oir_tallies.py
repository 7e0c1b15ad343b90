"""Strike-release lines as one ledger: monthly tallies against the coded numbers, and altered totals found.

The lines give each country's strikes of each day. A second source is made of them: complete totals of
each day and country, of which 20 are altered, up and down (those whose SHA-256 comes first). The check
is right when it names these 20 and no other. Lines whose number was read otherwise than coded count in
both figures.
"""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import date
from pathlib import Path

import msgspec

from saksi.evaluation.sets.ledgers import NOBODY
from saksi.evaluation.sets.lines import Figures, corpus_lines
from saksi.evaluation.sets.oir import COUNTRIES
from saksi.intake.document import content_hash
from saksi.ledger.columns import Row, rows_of
from saksi.reading.reader import Reader
from saksi.reconcile.asking import Asked, split
from saksi.reconcile.assess import assess, standing
from saksi.reconcile.boxes import Question
from saksi.reconcile.terms import Naming, Term, country_spot
from saksi.registers.load import load_registers

ALTERED = 20


def measure_oir_tallies(path: Path, misses: int) -> None:
    """Prints how many months and countries tally as coded, and how many altered totals are found."""
    reader, naming, figures = Reader(source="cjtf-oir"), Naming(load_registers()), Figures()
    rows: list[Row] = []
    coded: dict[tuple[date, str], int] = defaultdict(int)
    for line in corpus_lines(path):
        told = rows_of(reader.read(line.document()), {})
        rows += told
        day = next((r.start for r in told if r.kind == "airstrike" and r.start), None)
        country = COUNTRIES.get(line.gold["country"])
        if day is not None and country is not None:
            coded[day, country] += line.gold["strikes"]
    terms = standing(rows, NOBODY, naming)
    months(terms, coded, naming, figures)
    planted(terms, naming, figures)
    print(f"{len(rows)} claims of {path.name}, read with --source cjtf-oir")
    figures.print(misses)


def months(terms: list[Term], coded: dict[tuple[date, str], int], naming: Naming, figures: Figures) -> None:
    """The low of each month and country against the sum of the coded numbers."""
    begin = time.perf_counter()
    links = assess(terms, NOBODY, naming.registers).links
    solved = time.perf_counter()
    asked = Asked(terms, links, naming.registers, "airstrike")
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for (day, country), strikes in coded.items():
        sums[day.isoformat()[:7], country] += strikes
    for question in split(asked, Question(kind="airstrike"), ["month", "country"]):
        row = asked.rows(question)[-1]
        if row.start is not None and row.place is not None:
            expected = sums[row.start.isoformat()[:7], row.place]
            figures.count(
                "months and countries as coded", row.low == expected, f"{row.start} {row.place} {row.low} {expected}"
            )
            figures.count("  with a finite high, equal to it", row.high == row.low)
    done = time.perf_counter()
    print(f"assessed in {solved - begin:.1f} s, all tallies in {done - solved:.1f} s")


def planted(terms: list[Term], naming: Naming, figures: Figures) -> None:
    """Totals of each day and country as a second source, some altered: those are found and no others."""
    told = [t for t in terms if t.kind == "airstrike" and t.constrains and t.start]
    lines = [t for t in told if len({s.country for s in t.spots}) == 1]
    sums: dict[tuple[date, str], int] = defaultdict(int)
    for term in lines:
        if term.start is not None and term.spots[0].country:
            sums[term.start, term.spots[0].country] += term.least
    order = sorted(sums, key=lambda key: content_hash([key[0].isoformat(), key[1]]))
    altered = {key: (1 if n % 2 else -1) * (1 + n % 3) for n, key in enumerate(order[:ALTERED])}
    totals = {}
    for (day, country), strikes in sums.items():
        number = strikes + altered.get((day, country), 0)
        number = number if number >= 0 else strikes + 1
        spot = country_spot(country)
        total = msgspec.structs.replace(
            lines[0], id=f"total {day} {country}", document=f"total {day} {country}", text_hash=f"{day} {country}",
            release=None, low=number, high=number, spots=(spot,), start=day, end=day, said=day, scope="tally",
            speaker="second source", relations=(), sentence="", target=None, owner=None,
        )  # fmt: skip
        totals[total.id] = (total, (day, country) in altered)
    found = assess([*terms, *(t for t, _ in totals.values())], NOBODY, naming.registers)
    named = {id for c in found.components for each in c.contradictions for id in each.claims if id in totals}
    for id, (_, wrong) in sorted(totals.items()):
        figures.count("altered totals found" if wrong else "true totals left alone", (id in named) is wrong, id)
