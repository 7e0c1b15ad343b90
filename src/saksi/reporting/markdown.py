"""A report as Markdown; where the page has pictures, tables stand here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from saksi.intake.document import is_web
from saksi.reporting.blocks import Block, Heading, Paragraph, Quote, Table

MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(blocks: Sequence[Block]) -> str:
    """The text."""
    return "\n\n".join(text for each in blocks if (text := part(each))) + "\n"


def plain(text: str) -> str:
    """A text in one line, none of it a mark.

    >>> plain("a_b | c")
    'a\\\\_b \\\\| c'
    """
    return MARKS.sub(r"\\\1", " ".join(text.split()))


def part(block: Block) -> str:
    """A part of the text."""
    if isinstance(block, Heading):
        return f"{'#' * block.level} {plain(block.text)}"
    if isinstance(block, Paragraph):
        return plain(block.text)
    if isinstance(block, Table):
        return table(block)
    if isinstance(block, Quote):
        link = f"[{plain(block.told)}](<{block.url}>)" if is_safe(block.url) else plain(block.told)
        return f"> {plain(block.text)}\n>\n> {link} · `{block.claim}`"
    return table(block.instead) if block.instead is not None else ""


def is_safe(url: str | None) -> bool:
    """Whether an address may stand in a link."""
    return is_web(url) and not set("<> \n").intersection(str(url))


def table(block: Table) -> str:
    """A table."""
    rule = ["---:" if n in block.numbers else "---" for n in range(len(block.head))]
    lines = [[plain(cell) for cell in block.head], rule, *([plain(cell) for cell in row] for row in block.rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
