"""Questions on which too many claims bear: three figures, none smaller than the one before, and what stands aside."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.reconcile.asking import Asked, split
from saksi.reconcile.assess import assess
from saksi.reconcile.boxes import Question
from saksi.reconcile.broad.asides import Pair, settling
from saksi.reconcile.broad.parts import Broadly
from saksi.reconcile.tallies import Tally, bounded
from tests.reconcile.claims import IRAQ, NOBODY, SYRIA, registers, terms
from tests.reconcile.test_commands import add
from tests.reconcile.worlds import QUICK, World, questions, told, truth
from tests.test_cli import saksi

NEW_YEAR = date(2007, 1, 1)


def broadly(question: Question, *claims: dict[str, Any]) -> Broadly:
    """Claims asked broadly, however few they are."""
    some = terms(*claims)
    return Broadly(Asked(some, assess(some, NOBODY, registers()).links, registers(), question.kind), question)


@QUICK
@given(told(), questions())
def test_the_three_figures_rise_and_the_first_is_never_above_the_truth(
    story: tuple[World, list[dict[str, Any]]], asked: tuple[Question, set[str], range, str]
) -> None:
    world, claims = story
    question, towns, days, target = asked
    asking = broadly(question, *claims)
    sure, linked, every = asking.three(asking.told, question)
    assert sure.low <= truth(world, towns, days, target)
    assert sure.low <= linked.low <= (linked.high or 0) <= every.low


@QUICK
@given(told(), questions())
def test_what_is_seen_to_be_open_has_no_high_when_it_is_cut(
    story: tuple[World, list[dict[str, Any]]], asked: tuple[Question, set[str], range, str]
) -> None:
    """The short look that spares cutting thousands of claims says nothing that cutting would not."""
    asking = broadly(asked[0], *story[1])
    if asking.proven.is_open:
        row = bounded(asking.told)
        assert row is None or row.high is None


@QUICK
@given(told(), st.sampled_from([("day",), ("country",), ("day", "country")]))
def test_a_part_has_the_figures_that_it_has_when_asked_alone(
    story: tuple[World, list[dict[str, Any]]], by: tuple[str, ...]
) -> None:
    """Each part looks only at the claims near it; the others add nothing."""
    _, claims = story
    question = Question(kind="destroy", spots=(SYRIA, IRAQ), first=date(2019, 4, 1), last=date(2019, 4, 3))
    asking = broadly(question, *claims)
    alone = {}
    for part in split(asking.asked, question, by):
        rows = asking.three(asking.ready(asking.terms, part), part)
        if any(row.claims for row in rows):
            alone[rows[0].place, rows[0].start] = figures(rows)
    assert {(rows[0].place, rows[0].start): figures(rows) for rows in asking.parts(by)} == alone


def figures(rows: list[Tally]) -> list[tuple[int, int | None]]:
    """Low and high of each row."""
    return [(row.low, row.high) for row in rows]


def test_few_pairs_are_shown_and_those_first_that_settle_most() -> None:
    assert settling([Pair("a", "b", 50), Pair("c", "d", 30), Pair("e", "f", 20)]) == 1
    assert settling([Pair(str(n), "x", 1) for n in range(100)]) == 12


def killed(id: str, town: int | None, day: int | None = None, **more: Any) -> dict[str, Any]:
    """Two killed in a town of Nineveh on a day of 2007."""
    place = {"name": f"Qarya{town}", "country": "IQ", "level": "city", "admin1": "Nineveh"}
    when = (NEW_YEAR + timedelta(days=day)).isoformat() if day is not None else None
    return {
        "id": id, "kind": "kill", "target": "person", "low": 2, "high": 2, "speaker_org": "isaf",
        "said_on": "2008-01-01", "places": [] if town is None else [place], "start": when, "end": when, **more,
    }  # fmt: skip


def a_year() -> list[dict[str, Any]]:
    """A year of 200 attacks in forty towns, thirty of them told with another number, ten on no day, five nowhere."""
    attacks = [killed(f"a{n}", n % 40, n) for n in range(200)]
    again = [killed(f"b{n}", n % 40, n, low=5, high=5, speaker_org="sdf") for n in range(30)]
    return [*attacks, *again, *(killed(f"c{n}", 50 + n) for n in range(10)),
            *(killed(f"d{n}", None, 300 + n) for n in range(5))]  # fmt: skip


def test_a_running_total_is_told_by_itself_beside_the_three_figures(tmp_path: Path) -> None:
    """What one says in all is its total, not its total and what it told of elsewhere."""
    total = {"places": [{"name": "Syria", "country": "SY", "level": "country"}], "scope": "cumulative",
             "low": 900, "high": 900, "start": "2006-01-01", "end": "2007-09-01"}  # fmt: skip
    ledger = add(tmp_path, *a_year(), {**killed("t", None), **total})
    lines = saksi("tally", "--kind", "kill", "--ledger", ledger).stdout.splitlines()
    said = lines.index("Told in all, by who tells it:") + 1
    assert lines[said].startswith("900  ")
    assert "says International Security Assistance Force, as of 2007-09-01" in lines[said]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of that year."""
    return add(tmp_path_factory.mktemp("year"), *a_year())


