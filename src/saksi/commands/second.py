"""The commands of a second reader, such as a language model, for `saksi.cli`; only `read_second` sends anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from saksi.commands.options import NOTHING, About, chosen_registers, ledger_address, open_ledger
from saksi.errors import UsageError

if TYPE_CHECKING:
    from saksi.commands.asking import Asks
    from saksi.commands.reading import Options
    from saksi.intake.document import Given

Shape = Literal["table", "jsonl"]


def propose(*files: str, out: Path, about: About = NOTHING) -> int:
    """Writes what to ask a language model, one file a document, for any chat window or batch service.

    Parameters
    ----------
    files
        Files of text (.txt), pages (.html) or JSON lines (.jsonl).
    out
        Folder for the files; made where it does not exist.
    """
    from saksi.commands.seconding import propose_command

    if not files:
        raise UsageError("name at least one file: saksi propose report.txt --out prompts/")
    return propose_command(list(files), about.given(), out, chosen_registers(about.registers, None))


def ground(
    answers: Path,
    *files: str,
    name: str = "second",
    ledger: str | None = None,
    source: str | None = None,
    about: About = NOTHING,
    format: Shape | None = None,
    as_: Annotated[Literal["gold"] | None, Parameter(name="--as")] = None,
    out: Path | None = None,
) -> int:
    """Takes answers made by anything, anywhere: what its quotes pin to the text is settled with what the rules read.

    Parameters
    ----------
    answers
        JSON lines {document, claims: [...]}, or one such object, or a list of them; fences around are passed over.
    files
        The documents, as they were given to `saksi propose`.
    name
        What to call the reader that answered; the ledger names it by that.
    ledger
        Keep both readers' claims in this ledger; made where it does not exist.
    source
        Apply a source file of registers/sources: its speaker, actor and habits.
    format
        Print the claims: jsonl is the public contract, table is for people.
    as_
        gold: write the claims that readers agree on or people settled to --out, for the offline reader to learn from.
    out
        Folder for --as gold.
    """
    from saksi.commands.reading import Options
    from saksi.commands.seconding import Grounding, ground_command

    if not files:
        raise UsageError("name the documents too: saksi ground answers.jsonl report.txt --ledger war.db")
    if (as_ is None) != (out is None):
        raise UsageError("--as gold and --out FOLDER go together")
    target = ledger or (ledger_address(None) if format is None and out is None else None)
    options = Options(source, chosen_registers(about.registers, target), format)
    return ground_command(Grounding(answers, name, target, out), list(files), about.given(), options)


def read_second(files: list[str], given: Given, ledger: str | None, options: Options, asks: Asks) -> int:
    """Reads files with the rules and a model, where a server is named."""
    from saksi.commands import seconding
    from saksi.commands.asking import check

    check(asks)
    return seconding.read_second(files, given, ledger, options, asks)


def refused(*, reader: str | None = None, ledger: str | None = None, format: Shape = "table") -> None:
    """Lists what second readers proposed and the text did not bear out: the words, and why they did not enter.

    Parameters
    ----------
    reader
        Only of this reader, by the name it was given.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    format
        table for people, jsonl for programs.
    """
    from saksi.commands.seconding import refused_command

    refused_command(open_ledger(ledger), reader, format)
