"""Gold as labelled numbers: for each number of a text the kinds of act it may belong to, none, or unsure.

Offsets are code points into the text, half open. A document is closed: a number it does not list belongs to
no act.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from saksi.errors import EvaluationError
from saksi.evaluation.gold import GoldDocument, load_gold
from saksi.intake.document import Document
from saksi.languages.files import HERE, known_languages, load_yaml

WRITTEN = 0.25  # what a written sentence is worth beside a real one: it is denser than news is


class Label(msgspec.Struct, frozen=True):
    """A number at characters [start, end), or of this value where its place is not given."""

    kinds: frozenset[str]
    start: int = -1
    end: int = -1
    low: int | None = None
    high: int | None = None
    unsure: bool = False
    countries: frozenset[str] = frozenset()  # where it happened, where an example says so

    def is_of(self, start: int, end: int, low: int | None, high: int | None) -> bool:
        """Whether a number of the text is the one that is meant."""
        here = self.start < 0 or (self.start < end and start < self.end)
        return here and ((self.start >= 0 and self.low is None) or (low, high) == (self.low, self.high))


class Labelled(msgspec.Struct):
    """A document with the labels of its numbers."""

    document: Document
    labels: list[Label]
    source: str | None = None
    worth: float = 1.0  # how much it counts among the others


def real_documents(texts: Path, gold: Path) -> Iterator[Labelled]:
    """Whole real documents with claims told by offsets (`at`), kinds that are right, and `unsure`."""
    told = {g["id"]: g["claims"] for g in map(json.loads, gold.read_text("utf-8").splitlines())}
    for line in map(json.loads, texts.read_text("utf-8").splitlines()):
        if line["id"] not in told:
            raise EvaluationError(f"{gold}: has no claims for the document {line['id']!r} of {texts}")
        claims = told[line["id"]]
        labels = [Label(frozenset(c["kind"]), c["at"][0], c["at"][1], unsure=c["unsure"]) for c in claims]
        day = date.fromisoformat(line["published"][:10]) if line["published"] else None
        document = Document(text=line["text"], ref=line["id"], language=line["language"], published=day)
        yield Labelled(document, labels)


def own_documents(folder: Path) -> Iterator[Labelled]:
    """Our own gold, its claims told by quotes and bounds."""
    for gold in load_gold(folder):
        yield Labelled(gold.document(), list(quoted_labels(gold)), gold.source)


def quoted_labels(gold: GoldDocument) -> Iterator[Label]:
    """The labels of a gold document's counted claims; a bound that is not written fits any number of the quote."""
    for claim in gold.claims:
        start = gold.text.index(claim.quote)
        low = None if isinstance(claim.low, msgspec.UnsetType) else claim.low
        high = None if isinstance(claim.high, msgspec.UnsetType) else claim.high
        end = start + len(claim.quote)
        yield Label(frozenset((claim.kind,)), start, end, low, high, claim.optional)


def sentences(folder: Path) -> Iterator[Labelled]:
    """The written sentences of `sentences/<language>[-...].yml`, in the form of the examples."""
    for path in sorted((folder / "sentences").glob("*.yml")):
        told = load_yaml(path)
        for number, entry in enumerate(told["sentences"]):
            document = Document(text=entry["text"], language=path.stem[:2], ref=f"{path.stem} {number}")
            labels = list(map(short_label, filter(SHORT.match, entry["says"])))
            yield Labelled(document, labels, worth=told.get("worth", WRITTEN))


SHORT = re.compile(r"(?P<kind>\w+) (?:(?P<most>\.\.\d+)|(?P<low>\d+)(?P<more>\+)?(?:-(?P<high>\d+))?)")


def examples() -> Iterator[Labelled]:
    """The sentences of each language's examples.yml, their claims in the short form told there."""
    for code in known_languages():
        for entry in load_yaml(HERE / code / "examples.yml")["examples"]:
            if entry.get("known") != "wrong":
                document = Document(text=entry["text"], language=code, ref=f"{code}: {entry['shows']}")
                yield Labelled(document, list(map(short_label, filter(SHORT.match, entry["says"]))))


def short_label(claim: str) -> Label:
    """The label of a claim in the short form: "kill 12+ person @PS"."""
    told = SHORT.match(claim)
    assert told is not None
    kinds, countries = frozenset((told["kind"],)), frozenset(re.findall(r"@(\w+)", claim))
    if told["most"]:
        return Label(kinds, high=int(told["most"][2:]), countries=countries)
    low = int(told["low"])
    high = None if told["more"] else int(told["high"] or low)
    return Label(kinds, low=low, high=high, countries=countries)
