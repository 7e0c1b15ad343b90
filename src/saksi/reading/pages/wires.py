"""Datelines of capitals alone, as agencies set them: "BEIRUT At least ...", "CAIRO/NICE, France Three people ...".

No mark ends them, so that the list of places says where they end: every town of capitals is one, and what stands behind
a comma is its country or province.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from saksi.reading.pages.blocks import Block
from saksi.registers.places.folding import fold
from saksi.registers.places.gazetteer import Gazetteer

TOWN = re.compile(r"[A-Z]{3,}(?:[ -][A-Z]{3,})*")
AREA = re.compile(r", ([A-Z][a-z]+(?: [A-Z][a-z]+){0,2})")
TEXT = re.compile(r" (?=[\"“'‘]?(?:[A-Z][a-z]|[AI] |\d))")
AREAS = ("country", "admin1")
KNOWN = 50_000  # people of a town that needs no country beside it
TOWNS = 3


def with_wire_dateline(text: str, blocks: Sequence[Block], gazetteer: Gazetteer) -> list[Block]:
    """The blocks, the first paragraph beginning behind such a dateline."""
    first = next((n for n, b in enumerate(blocks) if b.kind == "paragraph"), None)
    found = list(blocks)
    if first is not None and (block := blocks[first]).text_start == block.start:
        begin = text_begin(text, block, gazetteer)
        found[first] = block if begin is None else msgspec.structs.replace(block, text_start=begin)
    return found


def text_begin(text: str, block: Block, gazetteer: Gazetteer) -> int | None:
    """Where the text of a paragraph begins behind its towns; None where it has no such dateline."""
    at = block.start
    for _ in range(TOWNS):
        town = TOWN.match(text, at, block.end)
        if town is None:
            return None
        at, area = past_area(text, town.end(), block.end, gazetteer)
        people = max((r.population for r in gazetteer.named(fold(town[0]))), default=-1)
        if people < (0 if area else KNOWN):
            return None
        if text[at : at + 1] != "/":
            break
        at += 1
    behind = TEXT.match(text, at, block.end)
    return None if behind is None or goes_on(text, block.start, behind.end(), gazetteer) else behind.end()


def past_area(text: str, at: int, end: int, gazetteer: Gazetteer) -> tuple[int, bool]:
    """Where the country or province behind a town ends, and whether one stands there."""
    told = AREA.match(text, at, end)
    words = told[1].split() if told is not None else []
    for n in range(len(words), 0, -1):
        name = " ".join(words[:n])
        if any(r.level in AREAS for r in gazetteer.named(fold(name))):
            return at + len(", ") + len(name), True
    return at, False


def goes_on(text: str, start: int, begin: int, gazetteer: Gazetteer) -> bool:
    """Whether the word behind the towns belongs to their name: "GAZA City"."""
    word = re.match(r"\w+", text[begin:])
    return word is not None and gazetteer.has(fold(text[start:begin] + word[0]))
