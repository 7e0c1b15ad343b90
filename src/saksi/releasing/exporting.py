"""`saksi export`: the claims of a ledger in the shape of another scheme, with notes of what it could not hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from saksi.circles import uncollected
from saksi.errors import UsageError
from saksi.figures import some
from saksi.ledger.columns import Row
from saksi.ledger.judgements import Judged, judged, judgements
from saksi.ledger.store import Ledger
from saksi.registers.load import Registers
from saksi.releasing.choice import Asking
from saksi.releasing.chosen import as_judged, rows_chosen
from saksi.releasing.happenings import happenings
from saksi.releasing.notes import Notes
from saksi.releasing.parquet import write_parquet
from saksi.releasing.shapes import SHAPES, Shape, shape_of
from saksi.releasing.workbook import write_workbook
from saksi.releasing.world import World
from saksi.releasing.writing import DELIMITERS, whole, write_features, write_lines, written
from saksi.version import __version__

SPREADSHEET = "a text that begins with = + - @ has an apostrophe before it, so that no spreadsheet runs it"


def export(ledger: Ledger, name: str, out: Path, asking: Asking, registers: Registers) -> Notes:
    """Writes the claims that were chosen in a shape, and its notes beside it; returns the notes.

    Raises UsageError for a shape that is not known, and for a file that cannot be written.
    """
    if name not in SHAPES:
        raise UsageError(f"--as {name!r} is not one of: {' '.join(SHAPES)}")
    shape, notes = shape_of(name), Notes()
    notes.empty = shape.empty
    with uncollected(), whole(out) as stream, whole(out.with_name(out.name + ".notes.json")) as beside:
        lines = shape.lines(told(ledger, shape, asking, registers, notes), World(registers), notes)
        write(stream, shape, lines, notes)
        beside.write(notes.encoded(about(ledger, name, shape, asking)))
    return notes


def write(stream: BinaryIO, shape: Shape, lines: Iterator[Any], notes: Notes) -> None:
    """Lines in the form of their shape."""
    if shape.form in DELIMITERS:
        written(stream, shape.columns, lines, notes, DELIMITERS[shape.form])
    elif shape.form == "geojson":
        write_features(stream, lines, notes)
    elif shape.form == "parquet":
        write_parquet(stream, lines, notes)
    elif shape.form == "xlsx":
        write_workbook(stream, shape.columns, lines, notes)
    else:
        write_lines(stream, lines, notes)


def about(ledger: Ledger, name: str, shape: Shape, asking: Asking) -> dict[str, Any]:
    """What the notes are about."""
    found: dict[str, Any] = {"shape": name, "saksi": __version__, "selection": asking.told(), "lines_are": shape.of}
    return {**found, "text_cells": SPREADSHEET} if shape.form in (*DELIMITERS, "xlsx") else found


def told(ledger: Ledger, shape: Shape, asking: Asking, registers: Registers, notes: Notes) -> Iterator[Any]:
    """What a shape's lines are made of; claims that are left out before that are noted."""
    opinions = judged(judgements(ledger))
    rows = counted(rows_chosen(ledger, asking, registers), notes)
    if shape.of == "read":
        yield from as_read(rows, opinions, notes)
        return
    kept = unstruck(rows, opinions, notes)
    if shape.of == "judged":
        yield from kept
        return
    yield from happenings(ledger, kept, registers, notes)


def counted(rows: Iterator[Row], notes: Notes) -> Iterator[Row]:
    """Rows, counted on the way."""
    for row in rows:
        notes.claims += 1
        yield row


def as_read(rows: Iterator[Row], opinions: Judged, notes: Notes) -> Iterator[Row]:
    """Rows as they were read; what people judged otherwise is noted."""
    for row in rows:
        if row.id in opinions.struck:
            notes.lacks("id", "people struck this claim through; it stands here as it was read", [row.id])
        for field in opinions.corrected.get(row.id, ()):
            notes.lacks(field, "people corrected this field; it stands here as it was read", [row.id])
        yield row


def unstruck(rows: Iterator[Row], opinions: Judged, notes: Notes) -> Iterator[Row]:
    """Rows as people corrected them; those struck through are left out."""
    for each in as_judged(rows, opinions):
        if isinstance(each, str):
            notes.leave_out("people struck it through", [each])
        else:
            yield each


def summed(notes: Notes, out: Path) -> str:
    """What an export did, in a line."""
    left = sum(len(set(ids)) for ids in notes.left_out.values())
    parts = [f"{some(notes.rows, 'line')} of {some(notes.claims, 'claim')}", f"{left} left out"]
    return f"{out}: {', '.join(parts)}; what it could not hold and why: {out.name}.notes.json"
