"""Who says it: a speaker is a noun phrase of people, bodies or documents, whole, or nobody."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from saksi import Document, Reader, rows_of
from tests.conftest import ROOT

CASES = yaml.safe_load((ROOT / "tests/cases/speakers.yml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("code", "case"),
    [(code, case) for code in ("en", "id") for case in CASES[code]],
    ids=lambda v: v if isinstance(v, str) else v["shows"],
)
def test_a_speaker_is_whole_or_nobody(code: str, case: dict[str, Any], reader: Reader) -> None:
    rows = rows_of(reader.read(Document(text=case["text"], language=code)), {})
    told = [r.speaker.text if r.speaker else None for r in rows if r.kind == case.get("of", r.kind) and r.counts]
    assert told, "no claim was read"
    assert set(told) == {case["says"]}
