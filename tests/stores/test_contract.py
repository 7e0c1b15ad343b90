"""What a ledger promises, the same in a file and in PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from saksi import Document, Ledger, Query, Reader, Row, refresh, rows_of
from saksi.errors import LedgerError
from saksi.ledger import schema
from saksi.ledger.judgements import Judgement, judge, judgements
from saksi.reading.read import Reading
from saksi.reconcile.refresh import contradictions
from saksi.registers.load import load_registers
from tests.stores.conftest import Places

TEXTS = (
    "Dua prajurit TNI tewas di Nduga, Papua. Tiga warga sipil terluka, kata polisi.",
    "Sembilan prajurit TNI tewas di Nduga, Papua, Kamis (11/4), kata TPNPB.",
)


def put(ledger: Ledger, reader: Reader, text: str = TEXTS[0], ref: str = "a") -> tuple[Reading, list[Row]]:
    """Reads a text into a ledger."""
    reading = reader.read(Document(text=text, ref=ref, language="id", published=date(2024, 4, 12)))
    rows = rows_of(reading, {})
    ledger.add(reading.document, reading.version, rows, reading.unread)
    return reading, rows


def test_rows_come_back_as_they_went_in(ledger: Ledger, reader: Reader) -> None:
    reading, rows = put(ledger, reader)
    assert list(ledger.claims()) == rows
    assert ledger.text(reading.document.id) == TEXTS[0]
    assert put(ledger, reader)[1] == list(ledger.claims())  # reading again adds nothing


def test_an_address_may_be_of_any_length(ledger: Ledger, reader: Reader) -> None:
    words = "".join(f"{n:x}/" for n in range(100_000, 104_000))  # no two alike, so that no database folds it
    reading = reader.read(Document(text=TEXTS[0], url=f"https://berita.example/{words}", language="id"))
    ledger.add(reading.document, reading.version, rows_of(reading, {}), reading.unread)
    assert {row.document.url for row in ledger.claims()} == {reading.document.url}


def test_a_file_is_opened_without_postgresql(tmp_path: Path) -> None:
    code = "import sys; from saksi import Ledger; Ledger.open(sys.argv[1]); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "war.db"], capture_output=True, text=True, check=True)
    assert [name for name in done.stdout.split() if "postgresql" in name] == []


def test_queries_find_the_same(ledger: Ledger, reader: Reader) -> None:
    for n, text in enumerate(TEXTS):
        put(ledger, reader, text, str(n))
    for query, number in (
        (Query(kinds=("kill",)), 2), (Query(country="ID"), 3), (Query(words="polisi"), 2), (Query(words="PRAJURIT"), 3),
        (Query(words='"kata polisi"'), 2), (Query(words='"polisi kata"'), 0), (Query(words='AND " * ('), 0),
        (Query(sentence="polisi"), 1), (Query(sentence='"kata polisi"'), 1), (Query(sentence="NDUGA prajurit"), 2),
        (Query(sentence=""), 0), (Query(sentence='AND " * ('), 0),
        (Query(first=date(2024, 4, 11), last=date(2024, 4, 11)), 3),
        (Query(first=date(2024, 4, 11), last=date(2024, 4, 11), grounds="stated"), 1), (Query(stance="denies"), 0),
    ):  # fmt: skip
        assert len(list(ledger.claims(query))) == number, query


def test_a_newer_reader_supersedes(ledger: Ledger, reader: Reader) -> None:
    reading, rows = put(ledger, reader)
    newer = [msgspec.structs.replace(row, reading="r_newer", low=9) for row in rows[:1]]
    ledger.add(reading.document, "r_newer", newer, [])
    assert [row.low for row in ledger.claims()] == [9]


def test_a_row_that_breaks_takes_its_document_back(ledger: Ledger, reader: Reader) -> None:
    reading = reader.read(Document(text=TEXTS[0], ref="b", language="id"))
    rows = rows_of(reading, {})
    with pytest.raises(sa.exc.IntegrityError):
        ledger.add(reading.document, reading.version, [*rows, rows[0]], [])
    assert ledger.counts() == {"documents": 0, "claims": 0, "unread": 0}


def test_judging_and_reconciling_are_the_same(ledger: Ledger, reader: Reader) -> None:
    rows = [put(ledger, reader, text, str(n))[1][0] for n, text in enumerate(TEXTS)]
    registers = load_registers()
    refresh(ledger, registers)
    assert contradictions(ledger) == []
    claims, readings = tuple(r.id for r in rows), tuple(r.reading for r in rows)
    before = ledger.generation()
    judge(ledger, rows, [Judgement(verdict="same", claims=claims, readings=readings, by="Rina", on=date(2024, 5, 2))])
    assert ledger.generation() > before
    assert refresh(ledger, registers).assessed >= 2
    assert [set(c.claims) for c in contradictions(ledger)] == [set(claims)]
    assert [j.by for j in judgements(ledger)] == ["Rina"]


def test_a_ledger_of_a_newer_saksi_is_refused(places: Places) -> None:
    address = places()
    with Ledger.open(address).writing() as db:
        db.execute(schema.meta.update().where(schema.meta.c.key == "schema").values(value="99"))
    with pytest.raises(LedgerError, match="newer Saksi"):
        Ledger.open(address)


def test_the_first_tables_grow_to_those_of_today(places: Places, reader: Reader) -> None:
    """A ledger as the first Saksi made it has, once opened, exactly the tables that are made new today."""
    address = places()
    older = Ledger.open(address)
    with older.writing() as db:
        schema.metadata.drop_all(db)
        with Operations.context(MigrationContext.configure(db)):
            import_module("saksi.ledger.migrations.versions.0001_first").upgrade()
        db.execute(schema.meta.insert(), [{"key": "schema", "value": "1"}])
    ledger = Ledger.open(address)
    with ledger.engine.connect() as db:
        assert db.execute(sa.select(schema.meta.c.value).where(schema.meta.c.key == "schema")).scalar() == str(
            schema.VERSION
        )
        ours = {"include_name": lambda name, type, _: type != "table" or name in schema.metadata.tables}
        assert compare_metadata(MigrationContext.configure(db, opts=ours), schema.metadata) == []
    rows = put(ledger, reader)[1]
    assert list(ledger.claims()) == rows
    assert len(list(ledger.claims(Query(sentence="polisi")))) == 1


WRITER = """
import sys
from datetime import date
from saksi import Document, Ledger, Reader, rows_of, refresh
from saksi.ledger.judgements import Judgement, judge
from saksi.registers.load import load_registers
ledger, who = Ledger.open(sys.argv[1]), sys.argv[2]
if who == "reader":
    reader = Reader()
    for n in range(15):
        reading = reader.read(Document(text=f"{n + 2} soldiers were killed in Mosul.", ref=str(n), language="en"))
        ledger.add(reading.document, reading.version, rows_of(reading, {}), reading.unread)
    refresh(ledger, load_registers())
