"""Rows in Parquet files, group by group, so that a file of any length is written and read with little memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from saksi.errors import IntakeError, LedgerError
from saksi.written import unfinished

Types = dict[str, str]  # of each column: whole, truth, date or text


class Table:
    """A Parquet file under way; it has its name only once it is whole."""

    def __init__(self, path: Path, types: Types) -> None:
        pa, pq = arrow()
        kinds = {"whole": pa.int64(), "truth": pa.bool_(), "date": pa.date32(), "text": pa.string()}
        self.schema = pa.schema([(name, kinds[type]) for name, type in types.items()])
        self.path, self.unfinished = path, unfinished(path)
        self.pa, self.writer = pa, pq.ParquetWriter(self.unfinished, self.schema, compression="zstd")

    def add(self, rows: list[dict[str, Any]]) -> None:
        """Adds rows, as a group of their own."""
        self.writer.write_table(self.pa.Table.from_pylist(rows, schema=self.schema), row_group_size=max(1, len(rows)))

    def close(self) -> None:
        """Ends the file and gives it its name."""
        self.writer.close()
        self.unfinished.replace(self.path)


def groups(path: Path) -> Iterator[list[dict[str, Any]]]:
    """The rows of a file of ours, group by group. Raises LedgerError for a damaged one."""
    pa, pq = arrow()
    try:
        with pq.ParquetFile(path) as file:
            for number in range(file.num_row_groups):
                yield file.read_row_group(number).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise LedgerError(f"{path} cannot be read: {' '.join(str(error).split())[:200]}") from None


def arrow() -> tuple[Any, Any]:
    """The library of Parquet files."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise IntakeError("Parquet needs an extra that is not installed: pip install 'saksi[files]'") from None
    return pyarrow, pyarrow.parquet
