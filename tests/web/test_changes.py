"""What people do: judge, correct, undo, add what was missed, sign off, bring in, remove; each under a name."""

from __future__ import annotations

import re
import time
from html import unescape
from typing import Any

import httpx
import pytest

from saksi.inquiry.queries import retell
from saksi.ledger.judgements import judged, judgements
from saksi.publish.web.app import Site

LOCAL = "tester"


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the own machine one judges under the name one has there."""
    monkeypatch.setattr("getpass.getuser", lambda: LOCAL)


def guard_of(client: httpx.Client, page: str = "/review") -> str:
    """The word that a page's forms send along."""
    found = re.search(r'name="guard" value="([^"]+)"', client.get(page).text)
    assert found is not None
    return unescape(found[1])


def send(client: httpx.Client, action: str, **fields: Any) -> httpx.Response:
    """Sends a form as a browser does."""
    return client.post(f"/do/{action}", data={"guard": guard_of(client), "next": "/review", **fields})


def first(client: httpx.Client, **asked: str) -> Any:
    """The first claim that fits."""
    return client.get("/claims.json", params=asked).json()["items"][0]


def test_a_claim_is_accepted_and_leaves_the_queue(client: httpx.Client, site: Site) -> None:
    waiting = client.get("/review.json").json()
    id = waiting["claim"]["claim"]["id"]
    assert send(client, "judge", claims=id, verdict="accepted").status_code == 303
    after = client.get("/review.json").json()
    assert after["claims"] == waiting["claims"] - 1
    assert after["claim"]["claim"]["id"] != id
    (kept,) = judgements(site.desk.ledger)
    assert (kept.verdict, kept.by, kept.on.isoformat()) == ("accepted", LOCAL, "2024-05-02")


def test_what_was_done_last_can_be_undone(client: httpx.Client, site: Site) -> None:
    id = first(client, kind="kill")["id"]
    for verdict in ("wrong", "undone"):
        assert send(client, "judge", claims=id, verdict=verdict).status_code == 303
        assert (id in judged(judgements(site.desk.ledger)).struck) == (verdict == "wrong")
    assert client.get(f"/claims/{id}.json").json()["struck"] is False
    refused = send(client, "judge", claims=id, verdict="undone")
    assert refused.status_code == 422
    assert "could be undone" in refused.text


def test_a_field_is_corrected_by_words_of_the_text(client: httpx.Client) -> None:
    claim = first(client, kind="kill", country="AF")
    number = next(e for e in claim["evidence"] if e["field"] == "number")
    words = {"start": str(number["start"]), "end": str(number["end"])}
    assert send(client, "judge", claims=claim["id"], verdict="corrected", field="low", value="39", **words).is_redirect
    told = client.get(f"/claims/{claim['id']}.json").json()
    assert (told["claim"]["low"], told["stands"]["low"]) == (40, 39)
    assert told["judgements"][0]["start"] == number["start"]
    refused = send(client, "judge", claims=claim["id"], verdict="corrected", field="low", value="many")
    assert refused.status_code == 422


def test_the_reader_proposes_what_selected_words_mean(client: httpx.Client) -> None:
    claim = first(client, kind="kill", country="AF")
    number = next(e for e in claim["evidence"] if e["field"] == "number")
    asked = {"document": claim["document"]["id"], "start": number["start"], "end": number["end"]}
    told = client.get("/meaning.json", params=asked).json()
    assert {"field": "number", "value": "40"}.items() <= told["proposals"][0].items()


def test_splitting_and_joining_change_totals(client: httpx.Client, site: Site) -> None:
    """Two figures that were judged to be of one happening contradict each other until somebody sets them apart."""
    a = first(client, kind="kill", country="ID", speaker="tpnpb")
    b = first(client, kind="kill", country="ID", sentence="construction workers")
    before = client.get("/contradictions.json").json()["contradictions"]
    for verdict, more in (("same", 1), ("different", 0)):
        assert send(client, "judge", claims=[a["id"], b["id"]], verdict=verdict).is_redirect
        assert client.get("/contradictions.json").json()["current"] is False
        retell(site.desk.ledger, site.desk.registers)
        told = client.get("/contradictions.json").json()
        assert told["current"] is True
        assert told["contradictions"] >= before + more - 1


