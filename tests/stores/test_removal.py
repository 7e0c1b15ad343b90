"""Words that were removed are nowhere any more: not in an answer, not in the file, not after reading again."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from saksi import Document, Ledger, Query, Reader, rows_of
from saksi.errors import UsageError
from saksi.inquiry.queries import retell
from saksi.ledger import schema
from saksi.ledger.added import Addition, Mark, add_claim
from saksi.ledger.columns import check_row
from saksi.ledger.judgements import Judgement, judge
from saksi.ledger.removal import forget, redact, removals
from saksi.registers.load import load_registers

NAME = "Yosefina Tabuni"
TEXT = (
    f"Two civilians were killed in Mosul on 3 April 2019. One of them was {NAME}, a nurse, the army said. "
    f"Soldiers killed {NAME} at a checkpoint."
)
SAID = ("Rina", date(2024, 5, 2), "her family asks for it")


def put(ledger: Ledger, reader: Reader, text: str = TEXT, ref: str = "a") -> Document:
    """Reads a text into a ledger; a claim is added and a note written that names her."""
    document = Document(text=text, ref=ref, language="en", title=f"Who was {NAME}?", published=date(2019, 4, 4))
    reading = reader.read(document)
    ledger.add(reading.document, reading.version, rows_of(reading, {}), reading.unread)
    return reading.document


def fill(ledger: Ledger, reader: Reader) -> Document:
    """A ledger with her name in every place that takes words."""
    document = put(ledger, reader)
    at = TEXT.index(NAME)
    mark = Mark("kind", TEXT.index("killed"), TEXT.index("killed") + 6, "kill")
    actor = Mark("actor", at, at + len(NAME), NAME)
    row = add_claim(ledger, Addition(document=document.id, marks=(mark, actor)), "Rina", load_registers())
    judge(ledger, [row], [Judgement(verdict="accepted", claims=(row.id,), readings=(row.reading,), by="Rina",
                                    on=date(2024, 5, 1), note=f"{NAME} was her name")])  # fmt: skip
    retell(ledger, load_registers())
    return document


def everything(ledger: Ledger) -> str:
    """All that the ledger's tables say, in small letters."""
    ledger_tables = [*schema.metadata.sorted_tables]
    with ledger.engine.connect() as db:
        parts = [str(db.execute(sa.select(table)).all()) for table in ledger_tables]
        parts.append(str(db.execute(sa.text("SELECT document, title, text FROM search")).all()))
        if ledger.backend.path is None:
            parts.append(str(db.execute(sa.text("SELECT words::text FROM sentences")).all()))
        return " ".join(parts).lower()


def raw(ledger: Ledger) -> bytes:
    """The bytes on the disk: the file and what stands beside it."""
    path = ledger.backend.path
    ledger.close()
    return b"".join(p.read_bytes() for p in sorted(path.parent.glob(path.name + "*"))) if path is not None else b""


def test_a_forgotten_document_leaves_a_hash_and_a_tombstone(ledger: Ledger, reader: Reader) -> None:
    document = fill(ledger, reader)
    assert NAME.lower() in everything(ledger)
    copy = put(ledger, reader, ref="the same elsewhere")
    done = forget(ledger, document.id, SAID)
    assert set(done.documents) == {document.id, copy.id}
    for words in (NAME, "Tabuni", "checkpoint", "nurse"):
        assert words.lower() not in everything(ledger)
        assert words.encode() not in raw(ledger)
        assert not list(ledger.claims(Query(sentence=words)))
    tombs = removals(ledger)
    assert {(t.document, t.text_hash, t.by, t.note) for t in tombs} == {
        (d, document.text_hash, "Rina", SAID[2]) for d in done.documents
    }
    assert ledger.counts()["claims"] == 0
    assert ledger.forgotten(document)


