"""The commands about pages as they were fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from saksi.commands.options import Fetched, ledger_address, open_ledger
from saksi.errors import UsageError

snapshots_app = App(name="snapshots", help="Pages as they were fetched, kept untouched.")


@snapshots_app.command
def check(
    *,
    ledger: str | None = None,
    snapshots: Annotated[Path | None, Parameter(help="Their folder; `snapshots` beside the ledger's file.")] = None,
) -> int:
    """Proves that pages are kept as they were fetched, and that each document has its page; else exit code 1.

    Parameters
    ----------
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.fetching.snapshots import MARK, Snapshots

    store = open_ledger(ledger)
    folder = Fetched(snapshots).folder(ledger_address(ledger))
    if folder is None or not folder.is_dir():
        raise UsageError(f"{folder or store.name} has no snapshots: name their folder with --snapshots DIR")
    kept = Snapshots(folder)
    checked = list(kept.check())
    wrong = [f"{path}: {said}" for path, said in checked if said is not None]
    named = sorted({t.removeprefix(MARK) for t in store.taken_from() if t.startswith(MARK)})
    wrong += [f"{path} is missing" for path in map(kept.path, named) if not path.exists()]
    for line in wrong:
        print(line)
    print(f"{folder}: {len(checked)} pages as they were fetched, {len(wrong)} of them wrong or missing")
    return 1 if wrong else 0
