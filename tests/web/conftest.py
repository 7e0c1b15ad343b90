"""A ledger of our own examples, served on this machine, for the tests of the page and the API."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import httpx
import pytest
import uvicorn

from saksi import Ledger, Reader, rows_of
from saksi.commands.serving import HOSTS
from saksi.inquiry.queries import retell
from saksi.intake.document import Given
from saksi.intake.files import Refused, read_files
from saksi.publish.desk import Desk
from saksi.publish.web.access import Access
from saksi.publish.web.app import Site
from saksi.registers.load import load_registers

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
TODAY = date(2024, 5, 2)


def fill(ledger: Ledger) -> None:
    """Reads the examples into a ledger, as `make demo` does, and reconciles it."""
    for source, published, files in (
        (None, None, sorted(map(str, EXAMPLES.glob("*.jsonl")))),
        ("cjtf-oir", date(2015, 11, 6), [str(EXAMPLES / "release.txt")]),
    ):
        reader = Reader(source=source)
        for document in read_files(files, Given(published)):
            assert not isinstance(document, Refused)
            document = reader.prepared(document)
            reading = reader.read(document)
            rows = rows_of(reading, reader.actor_names(str(document.language)))
            ledger.add(reading.document, reading.version, rows, reading.unread)
    retell(ledger, load_registers())


def site_on(ledger: Ledger, *, closed: bool = False, clock: Callable[[], float] = time.time) -> Site:
    """The site of a ledger; what is derived is brought up to date only when a test says so."""
    desk = Desk(ledger)
    desk.today = lambda: TODAY
    return Site(desk, Access(ledger, closed=closed, clock=clock), None, None if closed else HOSTS)


@contextmanager
def serving(site: Site) -> Iterator[str]:
    """Serves a site on a free port of this machine; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(site.app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
        site.desk.ledger.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, cache: None) -> Path:
    """A ledger with the examples, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "war.db"
    ledger = Ledger.open(path)
    fill(ledger)
    ledger.close()
    return path


@pytest.fixture
def site(filled: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of its own for one test, over a copy of the examples' ledger."""
    copy = tmp_path / "war.db"
    copy.write_bytes(filled.read_bytes())
    made = site_on(Ledger.open(copy))
    yield made
    made.desk.ledger.close()


@pytest.fixture
def base(site: Site) -> Iterator[str]:
    """The address of that site."""
    with serving(site) as address:
        yield address


@pytest.fixture
def client(base: str) -> Iterator[httpx.Client]:
    """Somebody who asks it."""
    with httpx.Client(base_url=base, headers={"accept-language": "en"}) as asking:
        yield asking
