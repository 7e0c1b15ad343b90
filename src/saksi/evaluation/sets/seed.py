"""The seed page against its full gold: every core claim, nothing in an excluded span, none invented.

Its gold has kinds of its own; the table below says which of ours each is. `core` claims are scored;
`secondary` and `optional` ones are neither missed nor wrong.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from saksi.errors import EvaluationError
from saksi.evaluation.score import counted
from saksi.evaluation.sets.lines import Figures
from saksi.intake.document import Document
from saksi.ledger.columns import Row, rows_of
from saksi.reading.reader import Reader

PUBLISHED = "2019-04-15"
KINDS = {"conduct_airstrike": "airstrike", "target": "aim_at", "declare_victory": "declare_victory",
         "capture": "capture_place", "attack": "attack", "mine_clearance": "clear_mines", "sweep_area": "search",
         "uncover_weapons_cache": "find", "campaign_continues": "campaign_continues", "remain_present": "strength",
         "suicide_operations_continue": "suicide_attack"}  # fmt: skip
CLASSES = {"tactical unit": "tactical_unit", "fighting position": "fighting_position", "supply route": "supply_route",
           "vehicle-borne IED": "vehicle_borne_ied", "command-and-control node": "command_node",
           "weapons cache": "weapons_cache", "military position": "military_position"}  # fmt: skip
THINGS = frozenset(["vehicle", "building", "tunnel", "cave", "compound", "fighter"])
SPEAKERS = {"coalition": "coalition", "SDF": "sdf", "Sean Robertson, Pentagon spokesman": "Sean Robertson",
            "US officials (unnamed, plural)": "us-government"}  # fmt: skip


def measure_seed(path: Path, misses: int) -> None:
    """Prints the figures of the seed page; PATH is its gold, with the text beside it."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (path.parent / gold["document"]["path_in_seed_folder"]).read_text(encoding="utf-8")
    except (OSError, ValueError, KeyError) as error:
        raise EvaluationError(f"{path} is not the seed's gold: {error}") from None
    document = Document(text=text, language="id", published=msgspec.convert(PUBLISHED, type=date))
    reader = Reader()
    rows = rows_of(reader.read(document), reader.actor_names("id"))
    figures = Figures()
    used = score_core(gold, rows, figures)
    score_precision(gold, rows, used, figures)
    print(f"seed page, read with --published {PUBLISHED}: {len(rows)} claims")
    figures.print(misses)


def score_core(gold: dict[str, Any], rows: list[Row], figures: Figures) -> set[str]:
    """Each core claim's fields; returns the ids of the rows that stand for gold claims."""
    used: set[str] = set()
    for claim in gold["claims"]:
        row = partner(claim, rows, used)
        if row is not None:
            used.add(row.id)
        if claim["importance"] != "core":
            continue
        figures.count("core claims found", row is not None, claim["id"])
        if row is not None:
            for name, right in fields(claim, row):
                figures.count(
                    f"  {name}",
                    right,
                    f"{claim['id']} read {row.kind} {row.low}-{row.high} {row.start} {row.end}",
                )
    return used


def partner(claim: dict[str, Any], rows: list[Row], used: set[str]) -> Row | None:
    """The row that stands for a gold claim: overlapping its evidence, of its kind and number."""
    kind = kind_of(claim)
    quantity = claim.get("quantity") or {}
    spans = [(e["start"], e["end"]) for e in claim["evidence"]]
    found = [r for r in rows if r.id not in used and r.kind == kind and stands_in(r, spans)]
    if quantity.get("value") is not None:
        found = [r for r in found if r.low == r.high == quantity["value"]]
    wanted = {p.get("surface") for p in claim["place"]} - {None}
    found.sort(key=lambda r: not any(p.text in wanted for p in r.places))
    return found[0] if found else None


def stands_in(row: Row, spans: list[tuple[int, int]]) -> bool:
    """Whether a row's kind, number or target stands in one of the spans."""
    starts = [e.start for e in row.evidence if e.field in ("kind", "number", "target") and e.start is not None]
    return any(a <= start < b for start in starts for a, b in spans)


def kind_of(claim: dict[str, Any]) -> str:
    """Our kind for a gold claim."""
    if claim["kind"] == "plan":
        return "statement"
    lemma = str(claim["action"]["lemma"])
    return KINDS.get(lemma, lemma)


def fields(claim: dict[str, Any], row: Row) -> list[tuple[str, bool]]:
    """The fields of a core claim that its gold states, and whether the row has them right."""
    found = [("number", number_fits(claim, row))]
    thing = CLASSES.get(claim["target"].get("canonical"), claim["target"].get("canonical"))
    if thing in THINGS or thing in CLASSES.values():
        found.append(("object", row.target == thing))
    found.append(("country", countries(claim) == {p.country for p in row.places}))
    time = claim["time"]
    if claim["kind"] != "estimate":
        start, end = (None if d is None else d.isoformat() for d in (row.start, row.end))
        found.append(("period", (start, end) == (time.get("start"), time.get("end"))))
    else:
        found.append(
            (
                "period",
                row.start is not None and time["start"] <= row.start.isoformat() <= time["end"],
            )
        )
    first = claim["source_chain"][0]["who"]
    cells = {c for cell in (row.speaker, row.speaker_org) if cell is not None for c in (cell.id, cell.text)}
    found.append(("speaker", SPEAKERS[first] in cells if first in SPEAKERS else not cells))
    if claim["kind"] in ("plan", "concern"):
        found.append(("stance", row.stance == {"plan": "plans", "concern": "fears"}[claim["kind"]]))
    return found


def countries(claim: dict[str, Any]) -> set[str]:
    """The gold's countries."""
    return {p["country"] for p in claim["place"]}


def number_fits(claim: dict[str, Any], row: Row) -> bool:
    """Whether the number agrees: exact where the gold is, soft where its words are, else unsaid."""
    quantity = claim.get("quantity")
    if not quantity:
        return not counted(row)
    if quantity["value"] is not None:
        return row.low == row.high == quantity["value"] and row.exact
    return not row.exact and (row.low is None or quantity["min"] is None or row.low in (quantity["min"], 1000))


def score_precision(gold: dict[str, Any], rows: list[Row], used: set[str], figures: Figures) -> None:
    """Counted claims that no gold claim stands for are wrong; excluded spans ground nothing."""
    for row in rows:
        if counted(row):
            figures.count("counted claims that are right", row.id in used, f"{row.kind} {row.low} {row.unit}")
    for span in gold["excluded_spans"]:
        inside = [e for r in rows for e in r.evidence if e.start is not None and span["start"] <= e.start < span["end"]]
        figures.count("excluded spans that ground nothing", not inside, str(inside[:1]))
    strikes = [r for r in rows if r.kind == "airstrike" and counted(r)]
    figures.count("52 strikes once", len(strikes) == 1 and strikes[0].low == 52)
    units = {(r.kind, r.low, p.country) for r in rows if r.target == "tactical_unit" for p in r.places}
    figures.count(
        "28 aimed at in Syria, 3 destroyed in Iraq",
        units == {("aim_at", 28, "SY"), ("destroy", 3, "IQ")},
    )
    cars = {(r.target, r.low) for r in rows if r.target in ("vehicle", "vehicle_borne_ied")}
    figures.count(
        "72 vehicles apart from 3 vehicle bombs",
        cars == {("vehicle", 72), ("vehicle_borne_ied", 3)},
    )
