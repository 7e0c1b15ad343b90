"""A small server on loopback that says the very bytes it is told, at the pace it is told; and a clock to move."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from saksi.fetching.clock import Clock

Head = dict[str, str]  # the headers of a request in small letters, and "path"
Route = Callable[[Head], bytes | Iterable[bytes]]


def reply(body: bytes = b"", kind: str = "text/html; charset=utf-8", status: str = "200 OK", **heads: str) -> bytes:
    """An answer as a sound server gives it."""
    said = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
    said |= {name.replace("_", "-"): value for name, value in heads.items()}
    return (
        f"HTTP/1.1 {status}\r\n".encode() + "".join(f"{k}: {v}\r\n" for k, v in said.items()).encode() + b"\r\n" + body
    )


def moved(to: str, status: str = "302 Found") -> Route:
    """A route that passes on."""
    return lambda head: reply(status=status, Location=to)


class Site:
    """What a server says to each path; and all that was asked, in order."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[Head] = []
        self.port = 0

    @property
    def base(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """The paths that were asked for, without robots.txt."""
        return [head["path"] for head in self.asked if head["path"] != "/robots.txt"]

    def says(self, path: str, body: bytes, kind: str = "text/html; charset=utf-8", **heads: str) -> str:
        """Lets a path answer with a body, and gives its address."""
        self.routes[path] = lambda head: reply(body, kind, **heads)
        return self.base + path

    def answer(self, head: Head) -> bytes | Iterable[bytes]:
        """The answer to a request."""
        self.asked.append(head)
        route = self.routes.get(head["path"]) or self.routes.get(head["path"].partition("?")[0])
        return route(head) if route is not None else reply(b"nothing here", status="404 Not Found")


@contextmanager
def serving() -> Iterator[Site]:
    """A site on loopback, for as long as the block lasts."""
    site = Site()

    class Handler(socketserver.StreamRequestHandler):
        """Reads one request and writes what the site says."""

        def handle(self) -> None:
            lines = list(iter(lambda: self.rfile.readline(65_536).decode("latin-1").strip(), ""))
            if not lines:
                return
            pairs = (line.partition(":") for line in lines[1:])
            head = {name.lower(): value.strip() for name, _, value in pairs} | {"path": lines[0].split()[1]}
            said = site.answer(head)
            try:
                for part in [said] if isinstance(said, bytes) else said:
                    self.wfile.write(part)
                    self.wfile.flush()
            except OSError:
                return  # the other side has had enough

    class Server(socketserver.ThreadingTCPServer):
        """Forgets its threads at the end."""

        daemon_threads = True
        allow_reuse_address = True
        request_queue_size = 50

    with Server(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield site
        finally:
            server.shutdown()


class Moved(Clock):
    """A clock that moves only when somebody waits, and says how long they did."""

    def __init__(self, at: datetime = datetime(2024, 6, 1, 6, tzinfo=UTC)) -> None:
        self.at = at
        self.waits: list[float] = []

    def now(self) -> datetime:
        """The moment that it is."""
        return self.at.replace(microsecond=0)

    def sleep(self, seconds: float) -> None:
        """Moves on."""
        self.waits.append(seconds)
        self.at += timedelta(seconds=seconds)
