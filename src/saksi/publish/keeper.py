"""Keeps what is derived up to date while a ledger is served, in a process of its own, so that pages stay quick."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path

from saksi.ledger import derived
from saksi.ledger.store import Ledger
from saksi.publish.process import begun, end

REST = 0.3  # seconds after a change, so that several are taken together


class Keeper(threading.Thread):
    """Waits to be woken by a change, then has another process reconcile and retell."""

    def __init__(self, ledger: Ledger, overlay: Path | None) -> None:
        super().__init__(daemon=True, name="keeper")
        self.ledger, self.overlay = ledger, overlay
        self.changed = threading.Event()
        self.ended = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None

    def wake(self) -> None:
        """Says that something changed."""
        self.changed.set()

    def run(self) -> None:
        """Works until it is stopped."""
        self.wake()
        while not self.ended.is_set():
            self.changed.wait()
            self.ended.wait(REST)
            self.changed.clear()
            if not self.ended.is_set() and derived.told_as_of(self.ledger) != derived.as_of(self.ledger):
                self.retell()

    def retell(self) -> None:
        """Runs the other process to its end; what it says of a failure goes to our standard error."""
        command = ["reconcile", "--retell"]
        self.process = begun(command, self.ledger.backend.address, self.overlay, stdout=subprocess.DEVNULL)
        self.process.wait()

    def stop(self) -> None:
        """Ends the work; a process that is at it is stopped, and nothing is half-written."""
        self.ended.set()
        self.changed.set()
        end(self.process)