def asked(ledger: Path, *options: str) -> list[str]:
    """The lines that a tally of those killed in Iraq prints."""
    done = saksi("tally", "--kind", "kill", "--country", "IQ", *options, "--ledger", ledger)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_broad_question_is_answered_in_sentences(year: Path) -> None:
    lines = asked(year, "--from", "2007-01-01")
    assert lines[0] == "Surely: at least 490 people killed; 200 figures say so, no two of them of the same."
    assert lines[2].startswith("As linked: 490 to 550 people killed, in 230 incidents of a known day and place")
    assert "takes 30 undecided pairs of reports as one incident each, the high as two" in lines[2]
    assert lines[4].startswith("As told: 550 people killed, if no two of 230 claims count the same")
    assert lines[6] == "Aside of the incidents stand 15 claims: 10 name no day, 5 name no place."
    again = "saksi tally --kind kill --country IQ --from 2007-01-01"
    assert lines[7].strip() == f"List them: {again} --aside day (or place)"
    assert lines[8].endswith(f"judge these 12 pairs: {again} --aside pairs")


def test_what_stands_aside_is_listed_and_a_judgement_narrows(year: Path, tmp_path: Path) -> None:
    ledger = Path(shutil.copy(year, tmp_path / "war.db"))
    assert asked(ledger, "--aside", "place")[-1] == "5 claims: name no place"
    pairs = asked(ledger, "--aside", "pairs")
    assert pairs[-1] == "12 of 30 undecided pairs"
    command = pairs[0].partition(": saksi ")[2].replace("same|different", "different").replace("NAME", "rina")
    saksi(*command.split(), "--on", "2026-01-02", "--ledger", ledger)
    assert asked(ledger, "--aside", "pairs")[-1] == "12 of 29 undecided pairs"
    wrong = saksi("tally", "--kind", "kill", "--aside", "nowhere", "--ledger", ledger)
    assert wrong.returncode == 2
    assert "--aside" in wrong.stderr


def test_months_and_speakers_come_as_lines(year: Path) -> None:
    months = asked(year, "--from", "2007-01-01", "--by", "month")
    assert len(months) == 8  # a title and the seven months of attacks: who names no place may speak of elsewhere
    assert months[1].split() == ["2007-01-01", "to", "2007-01-31", "152", "152-212", "212", "0"]
    speakers = asked(year, "--by", "speaker")
    assert [line.split()[:1] for line in speakers[1:]] == [["International"], ["Syrian"]]


def test_programs_get_the_three_rows(year: Path) -> None:
    rows = json.loads("\n".join(asked(year, "--from", "2007-01-01", "--format", "json")))
    assert [row["of"] for row in rows] == ["sure", "linked", "told"]
    assert {aside["reason"]: len(aside["claims"]) for aside in rows[1]["asides"]} == {"day": 10, "place": 5}
