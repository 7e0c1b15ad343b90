"""What a server writes down of those who use it: no password, session, token, and no word of what they ask or send."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx

from saksi import Ledger
from saksi.ledger.people import Person, new_token, put_person
from tests.web.conftest import TODAY
from tests.web.test_access import log_in

PASSWORD, WORD = "correct horse battery staple", "Yosefina"


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def served(ledger: Path, log: Path, port: int) -> subprocess.Popen[bytes]:
    """A server that is open to others, once it answers; all that it writes goes to one file."""
    command = [
        sys.executable,
        "-m",
        "saksi",
        "serve",
        "--ledger",
        str(ledger),
        "--host",
        "0.0.0.0",
        "--port",
        str(port),
    ]
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out)
    for _ in range(400):
        try:
            httpx.get(f"http://127.0.0.1:{port}/login")
            return server
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(log.read_text())


def test_no_secret_is_written_down(filled: Path, tmp_path: Path) -> None:
    """Logins that fail and succeed, tokens good and bad, questions, texts, and a ledger that breaks meanwhile."""
    path, log, port = tmp_path / "team.db", tmp_path / "log", free_port()
    path.write_bytes(filled.read_bytes())
    ledger = Ledger.open(path)
    put_person(ledger, Person("Ana", "admin"), PASSWORD)
    token = new_token(ledger, "Ana", "a script", TODAY)
    ledger.close()
    server = served(path, log, port)
    alone = httpx.Limits(max_keepalive_connections=0)  # a server that fails hangs up
    statuses, secrets = [], [PASSWORD, token, WORD, "wrong-password", "wrong-token"]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", limits=alone) as client:
        for password in ("wrong-password", PASSWORD):
            log_in(client, "Ana", password)
        secrets += [value for value in client.cookies.values() if len(value) > 8]
        bearer = {"authorization": f"Bearer {token}"}
        for _ in range(2):
            for headers in (bearer, {"authorization": "Bearer wrong-token"}, {}):
                for path_asked in (f"/claims.json?words={WORD}&token={token}", f"/api/claims?sentence={WORD}",
                                   f"/claims?words={WORD}", f"/api/tally?kind={WORD}"):  # fmt: skip
                    statuses.append(client.get(path_asked, headers=headers).status_code)
            made = {"text": f"{WORD} was killed in Kabul.", "language": "en"}
            statuses.append(client.post("/api/documents", json=made, headers=bearer).status_code)
            with sqlite3.connect(path) as db:  # the second time round all fails inside
                db.execute("DROP TABLE IF EXISTS search")
                db.execute("DROP TABLE IF EXISTS sentences")
            db.close()
    server.send_signal(signal.SIGINT)
    server.wait(timeout=30)
    written = log.read_text("utf-8", "replace")
    assert len(secrets) > 5  # the session too
    assert {200, 401, 422, 500} <= set(statuses)
    assert "Traceback" in written or "Error" in written
    assert [each for each in secrets if each in written] == []
