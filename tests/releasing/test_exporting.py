"""Exports: exact columns, nothing made up, notes of what a shape could not hold."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi import Ledger, Reader, Row
from saksi.errors import UsageError
from saksi.ledger import schema
from saksi.ledger.cells import cell, escaped, row_of_cells, unescaped
from saksi.ledger.columns import RivalCell
from saksi.ledger.judgements import judge
from saksi.ledger.store import cells_of
from saksi.registers.load import load_registers
from saksi.releasing.choice import Asking, Chosen
from saksi.releasing.datasette import write_metadata
from saksi.releasing.exporting import export
from saksi.releasing.notes import Notes
from saksi.releasing.parquet import rows_of_parquet, write_parquet
from saksi.releasing.parquet import schema as parquet_schema
from saksi.releasing.shapes import OWN, SHAPES
from saksi.releasing.workbook import write_workbook
from saksi.releasing.world import World
from tests.releasing.made import judgement, made_ledger
from tests.test_cli import refusal

BINARY = ("parquet", "xlsx")
Exported = Callable[..., tuple[str, dict[str, Any]]]


@pytest.fixture
def ledger(tmp_path: Path, reader: Reader) -> Ledger:
    """The ledger of this folder."""
    return made_ledger(tmp_path, reader)


@pytest.fixture
def exported(ledger: Ledger, tmp_path: Path) -> Exported:
    """Exports a shape; gives the file's text and its notes."""

    def make(shape: str, chosen: Chosen | None = None, **days: date) -> tuple[str, dict[str, Any]]:
        out = tmp_path / f"x.{shape}"
        export(ledger, shape, out, Asking(chosen or Chosen(), **days), load_registers())
        notes = json.loads((tmp_path / f"x.{shape}.notes.json").read_text("utf-8"))
        return (out.read_text("utf-8") if shape not in BINARY else ""), notes

    return make


def lines_of(text: str, between: str = ",") -> list[dict[str, str]]:
    """The lines of a table."""
    return list(csv.DictReader(text.splitlines(keepends=True), delimiter=between))


def why_left(notes: dict[str, Any], words: str) -> list[str]:
    """The claims that were left out for a reason with these words."""
    return [id for entry in notes["left_out"] if words in entry["why"] for id in entry["claims"]]


def lacking(notes: dict[str, Any], column: str) -> list[str]:
    """The claims of which a column could not be filled, or not wholly."""
    return [id for entry in notes["not_held"] if entry["column"] == column for id in entry["claims"]]


def test_claims_come_back_from_a_table_and_from_lines_as_they_were(ledger: Ledger, exported: Exported) -> None:
    rows = list(ledger.claims())
    table, _ = exported("csv")
    assert [row_of_cells(cells) for cells in lines_of(table)] == rows
    lines, _ = exported("jsonl")
    assert [msgspec.json.decode(line, type=Row) for line in lines.splitlines()] == rows


@given(st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(["=1", "'=1", "''", "", "@", "\t", "-"]))
def test_an_escaped_text_is_no_formula_and_comes_back(text: str) -> None:
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unescaped(escaped(text)) == text


def test_cells_that_would_be_formulas_are_escaped_and_numbers_are_not(exported: Exported) -> None:
    text, notes = exported("acled")
    sources = {line["source"] for line in lines_of(text)}
    assert "'=HYPERLINK Daily" in sources
    assert notes["escaped_cells"] == 1
    assert cell(-4.5) == "-4.5"


@pytest.mark.parametrize(("shape", "many", "between"), [("acled", 31, ","), ("ged", 49, ","), ("polecat", 40, "\t")])
def test_tables_have_the_columns_of_their_scheme_then_our_own(
    exported: Exported, shape: str, many: int, between: str
) -> None:
    header = exported(shape)[0].splitlines()[0].split(between)
    assert (len(header), tuple(header[-3:])) == (many + len(OWN), OWN)


def test_two_reports_of_one_attack_are_one_happening_with_the_bounds_of_both(exported: Exported) -> None:
    lines = lines_of(exported("ged", Chosen(country="ID"))[0])
    assert [(n["low"], n["best"], n["high"], n["date_prec"]) for n in lines] == [("10", "", "12", "1")]
    assert len(lines[0]["ledger_claim_ids"].split("; ")) > 1
    assert lines[0]["number_of_sources"] == "2"
    acled = lines_of(exported("acled", Chosen(country="ID"))[0])
    assert [n["fatalities"] for n in acled] == ["10"]


