"""Tables and lists of a page become lines that can be read, in their place, before its main text is looked for.

What finds the main text takes short lists for menus; one right under a paragraph, without links and pictures, is none.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from saksi.intake.rows import Grid, told_lines

WIDEST, LONGEST = 60, 3_000  # columns and rows of a table that are looked at
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "p", "strong", "b"))
NO_STORY = ("a", "img", "figure", "input", "button")  # what lists of other things than words hold
LONGEST_CAPTION = 160  # characters


def tell_tables(page: Any) -> None:
    """Puts the lines of every table that can be told in the table's place."""
    language = (page.get("lang") or "").partition("-")[0].lower() or None
    for table in list(page.iter("table")):
        if next(table.iterdescendants("table"), None) is not None or table.getparent() is None:
            continue  # a table that holds tables lays out a page
        lines = told_lines(grid_of(table), caption_of(table), language)
        if lines:
            replace(table, lines)


def tell_lists(page: Any) -> None:
    """Puts a paragraph in the place of each point of a list that goes on from a paragraph of the story."""
    for each in list(page.iter("ul", "ol")):
        before, parent = each.getprevious(), each.getparent()
        if parent is None or before is None or before.tag != "p" or next(each.iter(*NO_STORY), None) is not None:
            continue
        told = etree.Element("div")
        for point in each.iterchildren("li"):
            if words := words_of(point):
                etree.SubElement(told, "p").text = f"- {words}"
        told.tail = each.tail
        parent.replace(each, told)


def replace(table: Any, lines: list[str]) -> None:
    """Puts paragraphs in a table's place; its caption stays above them."""
    told = etree.Element("div")
    caption = table.find("caption")
    for line in (*([words_of(caption)] if caption is not None else []), *lines):
        etree.SubElement(told, "p").text = line
    told.tail = table.tail
    table.getparent().replace(table, told)


def grid_of(table: Any) -> Grid:
    """The cells of a table, those that reach over several columns or rows told in each."""
    grid: list[dict[int, str]] = []
    rows = list(table.iter("tr"))[:LONGEST]
    for number, row in enumerate(rows):
        while len(grid) <= number:
            grid.append({})
        at = 0
        for cell in row.iterchildren("td", "th"):
            while at in grid[number]:
                at += 1
            wide, high = reach(cell, "colspan"), reach(cell, "rowspan")
            for k in range(number, min(number + high, len(rows))):
                while len(grid) <= k:
                    grid.append({})
                for n in range(at, min(at + wide, WIDEST)):
                    grid[k].setdefault(n, words_of(cell))
            at += wide
            if at >= WIDEST:
                break
    width = max((max(row) + 1 for row in grid if row), default=0)
    return [[row.get(n, "") for n in range(width)] for row in grid]


def reach(cell: Any, name: str) -> int:
    """Over how many columns or rows a cell reaches."""
    said = (cell.get(name) or "1").strip()
    return max(1, min(int(said), WIDEST)) if said.isascii() and said.isdigit() and len(said) < 6 else 1


def words_of(element: Any) -> str:
    """The words of an element on one line."""
    return " ".join(" ".join(element.itertext()).split())


def caption_of(table: Any) -> str:
    """What stands over a table: its caption, else the heading or short paragraph right before it."""
    caption = table.find("caption")
    if caption is not None:
        return words_of(caption)
    before = table.getprevious()
    if before is None and table.getparent() is not None and table.getparent().tag in ("div", "figure", "section"):
        before = table.getparent().getprevious()
    if before is None or before.tag not in HEADINGS:
        return ""
    words = words_of(before)
    return words if len(words) <= LONGEST_CAPTION else ""
