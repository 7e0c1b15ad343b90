"""How reconciling grows: 1,000, 10,000 and 100,000 synthetic claims, whole and one document at a time.

The claims are made by a fixed recipe: a third of them tell all of a day in a town, some span weeks, many
are of one town and day and differ, so that thousands contradict. Each size runs in a process of its own.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from saksi import Ledger
from saksi.ledger.coded import Coder, Raw, row_ids
from saksi.reconcile.refresh import contradictions, refresh
from saksi.registers.load import load_registers

SIZES = (1_000, 10_000, 100_000)
SPEAKERS = ("coalition", "sdf", "taliban", "tni", "tpnpb", "houthis", "afghan-mod", "russian-mod")
COUNTRIES = ("SY", "IQ", "AF", "ID", "YE")
FIRST, DAYS, TOWNS = date(2015, 1, 1), 1200, 60


def made(number: int, chance: random.Random) -> dict[str, Any]:
    """One claim."""
    town = chance.randrange(TOWNS)
    country = COUNTRIES[town % len(COUNTRIES)]
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    place = {"name": f"Town{town}", "country": country, "level": "city", "admin1": f"Province {town % 12}"}
    claim = {"id": str(number), "places": [place], "start": str(day), "end": str(day), "said_on": str(day)}
    own = {"complete": True, "actors": "coalition", "speaker_org": "coalition"}
    toll = {"speaker_org": chance.choice(SPEAKERS), "kind": "kill", "low": chance.randrange(1, 30)}
    part = chance.random()
    if part < 0.4:
        return claim | toll | {"target": chance.choice(("soldier", "fighter", "person")), "high": toll["low"]}
    if part < 0.6:
        return claim | toll | {"kind": "injure", "target": "person"}
    few = chance.randrange(1, 9)
    if part < 0.85:
        return claim | own | {"kind": "airstrike", "low": few, "high": few}
    if part < 0.95:
        return (
            claim | own | {"kind": "destroy", "low": few, "high": few, "target": chance.choice(("vehicle", "tunnel"))}
        )
    week = {"end": str(day + timedelta(days=6)), "places": [{"country": country}], "scope": "tally"}
    return claim | toll | week | {"target": "person"}


def put(ledger: Ledger, claims: list[dict[str, Any]]) -> None:
    """Adds claims as rows."""
    raws = [Raw(str(n), c) for n, c in enumerate(claims)]
    coder = Coder("synthetic", load_registers(), {})
    rows = zip(raws, row_ids(raws, "synthetic"), strict=True)
    ledger.add_coded("synthetic", [coder.document(str(raw.values["id"]), [(raw, id)]) for raw, id in rows])


def measure(size: int) -> None:
    """Prints the figures of one size."""
    chance, registers = random.Random(size), load_registers()
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.open(Path(folder) / "bench.db")
        put(ledger, [made(n, chance) for n in range(size)])
        begin = time.perf_counter()
        done = refresh(ledger, registers)
        whole = time.perf_counter() - begin
        toll = {"id": "one more", "kind": "kill", "low": 25, "high": 25, "speaker_org": "sdf", "target": "person"}
        put(ledger, [made(0, random.Random(size)) | toll])  # on the day and in the town of the first claim
        begin = time.perf_counter()
        more = refresh(ledger, registers)
        one = time.perf_counter() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:>9,} claims: all {whole:6.2f} s, {done.components:,} components, {len(contradictions(ledger)):,} "
            f"contradictions; one document more {one:5.2f} s, {more.assessed} claims assessed; peak {peak:,.0f} MB",
            flush=True,
        )


def main() -> None:
    """Each size in a process of its own."""
    for size in SIZES:
        subprocess.run([sys.executable, "-m", "benchmarks.reconcile", str(size)], check=True)


if __name__ == "__main__":
    main() if len(sys.argv) == 1 else measure(int(sys.argv[1]))
