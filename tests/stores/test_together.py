"""Two processes that read into one ledger, and somebody who judges: no write is lost, nobody is turned away."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from saksi import Ledger
from saksi.ledger.judgements import judgements

EACH, JUDGED = 60, 5


def reports(path: Path, numbers: range) -> Path:
    """A file of short reports, each with one claim."""
    told = ({"id": str(n), "text": f"{n + 2} soldiers were killed in Kabul."} for n in numbers)
    path.write_text("".join(json.dumps(each) + "\n" for each in told), "utf-8")
    return path


def started(*words: str | Path) -> subprocess.Popen[str]:
    """A command that runs beside this test."""
    command = [sys.executable, "-c", "from saksi.cli import main; main()", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_readers_and_a_reviewer_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "war.db"
    started("read", reports(tmp_path / "first.jsonl", range(JUDGED)), "--ledger", path).communicate()
    ledger = Ledger.open(path)
    ids = [row.id for row in ledger.claims()]
    readers = [started("read", reports(tmp_path / f"{k}.jsonl", range(k * 100, k * 100 + EACH)), "--ledger", path)
               for k in (1, 2)]  # fmt: skip
    judges = [started("judge", id, "right", "--by", "rina", "--on", "2026-01-02", "--ledger", path) for id in ids]
    for process in (*readers, *judges):
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
    assert ledger.counts()["documents"] == JUDGED + 2 * EACH
    assert len(list(ledger.claims())) == JUDGED + 2 * EACH
    assert sorted(each.claims for each in judgements(ledger)) == sorted((id,) for id in ids)
    ledger.close()
