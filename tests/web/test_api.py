"""The API keeps the promises of its OpenAPI document, whatever it is sent."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from typing import Any

import httpx
import pytest

from saksi import Ledger
from saksi.publish.api import openapi
from saksi.publish.routes import CHANGES, QUESTIONS
from tests.web.conftest import serving, site_on

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from hypothesis import HealthCheck, Phase, settings

# what has the right form may still make no sense here (422), but is never malformed (400)
CONFIG = schemathesis.Config.from_dict(
    {"checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "403", "404", "422"]}}}
)
SCHEMA = schemathesis.openapi.from_dict(openapi(), config=CONFIG)


@pytest.fixture(scope="module")
def address(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The address of a site that anything may be sent to."""
    path = tmp_path_factory.mktemp("api") / "war.db"
    path.write_bytes(filled.read_bytes())
    with serving(site_on(Ledger.open(path))) as base:
        yield base


@SCHEMA.parametrize()
@settings(max_examples=25, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=list(HealthCheck))  # fmt: skip
def test_every_answer_is_as_promised(case: Any, address: str) -> None:
    case.call_and_validate(base_url=address)


# how a described reason sounds in the answer that gives it
SAID = {
    "the kind is none of": r"kind .* is not known",
    "the target is no class": r"target .* is not known",
    "a class to leave out": r"not known",
    "the stance is none": r"stance .* is not one of",
    "no claim names this place": r"no claim .* place|names no place|place .* no",
    "no claim has this speaker": r"--trust: none of",
    "start and end hold no words": r"are no words of the document|at most|is not within the text|nothing to redact",
    "start and end come alone": r"words have a start and an end",
    "a correction comes without": r"a correction names a field and its value",
    "the value is none that its field": r"--field",
    "does not fit this many claims": r"is said of (one claim|two claims or more)",
    "no document of this ledger": r"no document|no text of a document|forgotten before",
    "no speaker of the ledger": r"is no speaker's name here",
    "that could be undone": r"that could be undone",
    "no mark says what happened": r"mark the words that say what happened",
    "a mark holds no words": r"are no words of the text",
    "the value of a mark is none": r"kind .* is not known|number .* is none of|period .* is no day",
    "the language is none": r"the language of|language .* is not known",
    "the source is none": r"source .* is not known",
    "the text is empty": r"text is empty|was forgotten",
}


def reasons(described: str, detail: str) -> list[str]:
    """The described reasons that an answer gives."""
    return [told for told, says in SAID.items() if told in described and re.search(says, detail, re.DOTALL)]


@SCHEMA.parametrize()
@settings(max_examples=40, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
          suppress_health_check=list(HealthCheck))  # fmt: skip
def test_each_reason_for_refusing_what_has_the_right_form_is_described(case: Any, address: str) -> None:
    answer = case.call(base_url=address)
    if answer.status_code == 422:
        operation = openapi()["paths"][case.operation.path][case.method.lower()]
        described, detail = operation["responses"]["422"]["description"], json.loads(answer.text)["detail"]
        assert reasons(described, detail), detail


MADE_WRONG = [
    ("/api/tally?kind=kill&place=Nowhere", None),
    ("/api/tally?kind=kill&trust=Nobody", None),
    ("/api/tally?kind=kill&not=ghosts", None),
    ("/api/meaning?document={document}&start=5&end=2", None),
    ("/api/judgements", {"claims": ["{claim}"], "verdict": "corrected"}),
    ("/api/judgements", {"claims": ["{claim}"], "verdict": "wrong", "start": 3}),
    ("/api/judgements", {"claims": ["{claim}"], "verdict": "wrong", "start": 5, "end": 3}),
    ("/api/judgements", {"claims": ["{claim}"], "verdict": "corrected", "field": "low", "value": "many"}),
    ("/api/judgements", {"claims": ["{claim}"], "verdict": "same"}),
    ("/api/judgements", {"claims": ["{claim}"], "verdict": "undone"}),
    ("/api/claims", {"document": "{document}", "marks": [{"field": "place", "start": 0, "end": 4, "value": "Kabul"}]}),
    ("/api/claims", {"document": "{document}", "marks": [{"field": "kind", "start": 9, "end": 4, "value": "kill"}]}),
    ("/api/claims", {"document": "{document}", "marks": [{"field": "kind", "start": 0, "end": 4, "value": "ghost"}]}),
    ("/api/documents", {"text": " "}),
    ("/api/removals/words", {"document": "{document}", "start": 9, "end": 4}),
]  # fmt: skip


@pytest.mark.parametrize(("path", "made"), MADE_WRONG, ids=lambda v: str(v)[:60])
def test_what_has_the_right_form_and_makes_no_sense_is_described(path: str, made: Any, address: str) -> None:
    """Requests of a kind that chance does not meet, about a claim and a document that are there."""
    row = httpx.get(address + "/claims.json?size=1").json()["items"][0]
    told = {"{claim}": row["id"], "{document}": row["document"]["id"]}
    sent = json.dumps([path, made])
    for name, value in told.items():
        sent = sent.replace(name, value)
    path, made = json.loads(sent)
    answer = httpx.get(address + path) if made is None else httpx.post(address + path, json=made)
    assert answer.status_code == 422, answer.text
    detail = answer.json()["detail"]
    operation = openapi()["paths"][path.partition("?")[0]]["get" if made is None else "post"]
    assert reasons(operation["responses"]["422"]["description"], detail), detail


def test_the_document_tells_every_address(address: str) -> None:
    told = httpx.get(address + "/api/openapi.json").json()
    operations = {op["operationId"] for path in told["paths"].values() for op in path.values()}
    assert operations == {q.name for q in QUESTIONS} | {c.name for c in CHANGES}
    assert told == json.loads(json.dumps(openapi()))


def test_the_columns_of_a_claim_are_those_of_the_contract() -> None:
    row = openapi()["components"]["schemas"]["Row"]
    assert set(row["properties"]) >= {"id", "kind", "low", "high", "evidence", "document"}
    assert row["properties"]["low"]["description"] == "least, inclusive; null is open"
