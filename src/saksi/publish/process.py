"""Another process of Saksi on the ledger being served, for what would hold up the pages."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

COMMAND = ("-m", "saksi")


def begun(
    command: list[str], address: str, overlay: Path | None, kindly: int, **streams: Any
) -> subprocess.Popen[bytes]:
    """A command of Saksi in a process of its own, on the ledger of an address; `streams` are those of Popen.

    `kindly` is how much it stands back where processors are wanted by others: the pages come first.
    """
    registers = [f"--registers={overlay}"] if overlay is not None else []
    # the address may hold a password, and anybody on the machine can read what a command was given
    told = {**os.environ, "SAKSI_LEDGER": address}
    process = subprocess.Popen([sys.executable, *COMMAND, *command, *registers], env=told, **streams)
    if hasattr(os, "setpriority"):  # not on Windows
        with suppress(OSError):  # it may have ended
            os.setpriority(os.PRIO_PROCESS, process.pid, os.getpriority(os.PRIO_PROCESS, 0) + kindly)
    return process


def end(process: subprocess.Popen[bytes] | None) -> None:
    """Stops a process that is at work."""
    if process is not None and process.poll() is None:
        process.terminate()
