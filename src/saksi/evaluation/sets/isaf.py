"""ISAF releases, hand-coded: date, type, province, group, least killed, least captured.

The coders work by the release: one date, sets of types, provinces and groups, and the least number of
killed and captured persons ("several" is 3 for them, "multiple" and a bare plural too, as their tables
show), "numerous" 4. The measure takes the claims of the release's first happenings and forms those six answers.
"""

from __future__ import annotations

from pathlib import Path

from saksi.evaluation.sets.ledgers import answers, nearness, together
from saksi.evaluation.sets.lines import NO_ACTS, Figures, Line, corpus_lines, of_another
from saksi.ledger.columns import Row, rows_of
from saksi.reading.read import Reading
from saksi.reading.reader import Reader
from saksi.reading.values import Mention, Place
from saksi.reconcile.boxes import Question
from saksi.reconcile.terms import country_spot
from saksi.registers.places.folding import fold

AFGHANISTAN = country_spot("AF")
SEVERAL = 3  # the coders' number for "several", "multiple" and bare plurals
GROUPS = {"taliban": "taliban", "haqqani": "haqqani", "imu": "imu", "hig": "hig", "al-qaeda": "aq"}
LONGEST_WINDOW = 7  # days; "over the past month" is not of the release's operation
NUMEROUS = 4  # and for "numerous"
ENEMIES = frozenset(("fighter", "suspect", "leader", "person", "attacker", None))


def measure_isaf(path: Path, misses: int) -> None:
    """Prints the share of releases with the coded value, for each of the six fields, and what they tell together."""
    figures, lines, added = scored(path)
    print(f"{lines} releases, read with --source isaf")
    figures.print(misses)
    print(f"  {'killed, all as one ledger':<34} {100 * added:6.2f} %  (of what coders and the tally say, less by more)")


def isaf_figures(path: Path) -> dict[str, float]:
    """The figures that floors are set under."""
    figures, _, added = scored(path)
    return {name: figures.right[name] / asked for name, asked in figures.asked.items()} | {"added": added}


def scored(path: Path) -> tuple[Figures, int, float]:
    """The fields that are right, the number of releases, and how near their ledger's tally is to the coders' sum."""
    reader, figures, lines = Reader(source="isaf"), Figures(), list(corpus_lines(path))
    told: list[Row] = []
    for line in lines:
        reading = reader.read(line.document())
        rows = rows_of(reading, {})
        score_line(line, reading, rows, figures)
        told += rows
    coded = sum(line.gold["min_killed"] for line in lines)
    return figures, len(lines), nearness(incidents_of(told), coded)


def incidents_of(rows: list[Row]) -> int:
    """How many were killed in Afghanistan by these claims, each incident counted once."""
    found = answers(together(rows, "kill"), Question(kind="kill", spots=(AFGHANISTAN,)))
    return next(row.low for row in found if row.of in ("linked", "joint"))


def score_line(line: Line, reading: Reading, rows: list[Row], figures: Figures) -> None:
    """Scores one release."""
    gold, text = line.gold, line.text.replace("\n", " ")[:200]
    acts = [r for r in rows if r.stance not in NO_ACTS and r.scope != "cumulative" and not told_again(r)]
    killed, captured = persons(acts, "kill"), persons(acts, "detain")
    day, types = day_of(acts), types_of(acts, killed, captured)
    if not (types or killed) and (harmed := persons(acts, "kill", civilians=True)):
        killed, types = harmed, {"civiliancasualty"}  # their dead are counted where nobody else died
    groups, provinces = groups_of(reading), provinces_of(reading)
    answers: dict[str, tuple[str, object, bool]] = {
        "date": ("start_date", day, day == gold["start_date"]),
        "type": ("event_type", sorted(types), types == set(gold["event_type"])),
        "province": ("province", sorted(provinces), provinces == coded_provinces(reading, gold["province"])),
        "group": ("target_group", sorted(groups), groups == set(gold["target_group"])),
        "killed": ("min_killed", killed, killed == gold["min_killed"]),
        "captured": ("min_captured", captured, captured == gold["min_captured"]),
    }
    if day is None and reading.found.page.published is None:
        del answers["date"]  # no word tells the day, nor when the release is of
    for name, (coded, read, right) in answers.items():
        figures.count(name, right, f"wanted {gold[coded]}, read {read}: {text}")


