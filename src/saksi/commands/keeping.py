"""The commands that keep a ledger: serve it, copy it, remove from it, say who may use it, measure its reviewers."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from saksi.commands.options import Fetched, chosen_registers, ledger_address, open_ledger, parsed_day
from saksi.commands.terminal import is_watched, say
from saksi.errors import UsageError
from saksi.figures import some

users = App(name="users", help="Who may use a ledger that is served to others.")
ledger_app = App(name="ledger", help="Move a ledger from one place to another.")


def serve(
    *,
    ledger: str | None = None,
    host: str = "127.0.0.1",
    port: int = 8642,
    registers: Path | None = None,
    boundaries: Path | None = None,
) -> None:
    """Serves the page and the API. On this machine alone nobody logs in; for others, users are needed.

    Parameters
    ----------
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    host
        The address to listen on. Anything but this machine's own asks for users: saksi users add.
    port
        The port to listen on.
    registers
        Folder of a project's own actors, places, kinds and words.
    boundaries
        GeoJSON file with outlines of provinces and districts, for the map.
    """
    from saksi.commands.serving import serve_command, site_of
    from saksi.ledger.store import Ledger

    address = ledger_address(ledger)
    if not 0 < port < 65536:
        raise UsageError(f"--port {port} is not between 1 and 65535")
    overlay = chosen_registers(registers, address)
    serve_command(site_of(Ledger.open(address), host, overlay, boundaries), host, port)


def forget(
    document: str, *, by: str, note: str | None = None, on: str | None = None, ledger: str | None = None
) -> None:
    """Erases a document, its claims and all copies of its text for good; a hash and a tombstone stay.

    Parameters
    ----------
    document
        The document's id, or its beginning.
    by
        Who asks for it.
    note
        Why.
    on
        The day, YYYY-MM-DD; today where not given.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.ledger import removal

    store = open_ledger(ledger)
    done = removal.forget(store, document, (by, parsed_day(on, "--on") or date.today(), note))
    say(f"{store.name}: {' '.join(done.documents)} forgotten, {some(done.claims, 'claim')} erased")
    say_what_still_holds(done.taken_from, ledger)


def redact(
    document: str,
    start: int,
    end: int,
    *,
    by: str,
    note: str | None = None,
    on: str | None = None,
    everywhere: bool = False,
    ledger: str | None = None,
) -> None:
    """Erases the words between two offsets of a document (code points, half open), here and in copies, for good.

    Parameters
    ----------
    document
        The document's id, or its beginning.
    start
        Where the words begin.
    end
        Where they end; the character there stays.
    by
        Who asks for it.
    note
        Why.
    on
        The day, YYYY-MM-DD; today where not given.
    everywhere
        Erase the same words wherever else they stand in the text.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.ledger import removal

    store = open_ledger(ledger)
    said = (by, parsed_day(on, "--on") or date.today(), note)
    done = removal.redact(store, document, (start, end), said, everywhere=everywhere)
    say(f"{store.name}: redacted in {' '.join(done.documents)}, {some(done.claims, 'claim')} looked through")
    if done.elsewhere:
        places = ", ".join(f"{a}-{b}" for a, b in done.elsewhere)
        print(f"the same words still stand at {places}: add --everywhere to take them along")
    say_what_still_holds(done.taken_from, ledger)


def say_what_still_holds(taken_from: tuple[str, ...], ledger: str | None) -> None:
    """Names the files that still hold what was erased here; they are the person's to delete."""
    from saksi.fetching.snapshots import MARK, Snapshots

    beside = Fetched().folder(ledger_address(ledger)) or Path("snapshots")
    for name in taken_from:
        digest = name.removeprefix(MARK)
        where = name if digest == name else Snapshots(beside).path(digest)
        print(f"the words still stand in the file it was taken from, which is yours to delete: {where}")


