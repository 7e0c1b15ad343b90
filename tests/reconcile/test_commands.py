"""Asking a ledger as people do: tally, check, incidents, add, judge; and one clear line for bad input."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from saksi import Ledger
from saksi.commands.tallies import totals_of
from saksi.reconcile.refresh import contradictions, links, refresh
from saksi.reconcile.tallies import Bound, Tally
from tests.conftest import ROOT
from tests.reconcile.claims import registers
from tests.test_cli import saksi

NDUGA = {"name": "Kabupaten Nduga", "country": "ID", "level": "admin2", "admin1": "Papua Pegunungan"}
ARMY: dict[str, Any] = {
    "id": "army", "kind": "kill", "target": "soldier", "low": 1, "high": 1, "start": "2023-04-15", "end": "2023-04-15",
    "places": [NDUGA], "speaker_org": "tni", "said_on": "2023-04-16",
}  # fmt: skip
SPRING = date(2023, 4, 15)
REBELS = ARMY | {"id": "rebels", "low": 9, "high": 9, "speaker_org": "tpnpb"}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of the examples: a dozen reports and a release whose lines miss its totals."""
    path = tmp_path / "war.db"
    saksi("read", ROOT / "examples/reports.jsonl", "--ledger", path)
    options = ("--source", "cjtf-oir", "--published", "2015-11-06")
    saksi("read", ROOT / "examples/release.txt", *options, "--ledger", path)
    return path


