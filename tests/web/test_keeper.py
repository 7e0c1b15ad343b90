"""What works behind the pages: it looks by itself, stands back, and holds nobody up who reads or judges."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from saksi import Ledger, Reader
from saksi.inquiry.queries import retell
from saksi.publish import keeper as keeping
from saksi.publish import tallying
from saksi.publish.keeper import Keeper
from saksi.publish.process import begun
from saksi.publish.tallying import Tallies
from saksi.registers.load import load_registers
from tests.stores.test_contract import TEXTS
from tests.stores.test_contract import put as put_text


def settle(fits: Callable[[], bool]) -> None:
    """Waits until something is so."""
    for _ in range(400):
        if fits():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come about")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A keeper that looks often."""
    monkeypatch.setattr(keeping, "LOOK", 0.05)
    monkeypatch.setattr(keeping, "REST", 0.0)


@pytest.mark.usefixtures("quick")
def test_it_notices_by_itself_what_others_read_in(tmp_path: Path, reader: Reader) -> None:
    ledger = Ledger.open(tmp_path / "war.db")
    heard: list[int] = []
    retold: list[int] = []
    keeper = Keeper(ledger, None, lambda: heard.append(len(heard)))

    def here() -> bool:
        retell(ledger, load_registers())
        retold.append(len(retold))
        return True

    keeper.retell = here  # type: ignore[method-assign]
    keeper.start()
    settle(lambda: len(heard) == 1)
    put_text(Ledger.open(tmp_path / "war.db"), reader)  # another process: nobody wakes it
    settle(lambda: len(heard) == 2)
    keeper.stop()
    keeper.join(10)
    assert len(retold) == len(heard)


@pytest.mark.usefixtures("quick")
def test_what_failed_is_tried_again_when_something_changed(tmp_path: Path, reader: Reader) -> None:
    """Not again and again on the same claims: whatever is wrong with them would be wrong again."""
    ledger = Ledger.open(tmp_path / "war.db")
    tried: list[int] = []
    put_text(ledger, reader)
    keeper = Keeper(ledger, None, lambda: None)

    def fails() -> bool:
        tried.append(len(tried))
        return False

    keeper.retell = fails  # type: ignore[method-assign]
    keeper.start()
    settle(lambda: len(tried) == 1)
    time.sleep(0.5)
    assert len(tried) == 1
    put_text(ledger, reader, TEXTS[1], "b")
    settle(lambda: len(tried) == 2)
    keeper.stop()
    keeper.join(10)


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="this system has no such priorities")
def test_another_process_stands_back_behind_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/sleep")
    monkeypatch.setattr("saksi.publish.process.COMMAND", ("20",))
    process = begun([], "war.db", None, 3)
    told = os.getpriority(os.PRIO_PROCESS, process.pid) - os.getpriority(os.PRIO_PROCESS, 0)
    process.kill()
    process.wait()
    assert told == min(3, 19 - os.getpriority(os.PRIO_PROCESS, 0))


def test_who_judges_waits_for_no_long_question(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tallies that take long fill the lane of what is slow; a judgement is kept at once all the same."""
    go_on, at_work = threading.Event(), threading.Semaphore(0)

    def slowly(*_: object) -> Tallies:
        at_work.release()
        go_on.wait(30)
        return Tallies([])

    monkeypatch.setattr(tallying, "at_once", slowly)
    claim = client.get("/claims.json?size=1").json()["items"][0]["id"]
    base = str(client.base_url)
    asking = [threading.Thread(target=httpx.get, args=(f"{base}/api/tally?kind={kind}",), kwargs={"timeout": 60})
              for kind in ("kill", "injure")]  # fmt: skip
    for each in asking:
        each.start()
    assert all(at_work.acquire(timeout=20) for _ in asking)
    answer = client.post("/api/judgements", json={"claims": [claim], "verdict": "accepted"}, timeout=10)
    still_at_work = all(each.is_alive() for each in asking)
    go_on.set()
    for each in asking:
        each.join(30)
    assert (answer.status_code, still_at_work) == (201, True)