def test_redacted_words_are_blocks_everywhere(ledger: Ledger, reader: Reader) -> None:
    document = fill(ledger, reader)
    at = TEXT.index(NAME)
    done = redact(ledger, document.id, (at, at + len(NAME)), SAID)
    again = TEXT.index(NAME, at + 1)
    assert done.elsewhere == ((again, again + len(NAME)),)
    redact(ledger, document.id, done.elsewhere[0], SAID)
    assert NAME.lower() not in everything(ledger)
    assert NAME.encode() not in raw(ledger)
    text = ledger.text(document.id)
    assert len(text) == len(TEXT)
    assert "was ████████ ██████, a nurse" in text
    for row in ledger.claims(Query(document=document.id)):
        assert check_row(row, text) is None


def test_redacting_everywhere_at_once(ledger: Ledger, reader: Reader) -> None:
    document = fill(ledger, reader)
    at = TEXT.index(NAME)
    assert redact(ledger, document.id, (at, at + len(NAME)), SAID, everywhere=True).elsewhere == ()
    assert "tabuni" not in everything(ledger)
    assert len([t for t in removals(ledger) if t.start is not None]) == 2


def test_a_newer_reader_does_not_bring_the_words_back(ledger: Ledger, reader: Reader) -> None:
    document = fill(ledger, reader)
    at = TEXT.index(NAME)
    redact(ledger, document.id, (at, at + len(NAME)), SAID, everywhere=True)
    reading = reader.read(document)
    newer = [msgspec.structs.replace(row, reading=row.reading + "newer") for row in rows_of(reading, {})]
    ledger.add(document, "r_newer", newer, reading.unread)
    copy = put(ledger, reader, ref="a copy that came later")
    assert "tabuni" not in everything(ledger)
    assert "█" in ledger.text(copy.id)


@pytest.mark.parametrize("span", [(-1, 3), (5, 5), (9, 3), (0, 100_000)])
def test_what_is_no_place_in_the_text_is_refused(ledger: Ledger, reader: Reader, span: tuple[int, int]) -> None:
    document = put(ledger, reader)
    with pytest.raises(UsageError):
        redact(ledger, document.id, span, SAID)
    assert NAME in ledger.text(document.id)


def test_what_hung_together_with_it_is_told_anew(ledger: Ledger, reader: Reader) -> None:
    """A contradiction goes with the document that made it one half."""
    registers = load_registers()
    texts = [f"{n} soldiers were killed in Kirkuk on 3 April 2019, the army said." for n in ("Nine", "Two")]
    _, second = (put(ledger, reader, text, str(n)) for n, text in enumerate(texts))
    rows = list(ledger.claims())
    claims, readings = tuple(r.id for r in rows), tuple(r.reading for r in rows)
    same = Judgement(verdict="same", claims=claims, readings=readings, by="Rina", on=date(2024, 5, 1))
    judge(ledger, rows, [same])
    retell(ledger, registers)
    assert "count" in everything(ledger)
    forget(ledger, second.id, SAID)
    retell(ledger, registers)
    with ledger.engine.connect() as db:
        assert db.execute(sa.select(schema.findings)).all() == []


def test_reading_a_forgotten_text_again_says_so(tmp_path: Path) -> None:
    """The daily feed that still carries it goes on, and says that it was left out."""
    (tmp_path / "report.txt").write_text(TEXT, "utf-8")
    path = str(tmp_path / "war.db")

    def saksi(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "saksi", *words], capture_output=True, text=True, cwd=tmp_path,
                              check=False)  # fmt: skip

    saksi("read", "report.txt", "--ledger", path)
    ledger = Ledger.open(path)
    (document,) = {row.document.id for row in ledger.claims()}
    erased = saksi("forget", document, "--by", "Rina", "--ledger", path)
    assert "forgotten" in erased.stdout
    again = saksi("read", "report.txt", "--ledger", path)
    assert (again.returncode, again.stderr) == (0, "")
    assert "1 left out: forgotten" in again.stdout
    assert list(ledger.claims()) == []
