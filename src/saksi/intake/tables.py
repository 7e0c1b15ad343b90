"""Takes tables in: each row of a CSV, TSV or Parquet file is a document, with its text and day in named columns.

A table of losses or incidents has no texts: it is one document, its rows told as lines.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from saksi.errors import IntakeError
from saksi.intake.document import Document, Given
from saksi.intake.records import KNOWN_KEYS, hint_of_day, pass_over, record_document
from saksi.intake.rows import told_lines
from saksi.intake.texts import LIMIT, WIDE, Refused, document_of, missing_library, too_long

LARGEST_GROUP = 4_000_000_000  # bytes of one row group once unpacked; more would not fit a laptop's memory
AT_ONCE = 256  # rows of a Parquet file held at a time
MOST_ROWS = 20_000  # of a table of losses or incidents


def read_csv(path: Path, given: Given) -> Iterator[Document | Refused]:
    """The documents of a file of comma, semicolon or tab separated values; its first row names the columns.

    Rows are numbered as a spreadsheet numbers them: the first under the head is row 2.
    """
    with path.open("rb") as stream:
        wide = stream.read(2) in WIDE
    encoding = "utf-16" if wide else "utf-8-sig" if given.encoding == "utf-8" else given.encoding
    csv.field_size_limit(4 * LIMIT)
    try:
        with path.open(encoding=encoding, newline="") as lines:
            head = lines.readline(LIMIT)
            names = next(csv.reader([head], delimiter=(mark := separator(path, head))), [])
            if "text" not in names and given.text_column == "text" and given.date_column is None:
                yield from losses(path, names, csv.reader(lines, delimiter=mark), given)
                return
            wanted = wanted_columns(path, [n.strip() for n in names], given)
            rows = enumerate(csv.reader(lines, delimiter=mark), 2)
            yield from csv_rows(path, rows, wanted, given)
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"{path}: after the rows read so far, bytes are not {encoding} ({error.reason}). "
            "Say which encoding it is: --encoding windows-1252"
        ) from None
    except LookupError:
        raise IntakeError(f"--encoding {given.encoding} is not known") from None
    except csv.Error as error:
        raise IntakeError(f"{path}: {error}") from None


def losses(path: Path, names: list[str], rows: Iterator[list[str]], given: Given) -> Iterator[Document]:
    """The one document of a table that has no texts, but columns of days, places and numbers."""
    grid = [names, *islice(rows, MOST_ROWS)]
    width = len(names)
    told = told_lines([[*row, *[""] * width][:width] for row in grid], "", given.language)
    if not told:
        raise IntakeError(no_column(path, given.text_column, names, "--text-column"))
    if next(rows, None) is not None:
        raise IntakeError(f"{path} has more than {MOST_ROWS:,} rows of losses or incidents: split it")
    yield document_of("\n".join(told), str(path), given, taken_from=path.name)


def csv_rows(path: Path, rows: Any, wanted: dict[str, int], given: Given) -> Iterator[Document | Refused]:
    """The documents of the rows; those without a text, as spreadsheets leave below the last, are no documents."""
    for number, cells in rows:
        record = {name: cells[k] or None for name, k in wanted.items() if k < len(cells)}
        if any(c.strip() for c in cells):
            yield row_document(record, path, number, given)


def separator(path: Path, head: str) -> str:
    """What separates the columns: a tab for .tsv, else what the first row holds most of."""
    if path.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    return max((",", ";", "\t"), key=head.count)


def wanted_columns(path: Path, names: list[str], given: Given) -> dict[str, int]:
    """The columns that mean something here, by name; those that the person named must be there."""
    places = {name: k for k, name in reversed(list(enumerate(names))) if name}
    if given.text_column not in places:
        raise IntakeError(no_column(path, given.text_column, names, "--text-column"))
    if given.date_column is not None and given.date_column not in places:
        raise IntakeError(no_column(path, given.date_column, names, "--date-column"))
    for name in names:
        if hint := hint_of_day(places, given, name):
            pass_over(given, f"{path}: the column {name!r} was ignored{hint}")
    known = KNOWN_KEYS - {"text", "published"} | {given.text_column, given.date_column or "published"}
    return {name: k for name, k in places.items() if name in known}


def no_column(path: Path, name: str, names: list[str], option: str) -> str:
    """The line for a column that is not there."""
    shown = ", ".join(n for n in names[:20] if n) or "none"
    return f"{path} has no column {name!r}; its columns are {shown[:300]}. Name the one meant: {option} NAME"


def row_document(record: dict[str, Any], path: Path, number: int, given: Given) -> Document | Refused:
    """The document of one row, or why it is none."""
    where = f"{path}: row {number}"
    text = record.get(given.text_column)
    try:
        if not isinstance(text, str) or not text.strip():
            return Refused(f"{where}: `{given.text_column}` is empty")
        return record_document(record, where, given, f"{path.name}, row {number}")
    except IntakeError as error:
        return Refused(str(error))


def read_parquet(path: Path, given: Given) -> Iterator[Document | Refused]:
    """The documents of a Parquet file, a few hundred rows held at a time; its first row is row 1."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise missing_library(str(path), "Parquet files") from None
    try:
        with ParquetFile(path) as file:
            wanted = wanted_columns(path, list(file.schema_arrow.names), given)
            check_groups(path, file.metadata)
            number = 0
            for batch in file.iter_batches(AT_ONCE, columns=list(wanted)):
                for record in batch.to_pylist():
                    number += 1
                    yield row_document(plain(record), path, number, given)
            if not number:
                raise IntakeError(f"{path} is empty")
    except (ArrowException, OSError, UnicodeDecodeError) as error:
        raise IntakeError(f"{path} is no sound Parquet file: {' '.join(str(error).split())[:200]}") from None


def check_groups(path: Path, about: Any) -> None:
    """Refuses a file of which one group of rows is too large to unpack."""
    for k in range(about.num_row_groups):
        if about.row_group(k).total_byte_size > LARGEST_GROUP:
            raise IntakeError(f"{too_long(str(path))}: row group {k + 1} unpacks to more than {LARGEST_GROUP:,} bytes")


def plain(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose times are text, as in the other tables."""
    return {k: v if v is None or isinstance(v, (str, int)) else str(v) for k, v in record.items()}
