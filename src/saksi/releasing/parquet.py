"""Claims as Parquet: each column with its type and its sentence of meaning, places and the like nested; and back.

Nothing is lost on the way: `rows_of_parquet` gives the same claims. Only what another reader would have put in a field
has no columns of its own, since it may be of any: it is JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate, chain, islice
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
        while group := list(islice(some, GROUP)):
            notes.rows += len(group)
            arrays = arrays_of(group, Row)
            writer.write_table(pa.Table.from_arrays(arrays, schema=columns))


def array_of(values: Sequence[Any], hint: Any) -> Any:
    """Values as an Arrow array: what is nested is taken apart into columns, since Arrow is slow at taking it apart."""
    pa, kind = arrow(), bare(hint)
    if get_origin(kind) is list:
        return list_of(values, get_args(kind)[0])
    if get_origin(kind) is dict:
        as_text = get_args(kind)[1] is Any
        made = [None if v is None else msgspec.json.encode(v).decode() if as_text else list(v.items()) for v in values]
        return pa.array(made, type_of(hint))
    if not issubclass(kind, msgspec.Struct):
        return pa.array(values, type_of(hint))
    absent = pa.array([v is None for v in values], pa.bool_())
    return pa.StructArray.from_arrays(arrays_of(values, kind), fields=list(type_of(hint)), mask=absent)


def arrays_of(values: Sequence[Any], record: Any) -> list[Any]:
    """An array of each field of some records; of one that is absent all fields are null."""
    hints = get_type_hints(record, include_extras=True)
    none = (None,) * len(hints)
    fields = zip(*(none if v is None else msgspec.structs.astuple(v) for v in values), strict=True)
    columns = list(fields) or [()] * len(hints)
    return [array_of(column, hint) for column, hint in zip(columns, hints.values(), strict=True)]


def list_of(values: Sequence[Sequence[Any]], hint: Any) -> Any:
    """Lists, none of which is null, as an Arrow array."""
    ends = arrow().array(accumulate(map(len, values), initial=0), arrow().int32())
    return arrow().ListArray.from_arrays(ends, array_of(list(chain.from_iterable(values)), hint))


def rows_of_parquet(path: Path) -> Iterator[Row]:
    """The claims of a file that was exported."""
    for batch in arrow("pyarrow.parquet").ParquetFile(path).iter_batches():
        for record in batch.to_pylist():
            for rival in record["rivals"]:
                rival["values"] = json.loads(rival["values"])
            record["readers"] = dict(record["readers"]) if record["readers"] is not None else None
            yield msgspec.convert(record, Row)
