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


def ledger_address(given: str | None) -> str:
    """The ledger named (a file, or postgresql://…), else $SAKSI_LEDGER, else ./saksi.db."""
    return given or os.environ.get("SAKSI_LEDGER") or "saksi.db"


def parsed_day(value: str | None, option: str) -> date | None:
    """A day written YYYY-MM-DD; anything else is one clear line."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{option} {value!r} is not a date (YYYY-MM-DD)") from None


def chosen_registers(given: Path | None, ledger: str | None) -> Path | None:
    """The folder of a project's own registers: named, or `registers` beside the ledger's file."""
    if given is not None:
        return given
    beside = Path(ledger).parent / "registers" if ledger is not None and "://" not in ledger else None
    return beside if beside is not None and beside.is_dir() else None


def open_ledger(given: str | None) -> Ledger:
    """An existing ledger."""
    from saksi.ledger.store import Ledger

    return Ledger.open(ledger_address(given), create=False)


def known_registers(given: Path | None, ledger: str | None) -> Registers:
    """The registers, a project's own laid over Saksi's."""
    from saksi.registers.load import load_registers

    return load_registers(chosen_registers(given, ledger_address(ledger)))
