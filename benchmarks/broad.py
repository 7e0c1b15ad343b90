"""How a broad question grows: `saksi tally --kind kill` over 1,000 to 100,000 claims of killing.

The claims are made by a fixed recipe: many are told by two voices, one in three names no day, one in ten no place, some
are totals of a week, and in one country of all so far. Each size runs in processes of its own, first before anything
was reconciled, then after `saksi reconcile`.
"""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.reconcile import put
from saksi import Ledger

SIZES = (1_000, 5_000, 10_000, 25_000, 50_000, 100_000)
SPEAKERS = ("coalition", "sdf", "taliban", "tni", "tpnpb", "houthis", "afghan-mod", "russian-mod")
COUNTRIES = ("SY", "IQ", "AF", "ID", "YE")
CLASSES = ("person", "person", "soldier", "fighter", "police")
FIRST, TOWNS, A_DAY = date(2005, 1, 1), 400, 8  # claims of one day, at any size
SPLITS = ((), ("--by", "month"), ("--by", "country"), ("--by", "speaker"))


def made(number: int, size: int, chance: random.Random) -> dict[str, Any]:
    """One claim of killing."""
    town = chance.randrange(TOWNS)
    country = COUNTRIES[town % len(COUNTRIES)]
    day = FIRST + timedelta(days=chance.randrange(max(1, size // A_DAY)))
    few = chance.randrange(1, 30)
    claim: dict[str, Any] = {
        "id": str(number), "kind": "kill", "low": few, "high": few, "target": chance.choice(CLASSES),
        "speaker_org": chance.choice(SPEAKERS), "said_on": str(day + timedelta(days=1)),
        "places": [{"name": f"Town{town}", "country": country, "level": "city", "admin1": f"Province {town % 40}"}],
        "start": str(day), "end": str(day),
    }  # fmt: skip
    part = chance.random()
    if part < 0.33:
        del claim["start"], claim["end"]
    if chance.random() < 0.1:
        del claim["places"]
    if 0.33 <= part < 0.36:
        claim |= {"scope": "tally", "places": [{"country": country}], "end": str(day + timedelta(days=6))}
    if 0.36 <= part < 0.37 and country == COUNTRIES[0]:
        total = 100 + 10 * (day - FIRST).days
        claim |= {"scope": "cumulative", "start": str(FIRST), "places": [{"country": country}],
                  "low": total, "high": total, "target": "person"}  # fmt: skip
    return claim


def story(size: int, chance: random.Random) -> list[dict[str, Any]]:
    """So many claims; one in four is told again by another voice."""
    claims: list[dict[str, Any]] = []
    while len(claims) < size:
        claims.append(made(len(claims), size, chance))
        if chance.random() < 0.25 and len(claims) < size:
            claims.append(claims[-1] | {"id": str(len(claims)), "speaker_org": chance.choice(SPEAKERS)})
    return claims


def asked(ledger: Path, split: tuple[str, ...]) -> tuple[float, float]:
    """Seconds and the peak in MB of one question, in a process of its own."""
    command = [sys.executable, "-m", "saksi", "tally", "--kind", "kill", *split, "--ledger", str(ledger)]
    watched = "import resource, subprocess; "
    watched += f"subprocess.run({command!r}, check=True, stdout=subprocess.DEVNULL); "
    watched += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", watched], check=True, capture_output=True, text=True)
    return time.perf_counter() - begin, float(done.stdout)


def measure(size: int) -> None:
    """Prints the figures of one size as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        put(Ledger.open(path), story(size, random.Random(size)))
        print(json.dumps([asked(path, split) for split in SPLITS]), flush=True)


def main() -> None:
    """Each size in processes of its own, with the power of the size by which the time grew since the one before."""
    before: tuple[int, float] | None = None
    for size in SIZES:
        command = [sys.executable, "-m", "benchmarks.broad", str(size)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        told = ", ".join(
            f"{' '.join(split) or 'in all'} {seconds:.1f} s" for split, (seconds, _) in zip(SPLITS, found, strict=True)
        )
        seconds, peak = found[0][0], max(peak for _, peak in found)
        grew = "" if before is None else f"; grows with size^{math.log(seconds / before[1], size / before[0]):.2f}"
        print(f"{size:>8,} claims: {told}; peak {peak:,.0f} MB{grew}", flush=True)
        before = (size, seconds)


if __name__ == "__main__":
    main() if len(sys.argv) == 1 else measure(int(sys.argv[1]))
