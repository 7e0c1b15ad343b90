"""The commands for very many documents: read them into a folder, and bring the folder into a ledger."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

from cyclopts import Parameter

from saksi.commands.keeping import ledger_app
from saksi.commands.options import NOTHING, About, ledger_address
from saksi.commands.terminal import say
from saksi.errors import SaksiError, UsageError
from saksi.figures import some

if TYPE_CHECKING:
    from saksi.batch.run import Total


def batch(
    *files: str,
    out: Path,
    workers: int | None = None,
    resume: Annotated[bool, Parameter(negative=())] = False,
    engine: Literal["processes", "native", "ray"] = "processes",
    source: str | None = None,
    about: About = NOTHING,
) -> int:
    """Reads very many documents with several processes into a folder of Parquet files, the same claims as `saksi read`.

    Parameters
    ----------
    files
        Files, or patterns in quotation marks ('archive/*.warc.gz'; ** goes into folders).
    out
        Folder for the results; made where it does not exist.
    workers
        How many processes read; as many as the machine has processors where not given.
    resume
        Go on with a batch that was stopped: what is whole is not read again.
    engine
        Who shares out the work: processes of ours; daft, natively; or daft on Ray, where RAY_ADDRESS says or here.
    source
        Apply a source file of registers/sources: its speaker, actor and habits.
    """
    from saksi.batch.processes import read_by_processes
    from saksi.batch.run import Engine, Hands, run_batch
    from saksi.batch.unit import How

    if not files:
        raise UsageError("name at least one file or pattern: saksi batch 'archive/*.jsonl' --out claims/")
    how = How(about.given(), source, str(about.registers) if about.registers else None)
    chosen: Engine = read_by_processes
    if engine != "processes":
        from saksi.batch.distributed import read_by_daft, read_by_ray

        chosen = read_by_ray if engine == "ray" else read_by_daft
    hands = Hands(workers or os.cpu_count() or 1, chosen)
    total = refusing(lambda: run_batch(list(files), out, how, hands, resume=resume))
    for line, n in sorted(total.passed_over.items()):
        sys.stderr.write(f"saksi: {line.replace('{n}', str(n))}\n")
    aside = f", {total.aside} set aside with their reasons in {out}/aside" if total.aside else ""
    known = f", {some(total.known, 'unit')} read before" if total.known else ""
    whole = f"{some(total.documents, 'document')}, {some(total.claims, 'claim')}"
    print(f"{out}: {whole}{aside}{known}, in {total.seconds:.1f} s")
    code = 2 if total.aside else 0
    if "daft" in sys.modules:
        leave(code)
    return code


def refusing(work: Callable[[], Total]) -> Total:
    """What a batch came to; where it is refused, the line is said before daft's engine can abort the end."""
    try:
        return work()
    except SaksiError as error:
        if "daft" not in sys.modules:
            raise
        sys.stderr.write(f"saksi: {error}\n")
        leave(2)


def leave(code: int) -> NoReturn:
    """Ends at once, with all written: threads of daft's engine outlive Python now and then, and would abort its end."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


@ledger_app.command(name="import")
def import_(folder: Path, *, ledger: str | None = None) -> None:
    """Brings what a batch has read into a ledger; what is there already is left as it is.

    Parameters
    ----------
    folder
        The folder of the batch.
    ledger
        Keep the claims in this ledger; made where it does not exist.
    """
    from saksi.batch.parts import Parts
    from saksi.ledger.store import Ledger

    parts = Parts(folder)
    units = parts.reads()
    first = next(units, None)
    store = Ledger.open(ledger_address(ledger))
    documents = claims = 0
    while first is not None:
        new, added = store.keep_all(first)
        documents, claims = documents + new, claims + added
        first = next(units, None)
    say(f"{store.name}: {some(documents, 'document')}, {some(claims, 'claim')} added")
