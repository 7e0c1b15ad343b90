"""The commands that ask a ledger, and those that tell it what people know; `saksi.cli` registers them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from saksi.commands.options import known_registers, ledger_address, open_ledger, parsed_day, parsed_days
from saksi.errors import UsageError
from saksi.inquiry.selection import Selection

EVERYTHING = Selection()


def tally(
    *,
    selection: Selection = EVERYTHING,
    first: Annotated[str | None, Parameter(name="--from")] = None,
    last: Annotated[str | None, Parameter(name="--to")] = None,
    all_speakers: bool = False,
    speaker: Annotated[tuple[str, ...], Parameter(name="--speaker")] = (),
    aside: Literal["day", "place", "beyond", "total", "again", "misread", "pairs"] | None = None,
    registers: Path | None = None,
    format: Literal["table", "json", "csv"] = "table",
    ledger: str | None = None,
) -> None:
    """The least and the most that the claims allow, speaker by speaker; never a guessed sum.

    Parameters
    ----------
    first
        First day, YYYY-MM-DD.
    last
        Last day, YYYY-MM-DD.
    all_speakers
        Every speaker's row, what sides concede and allege, and what was left out and why; else, where some speaker
        tells a running total, only such rows.
    speaker
        Only the rows of this speaker, by id or by a part of the name; the numbers stay as they are. May be repeated.
    aside
        List the claims that stand aside of the incidents for this reason, or the pairs whose judgement settles most.
    registers
        Folder of a project's own actors, places, kinds and words.
    format
        table for people, json and csv for programs, with every field.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.commands.answers import tally_command
    from saksi.commands.tallies import Shown

    days = parsed_days(first, last)
    shown = Shown(format, all_speakers, tuple(speaker), aside)
    tally_command(open_ledger(ledger), known_registers(registers, ledger), selection, days, shown)


def check_claims(
    *, ledger: str | None = None, registers: Path | None = None, format: Literal["table", "jsonl"] = "table"
) -> int:
    """Every contradiction and tension, worst first, each with its sentences; exit code 1 if there are any.

    Below them stands how many pairs would contradict each other, if they are of one happening: `saksi incidents` asks.

    Parameters
    ----------
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    registers
        Folder of a project's own actors, places, kinds and words.
    format
        table for people, jsonl for programs.
    """
    from saksi.commands.answers import check_command

    return check_command(open_ledger(ledger), known_registers(registers, ledger), format)


def list_incidents(
    *,
    ledger: str | None = None,
    registers: Path | None = None,
    misses: bool = False,
    format: Literal["table", "jsonl"] = "table",
) -> None:
    """Claims judged to be about one happening, with reasons and revisions; then the pairs still undecided.

    Parameters
    ----------
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    registers
        Folder of a project's own actors, places, kinds and words.
    misses
        List near misses too: pairs that were weighed and found to be two.
    format
        table for people, jsonl for programs.
    """
    from saksi.commands.answers import incidents_command

    incidents_command(open_ledger(ledger), known_registers(registers, ledger), format, misses)


def speakers(
    text: str | None = None,
    *,
    ledger: str | None = None,
    registers: Path | None = None,
    format: Literal["table", "json", "csv"] = "table",
) -> None:
    """Who speaks in a ledger: each speaker's names, how often each is used, and why they are one speaker's.

    Parameters
    ----------
    text
        Only speakers of whom a name holds these letters.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    registers
        Folder of a project's own actors, places, kinds and words.
    format
        table for people, json and csv for programs, with every field.
    """
    from saksi.commands.speakers import speakers_command

    speakers_command(open_ledger(ledger), known_registers(registers, ledger), text, format)


def reconcile(*, ledger: str | None = None, registers: Path | None = None, retell: bool = False) -> None:
    """Brings what is derived up to date: only what new claims touch is solved again.

    Parameters
    ----------
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    registers
        Folder of a project's own actors, places, kinds and words.
    retell
        Also keep incidents, undecided pairs and tensions as told now, for a page that is served.
    """
    from saksi.commands.answers import reconcile_command

    reconcile_command(open_ledger(ledger), known_registers(registers, ledger), told=retell)


def add(*files: Path, source: str, ledger: str | None = None, registers: Path | None = None) -> None:
    """Adds claims coded elsewhere, in the contract's fields; their basis is the row.

    Parameters
    ----------
    files
        Files of rows: .jsonl, or .csv with nested columns as JSON text. Relations name rows by `id`.
    source
        Whose rows these are: a name of your own. A row with the same id replaces what it said before.
    ledger
        Keep the claims in this ledger; made where it does not exist.
    registers
        Folder of a project's own actors, places, kinds and words.
    """
    from saksi.commands.judging import add_command
    from saksi.ledger.store import Ledger

    if not files:
        raise UsageError("name at least one file of rows: saksi add rows.jsonl --source NAME")
    known = known_registers(registers, ledger)
    add_command(Ledger.open(ledger_address(ledger)), list(files), source, known)


def judge(
    *words: str,
    by: str,
    note: str | None = None,
    field: list[str] | None = None,
    on: str | None = None,
    ledger: str | None = None,
) -> None:
    """Judges claims: CLAIM CLAIM same|different|unsure, CLAIM wrong|right, or CLAIM --field low=12. Nothing is deleted.

    Names of speakers are judged likewise: speaker "MoH" different "Lebanese MoH".

    Parameters
    ----------
    words
        The claims by id or its beginning, then the verdict; or `speaker`, a name, same, different or undone, a name.
    by
        Who judges.
    note
        Why.
    field
        A field and its right value, NAME=VALUE; an empty value makes it null. May be repeated.
    on
        The day of the judgement, YYYY-MM-DD; today where not given.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.commands.judging import judge_command, judge_speakers_command

    day = parsed_day(on, "--on") or date.today()
    if words[:1] == ("speaker",):
        judge_speakers_command(open_ledger(ledger), list(words[1:]), (by, day, note))
    else:
        judge_command(open_ledger(ledger), list(words), field or [], (by, day, note))


def judgements(*, ledger: str | None = None) -> None:
    """All judgements: who, when, what and why; those made on values that have changed are marked.

    Parameters
    ----------
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.commands.judging import judgements_command

    judgements_command(open_ledger(ledger))
