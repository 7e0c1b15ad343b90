"""Who may read, judge and administer a ledger that is served to a team; passwords and tokens are kept as hashes.

Passwords are hashed with Argon2id at the library's defaults (RFC 9106). Sessions and tokens are 256 random
bits; the ledger keeps their SHA-256, so that a copy of it opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

import msgspec
import sqlalchemy as sa

from saksi.errors import UsageError
from saksi.ledger import schema
from saksi.ledger.store import Ledger

ROLES = ("reader", "reviewer", "admin")  # each may do what those before it may
SHORTEST = 10  # characters of a password
LASTS = 12 * 3600  # seconds that a session lasts


class Person(msgspec.Struct, frozen=True):
    """Somebody who may use a ledger."""

    name: str
    role: str

    def may(self, role: str) -> bool:
        """Whether the person's role includes another one."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Session(msgspec.Struct, frozen=True):
    """A person at work; `guard` is the word that every form must send along (against forged requests)."""

    person: Person
    guard: str


def people(ledger: Ledger) -> list[Person]:
    """Everybody, by name."""
    p = schema.people.c
    with ledger.engine.connect() as db:
        return [Person(*row) for row in db.execute(sa.select(p.name, p.role).order_by(p.name))]


def put_person(ledger: Ledger, person: Person, password: str | None) -> None:
    """Adds somebody, or gives somebody another role and password; None leaves the password as it is."""
    if person.role not in ROLES:
        raise UsageError(f"--role {person.role!r} is not one of: {' '.join(ROLES)}")
    if not person.name.strip() or person.name != person.name.strip():
        raise UsageError("a name has at least one letter, and no blanks at its ends")
    if password is not None and len(password) < SHORTEST:
        raise UsageError(f"a password has {SHORTEST} characters or more")
    p = schema.people
    with ledger.writing() as db:
        before = db.execute(sa.select(p.c.password).where(p.c.name == person.name)).scalar()
        kept = hashed(password) if password is not None else before
        db.execute(p.delete().where(p.c.name == person.name))
        db.execute(p.insert(), [{"name": person.name, "role": person.role, "password": kept}])
        if password is not None:
            db.execute(schema.sessions.delete().where(schema.sessions.c.person == person.name))


def remove_person(ledger: Ledger, name: str) -> None:
    """Takes somebody's access away at once; what the person judged stays, under the name."""
    with ledger.writing() as db:
        gone = db.execute(schema.people.delete().where(schema.people.c.name == name)).rowcount
        for table in (schema.sessions, schema.tokens):
            db.execute(table.delete().where(table.c.person == name))
    if not gone:
        raise UsageError(f"nobody is named {name!r}. Who is: saksi users list")


def hashed(password: str) -> str:
    """A password as it is kept."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(password)


def proven(ledger: Ledger, name: str, password: str) -> Person | None:
    """The person of that name and password. A name that nobody has takes as long to refuse as a wrong password."""
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    p = schema.people.c
    with ledger.engine.connect() as db:
        found = db.execute(sa.select(p.name, p.role, p.password).where(p.name == name)).first()
    kept = found.password if found is not None and found.password else hashed(secrets.token_hex())
    try:
        PasswordHasher().verify(kept, password)
    except (Argon2Error, InvalidHashError):
        return None
    return Person(found.name, found.role) if found is not None and found.password else None


def open_session(ledger: Ledger, name: str, now: int) -> str:
    """Begins a session at a time in seconds; returns the secret that the browser keeps."""
    secret = secrets.token_urlsafe(32)
    s = schema.sessions
    with ledger.writing() as db:
        db.execute(s.delete().where(s.c.until < now))
        row = {"digest": digest(secret), "person": name, "guard": secrets.token_urlsafe(32), "until": now + LASTS}
        db.execute(s.insert(), [row])
    return secret


def session(ledger: Ledger, secret: str, now: int) -> Session | None:
    """The session of a secret, if it has not ended."""
    s, p = schema.sessions.c, schema.people.c
    wanted = sa.select(p.name, p.role, s.guard).where(s.digest == digest(secret), s.until > now, s.person == p.name)
    with ledger.engine.connect() as db:
        found = db.execute(wanted).first()
    return Session(Person(found.name, found.role), found.guard) if found is not None else None


def close_session(ledger: Ledger, secret: str) -> None:
    """Ends a session."""
    with ledger.writing() as db:
        db.execute(schema.sessions.delete().where(schema.sessions.c.digest == digest(secret)))


def new_token(ledger: Ledger, name: str, label: str, on: date) -> str:
    """A token for somebody's programs, shown this once."""
    if name not in {p.name for p in people(ledger)}:
        raise UsageError(f"nobody is named {name!r}. Who is: saksi users list")
    secret = "saksi_" + secrets.token_urlsafe(32)
    with ledger.writing() as db:
        row = {"digest": digest(secret), "person": name, "label": label, "made_on": on}
        db.execute(schema.tokens.insert(), [row])
    return secret


def end_tokens(ledger: Ledger, name: str, label: str) -> int:
    """Makes the tokens of somebody's programs that have a label worthless at once; returns how many."""
    t = schema.tokens
    with ledger.writing() as db:
        ended = db.execute(t.delete().where(t.c.person == name, t.c.label == label)).rowcount
    if not ended:
        raise UsageError(f"{name} has no token with the label {label!r}. Who has: saksi users list")
    return int(ended)


def tokens(ledger: Ledger) -> dict[str, list[str]]:
    """The labels of everybody's tokens, by name."""
    t = schema.tokens.c
    found: dict[str, list[str]] = {}
    with ledger.engine.connect() as db:
        for name, label in db.execute(sa.select(t.person, t.label).order_by(t.person, t.label)):
            found.setdefault(name, []).append(label)
    return found


def of_token(ledger: Ledger, secret: str) -> Person | None:
    """Whose program sends this token."""
    t, p = schema.tokens.c, schema.people.c
    with ledger.engine.connect() as db:
        wanted = sa.select(p.name, p.role).where(t.digest == digest(secret), t.person == p.name)
        found = db.execute(wanted).first()
    return Person(*found) if found is not None else None


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
