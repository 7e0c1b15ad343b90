"""Keeps what is derived up to date while a ledger is served, in a process of its own, so that pages stay quick."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from saksi.ledger import derived
from saksi.ledger.store import Ledger
from saksi.publish.process import begun, end

REST = 0.3  # seconds after a change, so that several are taken together
LOOK = 5.0  # seconds after which it looks by itself: texts are read in by other processes, too
KINDLY = 10  # how much it stands back behind the pages (os.nice)


class Keeper(threading.Thread):
    """Waits for a change, then has another process reconcile and retell; then it rests for as long as that took.

    So where somebody reads or judges without end, it works half of the time at most.
    """

    def __init__(self, ledger: Ledger, overlay: Path | None, hear: Callable[[], None]) -> None:
        super().__init__(daemon=True, name="keeper")
        self.ledger, self.overlay = ledger, overlay
        self.hear = hear  # takes what was made anew
        self.told: str | None = None  # what was heard last
        self.changed = threading.Event()
        self.ended = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.failed: str | None = None  # the state at which the other process failed: it is not tried again on that

    def wake(self) -> None:
        """Says that something changed."""
        self.changed.set()

    def run(self) -> None:
        """Works until it is stopped."""
        self.wake()
        took = 0.0
        while not self.ended.is_set():
            self.changed.wait(LOOK)
            self.ended.wait(REST + took)
            self.changed.clear()
            took = 0.0 if self.ended.is_set() else self.keep_up()

    def keep_up(self) -> float:
        """Has what changed told; how many seconds that took."""
        now, begin = derived.as_of(self.ledger), time.monotonic()
        if now not in (derived.told_as_of(self.ledger), self.failed):
            self.failed = None if self.retell() else now
        if (told := derived.told_as_of(self.ledger)) != self.told:
            self.hear()
            self.told = told
        return time.monotonic() - begin

    def retell(self) -> bool:
        """Runs the other process to its end; what it says of a failure goes to our standard error."""
        command = ["reconcile", "--retell"]
        address, streams = self.ledger.backend.address, {"stdout": subprocess.DEVNULL}
        self.process = begun(command, address, self.overlay, KINDLY, **streams)
        return self.process.wait() == 0

    def stop(self) -> None:
        """Ends the work; a process that is at it is stopped, and nothing is half-written."""
        self.ended.set()
        self.changed.set()
        end(self.process)
