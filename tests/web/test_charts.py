"""Charts in the page: drawn in the answer itself, in its language, beside the table that holds the same numbers."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from saksi import Ledger
from saksi.publish.web import pictured
from tests.reconcile.test_commands import add
from tests.web.conftest import serving, site_on

TALLY = "/tally?kind=kill&country=ID"
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"svg", "title", "rect", "line", "circle", "path", "text"}


def charts(page: str) -> dict[str, list[ElementTree.Element]]:
    """The charts of a page by the windows that they are for; each must be well formed."""
    found: dict[str, list[ElementTree.Element]] = {"wide": [], "narrow": []}
    for name, drawn in re.findall(r'<div class="(wide|narrow)">(<svg .*?</svg>)', page, re.S):
        found[name].append(ElementTree.fromstring(drawn))
    return found


def told(chart: ElementTree.Element) -> list[str]:
    """The words that a chart is labelled with."""
    return [text.text or "" for text in chart.iter(f"{SVG}text")]


@pytest.mark.parametrize(("language", "words"), [("en", "10 or more"), ("id", "10 atau lebih")])
def test_a_tally_is_drawn_above_its_table(client: httpx.Client, language: str, words: str) -> None:
    page = client.get(TALLY, headers={"accept-language": language}).text
    assert page.index('<figure class="chart">') < page.index('<table class="tallies')
    drawn = charts(page)
    assert len(drawn["wide"]) == len(drawn["narrow"]) == 1
    assert all(words in told(chart) for some in drawn.values() for chart in some)
    assert all(chart.find(f"{SVG}title") is not None for some in drawn.values() for chart in some)


def test_a_chart_needs_no_script_and_no_style_of_its_own(client: httpx.Client) -> None:
    """Rules for content forbid both within a page."""
    for chart in (chart for some in charts(client.get(TALLY).text).values() for chart in some):
        assert {each.tag.removeprefix(SVG) for each in chart.iter()} <= SHAPES
        assert all(not name.startswith("on") and name != "style" for each in chart.iter() for name in each.attrib)


def test_a_split_tally_has_the_numbers_of_its_table(client: httpx.Client) -> None:
    page = client.get("/tally?kind=kill&by=place", headers={"accept-language": "en"}).text
    (chart,) = charts(page)["wide"]
    table = re.findall(r'<td class="n">([^<]+)', page.partition('<table class="tallies')[2])
    words = told(chart)
    assert len(table) > 5
    assert [number.strip() for number in table] == [each for each in words if each in {t.strip() for t in table}]
    assert any("where several speak: if all of them are right" in each for each in words)


def test_a_happening_shows_who_says_what_side_by_side(client: httpx.Client) -> None:
    items = client.get("/api/incidents").json()["items"]
    id = next(each["incident"]["id"] for each in items if "kill" in each["incident"]["kinds"])
    (chart,) = charts(client.get(f"/incidents/{id}", headers={"accept-language": "id"}).text)["wide"]
    words = told(chart)
    assert words.index("Polda Papua") < words.index("11")
    assert "10" in words


def test_of_very_many_claims_some_are_drawn_and_all_are_counted(
    tmp_path: Path, cache: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture says from how many claims it is, and how many of them it does not show."""
    monkeypatch.setattr(pictured, "POINTS", 2)
    claims = [
        {"kind": "kill", "low": n, "high": n, "start": f"2024-05-{n:02}", "end": f"2024-05-{n:02}",
         "places": [{"country": "SY"}], "speaker_org": "tni", "document": {"ref": str(n % 2)}}
        for n in range(1, 6)
    ]  # fmt: skip
    with serving(site_on(Ledger.open(add(tmp_path, *claims)))) as address:
        page = httpx.get(f"{address}/tally?kind=kill", headers={"accept-language": "en"}).text
    (chart,) = charts(page)["wide"]
    words = " ".join(told(chart))
    assert "Source: 5 claims in 2 documents" in words
    assert "not shown: 3 more" in words


def test_a_broad_question_is_drawn_without_points_and_does_not_speak_of_them(tmp_path: Path, cache: None) -> None:
    claims = [
        {"kind": "kill", "low": n, "high": n, "start": "2024-05-03", "end": "2024-05-03", "places": [{"country": "SY"}],
         "speaker_org": "tni", "document": {"ref": str(n)}}
        for n in range(1, 451)
    ]  # fmt: skip
    with serving(site_on(Ledger.open(add(tmp_path, *claims)))) as address:
        page = httpx.get(f"{address}/tally?kind=kill", headers={"accept-language": "en"}, timeout=60).text
    (chart,) = charts(page)["wide"]
    words = " ".join(told(chart))
    assert "each incident once" in words
    assert "points" not in words
    assert "Source: 450 claims in 450 documents" in words


def test_a_question_without_claims_has_no_chart(client: httpx.Client) -> None:
    assert '<figure class="chart">' not in client.get("/tally?kind=kill&country=NO").text


def test_names_are_words_and_never_markup(tmp_path: Path, cache: None) -> None:
    """Whoever speaks: what a text holds is shown as it is."""
    name = '<script>alert("x")</script> & "Sons"'
    claim = {"kind": "kill", "low": 3, "high": 3, "start": "2024-05-03", "end": "2024-05-03",
             "places": [{"country": "SY"}], "speaker": {"text": name}}  # fmt: skip
    ledger = Ledger.open(add(tmp_path, claim))
    with serving(site_on(ledger)) as address:
        page = httpx.get(f"{address}/tally?kind=kill", headers={"accept-language": "en"}).text
    (chart,) = charts(page)["wide"]
    assert "<script>alert" not in page
    assert any(name.startswith(line[:20]) for line in told(chart) if len(line) > 20)
