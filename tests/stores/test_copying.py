"""A ledger moves from a file to a server and back, row for row."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from saksi import Ledger, Query, Reader
from saksi.errors import LedgerError
from saksi.ledger import schema
from saksi.ledger.copying import copy
from saksi.ledger.people import Person, put_person
from tests.stores.conftest import Places
from tests.stores.test_removal import fill, put


def rows(ledger: Ledger) -> dict[str, list[str]]:
    """All rows of all tables."""
    with ledger.engine.connect() as db:
        return {t.name: sorted(str(r) for r in db.execute(sa.select(t))) for t in schema.metadata.sorted_tables
                if t.name != "saksi_meta"}  # fmt: skip


def test_a_ledger_is_the_same_after_going_there_and_back(places: Places, reader: Reader, tmp_path: Path) -> None:
    first = Ledger.open(tmp_path / "first.db")
    fill(first, reader)
    put_person(first, Person("Ana", "reviewer"), "correct horse battery")
    there, back = Ledger.open(places()), Ledger.open(tmp_path / "back.db")
    done = copy(first, there)
    copy(there, back)
    assert rows(first) == rows(there) == rows(back)
    assert done["documents"] == 1
    assert len(list(there.claims(Query(words="nurse")))) == len(list(first.claims(Query(words="nurse")))) > 0
    put(there, reader, "Four soldiers were killed in Mosul.", "later")  # the counters go on where they were
    assert there.counts()["documents"] == 2


def test_nothing_is_copied_over_what_is_there(places: Places, reader: Reader, tmp_path: Path) -> None:
    first, second = Ledger.open(tmp_path / "first.db"), Ledger.open(places())
    put(first, reader)
    put(second, reader, "Nine soldiers were killed.", "other")
    before = rows(second)
    with pytest.raises(LedgerError, match="not empty"):
        copy(first, second)
    assert rows(second) == before


def test_a_copied_ledger_is_known_to_its_server(places: Places, reader: Reader, tmp_path: Path) -> None:
    """Without figures of its tables PostgreSQL reads all claims to find one."""
    first, second = Ledger.open(tmp_path / "first.db"), Ledger.open(places())
    put(first, reader)
    copy(first, second)
    if second.backend.path is None:
        with second.engine.connect() as db:
            assert db.execute(sa.text("SELECT count(*) FROM pg_stats WHERE tablename = 'claims'")).scalar()
