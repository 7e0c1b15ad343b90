"""A language needs data only: a tiny Spanish, a few dozen words, reads three sentences."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from saksi import Document, Reader, rows_of
from saksi.errors import VocabularyError
from tests.conftest import ROOT
from tests.test_examples import said

THIRD = ROOT / "tests/third"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Al menos cinco soldados murieron en Colombia.", ["kill 5+ soldier @CO"]),
        (
            "Los soldados destruyeron dos vehículos y capturaron tres guerrilleros.",
            ["destroy 2 vehicle", "detain 3 fighter"],
        ),
        ("Murieron 1.200 personas en Siria el 24 de marzo.", ["kill 1200 person @SY"]),
    ],
)
def test_a_third_language_reads(text: str, says: list[str]) -> None:
    document = Document(text=text, language="es", published=date(2019, 4, 15))
    rows = rows_of(Reader(THIRD).read(document), {})
    assert [said(row, False) for row in rows] == says


def test_its_days_are_read_too() -> None:
    text = "Murieron diez personas en Siria el 24 de marzo."
    (row,) = rows_of(Reader(THIRD).read(Document(text=text, language="es", published=date(2019, 4, 15))), {})
    assert (row.start, row.end) == (date(2019, 3, 24), date(2019, 3, 24))


def test_a_language_that_lacks_a_file_says_which(tmp_path: Path) -> None:
    folder = tmp_path / "languages/xx"
    folder.mkdir(parents=True)
    (folder / "language.yml").write_text("code: xx\n")
    with pytest.raises(VocabularyError, match=r"has no actors\.yml"):
        Reader(tmp_path).vocabulary("xx")