def told_again(row: Row) -> bool:
    """Whether a claim only restates another, is part of one, or is of a window longer than a release's day."""
    if row.start and row.end and (row.end - row.start).days > LONGEST_WINDOW:
        return True
    return of_another(row)


def day_of(rows: list[Row]) -> str | None:
    """The first day told in words, else the first inferred."""
    dated = [r for r in rows if r.start is not None and r.date_precision in ("day", "range")]
    dated.sort(key=lambda r: any(e.field == "period" and e.inferred for e in r.evidence))
    return dated[0].start.isoformat() if dated and dated[0].start else None


def persons(rows: list[Row], kind: str, *, civilians: bool = False) -> int:
    """The least number of persons by their claims, of civilians or of all others; a figure told again counts once."""
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        if (
            row.kind != kind
            or row.negated
            or row.target not in ENEMIES
            or row.counts is None
            or (row.target_status == "civilian") != civilians
        ):
            continue
        soft = row.vague or row.high is None
        low = coded_low(row) if soft and (row.low or 0) == 2 else (row.low or 0)
        seen[(row.sentence.start, row.target_text, row.low)] = low
    return sum(seen.values())


def coded_low(row: Row) -> int:
    """The coders' number for a soft word."""
    words = " ".join(e.text or "" for e in row.evidence if e.field == "number").lower()
    return NUMEROUS if "numerous" in words else SEVERAL


def types_of(rows: list[Row], killed: int, captured: int) -> set[str]:
    """The coders' types of event."""
    types = set()
    if any(r.kind == "airstrike" for r in rows) and not captured:
        return {"airstrike"}
    if killed and captured:
        types.add("captureandkill")
    elif killed:
        types.add("insurgentskilled")
    elif captured:
        types.add("detention")
    return types


def summaries(reading: Reading) -> set[str]:
    """The claims set in several provinces, where others are set in one: a lead that sums up the day's releases."""
    placed = {c.id: {province(p.value) for p in c.places} - {None} for c in reading.claims if c.counts}
    alone = any(len(provinces) == 1 for provinces in placed.values())
    return {claim for claim, provinces in placed.items() if alone and len(provinces) > 1}


def provinces_of(reading: Reading) -> set[int]:
    """The provinces of the places where the claims of the body set their acts; else those named.

    A headline lists the provinces of all that a day's release held, of which the coded text is a part.
    """
    headline = next((b for b in reading.found.page.blocks if b.kind == "headline"), None)
    begin = headline.end if headline else 0
    of_all = summaries(reading)
    acts = [c for c in reading.claims if c.anchor.start >= begin and c.stance and c.stance.value not in NO_ACTS]
    acts = [c for c in acts if c.id not in of_all]
    places = [p for c in acts if c.counts for p in c.places if p.value.country == "AF"]
    told = {province(p.value) for p in places if isinstance(p, Mention)} or {province(p.value) for p in places}
    named = {m.place.id for m in reading.found.places.values() if m.place.level == "admin1"}
    return (told - {None}) or named  # type: ignore[return-value]


def province(place: Place) -> int | None:
    """The province a place is or lies in."""
    return place.id if place.level == "admin1" else place.admin1_id


def coded_provinces(reading: Reading, names: list[str]) -> set[int]:
    """The coders' provinces as places of the gazetteer."""
    rows = [r for n in names for r in reading.found.page.vocabulary.gazetteer.named(fold(n))]
    return {r.id for r in rows if r.country == "AF" and r.level == "admin1"}


def groups_of(reading: Reading) -> set[str]:
    """The armed groups named."""
    ids = {a.actor.id for a in reading.found.actors.values()}
    return {GROUPS[i] for i in ids if i in GROUPS}
