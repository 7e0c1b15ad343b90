"""What users do with speakers: list them, tell them apart or together, ask for one by any of its names."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from saksi import Ledger, Reader, rows_of
from saksi.inquiry.queries import check, tally
from saksi.inquiry.selection import Selection
from saksi.intake.document import Document
from saksi.ledger.removal import redact
from saksi.reconcile.refresh import refresh
from saksi.reconcile.speakers.gathering import kept_before, speakers_of
from saksi.reconcile.speakers.gathering import made as speakers_made
from saksi.reconcile.speakers.known import decoded, encoded
from saksi.registers.load import load_registers
from tests.test_cli import saksi

FIRST = "According to the Ministry of Health (MoH) in Gaza, 12 people were killed in Rafah. MoH said 30 were injured."
SECOND = "Fifteen people were killed in Rafah, according to the Gaza Health Ministry. Officials said two were injured."
THIRD = "The Lebanese Ministry of Health said nine people were killed in Tyre. Officials said four were injured."
KILLED = Selection(kind="kill")


def kept(ledger: Ledger, *texts: str) -> None:
    """Reads texts into a ledger, as published on one day."""
    reader = Reader()
    for text in texts:
        document = Document(text=text, language="en", publisher="Delmar Post")
        reading = reader.read(document)
        ledger.add(reading.document, reading.version, rows_of(reading, reader.actor_names("en")), reading.unread)


def names(ledger: Ledger, part: str = "") -> dict[str, set[str]]:
    """The names of each speaker of whom a name holds some letters, by the name it is shown by."""
    every = speakers_of(ledger, load_registers()).every
    return {s.name: {n.name for n in s.names} for s in every if any(part in n for n in s.plain_names)}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Three reports, of two ministries of health."""
    made = Ledger.open(tmp_path / "war.db")
    kept(made, FIRST, SECOND, THIRD)
    return made


def test_a_tally_has_one_row_for_a_speaker_of_many_names(ledger: Ledger) -> None:
    rows = [r for r in tally(ledger, KILLED) if r.of == "speaker"]
    ministries = [r.speaker_name for r in rows if "Health" in (r.speaker_name or "")]
    assert sorted(map(str, ministries)) == ["Gaza Ministry of Health", "Lebanese Ministry of Health"]


def test_claims_keep_the_words_they_were_read_from(ledger: Ledger) -> None:
    refresh(ledger, load_registers())
    told = {cell.text for row in ledger.claims() for cell in (row.speaker_org or row.speaker,) if cell is not None}
    assert {"MoH", "Gaza Health Ministry"} <= told


def test_any_of_its_names_finds_a_speaker(ledger: Ledger) -> None:
    for name in ("MoH", "Gaza Health Ministry", "gaza-health"):
        found = saksi("claims", "--ledger", ledger.name, "--speaker", name, "--format", "jsonl").stdout.splitlines()
        assert len(found) == 3, name
        table = saksi("tally", "--kind", "kill", "--speaker", name, "--ledger", ledger.name).stdout
        assert "says Gaza Ministry of Health" in table
        assert "Lebanese" not in table
    wrong = saksi("claims", "--ledger", ledger.name, "--speaker", "nobody at all")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Who does: saksi speakers" in wrong.stderr


def test_officials_of_two_pages_are_two(ledger: Ledger) -> None:
    assert len(names(ledger, "officials")) == 2


def test_the_list_says_why_names_are_one(ledger: Ledger) -> None:
    table = saksi("speakers", "moh", "--ledger", ledger.name).stdout
    assert "“Ministry of Health (MoH) in Gaza”" in table
    rows = json.loads(saksi("speakers", "moh", "--ledger", ledger.name, "--format", "json").stdout)
    assert [row["id"] for row in rows] == ["gaza-health"]
    assert saksi("speakers", "moh", "--ledger", ledger.name, "--format", "csv").stdout.startswith("speaker,shown,name,")


def test_a_person_tells_names_apart_and_together_and_takes_it_back(ledger: Ledger) -> None:
    judge = ("judge", "--by", "ann", "--ledger", ledger.name, "speaker")
    assert saksi(*judge, "MoH", "different", "Gaza Health Ministry").returncode == 0
    assert not any({"MoH", "Gaza Health Ministry"} <= some for some in names(ledger).values())
    assert "speakers different  'gaza health ministry' and 'moh'" in saksi("judgements", "--ledger", ledger.name).stdout
    assert saksi(*judge, "MoH", "undone", "Gaza Health Ministry").returncode == 0
    assert {"MoH", "Gaza Health Ministry"} <= names(ledger)["Gaza Ministry of Health"]
    assert saksi(*judge, "Officials", "same", "Officials").returncode == 0
    assert len(names(ledger, "officials")) == 1
    again = saksi(*judge, "MoH", "undone", "Gaza Health Ministry")
    assert (again.returncode, again.stdout) == (2, "")
    assert "nothing" in again.stderr


