"""The second reader's commands as people call them: from what to ask to a ledger of two readers, and back to gold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from saksi import Ledger
from saksi.evaluation.learning.labels import real_documents
from saksi.evaluation.sets.real import marked_documents
from tests.proposing.models import documents, lying, right, saying, served
from tests.test_cli import saksi

NAMED = documents()


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """The texts as one file of JSON lines."""
    path = tmp_path / "texts.jsonl"
    lines = [{"id": n, "text": d.text, "language": d.language, "published": str(d.published)} for n, d in NAMED]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Right answers to them."""
    path = tmp_path / "answers.jsonl"
    lines = [{"document": n, "claims": right(d.text)} for n, d in NAMED]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def test_what_to_ask_is_one_file_a_document(texts: Path, tmp_path: Path) -> None:
    done = saksi("propose", texts, "--out", tmp_path / "prompts")
    assert done.returncode == 0
    files = sorted((tmp_path / "prompts").iterdir())
    assert [f.stem for f in files] == [n for n, _ in NAMED]
    for file, (_, document) in zip(files, NAMED, strict=True):
        words = file.read_text("utf-8")
        assert document.text.strip() in words
        assert str(document.published) in words
        assert words.rstrip().splitlines()[-1].startswith("----- ")


def test_answers_become_a_ledger_of_two_readers(texts: Path, answers: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "war.db"
    done = saksi("ground", answers, texts, "--ledger", ledger, "--name", "llama")
    claims = sum(len(right(d.text)) for _, d in NAMED)
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == f"llama: {claims} claims of {len(NAMED)} documents grounded, 0 refused"
    again = saksi("ground", answers, texts, "--ledger", ledger, "--name", "llama")
    assert again.stdout.endswith(", 0 claims added\n")
    found = json.loads(saksi("agreement", "--readers", "rules,llama", "--ledger", ledger, "--format", "json").stdout)
    whole = next(f for f in found["fields"] if f["field"] == "claim")
    assert whole["alike"] + whole["second_alone"] == claims
    assert found["documents"] == len(NAMED)
    table = saksi("agreement", "--readers", "rules,llama", "--ledger", ledger).stdout.splitlines()
    assert table[0].split() == ["field", "alike", "differ", "rules", "alone", "llama", "alone"]


def test_every_broken_answer_is_one_line_and_the_rest_goes_on(texts: Path, answers: Path, tmp_path: Path) -> None:
    good = answers.read_text("utf-8").splitlines()
    bad = ["no JSON at all", '{"document": "of another text", "claims": []}', good[0][: len(good[0]) // 2],
           '{"document": "text-1", "claims": [{"number": "one", "around": "one", "kind": "explode"}, 7]}',
           '{"document": "text-1", "claims": [], "mood": "good"}', '{"document": "text-1"}']  # fmt: skip
    answers.write_text("\n".join([*bad, *good]) + "\n", "utf-8")
    done = saksi("ground", answers, texts, "--ledger", tmp_path / "war.db", "--name", "llama")
    assert done.returncode == 2
    lines = [line for line in done.stderr.splitlines() if line.startswith("saksi: ")]
    assert [line.split(": ", 2)[1].rsplit("answers.jsonl", 1)[1] for line in lines] == [
        ":1", "", ":3", ":4, claim 1", ":4, claim 2", ":5", ":6"
    ]  # fmt: skip
    assert "is none of the documents given" in lines[1]
    assert "cut short; the" in lines[2]
    assert "unknown field 'mood', ignored" in lines[5]
    assert Ledger.open(tmp_path / "war.db").counts()["documents"] == len(NAMED)


def test_refused_quotes_are_kept_with_their_reason(texts: Path, answers: Path, tmp_path: Path) -> None:
    wrong = {"number": "900", "around": "900 dead", "kind": "kill", "place": "Paris"}
    answers.write_text(json.dumps({"document": "text-0", "claims": [wrong]}), "utf-8")
    done = saksi("ground", answers, texts, "--ledger", tmp_path / "war.db", "--name", "liar")
    assert done.returncode == 0  # a lie is no broken file
    assert "  1 × number: the words around it do not stand in the text" in done.stderr.splitlines()
    told = json.loads(saksi("refused", "--ledger", tmp_path / "war.db", "--format", "jsonl").stdout)
    assert (told["reader"], told["field"], told["quote"]) == ("liar", "number", "900")
    assert json.loads(told["proposal"])["place"] == "Paris"
    assert saksi("refused", "--reader", "nobody", "--ledger", tmp_path / "war.db").stdout == ""


def test_a_model_is_asked_and_a_second_run_asks_nothing(texts: Path, tmp_path: Path) -> None:
    model = saying(right)
    with served(model) as url:
        options = ("--ledger", tmp_path / "war.db", "--second", url, "--model", "m", "--kept", tmp_path / "kept")
        first = saksi("read", texts, *options, "--price", "1,2")
        assert first.returncode == 0
        assert len(model.requests) == len(NAMED)
        took = f"{len(NAMED)} requests, 0 answers kept before; 8,000 tokens asked, 1,600 answered; 0.0112 at the price"
        assert took in first.stderr
        again = saksi("read", texts, *options)
        assert len(model.requests) == len(NAMED)
        assert f"0 requests, {len(NAMED)} answers kept before" in again.stderr
    readers = {r for row in Ledger.open(tmp_path / "war.db").claims() for r in (row.readers or {})["claim"]}
    assert readers == {"rules", "m"}


def test_a_dry_run_sends_nothing_and_says_what_it_would(texts: Path, tmp_path: Path) -> None:
    model = saying(right)
    with served(model) as url:
        done = saksi("read", texts, "--second", url, "--model", "m", "--dry-run", "--kept", tmp_path / "kept")
    assert (done.returncode, model.requests) == (0, [])
    assert (
        f"m at 127.0.0.1: {len(NAMED)} requests for {len(NAMED)} documents, 0 answers kept before; about" in done.stderr
    )
    assert not (tmp_path / "kept").exists()
    assert not (tmp_path / "saksi.db").exists()


def test_a_forgotten_text_is_never_sent(texts: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "war.db"
    saksi("read", texts, "--ledger", ledger)
    first = next(iter(Ledger.open(ledger).claims())).document
    saksi("forget", first.id, "--by", "Rina", "--ledger", ledger)
    model = saying(right)
    with served(model) as url:
        options = ("--second", url, "--model", "m", "--kept", tmp_path / "kept")
        saksi("read", texts, "--ledger", ledger, *options)
    assert len(model.requests) == len(NAMED) - 1
    text = next(d.text for n, d in NAMED if n == first.ref)
    assert not any(text.strip() in str(request) for request in model.requests)


def test_a_model_that_fails_leaves_the_rules_reading(texts: Path, tmp_path: Path) -> None:
    with served(saying(right)) as url:
        pass  # nobody is there any more
    ledger = tmp_path / "war.db"
    options = ("--second", url, "--model", "m", "--kept", tmp_path / "kept", "--retries", "0")
    done = saksi("read", texts, "--ledger", ledger, *options)
    assert done.returncode == 2
    assert done.stderr.count("the rules alone have read this document") == len(NAMED)
    assert {row.readers for row in Ledger.open(ledger).claims()} == {None}


@pytest.mark.parametrize(("options", "says"), [
    (["--second", "https://models.example.org/v1", "--model", "m"], "would be sent to models.example.org. Say --yes"),
    (["--second", "http://127.0.0.1:9/v1"], "name the model too"),
    (["--model", "m"], "name the server too"),
    (["--dry-run"], "name the server too"),
    (["--second", "http://127.0.0.1:9/v1", "--model", "rules"], "is no name for a reader"),
    (["--second", "http://127.0.0.1:9/v1", "--model", "m", "--price", "much"], "is not ASKED,ANSWERED"),
    (["--second", "http://127.0.0.1:9/v1", "--model", "m", "--workers", "0"], "--workers from 1 to 32"),
])  # fmt: skip
def test_what_is_wrong_is_one_line(texts: Path, tmp_path: Path, options: list[str], says: str) -> None:
    done = saksi("read", texts, "--ledger", tmp_path / "war.db", *options)
    assert done.returncode == 2
    assert says in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("saksi: ")]) == 1
    assert not (tmp_path / "war.db").exists()


WITHOUT = """
import sys
def refuse(event, _):
    if event.startswith("socket."):
        raise AssertionError(f"a socket was used: {event}")
sys.addaudithook(refuse)
from saksi.cli import main
main()
"""


def test_without_second_not_one_byte_is_sent(texts: Path, answers: Path, tmp_path: Path) -> None:
    ledger = str(tmp_path / "war.db")
    for command in (
        ["read", texts, "--ledger", ledger],
        ["propose", texts, "--out", tmp_path / "prompts"],
        ["ground", answers, texts, "--ledger", ledger],
        ["agreement", "--readers", "rules,second", "--ledger", ledger],
        ["read", texts, "--second", "http://127.0.0.1:9/v1", "--model", "m", "--dry-run", "--kept", tmp_path / "kept"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT, *map(str, command)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    asked = [sys.executable, "-c", WITHOUT, "read", str(texts), "--second", "http://127.0.0.1:9/v1", "--model", "m",
             "--ledger", ledger, "--kept", str(tmp_path / "kept"), "--retries", "0"]  # fmt: skip
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert "a socket was used" in done.stderr  # so that the test can fail


def test_settled_claims_become_gold_that_learning_takes(texts: Path, answers: Path, tmp_path: Path) -> None:
    ledger, folder = tmp_path / "war.db", tmp_path / "gold"
    saksi("ground", answers, texts, "--ledger", ledger, "--name", "llama")
    rows = [r for r in Ledger.open(ledger).claims() if r.claim_grounds == "proposed"]
    saksi("judge", rows[0].id, "accepted", "--by", "Rina", "--ledger", ledger)
    saksi("judge", rows[1].id, "wrong", "--by", "Rina", "--ledger", ledger)
    done = saksi("ground", answers, texts, "--ledger", ledger, "--name", "llama", "--as", "gold", "--out", folder)
    assert done.returncode == 0, done.stderr
    gold = marked_documents(folder / "gold.jsonl")
    marked = {m.at: m for m in gold[str(rows[0].document.ref)].claims}
    at = {r.id: (e.start, e.end) for r in rows for e in r.evidence if e.field == "number"}
    assert marked[at[rows[0].id]].unsure is False  # type: ignore[index]
    struck = {m.at for m in gold[str(rows[1].document.ref)].claims}
    assert at[rows[1].id] not in struck
    assert any(m.unsure for g in gold.values() for m in g.claims)
    learned = list(real_documents(folder / "texts.jsonl", folder / "gold.jsonl"))
    assert [d.document.text for d in learned] == [d.text for _, d in NAMED]
    assert f"--real {folder}/texts.jsonl {folder}/gold.jsonl" in done.stdout


def test_a_lying_model_is_refused_for_the_most_part(texts: Path, tmp_path: Path) -> None:
    model = lying()
    with served(model) as url:
        options = ("--second", url, "--model", "liar", "--kept", tmp_path / "kept")
        done = saksi("read", texts, "--ledger", tmp_path / "war.db", *options)
    bodies = (msgspec.json.decode(model.answer(r)[1]) for r in model.requests)
    lies = (msgspec.json.decode(body["choices"][0]["message"]["content"]) for body in bodies)
    proposed = sum(len(lie["claims"]) for lie in lies)
    head = next(line for line in done.stderr.splitlines() if line.startswith("liar: ") and "grounded" in line)
    entered, refused = int(head.split()[1]), int(head.split()[-2])
    assert entered + refused == proposed
    assert refused > entered
