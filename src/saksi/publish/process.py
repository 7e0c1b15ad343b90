"""Another process of Saksi on the ledger being served, for what would hold up the pages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def begun(command: list[str], address: str, overlay: Path | None, **streams: Any) -> subprocess.Popen[bytes]:
    """A command of Saksi in a process of its own, on the ledger of an address; `streams` are those of Popen."""
    registers = [f"--registers={overlay}"] if overlay is not None else []
    # the address may hold a password, and anybody on the machine can read what a command was given
    told = {**os.environ, "SAKSI_LEDGER": address}
    return subprocess.Popen([sys.executable, "-m", "saksi", *command, *registers], env=told, **streams)


def end(process: subprocess.Popen[bytes] | None) -> None:
    """Stops a process that is at work."""
    if process is not None and process.poll() is None:
        process.terminate()