def test_a_bound_has_no_best_and_no_split(exported: Exported) -> None:
    text, notes = exported("ged", Chosen(country="SY"))
    (line,) = lines_of(text)
    assert (line["low"], line["best"], line["high"], line["deaths_unknown"]) == ("20", "", "", "")
    assert lacking(notes, "high") == lacking(notes, "best") == [line["id"]]


def test_what_is_not_done_or_has_no_column_is_left_out_and_listed(ledger: Ledger, exported: Exported) -> None:
    of = {(row.kind, row.low): row.id for row in ledger.claims()}
    _, notes = exported("ged")
    assert of["detain", 30] in why_left(notes, "is planned")
    assert of["destroy", 11] in why_left(notes, "which is not split")
    assert of["airstrike", 12] in why_left(notes, "no death is told")
    _, notes = exported("polecat")
    assert of["kill", 20] in lacking(notes, "all")


def test_several_days_and_places_stay_one_line_of_the_coarsest_precision(exported: Exported) -> None:
    lines = lines_of(exported("acled", Chosen(kind="airstrike"))[0])
    found = [(n["event_date"], n["time_precision"], n["location"], n["latitude"], n["fatalities"]) for n in lines]
    assert found == [("2019-04-01", "3", "", "", "")]


def test_struck_claims_leave_and_corrections_hold_but_what_was_read_stays_as_read(
    ledger: Ledger, exported: Exported
) -> None:
    rows = {row.kind: row for row in ledger.claims() if row.document.publisher == "=HYPERLINK Daily"}
    struck, corrected = rows["detain"], rows["kill"]
    judge(ledger, [struck], [judgement("wrong", struck)])
    judge(ledger, [corrected], [judgement("corrected", corrected, field="low", value="4")])
    text, notes = exported("geojson")
    low = {f["id"]: f["properties"]["low"] for f in json.loads(text)["features"]}
    assert struck.id not in low
    assert why_left(notes, "struck") == [struck.id]
    assert low[corrected.id] == 4
    text, notes = exported("jsonl")
    assert {r["id"]: r["low"] for r in map(json.loads, text.splitlines())}[corrected.id] == 3
    assert (lacking(notes, "id"), lacking(notes, "low")) == ([struck.id], [corrected.id])


def test_a_feature_says_what_its_point_means(exported: Exported) -> None:
    features = json.loads(exported("geojson")[0])["features"]
    means = {p["name"]: p["point_means"] for f in features for p in f["properties"]["places"]}
    assert means["Syria"] == "centre of the country"
    assert means["Mosul"] == "the place itself"


def test_words_keep_their_characters(ledger: Ledger, exported: Exported) -> None:
    for line in exported("plover")[0].splitlines():
        record = json.loads(line)
        text = ledger.text(record["cite_info"]["citation"])
        assert record["text_info"]
        assert all(text[i["start"] : i["end"]] == i["text_story"] for i in record["text_info"])


def test_kinds_have_the_modes_scores_and_numbers_of_the_manual(exported: Exported) -> None:
    """PLOVER's manual: quad category 4 is material conflict, JRN is the press, MED is health."""
    records = [json.loads(line) for line in exported("plover")[0].splitlines()]
    found = {
        (r["event"][0], r["mode"][0] if r.get("mode") else None, r["event_scale"], r["quad_code"]) for r in records
    }
    assert found == {
        ("ASSAULT", "aerial", -9.5, 4), ("ASSAULT", "destroy", -8.5, 4), ("ASSAULT", None, -9.0, 4),
    }  # fmt: skip
    exchange = World(load_registers()).exchange
    assert exchange.sectors["outlet"] == "JRN"
    assert set(exchange.quad_codes.values()) <= set(exchange.quad_numbers)
    assert {kind.type for kind in exchange.plover.values()} <= set(exchange.quad_codes)


def test_a_claim_stays_with_its_happening_in_every_shape(exported: Exported) -> None:
    events = {n["event_id"] for n in lines_of(exported("eventreport")[0])}
    assert events >= {n["id"] for n in lines_of(exported("ged")[0])}
    assert {n["event"] for n in lines_of(exported("meltt")[0])} <= events


