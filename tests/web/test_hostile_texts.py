"""A text, title, publisher or note that holds a page's own language is shown as words and never run."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from saksi import Ledger
from saksi.inquiry.queries import retell
from saksi.intake.document import Document
from saksi.ledger.columns import rows_of
from saksi.reading.reader import Reader
from saksi.registers.load import load_registers
from tests.web.conftest import serving, site_on

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>"
PAGES = ("/", "/claims", "/documents", "/tally?kind=kill", "/speakers", "/contradictions", "/incidents", "/review",
         "/map", "/agreement", "/claims?q=%3Cscript%3Ealert(1)%3C/script%3E", "/tally?kind=kill&place=%3Csvg/onload%3E",
         "/claims/{claim}", "/documents/{document}")  # fmt: skip


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Iterator[tuple[httpx.Client, str, str]]:
    """A page over one hostile document, with the ids of a claim and of the document."""
    ledger = Ledger.open(tmp_path_factory.mktemp("evil") / "war.db")
    text = f"Two soldiers were killed in Kabul, {EVIL} Mr {EVIL} said. Three civilians were injured {EVIL} in Herat."
    document = Document(text=text, title=EVIL, publisher=EVIL, url=f"javascript:alert('{EVIL}')", language="en")
    reading = reader.read(document)
    rows = list(rows_of(reading, {}))
    ledger.add(reading.document, reading.version, rows, reading.unread)
    retell(ledger, load_registers())
    with serving(site_on(ledger)) as address, httpx.Client(base_url=address, timeout=60) as asking:
        yield asking, rows[0].id, document.id
    ledger.close()


@pytest.mark.parametrize("page", PAGES)
def test_what_a_text_holds_is_shown_and_never_run(evil: tuple[httpx.Client, str, str], page: str) -> None:
    client, claim, document = evil
    answer = client.get(page.format(claim=claim, document=document), follow_redirects=True)
    assert answer.status_code in (200, 422)  # a question of a place that is none is answered beside its form
    for raw in ("<script>alert", "<img src=x", "<svg/onload", 'href="javascript:'):
        assert raw not in answer.text


def test_the_words_are_still_there(evil: tuple[httpx.Client, str, str]) -> None:
    client, _, document = evil
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(f"/documents/{document}").text
