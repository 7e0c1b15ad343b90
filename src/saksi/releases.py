"""The commands that let claims leave a ledger: exports, releases, and what checks and compares releases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from saksi.options import known_registers, open_ledger, parsed_day
from saksi.releasing.choice import Asking, Chosen

EVERYTHING = Chosen()
Format = Literal["acled", "csv", "eventreport", "ged", "geojson", "jsonl", "meltt", "plover", "polecat"]


def export(
    *,
    out: Path,
    shape: Annotated[Format, Parameter(name="--as", help="The shape of the file.")],
    ledger: str | None = None,
    chosen: Chosen = EVERYTHING,
    first: Annotated[str | None, Parameter(name="--from")] = None,
    last: Annotated[str | None, Parameter(name="--to")] = None,
    registers: Path | None = None,
) -> None:
    """Writes claims in the columns of another scheme; notes beside the file say what it could not hold, and why.

    Parameters
    ----------
    out
        The file to write. The notes go to the same name with .notes.json.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    first
        First day, YYYY-MM-DD.
    last
        Last day, YYYY-MM-DD.
    registers
        Folder of a project's own actors, places, kinds and words.
    """
    from saksi.releasing.exporting import export as exported
    from saksi.releasing.exporting import summed

    asking = Asking(chosen, parsed_day(first, "--from"), parsed_day(last, "--to"))
    print(summed(exported(open_ledger(ledger), shape, out, asking, known_registers(registers, ledger)), out))
