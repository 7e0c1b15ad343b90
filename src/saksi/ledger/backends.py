"""Where a ledger lives: an SQLite file for one laptop, a PostgreSQL database for a team.

Both hold the same tables. What differs is said here and nowhere else: how to connect, how to hold off
other writers, how words are searched, and how erased words leave the disk.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from saksi.errors import LedgerError
from saksi.ledger import schema

LOCK = 0x5A4B5349  # the advisory lock of writers, and the mark of an SQLite file of ours
PHRASE = re.compile(r'"([^"]*)"|(\S+)')


class Backend(Protocol):
    """What the store asks of the place that a ledger lives in; its address opens it again, its name hides secrets."""

    name: str
    path: Path | None
    address: str

    def engine(self) -> sa.Engine:
        """Connections to it, made when first used."""

    def changing(self, engine: sa.Engine) -> sa.Engine:
        """The same connections, for what must be done as one or not at all."""

    def is_there(self) -> bool:
        """Whether there is anything to open."""

    def is_blank(self, db: sa.Connection) -> bool:
        """Whether it holds no table yet. Raises LedgerError where it is somebody else's."""

    def make_search(self, db: sa.Connection) -> None:
        """Makes the tables of words, and marks the ledger as ours."""

    def index_sentences(self, db: sa.Connection, after: int) -> None:
        """Puts the sentences of claims that came after a number into the table of their words."""

    def index_anew(self, db: sa.Connection) -> None:
        """Makes the table of sentences' words anew, so that it holds no word that no claim has."""

    def hold(self, db: sa.Connection) -> None:
        """Holds off other writers until this transaction ends."""

    def matching(self, words: str) -> sa.TextClause:
        """The statement that selects the documents with all of these words; "quoted words" stand together."""

    def saying(self, words: str) -> sa.TextClause:
        """The statement that selects the numbers of the claims whose sentences have all of these words."""

    def scrub(self, engine: sa.Engine) -> None:
        """Makes sure that what was deleted has left the disk."""

    def serve(self, engine: sa.Engine) -> None:
        """Makes ready for many readers and writers at once."""

    def settle(self, engine: sa.Engine) -> None:
        """Lets the database look at what it holds now, after much was put into it."""


class File:
    """A ledger in an SQLite file."""

    def __init__(self, path: Path) -> None:
        self.path: Path | None = path
        self.name = self.address = str(path)

    def engine(self) -> sa.Engine:
        """Connections that wait for other writers and overwrite what they delete."""
        engine = sa.create_engine(sa.URL.create("sqlite", database=self.name), hide_parameters=True)
        sa.event.listen(engine, "connect", set_pragmas)
        return engine

    def changing(self, engine: sa.Engine) -> sa.Engine:
        """As they are."""
        return engine

    def is_there(self) -> bool:
        """Whether the file exists. Raises LedgerError for a directory."""
        if Path(self.name).is_dir():
            raise LedgerError(f"{self.name} is a directory, not a ledger")
        return Path(self.name).exists()

    def is_blank(self, db: sa.Connection) -> bool:
        """Whether the file holds no table at all; one that is not marked as ours is refused."""
        if not db.execute(sa.text("SELECT 1 FROM sqlite_master LIMIT 1")).first():
            return True
        if db.execute(sa.text("PRAGMA application_id")).scalar() != LOCK:
            raise LedgerError(f"{self.name} is not a Saksi ledger")
        return False

    def make_search(self, db: sa.Connection) -> None:
        """Full-text tables that fold accents; that of sentences keeps no text of its own. The mark is the file's id."""
        fold = "tokenize='unicode61 remove_diacritics 2'"
        view = "SELECT number, json_extract(sentence, '$.text') AS sentence FROM claims"
        told = "sentence, content='claim_sentences', content_rowid='number'"
        for statement in (
            f"CREATE VIRTUAL TABLE search USING fts5(document UNINDEXED, title, text, {fold})",
            f"CREATE VIEW claim_sentences AS {view}",
            f"CREATE VIRTUAL TABLE sentences USING fts5({told}, {fold})",
            f"PRAGMA application_id = {LOCK}",
        ):
            db.execute(sa.text(statement))

    def index_sentences(self, db: sa.Connection, after: int) -> None:
        """From the view that the table reads."""
        into = "INSERT INTO sentences (rowid, sentence) SELECT number, sentence FROM claim_sentences"
        db.execute(sa.text(f"{into} WHERE number > :after"), {"after": after})

    def index_anew(self, db: sa.Connection) -> None:
        """SQLite's own command."""
        db.execute(sa.text("INSERT INTO sentences (sentences) VALUES ('rebuild')"))

    def hold(self, db: sa.Connection) -> None:
        """Takes the file's write lock at once: one taken late fails where another writer came between."""
        db.exec_driver_sql("BEGIN IMMEDIATE")

    def matching(self, words: str) -> sa.TextClause:
        """Each word is quoted, so that no character of it is an operator."""
        statement = sa.text("SELECT document FROM search WHERE search MATCH :words")
        return statement.bindparams(words=quoted(words))

    def saying(self, words: str) -> sa.TextClause:
        """The same of sentences."""
        statement = sa.text("SELECT rowid FROM sentences WHERE sentences MATCH :words")
        return statement.bindparams(words=quoted(words))

    def scrub(self, engine: sa.Engine) -> None:
        """Merges the indexes of words, empties the log of writes, and writes the file anew."""
        rebuilt = [f"INSERT INTO {table} ({table}) VALUES ('rebuild')" for table in ("search", "sentences")]
        emptied = "PRAGMA wal_checkpoint(TRUNCATE)"
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            for step in (*rebuilt, emptied, "VACUUM", emptied):
                db.exec_driver_sql(step)

    def serve(self, engine: sa.Engine) -> None:
        """Has writes go to a log beside the file first, so that nobody who reads is held up."""
        with engine.connect() as db:
            db.exec_driver_sql("PRAGMA journal_mode = WAL")

    def settle(self, engine: sa.Engine) -> None:
        """SQLite's plans need no figures here."""


