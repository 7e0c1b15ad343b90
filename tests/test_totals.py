"""Running totals, windows and areas: each case of the YAML file, with its scope, days, places and parts."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from saksi import Document, Reader, Row, rows_of
from tests.conftest import ROOT

TOTALS = yaml.safe_load((ROOT / "tests/cases/totals.yml").read_text("utf-8"))
CASES = [pytest.param(code, case, id=f"{code}: {case['shows']}") for code in ("en", "id") for case in TOTALS[code]]


WITH_PARTS = [
    pytest.param(code, c, id=f"{code}: {c['shows']}") for code in ("en", "id") for c in TOTALS[code] if "parts" in c
]


def rows_with(reader: Reader, code: str, text: str) -> dict[int, Row]:
    """The claims of a text by their numbers, the first of each."""
    document = Document(text=text, language=code, published=TOTALS["published"])
    found: dict[int, Row] = {}
    for row in rows_of(reader.read(document), {}):
        if row.low is not None and row.kind != "statement":
            found.setdefault(row.low - (row.high is None and row.low not in said(text)), row)
    return found


def said(text: str) -> set[int]:
    """The figures that a text shows, so that "more than 40" is looked up by 40."""
    plain = "".join(c if c.isdigit() else " " if c not in ".," else "" for c in text)
    return {int(word) for word in plain.split()}


@pytest.mark.parametrize(("code", "case"), CASES)
def test_a_figure_has_its_scope_days_and_places(code: str, case: dict[str, Any], reader: Reader) -> None:
    rows = rows_with(reader, code, case["text"])
    told = {
        number: [row.scope, row.start, row.end, [p.name for p in row.places]]
        for number, row in rows.items()
        if number in case["figures"]
    }
    assert told == case["figures"]


@pytest.mark.parametrize(("code", "case"), WITH_PARTS)
def test_what_a_day_adds_is_part_of_the_total(code: str, case: dict[str, Any], reader: Reader) -> None:
    rows = rows_with(reader, code, case["text"])
    for part, whole in case["parts"]:
        assert ("part_of", rows[whole].id) in [(r.type, r.claim) for r in rows[part].relations]
