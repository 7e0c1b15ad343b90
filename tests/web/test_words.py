"""What claims say in the words of a page, in English and Indonesian."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from saksi.ledger.columns import PlaceCell, Row
from saksi.publish.web.words import Words, shortened, unbroken
from saksi.reconcile.contradictions import Contradiction
from saksi.registers.load import load_registers
from tests.reconcile.claims import rows

EN, ID = (Words(code, load_registers()) for code in ("en", "id"))
ROW = {"kind": "kill", "target": "soldier", "low": 12, "high": 12, "start": "2024-05-03", "end": "2024-05-03",
       "places": [{"country": "SY"}], "speaker_org": "tni"}  # fmt: skip


def row(**changes: Any) -> Row:
    """A claim."""
    return rows({k: v for k, v in (ROW | changes).items() if v is not None})[0]


@pytest.mark.parametrize(
    ("changes", "english", "indonesian"),
    [
        ({}, "12", "12"),
        ({"low": 1200, "high": 1200}, "1,200", "1.200"),
        ({"high": None}, "12 or more", "12 atau lebih"),
        ({"low": None}, "up to 12", "hingga 12"),
        ({"high": 15}, "12–15", "12–15"),
        ({"low": 0, "high": 0, "negated": True}, "none", "tidak ada"),
        ({"low": None, "high": None}, "no number", "tanpa angka"),
    ],
)
def test_amounts(changes: dict[str, Any], english: str, indonesian: str) -> None:
    assert (EN.amount(row(**changes)), ID.amount(row(**changes))) == (english, indonesian)


def test_what_where_when_and_who() -> None:
    assert (EN.told(row()), ID.told(row())) == ("12 killed: soldier", "12 tewas: prajurit")
    assert (EN.where(row()), ID.where(row())) == ("Syria", "Suriah")
    assert EN.who(row()) == "Indonesian National Armed Forces (TNI)"
    town = PlaceCell("Kunduz", "Kunduz", None, "AF", None, None, None, "city", "near")
    assert (EN.place(town), ID.place(town)) == ("Kunduz, Afghanistan (near)", "Kunduz, Afganistan (dekat)")
    week = msgspec.structs.replace(row(), end=date(2024, 5, 9))
    assert EN.when(week) == "2024-05-03 – 2024-05-09"
    assert (EN.when(row(start=None, end=None)), EN.where(row(places=None))) == ("", "")


def test_a_contradiction_is_a_question() -> None:
    some = rows(ROW | {"id": "a"}, ROW | {"id": "b", "low": 3, "high": 3, "speaker_org": "tpnpb"})
    found = Contradiction("count", "speakers", tuple(r.id for r in some), tuple(r.id for r in some), 9)
    by = {r.id: r for r in some}
    assert EN.contradiction(found, by) == "killed: soldier, Syria, 2024-05-03: 12 or 3?"
    assert ID.contradiction(found, by) == "tewas: prajurit, Suriah, 2024-05-03: 12 atau 3?"
    sums = msgspec.structs.replace(found, type="internal arithmetic")
    assert EN.contradiction(sums, by).endswith("the numbers do not add up")
    assert EN.contradiction(found, {}) == "count"


def test_words_that_were_sought_are_marked_and_nothing_else_is_markup() -> None:
    assert EN.quoted("A <b>school</b> and Schools", "school") == (
        "A &lt;b&gt;<mark>school</mark>&lt;/b&gt; and Schools"
    )
    assert EN.quoted("two dead near the bridge", '"the bridge" DEAD') == (
        "two <mark>dead</mark> near <mark>the bridge</mark>"
    )
    assert EN.quoted("a & b", None) == "a &amp; b"


def test_a_heading_is_cut_between_words() -> None:
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one\n two", 9) == "one two"


def test_parties_and_languages_have_the_page_s_own_names() -> None:
    """An Indonesian page does not call the army by its English name; names that are the same are not repeated."""
    assert ID.party("tni", "TNI") == "Tentara Nasional Indonesia (TNI)"
    assert EN.party("tni", "TNI") == "Indonesian National Armed Forces (TNI)"
    assert ID.party("hamas", "Hamas") == EN.party("hamas", "Hamas") == "Hamas"
    assert (ID.language("en"), EN.language("id"), EN.language(None)) == ("Inggris", "Indonesian", "")
    assert [k for k, actor in load_registers().actors.items() if actor.label.get("id") == actor.name] == []


def test_a_day_is_not_broken_at_the_end_of_a_line() -> None:
    told = unbroken("before 2024-05-01 <b>")
    assert told == 'before <span class="whole">2024-05-01</span> &lt;b&gt;'
