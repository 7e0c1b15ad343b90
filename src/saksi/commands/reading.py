"""What the commands do once their options are parsed."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from saksi.commands.lines import write_lines
from saksi.commands.terminal import is_watched, say
from saksi.errors import SaksiError, UsageError, VocabularyError
from saksi.fetching.reading import read_named
from saksi.figures import some
from saksi.inquiry.explain import days, figure_of
from saksi.intake.document import Document, Given
from saksi.intake.files import Refused
from saksi.languages.files import known_languages, load_language
from saksi.ledger.cells import cell
from saksi.ledger.columns import Row, rows_of
from saksi.ledger.grounds import GRADED, PROPOSED
from saksi.ledger.query import Query
from saksi.ledger.store import Ledger
from saksi.ledger.taking import take_in
from saksi.reading.claims.claim import STANCES
from saksi.reading.layers import layer_rows
from saksi.reading.mentions.home import home_of
from saksi.reading.read import Reading
from saksi.reading.reader import Reader
from saksi.registers.countries import country_code
from saksi.registers.load import load_registers, load_source, must_know

WIDTHS = (14, 16, 12, 28, 24, 24, 24)
TITLES = ("id", "kind", "number", "target", "where", "when", "says")


class Options(msgspec.Struct, frozen=True):
    """How `saksi read` reads and what it prints."""

    source: str | None = None
    registers: Path | None = None
    format: str | None = None
    layer: str | None = None
    snapshots: Path | None = None
    allow_private: bool = False


def read_command(files: list[str], given: Given, ledger: str | None, options: Options) -> int:
    """Reads files into a ledger, or prints their claims or one layer. Returns the exit code.

    A document that is refused is one line on standard error; the others are read all the same, and
    the exit code is 2.
    """
    reader = Reader(options.registers, options.source)
    reader.vocabulary(given.language or "en")
    if given.home is not None:
        home_of(given.home, reader.vocabulary(given.language or "en").gazetteer)
    store = Ledger.open(ledger) if ledger is not None else None
    progress = Progress(len(files), store is not None)
    refused = 0
    for document in read_named(files, given, options.snapshots, allow_private=options.allow_private):
        try:
            if isinstance(document, Refused):
                raise SaksiError(document.reason)
            handle(document, reader, store, options, progress)
        except SaksiError as error:
            if store is not None and not isinstance(document, Refused) and is_ours(error):
                raise
            sys.stderr.write(f"saksi: {error}\n")
            refused += 1
    progress.done(store, refused)
    for line, count in sorted(given.ignored.items()):
        sys.stderr.write(f"saksi: {line.replace('{n}', str(count))}\n")
    return 2 if refused else 0


def is_ours(error: SaksiError) -> bool:
    """Whether an error is of the ledger or vocabulary, so that going on makes no sense."""
    from saksi.errors import LedgerError

    return isinstance(error, (LedgerError, VocabularyError, UsageError))


def handle(document: Document, reader: Reader, store: Ledger | None, options: Options, progress: Progress) -> None:
    """Reads one document and keeps or prints what it holds."""

    def show(reading: Reading, rows: list[Row]) -> None:
        if options.layer is not None:
            write_lines(layer_rows(reading, options.layer))
        elif options.format == "jsonl":
            write_lines(iter(rows))
        elif options.format == "table":
            write_table(iter(rows))

    if store is not None:
        taken = take_in(store, reader, document, show)
        if taken.forgotten:
            progress.forgotten += 1
        else:
            progress.step(known=taken.known, added=taken.claims)
        return
    document = reader.prepared(document)
    reading = reader.read(document)
    show(reading, rows_of(reading, reader.actor_names(str(document.language))))
    progress.step(added=0)


class Progress:
    """Counts what was read; on a terminal it shows the count while it grows."""

    def __init__(self, files: int, shown: bool) -> None:
        self.documents = self.known = self.added = self.forgotten = 0
        self.shown = shown
        self.live = shown and is_watched() and files > 0

    def step(self, added: int = 0, known: bool = False) -> None:
        """Counts one document."""
        self.documents += 1
        self.known += known
        self.added += added
        if self.live and self.documents % 10 == 0:
            sys.stderr.write(f"\r{self.documents:,} documents, {self.added:,} claims")
            sys.stderr.flush()

    def done(self, store: Ledger | None, refused: int) -> None:
        """Prints what a ledger has gained."""
        if store is None:
            return
        if self.live:
            sys.stderr.write("\r")
        fresh = self.documents - self.known
        parts = [f"{some(fresh, 'document')} read", f"{some(self.added, 'claim')} added"]
        if self.known:
            parts.append(f"{self.known} already read by this reader")
        if self.forgotten:
            parts.append(f"{self.forgotten} left out: forgotten")
        if refused:
            parts.append(f"{refused} refused")
        say(f"{store.name}: " + ", ".join(parts))


def cells(row: Row) -> tuple[str, ...]:
    """A claim as the cells of the table for people."""
    target = row.target or row.target_text or ""
    owner = f" of {row.target_owner}" if row.target_owner else ""
    org = row.speaker_org or row.speaker
    says = f"{row.speaker.text if row.speaker else org.text}" if org else (row.document.publisher or "the outlet")
    if row.stance not in ("reports", "asserts", "claims"):
        says += f" {row.stance}"
    if PROPOSED in (getattr(row, name) for name in GRADED):
        says += f" ({PROPOSED})"
    where = ", ".join(p.text or p.name for p in row.places)
    number = "none" if row.negated and row.high == 0 else figure_of(row)
    return (row.id, row.kind, number, target + owner, where, days(row), says)


def told_again(row: Row) -> bool:
    """Whether a claim only restates an earlier one of its document."""
    return any(r.type == "restates" for r in row.relations)


def write_table(rows: Iterator[Row]) -> None:
    """Prints claims in columns for people; long cells are cut with an ellipsis."""
    print("  ".join(t.ljust(w) for t, w in zip(TITLES, WIDTHS, strict=True)).rstrip())
    for row in rows:
        cut = (c if len(c) <= w else c[: w - 1] + "…" for c, w in zip(cells(row), WIDTHS, strict=True))
        print("  ".join(c.ljust(w) for c, w in zip(cut, WIDTHS, strict=True)).rstrip())


def write_csv(rows: Iterator[Row]) -> None:
    """Prints claims as CSV: nested columns as JSON text, the first place flat beside them."""
    fields = list(Row.__struct_fields__)
    flat = ("name", "country", "lat", "lon", "level")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*fields, *(f"place_1_{f}" for f in flat)])
    for row in rows:
        place = row.places[0] if row.places else None
        extra = [cell(getattr(place, f) if place else None) for f in flat]
        writer.writerow([*(cell(getattr(row, f)) for f in fields), *extra])


WRITERS: dict[str, Callable[[Iterator[Row]], None]] = {
    "table": write_table,
    "csv": write_csv,
    "jsonl": write_lines,
}


def claims_command(store: Ledger, query: Query, shape: str, speaker: str | None = None) -> None:
    """Prints the claims that fit a query, or those of one speaker, whatever name it goes by."""
    rows = store.claims(query)
    WRITERS[shape](rows if speaker is None else told_by(rows, store, speaker))


def told_by(rows: Iterator[Row], store: Ledger, name: str) -> Iterator[Row]:
    """The claims of a speaker, by any of its names."""
    from saksi.reconcile.speakers.gathering import speakers_of

    speakers = speakers_of(store, load_registers())
    wanted = {each.key for each in speakers.called(name)}
    if not wanted:
        raise UsageError(f"--speaker: nobody called {name!r} speaks in {store.name}. Who does: saksi speakers")
    return (row for row in rows if (who := speakers.of(row)) is not None and who.key in wanted)


def query_of(given: dict[str, str | None], days: tuple[date | None, date | None]) -> Query:
    """A query from the options; kinds and classes take the narrower ones along."""
    registers = load_registers()
    stance, country = given["stance"], given["country"]
    if stance is not None and stance not in STANCES:
        raise UsageError(f"--stance {stance!r} is not one of: {' '.join(STANCES)}")
    return Query(
        kinds=under(given["kind"], registers.kinds, registers.is_a, "--kind"),
        targets=under(given["target"], registers.classes, registers.is_a, "--target"),
        country=country_code(country),
        **{name: given[name] for name in ("actor", "stance", "words", "sentence", "grounds")},
        first=days[0],
        last=days[1],
    )


def under(name: str | None, table: Any, is_a: Callable[[str, str], bool], option: str) -> tuple[str, ...] | None:
    """A kind or class with all narrower ones."""
    if name is None:
        return None
    must_know(name, table, option)
    return tuple(sorted(k for k in table if is_a(k, name)))


def overview_command(store: Ledger) -> None:
    """Prints what is said of each kind and target, side by side, nothing added up."""
    counts = store.counts()
    print(
        f"{store.name}: {counts['documents']} documents, {counts['claims']} claims, {counts['unread']} unread spans\n"
    )
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in store.claims():
        if (
            row.counts is not None
            and not told_again(row)
            and any(e.field == "number" and not e.inferred for e in row.evidence)
        ):
            groups.setdefault((row.kind, row.target or row.target_text or ""), []).append(row)
    for (kind, target), rows in sorted(groups.items()):
        print(f"{kind} {target}".rstrip())
        for row in rows:
            number, where, when, says = (cells(row)[n] for n in (2, 4, 5, 6))
            print(f"  {number:<14} {where or 'place not said'}, {when}, says {says}  {row.id}")


def check_registers(folder: Path) -> None:
    """Reads a project's own registers as the reader would, and says what they hold."""
    from saksi.proposing.prompt import load_prompt
    from saksi.proposing.settling import load_policy

    if not folder.is_dir():
        raise VocabularyError(f"{folder} is not a folder")
    registers = load_registers(folder)
    for name in registers.sources:
        load_source(name, registers)
    for code in known_languages(folder):
        Reader(folder).vocabulary(code)
        load_language(code, folder)
        load_prompt(code, folder)
    load_policy(folder)
    own = sorted(str(p.relative_to(folder)) for p in folder.rglob("*.yml"))
    print(f"{folder}: {some(len(own), 'file')}, no errors")
    for name in own:
        print(f"  {name}")