class Server:
    """A ledger in a PostgreSQL database, by its address: postgresql://user@host/database."""

    def __init__(self, address: str) -> None:
        try:
            self.url = sa.make_url(address).set(drivername="postgresql+psycopg")
        except (sa.exc.ArgumentError, ValueError):
            raise LedgerError("--ledger: not an address of PostgreSQL, like postgresql://user@host/database") from None
        self.path: Path | None = None
        self.address = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self.name = self.url.set(drivername="postgresql", password=None).render_as_string()
        # an address may be longer than a tree takes; said with the table, it would load PostgreSQL for files too
        schema.by_url.kwargs["postgresql_using"] = "hash"

    def engine(self) -> sa.Engine:
        """Connections that are looked at before use, since servers are restarted; each question is asked by itself."""
        try:
            return sa.create_engine(self.url, isolation_level="AUTOCOMMIT", pool_pre_ping=True, pool_size=10,
                                    max_overflow=10, hide_parameters=True)  # fmt: skip
        except ImportError:
            raise LedgerError("PostgreSQL needs one more package: pip install 'saksi[pg]'") from None

    def changing(self, engine: sa.Engine) -> sa.Engine:
        """In transactions."""
        return engine.execution_options(isolation_level="READ COMMITTED")

    def is_there(self) -> bool:
        """A server is asked when it is connected to."""
        return True

    def is_blank(self, db: sa.Connection) -> bool:
        """Whether our tables are not there yet; tables of the same names that are not ours are refused."""
        there = set(sa.inspect(db).get_table_names())
        if schema.meta.name in there:
            return False
        taken = sorted(there & set(schema.metadata.tables))
        if taken:
            raise LedgerError(f"{self.name} holds tables of another program ({', '.join(taken)}): take an empty one")
        return True

    def make_search(self, db: sa.Connection) -> None:
        """Tables of words with indexes over both languages; no language's endings are cut."""
        made = "to_tsvector('simple', coalesce(title, '') || ' ' || text)"
        for statement in (
            f"CREATE TABLE search (document TEXT PRIMARY KEY, title TEXT, text TEXT, "
            f"words TSVECTOR GENERATED ALWAYS AS ({made}) STORED)",
            "CREATE INDEX search_words ON search USING gin (words)",
            "CREATE TABLE sentences (claim INTEGER PRIMARY KEY, words TSVECTOR NOT NULL)",
            "CREATE INDEX sentences_words ON sentences USING gin (words)",
        ):
            db.execute(sa.text(statement))

    def index_sentences(self, db: sa.Connection, after: int) -> None:
        """Their words alone."""
        words = "to_tsvector('simple', CAST(sentence AS json) ->> 'text')"
        into = f"INSERT INTO sentences (claim, words) SELECT number, {words} FROM claims"
        db.execute(sa.text(f"{into} WHERE number > :after"), {"after": after})

    def index_anew(self, db: sa.Connection) -> None:
        """All rows are put in again."""
        db.execute(sa.text("DELETE FROM sentences"))
        self.index_sentences(db, 0)

    def hold(self, db: sa.Connection) -> None:
        """Takes the advisory lock of writers; it is given back with the transaction."""
        db.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})

    def matching(self, words: str) -> sa.TextClause:
        """The server's own parser of what people type."""
        statement = "SELECT document FROM search WHERE words @@ websearch_to_tsquery('simple', :words)"
        return sa.text(statement).bindparams(words=quoted(words))

    def saying(self, words: str) -> sa.TextClause:
        """The same of sentences."""
        statement = "SELECT claim FROM sentences WHERE words @@ websearch_to_tsquery('simple', :words)"
        return sa.text(statement).bindparams(words=quoted(words))

    def scrub(self, engine: sa.Engine) -> None:
        """Writes the tables anew, so that no dead row keeps the words."""
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            for table in ("search", "sentences", *sorted(schema.metadata.tables)):
                db.execute(sa.text(f'VACUUM FULL "{table}"'))

    def serve(self, engine: sa.Engine) -> None:
        """A server is made for it."""

    def settle(self, engine: sa.Engine) -> None:
        """Figures for its plans, which it would make by itself only later."""
        with engine.connect() as db:
            db.execute(sa.text("ANALYZE"))


def backend_of(address: str | Path) -> Backend:
    """The backend that an address names: `postgresql://…`, else a file."""
    text = str(address)
    if "://" not in text:
        return File(Path(text))
    if text.partition("://")[0] not in ("postgresql", "postgres"):
        raise LedgerError("--ledger: a file, or an address like postgresql://user@host/database")
    return Server(text.replace("postgres://", "postgresql://", 1))


def phrases(words: str) -> list[str]:
    """The words and quoted phrases that people type into a search field."""
    found = [(quoted or word).replace('"', " ").strip() for quoted, word in PHRASE.findall(words.replace("\0", " "))]
    return [phrase for phrase in found if phrase]


def quoted(words: str) -> str:
    """Words as both kinds of server take them: each in quotation marks; none at all find nothing."""
    return " ".join(f'"{phrase}"' for phrase in phrases(words)) or '""'


def set_pragmas(connection: Any, _: Any) -> None:
    """Waits for other writers, and overwrites deleted content with zeros."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()
