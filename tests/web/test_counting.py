"""Long counts: made in a process of their own, waited for a moment, refused where too many are asked for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from saksi import Ledger
from saksi.errors import UsageError
from saksi.ledger.judgements import Judgement, judge
from saksi.publish import tallying
from saksi.publish.counting import BusyError, Counting
from saksi.publish.desk import Desk
from saksi.publish.tallying import TallyAsked, find_tallies, glance, key_of, options_of
from saksi.reconcile.tallies import Tally

ASKED = TallyAsked(kind="kill", country="ID", without=("attacker",), by=("month",))


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[Desk]:
    """A ledger of the examples, asked by nobody else."""
    copy = tmp_path / "war.db"
    copy.write_bytes(filled.read_bytes())
    made = Desk(Ledger.open(copy))
    yield made
    made.counting.stop()
    made.ledger.close()


def test_a_count_elsewhere_is_the_count_here(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    here = find_tallies(desk, ASKED)
    desk.answers.clear()
    monkeypatch.setattr(tallying, "MANY", 0)
    assert find_tallies(desk, ASKED) == here
    assert desk.recalled(key_of(ASKED)) == here


def test_a_page_does_not_wait_for_a_long_count(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that numbers are being counted, loads itself again, and then has them."""
    monkeypatch.setattr(tallying, "MANY", 0)
    monkeypatch.setattr(tallying, "MOMENT", 0.0)
    page = client.get("/tally?kind=kill&country=ID").text
    assert "Being counted" in page
    assert 'http-equiv="refresh"' in page
    for _ in range(200):
        if "Being counted" not in (page := client.get("/tally?kind=kill&country=ID").text):
            break
        time.sleep(0.1)
    assert "if all of them are right" in page
    told = client.get("/api/tally?kind=kill&country=ID").json()["items"]
    assert told[-1]["of"] == "joint"


def test_a_question_is_told_to_the_command_as_it_was_asked() -> None:
    assert options_of(ASKED) == ["--kind=kill", "--not=attacker", "--country=ID", "--by=month"]
    assert options_of(TallyAsked(kind="kill", place="--ledger=x")) == ["--kind=kill", "--place=--ledger=x"]


def test_what_makes_no_sense_is_said_in_the_words_of_the_command(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallying, "MANY", 0)
    with pytest.raises(UsageError, match="no claim of this sort is placed at 'Atlantis'"):
        find_tallies(desk, TallyAsked(kind="kill", place="Atlantis"))


def test_too_many_long_counts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting("nowhere.db", None, lambda: 1)
    go_on = threading.Event()
    monkeypatch.setattr(counting, "run", lambda _: [] if go_on.wait() else None)
    assert [counting.glimpse(n, (), 0.0) for n in range(8)] == [None] * 8
    assert counting.glimpse(3, (), 0.0) is None  # the same question waits with the one that was asked before
    with pytest.raises(BusyError, match="ask again in a while"):
        counting.glimpse(8, (), 0.0)
    go_on.set()
    settle(counting)
    assert counting.count(8, ()) == []
    counting.stop()


def test_old_numbers_are_shown_while_newer_are_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where claims come in faster than a count takes, a page still has numbers, and says that they are not the last."""
    monkeypatch.setattr(tallying, "MANY", 0)
    before = find_tallies(desk, ASKED)
    assert before.current
    id, go_on = desk.index.ids[0], threading.Event()
    made = Judgement(verdict="wrong", claims=(id,), readings=("r",), by="Ana", on=date(2024, 5, 2))
    judge(desk.ledger, [desk.row(id)], [made])
    count = desk.counting.run
    monkeypatch.setattr(desk.counting, "run", lambda options: count(options) if go_on.wait(60) else [])
    shown = glance(desk, ASKED)
    assert shown is not None
    assert (shown.items, shown.current) == (before.items, False)
    go_on.set()
    settle(desk.counting)
    newest = glance(desk, ASKED)
    assert newest is not None
    assert newest.current
    assert newest == find_tallies(desk, ASKED)


def test_who_waits_for_a_count_is_told_what_the_ledger_holds_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A count that began before the newest change is waited for, and then another is made."""
    now = [1]
    counting = Counting("nowhere.db", None, lambda: now[0])
    counts: list[int] = []

    def run(_: list[str]) -> list[Tally]:
        counts.append(now[0])
        now[0] = 2  # somebody writes while the first is at work
        return []

    monkeypatch.setattr(counting, "run", run)
    counting.glimpse("long", (), 10.0)
    now[0] = 3
    counting.count("long", ())
    assert counts == [1, 3]
    counting.stop()


def settle(counting: Counting) -> None:
    """Waits until all counts came to their end."""
    for future in list(counting.under_way.values()):
        future.result(60)


def test_a_server_that_stops_ends_its_count(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/sleep")
    counting = Counting("war.db", None, lambda: 1)
    monkeypatch.setattr("subprocess.Popen", lambda command, **given: Sleeping())
    assert counting.glimpse("long", (), 0.2) is None
    counting.stop()
    with pytest.raises(UsageError, match="broken off"):
        counting.under_way["long"].result(10)


class Sleeping:
    """A process that sleeps until it is told to end."""

    pid = 2**22 + 1  # of no process: it stands back behind nobody

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.returncode: int | None = None

    def communicate(self) -> tuple[bytes, bytes]:
        """Waits for its end."""
        self.ended.wait()
        self.returncode = -15
        return b"", b""

    def poll(self) -> int | None:
        """Its outcome, None while it runs."""
        return self.returncode

    def terminate(self) -> None:
        """Ends it."""
        self.ended.set()


def test_glance_tells_what_is_counted_at_once(desk: Desk) -> None:
    assert glance(desk, TallyAsked(kind="kill", country="ID")) == find_tallies(
        desk, TallyAsked(kind="kill", country="ID")
    )
