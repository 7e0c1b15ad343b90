"""Rows of tables of losses and incidents: told as lines, read as claims with the place and day of their own row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saksi import Document, Reader
from saksi.intake.document import Given
from saksi.intake.files import read_files
from saksi.intake.rows import COUNT, lines_of
from saksi.languages.files import load_yaml
from saksi.ledger.columns import Row, rows_of
from tests.conftest import ROOT
from tests.intake import made
from tests.intake.test_files import put

CASES: list[dict[str, Any]] = load_yaml(ROOT / "tests" / "cases" / "tables.yml")
Grid = list[list[str]]


def grid(case: dict[str, Any]) -> Grid:
    """The cells of a case."""
    return [[cell.strip() for cell in row.split("|")] for row in case["rows"].strip().splitlines()]


def claims(reader: Reader, text: str, case: dict[str, Any]) -> list[Row]:
    """What the reader makes of a text."""
    document = Document(text=text, language=case["language"], published=case["published"])
    return rows_of(reader.read(document), {})


def fits(row: Row, wanted: dict[str, Any]) -> bool:
    """Whether a claim is the one that a case names."""
    known = {"kind": row.kind, "low": row.low, "target": row.target, "status": row.target_status, "start": row.start,
             "end": row.end, "places": [p.name for p in row.places]}  # fmt: skip
    return row.low == row.high and all(known[field] == value for field, value in wanted.items())


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_row_is_read_with_its_own_place_and_day(case: dict[str, Any], reader: Reader) -> None:
    text = "\n".join(lines_of(grid(case), case.get("caption", ""), case["language"]))
    rows = claims(reader, text, case)
    missing = [wanted for wanted in case["says"] if not any(fits(row, wanted) for row in rows)]
    assert missing == [], text
    if not case["says"]:
        assert rows == []
    for row in rows:
        assert all(text[e.start : e.end] == e.text for e in row.evidence if e.start is not None and e.end is not None)


def page_of(words: str, table: str) -> bytes:
    """A page with a table between two paragraphs."""
    return made.page("Attacks of the week", words, "HERE", words.replace("Monday", "week")).replace(
        b"<p>HERE</p>", table.encode()
    )


@pytest.mark.parametrize("kind", ["html", "docx", "csv", "pdf"])
def test_a_table_tells_the_same_in_every_kind_of_file(kind: str, tmp_path: Path) -> None:
    rows = grid(CASES[0])
    words = "The ministry has published the list of attacks of the week in the north of the country, as every Monday."
    if kind == "html":
        cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
        data = page_of(words, f"<table>{cells}</table>")
    elif kind == "docx":
        data = made.docx(made.paragraph(words) + made.table(*rows))
    elif kind == "csv":
        data = "\n".join(",".join(row) for row in rows).encode()
    else:
        data = made.pdf([[words, *("    ".join(row) for row in rows[:3]), words]])
    (document,) = read_files([str(put(tmp_path, f"a.{kind}", data))], Given())
    assert isinstance(document, Document)
    assert "12 May 2024, in Kunduz district: 3 killed, 6 injured." in document.text
    assert "14 May 2024, in Herat district: 2 killed." in document.text


def test_a_table_within_a_layout_keeps_what_its_cells_reach_over(tmp_path: Path) -> None:
    table = (
        "<table><tr><th rowspan='2'>Date</th><th rowspan='2'>Town</th><th colspan='2'>Civilians</th></tr>"
        "<tr><th>killed</th><th>injured</th></tr>"
        "<tr><td rowspan='2'>12 May 2024</td><td>Kunduz</td><td>3</td><td>5</td></tr>"
        "<tr><td>Herat</td><td>1</td><td>-</td></tr></table>"
    )
    words = "The ministry has published the list of attacks of the week in the north of the country, as every Monday."
    (document,) = read_files([str(put(tmp_path, "a.html", page_of(words, table)))], Given())
    assert isinstance(document, Document)
    assert "12 May 2024, in Kunduz: 3 civilians killed, 5 civilians injured." in document.text
    assert "12 May 2024, in Herat: 1 civilians killed." in document.text


HEADS = st.sampled_from(
    ["Date", "Place", "Killed", "Injured", "No.", "Remarks", "Lokasi", "Tewas", "Total", "", "Week"]
)
CELLS = st.sampled_from(["", "-", "3", "1,200", "Kunduz", "12 May 2024", "05/06/2024", "Total", "Jumlah", "a b", "|"])


ROWS = st.integers(1, 5).flatmap(
    lambda n: st.tuples(
        st.lists(HEADS, min_size=n, max_size=n), st.lists(st.lists(CELLS, min_size=n, max_size=n), max_size=6)
    )
)


@settings(deadline=None, max_examples=300)
@given(ROWS)
def test_no_line_tells_a_number_that_no_cell_has(table: tuple[list[str], Grid]) -> None:
    """Whatever a table holds: nothing is added up, and each number of a line is one of its cells."""
    heads, rows = table
    cells = {part for row in (heads, *rows) for cell in row for part in cell.split()}
    days = {"2024-05-06", "2024-06-05"}
    for line in lines_of([heads, *rows]):
        words = [w.rstrip(".,:") for w in line.split()]
        assert all(w in cells or w in days for w in words if COUNT.fullmatch(w) or w[:4] == "2024")


def test_reading_goes_on_from_a_line_into_the_text(reader: Reader) -> None:
    """The table has no day of its own: the page's is taken, and said to be presumed."""
    text = "\n".join(lines_of([["Place", "Killed"], ["Kunduz", "3"]], "", "en"))
    document = Document(text=text, language="en", published=date(2024, 5, 20))
    (row,) = rows_of(reader.read(document), {})
    assert (row.low, [p.name for p in row.places], row.days_grounds) == (3, ["Kunduz"], "presumed")
