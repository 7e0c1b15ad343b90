"""Takes Word files in (.docx): paragraphs, headings and tables in their order, without what was struck out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from saksi.errors import IntakeError
from saksi.intake.bounds import BROKEN_ZIP, member, xml_of
from saksi.intake.document import Document, Given
from saksi.intake.markup import LONGEST_CAPTION
from saksi.intake.rows import Grid, lines_of
from saksi.intake.texts import document_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
# an older copy of a drawing's words; words that tracked changes struck out or moved away
NOT_READ = ("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", f"{W}del", f"{W}moveFrom")
BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def read_docx(data: bytes, name: str, given: Given, taken_from: str) -> Document:
    """The document of a Word file; its own dates are those of the file, not of publication, and are left."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN_ZIP as error:
        raise IntakeError(f"{name} is damaged: {error}. Get the file anew") from None
    body = member(archive, "word/document.xml", name)
    if body is None:
        raise IntakeError(f"{name} is a zip file, and no Word file: unpack it and name its files")
    parts = [body, *(p for note in NOTES if (p := member(archive, note, name)) is not None)]
    text = "\n\n".join(block for part in parts for block in blocks_of(xml_of(part, name)))
    if not text.strip():
        raise IntakeError(f"{name} has no text: what it shows are pictures. Run text recognition on it")
    return document_of(text, name, given, title=title_of(archive, name), taken_from=taken_from)


def title_of(archive: zipfile.ZipFile, name: str) -> str | None:
    """The title that the file says it has."""
    about = member(archive, "docProps/core.xml", name)
    found = xml_of(about, name).findtext(TITLE) if about else None
    return found.strip() or None if found else None


def blocks_of(root: Any) -> Iterator[str]:
    """Paragraphs and tables in order; a table is told in lines, under the paragraph before it."""
    waiting, before = [root], ""
    while waiting:
        each = waiting.pop()
        if each.tag == f"{W}tbl":
            yield from lines_of(grid_of(each), before)
        elif each.tag == f"{W}p":
            text = words_of(each).strip()
            if text:
                yield text
                before = text if len(text) <= LONGEST_CAPTION else ""
        elif each.tag not in NOT_READ:
            waiting.extend(reversed(each))


def grid_of(table: Any) -> Grid:
    """The cells of a table, one that reaches over several columns told in each; a table within a cell is its words."""
    rows = []
    for row in table.iterchildren(f"{W}tr"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            said = span.get(f"{W}val", "1") if span is not None else "1"
            wide = int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 1
            cells += [" ".join(paragraphs(cell))] * max(1, wide)
        rows.append(cells)
    return rows


def paragraphs(cell: Any) -> Iterator[str]:
    """The words of the paragraphs of a cell, each on one line."""
    return (flat for p in cell.iter(f"{W}p") if (flat := " ".join(words_of(p).split())))


def words_of(paragraph: Any) -> str:
    """The words of a paragraph; a text box within it stands after them."""
    parts: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        each = waiting.pop()
        if each.tag == f"{W}t":
            parts.append(each.text or "")
        elif each.tag in BREAKS:
            parts.append(BREAKS[each.tag])
        elif each.tag == f"{W}p":
            parts.append("\n" + words_of(each))
        elif each.tag not in NOT_READ:
            waiting.extend(reversed(each))
    return "".join(parts)
