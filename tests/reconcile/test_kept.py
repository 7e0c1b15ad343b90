"""What is asked of a ledger is the same however it is looked up: names of coded rows, links, claims of some kinds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from saksi import Ledger, Query
from saksi.ledger import derived
from saksi.ledger.coded import Coder, Raw, row_ids
from saksi.reconcile.refresh import links, refresh
from saksi.reconcile.speakers.gathering import speakers_of, voices_of
from tests.reconcile.claims import country, registers, town

TOLL = {"kind": "kill", "low": 3, "high": 3, "start": "2021-03-04", "end": "2021-03-04", "said_on": "2021-03-05"}


def kept(folder: Path, *claims: dict[str, Any]) -> Ledger:
    """A ledger of coded rows, each a document of its own."""
    raws = [Raw(f"row {n}", {"id": f"row {n}", **TOLL, **claim}) for n, claim in enumerate(claims, 1)]
    coder, ledger = Coder("rows", registers(), {}), Ledger.open(folder / "rows.db")
    told = zip(raws, row_ids(raws, "rows"), strict=True)
    ledger.add_coded("rows", [coder.document(str(raw.values["id"]), [(raw, id)]) for raw, id in told])
    return ledger


def test_a_name_of_coded_rows_is_heard_once(tmp_path: Path) -> None:
    says = {"speaker_org": "Harbour Ministry"}
    places = ([town("Qasra")], [country("IQ")], [town("Dumar")])
    ledger = kept(tmp_path, *({**says, "places": place} for place in places), {"speaker_org": "Port Union"})
    with ledger.engine.connect() as db:
        voices, _ = voices_of(db)
    (told,) = [v for v in voices if v.said.text == "Harbour Ministry"]
    assert (told.page, told.claims, len(told.documents)) == ("table rows", 3, 3)
    assert told.countries == {"SY", "IQ"}
    assert told.places >= {"qasra", "dumar"}


def test_every_row_finds_its_speaker(tmp_path: Path) -> None:
    ledger = kept(tmp_path, *[{"speaker_org": name} for name in ("Port Union", "the ministry", "Port Union")])
    speakers = speakers_of(ledger, registers())
    found = [who for row in ledger.claims() if (who := speakers.of(row)) is not None]
    assert [who.name for who in found] == ["Port Union", "ministry", "Port Union"]
    assert [each.documents for each in found[0].names] == [2]


def test_links_of_many_claims_are_those_of_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"speaker_org": "Port Union", "places": [town("Qasra")]}
    ledger = kept(tmp_path, said, said, {**said, "low": 7, "high": 7}, {**said, "low": 7, "high": 7})
    refresh(ledger, registers())
    every = links(ledger)
    some = {every[0].a, every[0].b}
    looked_up = links(ledger, some)
    monkeypatch.setattr(derived, "LOOKED_UP", 0)
    assert len(every) > len(looked_up) > 0
    assert links(ledger, some) == looked_up


def test_claims_of_some_kinds_come_in_the_order_of_the_ledger(tmp_path: Path) -> None:
    kinds = ("kill", "injure", "kill", "airstrike", "injure")
    ledger = kept(tmp_path, *({"kind": kind, "low": n, "high": n} for n, kind in enumerate(kinds, 1)))
    assert [row.low for row in ledger.claims(Query(kinds=("injure", "kill")))] == [1, 2, 3, 5]
