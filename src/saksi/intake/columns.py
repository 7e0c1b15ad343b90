"""Tables on printed pages, where columns are certain: lines of as many cells each, two spaces or more between them."""

from __future__ import annotations

import re
from itertools import groupby

from saksi.intake.rows import told_lines

APART = re.compile(r"\s{2,}|\t")
FEWEST = 3  # lines of a table, its head among them; and cells of a line, or its columns may be chance


def with_tables_told(lines: list[str], language: str | None) -> list[str]:
    """The lines of a page; a table whose heads say what its cells are is told, everything else stays as it is."""
    out: list[str] = []
    for width, some in groupby(lines, key=lambda line: len(cells_of(line))):
        run = list(some)
        before = out[-1].strip() if out else ""
        told = told_lines([cells_of(line) for line in run], before, language) if min(width, len(run)) >= FEWEST else []
        out += told or run
    return out


def cells_of(line: str) -> list[str]:
    """The cells of a line.

    >>> cells_of("12 May 2024   Kunduz   3   5")
    ['12 May 2024', 'Kunduz', '3', '5']
    """
    return APART.split(line.strip())
