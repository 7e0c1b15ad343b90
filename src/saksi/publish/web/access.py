"""Who may do what. On this machine alone nobody logs in; for others there are users, sessions and tokens.

Every form sends along a word that only our own pages know (against forged requests); programs send a token.
"""

from __future__ import annotations

import getpass
import hmac
import secrets
import time
from collections.abc import Callable
from ipaddress import ip_address

from starlette.requests import Request

from saksi.errors import SaksiError, UsageError
from saksi.ledger import people
from saksi.ledger.people import Person, Session
from saksi.ledger.store import Ledger

COOKIE = "saksi_session"
TRIES, WINDOW = 5, 300.0  # failed logins of one name or address in so many seconds
MOST, LONGEST = 10_000, 200  # names and addresses remembered for it, and letters of a name


class DeniedError(SaksiError):
    """Somebody may not do this: `status` 401 (who are you?), 403 (not you) or 429 (not so fast)."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Access:
    """The gate of one server. `closed` asks everybody who they are."""

    def __init__(self, ledger: Ledger, *, closed: bool, clock: Callable[[], float] = time.time) -> None:
        self.ledger = ledger
        self.closed = closed
        self.clock = clock
        self.here = Session(Person(own_name(), "admin"), secrets.token_urlsafe(32))
        self.failures: dict[str, list[float]] = {}

    def session(self, request: Request) -> Session | None:
        """Whose request it is; None where nobody has logged in."""
        if not self.closed:
            return self.here
        cookie = request.cookies.get(COOKIE)
        return people.session(self.ledger, cookie, int(self.clock())) if cookie else None

    def person(self, request: Request, role: str) -> Person:
        """The person who asks, by token or session. Raises DeniedError where the person may not."""
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if self.closed and kind.lower() == "bearer":
            person = people.of_token(self.ledger, secret.strip())
            if person is None:
                raise DeniedError(401, "this token is not known")
        else:
            session = self.session(request)
            if session is None:
                raise DeniedError(401, "log in first, or send a token: Authorization: Bearer …")
            person = session.person
        if not person.may(role):
            raise DeniedError(403, f"{person.name} is a {person.role}; this takes a {role}")
        return person

    def guarded(self, request: Request, word: str | None) -> None:
        """Refuses a change that does not come from our own page or a program with a token."""
        if self.closed and request.headers.get("authorization", "").lower().startswith("bearer "):
            return
        session = self.session(request)
        if session is None or not hmac.compare_digest(session.guard.encode(), (word or "").encode()):
            raise DeniedError(403, "this form is too old: load the page again")

    def log_in(self, name: str, password: str, address: str) -> str:
        """Begins a session; returns the secret of the browser's cookie. Raises DeniedError; slow down after five."""
        now = self.clock()
        keys = (f"name {name[:LONGEST]}", f"address {address}")
        if len(self.failures) > MOST:
            self.failures = {key: told for key in self.failures if (told := self.recent(key, now))}
        if any(len(self.recent(key, now)) >= TRIES for key in keys):
            raise DeniedError(429, "too many failed logins: wait five minutes")
        person = people.proven(self.ledger, name, password)
        if person is None:
            for key in keys:
                self.failures[key] = [*self.recent(key, now), now]
            raise DeniedError(401, "name and password do not fit")
        return people.open_session(self.ledger, person.name, int(now))

    def recent(self, key: str, now: float) -> list[float]:
        """When a name or an address failed to log in, not long ago."""
        return [t for t in self.failures.get(key, ()) if now - t < WINDOW]


def own_name() -> str:
    """The name under which somebody judges on the own machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "local"


def is_loopback(host: str) -> bool:
    """Whether an address is of this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_bind(ledger: Ledger, host: str) -> bool:
    """Whether a server on this address asks for logins. Raises UsageError where it would have to and nobody could."""
    if is_loopback(host):
        return False
    if not any(p.role != "reader" for p in people.people(ledger)):
        raise UsageError(f"--host {host} is open to others, and nobody could log in. "
                         "First: saksi users add NAME --role admin")  # fmt: skip
    return True
