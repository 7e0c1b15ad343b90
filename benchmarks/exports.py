"""How long an export of 200,000 claims takes, and how much memory: each shape in a process of its own.

    python -m benchmarks.exports [--claims 200000] [--ledger FILE] [--shapes csv,ged]

The ledger is that of `benchmarks.serve`, made by its recipe and reconciled; with --ledger one that is there is taken.
Happenings of a ledger that is not reconciled are linked for the export: that is work of `saksi reconcile`, and takes as
long.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.serve import make
from saksi.releasing.shapes import SHAPES

SECONDS, MEGABYTES = 20, 1000  # what an export may take


def exported(ledger: Path, shape: str, folder: Path) -> tuple[float, float, int, int]:
    """Seconds, seconds of the processor and megabytes that an export takes, and the megabytes that it writes."""
    out = folder / f"x.{shape}"
    begun = time.perf_counter()
    command = [sys.executable, "-m", "saksi", "export", "--ledger", str(ledger), "--as", shape, "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{shape}: exit code {os.waitstatus_to_exitcode(status)}")
    took = time.perf_counter() - begun
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, out.stat().st_size // 1_000_000


def main() -> None:
    """Prints a line for each shape."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--shapes", default=",".join(SHAPES))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = asked.ledger or Path(folder) / "war.db"
        if asked.ledger is None:
            make(ledger, asked.claims)
        print(f"{'shape':<12} seconds  of the processor    MB  MB written", flush=True)
        for shape in asked.shapes.split(","):
            seconds, processor, memory, size = exported(ledger, shape, Path(folder))
            missed = " missed" if seconds > SECONDS or memory > MEGABYTES else ""
            print(f"{shape:<12} {seconds:7.1f} {processor:17.1f} {memory:5d} {size:11d}{missed}", flush=True)


if __name__ == "__main__":
    main()
