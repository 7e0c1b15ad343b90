"""The command that follows feeds and pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from saksi.commands.options import AS_USUAL, Fetched, chosen_registers, ledger_address
from saksi.commands.terminal import say


def watch(
    sources: Path,
    *,
    ledger: str | None = None,
    once: Annotated[bool, Parameter(negative=())] = False,
    state: Path | None = None,
    registers: Path | None = None,
    fetched: Fetched = AS_USUAL,
) -> int:
    """Follows feeds and pages, politely, and reads what is new into a ledger: one line for each new document.

    Stop it at any time; the same command goes on where it stopped.

    Parameters
    ----------
    sources
        File of sources (YAML): feeds, pages, how often, who publishes there.
    ledger
        Keep the claims in this ledger; made where it does not exist.
    once
        Go round once and stop; exit code 2 if anything failed.
    state
        File that keeps what was seen; beside the ledger's file where not given.
    registers
        Folder of a project's own actors, places, kinds and words.
    """
    from saksi.fetching.reading import fetcher_for
    from saksi.ledger.store import Ledger
    from saksi.reading.reader import Reader
    from saksi.watching.sources import load_sources
    from saksi.watching.state import State
    from saksi.watching.watch import Keeping, Watcher

    followed, address = load_sources(sources), ledger_address(ledger)
    overlay = chosen_registers(registers, address)
    for each in followed.values():
        reader = Reader(overlay, each.source)
        reader.source(reader.vocabulary(each.language or "en"))
    fetcher = fetcher_for(fetched.allow_private)
    seen = State(state or Path("saksi.seen" if "://" in address else f"{address}.seen"))
    keeping = Keeping(Ledger.open(address), seen, fetched.folder(address), overlay)
    watcher = Watcher(followed, keeping, fetcher, say, complain)
    if not once:
        watcher.forever()
    watcher.round(every=True)
    say(f"{keeping.ledger.name}: " + ", ".join(f"{n} items {state}" for state, n in seen.counts().items()))
    return 2 if watcher.failed else 0


def complain(line: str) -> None:
    """Prints what went wrong."""
    sys.stderr.write(f"saksi: {line}\n")
    sys.stderr.flush()
