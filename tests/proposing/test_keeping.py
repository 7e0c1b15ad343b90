"""Two readers' claims in a ledger: kept, superseded, redacted, corrected, and told on the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from saksi import Ledger, Reader, rows_of
from saksi.errors import UsageError, VocabularyError
from saksi.inquiry.explain import explanation
from saksi.intake.document import Document
from saksi.ledger import schema
from saksi.ledger.columns import Read, RefusedQuote, Row
from saksi.ledger.judgements import Judgement, judge, judged, judgements
from saksi.ledger.readers import as_ruled
from saksi.ledger.removal import forget, redact
from saksi.proposing.reader import Proposed, read_with
from saksi.proposing.schema import Proposal
from saksi.proposing.settling import load_policy

TEXT = "Two soldiers were killed in Homs on Monday, the army said. In Aleppo, a doctor named Samir Haddad spoke."
DOCUMENT = Document(text=TEXT, language="en", published=date(2016, 5, 4))
PROPOSALS = [
    Proposal(number="Two", around="Two soldiers were killed", kind="kill", counted="soldiers", place="Aleppo",
             days="Monday", speaker="a doctor named Samir Haddad"),
    Proposal(number="Six", around="Six soldiers were killed near Samir Haddad", kind="kill"),
]  # fmt: skip
SAID = ("Rina", date(2024, 5, 2), None)


@pytest.fixture
def made(reader: Reader) -> Proposed:
    """What two readers make of the text."""
    return read_with(reader, DOCUMENT, "llama", PROPOSALS)


@pytest.fixture
def ledger(tmp_path: Path, made: Proposed) -> Ledger:
    """A ledger with it."""
    ledger = Ledger.open(tmp_path / "war.db")
    quotes = [RefusedQuote("llama", r.field, r.quote, r.reason, "{}") for r in made.refused]
    ledger.keep(Read(made.document, made.version, made.rows, made.unread, quotes, made.over))
    return ledger


def killed(ledger: Ledger) -> Row:
    """The claim of the two soldiers."""
    return next(r for r in ledger.claims() if r.low == 2)


def everything(ledger: Ledger) -> str:
    """All that the ledger's tables hold."""
    with ledger.engine.connect() as db:
        return "\n".join(str(tuple(row)) for t in schema.metadata.sorted_tables for row in db.execute(sa.select(t)))


def test_a_row_comes_back_as_it_was_kept(ledger: Ledger, made: Proposed) -> None:
    assert list(ledger.claims()) == made.rows
    assert [r["quote"] for r in ledger.refusals()] == ["Six"]
    assert ledger.refusals("somebody else") == []


def test_the_rules_need_not_read_again_what_a_second_reader_has_read(ledger: Ledger, reader: Reader) -> None:
    assert ledger.has(DOCUMENT, reader.version(DOCUMENT))
    assert killed(ledger).readers is not None


def test_a_newer_reading_supersedes_and_brings_back_nothing_old(ledger: Ledger, reader: Reader) -> None:
    newer = read_with(reader, DOCUMENT, "llama", [])
    ledger.keep(Read(newer.document, newer.version, newer.rows, newer.unread, [], newer.over))
    assert {r.readers and tuple(r.readers["claim"]) for r in ledger.claims()} == {("rules",)}
    assert ledger.refusals() == []


def test_redacted_words_are_gone_from_the_other_reading_too(ledger: Ledger) -> None:
    begin = TEXT.index("Samir Haddad")
    redact(ledger, DOCUMENT.id, (begin, begin + len("Samir Haddad")), SAID, everywhere=True)
    assert "Samir" not in everything(ledger)
    begin = TEXT.index("the army")
    assert killed(ledger).rivals
    redact(ledger, DOCUMENT.id, (begin, begin + len("the army")), SAID, everywhere=True)
    assert "the army" not in everything(ledger)
    assert as_ruled(killed(ledger)) is None  # what the rules read there can no longer be told


def test_a_forgotten_document_leaves_no_quote(ledger: Ledger) -> None:
    forget(ledger, DOCUMENT.id, SAID)
    assert "Six" not in everything(ledger)
    assert "Homs" not in everything(ledger)


def test_a_person_settles_a_field(ledger: Ledger) -> None:
    row = killed(ledger)
    assert [p.name for p in row.places] == ["Aleppo"]
    assert row.place_grounds == "proposed"
    said = {"claims": (row.id,), "readings": (row.reading,), "by": "Rina", "on": date(2024, 5, 2)}
    settle = Judgement(verdict="corrected", field="reader:place", value="rules", **said)  # type: ignore[arg-type]
    judge(ledger, [row], [settle])
    held = judged(judgements(ledger)).corrected[row.id]
    assert list(held) == ["reader:place"]
    for field, value in (("reader:place", "nobody"), ("reader:moon", "rules")):
        wrong = Judgement(verdict="corrected", field=field, value=value, **said)  # type: ignore[arg-type]
        with pytest.raises(UsageError, match="does not read it"):
            judge(ledger, [row], [wrong])


def test_explain_tells_who_read_what(ledger: Ledger) -> None:
    lines = explanation(killed(ledger), TEXT).splitlines()
    assert any(line.startswith("Read by: claim rules, llama; ") for line in lines)
    assert "  rules reads the place otherwise: 'Homs'" in lines
    assert any("proposed: from the words" in line for line in lines)


def test_a_project_says_who_wins(tmp_path: Path) -> None:
    fields = ("kind", "target", "place", "days", "speaker", "relations")
    policy = "\n".join(f"{f}: {{differ: rules, empty: unread}}" for f in fields)
    (tmp_path / "readers.yml").write_text(policy, "utf-8")
    made = read_with(Reader(tmp_path), DOCUMENT, "llama", PROPOSALS)
    row = next(r for r in made.rows if r.low == 2)
    assert [p.name for p in row.places] == ["Homs"]
    assert {r.field: r.reader for r in row.rivals} == {"place": "llama", "speaker": "llama"}
    plain = Reader().read(DOCUMENT)
    ruled = as_ruled(row)
    assert ruled is not None
    (before,) = [r for r in rows_of(plain, {}) if r.id == row.id]
    assert ruled.places == before.places


def test_a_broken_policy_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "readers.yml").write_text("kind: {differ: second, empty: unread}\nplace: {differ: mine}\n", "utf-8")
    with pytest.raises(VocabularyError, match=r"readers\.yml:2: Invalid enum value 'mine'"):
        load_policy(tmp_path)
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "readers.yml").write_text("kind: {differ: second, empty: unread}\n", "utf-8")
    with pytest.raises(VocabularyError, match="missing required field `target`"):
        load_policy(tmp_path / "two")
