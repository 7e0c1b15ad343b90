"""The rows of a table of losses or incidents, told as lines with their heads as words.

    Date | District | Killed | Injured          12 May 2024, in Kunduz district: 3 killed, 5 injured.
    12 May 2024 | Kunduz | 3 | 5          ->    14 May 2024, in Herat district: 1 killed.
    14 May 2024 | Herat | 1 | -

A table is told only where its heads say which columns are days, places or things, and something is counted. Any other
stays as it is, a row a line with its cells set apart: it can be read by people, and yields no claims by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from saksi.intake.heads import DAY, EDGES, NUMBER, PASSED, PLACE, THING, UNTOLD, TableWords, plain_head, words_for
from saksi.registers.load import load_registers

COUNT = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+|\d{1,9}")
NOTHING = frozenset(("", "-", "–", "—", "n/a", "na", "nil", "…", "...", "?", ".."))  # cells that say no number
NOTE = re.compile(r"\s*(?:\[\w{1,3}\]|[*†‡]+)$")
NUMERIC_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
DEEPEST = 3  # rows of heads
MOST_PLACES = 12  # that the line of a total names
LONGEST_HEAD = 60  # characters

Grid = list[list[str]]


class Column(msgspec.Struct, frozen=True):
    """One column: what its cells are, and its head as the table writes it and as it is looked up."""

    number: int
    role: str | None
    head: str
    plain: str


class Table(msgspec.Struct, frozen=True):
    """A table that can be told: the words of its language, its columns, its rows, and what stands over it."""

    words: TableWords
    columns: list[Column]
    rows: Grid
    caption: str

    def of(self, role: str) -> list[Column]:
        """The columns of one role."""
        return [c for c in self.columns if c.role == role]

    @property
    def counted(self) -> list[Column]:
        """The columns of numbers whose head says what they count."""
        return [c for c in self.columns if c.role is None and is_counted(self.rows, c.number)]


def lines_of(grid: Grid, caption: str = "", language: str | None = None) -> list[str]:
    """The lines that a table is told in; of one that cannot be told its rows, their cells set apart."""
    return told_lines(grid, caption, language) or [
        row for cells in grid if (row := " | ".join(c for c in distinct([" ".join(c.split()) for c in cells]) if c))
    ]


def told_lines(grid: Grid, caption: str = "", language: str | None = None) -> list[str]:
    """The lines that a table is told in, one a row, its total first; none where its heads do not say enough."""
    grid = [[" ".join(NOTE.sub("", cell.strip()).split()) for cell in row] for row in grid]
    grid = [row for row in grid if any(row)]
    if grid and is_section(grid[0]):  # the caption, as a row of its own
        caption, grid = caption or grid[0][0], grid[1:]
    table = table_of(grid, caption, language) or table_of(turned(grid), caption, language)
    return list(told_rows(table)) if table is not None else []


def turned(grid: Grid) -> Grid:
    """A table of two columns, names and values, as one with a head and a row; nothing for any other."""
    if not grid or any(len(row) != 2 for row in grid):
        return []
    return [[row[0] for row in grid], [row[1] for row in grid]]


def table_of(grid: Grid, caption: str, language: str | None) -> Table | None:
    """A table whose heads say what its cells are, or None."""
    depth = heads_in(grid)
    if not depth or len({len(row) for row in grid}) != 1:
        return None
    heads = [" ".join(distinct(column)) for column in zip(*grid[:depth], strict=True)]
    plain = [plain_head(h) for h in heads]
    words = words_for(plain, language)
    if words is None or any(len(h) > LONGEST_HEAD for h in heads):
        return None
    columns = [Column(k, words.role(p), h, p) for k, (h, p) in enumerate(zip(heads, plain, strict=True))]
    table = Table(words, columns, grid[depth:], " ".join(caption.split()).rstrip(".:"))
    rows = days_as_told(table)
    if rows is None or table.of(UNTOLD):
        return None
    return msgspec.structs.replace(table, rows=rows)


def heads_in(grid: Grid) -> int:
    """How many rows of heads a table has: those before the first row with a number or with one cell over its width."""
    for k, row in enumerate(grid):
        if any(COUNT.fullmatch(c) for c in row) or (k and is_section(row)):
            return k if k <= DEEPEST else 0
    return 0


def is_section(row: Sequence[str]) -> bool:
    """Whether a row is one cell over the whole width, that says something of the rows under it."""
    return len(row) > 1 and len(set(row)) == 1 and not COUNT.fullmatch(row[0])


def distinct(cells: Sequence[str]) -> list[str]:
    """Cells without those that are told again beside, as cells that reach over several columns are."""
    return [c for k, c in enumerate(cells) if c and (k == 0 or c != cells[k - 1])]


def is_counted(rows: Grid, number: int) -> bool:
    """Whether a column holds numbers and nothing else."""
    cells = [row[number] for row in rows if len(set(row)) > 1 and row[number].casefold() not in NOTHING]
    return bool(cells) and all(COUNT.fullmatch(c) for c in cells)


def days_as_told(table: Table) -> Grid | None:
    """The rows with numeric days year first, where the column says which part is the month; None where it does not."""
    rows = [list(row) for row in table.rows]
    for column in table.of(DAY):
        found = [m for row in rows if (m := NUMERIC_DAY.fullmatch(row[column.number]))]
        first, second = max((int(m[1]) for m in found), default=0), max((int(m[3]) for m in found), default=0)
        if max(first, second) > 31 or min(first, second) > 12:
            return None
        day_first = table.words.day_first if max(first, second) <= 12 else first > 12
        if found and day_first is None:
            return None
        for row in rows:
            if numeric := NUMERIC_DAY.fullmatch(row[column.number]):
                day, month = (numeric[1], numeric[3]) if day_first else (numeric[3], numeric[1])
                row[column.number] = f"{numeric[4]}-{int(month):02}-{int(day):02}"
    return rows


def told_rows(table: Table) -> Iterator[str]:
    """The lines of a table, that of its totals first: what is told of all has no place of one row."""
    if not table.counted and not (table.of(THING) and table.of(NUMBER)):
        return
    if table.of(THING) and not table.of(DAY):
        yield from told_things(table)
        return
    if not table.of(DAY) and not table.of(PLACE):
        return
    section, lines, totals = "", [], []
    for row in table.rows:
        if is_section(row):
            section = row[0]
        elif is_total(table, row):
            totals.append(total_line(table, row))
        else:
            lines.append(line_of(table, row, section))
    yield from (line for line in (*totals, *lines) if line)


def is_total(table: Table, row: Sequence[str]) -> bool:
    """Whether a row adds the others up."""
    return plain_head(next((c for c in row if c), "")) in table.words.totals


def line_of(table: Table, row: Sequence[str], section: str) -> str:
    """One row as a line: when and where, what was counted, then what else it says."""
    days = [row[c.number] for c in table.of(DAY) if row[c.number].casefold() not in NOTHING]
    lead = ", ".join(filter(None, [section, *days, where_of(table, row)]))
    counts = ", ".join(counts_of(table, row))
    said = f"{opened(lead)}: {counts}." if lead and counts else ""
    return " ".join(filter(None, [said, *others_of(table, row)])) if said else " | ".join(c for c in row if c)


def where_of(table: Table, row: Sequence[str], *, listed: bool = False) -> str:
    """The place of a row, the finest first; in a list without words behind the names, which would part them."""
    places = sorted(table.of(PLACE), key=lambda c: (table.words.level(c.plain) or 0, c.number))
    told = []
    for column in places:
        said = table.words.places[table.words.level(column.plain) or 0].said
        said = table.words.places[0].said if listed and not said.endswith("{}") else said
        if row[column.number].casefold() not in NOTHING:
            told.append(again(said.format(row[column.number])))
    first, rest = told[:1], [said.partition(" ")[2] for said in told[1:]]
    return ", ".join([*first, *rest])


def again(said: str) -> str:
    """A place without its level told twice, as where a cell has it as well: "di Kabupaten Kabupaten Puncak".

    >>> again("di Kabupaten Kabupaten Puncak"), again("in Kunduz Province province")
    ('di Kabupaten Puncak', 'in Kunduz Province')
    """
    words = said.split()
    kept = [w for k, w in enumerate(words) if k == 0 or w.casefold() != words[k - 1].casefold()]
    return " ".join(kept)


def counts_of(table: Table, row: Sequence[str]) -> Iterator[str]:
    """What a row counts: each number with its head, or with the row's own thing and the head."""
    things = [row[c.number] for c in table.of(THING) if row[c.number]]
    thing = lowered(things[0]) if things else ""
    for column in table.counted:
        if COUNT.fullmatch(row[column.number]):
            yield " ".join(filter(None, [row[column.number], thing, counted_head(table, column)]))


