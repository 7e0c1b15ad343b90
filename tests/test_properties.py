"""What must hold of the claims of any text, tried on all texts of our own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from saksi import Document, Reader, rows_of
from saksi.evaluation.gold import SEEN, load_gold
from saksi.evaluation.properties import Violation, doubled, measure_properties, violations
from saksi.evaluation.sets.cases import load_cases
from saksi.intake.document import Given
from saksi.intake.files import Refused, read_files
from saksi.languages.files import HERE, known_languages, load_yaml
from tests.conftest import ROOT

CASES = ROOT / "tests/cases"
KNOWN: dict[str, list[str]] = yaml.safe_load((CASES / "known_violations.yml").read_text("utf-8"))


def own_documents() -> Iterator[tuple[str, Document]]:
    """Every text of the project: demo, gold, cases, examples of the languages."""
    for number, document in enumerate(read_files([str(p) for p in sorted((ROOT / "examples").glob("*"))], Given())):
        if not isinstance(document, Refused):
            yield f"examples-{number}", document
    for gold in load_gold(ROOT / "evaluate", SEEN):
        yield gold.id, gold.document()
    for name in ("cases", "siblings"):
        for case in load_cases(CASES / f"{name}.yml"):
            yield case.id, Document(text=case.text, language=case.lang, published=case.published)
    for code in known_languages():
        for entry in load_yaml(HERE / code / "examples.yml")["examples"]:
            yield f"{code}: {entry['shows']}", Document(text=entry["text"], language=code)


def broken(document: Document, reader: Reader) -> list[Violation]:
    """The violations of one document."""
    reading = reader.read(document)
    return list(violations(reading, rows_of(reading, {})))


@pytest.mark.parametrize(("name", "document"), list(own_documents()), ids=lambda v: v if isinstance(v, str) else "")
def test_properties_hold_of_our_own_texts(name: str, document: Document, reader: Reader) -> None:
    """Those known to be broken stand in a list that may only shrink."""
    assert sorted({v.sort for v in broken(document, reader)}) == sorted(KNOWN.get(name, []))


def text_of(text: str, code: str, reader: Reader) -> tuple[Any, Any]:
    """A reading and its rows."""
    reading = reader.read(Document(text=text, language=code))
    return reading, rows_of(reading, {})


def test_two_claims_on_one_number_are_a_violation_unless_one_restates(reader: Reader) -> None:
    _, (row,) = text_of("Three soldiers were killed in Kabul.", "en", reader)
    twin = msgspec.structs.replace(row, id="c_other")
    assert [v.sort for v in doubled([row, twin])] == ["two claims on one number"]
    assert list(doubled([row, msgspec.structs.replace(twin, kind="injure")])) == []


@pytest.mark.parametrize(
    ("code", "text", "start", "sort"),
    [
        ("en", "Troops met at 14 Palm Street. They were killed.", "14", "number inside an address, section or name"),
        ("en", "1. They were killed.", "1", "number inside a list marker"),
        ("en", "2.1 Deaths\n\nThey were killed.", "2.1", "number inside a section number"),
        ("id", "Mereka tewas di Jalan 14 Mei.", "14", "number inside a date"),
        ("en", "Section 4 stands. Two men were killed.", "4", "number inside an address, section or name"),
    ],
)
def test_a_number_inside_something_else_is_a_violation(
    code: str, text: str, start: str, sort: str, reader: Reader
) -> None:
    """A claim that stood on such a number would be told."""
    reading, rows = text_of(text, code, reader)
    (row, *_) = rows
    at = text.index(start)
    told = msgspec.structs.replace(row.evidence[0], field="number", start=at, end=at + len(start), text=start)
    forged = msgspec.structs.replace(row, evidence=[told], speaker=None)
    assert sort in [v.sort for v in violations(reading, [forged])]


def test_a_speaker_that_is_nobody_is_a_violation(reader: Reader) -> None:
    reading, (row, *_) = text_of("Police said three men were killed after all displacement.", "en", reader)
    at = row.sentence.text.index("displacement")
    told = msgspec.structs.replace(
        row.evidence[0], field="speaker", inferred=False, start=at, end=at + 12, text="displacement"
    )
    speaker = msgspec.structs.replace(row.speaker, id=None, text="displacement")
    forged = msgspec.structs.replace(row, speaker=speaker, evidence=[told])
    assert [v.sort for v in violations(reading, [forged])] == ["speaker"]


def test_a_file_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id": "a", "lang": "en", "text": "Three soldiers were killed in Kabul.", "gold": {}}\n')
    measure_properties(path, 5)
    assert capsys.readouterr().out == "texts.jsonl: 1 claim, 0 violations\n"