else:
    row = next(iter(ledger.claims()))
    for n in range(25):
        judge(ledger, [row], [Judgement(verdict="wrong" if n % 2 else "right", claims=(row.id,),
              readings=(row.reading,), by=who, on=date(2024, 5, 2), note=str(n))])
    refresh(ledger, load_registers())
"""


def test_a_reader_and_reviewers_at_once_lose_nothing(places: Places, reader: Reader) -> None:
    """Three reviewers and a reader, each a process of its own, on one ledger."""
    address = places()
    put(Ledger.open(address), reader)
    people = ("Ana", "Budi", "Citra")
    running = [subprocess.Popen([sys.executable, "-c", WRITER, address, who]) for who in (*people, "reader")]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0, 0]
    ledger = Ledger.open(address)
    made = judgements(ledger)
    for who in people:
        assert [j.note for j in made if j.by == who] == [str(n) for n in range(25)]
    assert ledger.counts()["documents"] == 16
    assert refresh(ledger, load_registers()).changed in (0, 1)  # whoever came last has seen all but perhaps itself


def test_two_processes_make_one_ledger(places: Places) -> None:
    address = places()
    code = "import sys; from saksi import Ledger; Ledger.open(sys.argv[1])"
    running = [subprocess.Popen([sys.executable, "-c", code, address]) for _ in range(4)]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0, 0]
    assert Ledger.open(address).counts()["documents"] == 0
