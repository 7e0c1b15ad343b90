"""The same units read by daft: by its own engine on this machine, or by Ray on many that share a folder.

A process that dies stops the batch here, where `processes.py` sets the document aside; --resume goes on with the rest.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import Any

import msgspec

from saksi.batch.parts import Count, Parts
from saksi.batch.plan import Unit
from saksi.batch.processes import Looked, Task
from saksi.batch.stores import library
from saksi.batch.unit import Spot, read_unit
from saksi.errors import LedgerError, SaksiError, UsageError


class UnitReader:
    """A worker of daft's: loads the reader once, then reads units, each told and answered as JSON."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.parts, self.reader = Parts(task.folder), task.how.reader()

    def __call__(self, unit: str) -> str:
        """Reads a unit and keeps it; what it came to."""
        asked = msgspec.json.decode(unit, type=Unit)
        read = read_unit(asked, self.task.how, self.reader, frozenset(), unwatched)
        return msgspec.json.encode(self.parts.keep(asked.number, read)).decode()


def unwatched(spot: Spot) -> None:
    """Nobody looks where a worker of daft's is."""


def read_by_daft(units: list[Unit], task: Task, workers: int, looked: Looked) -> Iterator[tuple[Unit, Count]]:
    """Reads all units on daft's own engine, and gives each with what it came to."""
    daft = library("--engine native needs")
    return answers(daft, units, task, workers, looked)


def read_by_ray(units: list[Unit], task: Task, workers: int, looked: Looked) -> Iterator[tuple[Unit, Count]]:
    """Reads all units on Ray: on the cluster that RAY_ADDRESS names, else on this machine."""
    daft = library("--engine native needs")
    try:
        import ray
    except ImportError:
        raise UsageError("--engine ray needs an extra that is not installed: pip install 'saksi[ray]'") from None
    ray.init(
        address=os.environ.get("RAY_ADDRESS"), include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR
    )
    try:
        daft.set_runner_ray(noop_if_initialized=True)
        yield from answers(daft, units, task, workers, looked)
    finally:
        ray.shutdown()


def answers(daft: Any, units: list[Unit], task: Task, workers: int, looked: Looked) -> Iterator[tuple[Unit, Count]]:
    """What the units came to, as they are done."""
    by_number = {unit.number: unit for unit in units}
    asked = [msgspec.json.encode(unit).decode() for unit in units]
    frame = daft.from_pydict({"number": list(by_number), "unit": asked}).into_batches(1)
    reader = daft.cls(UnitReader, use_process=True, max_concurrency=workers)(task)
    try:
        for row in frame.select("number", reader(frame["unit"]).alias("count")).iter_rows():
            looked(0)
            yield by_number[row["number"]], msgspec.json.decode(row["count"], type=Count)
    except SaksiError:
        raise
    except Exception as error:  # whatever its engine says, as one line
        raise LedgerError(f"daft stopped: {' '.join(str(error).split())[:300]}. Go on with --resume") from None
