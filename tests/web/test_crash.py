"""A server that is killed in the middle of many judgements loses none that it has acknowledged, and halves none."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

from saksi import Ledger
from saksi.ledger.judgements import judgements

JUDGEMENTS, PEOPLE, ENOUGH = 1000, 16, 250


def start(path: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A server in a process of its own, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "saksi", "serve", "--ledger", str(path), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    base = f"http://127.0.0.1:{port}"
    for _ in range(400):
        try:
            httpx.get(base + "/api/openapi.json")
            return server, base
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def test_killed_while_a_thousand_judgements_come_in(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "war.db"
    path.write_bytes(filled.read_bytes())
    server, base = start(path)
    ids = [c["id"] for c in httpx.get(base + "/claims.json?size=500").json()["items"]]
    kept: list[str] = []

    def judge(person: int) -> None:
        with httpx.Client(base_url=base, timeout=30) as client:
            for n in range(person, JUDGEMENTS, PEOPLE):
                made = {"claims": [ids[n % len(ids)]], "verdict": "accepted", "note": f"number {n}"}
                try:
                    answer = client.post("/api/judgements", json=made)
                except httpx.TransportError:
                    return
                if answer.status_code == 201:
                    kept.append(f"number {n}")

    people = [threading.Thread(target=judge, args=(n,)) for n in range(PEOPLE)]
    for person in people:
        person.start()
    while len(kept) < ENOUGH:
        time.sleep(0.005)
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    for person in people:
        person.join()
    again, base = start(path)
    assert httpx.get(base + "/review.json").status_code == 200
    os.killpg(again.pid, signal.SIGKILL)
    again.wait()
    ledger = Ledger.open(path)
    made = judgements(ledger)
    ledger.close()
    notes = [str(each.note) for each in made]
    assert len(kept) < JUDGEMENTS  # it was killed before all were in
    assert set(kept) <= set(notes)
    assert len(notes) == len(set(notes))
    assert all(each.readings and each.by and each.verdict == "accepted" for each in made)
