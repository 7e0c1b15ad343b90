"""A busy afternoon: thirty people on the page while a reviewer judges and a reader adds; every answer is timed.

    python -m benchmarks.load [--claims 100000] [--keep FOLDER] [--seconds 300]

The ledger is that of `benchmarks.serve`. Each person goes from page to page, looking at each for one to five seconds;
the reviewer judges a claim every two seconds over HTTP; `saksi read` adds 25 reports at a time, again and again, in a
process of its own. An answer that is no success is an error and is counted. What the machine had to do besides is told.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import httpx

from benchmarks.serve import Pages, asked_of, make, memory, served

PEOPLE, LOOKS, JUDGES, REPORTS = 30, (1.0, 5.0), 2.0, 25


class Afternoon:
    """What happens to one server between a beginning and an end."""

    def __init__(self, base: str, ledger: Path, seconds: float) -> None:
        self.base, self.ledger, self.until = base, ledger, time.perf_counter() + seconds
        self.times: dict[str, list[float]] = {}
        self.wrong: Counter[str] = Counter()
        self.read = 0

    def goes_on(self) -> bool:
        """Whether the end is not reached."""
        return time.perf_counter() < self.until

    def asked(self, name: str, ask: Callable[[], httpx.Response], *fine: int) -> None:
        """Times one answer."""
        begun = time.perf_counter()
        try:
            status = ask().status_code
        except httpx.TransportError as error:
            self.wrong[f"{name}: {type(error).__name__}"] += 1
            return
        self.times.setdefault(name, []).append(time.perf_counter() - begun)
        if status not in fine:
            self.wrong[f"{name}: {status}"] += 1

    def visit(self, pages: Pages, seed: int) -> None:
        """One person, going from page to page."""
        chance = random.Random(seed)
        with httpx.Client(base_url=self.base, timeout=60) as client:
            time.sleep(chance.uniform(0, LOOKS[1]))
            while self.goes_on():
                name = chance.choice(sorted(pages))
                path = pages[name](chance)
                self.asked(name, lambda path=path: client.get(path), 200)  # type: ignore[misc]
                time.sleep(chance.uniform(*LOOKS))

    def judge(self, claims: list[str]) -> None:
        """The reviewer."""
        with httpx.Client(base_url=self.base, timeout=60) as client:
            for n, claim in enumerate(claims * 10):
                if not self.goes_on():
                    return
                made = {"claims": [claim], "verdict": "accepted", "note": str(n)}
                self.asked("(judging)", lambda made=made: client.post("/api/judgements", json=made), 201)  # type: ignore[misc]
                time.sleep(JUDGES)

    def read_in(self, folder: Path) -> None:
        """The reader: reports of other days again and again."""
        file = folder / "reports.jsonl"
        while self.goes_on():
            numbers = range(self.read * REPORTS, (self.read + 1) * REPORTS)
            told = ({"id": f"load {n}", "published": "2024-05-03",
                     "text": f"{n % 50 + 2} soldiers were killed in Kabul on Thursday, police said."}
                    for n in numbers)  # fmt: skip
            file.write_text("".join(json.dumps(each) + "\n" for each in told), "utf-8")
            command = [sys.executable, "-m", "saksi", "read", str(file), "--ledger", str(self.ledger)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            self.wrong["(reading) " + done.stderr[:200]] += done.returncode != 0
            self.read += 1
            time.sleep(JUDGES)


def measure(ledger: Path, folder: Path, seconds: float) -> None:
    """Starts the server, lets an afternoon pass, and prints the figures."""
    with served(str(ledger)) as (base, pid):
        pages, claims = asked_of(base)
        pages.pop("incident", None)  # its address changes when its claims do
        day = Afternoon(base, ledger, seconds)
        work = [threading.Thread(target=day.visit, args=(pages, n)) for n in range(PEOPLE)]
        work += [
            threading.Thread(target=day.judge, args=(claims,)),
            threading.Thread(target=day.read_in, args=(folder,)),
        ]
        for each in work:
            each.start()
        for each in work:
            each.join()
        tell(day, pid)


def tell(day: Afternoon, pid: int) -> None:
    """Prints the times of each page, of all, and what went wrong."""
    shown = {name: took for name, took in day.times.items() if not name.startswith("(")}
    print(f"{'page':<20} {'asked':>6} {'median ms':>10} {'p95 ms':>8} {'p99 ms':>8}")
    for name, took in [*sorted(day.times.items()), ("all pages", [t for some in shown.values() for t in some])]:
        parts = statistics.quantiles(took, n=100) if len(took) > 1 else [took[0]] * 99
        print(f"{name:<20} {len(took):>6} {1000 * parts[49]:>10.0f} {1000 * parts[94]:>8.0f} {1000 * parts[98]:>8.0f}")
    wrong = {what: n for what, n in day.wrong.items() if n}
    print(f"errors: {wrong or 'none'}; {day.read * REPORTS} reports read in; memory {memory(pid):.0f} MB at most")
    print(f"the machine's load average at the end: {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors")


def main() -> None:
    """Makes the ledger, unless it was kept, and measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, default=None)
    parser.add_argument("--seconds", type=float, default=300)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        path = (given.keep or folder) / f"page-{given.claims}.db"
        if not path.exists():
            make(path, given.claims)
        ours = folder / "load.db"
        ours.write_bytes(path.read_bytes())  # what is added and judged leaves the kept one alone
        measure(ours, folder, given.seconds)


if __name__ == "__main__":
    main()