def test_what_two_voices_of_a_page_may_contradict_is_asked(client: httpx.Client, site: Site) -> None:
    text = (
        "Kantor berita negara mengatakan puluhan warga sipil tewas di Wamena pada 3 Mei 2024.\n\n"
        "Warga mengatakan 280 orang tewas dalam serangan itu di Wamena pada 3 Mei 2024."
    )
    before = client.get("/contradictions.json").json()["undecided"]
    assert client.post("/api/documents", json={"text": text, "language": "id", "published": "2024-05-04"}).is_success
    retell(site.desk.ledger, site.desk.registers)
    assert client.get("/contradictions.json").json()["undecided"] == before + 1
    assert "would contradict, if of one happening: decide" in client.get("/contradictions").text


def test_a_missed_claim_is_added_with_its_words(client: httpx.Client) -> None:
    text = "Menurut saksi mata, sebuah jembatan di Wamena roboh dibom pada 3 Mei 2024."
    made = client.post("/api/documents", json={"text": text, "language": "id", "published": "2024-05-04"})
    document = made.json()["document"]
    words = ("dibom", "jembatan", "Wamena", "sebuah", "3 Mei 2024")
    at = {word: f"{text.index(word)}-{text.index(word) + len(word)}" for word in words}
    answer = client.post("/do/add", data={
        "guard": guard_of(client), "next": "/documents/x?claim={id}", "document": document, "country": "ID",
        "span_kind": at["dibom"], "mark_kind": "destroy", "span_target": at["jembatan"], "mark_target": "building",
        "span_number": at["sebuah"], "mark_number": "1", "span_place": at["Wamena"], "mark_place": "Wamena",
        "span_period": at["3 Mei 2024"], "mark_period": "2024-05-03", "span_actor": "", "mark_actor": "",
        "stance": "reports",
    })  # fmt: skip
    assert answer.status_code == 303, answer.text
    id = answer.headers["location"].partition("claim=")[2]
    row = client.get(f"/claims/{id}.json").json()["claim"]
    assert (row["kind"], row["low"], row["high"], row["start"]) == ("destroy", 1, 1, "2024-05-03")
    assert (row["places"][0]["name"], row["places"][0]["country"]) == ("Wamena", "ID")
    assert all(text[e["start"] : e["end"]] == e["text"] and e["rule"] == f"person:{LOCAL}" for e in row["evidence"])
    page = client.get(f"/documents/{document}").text
    assert f"added by {LOCAL}" in page
    tally = client.get("/tally.json?kind=destroy&country=ID&from=2024-05-03&to=2024-05-03").json()["items"]
    assert tally[0]["low"] == 1


@pytest.mark.parametrize(
    ("marks", "says"),
    [
        ([{"field": "number", "start": 0, "end": 3, "value": "3"}], "mark the words that say what happened"),
        ([{"field": "kind", "start": 0, "end": 3, "value": "dance"}], "'dance' is not known"),
        ([{"field": "kind", "start": 0, "end": 30_000, "value": "kill"}], "no words of the text"),
        ([{"field": "kind", "start": 5, "end": 5, "value": "kill"}], "no words of the text"),
        ([{"field": "kind", "start": 0, "end": 3, "value": "kill"},
          {"field": "number", "start": 0, "end": 3, "value": "some"}], "none of 12, 12+ and 12-15"),
        ([{"field": "kind", "start": 0, "end": 3, "value": "kill"},
          {"field": "period", "start": 0, "end": 3, "value": "May"}], "no day"),
    ],
)  # fmt: skip
def test_a_claim_without_words_is_refused(client: httpx.Client, marks: list[dict[str, Any]], says: str) -> None:
    document = first(client)["document"]["id"]
    answer = client.post("/api/claims", json={"document": document, "marks": marks})
    assert answer.status_code == 422
    assert says in answer.json()["detail"]


def test_agreement_and_recall_are_measured(client: httpx.Client) -> None:
    claims = client.get("/claims.json?kind=airstrike").json()["items"]
    for claim in claims[:3]:
        send(client, "judge", claims=claim["id"], verdict="accepted")
    send(client, "judge", claims=claims[3]["id"], verdict="corrected", field="low", value="1")
    send(client, "judge", claims=claims[4]["id"], verdict="wrong")
    fields = {f["field"]: f for f in client.get("/agreement.json").json()["fields"]}
    assert (fields["claim"]["votes"], fields["claim"]["kept"]) == (5, 4)
    assert (fields["low"]["votes"], fields["low"]["kept"]) == (4, 3)
    document = claims[0]["document"]["id"]
    assert send(client, "sign", document=document, note="read twice").is_redirect
    told = client.get("/agreement.json").json()
    assert told["signed_off"] == 1
    assert (told["found"], told["missed"]) == (len(client.get(f"/documents/{document}.json").json()["claims"]) - 1, 0)


