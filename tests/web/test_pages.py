"""What people see: each page, its neighbours, and how one comes from a total to the sentence behind it."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import httpx
import pytest

from saksi import Document, Reader, rows_of
from saksi.publish.documents import pieces
from saksi.publish.routes import QUESTIONS
from saksi.publish.web.app import Site

PAGES = ("/", "/claims", "/documents", "/tally?kind=kill", "/contradictions", "/incidents", "/map", "/review",
         "/review?sort=pairs", "/agreement", "/bring", "/api")  # fmt: skip


def links(html: str) -> list[str]:
    """The addresses a page leads to."""
    return [unescape(found) for found in re.findall(r'href="([^"]+)"', html)]


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_in_both_languages(client: httpx.Client, page: str, language: str) -> None:
    answer = client.get(page, headers={"accept-language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert ("Ikhtisar" in answer.text) == (language == "id")


def test_every_link_of_every_page_leads_somewhere(client: httpx.Client) -> None:
    """Two steps deep; addresses outside of the site are not followed."""
    seen: set[str] = set()
    step = set(PAGES)
    for _ in range(2):
        found: set[str] = set()
        for page in sorted(step - seen)[:250]:
            answer = client.get(page, follow_redirects=True)
            assert answer.status_code == 200, (page, answer.text[-600:])
            if "text/html" in answer.headers["content-type"]:
                found |= {link.partition("#")[0] for link in links(answer.text) if link.startswith("/")}
        seen |= step
        step = found
    assert len(seen) > 60


def test_three_clicks_lead_from_a_total_to_its_sentence(client: httpx.Client) -> None:
    """The page of tallies; the question; the quote beside the total: there the sentence stands out."""
    assert '<option value="destroy"' in client.get("/tally").text
    total = client.get("/tally?kind=destroy&target=vehicle&country=SY&from=2019-04-01&to=2019-04-05").text
    cited = [link for link in links(total) if link.startswith("/documents/")]
    assert cited
    sentence = client.get(cited[0]).text
    assert re.search(r'class="m f-number now"', sentence)


def test_each_answer_is_json_and_csv_at_a_neighbouring_address(client: httpx.Client) -> None:
    page = client.get("/claims?country=SY&kind=destroy")
    assert "/claims.csv?country=SY&kind=destroy" in links(page.text)
    told = client.get("/claims.json?country=SY&kind=destroy").json()
    rows = list(csv.DictReader(io.StringIO(client.get("/claims.csv?country=SY&kind=destroy").text)))
    assert told["total"] == len(rows) == 8
    assert [row["id"] for row in rows] == [item["id"] for item in told["items"]]
    assert client.get("/api/claims?country=SY&kind=destroy").json() == told


def test_facets_count_and_narrow(client: httpx.Client) -> None:
    every = client.get("/claims.json").json()
    kinds = next(f for f in every["facets"] if f["name"] == "kind")
    for value in kinds["values"]:
        narrowed = client.get("/claims.json", params={"kind": value["key"]}).json()
        assert narrowed["total"] >= value["claims"]  # narrower kinds come along
    facets = {f["name"] for f in every["facets"]}
    assert facets == {"kind", "target", "actor", "speaker", "country", "place", "language", "stance", "reviewed"}


def test_lists_are_paged_and_stay_whole(client: httpx.Client) -> None:
    every = [c["id"] for c in client.get("/claims.json?size=500").json()["items"]]
    paged = [c["id"] for n in range(1, 8) for c in client.get(f"/claims.json?size=10&page={n}").json()["items"]]
    assert paged == every
    assert len(set(every)) == len(every) == client.get("/claims.json").json()["total"]


@pytest.mark.parametrize("words", ['"', "AND", "a*b", "NEAR(", "'; DROP TABLE claims; --", "\x00", "ledakan OR"])
def test_words_are_words_and_never_commands(client: httpx.Client, words: str) -> None:
    assert client.get("/claims.json", params={"words": words}).status_code == 200


def test_an_answer_that_is_known_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/claims.json")
    again = client.get("/claims.json", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/api/claims?kind=foo", 422, "kind 'foo' is not known"),
        ("/api/claims?page=0", 400, "page: Expected `int` >= 1"),
        ("/api/claims?from=yesterday", 400, "from: Invalid RFC3339"),
        ("/api/claims/c_none", 404, "there is no claim c_none"),
        ("/api/documents/d_none", 404, "there is no document d_none"),
        ("/api/tally?kind=kill&by=moon", 400, "by"),
        ("/api/nothing", 404, "Not Found"),
    ],
)
def test_errors_are_problems_that_name_the_way_out(client: httpx.Client, address: str, status: int, says: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert says in answer.json()["detail"]
    page = client.get(address.removeprefix("/api"))
    assert page.status_code == status
    assert 'role="alert"' in page.text


def test_nothing_is_loaded_from_elsewhere(client: httpx.Client) -> None:
    answer = client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r'(?:src|href)="(?:https?:)?//', answer.text)
    assert not re.search(r"<[^>]+ (?:style|on\w+)=", answer.text)
    for name in ("x-content-type-options", "referrer-policy", "x-frame-options"):
        assert name in answer.headers


def test_another_host_name_is_refused(client: httpx.Client) -> None:
    """A page elsewhere that points its own name at this machine reads nothing."""
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_text_put_together_from_its_pieces_is_the_text(reader: Reader) -> None:
    text = "Twelve soldiers and 3 civilians were killed in Mosul on 3 April 2019, the army said."
    reading = reader.read(Document(text=text, language="en"))
    cut = pieces(text, rows_of(reading, {}), [])
    assert "".join(piece.text for piece in cut) == text
    assert all(text[p.start : p.end] == p.text for p in cut)
    assert {m.field for p in cut for m in p.marks} >= {"number", "kind", "target", "place", "period"}


def test_every_question_has_a_page_that_names_it(site: Site) -> None:
    assert len({q.name for q in QUESTIONS}) == len(QUESTIONS)
    assert len({q.path for q in QUESTIONS}) == len(QUESTIONS)
