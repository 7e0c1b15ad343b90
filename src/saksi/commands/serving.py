"""What `saksi serve` does once its options are parsed."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from saksi.errors import UsageError
from saksi.ledger.store import Ledger

if TYPE_CHECKING:
    from saksi.publish.web.app import Site

HOSTS = ["localhost", "127.0.0.1", "[::1]", "::1"]
KEEP_ALIVE = 75  # seconds; a connection that ends sooner than people read breaks under their next click


def site_of(ledger: Ledger, host: str, overlay: Path | None, boundaries: Path | None) -> Site:
    """The site of a ledger for one address to listen on. Raises UsageError where nobody could log in."""
    try:
        from saksi.publish.desk import Desk
        from saksi.publish.drawing.outlines import load_boundaries
        from saksi.publish.keeper import Keeper
        from saksi.publish.web.access import Access, check_bind
        from saksi.publish.web.app import Site
    except ImportError as error:
        raise UsageError(f"the page needs some more packages ({error.name}): pip install 'saksi[serve]'") from None
    closed = check_bind(ledger, host)
    load_boundaries(boundaries)
    desk = Desk(ledger, overlay, boundaries)
    desk.claims.kept_up = True
    keeper = Keeper(ledger, overlay, desk.claims.hear)
    return Site(desk, Access(ledger, closed=closed), keeper, None if closed else HOSTS)


def serve_command(site: Site, host: str, port: int) -> None:
    """Serves until it is interrupted. Raises UsageError where the address is taken or not ours."""
    import uvicorn

    from saksi.publish.web.view import BUILT

    with listening(host, port) as listener:
        site.desk.ledger.backend.serve(site.desk.ledger.engine)
        site.desk.index.follow()
        shown = f"[{host}]" if ":" in host else host
        print(f"{site.desk.ledger.name}: open http://{shown}:{port}/  (Ctrl-C ends)")
        if not BUILT.exists():
            print("the interactive map is not built (make web, with Node 18 or newer); the plain one is shown")
        sys.stdout.flush()
        if site.keeper is not None:
            site.keeper.start()
        config = uvicorn.Config(
            site.app, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=KEEP_ALIVE
        )
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            pass
        finally:
            site.desk.counting.stop()
            if site.keeper is not None:
                site.keeper.stop()


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens on an address."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind, protocol)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
    except OSError as error:
        raise UsageError(f"--host {host} --port {port}: {error.strerror}. Take another: --port {port + 1}") from None
    return found
