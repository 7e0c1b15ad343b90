"""Pages in the manner of news sites and ministries: their text, title and day, and the claims read from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saksi import Document, Ledger, Reader
from saksi.errors import IntakeError
from saksi.inquiry.copies import copies_in
from saksi.intake.document import Given
from saksi.intake.encodings import mended
from saksi.intake.pages import read_page
from saksi.languages.files import load_yaml
from saksi.ledger.columns import Row, rows_of
from saksi.ledger.taking import take_in
from tests.conftest import ROOT

PAGES = ROOT / "tests" / "cases" / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.yml"))


def case_of(name: str) -> dict[str, Any]:
    """What a page must give."""
    case: dict[str, Any] = load_yaml(PAGES / f"{name}.yml")
    return case


def page(name: str) -> Document:
    """A page as it is taken in."""
    return read_page((PAGES / f"{name}.html").read_bytes(), name, Given(), f"{name}.html")


def fits(row: Row, wanted: dict[str, Any]) -> bool:
    """Whether a claim is the one that a page must give."""
    known = {"kind": row.kind, "low": row.low, "target": row.target, "start": row.start, "end": row.end,
             "places": [p.name for p in row.places]}  # fmt: skip
    return all(known[field] == value for field, value in wanted.items())


def test_there_are_pages_of_both_languages() -> None:
    assert len(NAMES) >= 25
    assert {name[:2] for name in NAMES} == {"en", "id"}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_gives_its_text_title_and_day(name: str) -> None:
    case = case_of(name)
    if "refused" in case:
        with pytest.raises(IntakeError, match=case["refused"]):
            page(name)
        return
    document = page(name)
    day: date | None = case["published"]
    assert (document.title, document.published, document.published_basis) == (case["title"], day, case["basis"])
    assert [words for words in case["has"] if words not in document.text] == []
    assert [words for words in case.get("lacks", []) if words in document.text] == []
    assert "url" not in case or document.url == case["url"]


@pytest.mark.parametrize("name", [n for n in NAMES if "claims" in case_of(n)])
def test_a_page_yields_its_claims_and_none_of_what_stands_around(name: str, reader: Reader) -> None:
    case, document = case_of(name), page(name)
    reading = reader.read(document)
    rows = rows_of(reading, {})
    assert reading.document.language == case["language"]
    assert [wanted for wanted in case["claims"] if not any(fits(row, wanted) for row in rows)] == []
    assert [row.sentence.text for never in case.get("never", []) for row in rows if fits(row, never)] == []
    for row in rows:
        assert all(document.text[e.start : e.end] == e.text for e in row.evidence if e.start is not None)


def test_an_amp_copy_is_not_read_again_and_a_second_page_is_the_same_story(tmp_path: Path, reader: Reader) -> None:
    ledger = Ledger.open(tmp_path / "war.db")
    first = take_in(ledger, reader, page("en-story"))
    assert first.is_new
    assert take_in(ledger, reader, page("en-story-amp")).known
    assert take_in(ledger, reader, page("id-halaman-satu")).is_new
    assert take_in(ledger, reader, page("id-halaman-dua")).is_new
    (group,) = copies_in(ledger)
    assert [c.how for c in group] == ["first", "same address"]


def test_a_document_in_two_languages_is_one_document_read_by_one_reader(reader: Reader) -> None:
    """Every claim stands at its place in the whole text, and the reader is known before it reads."""
    document = reader.prepared(page("id-en-campur"))
    reading = reader.read(document)
    rows = rows_of(reading, {})
    assert {row.document.id for row in rows} == {document.id}
    assert reading.version == reader.version(document) != reader.version(page("en-story"))
    assert len({row.id for row in rows}) == len(rows)
    assert all(document.text[r.sentence.start : r.sentence.end] == r.sentence.text for r in rows)


RIGHT = st.text(st.characters(codec="latin-1", min_codepoint=0x20) | st.sampled_from("–—“”‘’…•ḨţīʿЖ"), max_size=80)


@settings(deadline=None)
@given(RIGHT.filter(lambda t: t.isascii()))
def test_plain_text_is_never_mended(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    "text", ["“ANDRÉ” tewas", "“LIBERTÉ”, kata dia", "naïve façade — “ok”", "Ma’rib, Ḩalab, Ţarţūs", "5 °C, 3 £, 2 × 2"]
)
def test_what_is_right_stays_as_it_is(text: str) -> None:
    assert mended(text) == text
