"""A ledger that is damaged, locked, newer or out of bounds: one line that says so, and what was kept stays."""

from __future__ import annotations

import io
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from saksi import Ledger
from saksi.cli import main
from tests.conftest import missing
from tests.killed.rounds import lines, run

COMMANDS = (("claims",), ("tally", "--kind", "kill"), ("read", "report.txt"), ("reconcile",), ("explain", "c_"))
BOUND = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--")  # a superuser who may no longer do all


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, cache: None) -> Path:
    """A ledger with some claims that were reconciled."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "many.jsonl").write_text(lines(range(40)), "utf-8")
    run("read", str(folder / "many.jsonl"), "--ledger", str(folder / "war.db"))
    run("reconcile", "--ledger", str(folder / "war.db"))
    return folder / "war.db"


@pytest.fixture
def kept(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to be broken, with a report beside it."""
    (tmp_path / "report.txt").write_text("Nine soldiers were killed in Kabul.", "utf-8")
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(whole, tmp_path / "war.db"))


def said(patch: pytest.MonkeyPatch, *words: str | Path) -> tuple[int, str]:
    """The exit code of a command, and what it wrote to standard error."""
    patch.setattr(sys, "argv", ["saksi", *map(str, words)])
    patch.setattr(sys, "stdout", io.StringIO())
    patch.setattr(sys, "stderr", told := io.StringIO())
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0), told.getvalue()


def refused(patch: pytest.MonkeyPatch, *words: str | Path) -> str:
    """The one line of a command that ends with exit code 2."""
    code, told = said(patch, *words)
    assert (code, told.count("\n")) == (2, 1), told
    return told


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_damaged_ledger_is_a_line_or_read_as_it_is(
    words: tuple[str, ...], kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stretches of the file are overwritten at random: a command ends with an answer or with a line."""
    chance, sound, refusals = random.Random(words[0]), kept.read_bytes(), 0
    for _ in range(8):
        broken = bytearray(sound)
        for at in chance.sample(range(8192, len(sound) - 4096), 12):
            broken[at : at + 600] = chance.randbytes(600)
        kept.write_bytes(broken)
        code, told = said(monkeypatch, *words, "--ledger", kept)
        assert (code, told.count("\n")) == (2, 1) or code in (0, 1)
        refusals += code == 2
    assert refusals


def test_a_damaged_ledger_names_the_way_out(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(kept) as db:
        db.execute("UPDATE claims SET evidence = '{' WHERE number = 7")
    db.close()
    assert "saksi ledger copy" in refused(monkeypatch, "claims", "--ledger", kept)


@pytest.mark.parametrize("size", [3, 100, 5000, 40_000])
def test_a_ledger_that_was_cut_off_is_refused(size: int, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.write_bytes(kept.read_bytes()[:size])
    assert "is not a ledger" in refused(monkeypatch, "claims", "--ledger", kept)
    assert kept.stat().st_size == size


def test_a_ledger_of_a_newer_saksi_is_refused_and_left_alone(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(kept) as db:
        db.execute("UPDATE saksi_meta SET value = '99' WHERE key = 'schema'")
    db.close()
    before = kept.read_bytes()
    for words in COMMANDS:
        assert "newer Saksi" in refused(monkeypatch, *words, "--ledger", kept)
    assert kept.read_bytes() == before


def test_a_ledger_that_another_program_locks_is_one_line(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other writers are waited for; one that never lets go is named after a while, and nothing is written."""
    before = Ledger.open(kept).counts()
    holder = sqlite3.connect(kept)
    holder.execute("BEGIN IMMEDIATE")
    assert "locked" in refused(monkeypatch, "read", "report.txt", "--ledger", kept)
    holder.execute("ROLLBACK")
    holder.close()
    assert Ledger.open(kept).counts() == before


def test_a_folder_that_may_not_be_written_is_one_line(kept: Path) -> None:
    """The superuser may write everywhere, so the command runs as one who may not."""
    bound = BOUND if os.geteuid() == 0 else ()
    if bound and not shutil.which("setpriv"):
        missing("setpriv (Debian: util-linux)")
    before = kept.read_bytes()
    kept.chmod(0o444)
    kept.parent.chmod(0o555)
    code = (*bound, sys.executable, "-c", "from saksi.cli import main; main()")
    for ledger in ("war.db", "new.db"):
        done = subprocess.run([*code, "read", "report.txt", "--ledger", ledger], capture_output=True, text=True,
                              check=False)  # fmt: skip
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert f"{ledger} cannot be" in done.stderr
    kept.parent.chmod(0o755)
    assert kept.read_bytes() == before
    assert not Path("new.db").exists()
