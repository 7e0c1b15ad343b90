"""What people see: each page, its neighbours, and how one comes from a total to the sentence behind it."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import httpx
import pytest

from saksi import Document, Reader, rows_of
from saksi.inquiry.queries import retell
from saksi.publish.documents import pieces
from saksi.publish.routes import QUESTIONS
from saksi.publish.web.app import Site

PAGES = ("/", "/claims", "/documents", "/tally?kind=kill", "/contradictions", "/incidents", "/map", "/review",
         "/review?sort=pairs", "/agreement", "/bring", "/api", "/facets/place")  # fmt: skip


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
    assert facets == {"kind", "target", "actor", "speaker", "country", "place", "language", "stance", "grounds",
                      "reviewed"}  # fmt: skip


@pytest.mark.parametrize("name", ["kind", "place", "actor", "speaker", "reviewed"])
def test_all_values_of_a_facet_have_a_page(client: httpx.Client, name: str) -> None:
    """Those beside a list are its first ones; each leads to as many claims as it says."""
    beside = next(f for f in client.get("/claims.json?language=en").json()["facets"] if f["name"] == name)
    every = client.get(f"/facets/{name}.json?language=en").json()
    assert every["total"] == len(every["items"]) == len(beside["values"]) + beside["more"]
    assert every["items"][: len(beside["values"])] == beside["values"]
    page = client.get(f"/facets/{name}?language=en&back=/map").text
    onward = [link for link in links(page) if link.startswith("/map?") and f"{name}=" in link]
    assert len(onward) == every["total"]
    assert all("language=en" in link and "back=" not in link for link in onward)
    if name != "kind":  # narrower kinds come along
        for value in every["items"][:5]:
            assert (
                client.get("/claims.json", params={"language": "en", name: value["key"]}).json()["total"]
                == (value["claims"])
            )


def test_a_facet_is_searched_by_letters(client: httpx.Client) -> None:
    found = client.get("/facets/speaker.json?like=COALITION").json()
    assert [item["label"] for item in found["items"]] == ["Global Coalition against ISIS (CJTF-OIR)"]
    elsewhere = links(client.get("/facets/kind?back=//evil.example").text)
    assert not [link for link in elsewhere if link.startswith("//")]


def test_sentences_are_searched_apart_from_documents(client: httpx.Client) -> None:
    """Words of the sentence find claims that say them, and are marked; words of the document find all its claims."""
    told = client.get("/claims.json?sentence=drones").json()
    whole = client.get("/claims.json?words=drones").json()
    assert 0 < told["total"] < whole["total"]
    assert all("drones" in c["sentence"]["text"].lower() for c in told["items"])
    page = client.get("/claims?sentence=drones").text
    assert page.count("<mark>") == told["total"]
    assert "<mark>" not in client.get("/claims?words=drones").text


def test_countries_are_named_in_the_language_of_the_page(client: httpx.Client) -> None:
    for language, name in (("en", "Syria"), ("id", "Suriah")):
        headers = {"accept-language": language}
        assert f'<option value="SY">{name}</option>' in client.get("/tally", headers=headers).text
        assert f"<span>{name}</span>" in client.get("/facets/country", headers=headers).text
        assert name in client.get("/claims?country=SY", headers=headers).text


def test_a_split_tally_is_one_line_for_each_part(client: httpx.Client) -> None:
    """And each line leads to its own question."""
    page = client.get("/tally?kind=airstrike&country=SY&by=month&from=2015-11-01").text
    parts = re.findall(r'<tr class="of-part[^"]*"><th scope="row"><a href="([^"]+)">', page)
    items = client.get("/tally.json?kind=airstrike&country=SY&by=month&from=2015-11-01").json()["items"]
    assert len(parts) == len({(i["start"], i["end"]) for i in items}) > 1
    narrowed = unescape(parts[0])
    assert "by=" not in narrowed
    assert items[0]["start"] in narrowed
    assert client.get(narrowed).status_code == 200


def test_a_sentence_of_several_claims_is_quoted_once(client: httpx.Client) -> None:
    """A row that rests on claims of two sentences quotes two, however many claims they tell."""
    page = client.get("/tally?kind=destroy&country=IQ&by=month").text
    (part,) = re.findall(r'<tr class="of-part[^"]*"><th scope="row"><a[^>]+><span[^>]+>2015-11-03.*?</tr>', page, re.S)
    quotes = re.findall(r'class="cite"[^>]*>([^<]+)<', part)
    assert len(quotes) == len(set(quotes)) == 2
    assert re.search(r"</span></a>", part)  # the country is the question's: it is not said again of each part


def test_one_voice_is_told_once_and_several_with_the_whole_first(client: httpx.Client) -> None:
    alone = client.get("/tally?kind=destroy&country=SY&from=2015-11-05&to=2015-11-05").text
    assert 'class="whole"' not in alone
    several = client.get("/tally?kind=kill&country=ID").text.partition("<thead>")[2]
    assert several.index("if all of them are right") < several.index("West Papua National Liberation Army")


def test_what_was_judged_is_shown_in_lists(client: httpx.Client) -> None:
    claims = client.get("/claims.json?kind=kill").json()["items"][:3]
    for claim, told in zip(claims, ({"verdict": "wrong"}, {"verdict": "accepted"},
                                    {"verdict": "corrected", "field": "low", "value": "1"}), strict=True):  # fmt: skip
        assert client.post("/api/judgements", json={"claims": [claim["id"]], **told}).status_code == 201
    found = client.get("/claims.json?kind=kill").json()["judged"]
    assert found == {c["id"]: s for c, s in zip(claims, ("struck", "accepted", "corrected"), strict=True)}
    page = client.get("/claims?kind=kill").text
    assert page.count('<tr class="struck">') == 1
    assert page.count('class="state ') == 3
    assert 'class="card struck"' in client.get(f"/documents/{claims[0]['document']['id']}").text


def test_a_claim_leads_to_its_incident_and_contradictions(client: httpx.Client) -> None:
    named = client.get("/contradictions.json").json()["items"][0]["contradiction"]["smallest"]
    told = client.get(f"/claims/{named[0]}.json").json()
    assert told["contradictions"] >= 1
    page = client.get(f"/claims/{named[0]}").text
    assert f"/incidents/{told['incident']}" in links(page)
    assert client.get(f"/incidents/{told['incident']}").status_code == 200


def test_copies_are_told_once(client: httpx.Client, site: Site) -> None:
    for n in range(3):
        made = {"text": "Nine soldiers were killed in Kunduz on 3 May 2024.", "ref": f"copy {n}", "language": "en",
                "published": "2024-05-04"}  # fmt: skip
        assert client.post("/api/documents", json=made).status_code == 201
    retell(site.desk.ledger, site.desk.registers)
    stories = client.get("/incidents.json?size=100").json()["items"]
    (story,) = [s for s in stories if s["claims"][0]["sentence"]["text"].startswith("Nine soldiers")]
    page = client.get(f"/incidents/{story['incident']['id']}").text
    assert page.count("<blockquote") == 1
    assert "and in the same words in 2 more" in page


def test_numbers_are_written_as_the_language_does(client: httpx.Client) -> None:
    assert "3,785 killed" in client.get("/claims?kind=kill").text.replace("</td>\n  <td>", " ")
    assert "3.785" in client.get("/claims?kind=kill", headers={"accept-language": "id"}).text


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


@pytest.mark.parametrize(
    ("language", "asked", "says"),
    [("en", "place=Nowhere", "No claim of this sort names the place “Nowhere”."),
     ("id", "place=Nowhere", "Tidak ada klaim semacam ini yang menyebut tempat “Nowhere”."),
     ("en", "trust=Nobody", "Nobody called “Nobody” speaks of this.")],
)  # fmt: skip
def test_what_is_wrong_with_a_question_is_said_where_it_was_asked(
    client: httpx.Client, language: str, asked: str, says: str
) -> None:
    """The form keeps what was typed, so that it can be mended; programs get the error."""
    page = client.get(f"/tally?kind=kill&country=ID&{asked}", headers={"accept-language": language})
    assert page.status_code == 422
    assert says in page.text
    assert f'value="{asked.partition("=")[2]}"' in page.text
    assert '<option value="kill" selected>' in page.text
    assert client.get(f"/api/tally?kind=kill&country=ID&{asked}").status_code == 422
