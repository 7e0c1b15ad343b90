"""Strike-release lines: strikes, country and place, and every number of the line held by a claim.

The gold codes country, place and number of strikes. The rest of the line is not coded, so its numbers
are read back from the claims: each numeral, and each "a" or "an", must lie in the number span of a
claim that has a kind and a noun. In words joined by an apostrophe ("Mar'a") no article is sought.
"""

from __future__ import annotations

import re
from pathlib import Path

from saksi.evaluation.score import counted
from saksi.evaluation.sets.lines import Figures, Line, corpus_lines
from saksi.ledger.columns import Row, rows_of
from saksi.reading.reader import Reader
from saksi.registers.places.folding import fold
from saksi.registers.places.gazetteer import Gazetteer

WORDS = "an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
NUMBER = re.compile(rf"(?<![\w’'])(?:{WORDS}|\d+)\b", re.IGNORECASE)
COUNTRIES = {"Iraq": "IQ", "Syria": "SY", "Tikrit, Iraq": "IQ"}


def measure_oir(path: Path, misses: int) -> None:
    """Prints the figures of the strike-release lines."""
    reader, figures, lines = Reader(source="cjtf-oir"), Figures(), 0
    gazetteer = reader.vocabulary("en").gazetteer
    for line in corpus_lines(path):
        lines += 1
        rows = rows_of(reader.read(line.document()), {})
        score_strikes(line, rows, figures, gazetteer)
        score_numbers(line, rows, figures)
    print(f"{lines} lines, read with --source cjtf-oir")
    figures.print(misses)


def score_strikes(line: Line, rows: list[Row], figures: Figures, gazetteer: Gazetteer) -> None:
    """One strike claim with the coded number, country and place."""
    strikes = [r for r in rows if r.kind == "airstrike" and counted(r)]
    country = COUNTRIES.get(line.gold["country"])
    right = (
        len(strikes) == 1
        and strikes[0].low == line.gold["strikes"]
        and {p.country for p in strikes[0].places} == {country}
    )
    figures.count("strikes and country", right, line.text[:120])
    names = {fold(str(line.gold["place"])), fold(str(line.gold["place_refined"]))}
    ids = {row.geonames_id or row.id for name in names for row in gazetteer.named(name)}
    places = [p for r in strikes[:1] for p in r.places]
    fits = any(fold(p.name) in names or fold(p.text or "") in names or p.geonames_id in ids for p in places)
    figures.count("place", fits, line.text[:120])


def score_numbers(line: Line, rows: list[Row], figures: Figures) -> None:
    """Every number of the line is held, and no counted claim is without one."""
    held = [
        (e.start, e.end)
        for r in rows
        for e in r.evidence
        if e.field == "number" and not e.inferred and (r.unit or r.target)
    ]
    for match in NUMBER.finditer(line.text):
        inside = any(a is not None and b is not None and a <= match.start() < b for a, b in held)
        figures.count(
            "numbers held by a claim",
            inside,
            f"{match[0]!r} in {line.text[max(0, match.start() - 40) : match.end() + 40]!r}",
        )
    for row in rows:
        if row.exact:
            spans = [e for e in row.evidence if e.field == "number"]
            figures.count(
                "counted claims with a number",
                any(NUMBER.search(e.text or "") or row.vague for e in spans),
                str(spans),
            )
