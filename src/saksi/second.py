"""The commands of a second reader, such as a language model, that send nothing; `saksi.cli` registers them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from saksi.errors import UsageError
from saksi.options import chosen_registers, ledger_address, open_ledger, parsed_day

Shape = Literal["table", "jsonl"]


def propose(
    *files: str,
    out: Path,
    published: str | None = None,
    language: str | None = None,
    publisher: str | None = None,
    registers: Path | None = None,
    encoding: str = "utf-8",
) -> int:
    """Writes what to ask a language model, one file a document, for any chat window or batch service.

    Parameters
    ----------
    files
        Files of text (.txt), pages (.html) or JSON lines (.jsonl).
    out
        Folder for the files; made where it does not exist.
    published
        Day of publication, YYYY-MM-DD, for files that do not say it.
    language
        Code of the language (id, en); told from the text where not given.
    publisher
        Who published the files, where they do not say it.
    registers
        Folder of a project's own actors, places, kinds and words; languages/<code>/prompt.yml there replaces ours.
    encoding
        Encoding of the text files.
    """
    from saksi.intake.document import Given
    from saksi.seconding import propose_command

    if not files:
        raise UsageError("name at least one file: saksi propose report.txt --out prompts/")
    given = Given(parsed_day(published, "--published"), language, publisher, encoding)
    return propose_command(list(files), given, out, chosen_registers(registers, None))


def ground(
    answers: Path,
    *files: str,
    ledger: str | None = None,
    name: Annotated[
        str, Parameter(help="What to call the reader that answered; the ledger names it by that.")
    ] = "second",
    published: str | None = None,
    language: str | None = None,
    source: str | None = None,
    publisher: str | None = None,
    registers: Path | None = None,
    encoding: str = "utf-8",
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
    ledger
        Keep both readers' claims in this ledger; made where it does not exist.
    published
        Day of publication, YYYY-MM-DD, for files that do not say it.
    language
        Code of the language (id, en); told from the text where not given.
    source
        Apply a source file of registers/sources: its speaker, actor and habits.
    publisher
        Who published the files, where they do not say it.
    registers
        Folder of a project's own actors, places, kinds and words; a readers.yml there says who wins where two differ.
    encoding
        Encoding of the text files.
    format
        Print the claims: jsonl is the public contract, table is for people.
    as_
        gold: write the claims that readers agree on or people settled to --out, for the offline reader to learn from.
    out
        Folder for --as gold.
    """
    from saksi.commands import Options
    from saksi.intake.document import Given
    from saksi.seconding import Grounding, ground_command

    if not files:
        raise UsageError("name the documents too: saksi ground answers.jsonl report.txt --ledger war.db")
    if (as_ is None) != (out is None):
        raise UsageError("--as gold and --out FOLDER go together")
    given = Given(parsed_day(published, "--published"), language, publisher, encoding)
    target = ledger or (ledger_address(None) if format is None and out is None else None)
    overlay = chosen_registers(registers, target)
    return ground_command(Grounding(answers, name, target, out), list(files), given, Options(source, overlay, format))


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
    from saksi.seconding import refused_command

    refused_command(open_ledger(ledger), reader, format)
