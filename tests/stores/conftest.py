"""The places a ledger may live in: a file, and a real PostgreSQL server that the tests start."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from saksi import Ledger
from tests.conftest import missing

Places = Callable[[], str]


def program(name: str) -> str | None:
    """A program of PostgreSQL: on the path, or where Debian keeps it."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


def as_server(*command: str) -> None:
    """Runs a command as the user that servers run as; PostgreSQL refuses to be run by root."""
    prefix = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    subprocess.run([*prefix, *command], check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, without a database name."""
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    if initdb is None or pg_ctl is None:
        missing("PostgreSQL (Debian: apt install postgresql)")
        return
    folder = Path(tempfile.mkdtemp(prefix="saksi-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = str(folder / "data")
    as_server(initdb, "-D", data, "-A", "trust", "-U", "saksi", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    as_server(pg_ctl, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    yield f"postgresql://saksi@127.0.0.1:{port}"
    as_server(pg_ctl, "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str, name: str) -> str:
    """A new empty database of the server, by its address."""
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as db:
        db.execute(f'CREATE DATABASE "{name}"'.encode())
    return f"{server}/{name}"


@pytest.fixture(params=["file", "server"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    """Makes addresses of new ledgers, of one sort of place for each run of a test."""
    made: list[str] = []
    server = request.getfixturevalue("server") if request.param == "server" else None

    def address() -> str:
        name = f"{abs(hash(str(tmp_path))):x}_{len(made)}"
        made.append(name)
        return new_database(server, name) if server else str(tmp_path / f"{name}.db")

    return address


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Closes each ledger that a test has opened."""
    opened: list[Ledger] = []
    open_one = Ledger.open

    def remembered(address: str | Path, *, create: bool = True) -> Ledger:
        opened.append(open_one(address, create=create))
        return opened[-1]

    monkeypatch.setattr(Ledger, "open", remembered)
    yield
    for each in opened:
        each.close()


@pytest.fixture
def ledger(places: Places) -> Ledger:
    """An empty ledger."""
    return Ledger.open(places())
