"""Long counts in a process of their own, one at a time, so that whoever looks at a page waits for none of them."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from pathlib import Path

import msgspec

from saksi.errors import SaksiError, UsageError
from saksi.publish.process import begun, end
from saksi.reconcile.tallies import Tally

MOST = 8  # counts that may wait for their turn


class BusyError(SaksiError):
    """Too much is asked at once: come again later."""


class Counting:
    """The counts of one server; each runs `saksi tally`, and is kept by whoever asked until the ledger changes."""

    def __init__(self, address: str, overlay: Path | None) -> None:
        self.address, self.overlay = address, overlay
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="count")
        self.lock = threading.Lock()
        self.under_way: dict[Hashable, Future[list[Tally]]] = {}
        self.process: subprocess.Popen[bytes] | None = None

    def count(self, key: Hashable, options: Sequence[str], wait: float | None) -> list[Tally] | None:
        """The rows of a question, begun where it is not under way; None where it takes longer than `wait` seconds.

        `key` tells the question and the state of the ledger. Raises BusyError where too many wait, and UsageError for
        a question that makes no sense.
        """
        with self.lock:
            future = self.under_way.get(key)
            if future is None:
                self.forget_ended()
                if len(self.under_way) >= MOST:
                    raise BusyError("too many long questions are being counted: ask again in a while")
                future = self.under_way[key] = self.pool.submit(self.run, list(options))
        try:
            return future.result(wait)
        except TooLate:
            return None

    def forget_ended(self) -> None:
        """Drops what has ended; who asked has it, or will ask again."""
        self.under_way = {key: future for key, future in self.under_way.items() if not future.done()}

    def run(self, options: list[str]) -> list[Tally]:
        """Runs the other process to its end."""
        command = ["tally", "--format=json", *options]
        self.process = begun(command, self.address, self.overlay, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, wrong = self.process.communicate()
        if self.process.returncode:
            said = wrong.decode(errors="replace").strip().splitlines()
            raise UsageError(said[-1].removeprefix("saksi: ") if said else "the count was broken off")
        return msgspec.json.decode(out, type=list[Tally])

    def stop(self) -> None:
        """Ends the count that is under way, and begins no other."""
        self.pool.shutdown(wait=False, cancel_futures=True)
        end(self.process)
