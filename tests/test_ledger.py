"""The ledger: adding once, superseding without loss, going on after a crash, refusing what is none."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest

from saksi import Document, Ledger, Query, Reader, Row, rows_of
from saksi.errors import LedgerError
from saksi.reading.read import Reading

TEXT = "Dua prajurit TNI tewas di Nduga, Papua. Tiga warga sipil terluka, kata polisi."


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """An empty ledger."""
    return Ledger.open(tmp_path / "war.db")


def read(reader: Reader, text: str = TEXT, ref: str = "a") -> tuple[Reading, list[Row]]:
    """A reading with its rows."""
    reading = reader.read(Document(text=text, ref=ref, language="id"))
    return reading, rows_of(reading, {})


def test_rows_come_back_as_they_went_in(ledger: Ledger, reader: Reader) -> None:
    reading, rows = read(reader)
    assert ledger.add(reading.document, reading.version, rows, reading.unread) == 2
    assert list(ledger.claims()) == rows
    assert ledger.text(reading.document.id) == TEXT


def test_reading_again_adds_nothing(ledger: Ledger, reader: Reader) -> None:
    reading, rows = read(reader)
    for added in (2, 0):
        assert ledger.add(reading.document, reading.version, rows, reading.unread) == added
    assert ledger.counts() == {"documents": 1, "claims": 2, "unread": 0}


def test_a_newer_reader_supersedes_and_keeps_the_old_rows(ledger: Ledger, reader: Reader) -> None:
    reading, rows = read(reader)
    ledger.add(reading.document, reading.version, rows, [])
    newer = [msgspec.structs.replace(row, reading="r_newer", low=9) for row in rows[:1]]
    ledger.add(reading.document, "r_newer", newer, [])
    assert [row.low for row in ledger.claims()] == [9]
    with sqlite3.connect(ledger.name) as db:
        assert db.execute("SELECT count(*) FROM claims").fetchone() == (3,)


def test_equal_text_elsewhere_is_another_document(ledger: Ledger, reader: Reader) -> None:
    for ref in ("a", "b"):
        reading, rows = read(reader, ref=ref)
        ledger.add(reading.document, reading.version, rows, [])
    with sqlite3.connect(ledger.name) as db:
        assert db.execute("SELECT count(*), count(DISTINCT text_hash) FROM documents").fetchone() == (2, 1)


def test_a_row_that_does_not_fit_its_text_is_refused_whole(ledger: Ledger, reader: Reader) -> None:
    reading, rows = read(reader)
    broken = msgspec.structs.replace(reading.document, text="x" + TEXT)
    with pytest.raises(LedgerError, match="is not at"):
        ledger.add(broken, reading.version, rows, [])
    assert ledger.counts()["documents"] == 0


def test_a_crash_in_a_document_leaves_the_others(ledger: Ledger, reader: Reader) -> None:
    """The row that breaks takes its own document back with it, and nothing else."""
    first, first_rows = read(reader, ref="first")
    ledger.add(first.document, first.version, first_rows, [])
    second, second_rows = read(reader, ref="second")
    twice = [*second_rows, second_rows[0]]
    with pytest.raises(Exception, match="UNIQUE"):
        ledger.add(second.document, second.version, twice, [])
    assert ledger.counts() == {"documents": 1, "claims": 2, "unread": 0}
    assert ledger.add(second.document, second.version, second_rows, []) == 2


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        (Query(kinds=("kill",)), ["kill"]),
        (Query(country="ID"), ["kill", "injure"]),
        (Query(country="SY"), []),
        (Query(targets=("soldier",)), ["kill"]),
        (Query(words="prajurit"), ["kill", "injure"]),
        (Query(words="gempa"), []),
    ],
)
def test_claims_are_found_by_question(query: Query, kinds: list[str], ledger: Ledger, reader: Reader) -> None:
    reading, rows = read(reader)
    ledger.add(reading.document, reading.version, rows, [])
    assert [row.kind for row in ledger.claims(query)] == kinds


def test_a_claim_is_found_by_the_beginning_of_its_id(ledger: Ledger, reader: Reader) -> None:
    reading, rows = read(reader)
    ledger.add(reading.document, reading.version, rows, [])
    assert ledger.claim(rows[0].id[:8]) == rows[0]
    with pytest.raises(LedgerError, match="claims have an id"):
        ledger.claim("c_")


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    text, other = tmp_path / "notes.db", tmp_path / "other.db"
    text.write_text("these are notes, longer than the header of a database file would be")
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE cats (name TEXT)")
    for path in (text, other):
        with pytest.raises(LedgerError, match="is not a"):
            Ledger.open(path)


def test_a_ledger_of_a_newer_version_is_refused(ledger: Ledger) -> None:
    with sqlite3.connect(ledger.name) as db:
        db.execute("UPDATE saksi_meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(LedgerError, match="newer Saksi"):
        Ledger.open(ledger.name)


def test_a_missing_ledger_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="does not exist"):
        Ledger.open(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()