def counted_head(table: Table, column: Column) -> str:
    """A head as it stands after a number: "Number of killed" is "killed"."""
    head = " ".join(EDGES.sub("", column.head).split())
    for word in sorted(table.words.before, key=len, reverse=True):
        if head.casefold().startswith(word + " "):
            head = head[len(word) + 1 :]
            break
    return lowered(head)


def lowered(words: str) -> str:
    """Words as they stand within a sentence: small letters but for acronyms and names of actors.

    >>> lowered("Civilians Killed"), lowered("TNI Gugur"), lowered("Taliban killed")
    ('civilians killed', 'TNI gugur', 'Taliban killed')
    """
    return " ".join(w if w in names() or any(c.isupper() for c in w[1:]) else w.lower() for w in words.split())


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """The names of actors that are one word."""
    found = (name for actor in load_registers().actors.values() for some in actor.names.values() for name in some)
    return frozenset(name for name in (*found,) if " " not in name and name[:1].isupper())


def opened(words: str) -> str:
    """Words that open a line, with a capital."""
    return words[:1].upper() + words[1:]


def others_of(table: Table, row: Sequence[str]) -> Iterator[str]:
    """The cells of a row that are words, each with its head, as sentences."""
    told = {c.number for c in table.counted}
    for column in table.columns:
        cell = row[column.number]
        wordy = column.role not in (DAY, PLACE, PASSED, NUMBER) and column.number not in told
        if wordy and cell.casefold() not in NOTHING and not COUNT.fullmatch(cell):
            yield f"{column.head}: {cell.rstrip('.')}."


