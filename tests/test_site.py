"""The site made from the docs: whole, without any request, with every link leading somewhere and every public name."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

import saksi
from manual.__main__ import build
from manual.api import bare, described
from manual.pages import moved, page, sources
from tests.conftest import ROOT

LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "object": "data"}


class Read(HTMLParser):
    """A page as a browser takes it: where it leads, what it loads, what can be led to, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.leads: list[str] = []
        self.loads: list[str] = []
        self.anchors: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what a tag leads to, loads or is called."""
        told = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.leads.append(told["href"])
        if tag in LOADS and LOADS[tag] in told:
            self.loads.append(told[LOADS[tag]])
        if "id" in told:
            self.anchors.append(told["id"])
        assert tag not in ("script", "style")
        assert not any(name.startswith("on") or name == "style" for name in told)

    def handle_data(self, data: str) -> None:
        """Notes words."""
        self.words += data


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    """The site, read."""
    out = tmp_path_factory.mktemp("docs") / "site"
    build(out)
    return {str(path.relative_to(out)): Read(path.read_text("utf-8")) for path in sorted(out.glob("*.html"))}


def test_every_page_of_the_docs_is_in_it(site: dict[str, Read]) -> None:
    written = {str(path.relative_to(ROOT)) for path in (ROOT / "docs").iterdir() if path.suffix in (".md", ".ipynb")}
    assert written - set(sources()) == set()
    assert len(site) == len(sources()) == len(set(sources()))


def test_every_link_leads_to_a_page_a_part_or_a_file(site: dict[str, Read], tmp_path: Path) -> None:
    build(tmp_path / "site")
    for name, read in site.items():
        for link in (each for each in read.leads if not each.startswith(("http:", "https:"))):
            path, _, anchor = unquote(link).partition("#")
            assert (tmp_path / "site" / (path or name)).is_file(), f"{name}: {link}"
            assert not anchor or anchor in site[path or name].anchors, f"{name}: {link}"


def test_every_page_can_be_reached_from_the_first(site: dict[str, Read]) -> None:
    assert set(site) <= set(site["index.html"].leads)


def test_nothing_is_loaded_but_its_own_style_sheet(site: dict[str, Read], tmp_path: Path) -> None:
    assert {load for read in site.values() for load in read.loads} == {"site.css"}
    build(tmp_path / "site")
    assert "url(" not in (tmp_path / "site" / "site.css").read_text("utf-8")


def test_no_anchor_stands_twice_on_a_page(site: dict[str, Read]) -> None:
    for name, read in site.items():
        assert len(read.anchors) == len(set(read.anchors)), name


def test_every_public_name_is_explained(site: dict[str, Read]) -> None:
    told = site["api.html"]
    assert [name for name in saksi.__all__ if f"saksi{name.lower()}" not in told.anchors] == []
    for name in saksi.__all__:
        doc = (getattr(saksi, name).__doc__ or "").strip().splitlines()[0].replace("`", "")
        assert doc[:50] in told.words, name


def test_what_a_class_can_do_is_told_with_its_signature(site: dict[str, Read]) -> None:
    words = site["api.html"].words
    assert "tally(" in words
    assert "first: date | None = None" in words
    assert "saksi.Ledger.claims" in words
    assert "the counted noun as written" in words  # a column with its meaning


def test_a_field_is_told_by_its_type_and_its_sentence() -> None:
    assert bare("Annotated[dict[str, list[str]] | None, says('for each field')]") == "dict[str, list[str]] | None"
    assert bare("date | None") == "date | None"
    (table,) = [part for part in described("Row", saksi.Row) if part.startswith("| field")]
    assert "| `unit` | `str \\| None` | the counted noun as written |" in table


def test_links_between_sources_become_links_between_pages() -> None:
    assert moved("docs/method.md#how-well-it-reads", "README.md") == "method.html#how-well-it-reads"
    assert moved("../evaluate/README.md", "docs/method.md") == "evaluation.html"
    assert moved("claim.schema.json", "docs/tutorial.md") == "files/docs/claim.schema.json"
    assert moved("https://example.org/x.md", "README.md") == "https://example.org/x.md"


def test_markup_in_a_text_is_words() -> None:
    made = page("docs/x.md", "# A title\n\nA <script>alert(1)</script> and `<b>`\n\n## Same\n\n## Same\n")
    assert "<script>" not in made.html
    assert "&lt;script&gt;" in made.html
    assert made.title == "A title"
    assert made.parts == [("Same", "same"), ("Same", "same-1")]


def test_it_is_the_same_when_made_twice(tmp_path: Path) -> None:
    one, two = (sorted(build(tmp_path / name)) for name in ("one", "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