def test_only_names_of_the_ledger_are_judged(ledger: Ledger) -> None:
    wrong = saksi("judge", "--by", "ann", "--ledger", ledger.name, "speaker", "MoH", "same", "Nobody")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "'Nobody' is no speaker's name" in wrong.stderr
    assert not saksi("judgements", "--ledger", ledger.name).stdout.startswith("20")


def test_the_order_of_reading_does_not_matter(ledger: Ledger, tmp_path: Path) -> None:
    other = Ledger.open(tmp_path / "other.db")
    kept(other, THIRD, FIRST, SECOND)
    assert names(other) == names(ledger)


def test_what_a_new_page_joins_is_reconciled_anew(tmp_path: Path) -> None:
    """A page that spells an acronym out changes who spoke on the pages before it, and what is derived of these."""
    early = "The Delmar Relief Agency said 12 people were killed in Rafah on 3 May 2021."
    late = "DRA said 15 people were killed in Rafah on 3 May 2021."
    grown, whole = Ledger.open(tmp_path / "grown.db"), Ledger.open(tmp_path / "whole.db")
    registers = load_registers()
    kept(grown, early, late)
    check(grown, registers)
    assert len(names(grown, "d")) == 2
    spelled = "The Delmar Relief Agency (DRA) opened a clinic in Rafah."
    kept(grown, spelled)
    kept(whole, spelled, late, early)
    for ledger in (grown, whole):
        refresh(ledger, registers)
    assert kept_before(grown) == kept_before(whole)
    assert len(names(grown, "d")) == 1
    ends = [tally(ledger, KILLED) for ledger in (grown, whole)]
    assert [(r.of, r.low, r.high, r.speaker) for r in ends[0]] == [(r.of, r.low, r.high, r.speaker) for r in ends[1]]


def test_a_name_that_is_erased_is_erased_of_speakers_too(ledger: Ledger) -> None:
    registers = load_registers()
    name = "Andrea Holm"
    kept(ledger, f"{name} said three people were killed in Tyre.", "Holm said four were injured in Tyre.")
    refresh(ledger, registers)
    (told,) = saksi(
        "judge", "--by", "ann", "--ledger", ledger.name, "speaker", name, "same", "Holm"
    ).stdout.splitlines()
    assert name in told
    row = next(row for row in ledger.claims() if row.speaker is not None and row.speaker.text == name)
    start = ledger.text(row.document.id).index(name)
    redact(ledger, row.document.id, (start, start + len(name)), ("ann", date(2024, 5, 2), None), everywhere=True)
    assert "andrea" not in saksi("judgements", "--ledger", ledger.name).stdout.lower()
    refresh(ledger, registers)
    assert "andrea" not in saksi("speakers", "--ledger", ledger.name).stdout.lower()
    assert b"Andrea" not in Path(ledger.name).read_bytes()


def test_speakers_are_made_while_others_read_texts_in(ledger: Ledger, tmp_path: Path) -> None:
    """A text that comes in between two looks at the ledger is in the speakers or not yet; it breaks nothing."""
    other, late = Ledger.open(tmp_path / "war.db"), [SECOND.replace("Rafah", "Nuseirat")]

    def read_more(*_: object) -> None:
        if late:
            kept(other, late.pop())

    ledger.backend.serve(ledger.engine)  # so that nobody who reads holds off those who write
    sa.event.listen(ledger.engine, "after_cursor_execute", read_more)
    made = speakers_made(ledger, load_registers())
    assert not late
    assert {s.name for s in made.every} >= {"Gaza Ministry of Health", "Lebanese Ministry of Health"}


def test_speakers_are_kept_as_they_were_made(ledger: Ledger) -> None:
    made = speakers_made(ledger, load_registers())
    text = encoded(made)
    assert decoded(text) == made
    assert decoded(msgspec.json.encode(made).decode()) == made  # as ledgers of before have them
    assert text.count('"text":"MoH"') == 1
