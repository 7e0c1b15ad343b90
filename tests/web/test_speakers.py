"""Who speaks, on the page and through the API: names, filters by any of them, judgements and their undoing."""

from __future__ import annotations

import httpx
import pytest

from saksi.publish.web.app import Site
from tests.web.test_changes import guard_of

LOCAL = "tester"


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the own machine one judges under the name one has there."""
    monkeypatch.setattr("getpass.getuser", lambda: LOCAL)


def speakers(client: httpx.Client, **asked: str) -> dict[str, list[str]]:
    """The names of each speaker by its key."""
    found = client.get("/speakers.json", params={"size": "500", **asked}).json()
    return {s["key"]: [n["name"] for n in s["names"]] for s in found["items"]}


def test_the_page_lists_speakers_with_their_names(client: httpx.Client) -> None:
    every = speakers(client)
    several = {key: names for key, names in every.items() if len(names) > 1}
    assert several, "no example has a speaker of two names"
    assert speakers(client, joined="yes") == several
    page = client.get("/speakers?joined=yes").text
    assert all(name in page for names in several.values() for name in names)
    assert "/speakers" in client.get("/").text


def test_claims_of_a_speaker_are_found_by_any_of_its_names(client: httpx.Client) -> None:
    key, names = next((k, n) for k, n in speakers(client, joined="yes").items())
    by_key = client.get("/claims.json", params={"speaker": key}).json()["total"]
    assert by_key > 0
    for name in names:
        assert client.get("/claims.json", params={"speaker": name}).json()["total"] == by_key
    facet = {v["key"]: v["claims"] for v in client.get("/facets/speaker.json?size=500").json()["items"]}
    assert facet[key] == by_key
    assert len(facet) == len(set(facet))


def test_names_are_told_apart_and_that_is_undone(client: httpx.Client, site: Site) -> None:
    key, (a, b, *_) = next((k, n) for k, n in speakers(client, joined="yes").items())
    fields = {"guard": guard_of(client), "next": "/speakers", "names": [a, b], "note": "two bodies"}
    assert client.post("/do/judge_speakers", data={**fields, "verdict": "different"}).status_code == 303
    assert not any({a, b} <= set(names) for names in speakers(client).values())
    assert "two bodies" in client.get("/speakers").text
    assert key not in speakers(client) or b not in speakers(client)[key] or a not in speakers(client)[key]
    assert client.post("/do/judge_speakers", data={**fields, "verdict": "undone"}).status_code == 303
    assert {a, b} <= set(speakers(client)[key])
    wrong = client.post("/api/speakers", json={"names": [a, "nobody at all"], "verdict": "same"})
    assert wrong.status_code == 422
