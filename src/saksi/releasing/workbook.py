"""Claims as a workbook for spreadsheets: one sheet of claims, one that says what each column means.

Numbers are numbers, days are days, what is nested is JSON text. No cell is a formula, and a text that would become one
when the sheet is saved as CSV has an apostrophe before it, as in the tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, BinaryIO, get_type_hints

from saksi.ledger.cells import cell, escaped
from saksi.ledger.columns import Row
from saksi.releasing.codebook import meaning
from saksi.releasing.extras import library
from saksi.releasing.notes import Notes

LONGEST = 32_767  # characters of a cell
MOST = 1_048_576  # lines of a sheet
EPOCH = date(1900, 3, 1)  # spreadsheets disagree on the days before
FIXED = datetime(2000, 1, 1)  # a workbook has a day of making; no clock goes into it
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTH, WIDE = 14, 90


def write_workbook(stream: BinaryIO, columns: tuple[str, ...], lines: Iterable[dict[str, Any]], notes: Notes) -> None:
    """A workbook of lines with these columns. Lines beyond what a sheet holds are left out, and noted."""
    book = library("xlsxwriter", "--as xlsx", "share").Workbook(stream, OPTIONS)
    book.set_properties({"title": "Claims", "comments": "Made with Saksi", "created": FIXED})
    head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("claims")
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns) - 1, WIDTH)
    sheet.write_row(0, 0, columns, head)
    for number, line in enumerate(lines, 1):
        if number >= MOST:
            notes.leave_out("a sheet of a workbook has no more lines", [line["id"]])
            continue
        notes.rows += 1
        for at, column in enumerate(columns):
            put(sheet, (number, at), held(column, line, notes), day)
    sheet.autofilter(0, 0, min(notes.rows, MOST - 1), len(columns) - 1)
    describe(book.add_worksheet("columns"), columns, head)
    book.close()


def held(column: str, line: dict[str, Any], notes: Notes) -> Any:
    """A value as a cell holds it: what is nested as JSON text, texts escaped; one that is too long is noted."""
    value = line.get(column)
    if value is None or isinstance(value, (bool, int, float, date)):
        return value
    made = escaped(value) if isinstance(value, str) else cell(value)
    notes.escaped += made is not value and isinstance(value, str)
    if len(made) > LONGEST:
        notes.lacks(column, f"a cell of a workbook holds {LONGEST} characters", [line["id"]])
        return None
    return made


def put(sheet: Any, where: tuple[int, int], value: Any, day: Any) -> None:
    """Writes a cell as what it is."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*where, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(*where, value)
    elif isinstance(value, date) and value >= EPOCH:
        sheet.write_datetime(*where, value, day)
    else:
        sheet.write_string(*where, str(value))


def describe(sheet: Any, columns: tuple[str, ...], head: Any) -> None:
    """The sheet that says what each column means."""
    hints = get_type_hints(Row, include_extras=True)
    sheet.set_column(1, 1, WIDE)
    sheet.write_row(0, 0, ("column", "meaning"), head)
    for number, name in enumerate(columns, 1):
        told = meaning(hints[name]) if name in hints else f"of the first place: {name.removeprefix('place_1_')}"
        sheet.write_row(number, 0, (name, told))
