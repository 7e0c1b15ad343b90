"""Long counts: made in a process of their own, waited for a moment, refused where too many are asked for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from saksi import Ledger
from saksi.errors import UsageError
from saksi.publish import tallying
from saksi.publish.counting import BusyError, Counting
from saksi.publish.desk import Desk
from saksi.publish.tallying import TallyAsked, find_tallies, glance, options_of

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
    assert desk.recalled(("tally", *(getattr(ASKED, f) for f in TallyAsked.__struct_fields__))) == here


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
    counting = Counting("nowhere.db", None)
    go_on = threading.Event()
    monkeypatch.setattr(counting, "run", lambda _: go_on.wait() and [])
    assert [counting.count(n, (), 0.0) for n in range(8)] == [None] * 8
    assert counting.count(3, (), 0.0) is None  # the same question waits with the one that was asked before
    with pytest.raises(BusyError, match="ask again in a while"):
        counting.count(8, (), 0.0)
    go_on.set()
    assert counting.count(8, (), 10.0) == [] if settled(counting) else True
    counting.stop()


def settled(counting: Counting) -> bool:
    """Whether all counts came to their end."""
    for future in list(counting.under_way.values()):
        future.result(10)
    return True


def test_a_server_that_stops_ends_its_count(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/sleep")
    counting = Counting("war.db", None)
    monkeypatch.setattr("subprocess.Popen", lambda command, **given: Sleeping())
    assert counting.count("long", (), 0.2) is None
    counting.stop()
    with pytest.raises(UsageError, match="broken off"):
        counting.under_way["long"].result(10)


class Sleeping:
    """A process that sleeps until it is told to end."""

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
