"""Asking a model over HTTP: what is sent, what is kept, what is asked again, and when it is given up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from saksi import Reader
from saksi.errors import UsageError
from saksi.intake.document import Document
from saksi.proposing.asking import Asked, Asking
from saksi.proposing.endpoint import AskingError, Endpoint, Limits, Server, server_of
from saksi.proposing.kept import Kept
from saksi.proposing.reader import read_with
from saksi.proposing.windows import windows_of
from tests.proposing.models import Model, after, documents, right, saying, served, sloppy, slow, spoken

USUAL = Limits(5.0, 3)


def endpoint(url: str, folder: Path, limits: Limits = USUAL, pauses: list[float] | None = None) -> Endpoint:
    """A model that is asked without waiting between tries."""
    waited = pauses if pauses is not None else []
    return Endpoint(Server(url, "m", "secret"), Kept(folder), limits, waited.append)


def ask(model: Model, folder: Path, which: int = 0, limits: Limits = USUAL) -> Asked:
    """One document asked about."""
    with served(model) as url:
        return Asking(endpoint(url, folder, limits)).one(*documents()[which])


def test_a_good_model_is_asked_once_and_its_answer_kept(tmp_path: Path) -> None:
    model = saying(right)
    first = ask(model, tmp_path)
    assert len(first.told.proposals) == len(right(documents()[0][1].text)) > 3
    assert (first.used.sent, first.used.asked, first.used.answered) == (1, 1000, 200)
    assert model.requests[0]["response_format"]["type"] == "json_schema"
    assert model.headers[0]["authorization"] == "Bearer secret"
    with served(model) as url:
        again = Asking(endpoint(url, tmp_path))
        known = [again.one(*documents()[0]) for _ in range(2)]
    assert [k.used.sent for k in known] == [1, 0]  # another port is another server, the second time nothing is sent
    assert known[1].used.kept == 1
    assert known[1].told.proposals == first.told.proposals
    assert "secret" not in "".join(p.read_text() for p in tmp_path.iterdir())


def test_a_form_that_a_server_does_not_know_is_asked_more_plainly(tmp_path: Path) -> None:
    model = saying(right)
    plain = model.answer
    model.answer = lambda request: (400, "response_format?") if "response_format" in request else plain(request)
    assert ask(model, tmp_path).told.proposals
    assert [r.get("response_format", {}).get("type") for r in model.requests] == ["json_schema", "json_object", None]


def test_a_busy_server_is_asked_again(tmp_path: Path) -> None:
    model = after(2, 429, saying(right))
    assert ask(model, tmp_path).told.proposals
    assert len(model.requests) == 3


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_stays_busy_is_given_up(tmp_path: Path, status: int) -> None:
    model = Model(lambda _: (status, "no"))
    asked = ask(model, tmp_path)
    assert asked.failed is not None
    assert f"status {status}, tried 4 times" in asked.failed
    assert len(model.requests) == 4
    assert list(tmp_path.iterdir()) == []  # what failed is not kept


def test_pauses_grow_and_are_bounded(tmp_path: Path) -> None:
    pauses: list[float] = []
    with served(Model(lambda _: (500, "no"))) as url, pytest.raises(AskingError):
        endpoint(url, tmp_path, Limits(5.0, 8), pauses).ask("rules", "text", bool)
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]


def test_what_a_server_refuses_is_not_asked_again(tmp_path: Path) -> None:
    model = Model(lambda _: (401, '{"error": "wrong key"}'))
    asked = ask(model, tmp_path)
    assert asked.failed == '127.0.0.1: status 401: {"error": "wrong key"}'
    assert len(model.requests) == 1


def test_a_slow_model_is_left(tmp_path: Path) -> None:
    asked = ask(slow(2.0), tmp_path, limits=Limits(0.2, 1))
    assert asked.failed == "127.0.0.1: no answer in time, tried 2 times"


@pytest.mark.parametrize(
    "body", ["", "<html>", "{}", '{"choices": []}', '{"choices": [{"message": {"content": null}}]}']
)
def test_an_answer_without_a_message_is_asked_again_and_given_up(tmp_path: Path, body: str) -> None:
    model = Model(lambda _: (200, body))
    assert ask(model, tmp_path).failed is not None
    assert len(model.requests) == 4


@pytest.mark.parametrize("text", ["I cannot help with that.", "{", '{"claims": "none"}'])
def test_an_answer_that_is_no_answer_has_the_rules_alone(tmp_path: Path, text: str) -> None:
    asked = ask(Model(lambda _: (200, spoken(text))), tmp_path)
    assert asked.told.proposals == []
    assert asked.failed is not None
    assert list(tmp_path.iterdir()) == []  # so that it is asked again another time


def test_an_answer_of_two_million_bytes_is_not_read_to_its_end(tmp_path: Path) -> None:
    asked = ask(Model(lambda _: (200, spoken("x" * 3_000_000))), tmp_path, limits=Limits(5.0, 0))
    assert asked.failed == "127.0.0.1: an answer of more than 2,000,000 bytes, tried 1 times"


def test_a_sloppy_model_is_understood(tmp_path: Path) -> None:
    asked = ask(sloppy(), tmp_path)
    assert len(asked.told.proposals) == len(right(documents()[0][1].text))
    assert {line.split(": ")[1] for line in asked.broken} == {"unknown field 'confidence', ignored"}


def test_an_answer_that_breaks_off_gives_its_whole_claims(tmp_path: Path) -> None:
    whole = json.dumps({"document": "x", "claims": right(documents()[0][1].text)})
    asked = ask(Model(lambda _: (200, spoken(whole[: len(whole) // 2]))), tmp_path)
    assert 0 < len(asked.told.proposals) < len(right(documents()[0][1].text))
    assert "cut short" in asked.broken[0]


def test_a_long_document_is_asked_in_parts_that_know_its_head(tmp_path: Path) -> None:
    head = documents()[0][1].text
    text = (
        head + "\n\n" + "\n\n".join(f"The village of Bila {n} was quiet on that day, people said." for n in range(400))
    )
    document = Document(text=text, language="en", published=documents()[0][1].published)
    model = saying(right)
    with served(model) as url:
        asked = Asking(endpoint(url, tmp_path)).one("long", document)
    assert len(model.requests) == len(windows_of(text)) > 1
    later = str(model.requests[-1]["messages"][-1]["content"])
    assert head.splitlines()[0] in later
    assert "Orikhiv; Tuesday" in later.replace("; regional governor Petro Bondar", "")
    assert asked.used.sent == len(model.requests)


def test_a_quote_of_a_later_part_is_looked_for_there(tmp_path: Path, reader: Reader) -> None:
    line = "Four people were killed in the blast. "
    text = line + "\n\n" + "\n\n".join(f"The village of Bila {n} was quiet." for n in range(500)) + "\n\n" + line
    claims = [{"number": "Four", "around": "Four people were killed in the blast", "kind": "kill"}]
    with served(saying(lambda asked: claims if "Bila 499" in asked else [])) as url:
        asked = Asking(endpoint(url, tmp_path)).one("long", Document(text=text, language="en"))
    made = read_with(reader, asked.document, "m", asked.told)
    starts = [e.start or 0 for r in made.second for e in r.evidence if e.field == "number"]
    assert starts == [text.rindex("Four")]


def test_parts_cover_a_text_and_end_at_paragraphs() -> None:
    text = "\n\n".join(f"Paragraph {n} " + "word " * 50 for n in range(200))
    parts = windows_of(text)
    assert "".join(text[w.start : w.end] for w in parts) == text
    assert all(text[w.end - 2 : w.end] == "\n\n" for w in parts[:-1])
    assert "".join("a" * 30_000)[: windows_of("a" * 30_000)[0].end]  # one word without end is cut all the same


def test_documents_come_back_in_their_order_however_many_are_asked_at_once(tmp_path: Path) -> None:
    with served(saying(right)) as url:
        asked = list(Asking(endpoint(url, tmp_path), workers=4).all(documents()))
    assert [a.document.ref for a in asked] == [name for name, _ in documents()]
    assert [len(a.told.proposals) for a in asked] == [len(right(d.text)) for _, d in documents()]


@pytest.mark.parametrize(("url", "here"), [
    ("http://127.0.0.1:1/v1", True), ("http://localhost:11434/v1", True), ("http://[::1]/v1", True),
    ("https://api.example.org/v1", False), ("http://127.0.0.1.example.org/v1", False), ("http://10.0.0.7/v1", False),
])  # fmt: skip
def test_only_loopback_is_here(url: str, here: bool) -> None:
    assert server_of(url, "m", None).is_here is here


@pytest.mark.parametrize("url", ["", "here", "ftp://x/v1", "http://"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="no address of a server"):
        server_of(url, "m", None)
