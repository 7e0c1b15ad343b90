"""Pictures: all that is drawn lies on the sheet, says where it is from, and is the same each time it is made."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi import Ledger, Reader, Selection
from saksi.errors import UsageError
from saksi.languages.files import load_yaml
from saksi.publish.charts.map_chart import on
from saksi.publish.charts.svg import BOLD, DARK, INK, LIGHT, MARK, SOFT, Sheet, lines_of, width_of
from saksi.publish.charts.timeline_chart import dates
from saksi.publish.charts.words import CODES, HERE
from saksi.publish.drawing.map import Dot
from saksi.publish.where_and_when import Place
from saksi.registers.load import load_registers
from saksi.releasing.choice import Asking, Chosen
from saksi.reporting.pictures import Drawer, save
from tests.releasing.made import made_ledger
from tests.test_cli import refusal

SVG = "{http://www.w3.org/2000/svg}"
WHOLE = Asking(Chosen())
SORTS = ("tally", "timeline", "speakers", "map")


@pytest.fixture
def ledger(tmp_path: Path, reader: Reader) -> Ledger:
    """The ledger of the releases' tests."""
    return made_ledger(tmp_path, reader)


def drawn(ledger: Ledger, sort: str, language: str = "en", width: int = 760) -> Sheet:
    """A picture of a sort."""
    drawer = Drawer(ledger, load_registers(), language, width, None)
    if sort == "tally":
        return drawer.tally(Selection(kind="kill", country="ID"), None, None)
    if sort == "speakers":
        return drawer.speakers(Asking(Chosen(kind="kill")))
    return drawer.timeline(WHOLE) if sort == "timeline" else drawer.map(WHOLE)


def texts(sheet: Sheet) -> list[ET.Element]:
    """The texts that are drawn on the sheet itself."""
    return ET.fromstring(sheet.svg()).findall(f".//{SVG}text")


@pytest.mark.parametrize("width", [320, 760, 1200])
@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("sort", SORTS)
def test_no_text_is_cut_off_at_the_sides_or_below(ledger: Ledger, sort: str, language: str, width: int) -> None:
    sheet = drawn(ledger, sort, language, width)
    beside = 0.5
    for each in texts(sheet):
        size, x = float(each.get("font-size", 0)), float(each.get("x", 0))
        wide = width_of(each.text or "", size) * (BOLD if each.get("font-weight") == "bold" else 1)
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[each.get("text-anchor", "start")]
        limit = 760.0 if sort == "map" and size not in (17.0, 12.0, 11.0) else sheet.width
        assert left >= -beside, each.text
        assert left + wide <= limit + beside, each.text
        assert float(each.get("y", 0)) <= sheet.y or sort == "map"


@pytest.mark.parametrize("sort", SORTS)
def test_the_source_line_is_printed_in_and_a_picture_made_twice_is_the_same(ledger: Ledger, sort: str) -> None:
    sheet = drawn(ledger, sort)
    told = " ".join(each.text or "" for each in texts(sheet))
    assert re.search(r"Source: \d+ claims in \d documents, ledger war.db, Saksi", told)
    assert sheet.svg() == drawn(ledger, sort).svg()
    assert "http" not in sheet.svg().replace("http://www.w3.org/2000/svg", "")


def test_a_tally_draws_a_bar_for_each_who_speaks_and_a_point_for_each_claim(ledger: Ledger) -> None:
    tips = [each.text or "" for each in ET.fromstring(drawn(ledger, "tally").svg()).iter(f"{SVG}title")]
    assert [tip for tip in tips if tip.startswith("10: ")] == ["10: polisi, in Harian Satu, 18 Jul 2022"]
    assert [tip for tip in tips if tip.startswith("12: ")] == [
        "12: West Papua National Liberation Army (TPNPB), in Suara Dua, 19 Jul 2022"
    ]


def test_who_says_what_is_of_one_happening_where_a_claim_is_named(ledger: Ledger) -> None:
    claim = next(row.id for row in ledger.claims() if row.low == 12 and row.kind == "kill")
    drawer = Drawer(ledger, load_registers(), "id", 400, None)
    told = [each.text for each in texts(drawer.speakers(WHOLE, claim))]
    assert "polisi" in told
    assert "Tentara Pembebasan Nasional Papua Barat (TPNPB)" in told
    assert not any(text == "20" for text in told)  # the fighters of another happening


def test_what_is_planned_is_hollow(ledger: Ledger) -> None:
    sheet = Drawer(ledger, load_registers(), "en", 760, None).speakers(Asking(Chosen(kind="detain")))
    fills = [each.get("fill") for each in ET.fromstring(sheet.svg()).iter(f"{SVG}circle")]
    assert fills == ["#ffffff"]


