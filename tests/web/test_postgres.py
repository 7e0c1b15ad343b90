"""A team's ledger: the same pages over a real PostgreSQL server, several people and a reader at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from saksi import Ledger
from saksi.inquiry.queries import retell
from saksi.ledger.copying import copy
from saksi.ledger.judgements import judgements
from saksi.publish.web.app import Site
from tests.stores.conftest import new_database, server
from tests.web.conftest import serving, site_on
from tests.web.test_pages import PAGES

__all__ = ["server"]  # the fixture that starts PostgreSQL
ASKED = ("/claims.json?kind=kill", "/claims.json?sentence=killed", "/claims.json?words=killed&sort=number",
         "/facets/place.json", "/documents.json", "/tally.json?kind=kill&country=ID", "/contradictions.json",
         "/incidents.json", "/map.json", "/overview.json?country=SY", "/review.json")  # fmt: skip


@pytest.fixture
def team(server: str, filled: Path, tmp_path: Path) -> Iterator[Site]:
    """The examples' ledger, copied into PostgreSQL and served from there."""
    ledger = Ledger.open(new_database(server, f"team_{abs(hash(str(tmp_path))):x}"))
    source = tmp_path / "war.db"
    source.write_bytes(filled.read_bytes())
    laptop = Ledger.open(source)
    copy(laptop, ledger)
    laptop.close()
    site = site_on(ledger)
    yield site
    ledger.close()


def test_pages_and_answers_are_those_of_the_file(team: Site, client: httpx.Client) -> None:
    with serving(team) as base, httpx.Client(base_url=base, headers={"accept-language": "en"}) as asking:
        for page in PAGES:
            assert asking.get(page).status_code == 200, page
        for question in ASKED:
            told, here = asking.get(question).json(), client.get(question).json()
            for answer in (told, here):
                answer.pop("ledger", None)
            assert told == here, question


def test_people_judge_while_somebody_reads_texts_in(team: Site) -> None:
    """Over HTTP, at once: each judgement is kept once, each text is read, and all is reconciled afterwards."""
    wrong: list[str] = []
    with serving(team) as base:
        ids = [c["id"] for c in httpx.get(base + "/claims.json?size=500").json()["items"]]

        def judge(person: int) -> None:
            with httpx.Client(base_url=base, timeout=60) as asking:
                for n, id in enumerate(ids):
                    made = {"claims": [id], "verdict": "accepted", "note": f"{person} {n}"}
                    answer = asking.post("/api/judgements", json=made)
                    wrong.extend([answer.text] if answer.status_code != 201 else [])

        def read() -> None:
            with httpx.Client(base_url=base, timeout=60) as asking:
                for n in range(20):
                    made = {
                        "text": f"{n + 2} soldiers were killed in Mosul on 3 May 2024.",
                        "language": "en",
                        "ref": str(n),
                    }
                    answer = asking.post("/api/documents", json=made)
                    wrong.extend([answer.text] if answer.status_code != 201 else [])
                    assert asking.get("/claims?kind=kill").status_code == 200

        people = [threading.Thread(target=judge, args=(n,)) for n in range(3)] + [threading.Thread(target=read)]
        for each in people:
            each.start()
        for each in people:
            each.join()
        assert wrong == []
        notes = [str(each.note) for each in judgements(team.desk.ledger)]
        assert sorted(notes) == sorted(f"{person} {n}" for person in range(3) for n in range(len(ids)))
        assert httpx.get(base + "/documents.json?words=soldiers&size=100").json()["total"] >= 20
        retell(team.desk.ledger, team.desk.registers)
        assert httpx.get(base + "/incidents.json").json()["current"] is True