def test_texts_are_brought_in_and_what_is_missing_is_asked(client: httpx.Client) -> None:
    sent = {"guard": guard_of(client, "/bring"), "publisher": "Example Daily"}
    files = [("files", ("report.txt", b"Three police officers were killed in Kabul on Monday.")),
             ("files", ("broken.jsonl", b'{"no": "text"}\n'))]  # fmt: skip
    answer = client.post("/bring", data=sent, files=files)
    job = answer.headers["location"]
    page = wait_for(client, job, "Something is missing")
    assert "Three police officers" in page
    assert client.post(job, data={"guard": guard_of(client, job), "published_0": "2024-05-01"}).is_redirect
    page = wait_for(client, job, "<h1>All is read</h1>")
    assert "broken.jsonl" in page
    (document,) = re.findall(r"/documents/(d_\w+)", page)
    (claim,) = client.get(f"/documents/{document}.json").json()["claims"]
    assert (claim["low"], claim["start"]) == (3, "2024-04-29")
    assert claim["document"]["publisher"] == "Example Daily"


def test_a_job_is_stopped_and_gone_on_with_by_the_same_texts(client: httpx.Client) -> None:
    """What was read before the stop is in the ledger; the same file again reads only the rest."""
    lines = [f'{{"text": "On 2 May 2024, {n} soldiers were killed in Kabul.", "published": "2024-05-03"}}'
             for n in range(2, 302)]  # fmt: skip
    files = [("files", ("archive.jsonl", "\n".join(lines).encode()))]

    def begun() -> str:
        sent = {"guard": guard_of(client, "/bring"), "publisher": "Example Daily"}
        return str(client.post("/bring", data=sent, files=files).headers["location"])

    job = begun()
    guard = guard_of(client, "/bring")
    assert client.post(job, data={"guard": guard, "stop": "yes"}).is_redirect
    page = wait_for(client, job, "<h1>Stopped</h1>")
    assert "Bring the same texts in again" in page
    read = client.get("/documents.json").json()["total"]
    job = begun()
    wait_for(client, job, "<h1>All is read</h1>")
    assert client.get("/documents.json").json()["total"] >= max(read, 300)


def test_a_job_that_breaks_says_so(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody foresaw ends the job, also after a question was answered."""
    sent = {"guard": guard_of(client, "/bring"), "text": "Three police officers were killed in Kabul on Monday."}
    job = client.post("/bring", data=sent).headers["location"]
    wait_for(client, job, "Something is missing")
    monkeypatch.setattr("saksi.publish.web.bringing.take_in", lambda *given: 1 / 0)
    client.post(job, data={"guard": guard_of(client, job)})
    assert "ZeroDivisionError" in wait_for(client, job, "<h1>This did not work</h1>")


def wait_for(client: httpx.Client, page: str, words: str) -> str:
    """The page, once it says so."""
    for _ in range(200):
        text = client.get(page).text
        if words in text:
            return text
        time.sleep(0.05)
    raise AssertionError(f"{page} never says {words!r}: {text[-800:]}")


def test_forms_of_other_sites_are_refused(client: httpx.Client) -> None:
    id = first(client)["id"]
    assert client.post("/do/judge", data={"claims": id, "verdict": "wrong"}).status_code == 403
    assert client.post("/do/judge", data={"claims": id, "verdict": "wrong", "guard": "x"}).status_code == 403
    made = {"claims": [id], "verdict": "wrong"}
    elsewhere = client.post("/api/judgements", json=made, headers={"sec-fetch-site": "cross-site"})
    assert elsewhere.status_code == 403
    plain = client.post("/api/judgements", content=httpx.Request("POST", "http://x", json=made).content)
    assert plain.status_code == 415


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_a_form_never_leads_to_another_site(client: httpx.Client, onward: str) -> None:
    answer = send(client, "judge", claims=first(client)["id"], verdict="accepted", next=onward)
    assert answer.headers["location"] == "/"


def test_a_cell_is_never_a_formula(client: httpx.Client) -> None:
    client.post("/api/documents", json={"text": "Two soldiers were killed in Mosul.", "title": "=1+1",
                                        "publisher": "-1+1", "language": "en"})  # fmt: skip
    cells = client.get("/documents.csv").text
    assert "'=1+1" in cells
    assert "'-1+1" in cells
