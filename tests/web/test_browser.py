"""The page in a real browser: by pointer, by keyboard, without scripts, on a phone, in both languages and colours."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from saksi.publish.web.app import Site
from saksi.publish.web.view import BUILT
from tests.conftest import missing

SWITCHES = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--no-first-run"]  # fmt: skip
PAGES = ("/", "/claims", "/documents", "/tally?kind=kill&country=ID", "/contradictions", "/incidents", "/map",
         "/review", "/agreement", "/bring", "/api", "/nothing")  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium")
    if path is None:
        missing("Chromium (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=SWITCHES)


class Tab:
    """One page of the site, and what the browser complained of."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.page: Page = context.new_page()
        self.base = base
        self.complaints: list[str] = []
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> Page:
        """Opens an address of the site."""
        self.page.goto(self.base + path)
        return self.page


@pytest.fixture
def tab(browser: Browser, base: str) -> Iterator[Tab]:
    """A tab in English, on a large screen."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    opened = Tab(context, base)
    yield opened
    context.close()
    assert [c for c in opened.complaints if "404" not in c] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en-GB", "id-ID"])
def test_every_page_is_accessible(browser: Browser, base: str, locale: str, scheme: Any) -> None:
    """axe finds nothing, neither in English nor in Indonesian, neither in light nor in dark colours."""
    context = browser.new_context(locale=locale, color_scheme=scheme, viewport={"width": 1280, "height": 900})
    tab = Tab(context, base)
    document = tab.go("/claims").locator("td.quoted a").first.get_attribute("href")
    claim = "/claims/" + str(document).partition("claim=")[2].partition("#")[0]
    found = {}
    for path in (*PAGES, str(document), claim):
        result = Axe().run(tab.go(path))
        if result.violations_count:
            found[path] = [(v["id"], v["nodes"][0]["html"][:160]) for v in result.response["violations"]]
    context.close()
    assert found == {}


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_screen(browser: Browser, base: str, width: int) -> None:
    context = browser.new_context(locale="id-ID", viewport={"width": width, "height": 800})
    tab = Tab(context, base)
    document = str(tab.go("/claims").locator("td.quoted a").first.get_attribute("href"))
    wide = {}
    for path in (*PAGES, document):
        over = tab.go(path).evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            wide[path] = over
    context.close()
    assert wide == {}


def test_the_sentences_behind_a_whole_total_are_wrapped(tab: Tab) -> None:
    """Only days are kept in one line, never what a total rests on."""
    page = tab.go("/tally?kind=kill&country=ID")
    spaces = page.locator("tbody.whole td:last-child").evaluate_all(
        "all => all.map(e => getComputedStyle(e).whiteSpace)"
    )
    assert set(spaces) == {"normal"}


def test_three_clicks_from_the_first_page_to_a_sentence(tab: Tab) -> None:
    """Tally, the question, the quote: a newcomer is at the words."""
    page = tab.go("/")
    page.get_by_role("link", name="Tally").click()
    page.get_by_label("What happened").select_option("kill")
    page.get_by_label("Country", exact=True).select_option(label="Indonesia")
    page.get_by_role("button", name="Count").click()
    page.locator("a.cite").first.click()
    expect(page.locator(".text .m.now").first).to_be_attached()
    expect(page.locator(".card.marked")).to_be_visible()
    page.locator(".text .m.f-number.now").first.hover()
    expect(page.locator(".text .m.f-number.now .tip").first).to_be_visible()


def test_review_by_keyboard_alone(tab: Tab, site: Site) -> None:
    page = tab.go("/review")
    waiting = page.locator(".tools a[aria-current]").inner_text()
    for key in ("a", "x", "n"):
        page.keyboard.press(key)
        page.wait_for_url("**after=**")
        expect(page.locator(".reviewing h2")).to_be_visible()
    expect(page.locator(".tools a[aria-current]")).not_to_have_text(waiting, use_inner_text=True)
    page = tab.go("/review")
    page.keyboard.press("a")
    page.wait_for_url("**after=**")
    before = page.locator(".tools a[aria-current]").inner_text()
    page.keyboard.press("u")
    page.wait_for_url("**at=**")
    expect(page.locator(".tools a[aria-current]")).not_to_have_text(before, use_inner_text=True)


def test_words_are_taken_by_keyboard(tab: Tab) -> None:
    """ "w" begins, arrows move and take more, Enter fills the form: no pointer is needed to correct a field."""
    page = tab.go("/review?kind=kill&country=AF")
    page.keyboard.press("e")
    page.keyboard.type("low")
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    for _ in range(12):
        if page.evaluate("getSelection().toString().trim()") == "40":
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    taken = page.evaluate("getSelection().toString().trim()")
    assert taken.startswith("40 ")
    page.keyboard.press("Enter")
    expect(page.locator("[data-correct=value]")).to_have_value("40")
    assert page.evaluate("document.activeElement.name") == "value"
    page.keyboard.press("Enter")
    page.wait_for_url("**at=**")
    expect(page.get_by_text("low = 40").first).to_be_visible()


def test_selected_words_correct_a_field(tab: Tab) -> None:
    page = tab.go("/review?kind=kill&country=AF")
    page.locator("#correct [name=field]").select_option("low")
    number = page.locator("#text .m.f-number").first
    number.dblclick()
    expect(page.locator("[data-correct=value]")).to_have_value("40")
    start = int(str(number.get_attribute("data-start")))
    expect(page.locator("[data-correct=start]")).to_have_value(str(start))
    page.locator("[data-correct=value]").fill("41")
    page.locator("#correct button").click()
    expect(page.get_by_text("corrected; read as").first).to_be_visible()


def test_selected_words_make_a_claim(tab: Tab) -> None:
    """A claim that the reader missed: each field takes the words that are selected."""
    page = tab.go("/documents?words=Kabul")
    if not page.locator("tbody a").count():
        page = tab.go("/documents")
    page.locator("tbody a").first.click()
    page.get_by_text("Add a claim that was missed").click()
    for field in ("kind", "number"):
        page.locator(f".text .m.f-{field}").first.dblclick()
        page.locator(f"[data-take={field}]").click()
        expect(page.locator(f"#mark_{field}")).not_to_have_value("")
    assert page.locator("[data-words=kind]").inner_text().strip("“”")
    assert re.fullmatch(r"\d+-\d+", page.locator("#span_kind").input_value())
    page.get_by_role("button", name="Add the claim").click()
    expect(page).to_have_url(re.compile("claim=c_"))
    expect(page.get_by_text("added by").first).to_be_visible()


def test_the_map_is_used_by_keyboard(tab: Tab) -> None:
    page = tab.go("/map")
    total = page.locator(".tools a").first.inner_text()
    place = page.locator(".map .dots a").first
    place.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**place=**")
    expect(page.locator(".tools a").first).not_to_have_text(total, use_inner_text=True)


def test_everything_works_without_scripts(browser: Browser, base: str) -> None:
    context = browser.new_context(locale="en-GB", java_script_enabled=False)
    page = Tab(context, base).go("/review")
    waiting = page.locator(".tools a[aria-current]").inner_text()
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".tools a[aria-current]")).not_to_have_text(waiting, use_inner_text=True)
    page.goto(base + "/bring")
    page.get_by_label("Paste a text").fill("Three soldiers were killed in Mosul on 3 April 2019.")
    page.get_by_label("Day of publication").fill("2019-04-04")
    page.get_by_label("Published by").fill("Example Daily")
    page.get_by_role("button", name="Read").click()
    page.get_by_role("heading", name="All is read").wait_for(timeout=20_000)
    page.locator("tbody a").first.click()
    expect(page.locator(".m.f-number").first).to_have_text(re.compile("^Three"))
    context.close()


def test_the_language_is_switched_and_kept(tab: Tab) -> None:
    page = tab.go("/claims?kind=kill")
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    expect(page).to_have_url(re.compile(r"/claims\?kind=kill$"))
    expect(page.locator("h1")).to_contain_text("klaim")
    assert tab.go("/").locator("html").get_attribute("lang") == "id"


def test_files_are_dropped_into_the_form(tab: Tab, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Kyiv, 3 May 2024 - Two civilians were killed in Kharkiv on Thursday, officials said.", "utf-8")
    page = tab.go("/bring")
    page.get_by_label("Or choose files").set_input_files(report)
    page.get_by_label("Published by").fill("Example Wire")
    page.get_by_role("button", name="Read").click()
    page.get_by_role("heading", name="All is read").or_(page.get_by_role("button", name="Read")).first.wait_for()
    if page.get_by_role("button", name="Read").count():
        page.get_by_role("button", name="Read").click()
        page.get_by_role("heading", name="All is read").wait_for(timeout=20_000)
    expect(page.locator("tbody a")).to_have_count(1)


@pytest.mark.skipif(not BUILT.exists(), reason="the interactive map is not built (make web)")
def test_the_map_comes_closer_and_days_are_dragged(tab: Tab) -> None:
    page = tab.go("/map")
    page.get_by_role("button", name="Closer").click()
    assert "scale(1.8)" in str(page.locator(".map .world").get_attribute("transform"))
    page.get_by_role("button", name="All of it").click()
    assert "scale(1)" in str(page.locator(".map .world").get_attribute("transform"))
    page.locator(".timeline").scroll_into_view_if_needed()
    bars = page.locator(".timeline a")
    first, last = bars.nth(2).bounding_box(), bars.nth(5).bounding_box()
    assert first is not None
    assert last is not None
    page.mouse.move(first["x"] + 5, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(last["x"] + 5, last["y"] + 10)
    page.mouse.up()
    page.wait_for_url("**from=**to=**")
    expect(page.locator(".chips .chip")).to_have_count(2)
