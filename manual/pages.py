"""Which pages the site has, and a page of Markdown as HTML: links between pages lead to pages of the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

API = "api"  # the page that has no file of its own
SECTIONS = {
    "Begin": ("README.md", "docs/tutorial.md", "docs/from-texts-to-a-figure.ipynb"),
    "Use": ("docs/intake.md", "docs/page.md", "docs/publish.md", "docs/scale.md", "docs/models.md",
            "docs/own-vocabulary.md", "docs/security.md"),
    "Look up": ("docs/codebook.md", "docs/commands.md", API, "docs/glossary.md"),
    "Understand": ("docs/method.md", "evaluate/README.md"),
    "Add": ("CONTRIBUTING.md", "docs/adding-a-language.md", "docs/adding-a-source-or-actor.md", "CHANGELOG.md"),
}  # fmt: skip
ADDRESSES = {
    "README.md": "index.html", "evaluate/README.md": "evaluation.html", "CONTRIBUTING.md": "contributing.html",
    "CHANGELOG.md": "changes.html", API: "api.html",
}  # fmt: skip
ELSEWHERE = re.compile(r"[a-z]+:")
ROOMY = {  # what may be wider than the window is moved within itself
    "<table>": '<div class="wide"><table>', "</table>": "</table></div>", "<pre>": '<pre tabindex="0">',
}  # fmt: skip
FILES = "files/"  # where what is no page lies as it is


class Page(NamedTuple):
    """A page: its source, its title, its headings of the second level with their anchors, and its HTML."""

    source: str
    title: str
    parts: list[tuple[str, str]]
    html: str


def address(source: str) -> str:
    """Where a page lies in the site.

    >>> address("docs/method.md"), address("README.md")
    ('method.html', 'index.html')
    """
    return ADDRESSES.get(source) or posixpath.splitext(posixpath.basename(source))[0] + ".html"


def sources() -> list[str]:
    """The sources of all pages, in the order of the site."""
    return [source for some in SECTIONS.values() for source in some]


def page(source: str, text: str) -> Page:
    """A page of Markdown as HTML."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    parts, title = [], source
    for level, heading, anchor in anchored(tokens):
        if level == "h1" and title == source:
            title = heading
        if level == "h2":
            parts.append((heading, anchor))
    for token in every(tokens):
        href = token.attrs.get("href")
        if token.type == "link_open" and isinstance(href, str):
            token.attrs["href"] = moved(href, source)
    made = reader.renderer.render(tokens, reader.options, {})
    for plain, better in ROOMY.items():
        made = made.replace(plain, better)
    return Page(source, title, parts, made)


def every(tokens: list[Token]) -> Iterator[Token]:
    """Tokens with those inside them."""
    for token in tokens:
        yield token
        yield from every(token.children or [])


def anchored(tokens: list[Token]) -> Iterator[tuple[str, str, str]]:
    """The headings, each given the anchor by which Markdown of repositories calls it."""
    seen: dict[str, int] = {}
    for n, token in enumerate(tokens):
        if token.type == "heading_open":
            told = "".join(each.content for each in tokens[n + 1].children or [])
            anchor = anchor_of(told)
            seen[anchor] = seen.get(anchor, -1) + 1
            token.attrs["id"] = f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor
            yield token.tag, told, str(token.attrs["id"])


def anchor_of(heading: str) -> str:
    """The anchor of a heading.

    >>> anchor_of("How well it reads"), anchor_of("JSON, CSV and the API")
    ('how-well-it-reads', 'json-csv-and-the-api')
    """
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def moved(href: str, source: str) -> str:
    """A link of a source as a link of the site: to the page of that source, else to the file as it is."""
    path, _, anchor = href.partition("#")
    if ELSEWHERE.match(href) or not path:
        return href
    there = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    made = address(there) if there in sources() else FILES + there
    return made + (f"#{anchor}" if anchor else "")


def whole(page: Page, titles: Mapping[str, str]) -> str:
    """A page with its head and the way to the others."""
    groups = "".join(group(name, some, page, titles) for name, some in SECTIONS.items())
    own = "" if page.source == "README.md" else " · Saksi"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(page.title)}{own}</title><link rel="stylesheet" href="site.css"></head>\n<body>'
        f'<a class="skip" href="#main">To the text</a><a class="way" href="#pages">All pages</a>'
        f'<nav id="pages" aria-label="Pages">{groups}</nav>\n'
        f'<main id="main">{page.html}</main></body></html>\n'
    )


def group(name: str, some: tuple[str, ...], page: Page, titles: Mapping[str, str]) -> str:
    """A section of the navigation; of the page one is on, its parts too."""
    lines = []
    for source in some:
        here = ' aria-current="page"' if source == page.source else ""
        inner = "".join(f'<li><a href="#{anchor}">{escape(told)}</a></li>' for told, anchor in page.parts)
        below = f"<ul>{inner}</ul>" if here and inner else ""
        lines.append(f'<li><a href="{address(source)}"{here}>{escape(titles[source])}</a>{below}</li>')
    return f"<h2>{escape(name)}</h2><ul>{''.join(lines)}</ul>"
