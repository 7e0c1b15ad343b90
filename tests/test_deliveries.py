"""Sources with expectations: what was expected, what came, and a signal for each wrong delivery."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import sqlalchemy as sa

from saksi import Document, Ledger, Reader
from saksi.inquiry.deliveries import Days, check_sources
from saksi.ledger import schema
from saksi.ledger.removal import forget
from saksi.ledger.taking import take_in
from saksi.reading.vocabulary import data_digest
from saksi.registers.load import load_registers
from tests.test_cli import saksi

SOURCE = """name: Ministry of Health of Contohia
language: en
expects:
  publishers: [Health Ministry]
  sites: [health.example]
  weekly: [1, 2]
  languages: [en]
  gap: 9
  words: 8
  never_falls: [{kind: kill, target: person}]
"""
TOTAL = "The Ministry of Health said on %s that %s people have been killed in Kutum since 1 April 2024."


def overlay(folder: Path, source: str = SOURCE) -> Path:
    """A project's own registers with one source."""
    (folder / "registers" / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "registers" / "sources" / "health.yml").write_text(source, encoding="utf-8")
    return folder / "registers"


def put(ledger: Ledger, text: str, day: int | None, **fields: str) -> str:
    """Reads a document of the ministry, of a day in May 2024, into a ledger."""
    published = date(2024, 5, day) if day else None
    document = Document(text=text, published=published, publisher="Health Ministry", language="en")
    return take_in(ledger, Reader(), msgspec.structs.replace(document, **fields)).document.id


def sorts(ledger: Ledger, registers: Path, days: Days) -> list[tuple[str, str | None]]:
    """The signals of the one source of ours, by sort and document."""
    (ours,) = (c for c in check_sources(ledger, load_registers(registers), days) if c.source == "health")
    return [(s.sort, s.document) for s in ours.signals]


MAY = Days(date(2024, 4, 29), date(2024, 5, 26))  # four whole weeks


def test_what_was_expected_and_came_is_no_signal(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "war.db")
    for day, killed in ((2, "210"), (8, "214"), (16, "214"), (23, "230")):
        put(ledger, TOTAL % (f"{day} May", killed), day)
    put(ledger, "Nothing of ours.", 9, publisher="Another Outlet")
    assert sorts(ledger, overlay(tmp_path), MAY) == []


def test_each_wrong_delivery_is_a_signal_that_is_queryable_and_made_anew(tmp_path: Path) -> None:
    ledger, registers = Ledger.open(tmp_path / "war.db"), overlay(tmp_path)
    put(ledger, TOTAL % ("2 May", "210"), 2)
    put(ledger, TOTAL % ("3 May", "212"), 3)
    put(ledger, TOTAL % ("4 May", "213"), 4, publisher="", url="https://www.health.example/4")
    other = put(ledger, "Dua puluh tiga orang dirawat di rumah sakit di Kutum, kata menteri.", 14, language="id")
    wall = put(ledger, "We value your privacy.", 15)
    fallen = put(ledger, TOTAL % ("23 May", "190"), 23)
    undated = put(ledger, "The ministry has said that all of its hospitals are open again.", None)
    assert sorts(ledger, registers, MAY) == [
        ("few", None), ("many", None), ("gap", None), ("undated", undated), ("language", other), ("short", wall),
        ("falls", fallen),
    ]  # fmt: skip
    s = schema.signals.c
    with ledger.engine.connect() as db:
        (said,) = db.execute(sa.select(s.said).where(s.sort == "falls")).scalars()
    assert said.startswith("kill falls from 213 (2024-05-04, claim c_")
    forget(ledger, wall, ("Rina", date(2024, 6, 1), None))
    with ledger.engine.connect() as db:
        assert wall not in db.execute(sa.select(s.document)).scalars().all()
    assert ("short", wall) not in sorts(ledger, registers, MAY)


def test_the_command_says_what_was_expected_a_line_a_deviation_and_its_code(tmp_path: Path) -> None:
    ledger, registers = Ledger.open(tmp_path / "war.db"), overlay(tmp_path)
    put(ledger, TOTAL % ("2 May", "210"), 2)
    first = ("sources", "check", "--ledger", tmp_path / "war.db", "--registers", registers)
    good = saksi(*first, "--from", "2024-04-29", "--to", "2024-05-05")
    assert "health: expected 1 to 2 a week, in en, at most 9 days apart, of 8 words or more" in good.stdout
    assert (good.returncode, good.stdout.count("\n")) == (0, 2)
    late = saksi(*first, "--to", "2024-05-20")
    assert "    gap: none from 2024-05-02 to 2024-05-20: 18 days, at most 9 expected\n" in late.stdout
    assert late.returncode == 1
    silent = saksi(*first, "--from", "2024-06-03", "--to", "2024-06-05")
    assert "    nothing: nothing was delivered\n" in silent.stdout


def test_a_source_that_has_ended_is_expected_to_deliver_nothing_more(tmp_path: Path) -> None:
    ledger, registers = Ledger.open(tmp_path / "war.db"), overlay(tmp_path, SOURCE + "  until: 2024-05-05\n")
    put(ledger, TOTAL % ("2 May", "210"), 2)
    assert sorts(ledger, registers, Days(None, date(2024, 8, 1))) == []


def test_without_a_last_day_it_is_that_of_the_ledger_and_never_today(tmp_path: Path) -> None:
    ledger, registers = Ledger.open(tmp_path / "war.db"), overlay(tmp_path)
    put(ledger, TOTAL % ("2 May", "210"), 2)
    assert sorts(ledger, registers, Days(None, None)) == []


def test_changed_expectations_make_no_reading_old_and_other_changes_do(tmp_path: Path) -> None:
    before = data_digest("en", overlay(tmp_path))
    assert data_digest("en", overlay(tmp_path, SOURCE.replace("gap: 9", "gap: 3"))) == before
    assert data_digest("en", overlay(tmp_path, SOURCE.replace("language: en\n", "", 1))) != before


def test_a_running_total_of_no_kind_is_one_line_with_file_and_line(tmp_path: Path) -> None:
    registers = overlay(tmp_path, SOURCE.replace("kind: kill", "kind: kil"))
    told = saksi("registers", "check", registers)
    assert told.returncode == 2
    assert "health.yml:10: 'kil' is neither a kind nor a class of the registers" in told.stderr
