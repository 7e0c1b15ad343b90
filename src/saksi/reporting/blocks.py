"""What a report is made of, whatever its form: headings, paragraphs, tables, quotes, pictures."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Heading(msgspec.Struct, frozen=True):
    """A heading; level 1 is the title."""

    level: int
    text: str


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph; `small` is what is said in passing."""

    text: str
    small: bool = False


class Table(msgspec.Struct, frozen=True):
    """A table; `numbers` are the columns that are set to the right."""

    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: tuple[int, ...] = ()


class Quote(msgspec.Struct, frozen=True):
    """A sentence, who says it where and when, and its claim."""

    text: str
    told: str
    claim: str
    url: str | None


class Picture(msgspec.Struct, frozen=True):
    """A picture, and what stands in its place where none can be shown."""

    svg: str
    instead: Table | None


Block = Heading | Paragraph | Table | Quote | Picture