def agreement(
    *, readers: str | None = None, ledger: str | None = None, format: Literal["table", "json"] = "table"
) -> None:
    """How far the reader and the reviewers agree, field by field, and how much the reader finds; or two readers.

    Parameters
    ----------
    readers
        Two readers instead, as rules,NAME: field by field what each reads and the other does not.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    format
        table for people, json for programs.
    """
    import msgspec

    from saksi.inquiry.agreement import agreement as measured
    from saksi.inquiry.readers import lines_of, readers_agreement

    if readers is not None:
        pair = readers_agreement(open_ledger(ledger), readers)
        told = msgspec.json.format(msgspec.json.encode(pair), indent=1).decode()
        print(told if format == "json" else "\n".join(lines_of(pair)))
        return
    found = measured(open_ledger(ledger))
    if format == "json":
        print(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())
        return
    print("field                  votes  kept      alpha with reader  doubly  alpha between")
    for each in found.fields:
        alphas = ["-" if a is None else f"{a:.3f}" for a in (each.alpha_with_reader, each.alpha_between)]
        kept = f"{100 * each.kept / each.votes:.1f} %"
        print(f"{each.field:<22} {each.votes:>5}  {kept:<9} {alphas[0]:<18} {each.doubly:>6}  {alphas[1]}")
    people = ", ".join(f"{name} {n}" for name, n in sorted(found.reviewers.items()))
    print(f"reviewed by: {people or 'nobody'}")
    read = f"{some(found.found, 'claim')} read, {found.missed} added by hand"
    print(f"{some(found.signed_off, 'document')} signed off: {read}")


@ledger_app.command
def copy(source: str, target: str) -> None:
    """Copies a ledger row for row into a new one: from a file to a team's server, or back.

    Parameters
    ----------
    source
        The ledger to copy, a file or postgresql://user@host/database.
    target
        A new ledger, made where it does not exist.
    """
    from saksi.ledger.copying import copy as copied
    from saksi.ledger.store import Ledger

    def step(table: str, rows: int) -> None:
        sys.stderr.write(f"\r{table}: {rows:,} rows   ")

    done = copied(Ledger.open(source, create=False), Ledger.open(target), step if is_watched() else None)
    say(f"{some(sum(done.values()), 'row')} copied: " + ", ".join(f"{n} {table}" for table, n in done.items() if n))


@users.command
def add(
    name: str,
    *,
    role: Annotated[Literal["reader", "reviewer", "admin"], Parameter(help="What the person may do.")] = "reviewer",
    password_stdin: Annotated[bool, Parameter(help="Take the password from standard input.", negative=())] = False,
    ledger: str | None = None,
) -> None:
    """Adds somebody, or gives somebody another role and password; the password is asked for.

    Parameters
    ----------
    name
        The name that the person logs in with, and that stands under each judgement.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.ledger.people import Person, put_person

    store = open_ledger(ledger)
    put_person(store, Person(name, role), asked_password(password_stdin))
    say(f"{store.name}: {name} may log in as {role}")


def asked_password(from_stdin: bool) -> str:
    """The password: a line of standard input, else typed twice."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    first = getpass("password: ")
    if getpass("again: ") != first:
        raise UsageError("the two passwords differ; nobody was added")
    return first


@users.command(name="list")
def list_users(*, ledger: str | None = None) -> None:
    """Who may use the ledger, and the labels of their tokens.

    Parameters
    ----------
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.ledger.people import people, tokens

    store = open_ledger(ledger)
    labels = tokens(store)
    for person in people(store):
        told = ", ".join(repr(label) for label in labels.get(person.name, ()))
        print(f"{person.role:<9} {person.name}" + (f"  (tokens: {told})" if told else ""))


@users.command
def remove(name: str, *, ledger: str | None = None) -> None:
    """Takes somebody's access away at once; what the person judged stays.

    Parameters
    ----------
    name
        The person's name.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.ledger.people import remove_person

    store = open_ledger(ledger)
    remove_person(store, name)
    say(f"{store.name}: {name} may not log in any more")


@users.command
def token(name: str, *, label: str = "", ledger: str | None = None) -> None:
    """Makes a token for somebody's programs. It is shown this once.

    Parameters
    ----------
    name
        Whose programs.
    label
        What it is for.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.ledger.people import new_token

    print(new_token(open_ledger(ledger), name, label, date.today()))


@users.command
def revoke(name: str, *, label: str = "", ledger: str | None = None) -> None:
    """Makes the tokens of somebody's programs with a label worthless at once.

    Parameters
    ----------
    name
        Whose programs.
    label
        The label that the token was made with.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.ledger.people import end_tokens

    ended = end_tokens(open_ledger(ledger), name, label)
    say(f"{ended} token{'' if ended == 1 else 's'} of {name} ended")
