"""The index tells the same as the ledger, whatever is asked and however the ledger came to be what it is."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from benchmarks.reconcile import made, put
from saksi import Ledger, Query, Reader, refresh, rows_of
from saksi.inquiry.queries import naming_of, retell, tally, tally_by
from saksi.inquiry.selection import Selection
from saksi.ledger import derived
from saksi.ledger.coded import Coder, Raw, row_ids
from saksi.ledger.judgements import Judgement, judge
from saksi.ledger.removal import forget
from saksi.publish.desk import Desk
from saksi.publish.index import Index
from saksi.publish.listing import ClaimsAsked, find_claims
from saksi.publish.selecting import Selected
from saksi.publish.where_and_when import find_where_and_when
from saksi.reconcile.boxes import Question
from saksi.reconcile.refresh import links, terms_about
from saksi.reconcile.terms import Naming
from saksi.registers.load import load_registers
from tests.stores.test_contract import TEXTS
from tests.stores.test_contract import put as put_text


def same(index: Index, ledger: Ledger) -> None:
    """An index that followed the ledger is one made anew."""
    index.follow()
    anew = Index(ledger).follow()
    assert sorted(index.ids) == sorted(anew.ids) == sorted(row.id for row in ledger.claims())
    for name in ("kind", "speaker", "country", "place"):
        every = [index.reviewed | ~index.reviewed, anew.reviewed | ~anew.reviewed]
        counted = [
            [(k, n) for k, _, n in each.counts(name, mask)] for each, mask in zip((index, anew), every, strict=True)
        ]
        assert counted[0] == counted[1]
    assert int(index.reviewed.sum()) == int(anew.reviewed.sum())


def test_the_index_follows_the_ledger(tmp_path: Path, reader: Reader) -> None:
    ledger = Ledger.open(tmp_path / "war.db")
    index = Index(ledger).follow()
    assert index.ids == []
    reading, rows = put_text(ledger, reader)
    same(index, ledger)
    put_text(ledger, reader, TEXTS[1], "b")
    same(index, ledger)
    newer = [msgspec.structs.replace(row, reading="r_newer") for row in rows_of(reading, {})[:1]]
    ledger.add(reading.document, "r_newer", newer, [])
    same(index, ledger)
    row = next(iter(ledger.claims()))
    judge(ledger, [row], [Judgement(verdict="accepted", claims=(row.id,), readings=(row.reading,), by="Ana",
                                    on=date(2024, 5, 2))])  # fmt: skip
    same(index, ledger)
    assert int(index.reviewed.sum()) == 1
    forget(ledger, reading.document.id, ("Ana", date(2024, 5, 2), None))
    same(index, ledger)
    assert rows


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory, cache: None) -> Ledger:
    """A ledger of 600 synthetic claims that are close enough to bear on each other."""
    chance = random.Random(7)
    ledger = Ledger.open(tmp_path_factory.mktemp("crowded") / "war.db")
    claims = [made(n, chance) for n in range(600)]
    first = date(2015, 1, 1)
    for claim in claims:
        span = date.fromisoformat(claim["end"]) - date.fromisoformat(claim["start"])
        begin = first + timedelta(days=chance.randrange(60))
        claim |= {"start": str(begin), "end": str(begin + span), "said_on": str(begin)}
    put(ledger, claims)
    retell(ledger, load_registers())
    return ledger


def test_lists_are_those_of_the_ledger(crowded: Ledger) -> None:
    desk = Desk(crowded)
    for asked, query in (
        (ClaimsAsked(kind="kill", size=500), Query(kinds=("kill",))),
        (ClaimsAsked(country="sy", size=500), Query(country="SY")),
        (ClaimsAsked(speaker="sdf", size=500), Query(speaker="sdf")),
        (ClaimsAsked(first=date(2015, 2, 1), last=date(2015, 2, 5), size=500),
         Query(first=date(2015, 2, 1), last=date(2015, 2, 5))),
    ):  # fmt: skip
        found = find_claims(desk, asked)
        wanted = [row.id for row in crowded.claims(query)]
        assert found.total == len(wanted) > 0
        assert sorted(row.id for row in found.items) == sorted(wanted)


def test_a_question_needs_only_the_claims_that_bear_on_it(crowded: Ledger) -> None:
    """The tally of what may bear on a question is that of the whole ledger."""
    registers = load_registers()
    chance = random.Random(3)
    narrowed = 0
    for _ in range(12):
        begin = date(2015, 1, 1) + timedelta(days=chance.randrange(60))
        days = (begin, begin + timedelta(days=chance.choice((0, 6, 20))))
        asked = Selection(
            kind=chance.choice(("kill", "airstrike", "destroy")), country=chance.choice(("SY", "IQ", "ID"))
        )
        question = Question(kind=str(asked.kind), first=days[0], last=days[1])
        narrowed += len(terms_about(crowded, Naming(registers), question)) < 600
        found = tally(crowded, asked, first=days[0], last=days[1], registers=registers)
        whole = [row for row in tally(crowded, asked, registers=registers) if row.of == "joint"]
        assert whole
        with crowded.writing(derived=True) as db:  # as if it had never been reconciled: then all claims are looked at
            derived.put(db, "reconciled", "otherwise")
        assert tally(crowded, asked, first=days[0], last=days[1], registers=registers) == found
        refresh(crowded, registers)
    assert narrowed == 12


def test_a_question_counts_what_is_not_assessed_yet(crowded: Ledger, tmp_path: Path) -> None:
    """Just after somebody judged, and more was read, the quick tally of a few days is that of the whole ledger."""
    assert crowded.backend.path is not None
    path = tmp_path / "war.db"
    path.write_bytes(crowded.backend.path.read_bytes())
    ledger, registers = Ledger.open(path), load_registers()
    link = links(ledger)[0]
    rows = [row for row in ledger.claims() if row.id in (link.a, link.b)]
    ids, readings = tuple(row.id for row in rows), tuple(row.reading for row in rows)
    judge(ledger, rows, [Judgement(verdict="different", claims=ids, readings=readings, by="Ana", on=date(2024, 5, 2))])
    days = {"start": "2015-01-10", "end": "2015-01-12"}
    put(ledger, [made(n, random.Random(n)) | days | {"id": f"late {n}"} for n in range(20)])
    assert derived.unassessed(ledger) != (set(), set())
    chance = random.Random(11)
    asked = []
    for _ in range(8):
        begin = date(2015, 1, 1) + timedelta(days=chance.randrange(20))
        selection = Selection(kind=chance.choice(("kill", "airstrike")), country=chance.choice(("SY", "IQ", "ID")))
        asked.append((selection, begin, begin + timedelta(days=chance.choice((0, 3, 10)))))

    def tallies() -> list[object]:
        return [tally(ledger, s, first=a, last=b, registers=registers) for s, a, b in asked]

    quick = tallies()
    with ledger.writing(derived=True) as db:  # as if it had never been reconciled: then all claims are looked at
        derived.put(db, "reconciled", "otherwise")
    assert quick == tallies()
    ledger.close()


def test_bars_count_each_claim_in_each_stretch_that_it_touches(crowded: Ledger) -> None:
    desk = Desk(crowded)
    found = find_where_and_when(desk, Selected(kind="kill"))
    rows = list(crowded.claims(Query(kinds=("kill",))))
    for bar in found.bars:
        inside = [r for r in rows if r.start and r.end and r.start <= bar.last and r.end >= bar.first]
        assert bar.days == sum(r.start == r.end for r in inside)
        assert bar.periods == len(inside) - bar.days
    assert found.bars[0].first == min(r.start for r in rows if r.start)
    assert sum(p.claims for p in found.places) == sum(len({p.name for p in r.places}) for r in rows)


def test_a_served_index_waits_for_no_speakers(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process keeps the speakers, those last kept are told until it has made them anew."""
    ledger, registers = Ledger.open(tmp_path / "war.db"), load_registers()
    put_text(ledger, reader)
    retell(ledger, registers)
    desk = Desk(ledger)
    desk.claims.kept_up = True
    before = desk.index.counts("speaker", desk.index.everything)
    put_text(ledger, reader, TEXTS[1], "b")
    with monkeypatch.context() as alone:
        alone.setattr("saksi.reconcile.speakers.gathering.made", lambda *_: pytest.fail("the page made the speakers"))
        told = desk.index.counts("speaker", desk.index.everything)
    assert sum(n for _, _, n in told) > sum(n for _, _, n in before)
    assert not desk.all_joined
    retell(ledger, registers)
    desk.claims.hear()
    assert desk.all_joined
    same(desk.claims, ledger)


