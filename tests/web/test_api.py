"""The API keeps the promises of its OpenAPI document, whatever it is sent."""

from __future__ import annotations

import json
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


def test_the_document_tells_every_address(address: str) -> None:
    told = httpx.get(address + "/api/openapi.json").json()
    operations = {op["operationId"] for path in told["paths"].values() for op in path.values()}
    assert operations == {q.name for q in QUESTIONS} | {c.name for c in CHANGES}
    assert told == json.loads(json.dumps(openapi()))


def test_the_columns_of_a_claim_are_those_of_the_contract() -> None:
    row = openapi()["components"]["schemas"]["Row"]
    assert set(row["properties"]) >= {"id", "kind", "low", "high", "evidence", "document"}
    assert row["properties"]["low"]["description"] == "least, inclusive; null is open"
