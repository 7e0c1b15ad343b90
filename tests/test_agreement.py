"""Agreement between the reader and people, and between people, on small cases worked by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from saksi import Document, Ledger, Reader, Row, rows_of
from saksi.inquiry.agreement import READER, agreement, alpha
from saksi.ledger.added import Addition, Mark, Signoff, add_claim, sign_off
from saksi.ledger.judgements import Judgement, judge
from saksi.registers.load import load_registers

TEXT = "Three soldiers were killed in Mosul. Four were wounded. A bridge was destroyed."


def test_alpha_of_a_published_example() -> None:
    """Krippendorff (2011), nominal data of four observers: alpha is 0.743."""
    data = {
        "A": "1 2 3 3 2 1 4 1 2 . . .", "B": "1 2 3 3 2 2 4 1 2 5 . 3",
        "C": ". 3 3 3 2 3 4 2 2 5 1 .", "D": "1 2 3 3 2 4 4 1 2 5 1 .",
    }  # fmt: skip
    votes: dict[str, dict[str, str]] = {}
    for observer, row in data.items():
        for unit, value in enumerate(row.split()):
            if value != ".":
                votes.setdefault(str(unit), {})[observer] = value
    assert alpha(votes) == pytest.approx(0.743, abs=0.001)


def test_alpha_is_not_defined_without_two_opinions_or_two_values() -> None:
    assert alpha({}) is None
    assert alpha({"c": {"A": "1"}}) is None
    assert alpha({"c": {"A": "1", "B": "1"}, "d": {"A": "1", "B": "1"}}) is None
    assert alpha({"c": {"A": "1", "B": "2"}, "d": {"A": "2", "B": "1"}}) < 0  # type: ignore[operator]


@pytest.fixture
def ledger(tmp_path: Path, reader: Reader) -> Ledger:
    """A ledger with the claims of one text."""
    made = Ledger.open(tmp_path / "war.db")
    reading = reader.read(Document(text=TEXT, language="en", ref="a"))
    made.add(reading.document, reading.version, rows_of(reading, {}), reading.unread)
    return made


def said(ledger: Ledger, row: Row, by: str, verdict: str, **more: str) -> None:
    """Somebody judges a claim."""
    judge(ledger, [row], [Judgement(verdict=verdict, claims=(row.id,), readings=(row.reading,), by=by,
                                    on=date(2024, 5, 2), **more)])  # type: ignore[arg-type]  # fmt: skip


def test_what_was_kept_of_the_readers_values(ledger: Ledger) -> None:
    killed, wounded = list(ledger.claims())[:2]
    said(ledger, killed, "Ana", "accepted")
    said(ledger, killed, "Budi", "corrected", field="low", value="2")
    said(ledger, wounded, "Ana", "wrong")
    said(ledger, wounded, "Budi", "accepted")
    told = agreement(ledger)
    fields = {f.field: f for f in told.fields}
    assert (fields["low"].votes, fields["low"].kept) == (3, 2)  # of a claim that is not there, no field is judged
    assert (fields["claim"].votes, fields["claim"].kept) == (4, 3)
    assert fields["claim"].doubly == 2
    assert told.reviewers == {"Ana": 2, "Budi": 2}


def test_what_was_withdrawn_does_not_count(ledger: Ledger) -> None:
    killed = next(iter(ledger.claims()))
    said(ledger, killed, "Ana", "wrong")
    said(ledger, killed, "Ana", "undone")
    assert agreement(ledger).reviewers == {}


def test_recall_is_of_documents_signed_off(ledger: Ledger) -> None:
    assert agreement(ledger).signed_off == 0
    document = next(iter(ledger.claims())).document.id
    before = len(list(ledger.claims()))
    at = TEXT.index("bridge")
    mark = Mark("kind", at, at + 6, "damage")
    add_claim(ledger, Addition(document=document, marks=(mark,)), "Ana", load_registers())
    sign_off(ledger, Signoff(document=document, by="Ana", on=date(2024, 5, 2)))
    told = agreement(ledger)
    assert (told.signed_off, told.found, told.missed) == (1, before, 1)


def test_the_reader_is_no_person() -> None:
    assert READER == ""