def test_an_index_that_was_given_stays_as_it_was(tmp_path: Path, reader: Reader) -> None:
    """Who makes a page counts one state of the ledger to the end, though others take in more meanwhile."""
    ledger = Ledger.open(tmp_path / "war.db")
    reading, _ = put_text(ledger, reader)
    desk = Desk(ledger)
    with desk.moment():
        before = desk.index
        counted = before.counts("kind", before.everything)
        put_text(ledger, reader, TEXTS[1], "b")
        after = desk.claims.follow()
        assert len(after) > len(before) == len(before.everything) == len(before.placed)
        assert before.counts("kind", before.everything) == counted
        newer = [msgspec.structs.replace(row, reading="r_newer") for row in rows_of(reading, {})[:1]]
        ledger.add(reading.document, "r_newer", newer, [])
        desk.claims.follow()
        assert desk.index is before
        assert before.counts("kind", before.everything) == counted
        late = next(id for id in after.ids if id not in before.ids[: len(before)])
        assert (before.place(late), after.ids[after.place(late) or 0]) == (None, late)
    same(desk.claims, ledger)


def test_claims_of_other_days_are_not_looked_at_again(crowded: Ledger, tmp_path: Path) -> None:
    """What was read this morning and cannot bear on last year costs a question about last year nothing."""
    assert crowded.backend.path is not None
    path = tmp_path / "war.db"
    path.write_bytes(crowded.backend.path.read_bytes())
    ledger, registers = Ledger.open(path), load_registers()
    question, days = Selection(kind="kill", country="SY"), (date(2015, 1, 1), date(2015, 1, 9))
    before = tally_by(ledger, question, days, naming_of(ledger, registers))
    far = {"start": "2024-05-02", "end": "2024-05-02", "said_on": "2024-05-02"}
    put(ledger, [made(n, random.Random(n)) | far | {"id": f"far {n}"} for n in range(20)])
    with pytest.MonkeyPatch.context() as alone:
        alone.setattr("saksi.reconcile.refresh.around", lambda *_: pytest.fail("it looked at claims of other days"))
        assert tally_by(ledger, question, days, naming_of(ledger, registers)) == before
        near = {"start": "2015-01-05", "end": "2015-01-05", "id": "near", "places": [], "kind": "kill"}
        put(ledger, [made(0, random.Random(0)) | near])
        with pytest.raises(pytest.fail.Exception, match="claims of other days"):
            tally_by(ledger, question, days, naming_of(ledger, registers))
    ledger.close()


