"""Seconds that texts made to take long cost, per 100,000 characters, beside ordinary prose of the same length.

usage: python -m benchmarks.floods [CHARACTERS]
"""

from __future__ import annotations

import sys
import time

from benchmarks.speed import articles
from saksi import Document, Reader
from tests.floods.shapes import floods


def spent(reader: Reader, document: Document, times: int = 2) -> tuple[float, int]:
    """The least processor time of some readings, and the claims that were read."""
    best, claims = float("inf"), 0
    for _ in range(times):
        begun = time.process_time()
        claims = len(reader.read(document).claims)
        best = min(best, time.process_time() - begun)
    return best, claims


def main() -> None:
    """Prints our own gold as a measure of the machine, then every shape, the slowest first."""
    length, reader = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, Reader()
    prose = "\n\n".join(each.text for each in articles() if each.language == "en")[:length]
    rows = [("dense reports, as a measure", *spent(reader, Document(text=prose, language="en")))]
    rows += sorted(((f"{f.language} {f.name}", *spent(reader, f.document(length))) for f in floods()),
                   key=lambda row: -row[1])  # fmt: skip
    for name, seconds, claims in rows:
        print(f"{seconds * 100_000 / length:6.2f} s  {claims:6} claims  {name}")
    slow = sum(row[1] * 100_000 / length > 2 for row in rows[1:])
    print(f"{slow} of {len(rows) - 1} shapes take more than 2 s per 100,000 characters")


if __name__ == "__main__":
    main()
