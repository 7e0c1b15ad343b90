"""Reports: what is claimed, by whom, what cannot all be true with its sentences; one file that asks for nothing."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from saksi import Document, Ledger, Reader, rows_of
from saksi.ledger.judgements import judge
from saksi.publish.charts.tally_chart import WHOLE
from saksi.publish.charts.words import several, words_of
from saksi.reading.claims.claim import STANCES
from saksi.reconcile.asking import STEPS
from saksi.reconcile.contradictions import TYPES, WITHIN
from saksi.registers.load import load_registers
from saksi.releasing.choice import Asking, Chosen
from saksi.reporting.blocks import Block, Heading, Paragraph, Quote, Table
from saksi.reporting.markdown import markdown
from saksi.reporting.page import page
from saksi.reporting.report import Edition, report
from tests.conftest import missing
from tests.releasing.made import judgement, made_ledger
from tests.test_cli import refusal

JULY = Asking(Chosen(country="ID"), date(2022, 7, 1), date(2022, 7, 31))


@pytest.fixture
def ledger(tmp_path: Path, reader: Reader) -> Ledger:
    """The ledger of the releases' tests."""
    return made_ledger(tmp_path, reader)


def told(ledger: Ledger, tmp_path: Path, name: str, asking: Asking = JULY, language: str = "en") -> str:
    """The text of a report."""
    report(ledger, tmp_path / name, asking, load_registers(), Edition(language))
    return (tmp_path / name).read_text("utf-8")


