"""People told of by name, one by one, in lists and behind nouns of harm."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from saksi import Document, Reader
from saksi.ledger.columns import rows_of
from tests.conftest import ROOT

CASES = yaml.safe_load((ROOT / "tests/cases/named.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_each_of_a_list_of_names_is_told(case: dict[str, Any], reader: Reader) -> None:
    rows = rows_of(reader.read(Document(text=case["text"], language=case["lang"])), {})
    told = [row for row in rows if row.kind == case["kind"]]
    assert sorted(row.target_text or "" for row in told) == sorted(case["told"])
    ties = [tie.type for row in told for tie in row.relations]
    assert (ties.count("part_of"), ties.count("restates")) == (case.get("parts", 0), case.get("again", 0))