def add(folder: Path, *rows: dict[str, Any], name: str = "mine") -> Path:
    """A ledger with rows coded elsewhere."""
    (folder / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    done = saksi("add", folder / "rows.jsonl", "--source", name, "--ledger", folder / "rows.db")
    assert done.stderr == ""
    return folder / "rows.db"


def tally(ledger: Path, *options: str) -> list[dict[str, Any]]:
    """The rows of a tally."""
    done = saksi("tally", *options, "--format", "json", "--ledger", ledger)
    assert done.stderr == ""
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_a_tally_derives_what_a_list_sets_apart(ledger: Path) -> None:
    asked = (
        "--kind",
        "destroy",
        "--target",
        "vehicle",
        "--country",
        "SY",
        "--from",
        "2019-04-01",
        "--to",
        "2019-04-05",
    )
    row = tally(ledger, *asked)[0]
    assert (row["of"], row["speaker"], row["low"], row["high"], row["state"]) == (
        "speaker",
        "coalition",
        11,
        11,
        "agreed",
    )
    assert row["derived"] == "9 vehicles and, listed apart, 2 vehicle bombs"
    assert (row["actors"], row["voice"]) == (["coalition"], "own acts")
    shown = saksi("tally", *asked, "--ledger", ledger).stdout
    assert shown.startswith(
        "11            says Global Coalition against ISIS (CJTF-OIR), of own acts   derived: 9 vehicles"
    )
    assert len(shown.splitlines()) == 1


def test_every_row_of_json_has_every_field(ledger: Path) -> None:
    from saksi.reconcile.tallies import Tally

    rows = tally(ledger, "--kind", "kill", "--by", "country")
    assert {r["of"] for r in rows} == {"speaker", "envelope", "joint"}
    assert {tuple(r) for r in rows} == {Tally.__struct_fields__}
    text = saksi("tally", "--kind", "kill", "--by", "country", "--format", "csv", "--ledger", ledger).stdout
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(rows)


def test_nothing_bounds_a_question_that_no_claim_answers(ledger: Path) -> None:
    row = tally(ledger, "--kind", "abduct")[-1]
    assert (row["of"], row["low"], row["high"], row["state"], row["claims"]) == ("joint", 0, None, "open", [])
    nothing = saksi("tally", "--kind", "abduct", "--ledger", ledger).stdout
    assert nothing == "no claim bounds this question: 0 or more   what there is: saksi claims --kind abduct\n"


def test_check_prints_sentences_and_exits_with_one(ledger: Path, tmp_path: Path) -> None:
    done = saksi("check", "--ledger", ledger)
    assert done.returncode == 1
    assert "contradiction, count, between speakers: off by 1" in done.stdout
    assert "contradiction, internal arithmetic, in one document: off by 1" in done.stdout
    assert "menewaskan sebelas orang di Kampung Nogolait" in done.stdout
    assert "tension since 2019-04-01: victory was declared and the fighting is told to go on" in done.stdout
    quiet = add(tmp_path, ARMY)
    assert (saksi("check", "--ledger", quiet).returncode, saksi("check", "--ledger", quiet).stdout) == (
        0, "0 contradictions, 0 tensions\n",
    )  # fmt: skip


def test_incidents_give_reasons_and_a_judgement_decides(tmp_path: Path) -> None:
    ledger = add(tmp_path, ARMY, REBELS)
    assert "one happening, by rule" in saksi("incidents", "--ledger", ledger).stdout
    ids = [
        c["id"] for c in map(json.loads, saksi("claims", "--ledger", ledger, "--format", "jsonl").stdout.splitlines())
    ]
    said = saksi(
        "judge", *ids, "different", "--by", "rina", "--on", "2026-01-02", "--note", "two posts", "--ledger", ledger
    )
    assert said.stdout == f"{ledger}: {ids[0]} {ids[1]} judged different by rina, 2026-01-02\n"
    assert saksi("check", "--ledger", ledger).returncode == 0
    assert [r["low"] for r in tally(ledger, "--kind", "kill")] == [1, 9, 1, 10]
    saksi("judge", *ids, "same", "--by", "budi", "--on", "2026-01-03", "--ledger", ledger)
    assert "off by 8" in saksi("check", "--ledger", ledger).stdout


def test_a_claim_is_struck_through_corrected_and_taken_back(tmp_path: Path) -> None:
    ledger = add(tmp_path, ARMY, REBELS)
    rows = [json.loads(line) for line in saksi("claims", "--ledger", ledger, "--format", "jsonl").stdout.splitlines()]
    army, rebels = (r["id"] for r in rows)
    saksi("judge", rebels, "wrong", "--by", "rina", "--ledger", ledger)
    assert [r["low"] for r in tally(ledger, "--kind", "kill") if r["of"] == "joint"] == [1]
    saksi("judge", army, "--field", "low=2", "--field", "high=3", "--by", "rina", "--ledger", ledger)
    assert [r["low"] for r in tally(ledger, "--kind", "kill") if r["of"] == "joint"] == [2]
    saksi("judge", army, "right", "--by", "rina", "--ledger", ledger)
    saksi("judge", army, "--field", "low=4", "--by", "rina", "--ledger", ledger)
    row = next(r for r in tally(ledger, "--kind", "kill") if r["of"] == "joint")
    assert row["low"] == 4
    saksi("judge", rebels, "right", "--by", "rina", "--ledger", ledger)
    assert saksi("check", "--ledger", ledger).returncode == 1
    with sqlite3.connect(ledger) as db:
        assert db.execute("SELECT count(*) FROM claims WHERE newest").fetchone() == (2,)
    assert saksi("judgements", "--ledger", ledger).stdout.endswith("6 judgements\n")


def test_a_judgement_outlives_new_values_and_asks_to_be_looked_at(tmp_path: Path) -> None:
    ledger = add(tmp_path, ARMY, REBELS)
    ids = [
        json.loads(line)["id"] for line in saksi("claims", "--ledger", ledger, "--format", "jsonl").stdout.splitlines()
    ]
    saksi("judge", *ids, "different", "--by", "rina", "--ledger", ledger)
    assert "LOOK AGAIN" not in saksi("judgements", "--ledger", ledger).stdout
    add(tmp_path, ARMY, REBELS | {"low": 8, "high": 8})
    assert f"LOOK AGAIN: {ids[1]} reads otherwise now" in saksi("judgements", "--ledger", ledger).stdout
    assert [r["low"] for r in tally(ledger, "--kind", "kill") if r["of"] == "joint"] == [9]


def test_rows_added_again_add_nothing_and_changed_rows_supersede(tmp_path: Path) -> None:
    ledger = add(tmp_path, ARMY, REBELS)
    again = saksi("add", tmp_path / "rows.jsonl", "--source", "mine", "--ledger", ledger)
    assert again.stdout == f"{ledger}: 2 rows of mine, 0 claims added, 2 already there\n"
    for low in (7, 9):  # changed, and changed back
        add(tmp_path, ARMY, REBELS | {"low": low})
        rows = map(json.loads, saksi("claims", "--ledger", ledger, "--format", "jsonl").stdout.splitlines())
        assert sorted(r["low"] for r in rows) == [1, low]


def test_rows_reconcile_with_what_was_read(ledger: Path, tmp_path: Path) -> None:
    """A row of another team on a town of the gazetteer meets the claim read there."""
    place = {"name": "Buulobarde", "country": "SO", "precision": "near"}
    row = ARMY | {"target": "person", "target_status": "civilian", "low": 5, "high": 5, "places": [place],
                  "start": "2017-09-04", "end": "2017-09-04", "speaker_org": None}  # fmt: skip
    (tmp_path / "r.jsonl").write_text(json.dumps(row), encoding="utf-8")
    saksi("add", tmp_path / "r.jsonl", "--source", "team", "--ledger", ledger)
    found = {
        r["speaker_name"]: r["low"]
        for r in tally(ledger, "--kind", "kill", "--place", "Buulobarde")
        if r["of"] == "speaker"
    }
    assert found == {"Example Release": 3, "team": 5}


def test_csv_of_claims_comes_back_as_rows(ledger: Path, tmp_path: Path) -> None:
    """What `saksi claims --format csv` prints, `saksi add` takes."""
    (tmp_path / "rows.csv").write_text(saksi("claims", "--format", "csv", "--ledger", ledger).stdout, encoding="utf-8")
    other = tmp_path / "other.db"
    done = saksi("add", tmp_path / "rows.csv", "--source", "export", "--ledger", other)
    assert done.returncode == 0, done.stderr
    asked = (
        "--kind",
        "destroy",
        "--target",
        "vehicle",
        "--country",
        "SY",
        "--from",
        "2019-04-01",
        "--to",
        "2019-04-05",
    )
    assert [(r["low"], r["high"]) for r in tally(other, *asked)] == [
        (r["low"], r["high"]) for r in tally(ledger, *asked)
    ]


BAD_ROWS = [
    ({"kind": "kil"}, "rows.jsonl:2: kind: 'kil' is not known"),
    ({"low": "twelve"}, "rows.jsonl:2: low: Expected `int"),
    ({"low": 5, "high": 3}, "rows.jsonl:2: low: 5 is above high 3"),
    ({"low": -1, "high": None}, "rows.jsonl:2: low: a count cannot be below zero"),
    ({"start": "2023-04-20"}, "rows.jsonl:2: start: 2023-04-20 is after end 2023-04-15"),
    ({"end": "15 April"}, "rows.jsonl:2: end: Invalid"),
    ({"target": "zebra"}, "rows.jsonl:2: target: 'zebra' is not known"),
    ({"scope": "all"}, "rows.jsonl:2: scope: Invalid enum value 'all'"),
    ({"places": [{"country": "Syria"}]}, "rows.jsonl:2: places.country: 'SYRIA' is not a code"),
    (
        {"relations": [{"type": "part_of", "claim": "nobody"}]},
        "rows.jsonl:2: relations: no row of this file has the id",
    ),
    ({"relations": "[{"}, "rows.jsonl:2: relations: not JSON"),
    ({"id": "army"}, "rows.jsonl:2: id: 'army' stands in two rows"),
]


@pytest.mark.parametrize(
    ("change", "message"), BAD_ROWS, ids=[m.split(": ")[1] + str(n) for n, (_, m) in enumerate(BAD_ROWS)]
)
def test_a_bad_row_is_one_line_and_nothing_is_kept(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    rows = [ARMY, {k: v for k, v in (REBELS | change).items() if v is not None}]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    done = saksi("add", "rows.jsonl", "--source", "mine", "--ledger", "war.db", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert message in done.stderr
    with sqlite3.connect(tmp_path / "war.db") as db:
        assert db.execute("SELECT count(*) FROM claims").fetchone() == (0,)


BAD_CALLS = [
    (("tally",), "--kind is needed"),
    (("tally", "--kind", "boom"), "--kind 'boom' is not known"),
    (("tally", "--kind", "kill", "--place", "Atlantis"), "no claim of this sort is placed at 'Atlantis'"),
    (("tally", "--kind", "kill", "--by", "moon"), "--by 'moon' is not one of"),
    (("tally", "--kind", "kill", "--trust", "nobody"), "--trust: none of nobody speaks here"),
    (("judge", "c_zzz", "wrong", "--by", "rina"), "no claim has an id that begins with 'c_zzz'"),
    (("judge", "c_", "--by", "rina"), "say what you judge"),
    (("judge", "FIRST", "same", "--by", "rina"), "same is said of two claims or more"),
    (("judge", "FIRST", "--field", "colour=red", "--by", "rina"), "--field 'colour' cannot be corrected"),
    (("judge", "FIRST", "--field", "low=many", "--by", "rina"), "--field: Expected `int"),
    (("judge", "FIRST", "--field", "low=12", "--field", "high=3", "--by", "rina"), "low 12 is above high 3"),
]


@pytest.mark.parametrize(("call", "message"), BAD_CALLS, ids=[m[:28] for _, m in BAD_CALLS])
def test_bad_input_is_one_line(tmp_path: Path, call: tuple[str, ...], message: str) -> None:
    ledger = add(tmp_path, ARMY)
    first = json.loads(saksi("claims", "--ledger", ledger, "--format", "jsonl").stdout)["id"]
    done = saksi(*(first if word == "FIRST" else word for word in call), "--ledger", ledger)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert message in done.stderr


def test_what_is_derived_bit_by_bit_equals_what_is_derived_at_once(ledger: Path, tmp_path: Path) -> None:
    bit = tmp_path / "bit.db"
    for line in (ROOT / "examples/reports.jsonl").read_text("utf-8").splitlines():
        (tmp_path / "one.jsonl").write_text(line, encoding="utf-8")
        saksi("read", tmp_path / "one.jsonl", "--ledger", bit)
        refresh(Ledger.open(bit), registers())
    options = ("--source", "cjtf-oir", "--published", "2015-11-06")
    saksi("read", ROOT / "examples/release.txt", *options, "--ledger", bit)
    for path in (bit, ledger):
        refresh(Ledger.open(path), registers())
    one, other = Ledger.open(bit), Ledger.open(ledger)
    assert links(one) == links(other)
    assert contradictions(one) == contradictions(other) != []


def test_a_new_document_touches_only_its_neighbours(ledger: Path, tmp_path: Path) -> None:
    store = Ledger.open(ledger)
    assert refresh(store, registers()).assessed == store.counts()["claims"]
    assert refresh(store, registers()).assessed == 0
    (tmp_path / "r.jsonl").write_text(json.dumps(ARMY | {"start": "2022-07-16", "end": "2022-07-16"}), encoding="utf-8")
    saksi("add", tmp_path / "r.jsonl", "--source", "team", "--ledger", ledger)
    done = refresh(store, registers())
    assert done.changed == 1
    assert 1 < done.assessed < 10


def test_what_a_side_concedes_stands_beside_what_the_other_alleges(tmp_path: Path) -> None:
    own = {"target_owner": "Indonesian National Armed Forces (TNI)"}
    ledger = add(tmp_path, ARMY | own, REBELS | own)
    rows = [
        (r["of"], r["voice"], r["low"]) for r in tally(ledger, "--kind", "kill") if r["of"] in ("conceded", "alleged")
    ]
    assert rows == [("conceded", "own losses", 1), ("alleged", "own losses", 9)]
    shown = saksi("tally", "--kind", "kill", "--ledger", ledger).stdout
    assert "1 or more     conceded by Indonesian National Armed Forces (TNI) of its own losses" in shown
    assert "9 or more     alleged by others of the losses of Indonesian National Armed Forces (TNI)" in shown


def test_what_is_told_in_all_comes_first_and_by_day_as_a_series(tmp_path: Path) -> None:
    """A ministry's totals are its row, from one report; a town's dead are counted below, and shown on request."""
    yemen = [{"country": "YE"}]
    total = {"kind": "kill", "target": "person", "scope": "cumulative", "speaker_org": "houthis", "places": yemen}
    days = [("2021-03-10", 300), ("2021-03-12", 340), ("2021-03-15", 420)]
    rows = [
        total | {"id": f"t{n}", "start": "2021-03-01", "end": day, "said_on": day, "low": n, "high": n}
        for day, n in days
    ]
    town = {"id": "town", "kind": "kill", "target": "person", "low": 9, "high": 9, "start": "2021-03-11",
            "end": "2021-03-11", "places": [{"name": "Aden", "country": "YE"}], "speaker_org": "taliban"}  # fmt: skip
    ledger = add(tmp_path, *rows, town)
    shown = saksi("tally", "--kind", "kill", "--country", "YE", "--ledger", ledger).stdout.splitlines()
    assert shown[0].startswith("420           says ")
    assert "as of 2021-03-15" in shown[0]
    assert "from c_" in shown[0]
    assert shown[1].startswith("1 more speaker of less, of parts or of other days, the largest figure 9")
    assert shown[2].startswith("420 or more   if all of them are right")
    everybody = saksi("tally", "--kind", "kill", "--country", "YE", "--all-speakers", "--ledger", ledger).stdout
    assert "9 or more" in everybody
    one = saksi("tally", "--kind", "kill", "--country", "YE", "--speaker", "taliban", "--ledger", ledger).stdout
    assert one.startswith("9 or more     says ")
    series = saksi("tally", "--kind", "kill", "--country", "YE", "--by", "day", "--ledger", ledger).stdout
    told = [line.split()[:3] for line in series.splitlines() if line.startswith("2021")]
    assert [(day, n) for day, n, _ in told] == [(d, str(n)) for d, n in days]
    assert [added for *_, added in told[1:]] == ["+40", "+80"]


GAZA = [{"name": "Gaza Strip", "country": "PS", "level": "admin1", "admin1": "Gaza Strip"}]
BANK = [{"name": "West Bank", "country": "PS", "level": "admin1", "admin1": "West Bank"}]


def test_a_total_is_told_by_its_own_number_beside_figures_of_elsewhere(tmp_path: Path) -> None:
    total = {"id": "t", "kind": "kill", "target": "person", "scope": "cumulative", "speaker_org": "houthis",
             "low": 900, "high": 900, "start": "2023-10-07", "end": "2023-12-01", "places": GAZA}  # fmt: skip
    one = {"id": "w", "kind": "kill", "target": "person", "speaker_org": "houthis", "low": 3, "high": 3,
           "start": "2023-03-02", "end": "2023-03-02", "said_on": "2023-03-02", "places": BANK}  # fmt: skip
    ledger = add(tmp_path, total, one)
    assert [r["low"] for r in tally(ledger, "--kind", "kill", "--country", "PS") if r["of"] == "joint"] == [903]
    shown = saksi("tally", "--kind", "kill", "--country", "PS", "--ledger", ledger).stdout
    assert shown.startswith("900           says ")
    assert "as of 2023-12-01" in shown.splitlines()[0]


def test_voices_of_no_name_are_told_once_by_the_newest(tmp_path: Path) -> None:
    """Three reports cite "army sources", each its own: one line with the newest, and from which least to most."""
    texts = {day: f"SANAA - As of {day} March, at least {n} people have been killed in Yemen since 1 March, army "
                  "sources said." for day, n in ((10, 300), (12, 340), (15, 420))}  # fmt: skip
    lines = [{"id": f"r{day}", "language": "en", "published": f"2021-03-{day}", "publisher": "Aden Post", "text": text}
             for day, text in texts.items()]  # fmt: skip
    (tmp_path / "reports.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    ledger = str(tmp_path / "l.db")
    assert saksi("read", str(tmp_path / "reports.jsonl"), "--ledger", ledger).returncode == 0
    shown = saksi("tally", "--kind", "kill", "--country", "YE", "--ledger", ledger).stdout.splitlines()
    assert shown[0].startswith("420 or more   says army (Aden Post, 2021-03-15), as of 2021-03-15")
    assert shown[0].endswith("in 3 reports 300 to 420")
    assert not any("340" in line for line in shown)


def test_what_was_told_in_all_by_a_day_stands_though_the_total_has_grown(tmp_path: Path) -> None:
    """Asked until 12 March, the total of 12 March is what it was; one that was ever corrected downward is not."""
    total = {"kind": "kill", "target": "person", "scope": "cumulative", "speaker_org": "houthis",
             "places": [{"country": "YE"}]}  # fmt: skip
    for third, fourth, by_then in ((400, 420, 340), (310, 310, 0), (320, 420, 0)):
        days = (("2021-03-10", 300), ("2021-03-12", 340), ("2021-03-15", third), ("2021-03-18", fourth))
        rows = [total | {"id": day, "start": "2021-03-01", "end": day, "said_on": day, "low": n, "high": n}
                for day, n in days]  # fmt: skip
        (folder := tmp_path / f"{third} {fourth}").mkdir()
        told = tally(add(folder, *rows), "--kind", "kill", "--country", "YE", "--to", "2021-03-12")
        joint = next(r for r in told if r["of"] == "joint")
        assert joint["low"] == by_then


def test_a_row_that_no_claim_binds_tells_no_total(tmp_path: Path) -> None:
    """A stock of elsewhere leaves a speaker's row at 0: nothing is proven of the country asked."""
    ledger = Ledger.open(add(tmp_path, ARMY))
    row = Tally(of="speaker", kind="kill", low=0, high=None, state="open", low_from=Bound((), True), as_of=SPRING)
    assert totals_of([row], ledger, registers()) == []