class Page(HTMLParser):
    """Which elements a page has, and what it would ask other places for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag not in ("meta", "br"):
            self.open.append(tag)
        self.asked += [str(v) for k, v in attrs if k in ("src", "srcset", "data") or (k == "href" and tag != "a")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of nothing."""

    def handle_endtag(self, tag: str) -> None:
        """An element ends; the last that began must end first."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_page_is_whole_and_asks_no_other_place_for_anything(ledger: Ledger, tmp_path: Path, language: str) -> None:
    text = told(ledger, tmp_path, "x.html", language=language)
    found = Page(text)
    assert (found.open, found.wrong, found.asked) == ([], [], [])
    assert "<script" not in text
    assert "url(" not in text
    assert "@import" not in text
    assert text.count("<svg") >= 3  # a tally, the map within its frame, the timeline


def test_who_says_what_and_what_cannot_all_be_true_stand_with_their_sentences(ledger: Ledger, tmp_path: Path) -> None:
    text = told(ledger, tmp_path, "x.md")
    assert re.search(r"\| killed \| 10 or more \| polisi 10 or more; .*TPNPB\) 12 or more", text)
    part = text.split("## What cannot all be true")[1].split("\n## ")[0]
    assert "(they miss each other by 2)" in part
    assert "> Sepuluh warga sipil tewas ditembak TPNPB" in part
    assert "> TPNPB mengaku menembak mati 12 warga" in part
    assert "Raqqa" not in text


def test_nothing_is_written_to_the_ledger_and_the_same_ledger_gives_the_same_page(
    ledger: Ledger, tmp_path: Path
) -> None:
    before = (tmp_path / "war.db").read_bytes()
    first = told(ledger, tmp_path, "x.html")
    assert first == told(ledger, tmp_path, "x.html")
    assert (tmp_path / "war.db").read_bytes() == before


def test_what_people_struck_out_is_left_out_and_counted(ledger: Ledger, tmp_path: Path) -> None:
    row = next(row for row in ledger.claims() if row.kind == "injure")
    judge(ledger, [row], [judgement("wrong", row)])
    text = told(ledger, tmp_path, "x.md")
    assert row.id not in text
    assert "People struck out 1 of the claims" in text


def test_a_period_without_claims_says_so(ledger: Ledger, tmp_path: Path) -> None:
    nothing = Asking(Chosen(), date(1999, 1, 1), date(1999, 1, 31))
    assert told(ledger, tmp_path, "x.md", nothing) == (
        "# What is claimed: All claims, 1–31 Jan 1999\n\nNo claim fits what was asked.\n"
    )


def test_what_claims_say_is_text_and_never_a_mark() -> None:
    nasty = '<img src=x onerror="a()"> | `x` [y](javascript:z) *b*'
    some: list[Block] = [
        Heading(1, nasty),
        Paragraph(nasty),
        Table((nasty,), [(nasty,)]),
        Quote(nasty, nasty, "c_1", "javascript:z"),
    ]
    assert Page(page(some, "en")).asked == []
    assert "<img" not in page(some, "en")
    assert "javascript:z" not in re.findall(r'href="([^"]*)"', page(some, "en"))
    lines = markdown(some).splitlines()
    assert not any("<img" in line.replace("\\<img", "") for line in lines)
    assert not any(re.search(r"(?<!\\)\[", line) for line in lines)


def test_a_page_fits_a_narrow_window_and_asks_for_nothing_but_itself(ledger: Ledger, tmp_path: Path) -> None:
    from playwright.sync_api import Error, sync_playwright

    told(ledger, tmp_path, "x.html")
    with sync_playwright() as play:
        try:
            browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        except Error:
            missing("Chromium")
        view = browser.new_page(viewport={"width": 390, "height": 800})
        asked: list[str] = []
        view.on("request", lambda request: asked.append(request.url))
        view.goto((tmp_path / "x.html").as_uri())
        assert asked == [(tmp_path / "x.html").as_uri()]
        assert view.evaluate("document.documentElement.scrollWidth") == 390
        browser.close()


BAD = [
    (("--out", "x.pdf"), "ends with neither .html nor .md"),
    (("--out", "x.html", "--language", "xx"), "is not one of: en id"),
    (("--out", "x.html", "--kind", "dance"), "--kind 'dance' is not known"),
    (("--out", "nowhere/x.html"), "nowhere is not a folder"),
]


@pytest.mark.parametrize(("args", "message"), BAD)
def test_bad_options_give_one_line_and_leave_no_file(
    ledger: Ledger, tmp_path: Path, args: tuple[str, ...], message: str
) -> None:
    assert message in refusal(tmp_path, "report", *args, "--ledger", tmp_path / "war.db")


def test_every_sort_of_row_and_finding_has_its_words() -> None:
    keys = set(words_of("en"))
    wanted = {f"row_{of}" for of in WHOLE} | {f"type_{type}" for type in TYPES} | {f"within_{w}" for w in WITHIN}
    wanted |= {f"tension_{rule.status}" for rule in load_registers().tensions} | set(STANCES)
    wanted |= {"agreed", "open", "contested", *(f"step_{step}" for step in STEPS)}
    assert wanted - keys == set()


@pytest.mark.parametrize(
    ("one", "more"),
    [
        ("person", "people"),
        ("air strike", "air strikes"),
        ("clash", "clashes"),
        ("country", "countries"),
        ("boy", "boys"),
    ],
)
def test_more_than_one_of_something(one: str, more: str) -> None:
    """By the language's own endings; Indonesian nouns stay as they are."""
    assert several(one, "en") == more
    assert several(one, "id") == one


def test_a_denied_claim_is_listed_as_denied_and_several_are_several(tmp_path: Path, reader: Reader) -> None:
    ledger = Ledger.open(tmp_path / "war.db")
    text = "The Syrian government denied carrying out the raid in Idlib. Two fighters died in Idlib, doctors said."
    reading = reader.read(Document(text=text, language="en", published=date(2019, 5, 10)))
    ledger.add(reading.document, reading.version, rows_of(reading, reader.actor_names("en")), reading.unread)
    listed = told(ledger, tmp_path, "x.md", Asking(Chosen(country="SY"))).split("## The claims")[1]
    assert "| attack (denies) |" in listed
    assert "| killed 2 fighters |" in listed