def test_a_place_that_is_an_area_is_no_point_on_the_map(ledger: Ledger) -> None:
    sheet = Drawer(ledger, load_registers(), "en", 760, None).map(Asking(Chosen(kind="airstrike")))
    inner = ET.fromstring(sheet.svg()).find(f"{SVG}svg")
    assert inner is not None
    assert inner.findall(f".//{SVG}circle") == []
    assert sorted(str(t.text) for t in inner.iter(f"{SVG}title")) == ["Iraq: 1", "Syria: 1"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60), st.integers(60, 400))
def test_lines_fit_into_their_room(text: str, room: int) -> None:
    assert all(width_of(line, 12) <= room for line in lines_of(text, 12, room, 3))


def test_the_languages_have_the_same_words() -> None:
    keys = [list(load_yaml(HERE / f"{code}.yml")) for code in CODES]
    assert all(each == keys[0] for each in keys)
    assert len(CODES) == 2


def test_a_png_is_made_without_a_network(ledger: Ledger, tmp_path: Path) -> None:
    save(drawn(ledger, "tally"), tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")


def test_without_the_extra_a_png_is_refused_and_svg_is_not(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(UsageError, match=r"needs vl_convert: .*saksi\[pictures\]"):
        save(drawn(ledger, "map"), tmp_path / "x.png")
    save(drawn(ledger, "map"), tmp_path / "x.svg")
    assert sorted(path.name for path in tmp_path.glob("x.*")) == ["x.svg"]


BAD = [
    (("map", "--out", "x.gif"), "ends with neither .svg nor .png"),
    (("map", "--out", "x.svg", "--language", "xx"), "--language 'xx' is not one of: en id"),
    (("map", "--out", "x.svg", "--width", "5"), "--width 5 is not between 320 and 2000"),
    (("chart", "tally", "--out", "x.svg"), "--kind is needed"),
    (("chart", "timeline", "--out", "x.svg", "--kind", "abduct"), "no claim is so"),
    (("chart", "speakers", "--out", "x.svg", "--of", "c_nothing"), "no claim has an id"),
]


@pytest.mark.parametrize(("args", "message"), BAD)
def test_bad_options_give_one_line_and_leave_no_file(
    ledger: Ledger, tmp_path: Path, args: tuple[str, ...], message: str
) -> None:
    assert message in refusal(tmp_path, *args, "--ledger", tmp_path / "war.db")


def grey(colour: str) -> float:
    """How light a colour is in grey (WCAG's relative luminance)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("one", "other"), [(DARK, LIGHT), (DARK, MARK), (INK, LIGHT), (INK, MARK), (SOFT, "#ffffff")])
def test_what_lies_beside_each_other_is_told_apart_in_grey(one: str, other: str) -> None:
    dark, light = sorted((grey(one), grey(other)))
    assert (light + 0.05) / (dark + 0.05) >= 3


@pytest.mark.parametrize(
    ("many", "width"), [(1, 320.0), (2, 320.0), (10, 320.0), (11, 320.0), (60, 760.0), (60, 320.0)]
)
def test_days_below_a_timeline_stand_evenly_and_apart(many: int, width: float) -> None:
    sheet = Sheet(width, "", "")
    told = [f"{n + 1} Apr 2019" for n in range(many)]
    dates(sheet, told, (30.0, width - 16, 100.0))
    named = [ET.fromstring(part) for part in sheet.parts if part.startswith("<text")]
    at = [told.index(each.text or "") for each in named]
    assert at[0] == 0
    assert at[-1] == many - 1
    assert len({b - a for a, b in pairwise(at[:-1])}) <= 1  # the last may stand further off, never nearer
    ends = [(float(e.get("x", 0)), width_of(e.text or "", 11) / 2) for e in named]
    assert all(a + half < b - other for (a, half), (b, other) in pairwise(ends))


def test_a_name_never_lies_on_the_mark_of_another_place() -> None:
    town = Place("a", "A", None, None, 0.0, 0.0, "city", "exact", 1)
    dot = Dot(100.0, 100.0, 8.0, True, town)
    assert on((105.0, 95.0, 160.0, 108.0), dot)
    assert not on((109.0, 95.0, 160.0, 108.0), dot)
    assert not on((80.0, 60.0, 120.0, 91.0), dot)


def test_parts_of_a_question_are_drawn_to_the_scale_of_their_bars(ledger: Ledger) -> None:
    """The claims, of which one tells of far more, are not drawn where a question is split."""
    drawer = Drawer(ledger)
    split = drawer.tally(Selection(kind="kill", by=("place",)), None, None)
    told = [each.text or "" for each in texts(split)]
    assert any("where several speak: whichever of them is right" in each for each in told)
    lows = [int(each.split()[0]) for each in told if each.endswith(" or more")]
    scale = [int(each) for each in told if each.isdecimal()]
    assert max(scale) <= max(lows) * 1.2
