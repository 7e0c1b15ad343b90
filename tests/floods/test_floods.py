"""Reading a hostile text takes time in proportion to its length, whatever it is made of (`make floods`: 100,000)."""

from __future__ import annotations

import os
import time

import pytest

from saksi import Document, Reader, rows_of
from saksi.ledger.columns import check_row
from tests.floods.shapes import Flood, floods

LENGTH = int(os.environ.get("SAKSI_FLOODS", "8000"))
MOST = 2.5  # times what half the text costs
QUARTER = 4  # the two lengths lie so far apart, which tells more than twice does
SLACK = 0.03  # seconds that a clock and a full memory may add
FLOODS = floods()


def seconds(reader: Reader, document: Document) -> float:
    """The processor's time for reading a text."""
    begun = time.process_time()
    reader.read(document)
    return time.process_time() - begun


@pytest.mark.parametrize("flood", FLOODS, ids=lambda f: f"{f.language} {f.name}")
def test_a_longer_text_takes_longer_in_proportion(flood: Flood, reader: Reader) -> None:
    """Of up to five tries the least disturbed counts, for machines have other work too."""
    part = whole = float("inf")
    for _ in range(5):
        part = min(part, seconds(reader, flood.document(LENGTH // QUARTER)))
        whole = min(whole, seconds(reader, flood.document(LENGTH)))
        if whole <= MOST**2 * part + SLACK:
            return
    pytest.fail(f"{LENGTH} characters take {whole:.2f} s, a quarter of them {part:.2f} s")


@pytest.mark.parametrize("flood", FLOODS, ids=lambda f: f"{f.language} {f.name}")
def test_what_is_read_in_a_flood_stands_in_it(flood: Flood, reader: Reader) -> None:
    document = flood.document(1500)
    for row in rows_of(reader.read(document), {}):
        assert check_row(row, document.text) is None
