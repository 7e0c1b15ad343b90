"""How fast Saksi starts and reads: `make benchmarks` prints figures, and a ratio to a baseline of the same run.

The baseline is one pass of a plain regular expression for words over the same texts, on the same
machine, in the same process: figures move with the machine, the ratio hardly does.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from saksi import Document, Reader
from saksi.evaluation.gold import load_gold

ROOT = Path(__file__).parent.parent
ARTICLE = 2500  # characters
WORD = re.compile(r"\w+")


def articles() -> list[Document]:
    """Our own gold texts strung together and cut into articles: claims stand closer than in real news."""
    made = []
    for code in ("id", "en"):
        text = "\n\n".join(g.text for g in load_gold(ROOT / "evaluate") if g.language == code)
        made += [
            Document(text=text[i : i + ARTICLE], language=code) for i in range(0, len(text) - ARTICLE, ARTICLE // 4)
        ]
    return made


def plain() -> list[Document]:
    """Articles in which one paragraph in four counts anything, as in ordinary news."""
    filler = (
        "The minister visited the market on the outskirts of the town and spoke with traders about the price of rice. "
        "Officials said the road had been repaired and that schools would open again after the holiday. "
    )
    gold = [g.text.replace("\n", " ") for g in load_gold(ROOT / "evaluate") if g.language == "en"]
    return [Document(text=(g[:600] + "\n\n" + filler * 12)[:ARTICLE], language="en") for g in gold]


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The least processor time of several runs."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def reading(name: str, documents: list[Document]) -> None:
    """Prints articles a second, and the ratio to the baseline."""
    reader = Reader()
    for document in documents[:4]:
        reader.read(document)
    took = seconds(lambda: [reader.read(d) for d in documents])
    base = seconds(lambda: [WORD.findall(d.text) for d in documents])
    rate = len(documents) / took
    print(f"{name:<34} {rate:8.0f} articles/s a core   {took / base:6.1f} times the plain word pass")


def starting(name: str, *args: str) -> None:
    """Prints the best wall time of a whole process, beside that of a bare interpreter."""
    command = [sys.executable, "-c", "from saksi.cli import main; main()", *args]
    best = min(wall(command) for _ in range(5))
    bare = min(wall([sys.executable, "-c", "pass"]) for _ in range(5))
    print(f"{name:<34} {best:8.3f} s   {best / bare:6.1f} times a bare interpreter")


def wall(command: list[str]) -> float:
    """The wall time of a process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Prints all figures."""
    reading("articles dense with claims", articles())
    reading("articles of ordinary news", plain())
    starting("saksi --help", "--help")
    page = str(ROOT / "examples/reports.jsonl")
    starting("saksi read, cold, one file", "read", page, "--format", "jsonl")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory of this process':<34} {peak:8.0f} MB")


if __name__ == "__main__":
    main()