def test_fields_that_no_words_give_are_named_in_the_line_and_in_the_notes(ledger: Ledger, exported: Exported) -> None:
    row = next(r for r in ledger.claims() if r.low == 3)
    weak = msgspec.structs.replace(row, place_grounds="presumed", claim_grounds="proposed", reading="r_weak")
    with ledger.writing() as db:
        db.execute(schema.claims.update().where(schema.claims.c.id == row.id).values(newest=False))
        ledger.insert_claims(db, [cells_of(weak, row.document.id)], [])
    text, notes = exported("ged")
    named = {n["id"]: n["ledger_presumed"] for n in lines_of(text)}
    assert named[row.id] == "claim (proposed); place"
    listed = {entry["field"]: entry["claims"] for entry in notes["presumed"]}
    assert row.id in listed["place"]
    assert listed["claim (proposed)"] == [row.id]


def test_ids_stay_when_another_report_joins(ledger: Ledger, exported: Exported, reader: Reader) -> None:
    from saksi import Document, rows_of

    before = {n["id"] for n in lines_of(exported("ged")[0])}
    text = "Sebelas warga tewas ditembak TPNPB di Distrik Kenyam, Kabupaten Nduga, Sabtu (16/7), kata bupati."
    made = Document(text=text, publisher="Koran Lima", published=date(2022, 7, 20), published_basis="given")
    reading = reader.read(reader.prepared(made))
    ledger.add(reading.document, reading.version, rows_of(reading, reader.actor_names("id")), reading.unread)
    after = lines_of(exported("ged")[0])
    assert {n["id"] for n in after} == before
    assert {n["number_of_sources"] for n in after if n["country"] == "Indonesia"} == {"3"}


@pytest.mark.parametrize("shape", SHAPES)
def test_an_export_made_twice_is_the_same(exported: Exported, tmp_path: Path, shape: str) -> None:
    files = []
    for _ in range(2):
        exported(shape)
        files.append([(tmp_path / name).read_bytes() for name in (f"x.{shape}", f"x.{shape}.notes.json")])
    assert files[0] == files[1]


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape not in BINARY])
def test_every_claim_is_in_the_file_or_left_out_for_a_reason(ledger: Ledger, exported: Exported, shape: str) -> None:
    text, notes = exported(shape)
    left = {id for entry in notes["left_out"] for id in entry["claims"]}
    assert [r.id for r in ledger.claims() if r.id not in text and r.id not in left] == []
    assert notes["claims"] == len(list(ledger.claims()))


def test_parquet_holds_claims_whole_with_types_and_meanings(ledger: Ledger, exported: Exported, tmp_path: Path) -> None:
    exported("parquet")
    path = tmp_path / "x.parquet"
    rows = list(ledger.claims())
    assert list(rows_of_parquet(path)) == rows
    columns = parquet_schema()
    assert columns.field("low").metadata[b"description"] == b"least, inclusive; null is open"
    assert str(columns.field("start").type) == "date32[day]"
    assert "lat: double" in str(columns.field("places").type)


def test_what_two_readers_read_comes_back_from_parquet(ledger: Ledger, tmp_path: Path) -> None:
    row = next(r for r in ledger.claims() if r.low == 3)
    rival = RivalCell("model-a", "number", {"low": 4, "start": None}, [])
    weak = msgspec.structs.replace(row, readers={"number": ["rules"]}, rivals=[rival], target_text="")
    with (tmp_path / "one.parquet").open("wb") as stream:
        write_parquet(stream, [weak], Notes())
    assert list(rows_of_parquet(tmp_path / "one.parquet")) == [weak]


