"""Saksi beside its peers on the same texts, in one run: `make peers`.

Times against dateparser, numbers against text2num and quantulum3, the whole reader against spaCy's
blank tokeniser with an entity ruler that holds the same words. Texts and answers are our gold
documents, seen and unseen, so that ours is not blind here: a time is right when it gives a day that a
claim begins on, a number when it is a claim's exact figure, a claim when kind and number agree. Peers
that lack a language are left out of it; a peer that is not installed says so.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from saksi import Reader
from saksi.evaluation.gold import SEEN, UNSEEN, GoldDocument, load_gold
from saksi.reading.layers import layer_rows
from saksi.reading.vocabulary import load_vocabulary

FOLDER = Path(__file__).parent.parent / "evaluate"
WORK = Callable[[GoldDocument], set[Any]]
FIGURE = re.compile(r"\d[\d,.]*")


def compare(name: str, golds: list[GoldDocument], wanted: WORK, read: WORK) -> None:
    """Prints how many of the answers one way of reading finds, how many it gives, and its speed."""
    start = time.process_time()
    found = [read(g) for g in golds]
    took = time.process_time() - start
    asked = [wanted(g) for g in golds]
    right = sum(len(a & f) for a, f in zip(asked, found, strict=True))
    total, given = sum(map(len, asked)), sum(map(len, found))
    print(f"  {name:<22} {right:4} of {total:4} found, {given:5} given   {len(golds) / max(took, 1e-9):9.0f} texts/s")


def days(gold: GoldDocument) -> set[str]:
    """The days that the gold claims begin on."""
    return {str(c.start) for c in gold.claims if hasattr(c.start, "isoformat")}


def figures(gold: GoldDocument) -> set[int]:
    """The exact numbers of the gold claims above one: "a" and "seorang" are another matter."""
    return {c.low for c in gold.claims if isinstance(c.low, int) and c.low == c.high and c.low > 1}


def claims(gold: GoldDocument) -> set[tuple[str, int]]:
    """(kind, number) of the gold claims with an exact number."""
    return {(c.kind, c.low) for c in gold.claims if isinstance(c.low, int) and c.low == c.high}


def ours(layer: str, reader: Reader) -> WORK:
    """Our own reading of one layer."""

    def read(gold: GoldDocument) -> set[Any]:
        rows = layer_rows(reader.read(gold.document()), layer)
        if layer == "times":
            return {str(r.value.start) for r in rows if r.value.start}
        return {r.value["low"] for r in rows if r.value["kind"] == "count" and r.value["low"] == r.value["high"]}

    return read


def our_claims(reader: Reader) -> WORK:
    """Our claims with an exact number."""

    def read(gold: GoldDocument) -> set[Any]:
        told = reader.read(gold.document()).claims
        return {(c.kind.value, c.quantity.value.low) for c in told if c.quantity and c.quantity.value.exact}

    return read


def by_dateparser() -> WORK:
    """dateparser's search, told the language and the day of publication."""
    from dateparser.search import search_dates

    def read(gold: GoldDocument) -> set[Any]:
        base = datetime.combine(gold.published, datetime.min.time()) if gold.published else None
        settings = {"RELATIVE_BASE": base} if base else {}
        found = search_dates(gold.text, languages=[gold.language], settings=settings) or []
        return {str(day.date()) for _, day in found}

    return read


def by_text2num() -> WORK:
    """text2num's digits for words, then every figure."""
    from text_to_num import alpha2digit

    def read(gold: GoldDocument) -> set[Any]:
        plain = alpha2digit(gold.text, gold.language)
        return {int(f.replace(",", "")) for f in FIGURE.findall(plain) if f.replace(",", "").isdigit()}

    return read


def by_quantulum() -> WORK:
    """quantulum3's quantities, without its classifier."""
    from quantulum3 import parser

    def read(gold: GoldDocument) -> set[Any]:
        return {int(q.value) for q in parser.parse(gold.text) if q.value == int(q.value)}

    return read


def by_spacy(language: str) -> WORK:
    """spaCy's blank tokeniser and entity ruler with our words; each number goes to the nearest event word."""
    import spacy

    nlp = spacy.blank(language)
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    forms = load_vocabulary(language).forms
    layers = {"event", "number"}
    patterns = [(w, f) for w, meanings in forms for f in meanings if f.layer in layers]
    ruler.add_patterns([{"label": f"{f.layer}:{f.value}", "pattern": w} for w, f in patterns])  # type: ignore[attr-defined]

    def read(gold: GoldDocument) -> set[Any]:
        made = set()
        for sentence in nlp(gold.text).sents:
            events = [e for e in sentence.ents if e.label_.startswith("event:")]
            digits = [(t.i, t.text.replace(",", "").replace(".", "")) for t in sentence if t.like_num]
            numbers = [(at, int(text)) for at, text in digits if text.isdigit()]
            numbers += [(e.start, int(e.label_[7:])) for e in sentence.ents if e.label_.startswith("number:")]
            for at, value in numbers if events else ():
                nearest = min(events, key=lambda e: abs(e.start - at))
                made.add((nearest.label_[6:], value))
        return made

    return read


def beside(name: str, golds: list[GoldDocument], wanted: WORK, make: Callable[[], WORK]) -> None:
    """Prints a peer's line, or that it is not installed."""
    try:
        read = make()
    except ImportError as error:
        print(f"  {name:<22} not installed ({error.name}): make peers")
        return
    compare(name, golds, wanted, read)


def main() -> None:
    """Prints all comparisons, a language at a time."""
    reader = Reader()
    every = [*load_gold(FOLDER, SEEN), *load_gold(FOLDER, UNSEEN)]
    for language in ("id", "en"):
        golds = [g for g in every if g.language == language]
        reader.read(golds[0].document())
        print(f"{language}: times")
        compare("saksi", golds, days, ours("times", reader))
        beside("dateparser", golds, days, by_dateparser)
        print(f"{language}: numbers")
        compare("saksi", golds, figures, ours("numbers", reader))
        if language == "en":  # neither peer has Indonesian
            beside("text2num", golds, figures, by_text2num)
            beside("quantulum3", golds, figures, by_quantulum)
        print(f"{language}: claims (kind and number)")
        compare("saksi", golds, claims, our_claims(reader))
        beside("spaCy ruler", golds, claims, lambda code=language: by_spacy(code))


if __name__ == "__main__":
    main()
