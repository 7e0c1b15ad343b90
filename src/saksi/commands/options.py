"""Options that many commands share, turned into what the library takes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from saksi.errors import UsageError

if TYPE_CHECKING:
    from saksi.intake.document import Given
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


def parsed_days(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    """First and last day of what is asked. Raises UsageError for what is no day, and for days in the wrong order."""
    days = parsed_day(first, "--from"), parsed_day(last, "--to")
    if days[0] is not None and days[1] is not None and days[1] < days[0]:
        raise UsageError(f"--to {last} lies before --from {first}: no day lies between them")
    return days


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


@Parameter(name="*")
@dataclass(frozen=True)
class About:
    """What is said of the documents where their files do not, and the project's own registers."""

    published: Annotated[str | None, Parameter(help="Day of publication, YYYY-MM-DD.")] = None
    language: Annotated[str | None, Parameter(help="Code of the language (id, en); else told from the text.")] = None
    publisher: Annotated[str | None, Parameter(help="Who published the files.")] = None
    home: Annotated[
        str | None,
        Parameter(help='Town, province or country of who published ("Paris, Texas"): names are sooner near it.'),
    ] = None
    encoding: Annotated[str, Parameter(help="Encoding of the text files.")] = "utf-8"
    text_column: Annotated[str, Parameter(help="Column of the texts, in CSV, TSV, Parquet and JSON lines.")] = "text"
    date_column: Annotated[
        str | None, Parameter(help="Column of the days of publication; published where not given.")
    ] = None
    registers: Annotated[Path | None, Parameter(help="Folder of a project's own actors, places, kinds and words.")] = (
        None
    )

    def given(self) -> Given:
        """The same as the intake takes it."""
        from saksi.intake.document import Given

        day = parsed_day(self.published, "--published")
        columns = (self.text_column, self.date_column)
        return Given(day, self.language, self.publisher, self.encoding, self.home, *columns)


@Parameter(name="*")
@dataclass(frozen=True)
class Fetched:
    """How addresses are fetched, and where what came is kept."""

    snapshots: Annotated[
        Path | None, Parameter(help="Folder for pages as they were fetched; `snapshots` beside the ledger's file.")
    ] = None
    allow_private: Annotated[
        bool, Parameter(help="Fetch from this machine and from networks of your own too.", negative=())
    ] = False

    def folder(self, ledger: str | None) -> Path | None:
        """Where pages are kept: named, or beside the ledger's file; nowhere where nothing is kept."""
        if self.snapshots is not None or ledger is None or "://" in ledger:
            return self.snapshots
        return Path(ledger).parent / "snapshots"


@Parameter(name="*")
@dataclass(frozen=True)
class Extent:
    """A ledger and the days of it that are asked for, with the project's own registers."""

    ledger: Annotated[
        str | None,
        Parameter(
            help="The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given."
        ),
    ] = None
    first: Annotated[str | None, Parameter(name="--from", help="First day, YYYY-MM-DD.")] = None
    last: Annotated[str | None, Parameter(name="--to", help="Last day, YYYY-MM-DD.")] = None
    registers: Annotated[Path | None, Parameter(help="Folder of a project's own actors, places, kinds and words.")] = (
        None
    )

    def opened(self) -> Ledger:
        """The ledger, which must exist."""
        return open_ledger(self.ledger)

    def known(self) -> Registers:
        """The registers."""
        return known_registers(self.registers, self.ledger)

    def days(self) -> tuple[date | None, date | None]:
        """First and last day. Raises UsageError for what is no day."""
        return parsed_days(self.first, self.last)


NOTHING = About()
WHOLE = Extent()
AS_USUAL = Fetched()
