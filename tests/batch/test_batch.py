"""A batch gives the same claims as `saksi read`, whatever dies on the way, and goes on where it stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from saksi import Ledger
from saksi.batch.distributed import read_by_daft
from saksi.batch.parts import Parts
from saksi.batch.plan import LINES_AT_ONCE, files_of, units_of
from saksi.batch.processes import Task, read_by_processes
from saksi.batch.run import Hands, run_batch
from saksi.batch.unit import How
from saksi.errors import UsageError
from saksi.intake.document import Given
from tests.batch.deadly import Deadly
from tests.batch.store import store
from tests.conftest import ROOT
from tests.intake import made
from tests.test_cli import saksi

ENGLISH = How(Given(language="en"))


def lines(path: Path, texts: list[str]) -> Path:
    """A file of JSON lines with these texts, long enough to be cut."""
    path.write_text(
        "".join(json.dumps({"id": str(n), "text": t, "pad": "x" * 600}) + "\n" for n, t in enumerate(texts))
    )
    return path


def soldiers(number: int) -> list[str]:
    """Texts that are all different."""
    return [f"{n + 2} soldiers were killed near Goma, the army said." for n in range(number)]


def archive(folder: Path) -> Path:
    """A folder with files of several kinds, one of them broken."""
    lines(folder / "many.jsonl", [*soldiers(LINES_AT_ONCE + 40), ""])
    (folder / "a.txt").write_text("Two rebels were killed in Sake.")
    (folder / "b.pdf").write_bytes(made.pdf([["Five rebels were killed in Sake on Friday."]]))
    (folder / "c.docx").write_bytes(b"PK\x03\x04 broken")
    pages = (made.page(f"{n} killed in Goma", f"{n} soldiers were killed in Goma.", "Nobody was hurt.") for n in (3, 4))
    (folder / "d.warc").write_bytes(b"".join(made.fetched(f"https://news.example/{n}", p) for n, p in enumerate(pages)))
    return folder


def test_a_batch_gives_row_for_row_what_reading_gives(tmp_path: Path) -> None:
    """In any number of processes, and once more by way of a ledger."""
    folder = archive(tmp_path)
    files = [str(p) for p in files_of([f"{folder}/*"])]
    read = saksi("read", *files, "--language", "en", "--format", "jsonl")
    expected = [json.loads(line) for line in read.stdout.splitlines()]
    done = saksi("batch", f"{folder}/*", "--language", "en", "--out", tmp_path / "out", "--workers", "2")
    assert (read.returncode, done.returncode) == (2, 2)
    assert "544 documents, " in done.stdout
    assert "2 set aside with their reasons" in done.stdout
    told = saksi("ledger", "import", tmp_path / "out", "--ledger", tmp_path / "war.db")
    assert told.stdout == f"{tmp_path / 'war.db'}: 544 documents, {len(expected)} claims added\n"
    rows = saksi("claims", "--ledger", tmp_path / "war.db", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(row) for row in rows] == expected
    saksi("read", *files, "--language", "en", "--ledger", tmp_path / "read.db")
    one, other = Ledger.open(tmp_path / "war.db"), Ledger.open(tmp_path / "read.db")
    assert (one.counts(), one.taken_from()) == (other.counts(), other.taken_from())
    again = saksi("ledger", "import", tmp_path / "out", "--ledger", tmp_path / "war.db")
    assert again.stdout.endswith("0 documents, 0 claims added\n")


def test_units_are_the_same_whoever_reads_them(tmp_path: Path) -> None:
    """Each line once, in order, with its own number."""
    path = lines(tmp_path / "many.jsonl", soldiers(2 * LINES_AT_ONCE + 1))
    units = list(units_of([path]))
    assert [(u.stretch.first, u.stretch.count) for u in units if u.stretch] == [(1, 500), (501, 500), (1001, 1)]
    run_batch([str(path)], tmp_path / "out", ENGLISH, Hands(1), resume=False)
    names = [r.document.taken_from for reads in Parts(tmp_path / "out").reads() for r in reads]
    assert names == [f"many.jsonl, line {n}" for n in range(1, 2 * LINES_AT_ONCE + 2)]


@pytest.mark.parametrize("engine", ["native", "ray"])
def test_every_engine_gives_the_same(engine: str, tmp_path: Path) -> None:
    """daft on its own engine, and on Ray where that is installed."""
    pytest.importorskip("daft" if engine == "native" else "ray")
    path = lines(tmp_path / "many.jsonl", [*soldiers(LINES_AT_ONCE + 40), ""])
    command = ("batch", path, "--language", "en", "--workers", "2", "--out")
    ours, theirs = saksi(*command, tmp_path / "ours"), saksi(*command, tmp_path / "theirs", "--engine", engine)
    assert (theirs.returncode, ours.returncode) == (2, 2), theirs.stderr
    assert list(Parts(tmp_path / "theirs").reads()) == list(Parts(tmp_path / "ours").reads())
    assert list(Parts(tmp_path / "theirs").aside()) == list(Parts(tmp_path / "ours").aside())


def test_an_engine_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "daft", None)
    path = lines(tmp_path / "a.jsonl", soldiers(2))
    with pytest.raises(UsageError, match="pip install 'saksi\\[daft\\]'"):
        run_batch([str(path)], tmp_path / "out", ENGLISH, Hands(1, read_by_daft), resume=False)


def test_what_breaks_kills_or_hangs_costs_itself_alone(tmp_path: Path) -> None:
    texts = soldiers(60)
    for number, word in ((7, "poison"), (20, "deadly"), (21, "deadly"), (40, "endless")):
        texts[number] = f"{word} number {number}"
    path, out = lines(tmp_path / "many.jsonl", texts), tmp_path / "out"
    parts = Parts(out)
    for name in ("claims", "documents", "aside", "done"):
        (out / name).mkdir(parents=True)
    task = Task(Deadly(Given(language="en")), out, longest=15)
    ((_, count),) = read_by_processes(list(units_of([path])), task, 2, lambda n: None)
    assert (count.documents, count.claims, count.aside) == (56, 56, 4)
    reasons = {a.where.partition(",")[2].split(",")[0].strip(): a.reason for a in parts.aside()}
    assert list(reasons) == ["line 8", "line 21", "line 22", "line 41"]
    assert reasons["line 8"] == "the reader fails on it: RecursionError: too deep"
    assert {reasons[k] for k in list(reasons)[1:]} == {"the process that was at it died or took too long"}


def test_a_batch_that_was_killed_goes_on_to_the_same_end(tmp_path: Path) -> None:
    """All processes are killed at half; what was whole is not read again."""
    path = lines(tmp_path / "many.jsonl", soldiers(6 * LINES_AT_ONCE))
    command = [sys.executable, "-c", "from saksi.cli import main; main()", "batch", str(path), "--language", "en",
               "--workers", "2", "--out"]  # fmt: skip
    out = tmp_path / "killed"
    running = subprocess.Popen([*command, str(out)], start_new_session=True)
    while running.poll() is None and len(list((out / "done").glob("*.json"))) < 3:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    whole = {p.name: p.stat().st_mtime_ns for p in (out / "done").glob("*.json")}
    assert 3 <= len(whole) < 6
    refused = subprocess.run([*command, str(out)], capture_output=True, text=True, check=False)
    assert (refused.returncode, "go on with --resume" in refused.stderr) == (2, True)
    subprocess.run([*command, str(out), "--resume"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*command, str(tmp_path / "whole")], check=True, stdout=subprocess.DEVNULL)
    assert list(Parts(out).reads()) == list(Parts(tmp_path / "whole").reads())
    assert len(Parts(out).done()) == 6
    assert {p.name: p.stat().st_mtime_ns for p in (out / "done").glob("*.json") if p.name in whole} == whole


def test_what_cannot_be_a_batch_is_one_line(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", soldiers(2))
    for names, out, message in (
        ([f"{tmp_path}/none*"], tmp_path / "out", "names no file"),
        ([str(tmp_path)], tmp_path / "out", "A folder is named with its files"),
        ([str(path)], ROOT / "docs", "is not empty, and holds no batch"),
    ):
        with pytest.raises(UsageError, match=message):
            run_batch(names, out, ENGLISH, Hands(1), resume=False)
    run_batch([str(path)], tmp_path / "out", ENGLISH, Hands(1), resume=False)
    path.write_text(path.read_text() * 2)
    with pytest.raises(UsageError, match="holds a batch of other files or options"):
        run_batch([str(path)], tmp_path / "out", ENGLISH, Hands(1), resume=True)
    done = saksi("ledger", "import", tmp_path / "none", "--ledger", tmp_path / "war.db")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "war.db").exists()


def test_what_was_forgotten_is_not_imported(tmp_path: Path) -> None:
    path, ledger = lines(tmp_path / "a.jsonl", soldiers(3)), tmp_path / "war.db"
    run_batch([str(path)], tmp_path / "out", ENGLISH, Hands(1), resume=False)
    saksi("read", path, "--language", "en", "--ledger", ledger)
    first = next(Ledger.open(ledger).claims()).document.id
    saksi("forget", first, "--by", "rina", "--ledger", ledger)
    done = saksi("ledger", "import", tmp_path / "out", "--ledger", ledger)
    assert done.stdout.endswith("0 documents, 0 claims added\n")
    assert Ledger.open(ledger).counts()["claims"] == 2


def test_objects_of_a_store_give_what_files_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By processes of ours as by daft; an object that cannot be taken in is set aside by its address."""
    folder = archive(tmp_path)
    objects = {f"archive/2024/{p.name}": p.read_bytes() for p in folder.iterdir()}
    run_batch([f"{folder}/*"], tmp_path / "files", ENGLISH, Hands(1), resume=False)
    with store(objects) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        run_batch(["s3://archive/2024/*"], tmp_path / "stored", ENGLISH, Hands(1), resume=False)
        with pytest.raises(UsageError, match="s3://archive/2025/\\*"):
            files_of(["s3://archive/2025/*"])
    told = [{row.id for some in Parts(tmp_path / out).reads() for read in some for row in read.rows}
            for out in ("files", "stored")]  # fmt: skip
    assert told[0] == told[1]
    assert len(told[0]) > LINES_AT_ONCE
    aside = [a for a in Parts(tmp_path / "stored").aside() if "c.docx" in a.reason]
    assert [a.reason.startswith("s3://archive/2024/c.docx is damaged") for a in aside] == [True]


def test_a_store_without_the_extra_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "daft", None)
    with pytest.raises(UsageError, match=r"s3:// and gs:// are read with an extra .* pip install 'saksi\[daft\]'"):
        files_of(["gs://archive/*.jsonl"])
