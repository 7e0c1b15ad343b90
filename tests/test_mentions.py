"""Numbers and times: each case of the YAML files, found with its span and value."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from saksi import Document, Reader
from saksi.errors import UsageError
from saksi.reading.layers import layer_rows
from tests.conftest import ROOT

NUMBERS = yaml.safe_load((ROOT / "tests/cases/numbers.yml").read_text("utf-8"))
NAMES = yaml.safe_load((ROOT / "tests/cases/names.yml").read_text("utf-8"))
TIMES = yaml.safe_load((ROOT / "tests/cases/times.yml").read_text("utf-8"))
PLACES = yaml.safe_load((ROOT / "tests/cases/places.yml").read_text("utf-8"))
TIMEX = yaml.safe_load((ROOT / "tests/cases/timex.yml").read_text("utf-8"))


def cases(table: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """(language, text, what must be found) of a case file."""
    return [(code, c["text"], c["finds"]) for code in ("id", "en") for c in table[code]]


@pytest.mark.parametrize(("code", "text", "finds"), cases(NUMBERS))
def test_numbers_are_found_with_bounds(code: str, text: str, finds: dict[str, Any], reader: Reader) -> None:
    rows = layer_rows(reader.read(Document(text=text, language=code)), "numbers")
    found = {r.text: [r.value["low"], r.value["high"], r.value["kind"]] for r in rows}
    assert found == finds


@pytest.mark.parametrize(("code", "text", "finds"), cases(TIMES))
def test_times_are_found_with_days(code: str, text: str, finds: dict[str, Any], reader: Reader) -> None:
    document = Document(text=text, language=code, published=TIMES["published"])
    rows = layer_rows(reader.read(document), "times")
    found = {r.text: r.value.stretch or r.value for r in rows}
    assert {text: [days.start, days.end, days.precision] for text, days in found.items()} == finds


@pytest.mark.parametrize(("code", "text", "finds"), cases(TIMEX))
def test_times_have_their_timex_value(code: str, text: str, finds: dict[str, Any], reader: Reader) -> None:
    document = Document(text=text, language=code, published=TIMEX["published"])
    assert {r.text.strip(): r.value.timex for r in layer_rows(reader.read(document), "times")} == finds


@pytest.mark.parametrize("case", PLACES, ids=lambda c: c["shows"])
def test_a_name_is_the_place_that_the_page_means(case: dict[str, Any], reader: Reader) -> None:
    document = Document(text=case["text"], language=case["language"], home=case.get("home"))
    rows = {r.text: r.value for r in layer_rows(reader.read(document), "places")}
    found = {name: [p.country, p.admin1] for name, p in rows.items()}
    assert {name: p for name, p in found.items() if case.get("alone") or name in case["finds"]} == case["finds"]


def test_a_home_of_no_list_is_named(reader: Reader) -> None:
    with pytest.raises(UsageError, match="home 'Nowhere at All' is no place"):
        reader.read(Document(text="Two died in Paris.", language="en", home="Nowhere at All"))


def test_a_source_file_says_its_home(tmp_path: Path) -> None:
    """A project's own paper, which never says of its town in which province it lies."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "herald.yml").write_text("name: The Herald\nhome: Paris, Texas\n")
    reading = Reader(tmp_path, "herald").read(Document(text="Two people died in Paris on Monday.", language="en"))
    assert [r.value.admin1 for r in layer_rows(reading, "places")] == ["Texas"]


@pytest.mark.parametrize(
    ("code", "case"),
    [(c, x) for c in ("en", "id") for x in NAMES[c]],
    ids=lambda v: v if isinstance(v, str) else v["shows"],
)
def test_names_are_found_in_their_layer(code: str, case: dict[str, Any], reader: Reader) -> None:
    rows = layer_rows(reader.read(Document(text=case["text"], language=code)), case["layer"])
    assert [r.text for r in rows] == case["finds"]


def test_a_year_is_never_guessed_without_publication(reader: Reader) -> None:
    """A day and month alone leave both ends open when no publication is known."""
    rows = list(layer_rows(reader.read(Document(text="Dua orang tewas, Kamis (11/4).", language="id")), "times"))
    assert [(r.text, r.value.start, r.value.end) for r in rows] == [("Kamis (11/4)", None, None)]


def test_a_weekday_that_does_not_fit_is_reported(reader: Reader) -> None:
    """24 March 2015 was a Tuesday; the reading says so and does not repair it."""
    document = Document(text="Lima orang tewas, Rabu (24/3).", language="id", published=date(2015, 3, 30))
    reading = reader.read(document)
    assert [(u.span.text, u.reason) for u in reading.unread] == [("Rabu (24/3)", "the weekday does not fit 2015-03-24")]


def test_lines_end_in_many_ways(reader: Reader) -> None:
    """A line separator of a word processor ends a line as well as a line feed does."""
    text = "KABUL, Afghanistan (July 30, 2011)\u2028Coalition forces detained two insurgents yesterday."
    reading = reader.read(Document(text=text, language="en"))
    assert [c.period.value.start for c in reading.claims if c.period] == [date(2011, 7, 29)]


def test_a_release_number_gives_the_year_of_a_dateline() -> None:
    text = "2012-08-S-017\n\nKABUL, Afghanistan (Aug. 8)\nAfghan forces detained two insurgents yesterday."
    reading = Reader(source="isaf").read(Document(text=text, language="en"))
    assert [c.period.value.start for c in reading.claims if c.period] == [date(2012, 8, 7)]


@pytest.mark.parametrize("opening", ["KYIV, 3 March 2023", "KYIV, March 3, 2023", "KYIV, 3 Mar 2023"])
def test_a_dateline_may_begin_its_date_with_the_day_or_the_month(opening: str, reader: Reader) -> None:
    """And the town that a report was written from did nothing in it."""
    reading = reader.read(Document(text=f"{opening} - A drone strike killed two workers, doctors said.", language="en"))
    assert reading.published == (date(2023, 3, 3), "dateline")
    assert [c.actors for c in reading.claims] == [()] * len(reading.claims)


def test_a_dateline_gives_the_day_of_publication(reader: Reader) -> None:
    """A release dated by its dateline needs no option for "yesterday"."""
    text = "KABUL, Afghanistan (July 30, 2011) - Coalition forces detained two insurgents yesterday."
    reading = reader.read(Document(text=text, language="en"))
    period = reading.claims[0].period
    assert period is not None
    assert (period.value.start, reading.published[1]) == (date(2011, 7, 29), "dateline")
