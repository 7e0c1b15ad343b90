"""Grounding: words that quotes pin to the text enter as what they parse to; all else is refused with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

import saksi
from saksi import Reader
from saksi.errors import UsageError
from saksi.intake.document import Document
from saksi.languages.files import load_yaml
from saksi.ledger.columns import Row, check_row
from saksi.proposing.quotes import Quotable
from saksi.proposing.reader import read_with
from saksi.proposing.schema import Proposal
from tests.proposing.models import EXAMPLES

CASES = load_yaml(Path(__file__).parent.parent / "cases/proposals.yml")["cases"]


def columns_of(row: Row, wanted: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row that a case speaks of, in its short form."""
    told = {
        "place": [p.name for p in row.places], "country": [p.country for p in row.places],
        "precision": [p.precision for p in row.places], "point": [p.lat is not None for p in row.places],
        "relations": [r.type for r in row.relations],
    }  # fmt: skip
    return {k: told[k] if k in told else getattr(row, k) for k in wanted if k != "who"}


def who(row: Row) -> str:
    """The words of who says a claim."""
    return " ".join(c.text for c in (row.speaker, row.speaker_org) if c is not None)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["shows"])
def test_cases(case: dict[str, Any], reader: Reader) -> None:
    document = Document(
        text=case["text"], language=case["language"], published=case["published"], publisher=case.get("publisher")
    )
    proposals = [msgspec.convert(p, Proposal) for p in case["proposals"]]
    made = read_with(reader, document, "m", proposals)
    assert all(check_row(row, document.text) is None for row in [*made.second, *made.rows])
    reads: list[dict[str, Any]] = case.get("reads", [{} for _ in made.second])
    assert "reads" in case or not made.second or "refused" in case
    for row, wanted in zip(made.second, reads, strict=True):
        assert columns_of(row, wanted) == {k: v for k, v in wanted.items() if k != "who"}
        if "who" in wanted:
            assert wanted["who"] in who(row)
            assert bool(wanted["who"]) == bool(who(row))
    for proposal, wanted in zip(proposals, case.get("refused", [{}] * len(proposals)), strict=True):
        told = {r.field: r.reason for r in made.refused if r.proposal is proposal}
        assert told.keys() == wanted.keys()
        assert all(words in told[field] for field, words in wanted.items())


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=lambda e: e if isinstance(e, str) else e.text[:20])
def test_the_answers_of_the_prompts_ground_whole(code: str, example: Any, reader: Reader) -> None:
    document = Document(text=example.text, language=code, published=example.published)
    made = read_with(reader, document, "m", example.claims)
    assert made.refused == []
    assert len(made.second) == len(example.claims)
    for row, claim in zip(made.second, example.claims, strict=True):
        assert (claim.place is None) or row.places
        assert (claim.days is None and claim.running_total_since is None) or row.start
        assert bool(who(row)) == (claim.speaker is not None)


@pytest.mark.parametrize(("text", "quote", "found"), [
    ("a cat, a dog", "a", [(0, 1), (7, 8)]),
    ("cat", "at", []),
    ("“No” – he said", '"No" - he', [(0, 9)]),
    ("one\u00a0 two", "one two", [(0, 8)]),
    ("soft\u00adly", "softly", [(0, 7)]),
    ("One", "one", []),  # a capital is another letter
    ("12 dead", "12.", []),
    ("x", "", []),
    ("x", "  —  ", []),
])  # fmt: skip
def test_quotes(text: str, quote: str, found: list[tuple[int, int]]) -> None:
    assert Quotable(text).places(quote) == found


def test_both_readers_are_named_field_by_field(reader: Reader) -> None:
    text = "Two soldiers were killed in Homs on Monday, the army said. Dozens fled the city."
    document = Document(text=text, language="en", published=EXAMPLES[0][1].published)
    proposals = [
        Proposal(number="Two", around="Two soldiers were killed", kind="kill", counted="soldiers", place="Homs"),
        Proposal(number="Dozens", around="Dozens fled the city", kind="displace", place="Homs", days="Monday"),
    ]
    rows = {r.low: r for r in read_with(reader, document, "m", proposals).rows}
    assert rows[2].readers == {
        "claim": ["rules", "m"], "kind": ["rules", "m"], "target": ["rules", "m"], "place": ["rules", "m"],
        "days": ["rules"], "speaker": ["m"],
    }  # fmt: skip
    assert rows[2].speaker_grounds == "proposed"
    assert rows[2].claim_grounds is None
    assert [(r.reader, r.field, r.values["speaker_org"]["text"]) for r in rows[2].rivals] == [
        ("rules", "speaker", "the army")
    ]


def test_the_public_function_takes_claims_as_a_model_writes_them() -> None:
    document = Document(text="Two soldiers were killed in Homs.", language="en")
    made = saksi.ground(document, [{"number": "Two", "around": "Two soldiers were", "kind": "kill"}], name="m")
    assert [r.low for r in made.second] == [2]
    with pytest.raises(UsageError, match="not as docs"):
        saksi.ground(document, [{"number": "Two", "kind": "kill"}])
