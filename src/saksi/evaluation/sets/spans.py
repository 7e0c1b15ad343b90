"""Corpora of marked spans: how many of the marked words a layer finds, and how many it marks in vain.

Two spans agree when they overlap: these corpora take in articles, titles and heads that our layers
leave out ("the city of Raqqa"), so the exact edge says little of the reading.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from saksi.evaluation.sets.lines import Figures, corpus_lines
from saksi.reading.layers import LayerRow, layer_rows
from saksi.reading.read import Reading
from saksi.reading.reader import Reader

Span = tuple[int, int]
COUNTED = ("count", "measure", "both", "not a whole number")


class Found:
    """Counts of found, missed and vain spans for one label."""

    def __init__(self) -> None:
        self.gold = self.read = self.gold_hit = self.read_hit = 0

    def add(self, gold: list[Span], read: list[Span]) -> None:
        """Counts the spans of one text."""
        self.gold += len(gold)
        self.read += len(read)
        self.gold_hit += sum(any(overlaps(g, r) for r in read) for g in gold)
        self.read_hit += sum(any(overlaps(g, r) for g in gold) for r in read)

    def line(self, name: str) -> str:
        """Precision, recall and F1 in a line."""
        p = self.read_hit / self.read if self.read else 0.0
        r = self.gold_hit / self.gold if self.gold else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        return f"  {name:<14} precision {100 * p:5.1f}  recall {100 * r:5.1f}  F1 {100 * f:5.1f}  ({self.gold} marked)"


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def spans_of(reading: Reading, layer: str) -> list[LayerRow]:
    """The rows of one layer; of numbers those that count or measure, not labels, years and articles."""
    rows = layer_rows(reading, layer)
    return [r for r in rows if layer != "numbers" or r.value["kind"] in COUNTED]


def measure_labels(path: Path, key: str, layers: Mapping[str, str], misses: int) -> None:
    """Prints span figures for each label of a corpus against its layers."""
    reader, counts, shown = Reader(), {label: Found() for label in layers}, 0
    for line in corpus_lines(path):
        reading = reader.read(line.document())
        for label, layer in layers.items():
            gold = [(s["start"], s["end"]) for s in line.gold[key] if s["label"] == label]
            read = [(r.start, r.end) for r in spans_of(reading, layer)]
            counts[label].add(gold, read)
            for span in gold:
                if shown < misses and not any(overlaps(span, r) for r in read):
                    shown += 1
                    print(f"  missed {label}: {line.text[span[0] : span[1]]!r}")
    for label, found in counts.items():
        print(found.line(label))


def measure_re3d(path: Path, misses: int) -> None:
    """Organisations, places, times and quantities in reports on Syria and Iraq."""
    layers = {"Location": "places", "Organisation": "actors", "Temporal": "times", "Quantity": "numbers"}
    measure_labels(path, "entities", layers, misses)


def measure_id_ner(path: Path, misses: int) -> None:
    """Places, organisations, times and quantities in Indonesian sentences."""
    layers = {"PLACE": "places", "ORGANISATION": "actors", "TIME": "times", "QUANTITY": "numbers"}
    measure_labels(path, "spans", layers, misses)


def measure_id_facqa(path: Path, misses: int) -> None:
    """Whether the words of an answer are among the mentions of the right layer."""
    words = {
        "quantity": ("berapa", "numbers"),
        "date": ("kapan", "times"),
        "place": ("mana", "places"),
    }
    reader, figures = Reader(), Figures()
    for line in corpus_lines(path):
        question = str(line.gold["question"]).lower().split()
        span = (line.gold["start"], line.gold["end"])
        for label, (word, layer) in words.items():
            if word in question:
                read = [(r.start, r.end) for r in spans_of(reader.read(line.document()), layer)]
                figures.count(label, any(overlaps(span, r) for r in read), line.text[span[0] : span[1]])
                break
    figures.print(misses)


def measure_geowebnews(path: Path, misses: int) -> None:
    """Toponyms found, and of those found whether the point is within 161 km."""
    reader, found, figures = Reader(), Found(), Figures()
    for line in corpus_lines(path):
        gold = toponyms(line.gold)
        rows = spans_of(reader.read(line.document()), "places")
        found.add([g[0] for g in gold], [(r.start, r.end) for r in rows])
        for span, lat, lon, known in gold:
            row = next((r for r in rows if overlaps(span, (r.start, r.end))), None)
            if row is not None and lat is not None and row.value.lat is not None:
                near = kilometres(lat, lon or 0.0, row.value.lat, row.value.lon) <= 161
                same = known is not None and row.value.geonames_id == known
                figures.count("same entry or within 161 km, of found", near or same, row.text)
    print(found.line("toponyms"))
    figures.print(misses)


def toponyms(gold: dict[str, Any]) -> Iterable[tuple[Span, float | None, float | None, int | None]]:
    """The marked names, with their point and GeoNames id where coded.

    For a country or province our point is the centre of its people and GeoNames' that of its land:
    the same entry counts as right whatever the distance.
    """
    return [
        ((t["start"], t["end"]), t.get("lat"), t.get("lon"), int(t["geonameid"]) if t.get("geonameid") else None)
        for t in gold["toponyms"]
    ]


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The great-circle distance of two points, on a sphere of 6,371 km."""
    a, b = math.radians(lat1), math.radians(lat2)
    turn = math.radians(lon2 - lon1)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))
