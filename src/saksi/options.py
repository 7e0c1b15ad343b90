"""Options that many commands share, turned into what the library takes."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from saksi.errors import UsageError

if TYPE_CHECKING:
    from saksi.ledger.store import Ledger
    from saksi.registers.load import Registers


def ledger_path(given: Path | None) -> Path:
    """The ledger named, else $SAKSI_LEDGER, else ./saksi.db."""
    return given or Path(os.environ.get("SAKSI_LEDGER") or "saksi.db")


def parsed_day(value: str | None, option: str) -> date | None:
    """A day written YYYY-MM-DD; anything else is one clear line."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{option} {value!r} is not a date (YYYY-MM-DD)") from None


def chosen_registers(given: Path | None, ledger: Path | None) -> Path | None:
    """The folder of a project's own registers: named, or `registers` beside the ledger."""
    if given is not None:
        return given
    beside = ledger.parent / "registers" if ledger is not None else None
    return beside if beside is not None and beside.is_dir() else None


def open_ledger(given: Path | None) -> Ledger:
    """An existing ledger."""
    from saksi.ledger.store import Ledger

    return Ledger.open(ledger_path(given), create=False)


def known_registers(given: Path | None, ledger: Path | None) -> Registers:
    """The registers, a project's own laid over Saksi's."""
    from saksi.registers.load import load_registers

    return load_registers(chosen_registers(given, ledger_path(ledger)))
