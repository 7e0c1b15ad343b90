"""Moves a ledger from one place to another, row for row: from a laptop's file to a team's server and back."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from saksi.errors import LedgerError
from saksi.ledger import schema
from saksi.ledger.store import Ledger

BATCH = 2_000
Progress = Callable[[str, int], None]


def copy(source: Ledger, target: Ledger, progress: Progress | None = None) -> dict[str, int]:
    """Copies every row of every table into a new ledger; returns how many of each. All or nothing.

    Raises LedgerError where the target holds anything.
    """
    if any(target.counts().values()):
        raise LedgerError(f"{target.name} is not empty. Copy into a new ledger")
    done: dict[str, int] = {}
    reading = source.backend.changing(source.engine)
    with reading.connect() as read, target.writing("Nothing was copied") as write:
        write.execute(schema.meta.delete())
        for table in schema.metadata.sorted_tables:
            done[table.name] = 0
            rows = read.execution_options(yield_per=BATCH).execute(sa.select(table).order_by(*order(table)))
            for some in rows.mappings().partitions(BATCH):
                write.execute(table.insert(), [dict(row) for row in some])
                done[table.name] += len(some)
                if progress is not None:
                    progress(table.name, done[table.name])
            if "number" in table.c and target.backend.path is None:
                go_on = (
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'number'), max(number)) FROM {table.name}"
                )
                write.execute(sa.text(go_on))
        write.execute(sa.text("INSERT INTO search (document, title, text) "
                              "SELECT id, coalesce(title, ''), text FROM documents WHERE text <> ''"))  # fmt: skip
        target.backend.index_sentences(write, 0)
    target.backend.settle(target.engine)
    return done


def order(table: sa.Table) -> list[sa.Column[object]]:
    """The order in which rows of a table are copied."""
    keys = list(table.primary_key.columns)
    return keys or list(table.columns)
