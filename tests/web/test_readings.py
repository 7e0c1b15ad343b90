"""Two readers on the page: who read each field, and their differences settled by keyboard, the worst first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from saksi import Ledger, Reader
from saksi.inquiry.queries import retell, tally
from saksi.inquiry.selection import Selection
from saksi.intake.document import Document
from saksi.ledger.columns import Read
from saksi.ledger.judgements import judgements
from saksi.proposing.reader import read_with
from saksi.proposing.schema import Proposal
from saksi.publish.web.app import Site
from saksi.registers.load import load_registers
from tests.web.conftest import serving, site_on
from tests.web.test_changes import send

TEXT = """Two soldiers were killed in Homs on Monday, the army said. Nine people were wounded there.

Rebels in Aleppo spoke of 30 dead on Tuesday. Five houses were destroyed in Idlib on Friday."""
PROPOSALS = [
    Proposal(number="Two", around="Two soldiers were killed", kind="injure", counted="soldiers", place="Aleppo",
             days="Tuesday", speaker="the army"),
    Proposal(number="Five", around="Five houses were destroyed", kind="destroy", counted="houses", place="Homs",
             days="Friday"),
    Proposal(number="Nine", around="Nine people were wounded", kind="injure", counted="people", place="Homs"),
]  # fmt: skip


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site over a document that two readers have read."""
    monkeypatch.setattr("getpass.getuser", lambda: "tester")
    ledger = Ledger.open(tmp_path / "war.db")
    document = Document(text=TEXT, language="en", title="Two readers", published=date(2016, 5, 4))
    made = read_with(Reader(), document, "llama", PROPOSALS)
    ledger.keep(Read(made.document, made.version, made.rows, made.unread))
    retell(ledger, load_registers())
    site = site_on(ledger)
    yield site
    site.desk.ledger.close()


@pytest.fixture
def client(site: Site) -> Iterator[httpx.Client]:
    """Somebody who asks it."""
    with serving(site) as base, httpx.Client(base_url=base, headers={"accept-language": "en"}) as asking:
        yield asking


def test_the_worst_difference_comes_first_with_both_readings(client: httpx.Client) -> None:
    waiting = client.get("/review.json", params={"sort": "readers"}).json()
    assert waiting["differing"] == 2
    assert [d["field"] for d in waiting["differences"]] == ["kind", "days", "place"]
    kind = waiting["differences"][0]
    assert [(r["reader"], r["claim"]["kind"]) for r in kind["readings"]] == [("llama", "injure"), ("rules", "kill")]
    place = waiting["differences"][2]
    assert [r["words"][0]["words"] for r in place["readings"]] == ["Aleppo", "Homs"]
    page = client.get("/review", params={"sort": "readers"}).text
    assert "<u>Aleppo</u>" in page
    assert 'data-key="1"' in page
    assert page.count('data-key="2"') == 1  # the gravest field is settled first
    assert "llama is right" in page


def test_settling_field_by_field_empties_the_queue(client: httpx.Client, site: Site) -> None:
    first = client.get("/review.json", params={"sort": "readers"}).json()["claim"]["claim"]["id"]
    for field in ("kind", "days", "place"):
        done = send(client, "judge", claims=first, verdict="corrected", field=f"reader:{field}", value="rules")
        assert done.status_code == 303
    assert client.get("/review.json", params={"sort": "readers"}).json()["differing"] == 1
    (row,) = [r for r in site.desk.ledger.claims() if r.id == first]
    assert row.kind == "injure"  # what was read stays; what stands is
    stands = client.get(f"/claims/{first}.json").json()["stands"]
    assert (stands["kind"], stands["places"][0]["name"], stands["start"]) == ("kill", "Homs", "2016-05-02")
    assert stands["readers"]["kind"] == ["rules", "people"]
    assert len(judgements(site.desk.ledger)) == 3


def test_what_was_settled_counts_in_tallies(client: httpx.Client, site: Site) -> None:
    def killed() -> list[int]:
        first, last = date(2016, 5, 1), date(2016, 5, 4)
        return [
            t.low
            for t in tally(site.desk.ledger, Selection(kind="kill", country="SY"), first=first, last=last)
            if t.claims
        ]

    before = killed()
    first = client.get("/review.json", params={"sort": "readers"}).json()["claim"]["claim"]["id"]
    send(client, "judge", claims=first, verdict="corrected", field="reader:kind", value="rules")
    assert before != killed()


def test_a_reader_who_does_not_read_the_field_is_refused(client: httpx.Client) -> None:
    first = client.get("/review.json", params={"sort": "readers"}).json()["claim"]["claim"]["id"]
    done = send(client, "judge", claims=first, verdict="corrected", field="reader:kind", value="nobody")
    assert done.status_code == 422
    assert "who does: llama rules" in done.text


def test_the_page_of_a_claim_says_who_read_each_field(client: httpx.Client) -> None:
    rows = {r["low"]: r for r in client.get("/claims.json").json()["items"]}
    page = client.get(f"/claims/{rows[9]['id']}").text
    assert "Read by" in page
    assert "rules, llama" in page
    assert rows[30]["readers"] == {"claim": ["rules"]}


def test_grounds_are_a_facet(client: httpx.Client) -> None:
    found = client.get("/claims.json", params={"grounds": "presumed"}).json()["items"]
    assert {r["low"] for r in found} == {9, 30}
    assert client.get("/", headers={"accept-language": "id"}).status_code == 200
    assert "aturan" in client.get("/review?sort=readers", headers={"accept-language": "id"}).text
