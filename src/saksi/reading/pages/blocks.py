"""Cuts a document into its parts: headline, dateline, paragraph, bullet, related link, noise.

No claim may be grounded in a related link or in boilerplate. Headings and the leads of lists give
their country and day to what stands under them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from saksi.reading.pages.wrapping import LINE, runs_over, wrapping_of
from saksi.reading.vocabulary import Vocabulary

SILENT = frozenset(("related", "boilerplate", "byline", "dateline"))
KINDS = ("related", "boilerplate", "caption", "byline")  # of a block that certain words begin
BULLET = re.compile(r"\s*(?:[-*•–—·]{1,2}\s+|\(?\d{1,2}[.)]\s+(?=[A-Z]))")
STOP = re.compile(r"""[.!?]["'”’)]*\s+""")
GOES_ON = re.compile(r"[.,!:;…][\"'”’)\]]*$")  # a title ends in a question mark or in nothing
ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*$")
NAME = r"[A-Z][\w.'’]*(?:[ -](?:[A-Z][\w.'’]*|al|ez|au|aux|de|des|du|la|les|sur)){0,3}"
DAY = r"\(?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, ?\d{4})?\)?"
WIRE_DAY = r"\d{1,2} [A-Z][A-Za-z]{2,8}(?:,? \d{2,4})?"  # 19 MAR 89, 3 March 2023, 3 Maret
ABROAD = r"\s*\([^)\d]{2,30}\)"  # "ROME (ITALY), 19 MAR 89"
DATELINE = re.compile(
    r"^\s*(?:[A-Z][\w.'’]*\.(?:co\.id|com|id|co|net)[, ]+)?"
    rf"(?:(?P<place>{NAME}(?:, {NAME}){{0,2}})(?:(?:{ABROAD}(?=,))?,?\s+(?P<date>{DAY}|{WIRE_DAY}))?"
    rf"(?:\s*\([^)]{{2,60}}\))?\s*(?:[-–—]{{1,2}}\s|:\s)"
    rf"|(?P<place2>[A-Z]{{3,}}(?: [A-Z]{{3,}})?(?:, {NAME})?)\s*(?P<date2>\({DAY[3:-3]}\))\s*(?:[-–—]{{1,2}})?\s*)"
)
HEADLINE_DAY = re.compile(rf"({DAY[3:-3]}): ")  # "June 20: Operations in the East"
# a dateline after a release's letterhead: what stands before it is no report
INNER_DATELINE = re.compile(
    rf"\b(?:(?P<place>[A-Z]{{3,}}(?:, {NAME})?)|{NAME}, {NAME})\s*"
    rf"(?P<date>\({DAY[3:-3]}\))\s*(?:(?<=\)\n)|[-–—]{{1,2}}\s|  )"
)
LETTERHEAD = 400  # characters within which it must begin
LONGEST_BYLINE = 120  # "By the time ..." opens a paragraph like any other
DASH = re.compile(r"(?:--|—)\s")  # in the midst of a sentence, where a wrapped line begins with it
TITLED, LINKED = 0.7, 0.8  # of the longer words of a headline, and of the title of another page, begin with a capital
HEADING = 90  # characters of a numbered heading, at most
LONG_LINE = 60  # a shorter line that ends no sentence is a heading or a label, not a wrapped line


class Block(msgspec.Struct, frozen=True, gc=False):
    """A part of a document, [start, end) in code points. `level` 0 is the headline."""

    kind: str
    start: int
    end: int
    text_start: int  # after the bullet or the dateline
    dateline_date: tuple[int, int] | None = None

    @property
    def titled(self) -> bool:
        """Whether it is a headline or a heading, where capitals say little."""
        return self.kind in ("headline", "heading")


def read_blocks(text: str, vocabulary: Vocabulary) -> list[Block]:
    """The blocks of a text in order; together they hold every character that is not white space."""
    markers = vocabulary.data["language"]["blocks"]
    markers = markers | {"begins": [m for kind in KINDS for m in markers.get(kind, ())]}
    leads = tuple(m for kind in ("related", "media") for m in markers.get(kind, ()))
    lines = joined_lines(text, leads, markers.get("title_links"))
    blocks = [block_of(text, start, end, markers, place_in_page(k, len(lines))) for k, (start, end) in enumerate(lines)]
    blocks = [
        msgspec.structs.replace(block, kind="heading") if heads(text, block, after) else block
        for block, after in zip(blocks, [*blocks, None][1:], strict=True)
    ]
    return list(with_links(text, blocks, markers.get("title_links")))


def with_links(text: str, blocks: list[Block], words: int | None) -> Iterator[Block]:
    """The blocks, each title of another page between the paragraphs of this one marked as the link that it is.

    Indonesian sites set such titles in title case and without a mark; `words` is how many one has at least, or None.
    """
    told = False
    for block in blocks:
        body = text[block.start : block.end]
        if told and block.kind in ("heading", "paragraph") and is_title(body, words):
            yield msgspec.structs.replace(block, kind="related")
            continue
        told = told or block.kind == "paragraph"
        yield from parted(text, block, words)


