"""Lines of a workbook as its file holds them: whatever a claim says is read back, and nothing is run."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter import Workbook

from saksi.ledger.cells import escaped
from saksi.releasing.notes import Notes
from saksi.releasing.sheet import LONGEST, letters
from saksi.releasing.workbook import OPTIONS, write_workbook


def book_of(lines: list[dict[str, Any]], notes: Notes) -> io.BytesIO:
    """A workbook of some lines, its columns those of the first."""
    made = io.BytesIO()
    write_workbook(made, tuple(lines[0]), lines, notes)
    return made


def read_back(lines: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The values that a program finds below the head of a workbook of some lines."""
    found = load_workbook(book_of(lines, Notes()))["claims"].iter_rows(min_row=2, values_only=True)
    return [tuple(told(value) if isinstance(value, str) else value for value in line) for line in found]


def told(text: str) -> str:
    """A text with the characters that stand in it by their numbers, as spreadsheets show it."""
    return re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text)


@pytest.mark.parametrize(
    "text",
    [
        "tujuh & <delapan>",
        " 3 anak ",
        "bel\x07l\x00",
        "_x0041_x0042_",
        "kode_x",
        "baris\ndua\r",
        "akhir\uffff",
        "𝒶\ud800",
    ],
)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert read_back([{"id": "c_1", "unit": text}]) == [("c_1", text)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=20))
def test_whatever_a_text_is_a_spreadsheet_shows_it_and_runs_nothing(texts: list[str]) -> None:
    lines = [{"id": f"c_{n}", "unit": text, "actors": [text]} for n, text in enumerate(texts)]
    assert [line[1] for line in read_back(lines)] == [escaped(text) for text in texts]


def test_numbers_days_and_flags_are_what_they_are() -> None:
    line = {
        "low": 12,
        "lat": 33.5125,
        "exact": True,
        "vague": False,
        "end": date(2024, 4, 6),
        "start": date(1898, 2, 1),
    }
    assert read_back([line]) == [(12, 33.5125, True, False, datetime(2024, 4, 6), "1898-02-01")]


def test_what_no_cell_holds_is_left_out_and_noted_where_it_stands() -> None:
    notes, fits = Notes(), "𝒶" * (LONGEST // 2)
    found = load_workbook(book_of([{"id": "c_1", "a": "x", "b": fits, "c": fits + "𝒶", "d": [fits]}], notes))
    assert next(found["claims"].iter_rows(min_row=2, values_only=True)) == ("c_1", "x", fits, None, None)
    assert {column for column, _ in notes.not_held} == {"c", "d"}


def test_lines_are_those_that_the_library_makes_cell_by_cell() -> None:
    values = ["c_1", "=1+1", " sisi ", 7, 1e-9, -6.25, True, date(2024, 2, 29), "Deir ez-Zor & <Raqqa>"]
    columns = tuple(letters(n) for n in range(30, 30 + len(values)))
    ours = book_of([dict(zip(columns, values, strict=True))] * 3, Notes())
    theirs = io.BytesIO()
    book = Workbook(theirs, OPTIONS)
    head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("claims")
    sheet.write_row(0, 0, columns, head)
    for n in (1, 2, 3):
        for at, value in enumerate(values):
            sheet.write(n, at, escaped(value) if isinstance(value, str) else value, *([day] if at == 7 else []))
    book.close()
    lines = (re.search("<sheetData>.*</sheetData>", text_of(each)) for each in (ours, theirs))
    assert len({found[0] for found in lines if found}) == 1


def text_of(book: io.BytesIO) -> str:
    """The first sheet of a workbook as its file holds it."""
    return ZipFile(book).read("xl/worksheets/sheet1.xml").decode()
