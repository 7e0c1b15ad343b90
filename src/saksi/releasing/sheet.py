"""The lines of a workbook's sheet as its file holds them, made a line at a time.

The library of workbooks takes cell by cell, which is five times the work where there are millions of cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

import msgspec

from saksi.ledger.cells import escaped
from saksi.releasing.notes import Notes

LONGEST = 32_767  # characters of a cell, of which spreadsheets count those beyond U+FFFF twice
SHORT = LONGEST // 2  # what is not longer fits, whatever its characters
MOST = 1_048_576  # lines of a sheet
AT_ONCE = 500  # lines that are written at once
EPOCH, ZERO = date(1900, 3, 1), date(1899, 12, 30).toordinal()  # spreadsheets disagree on the days before
NONE = ' t="inlineStr"><is><t>[]</t></is>'  # a cell of an empty list
DAY = 2  # the format of days: the second that the book uses, after that of its head
# what XML cannot hold is told by its number, and so is what looks as if it were told so
UNTOLD = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
SPECIAL = re.compile(f"[{UNTOLD}]|_(?=x[0-9a-fA-F]{{4}}_)").sub
is_plain = re.compile(rf"[^\s&<>{UNTOLD}'=+\-@][^&<>{UNTOLD}]*(?<!\s)").fullmatch


class Sheet:
    """Makes lines below a head: numbers are numbers, days are days, texts are escaped, what is nested is JSON text."""

    def __init__(self, columns: tuple[str, ...], notes: Notes) -> None:
        self.columns, self.notes = columns, notes
        self.begins = [f'<c r="{letters(n)}' for n in range(len(columns))]
        self.makers: dict[type, Callable[[Any], str | None]] = {**MAKERS, str: self.text}
        self.long: list[Any] = []  # values of a line that no cell holds

    def write(self, stream: BinaryIO, lines: Iterable[dict[str, Any]]) -> None:
        """All lines. Those beyond what a sheet holds are left out, and noted."""
        some = iter(lines)
        numbered = enumerate(islice(some, MOST - 1), 2)
        while made := [self.line(n, line) for n, line in islice(numbered, AT_ONCE)]:
            self.notes.rows += len(made)
            stream.write("".join(made).encode())
        for line in some:
            self.notes.leave_out("a sheet of a workbook has no more lines", [line["id"]])

    def line(self, number: int, line: dict[str, Any]) -> str:
        """One line; where nothing is known, or more than a cell holds, there is no cell."""
        maker_of, nested, end = self.makers.get, self.nested, f'{number}"'
        cells = [
            f"{begin}{end}{made}</c>"
            for begin, value in zip(self.begins, map(line.get, self.columns), strict=True)
            if value is not None and (made := maker_of(type(value), nested)(value)) is not None
        ]
        for value in self.long:
            column = next(name for name in self.columns if line.get(name) is value)
            self.notes.lacks(column, f"a cell of a workbook holds {LONGEST} characters", [line["id"]])
        self.long.clear()
        return f'<row r="{number}">{"".join(cells)}</row>'

    def text(self, value: str) -> str | None:
        """A cell of text, escaped; most texts are plain, which is seen at one look."""
        if is_plain(value) and len(value) <= SHORT and "_x" not in value:
            return f' t="inlineStr"><is><t>{value}</t></is>'
        made = escaped(value)
        self.notes.escaped += made is not value
        return self.written(made, value)

    def nested(self, value: Any) -> str | None:
        """A cell of JSON, in which control characters are escaped already."""
        if not value:
            return NONE
        made = msgspec.json.encode(value).decode()
        if made.isascii() and len(made) <= SHORT and "_x" not in made:
            return f' t="inlineStr"><is><t>{marked(made)}</t></is>'
        return self.written(made, value)

    def written(self, text: str, value: Any) -> str | None:
        """A cell of any text that a value is told by, which may be too long."""
        if len(text) > SHORT and len(text.encode("utf-16-le", "surrogatepass")) > LONGEST * 2:
            self.long.append(value)
            return None
        made = SPECIAL(lambda match: f"_x{ord(match[0]):04X}_", marked(text))
        space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
        return f' t="inlineStr"><is><t{space}>{made}</t></is>'


def marked(text: str) -> str:
    """A text within XML. To look whether there is anything to replace is quicker than to replace nothing."""
    if "&" not in text and "<" not in text and ">" not in text:
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def day(value: date) -> str:
    """A day, by its number where spreadsheets agree on it."""
    if value < EPOCH:
        return f' t="inlineStr"><is><t>{value}</t></is>'
    return f' s="{DAY}"><v>{value.toordinal() - ZERO}</v>'


def number(value: float) -> str:
    """A number, with as many digits as spreadsheets hold."""
    return f"><v>{value:.16G}</v>"


def flag(value: bool) -> str:
    """Yes or no."""
    return ' t="b"><v>1</v>' if value else ' t="b"><v>0</v>'


MAKERS: dict[type, Callable[[Any], str | None]] = {bool: flag, int: number, float: number, date: day}


def letters(column: int) -> str:
    """What a column of a sheet is called, counted from 0.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)
