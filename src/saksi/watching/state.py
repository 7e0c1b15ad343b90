"""What was seen of each feed and each of its items: a small SQLite file beside the ledger, so that watching resumes.

An item is kept before its page is fetched and is done only when the ledger has it, so that no crash loses one.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

import msgspec

from saksi.errors import LedgerError
from saksi.fetching.feeds import Item

TABLES = """
CREATE TABLE IF NOT EXISTS places (
  address TEXT PRIMARY KEY, moved TEXT, etag TEXT, modified TEXT, digest TEXT, due TEXT, failures INTEGER DEFAULT 0,
  problem TEXT);
CREATE TABLE IF NOT EXISTS items (
  source TEXT, key TEXT, link TEXT, title TEXT, published TEXT, words TEXT, seen TEXT,
  state TEXT DEFAULT 'waiting', due TEXT, tries INTEGER DEFAULT 0, problem TEXT, PRIMARY KEY (source, key));
CREATE INDEX IF NOT EXISTS items_waiting ON items (state, due);
CREATE INDEX IF NOT EXISTS items_by_link ON items (link);
"""


class Place(msgspec.Struct, kw_only=True):
    """A feed or page: where it has moved to, what the server said of the last version, when it is due, what ails it."""

    address: str
    moved: str | None = None
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None  # of the last body
    due: str | None = None
    failures: int = 0
    problem: str | None = None


class Waiting(msgspec.Struct, kw_only=True):
    """An item whose page is still to be read."""

    source: str
    key: str
    link: str | None
    title: str | None
    published: str | None
    words: str
    seen: str
    tries: int = 0


class State:
    """The file, open."""

    def __init__(self, path: Path) -> None:
        try:
            self.db = sqlite3.connect(path, isolation_level=None)
            self.db.row_factory = sqlite3.Row
            self.db.execute("PRAGMA busy_timeout = 10000")
            self.db.executescript(TABLES)
        except sqlite3.Error as error:
            raise LedgerError(f"{path}, where it is kept what was seen, cannot be used: {error}") from None

    def close(self) -> None:
        """Closes the file."""
        self.db.close()

    def place(self, address: str) -> Place:
        """What is known of a feed or page."""
        row = self.db.execute("SELECT * FROM places WHERE address = ?", (address,)).fetchone()
        return msgspec.convert(dict(row), Place) if row else Place(address=address)

    def keep(self, place: Place) -> None:
        """Keeps what is known of a feed or page now."""
        values = msgspec.structs.asdict(place)
        marks = ", ".join("?" * len(values))
        self.db.execute(f"INSERT OR REPLACE INTO places ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))

    def note(self, source: str, items: list[Item], now: datetime) -> int:
        """Keeps the items that are new, all or none; returns how many. Dates far ahead are a wrong clock, and left."""
        fresh = 0
        self.db.execute("BEGIN IMMEDIATE")
        for item in reversed(items):
            day = item.published.isoformat() if item.published and (item.published - now).days < 1 else None
            same = "SELECT 1 FROM items WHERE link IS NOT NULL AND link = ? AND title IS ?"
            twice = self.db.execute(same, (item.link, item.title)).fetchone() is not None
            values = (source, item.key, item.link, item.title, day, item.words, now.isoformat(), now.isoformat(),
                      "same" if twice else "waiting")  # fmt: skip
            made = self.db.execute(
                "INSERT OR IGNORE INTO items (source, key, link, title, published, words, seen, due, state) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)  # fmt: skip
            fresh += made.rowcount
        self.db.execute("COMMIT")
        return fresh

    def knows(self, source: str) -> bool:
        """Whether any item of a source was seen before."""
        return self.db.execute("SELECT 1 FROM items WHERE source = ? LIMIT 1", (source,)).fetchone() is not None

    def waiting(self, now: datetime) -> list[Waiting]:
        """The items that are due, oldest first."""
        rows = self.db.execute(
            "SELECT source, key, link, title, published, words, seen, tries FROM items "
            "WHERE state = 'waiting' AND due <= ? ORDER BY seen, rowid LIMIT 500", (now.isoformat(),))  # fmt: skip
        return [msgspec.convert(dict(row), Waiting) for row in rows.fetchall()]

    def done(self, item: Waiting) -> None:
        """An item is in the ledger; its words are not kept any longer."""
        self.settle(item, "done", None)

    def given_up(self, item: Waiting, problem: str) -> None:
        """An item that cannot be had, with the reason."""
        self.settle(item, "given up", problem)

    def settle(self, item: Waiting, state: str, problem: str | None) -> None:
        """Ends with an item."""
        self.db.execute("UPDATE items SET state = ?, problem = ?, words = '', due = NULL WHERE source = ? AND key = ?",
                        (state, problem, item.source, item.key))  # fmt: skip

    def later(self, item: Waiting, due: datetime, problem: str) -> None:
        """Puts an item off."""
        self.db.execute("UPDATE items SET tries = tries + 1, due = ?, problem = ? WHERE source = ? AND key = ?",
                        (due.isoformat(), problem, item.source, item.key))  # fmt: skip

    def next_due(self) -> str | None:
        """When the next item that waits is due."""
        found = self.db.execute("SELECT min(due) FROM items WHERE state = 'waiting'").fetchone()[0]
        return str(found) if found else None

    def counts(self) -> dict[str, int]:
        """How many items are in which state."""
        return dict(self.db.execute("SELECT state, count(*) FROM items GROUP BY state ORDER BY state").fetchall())
