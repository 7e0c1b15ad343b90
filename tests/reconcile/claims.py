"""Claims for the tests of reconciling, made the way users make them: as rows coded in the contract's fields."""

from __future__ import annotations

from functools import cache
from typing import Any

from saksi.ledger.coded import Coder, Raw, row_ids
from saksi.ledger.columns import Row
from saksi.ledger.judgements import Judged
from saksi.reconcile.asking import Asked
from saksi.reconcile.assess import Assessment, assess
from saksi.reconcile.boxes import Question
from saksi.reconcile.contradictions import Contradiction
from saksi.reconcile.tallies import Tally
from saksi.reconcile.terms import Naming, Spot, Term, term_of
from saksi.registers.load import Registers, load_registers

NOBODY = Judged({}, {}, {})


@cache
def registers() -> Registers:
    """Saksi's own registers."""
    return load_registers()


@cache
def naming() -> Naming:
    """How names become keys."""
    return Naming(registers())


def country(code: str) -> dict[str, str]:
    """A country as a place of a row."""
    return {"country": code}


def town(name: str, code: str = "SY") -> dict[str, str]:
    """A town that no gazetteer knows, in a country."""
    return {"name": name, "country": code, "level": "city", "admin1": "Tested"}


def rows(*claims: dict[str, Any]) -> list[Row]:
    """Rows of claims; relations name them by `id`; each is a document of its own unless it says otherwise."""
    raws = [Raw(f"row {n}", {"id": f"row {n}", **claim}) for n, claim in enumerate(claims, 1)]
    ids = row_ids(raws, "test")
    coder = Coder("test", registers(), {str(raw.values["id"]): id for raw, id in zip(raws, ids, strict=True)})
    groups: dict[str, list[tuple[Raw, str]]] = {}
    for raw, id in zip(raws, ids, strict=True):
        groups.setdefault(str(raw.values.get("document", {}).get("ref", id)), []).append((raw, id))
    made = {row.id: row for key, group in groups.items() for row in coder.document(key, group).rows}
    return [made[id] for id in ids]


def terms(*claims: dict[str, Any]) -> list[Term]:
    """Terms of claims."""
    return [term_of(row, naming()) for row in rows(*claims)]


def assessed(*claims: dict[str, Any], judged: Judged = NOBODY) -> Assessment:
    """What claims amount to together."""
    return assess(terms(*claims), judged, registers())


def contradictions(*claims: dict[str, Any], judged: Judged = NOBODY) -> list[Contradiction]:
    """The contradictions among claims."""
    return [c for component in assessed(*claims, judged=judged).components for c in component.contradictions]


def named(found: Contradiction, *claims: dict[str, Any]) -> list[int]:
    """Which of the claims, by position, a contradiction names."""
    ids = [row.id for row in rows(*claims)]
    return sorted(ids.index(id) for id in found.claims)


def tallies(question: Question, *claims: dict[str, Any], judged: Judged = NOBODY) -> list[Tally]:
    """The rows of a question."""
    told = terms(*claims)
    links = assess(told, judged, registers()).links
    return Asked(told, links, registers(), question.kind).rows(question)


def joint(question: Question, *claims: dict[str, Any], judged: Judged = NOBODY) -> Tally:
    """The joint row of a question."""
    return tallies(question, *claims, judged=judged)[-1]


def bounds(question: Question, *claims: dict[str, Any], judged: Judged = NOBODY) -> tuple[int, int | None]:
    """Low and high of the joint row; a contested row is a failure of the test."""
    row = joint(question, *claims, judged=judged)
    assert row.state != "contested", row.conflict
    return row.low, row.high


SYRIA = Spot("SY", "SY", "SY", None, "country")
IRAQ = Spot("IQ", "IQ", "IQ", None, "country")
