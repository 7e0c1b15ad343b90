"""Several processes read units side by side; one that dies or hangs costs the document it was at, and no more."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import msgspec

from saksi.batch.parts import Count, Parts
from saksi.batch.plan import Unit
from saksi.batch.unit import How, Spot, read_unit
from saksi.errors import LedgerError, SaksiError

LOOK = 0.5  # seconds between two looks at how far they are
OFTEN = 20  # deaths in one unit, after which something else than its documents must be wrong

Looked = Callable[[int], None]  # is told how many documents are read of the units under way


class Task(msgspec.Struct, frozen=True):
    """How units are read, where they are kept, and the longest that one document may take, in seconds."""

    how: How
    folder: Path
    longest: float = 120.0


class Failed(msgspec.Struct, frozen=True):
    """Why nothing more can be read: something of ours is broken."""

    reason: str


def work(pipe: Connection, at: Any, task: Task) -> None:
    """A worker: loads the reader once, then reads units until there are no more."""
    parts, reader = Parts(task.folder), task.how.reader()

    def told(spot: Spot) -> None:
        at[:] = (spot.file, spot.document, spot.reading, at[3] + spot.reading)

    try:
        while (asked := pipe.recv()) is not None:
            unit, deadly = asked
            try:
                said: Any = parts.keep(unit.number, read_unit(unit, task.how, reader, deadly, told))
            except SaksiError as error:
                said = Failed(str(error))
            except OSError as error:
                said = Failed(f"{error.filename or task.folder} cannot be written: {error.strerror}")
            pipe.send(said)
    except (EOFError, OSError, KeyboardInterrupt):
        return  # whoever asked is gone


class Worker:
    """A process, with the unit that it is at."""

    def __init__(self, task: Task) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.at: Any = context.Array("q", 4, lock=False)  # file, document, whether it is being read; how many so far
        self.process = context.Process(target=work, args=(theirs, self.at, task), daemon=True)
        self.process.start()
        theirs.close()
        self.unit: Unit | None = None
        self.last, self.since = Spot(0, 0, False), time.monotonic()

    def begin(self, unit: Unit, deadly: frozenset[Spot]) -> None:
        """Gives it a unit."""
        self.at[:] = (0, 0, 0, 0)
        self.unit, self.last, self.since = unit, self.spot(), time.monotonic()
        self.pipe.send((unit, deadly))

    def spot(self) -> Spot:
        """Where it is."""
        file, document, reading, _ = self.at[:]
        return Spot(int(file), int(document), bool(reading))

    def has_died(self, longest: float) -> bool:
        """Whether it is gone, or has been at one spot for too long."""
        if (spot := self.spot()) != self.last:
            self.last, self.since = spot, time.monotonic()
        return not self.process.is_alive() or time.monotonic() - self.since > longest

    def received(self) -> Count | None:
        """What it says that its unit came to, or None where it has died instead."""
        try:
            said = self.pipe.recv()
        except (EOFError, OSError):
            return None
        if isinstance(said, Failed):
            raise LedgerError(said.reason)
        assert isinstance(said, Count)
        return said

    def end(self) -> None:
        """Ends it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Crew:
    """The workers, and what is left for them."""

    def __init__(self, units: list[Unit], task: Task, workers: int) -> None:
        self.task = task
        self.waiting = list(reversed(units))
        self.deadly: dict[int, frozenset[Spot]] = {}
        self.workers = [Worker(task) for _ in range(max(1, min(workers, len(units))))]
        for worker in self.workers:
            self.give(worker)

    def give(self, worker: Worker) -> None:
        """Gives a worker the next unit, if there is one."""
        worker.unit = None
        if self.waiting:
            unit = self.waiting.pop()
            worker.begin(unit, self.deadly.get(unit.number, frozenset()))

    def busy(self) -> list[Worker]:
        """The workers that are at a unit."""
        return [w for w in self.workers if w.unit is not None]

    def replace(self, worker: Worker, unit: Unit) -> None:
        """Puts another worker in the place of one that died, and gives the unit once more, without what killed it."""
        before, spot = self.deadly.get(unit.number, frozenset()), worker.spot()
        worker.end()
        if spot in before or len(before) >= OFTEN:
            raise LedgerError(f"{unit.paths[spot.file]}: whatever reads this file dies. Leave it out")
        self.deadly[unit.number] = before | {spot}
        self.waiting.append(unit)
        self.workers[self.workers.index(worker)] = fresh = Worker(self.task)
        self.give(fresh)


def read_by_processes(units: list[Unit], task: Task, workers: int, looked: Looked) -> Iterator[tuple[Unit, Count]]:
    """Reads all units, and gives each with what it came to once it is done. Raises LedgerError if that cannot go on."""
    crew = Crew(units, task, workers)
    try:
        while busy := crew.busy():
            ready = wait([w.pipe for w in busy], LOOK)
            looked(sum(int(w.at[3]) for w in busy))
            for worker in busy:
                unit = worker.unit
                assert unit is not None
                count = worker.received() if worker.pipe in ready else None
                if count is not None:
                    crew.give(worker)
                    yield unit, count
                elif worker.pipe in ready or worker.has_died(task.longest):
                    crew.replace(worker, unit)
    finally:
        for worker in crew.workers:
            worker.end()
