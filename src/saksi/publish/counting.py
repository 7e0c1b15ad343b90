"""Long counts in a process of their own, one at a time, so that whoever looks at a page waits for none of them."""

from __future__ import annotations

import subprocess
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from pathlib import Path

import msgspec

from saksi.errors import SaksiError, UsageError
from saksi.publish.process import begun, end
from saksi.reconcile.tallies import Tally

MOST = 8  # counts that may wait for their turn
KEPT = 64  # questions whose last count is kept
KINDLY = 5  # how much a count stands back behind the pages (os.nice)


class BusyError(SaksiError):
    """Too much is asked at once: come again later."""


class Counted(msgspec.Struct, frozen=True):
    """The rows of a question, and the change of the ledger up to which at least they were counted."""

    rows: list[Tally]
    generation: int


class Counting:
    """The counts of one server; each runs `saksi tally`. `generation` tells the newest change of the ledger."""

    def __init__(self, address: str, overlay: Path | None, generation: Callable[[], int]) -> None:
        self.address, self.overlay, self.generation = address, overlay, generation
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="count")
        self.lock = threading.Lock()
        self.under_way: dict[Hashable, Future[Counted]] = {}
        self.last: OrderedDict[Hashable, Counted] = OrderedDict()
        self.process: subprocess.Popen[bytes] | None = None

    def count(self, key: Hashable, options: Sequence[str]) -> list[Tally]:
        """The rows of a question as the ledger is now, however long it takes.

        Raises BusyError where too many wait, and UsageError for a question that makes no sense.
        """
        now = self.generation()
        while True:
            found = self.ask(key, options).result()
            if found.generation >= now:
                return found.rows

    def glimpse(self, key: Hashable, options: Sequence[str], wait: float) -> Counted | None:
        """The newest rows of a question; a count is begun where they are old, and waited for where there are none.

        None where that takes longer than `wait` seconds. Old rows are told at once: whoever writes without end into a
        ledger would else keep everybody from ever seeing a number.
        """
        last = self.last.get(key)
        if last is not None and last.generation == self.generation():
            return last
        future = self.ask(key, options)
        try:
            return future.result(0 if last is not None else wait)
        except TooLate:
            return last

    def ask(self, key: Hashable, options: Sequence[str]) -> Future[Counted]:
        """The count of a question that is under way, begun where there is none."""
        with self.lock:
            future = self.under_way.get(key)
            if future is None or future.done():
                self.under_way = {k: f for k, f in self.under_way.items() if not f.done()}
                if len(self.under_way) >= MOST:
                    raise BusyError("too many long questions are being counted: ask again in a while")
                future = self.under_way[key] = self.pool.submit(self.made, key, list(options))
            return future

    def made(self, key: Hashable, options: list[str]) -> Counted:
        """Counts, and keeps what came out for whoever asks next."""
        before = self.generation()
        found = Counted(self.run(options), before)
        with self.lock:
            self.last[key] = found
            self.last.move_to_end(key)
            while len(self.last) > KEPT:
                self.last.popitem(last=False)
        return found

    def run(self, options: list[str]) -> list[Tally]:
        """Runs the other process to its end."""
        command = ["tally", "--format=json", *options]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = begun(command, self.address, self.overlay, KINDLY, **streams)
        out, wrong = self.process.communicate()
        if self.process.returncode:
            said = wrong.decode(errors="replace").strip().splitlines()
            raise UsageError(said[-1].removeprefix("saksi: ") if said else "the count was broken off")
        return msgspec.json.decode(out, type=list[Tally])

    def stop(self) -> None:
        """Ends the count that is under way, and begins no other."""
        self.pool.shutdown(wait=False, cancel_futures=True)
        end(self.process)
