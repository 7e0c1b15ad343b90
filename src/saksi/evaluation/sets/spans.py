"""Corpora of marked spans: how many of the marked words a layer finds, and how many it marks in vain.

Two spans agree when they overlap: these corpora take in articles, titles and heads that our layers
leave out ("the city of Raqqa"), so the exact edge says little of the reading.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from saksi.evaluation.sets.lines import Figures, Line, corpus_lines
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


class Convention(NamedTuple):
    """How one label of a corpus is marked: by which layers we find it, and which of their rows are held against it.

    `names`: marked spans without a capital ("the town", "they") are left out, since the layer holds
    names; `kept`: says of a row of the layer whether the corpus would mark such words at all.
    """

    layers: tuple[str, ...]
    names: bool = False
    kept: Callable[[LayerRow], bool] = lambda row: True


def counts(row: LayerRow) -> bool:
    """Whether a number counts or measures: soft words ("many") and a bare "one" are hardly ever marked."""
    value = row.value
    figure = any(c.isdigit() for c in row.text)
    soft = not figure and (value["vague"] or value["high"] is None or (value["low"], value["high"]) == (1, 1))
    return value["kind"] in ("count", "measure", "not a whole number") and not soft


def dates(row: LayerRow) -> bool:
    """Whether a time is a date, however loose, and no spell ("two months") nor a part of the day ("the morning")."""
    loose = row.rule.startswith(("times:loose", "times:clock"))
    return not loose or (row.value.start is not None and "T" not in str(row.value.timex))


def days_or_spells(row: LayerRow) -> bool:
    """Whether a time is a day, however loose, or a length of time; not "now", "the morning", "09:30"."""
    timex, loose = row.value.timex or "", row.rule.startswith("times:loose")
    bare = len(row.text.split()) == 1 and timex.startswith("P")  # "years", "daily"
    soft = bare or timex.endswith("_REF") or "T" in timex[4:]
    return row.rule != "times:clock" and not (loose and soft)


PLACES, ACTORS = Convention(("places",), names=True), Convention(("actors",), names=True)
NUMBERS, TIMES = Convention(("numbers",), kept=counts), Convention(("times",), kept=days_or_spells)
DATES = Convention(("times",), kept=dates)
RE3D = {"Location": PLACES, "Organisation": ACTORS, "Temporal": TIMES, "Quantity": NUMBERS}
# five corpora in one file, each with labels of its own; what a corpus does not mark is not asked of it
ID_NER = {
    "nergrit": {"PLACE": PLACES, "ORGANISATION": ACTORS},
    "nerp": {"PLC": Convention(("places",))},  # written in small letters throughout
    "nerui": {"LOCATION": PLACES, "ORGANIZATION": ACTORS},
    "nerugm": {"LOCATION": PLACES, "ORGANIZATION": ACTORS, "TIME": DATES, "QUANTITY": NUMBERS},
    "idner2k": {"LOC": PLACES, "ORG": ACTORS},
}
SHOWN_AS = {"LOCATION": "PLACE", "LOC": "PLACE", "PLC": "PLACE", "ORGANIZATION": "ORGANISATION", "ORG": "ORGANISATION"}


def spans_of(reading: Reading, layer: str) -> list[LayerRow]:
    """The rows of one layer; of numbers those that count or measure, not labels, years and articles."""
    rows = layer_rows(reading, layer)
    return [r for r in rows if layer != "numbers" or r.value["kind"] in COUNTED]


def read_spans(reading: Reading, convention: Convention) -> list[Span]:
    """What the layers of a convention hold."""
    rows = [r for layer in convention.layers for r in layer_rows(reading, layer) if convention.kept(r)]
    return sorted({(r.start, r.end) for r in rows})


def asked_and_held(
    line: Line, key: str, label: str, convention: Convention, read: list[Span]
) -> tuple[list[Span], list[Span]]:
    """The marked spans of one label, and what we read against them.

    A read span inside words of another label is left out: these corpora mark only the outermost name.
    """
    spans = [(m, (m["start"], m["end"])) for m in line.gold[key]]
    asked = [s for m, s in spans if m["label"] == label and (not convention.names or has_name(line.text, m))]
    other = [s for _, s in spans if s not in asked]
    return asked, held_against(asked, other, read)


def held_against(asked: list[Span], other: list[Span], read: list[Span]) -> list[Span]:
    """The read spans that a corpus can judge: those on what is asked, and those on nothing else that it marks."""
    return [r for r in read if any(overlaps(a, r) for a in asked) or not any(overlaps(o, r) for o in other)]


PRONOUNS = frozenset(("we", "they", "it", "he", "she", "us", "our", "i", "you"))


def has_name(text: str, mark: dict[str, Any]) -> bool:
    """Whether marked words hold a name: a capital that the beginning of a sentence does not explain."""
    words = text[mark["start"] : mark["end"]]
    if words.lower() in PRONOUNS:
        return False
    inner = words[1:]
    before = text[: mark["start"]].rstrip()
    opens = not before or before[-1] in ".!?\n"
    return any(c.isupper() for c in inner) or (words[:1].isupper() and not opens)


def measure_labels(path: Path, key: str, tables: Mapping[str, Mapping[str, Convention]], misses: int) -> None:
    """Prints span figures for each label of a corpus against its layers; `tables` by the set a text is of."""
    reader, counts, missed = Reader(), defaultdict[str, Found](Found), list[str]()
    for line in corpus_lines(path):
        reading, table = reader.read(line.document()), tables.get(str(line.gold.get("set")), tables.get("", {}))
        for label, convention in table.items():
            shown = SHOWN_AS.get(label, label)
            read = read_spans(reading, convention)
            asked, held = asked_and_held(line, key, label, convention, read)
            counts[shown].add(asked, held)
            lost = [(a, b) for a, b in asked if not any(overlaps((a, b), r) for r in held)]
            missed += [f"  missed {shown}: {line.text[a:b]!r}" for a, b in lost]
    for label, found in sorted(counts.items()):
        print(found.line(label))
    for each in missed[:misses]:
        print(each)


def measure_re3d(path: Path, misses: int) -> None:
    """Organisations, places, times and quantities in reports on Syria and Iraq."""
    measure_labels(path, "entities", {"": RE3D}, misses)


def measure_id_ner(path: Path, misses: int) -> None:
    """Places, organisations, times and quantities in Indonesian sentences."""
    measure_labels(path, "spans", ID_NER, misses)


def asked_for(question: list[str]) -> str | None:
    """The layer that the answer of an Indonesian question lies in, by its question word; None for others.

    "Tahun berapa" asks for a date, and "bank mana" for no place.
    """
    for word, layer in (("berapa", "numbers"), ("kapan", "times"), ("mana", "places")):
        if word in question:
            beside = {*question[max(0, question.index(word) - 2) : question.index(word) + 3]}
            if layer == "numbers" and beside & DATE_WORDS:
                return "times"
            return layer if layer != "places" or beside & PLACE_WORDS else None
    return None


DATE_WORDS = frozenset(("tahun", "tanggal", "bulan", "kapan"))
PLACE_WORDS = frozenset(("di", "ke", "dari", "kota", "daerah", "negara", "provinsi", "kabupaten", "pulau", "desa"))


def measure_id_facqa(path: Path, misses: int) -> None:
    """Whether the words of an answer are among the mentions of the right layer."""
    names = {"numbers": "quantity", "times": "date", "places": "place"}
    reader, figures = Reader(), Figures()
    for line in corpus_lines(path):
        layer = asked_for(str(line.gold["question"]).lower().split())
        if layer is not None:
            span = (line.gold["start"], line.gold["end"])
            read = [(r.start, r.end) for r in spans_of(reader.read(line.document()), layer)]
            figures.count(names[layer], any(overlaps(span, r) for r in read), line.text[span[0] : span[1]])
    figures.print(misses)


def measure_geowebnews(path: Path, misses: int) -> None:
    """Toponyms found, with adjectives of countries as they mark them, and whether country and point are right."""
    reader, found, figures, far = Reader(), Found(), Figures(), list[float]()
    for line in corpus_lines(path):
        reading = reader.read(line.document())
        rows = spans_of(reading, "places")
        read = [(r.start, r.end) for r in (*rows, *spans_of(reading, "demonyms"))]
        marks = toponyms(line.gold)
        asked = [mark for mark in marks if mark.asked]
        wanted, ignored = [m.span for m in asked], [m.span for m in marks if m.ignored]
        found.add(wanted, held_against(wanted, ignored, read))
        for mark in asked:
            row = next((r for r in rows if overlaps(mark.span, (r.start, r.end))), None)
            if row is not None and mark.lat is not None and row.value.lat is not None:
                away = kilometres(mark.lat, mark.lon or 0.0, row.value.lat, row.value.lon)
                same = mark.known is not None and row.value.geonames_id == mark.known
                far.append(0.0 if same else away)
                figures.count("same entry or within 161 km, of found", away <= 161 or same, row.text)
                entry = reading.found.page.vocabulary.gazetteer.by_id(mark.known) if mark.known else None
                if entry is not None and entry.country is not None:  # their entry is in our gazetteer too
                    figures.count("same country, of found", row.value.country == entry.country, row.text)
    print(found.line("toponyms"))
    if far:
        print(f"  mean distance, of found             {sum(far) / len(far):6.0f} km (a same entry is 0)")
    figures.print(misses)


class Toponym(NamedTuple):
    """A marked name with its kind, point and GeoNames id where coded."""

    span: Span
    kind: str
    lat: float | None
    lon: float | None
    known: int | None

    @property
    def asked(self) -> bool:
        """Whether it is a name, or an adjective of one, that stands for a place."""
        return self.kind in TOPONYMS

    @property
    def ignored(self) -> bool:
        """Common nouns ("the country"), places inside other names ("Cambridge Analytica"): neither asked nor vain."""
        return self.kind.endswith("_Expression") or self.kind == "Embedded_Non_Lit"


# the kinds of their guide that are toponyms; homonyms, languages and what is no toponym are vain when read
TOPONYMS = frozenset(
    ("Literal", "Mixed", "Metonymic", "Coercion", "Literal_Modifier", "Non_Literal_Modifier", "Demonym",
     "Embedded_Literal")
)  # fmt: skip


def toponyms(gold: dict[str, Any]) -> list[Toponym]:
    """The marked names, with their point and GeoNames id where coded; a name of no kind stands for a place.

    For a country or province our point is the centre of its people and GeoNames' that of its land:
    the same entry counts as right whatever the distance.
    """
    return [
        Toponym(
            (t["start"], t["end"]), t.get("type") or "Literal", t.get("lat"), t.get("lon"),
            int(t["geonameid"]) if t.get("geonameid") else None,
        )
        for t in gold["toponyms"]
    ]  # fmt: skip


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The great-circle distance of two points, on a sphere of 6,371 km."""
    a, b = math.radians(lat1), math.radians(lat2)
    turn = math.radians(lon2 - lon1)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))
