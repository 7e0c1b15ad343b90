"""Printed pages as running text: heads and feet that repeat taken off, wrapped lines and split words joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product

EDGE = 3  # lines at the top and at the bottom of a page that may be a running head or foot
REPEATED = 0.5  # of the pages; and on three at least, or on both of two
FULL = 0.7  # of the width of a page: a shorter line ends its paragraph
NARROW = 30  # characters; a page without longer lines is a list or a table, and is left
ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
BULLET = re.compile(r"\s*(?:[-*•–—·]{1,2}\s|\(?\d{1,2}[.)]\s)")
NUMBER = re.compile(r"\d+")
SPLIT = re.compile(r"(?P<head>[^\W\d_]+(?:-[^\W\d_]+)*)(?P<mark>[-\u00ad\u2010])$")
HEAD = re.compile(r"[^\W\d_]+")


def without_running(pages: list[list[str]]) -> list[list[str]]:
    """The pages without the lines that stand at the edge of most of them, whatever page number they tell.

    A number in such a line is the same on each page, or grows by one with it; a line whose numbers do
    otherwise tells something and stays.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for number, lines in enumerate(pages, 1):
        seen.update({key for k in edges(lines) for key in keys_of(lines[k], number)})
    enough = max(min(3, len(pages)), REPEATED * len(pages), 2)
    repeated = {key for key, n in seen.items() if n >= enough}
    kept = []
    for number, lines in enumerate(pages, 1):
        running = {k for k in edges(lines) if not repeated.isdisjoint(keys_of(lines[k], number))}
        kept.append([line for k, line in enumerate(lines) if k not in running])
    return kept


def edges(lines: list[str]) -> list[int]:
    """The places of the outermost lines of a page that hold something."""
    full = [k for k, line in enumerate(lines) if line.strip()]
    return sorted({*full[:EDGE], *full[-EDGE:]})


def keys_of(line: str, page: int) -> set[tuple[str, ...]]:
    """A line with each number as it is, or as how far it is from the page's: "Page 3 of 12" is "+0 of 12"."""
    words = " ".join(line.split())
    numbers = [n[:12] for n in NUMBER.findall(words)][:3]
    shape = NUMBER.sub("#", words)
    return {(shape, *each) for each in product(*((n, f"{int(n) - page:+}") for n in numbers))}


def flowing(pages: list[list[str]]) -> str:
    """Pages as one text: wrapped lines joined with a space, paragraphs on lines of their own, pages by form feeds."""
    known = Counter(
        w.lower() for lines in pages for line in lines for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line)
    )
    text = ""
    for number, lines in enumerate(pages):
        border, pieces = ("\f" if number else ""), list(paragraphs(lines, known))
        if text and pieces and border:
            text, pieces[0] = over_the_page(text, pieces[0], known)
        text += border + "\n".join(pieces)
    return text


def over_the_page(text: str, first: str, known: Counter[str]) -> tuple[str, str]:
    """A word that a page's end split goes to the page that it begins on."""
    split, rest = SPLIT.search(text), HEAD.match(first)
    if not split or not rest:
        return text, first
    return text[: split.start()] + whole(split, rest[0], known), first[rest.end() :]


def paragraphs(lines: list[str], known: Counter[str]) -> Iterator[str]:
    """The paragraphs of a page: a line goes on in the next if it is nearly as wide as the page and ends no sentence."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    open_line: str | None = None
    for line in (" ".join(x.split()) for x in lines):
        if open_line is not None and line and not BULLET.match(line):
            open_line = joined(open_line, line, known)
        else:
            if open_line is not None:
                yield open_line
            open_line = line
        if not goes_on(line, width):
            yield open_line
            open_line = None
    if open_line is not None:
        yield open_line


def goes_on(line: str, width: int) -> bool:
    """Whether the sentence of a line goes on in the next."""
    if SPLIT.search(line):
        return True
    return bool(line) and width >= NARROW and len(line) >= FULL * width and not ENDS.search(line)


def joined(line: str, following: str, known: Counter[str]) -> str:
    """A line with the one that goes on from it."""
    split, rest = SPLIT.search(line), HEAD.match(following)
    if not split or not rest:
        return f"{line} {following}"
    return line[: split.start()] + whole(split, rest[0], known) + following[rest.end() :]


def whole(split: re.Match[str], rest: str, known: Counter[str]) -> str:
    """A word that was split at a line's end, with its hyphen where it has one.

    The rest of the document decides where it has the word; else a word told twice ("anak-anak"), one with
    another hyphen ("air-to-air") and what goes on with a capital ("Asia-Pacific") keep it.
    """
    head = split["head"]
    close, apart = head + rest, f"{head}-{rest}"
    if split["mark"] == "\u00ad" or known[close.lower()] > known[apart.lower()]:
        return close
    compound = "-" in head or head.lower() == rest.lower() or rest[0].isupper()
    return apart if compound or known[apart.lower()] else close
