"""Where the ledgers that are killed live: a file that is copied, or databases that are made from a template."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from saksi import Ledger

WORDLESS = {
    "sqlite": "SELECT count(*) FROM claims WHERE number NOT IN (SELECT rowid FROM sentences)",
    "postgresql": "SELECT count(*) FROM claims WHERE number NOT IN (SELECT claim FROM sentences)",
}


class Place(Protocol):
    """What the rounds ask of the place that their ledgers live in."""

    base: str

    def copy(self) -> str:
        """The address of a fresh copy of the ledger to begin with; the copy before it is gone."""

    def calm(self) -> None:
        """Waits until nothing is left at work of a command that was killed."""


class Files:
    """A folder with the ledger to begin with and the one that is killed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.base = folder, str(folder / "base.db")

    def copy(self) -> str:
        """A copy of the file, without what an earlier one left beside it."""
        path = self.folder / "war.db"
        for old in self.folder.glob("war.db*"):
            old.unlink()
        shutil.copy(self.base, path)
        return str(path)

    def calm(self) -> None:
        """A file has nobody at work but the command."""


class Databases:
    """A server with the ledger to begin with and the one that is killed."""

    def __init__(self, server: str) -> None:
        self.server, self.base = server, f"{server}/base"
        self.ask('DROP DATABASE IF EXISTS "base" WITH (FORCE)', 'CREATE DATABASE "base"')

    def ask(self, *statements: str) -> list[tuple[object, ...]]:
        """Statements asked of the server itself; the rows of the last."""
        import psycopg

        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as db:
            for statement in statements:
                answer = db.execute(statement.encode())
            return list(answer) if answer.description else []

    def copy(self) -> str:
        """A database made as the first one is."""
        alone = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'base'"
        self.ask(alone, 'DROP DATABASE IF EXISTS "war" WITH (FORCE)', 'CREATE DATABASE "war" TEMPLATE "base"')
        return f"{self.server}/war"

    def calm(self) -> None:
        """The server ends a statement, or keeps a change, that it was told of before the command died."""
        at_work = "SELECT pid FROM pg_stat_activity WHERE datname = 'war'"
        for _ in range(1000):
            if not self.ask(at_work):
                return
            time.sleep(0.01)
        raise AssertionError("the server still works for a command that was killed")


def soundness(ledger: Ledger) -> str:
    """ "ok" where the database finds no fault in itself and each claim is found by the words of its sentence."""
    with ledger.engine.connect() as db:
        told = db.execute(sa.text("PRAGMA integrity_check")).scalar() if ledger.backend.path else "ok"
        lost = db.execute(sa.text(WORDLESS[ledger.engine.dialect.name])).scalar_one()
    return str(told) if not lost else f"{lost} claims cannot be found by their words"
