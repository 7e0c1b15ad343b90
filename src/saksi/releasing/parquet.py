"""Claims as Parquet: each column with its type and its sentence of meaning, places and the like nested; and back.

Nothing is lost on the way: `rows_of_parquet` gives the same claims. Only what another reader would have put in a field
has no columns of its own, since it may be of any: it is JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, BinaryIO, Union, get_args, get_origin, get_type_hints

import msgspec

from saksi.ledger.columns import Row
from saksi.releasing.codebook import meaning
from saksi.releasing.extras import library
from saksi.releasing.notes import Notes
from saksi.version import __version__

GROUP = 10_000  # claims that are written at once


def arrow(module: str = "pyarrow") -> Any:
    """The library."""
    return library(module, "--as parquet", "share")


def schema() -> Any:
    """The columns of a claim with their types and meanings."""
    pa = arrow()
    fields = [
        pa.field(name, type_of(hint), nullable=is_open(hint), metadata={"description": meaning(hint)})
        for name, hint in get_type_hints(Row, include_extras=True).items()
    ]
    return pa.schema(fields, metadata={"description": "claims of a ledger, one a row", "saksi": __version__})


def bare(hint: Any) -> Any:
    """A hint without its meaning and without None."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) in (Union, UnionType):
        hint = next(each for each in get_args(hint) if each is not type(None))
    return hint


def is_open(hint: Any) -> bool:
    """Whether a column may be null."""
    return type(None) in get_args(get_args(hint)[0] if get_origin(hint) is Annotated else hint)


def type_of(hint: Any) -> Any:
    """The Arrow type of a column."""
    pa, hint = arrow(), bare(hint)
    scalars = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}
    if hint in scalars:
        return scalars[hint]
    if get_origin(hint) is list:
        return pa.list_(type_of(get_args(hint)[0]))
    if get_origin(hint) is dict:
        key, value = get_args(hint)
        return pa.string() if value is Any else pa.map_(type_of(key), type_of(value))
    return pa.struct([pa.field(name, type_of(each)) for name, each in get_type_hints(hint).items()])


def write_parquet(stream: BinaryIO, rows: Iterable[Row], notes: Notes) -> None:
    """Claims, some thousands at a time."""
    pa, columns = arrow(), schema()
    with arrow("pyarrow.parquet").ParquetWriter(stream, columns, compression="zstd") as writer:
        some = iter(rows)
        while group := [record_of(row) for row in islice(some, GROUP)]:
            notes.rows += len(group)
            writer.write_table(pa.Table.from_pylist(group, schema=columns))


def record_of(row: Row) -> dict[str, Any]:
    """A claim as Arrow takes it."""
    record: dict[str, Any] = msgspec.to_builtins(row, builtin_types=(date,))
    for rival in record["rivals"]:
        rival["values"] = msgspec.json.encode(rival["values"]).decode()
    record["readers"] = list(record["readers"].items()) if record["readers"] is not None else None
    return record


def rows_of_parquet(path: Path) -> Iterator[Row]:
    """The claims of a file that was exported."""
    for batch in arrow("pyarrow.parquet").ParquetFile(path).iter_batches():
        for record in batch.to_pylist():
            for rival in record["rivals"]:
                rival["values"] = json.loads(rival["values"])
            record["readers"] = dict(record["readers"]) if record["readers"] is not None else None
            yield msgspec.convert(record, Row)