def test_what_is_not_assessed_is_found_however_it_came(tmp_path: Path, reader: Reader) -> None:
    """Claims of old numbers that rise again, those opened again, and those that take the numbers of forgotten ones."""
    ledger, registers = Ledger.open(tmp_path / "war.db"), load_registers()

    def code(*tables: str) -> None:
        for value in tables:
            raw = Raw("1", {"id": "1", "kind": "kill", "low": value, "high": value, "target": "person"})
            coder = Coder("table", registers, {})
            ledger.add_coded("table", [coder.document("1", list(zip([raw], row_ids([raw], "table"), strict=True)))])

    code("3", "4")
    put_text(ledger, reader)
    refresh(ledger, registers)
    assert derived.changes(ledger) == (set(), set())
    code("3")  # as it was at first: the older row is the newest again
    assert derived.changes(ledger)[0] == {row.id for row in ledger.claims() if row.document.ref == "1"}
    refresh(ledger, registers)
    text = next(row.document.id for row in ledger.claims() if row.document.ref != "1")
    forget(ledger, text, ("Ana", date(2024, 5, 2), None))
    put_text(ledger, reader, TEXTS[1], "b")
    assert derived.changes(ledger)[0] == {row.id for row in ledger.claims() if row.document.ref != "1"}
    refresh(ledger, registers)
    row = next(iter(ledger.claims()))
    said = Judgement(verdict="wrong", claims=(row.id,), readings=(row.reading,), by="Ana", on=date(2024, 5, 2))
    judge(ledger, [row], [said])
    assert derived.changes(ledger) == ({row.id}, {row.id})
    ledger.close()
