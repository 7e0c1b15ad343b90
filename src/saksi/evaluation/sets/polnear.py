"""PolNeAR: for a given content, is its source found; and how far our sources cover the marked ones.

Their contents are exact clauses; ours is the sentence, since a claim keeps its sentence and its own
spans. A source counts as found when a source of ours overlaps it, over a sentence that overlaps the
content. Contents without a marked source ("it is said that") are left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from saksi.evaluation.sets.lines import Figures, corpus_lines
from saksi.evaluation.sets.spans import Found, Span, overlaps
from saksi.reading.layers import layer_rows
from saksi.reading.reader import Reader


def measure_polnear(path: Path, misses: int) -> None:
    """Prints the share of contents whose source is found, and span figures of the sources."""
    reader, figures, sources = Reader(), Figures(), Found()
    for line in corpus_lines(path):
        if line.gold.get("split", "dev") != "dev":
            continue
        rows = list(layer_rows(reader.read(line.document()), "attributions"))
        read = [(span(r.value["source"]), span(r.value["content"])) for r in rows if r.value["source"] is not None]
        gold = [a for a in line.gold["attributions"] if a["source"] and a["content"]]
        for attribution in gold:
            who, what = spans(attribution, "source"), spans(attribution, "content")
            right = any(any(overlaps(s, w) for w in who) and any(overlaps(c, w) for w in what) for s, c in read)
            figures.count("source found, of given contents", right, text_of(attribution))
        sources.add([s for a in gold for s in spans(a, "source")], [s for s, _ in read])
    figures.print(misses)
    print(sources.line("sources"))


def span(value: Any) -> Span:
    """The offsets of a span."""
    return value.start, value.end


def spans(attribution: Any, part: str) -> list[Span]:
    """The offsets of a part of a marked attribution."""
    return [(s[0], s[1]) for piece in attribution[part] for s in piece["spans"]]


def text_of(attribution: Any) -> str:
    """The words of a source and its cue."""
    cue = " ".join(piece["text"] for piece in attribution.get("cue") or [])
    return f"{' '.join(piece['text'] for piece in attribution['source'])!r} {cue!r}"
