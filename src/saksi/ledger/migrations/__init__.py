"""Brings the tables of an older ledger up to date, step by step; what they hold is kept.

Each step is an Alembic script in `versions/`, numbered like the tables' version that it makes. The ledger
says in `saksi_meta` which version it has, so nothing of Alembic is loaded where there is nothing to do.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from saksi.ledger import schema


def migrate(db: sa.Connection, to: int = schema.VERSION) -> None:
    """Takes a ledger from the version it has to another one, within the transaction given."""
    from alembic import command
    from alembic.config import Config

    key = schema.meta.c.key == "schema"
    version = int(db.execute(sa.select(schema.meta.c.value).where(key)).scalar() or 0)
    if version >= to:
        return
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = db
    command.stamp(config, f"{version:04}" if version else "base", purge=True)
    command.upgrade(config, f"{to:04}")
    db.execute(schema.meta.update().where(key).values(value=str(to)))
