"""How fast a batch reads: the same documents, made from templates, with one process and with two.

`python -m benchmarks.batch 100000` makes so many documents (20,000 where not said), reads them with one worker and with
two, and prints documents a second, their ratio, and the most memory that a worker held. The machine should have two
processors free.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

from saksi.batch.parts import Parts
from saksi.batch.run import Hands, run_batch
from saksi.batch.unit import How
from saksi.evaluation.gold import load_gold
from saksi.intake.document import Given

ROOT = Path(__file__).parent.parent
TOWNS = ("Goma", "Sake", "Kutum", "Marib", "Baquba", "Demoso", "Nabatieh", "Pokrovsk", "Bonny", "Nduga", "Poso")
FILLER = {
    "en": "The minister visited the market and spoke with traders about the price of rice and the state of the road. ",
    "id": "Menteri mengunjungi pasar itu dan berbicara dengan para pedagang tentang harga beras dan keadaan jalan. ",
}
OPENINGS = {
    "en": "{n} soldiers were killed and {m} were wounded in an attack near {town} on Tuesday, the army said. ",
    "id": "{n} prajurit tewas dan {m} terluka dalam serangan di dekat {town}, Selasa, kata juru bicara militer. ",
}


def make(path: Path, number: int) -> None:
    """Writes documents: an opening with chance numbers, a gold text of ours, and plain words, some 1,500 characters."""
    chance = random.Random(20)
    gold = {c: [g.text for g in load_gold(ROOT / "evaluate") if g.language == c] for c in OPENINGS}
    with path.open("w", encoding="utf-8") as out:
        for k in range(number):
            code = "id" if k % 2 else "en"
            opening = OPENINGS[code].format(n=chance.randint(2, 90), m=chance.randint(2, 90), town=chance.choice(TOWNS))
            text = f"{opening}\n\n{chance.choice(gold[code])[:700]}\n\n{FILLER[code] * 6}"
            day = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            out.write(json.dumps({"id": str(k), "text": text, "published": day, "language": code}) + "\n")


class Memory(threading.Thread):
    """Looks at the child processes, and keeps the most memory that one of them held, in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self.over = 0.0, threading.Event()

    def run(self) -> None:
        """Looks twice a second."""
        while not self.over.wait(0.5):
            for path in Path("/proc/self/task").glob("*/children"):
                for child in path.read_text().split():
                    self.most = max(self.most, held(child))


def held(process: str) -> float:
    """The most memory that a process has held, in MB; 0 for one that is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def main() -> None:
    """Prints the figures."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        path, rates = Path(folder) / "made.jsonl", {}
        make(path, number)
        print(f"{number:,} documents, {path.stat().st_size / number:.0f} bytes each")
        for workers in (1, 2):
            memory, begun = Memory(), time.monotonic()
            memory.start()
            total = run_batch([str(path)], Path(folder) / f"out{workers}", How(Given()), Hands(workers), resume=False)
            memory.over.set()
            rates[workers] = total.documents / (time.monotonic() - begun)
            print(f"{workers} workers: {rates[workers]:.0f} documents/s, {total.claims:,} claims, "
                  f"{memory.most:.0f} MB a worker at most")  # fmt: skip
        same = all(a == b for a, b in zip(*(Parts(Path(folder) / f"out{w}").reads() for w in rates), strict=True))
        print(f"two against one: {rates[2] / rates[1]:.2f}; the same claims: {same}")


if __name__ == "__main__":
    main()