def parted(text: str, block: Block, words: int | None) -> Iterator[Block]:
    """A paragraph, and apart from it the title of another page that its page has set behind its last sentence."""
    at = title_at(text[block.start : block.end], words) if block.kind == "paragraph" else None
    if at:
        at += block.start
        yield msgspec.structs.replace(block, end=block.start + len(text[block.start : at].rstrip()))
        yield Block("related", at, block.end, at)
    else:
        yield block


def title_at(body: str, words: int | None) -> int | None:
    """Where the title of another page begins that ends a line, all of it or behind its last sentence; None for none."""
    if words is None:
        return None
    at = max((m.end() for m in STOP.finditer(body)), default=0)
    return at if is_title(body[at:], words) else None


def is_title(body: str, words: int | None) -> bool:
    """Whether a line is a title of so many words at least, in title case, that no stop ends."""
    if words is None or GOES_ON.search(body) is not None:
        return False
    return len(body.split()) >= words and in_title_case(body, LINKED)


def heads(text: str, block: Block, after: Block | None) -> bool:
    """Whether a numbered line is the heading of the paragraph below it: "1. Strikes kill seven in Kharkiv"."""
    if block.kind != "bullet" or after is None or after.kind != "paragraph" or block.end - block.start > HEADING:
        return False
    words = text[block.start : block.end].lstrip(" (")
    return words[0].isdecimal() and ENDS_SENTENCE.search(words) is None


def place_in_page(number: int, count: int) -> str:
    """Whether a line opens a text, or is all of it."""
    if number:
        return "later"
    return "first" if count > 1 else "only"


def in_title_case(words: str, share: float = TITLED) -> bool:
    """Whether most longer words begin with a capital, as headlines of Indonesian sites do."""
    longer = [w for w in re.findall(r"[^\W\d_]+", words) if len(w) >= 4]
    return len(longer) >= 2 and sum(w[0].isupper() for w in longer) >= share * len(longer)


def joined_lines(text: str, leads: tuple[str, ...] = (), title: int | None = None) -> list[tuple[int, int]]:
    """Lines that belong together: a wrapped line goes on until a sentence ends or a bullet begins.

    Where empty lines part the paragraphs of a wrapped text, a line that is full goes on all the same. A line that leads
    elsewhere ("Baca juga: ...") is a link, however long, and ends with its line; so does the title of another page
    below the first line, of `title` words at least.
    """
    spans: list[tuple[int, int]] = []
    open_line = goes_on = False
    lines = [(match[0], match.start()) for match in LINE.finditer(text)]
    wrapped = wrapping_of(text)
    for (line, start), (after, _) in pairwise([*lines, ("", len(text))]):
        end = start + len(line.rstrip())
        if not line.strip():
            open_line = goes_on = False
            continue
        if open_line and (not BULLET.match(line) or (goes_on and DASH.match(line))):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start + len(line) - len(line.lstrip()), end))
        body = line.strip()
        link = body.lower().startswith(leads) or (len(spans) > 1 and title_at(body, title) is not None)
        full = runs_over(line, after, wrapped)
        goes_on = full and wrapped is not None and wrapped.spaced and not link
        open_line = goes_on or ((full or len(body) >= LONG_LINE) and not ENDS_SENTENCE.search(body) and not link)
    return spans


def names_writers(words: str) -> bool:
    """Whether a line that begins like a byline is one: names for the most part, not "By Monday, 310 had fled."."""
    said = words.split()
    plain = sum(word[0].islower() for word in said[1:])
    return len(words) < LONGEST_BYLINE and not (ENDS_SENTENCE.search(words) and 2 * plain > len(said))


def block_of(text: str, start: int, end: int, markers: dict[str, list[str]], where: str) -> Block:
    """One block with its kind, and where its own words begin."""
    words = text[start:end]
    low = words.replace("\xa0", " ").replace(" :", ":").lower()
    if where == "later" and low.startswith(tuple(markers.get("media", ()))):
        return Block("related", start, end, start)
    for kind in KINDS if low.startswith(tuple(markers["begins"])) else ():
        if low.startswith(tuple(markers.get(kind, ()))) and (kind != "byline" or names_writers(words)):
            return Block(kind, start, end, start)
    bullet = BULLET.match(words)
    if bullet:
        return Block("bullet", start, end, start + bullet.end())
    short = (
        len(words) < 130
        and not ("(" in words and INNER_DATELINE.search(words + "  "))
        and not re.search(r"[.;][\"'”’)]*$", words.rstrip())
    )
    if short and (where == "first" or (where == "only" and in_title_case(words))):
        leading = HEADLINE_DAY.match(words)
        return Block("headline", start, end, start, (start, start + leading.end(1)) if leading else None)
    inner = INNER_DATELINE.search(words + "  ", 0, LETTERHEAD) if "(" in words[:LETTERHEAD] else None
    dateline = inner or DATELINE.match(words + " ")
    if dateline and (":" not in dateline[0] or (dateline["place"] or "").isupper()):
        name = "date" if dateline["date"] or "date2" not in dateline.re.groupindex else "date2"
        day = (start + dateline.start(name), start + dateline.end(name))
        found = day if dateline[name] else None
        kind = "paragraph" if dateline.end() < len(words) else "dateline"
        return Block(kind, start, end, min(end, start + dateline.end()), found)
    if short and len(words) < LONG_LINE:
        return Block("heading", start, end, start)
    return Block("paragraph", start, end, start)
