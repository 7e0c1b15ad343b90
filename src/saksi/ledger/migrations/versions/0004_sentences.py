"""The words of claims' sentences, so that a claim is found by what it says and not by all of its document."""

from alembic import op

revision, down_revision = "0004", "0003"

SQLITE = (
    "CREATE VIEW IF NOT EXISTS claim_sentences AS "
    "SELECT number, json_extract(sentence, '$.text') AS sentence FROM claims",
    "CREATE VIRTUAL TABLE IF NOT EXISTS sentences USING fts5(sentence, content='claim_sentences', "
    "content_rowid='number', tokenize='unicode61 remove_diacritics 2')",
    "INSERT INTO sentences (sentences) VALUES ('rebuild')",
)
POSTGRESQL = (
    "CREATE TABLE IF NOT EXISTS sentences (claim INTEGER PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX IF NOT EXISTS sentences_words ON sentences USING gin (words)",
    "INSERT INTO sentences (claim, words) "
    "SELECT number, to_tsvector('simple', CAST(sentence AS json) ->> 'text') FROM claims",
)


def upgrade() -> None:
    """Makes the table and fills it."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