def total_line(table: Table, row: Sequence[str]) -> str:
    """The row that adds the others up, told of all their places and days; as it stands where these are too many."""
    others = [r for r in table.rows if not is_total(table, r) and not is_section(r)]
    places = list(dict.fromkeys(where_of(table, r, listed=True) for r in others))
    days = [r[c.number] for c in table.of(DAY)[:1] for r in others if r[c.number].casefold() not in NOTHING]
    counts = ", ".join(counts_of(table, row))
    if not counts or len(places) > MOST_PLACES:
        return " | ".join(c for c in distinct(row) if c)
    named = [places[0], *(p.partition(" ")[2] for p in places[1:])] if places else []
    where = f" {table.words.joined} ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
    when = days[0] if len(set(days)) == 1 else table.words.until.format(days[0], days[-1]) if days else ""
    return f"{opened(', '.join(filter(None, [table.words.total, when, where])))}: {counts}."


def told_things(table: Table) -> Iterator[str]:
    """A table of things: a line of all where a number stands by each, else a line for each column's head."""
    thing = table.of(THING)[0].number
    rows = [r for r in table.rows if not is_total(table, r) and r[thing]]
    if table.counted:
        for row in rows:
            counts = ", ".join(counts_of(table, row))
            where = where_of(table, row)
            if counts:
                yield f"{opened(where)}: {counts}." if where else f"{counts}."
        return
    number = table.of(NUMBER)[0].number
    counts = ", ".join(f"{r[number]} {lowered(r[thing])}" for r in rows if COUNT.fullmatch(r[number]))
    if table.caption and counts:
        yield f"{table.caption}: {counts}."