def test_a_workbook_holds_numbers_days_and_no_formula(exported: Exported, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    notes = exported("xlsx")[1]
    book = load_workbook(tmp_path / "x.xlsx")
    head, *lines = book["claims"].iter_rows(values_only=True)
    cells = [dict(zip(head, line, strict=True)) for line in lines]
    assert {line["low"] for line in cells} == {2, 3, 10, 11, 12, 20, 30}
    assert {type(line["start"]).__name__ for line in cells} == {"datetime", "NoneType"}
    assert not any(cell.data_type == "f" for line in book["claims"].iter_rows() for cell in line)
    assert notes["escaped_cells"] == 0  # the name that begins with = stands inside JSON here
    assert dict(book["columns"].iter_rows(values_only=True))["low"] == "least, inclusive; null is open"


def test_texts_of_a_workbook_are_escaped_and_what_is_too_long_is_noted(ledger: Ledger) -> None:
    from openpyxl import load_workbook

    row, notes, made = next(iter(ledger.claims())), Notes(), io.BytesIO()
    line = {"id": row.id, "unit": "=1+1", "target_text": "-", "kind": "k" * 40_000}
    write_workbook(made, tuple(line), [line], notes)
    found = next(load_workbook(made)["claims"].iter_rows(min_row=2, values_only=True))
    assert found == (row.id, "'=1+1", "'-", None)
    assert notes.escaped == 2
    assert notes.not_held == {("kind", "a cell of a workbook holds 32767 characters"): [row.id]}


def test_entities_are_valid_against_the_model_and_who_says_it_is_not_involved(
    ledger: Ledger, exported: Exported
) -> None:
    from followthemoney import model

    text, notes = exported("ftm")
    made = [json.loads(line) for line in text.splitlines()]
    proxies = {each["id"]: model.get_proxy(each, cleaned=False) for each in made}
    assert [each["id"] for each in made if proxies[each["id"]].to_dict() != each] == []
    assert notes["not_held"] == []
    pointed = {value for p in proxies.values() for prop, value in p.itervalues() if prop.type.name == "entity"}
    assert pointed <= set(proxies)
    event = next(p for p in proxies.values() if p.schema.name == "Event" and "12 warga" in p.get("summary")[0])
    assert [proxies[id].caption for id in event.get("involved")] == ["West Papua National Liberation Army (TPNPB)"]
    said = next(p for p in proxies.values() if p.schema.name == "UnknownLink" and event.id in p.get("object"))
    (row,) = [r for r in ledger.claims() if [r.id] == event.get("recordId")]
    assert said.get("role") == [row.stance]


def test_datasette_is_told_what_columns_mean_and_people_stay_closed(ledger: Ledger, tmp_path: Path) -> None:
    write_metadata(ledger, tmp_path / "about.json")
    told = json.loads((tmp_path / "about.json").read_text("utf-8"))["databases"]["war"]
    assert set(told["tables"]) == set(schema.metadata.tables)
    assert set(told["tables"]["claims"]["columns"]) == {column.name for column in schema.claims.columns}
    assert told["allow_sql"] is False
    assert {name for name, about in told["tables"].items() if about.get("allow") is False} >= {"people", "tokens"}


@pytest.mark.parametrize(("shape", "name"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter"), ("ftm", "followthemoney")])
def test_a_missing_extra_is_one_line_with_the_way_out(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str, name: str
) -> None:
    monkeypatch.setitem(sys.modules, name, None)  # as where it is not installed
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UsageError, match=rf"--as {shape} needs {name}: .*saksi\[share\]"):
        export(ledger, shape, tmp_path / "out", Asking(Chosen()), load_registers())
    assert sorted(tmp_path.iterdir()) == before


BAD = [
    (("--as", "stata", "--out", "x"), "--as"),
    (("--as", "csv", "--out", "nowhere/x.csv"), "nowhere is not a folder"),
    (("--as", "csv", "--out", "."), "is a folder"),
    (("--as", "datasette", "--out", "x.json", "--kind", "kill"), "takes no options that choose claims"),
    (("--as", "csv", "--out", "x.csv", "--kind", "dance"), "--kind 'dance' is not known"),
    (("--as", "csv", "--out", "x.csv", "--trust", "nobody"), "nobody called 'nobody' speaks"),
    (("--as", "csv", "--out", "x.csv", "--place", "Atlantis"), "no claim of this sort is placed at 'Atlantis'"),
    (("--as", "csv", "--out", "x.csv", "--from", "tomorrow"), "--from 'tomorrow' is not a date"),
]


@pytest.mark.parametrize(("args", "message"), BAD)
def test_bad_options_give_one_line_and_leave_no_file(
    ledger: Ledger, tmp_path: Path, args: tuple[str, ...], message: str
) -> None:
    assert message in refusal(tmp_path, "export", "--ledger", tmp_path / "war.db", *args)
