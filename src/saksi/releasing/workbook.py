"""Claims as a workbook for spreadsheets: one sheet of claims, one that says what each column means.

Numbers are numbers, days are days, what is nested is JSON text. No cell is a formula, and a text that would become one
when the sheet is saved as CSV has an apostrophe before it, as in the tables.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any, BinaryIO, get_type_hints
from zipfile import ZIP_DEFLATED, ZipFile

from saksi.ledger.columns import Row
from saksi.releasing.codebook import meaning
from saksi.releasing.extras import library
from saksi.releasing.notes import Notes
from saksi.releasing.sheet import Sheet

FIXED = datetime(2000, 1, 1)  # a workbook has a day of making; no clock goes into it
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTH, WIDE = 14, 90
CLAIMS = "xl/worksheets/sheet1.xml"
PRESSED = 3  # how hard the file is pressed: harder takes three times as long, and makes it a fifth smaller


def write_workbook(stream: BinaryIO, columns: tuple[str, ...], lines: Iterable[dict[str, Any]], notes: Notes) -> None:
    """A workbook of lines with these columns. Lines beyond what a sheet holds are left out, and noted."""
    maker = library("xlsxwriter", "--as xlsx", "share").Workbook
    with TemporaryFile() as made, io.BytesIO() as book:
        Sheet(columns, notes).write(made, lines)
        draw(maker(book, OPTIONS), columns, notes.rows)
        made.seek(0)
        put_in(stream, book, made)


def draw(book: Any, columns: tuple[str, ...], rows: int) -> None:
    """The book with its sheets, where of the lines of claims only the corner of the last one is written."""
    book.set_properties({"title": "Claims", "comments": "Made with Saksi", "created": FIXED})
    head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet, last = book.add_worksheet("claims"), len(columns) - 1
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, last, WIDTH)
    sheet.write_row(0, 0, columns, head)
    if rows:
        sheet.write_blank(rows, last, None, day)
    sheet.autofilter(0, 0, rows, last)
    describe(book.add_worksheet("columns"), columns, head)
    book.close()


def put_in(stream: BinaryIO, book: BinaryIO, lines: BinaryIO) -> None:
    """Writes a book, its sheet of claims with lines that are made already."""
    with ZipFile(book) as drawn, ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=PRESSED) as whole:
        for name in drawn.namelist():
            part = drawn.read(name)
            with whole.open(name, "w", force_zip64=name == CLAIMS) as out:  # a sheet may have more than 2 GB
                if name == CLAIMS:
                    head = part[: part.index(b"</row>") + len(b"</row>")]
                    out.write(head)
                    shutil.copyfileobj(lines, out, 1 << 20)
                    part = part[part.index(b"</sheetData>") :]
                out.write(part)


def describe(sheet: Any, columns: tuple[str, ...], head: Any) -> None:
    """The sheet that says what each column means."""
    hints = get_type_hints(Row, include_extras=True)
    sheet.set_column(1, 1, WIDE)
    sheet.write_row(0, 0, ("column", "meaning"), head)
    for number, name in enumerate(columns, 1):
        told = meaning(hints[name]) if name in hints else f"of the first place: {name.removeprefix('place_1_')}"
        sheet.write_row(number, 0, (name, told))
