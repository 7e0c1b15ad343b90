"""The worked cases of tests/cases/reconcile.yml: tallies, contradictions and series that some claims give."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from saksi.languages.files import load_yaml
from saksi.ledger.judgements import Judged, Judgement
from saksi.reconcile.boxes import Question
from saksi.reconcile.series import series_of
from saksi.reconcile.terms import Spot
from tests.conftest import ROOT
from tests.reconcile.claims import NOBODY, contradictions, rows, tallies, terms

CASES = load_yaml(ROOT / "tests/cases/reconcile.yml")
FIELDS = ("kind", "target", "age", "sex", "status", "actor", "owner", "first", "last")


def ids() -> list[str]:
    """The names of the cases."""
    return [case["name"] for case in CASES]


def plain(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Claims as JSON has them: days as text."""
    return [{k: v.isoformat() if isinstance(v, date) else v for k, v in claim.items()} for claim in claims]


def question(asked: dict[str, Any], claims: list[dict[str, Any]]) -> Question:
    """A question of a case."""
    spots: tuple[Spot, ...] = ()
    if code := asked.get("country"):
        spots = (Spot(code, code, code, None, "country"),)
    if name := asked.get("place"):
        spots = tuple(sorted({s for t in terms(*claims) for s in t.spots if s.name == name}, key=str))
    return Question(**{f: asked[f] for f in FIELDS if f in asked}, without=tuple(asked.get("without", ())), spots=spots)


def judged(case: dict[str, Any], of: dict[str, str]) -> Judged:
    """The judgements of a case."""
    found = Judged({}, {}, {})
    for verdict in ("same", "different"):
        if verdict in case:
            a, b = sorted(of[id] for id in case[verdict])
            found.pairs[(a, b)] = Judgement(
                verdict=verdict, claims=(a, b), readings=("", ""), by="rina", on=date(2026, 1, 2)
            )
    return found


@pytest.mark.parametrize("case", CASES, ids=ids())
def test_tallies(case: dict[str, Any]) -> None:
    claims = plain(case["claims"])
    of = {str(c["id"]): row.id for c, row in zip(claims, rows(*claims), strict=True)}
    opinions = judged(case, of) if "same" in case or "different" in case else NOBODY
    for asked in case.get("tallies", ()):
        row = tallies(question(asked, claims), *claims, judged=opinions)[-1]
        assert (row.low, row.high) == (asked["low"], asked["high"]), asked
        if "apart" in asked:
            assert row.apart == asked["apart"]
    for asked in case.get("speakers", ()):
        found = [
            r for r in tallies(question(asked, claims), *claims) if r.of == "speaker" and r.speaker == asked["speaker"]
        ]
        assert [(r.low, r.high) for r in found] == [(asked["low"], asked["high"])]


@pytest.mark.parametrize("case", [c for c in CASES if "contradictions" in c], ids=lambda c: c["name"])
def test_contradictions(case: dict[str, Any]) -> None:
    claims = plain(case["claims"])
    of = {row.id: str(c["id"]) for c, row in zip(claims, rows(*claims), strict=True)}
    opinions = judged(case, {name: id for id, name in of.items()})
    found = contradictions(*claims, judged=opinions)
    expected = [(sorted(e["claims"]), e["type"], e["within"], e.get("gap")) for e in case["contradictions"]]
    assert [(sorted(of[i] for i in c.claims), c.type, c.within, c.gap) for c in found] == expected


@pytest.mark.parametrize("case", [c for c in CASES if "series" in c], ids=lambda c: c["name"])
def test_series(case: dict[str, Any]) -> None:
    found = series_of(terms(*plain(case["claims"])))
    shown = [{"speaker": s.speaker, "lows": [low for _, low, _, _ in s.reports], "added": list(s.added)} for s in found]
    assert shown == case["series"]
