"""Reads one unit: its documents with their claims; what is refused or breaks the reader is set aside with its error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from saksi.batch.plan import Unit
from saksi.batch.stores import is_stored, read_object
from saksi.errors import SaksiError, VocabularyError
from saksi.intake.document import Document, Given
from saksi.intake.files import read_files
from saksi.intake.records import read_lines
from saksi.intake.texts import Refused
from saksi.ledger.columns import Read, rows_of
from saksi.reading.reader import Reader

AT_ONCE = 500  # documents held in memory
DIED = "the process that was at it died or took too long"


class How(msgspec.Struct, frozen=True):
    """How all units are read; what a reading depends on."""

    given: Given
    source: str | None = None
    registers: str | None = None

    def reader(self) -> Reader:
        """A reader, with what it needs loaded when first used."""
        return Reader(Path(self.registers) if self.registers else None, self.source)


class Spot(msgspec.Struct, frozen=True):
    """Where in a unit a worker is: at the n-th document of the k-th file, reading it or still taking it in."""

    file: int
    document: int
    reading: bool


class Aside(msgspec.Struct, frozen=True):
    """A document that was set aside: which, and why."""

    where: str
    reason: str


class Done(msgspec.Struct):
    """Some documents of a unit, read or set aside; and how many things were passed over on purpose."""

    reads: list[Read] = []
    aside: list[Aside] = []
    passed_over: dict[str, int] = {}


class At(Protocol):
    """Is told where a worker is, before it goes on."""

    def __call__(self, spot: Spot) -> None: ...


def read_unit(unit: Unit, how: How, reader: Reader, deadly: frozenset[Spot], at: At) -> Iterator[Done]:
    """Reads a unit, some documents at a time. Where workers died before (`deadly`) it does not go again."""
    given = msgspec.structs.replace(how.given, ignored={})
    done = Done()
    for file in range(len(unit.paths)):
        for number, document in enumerate(taken_in(unit, file, given, deadly, at)):
            spot = Spot(file, number, True)
            at(spot)
            if isinstance(document, Refused):
                done.aside.append(Aside(unit.paths[file], document.reason))
            elif spot in deadly:
                done.aside.append(Aside(named(document), DIED))
            else:
                keep(reader, document, done)
            at(Spot(file, number + 1, False))
            if len(done.reads) >= AT_ONCE:
                yield done
                done = Done()
    done.passed_over = given.ignored
    yield done


def taken_in(unit: Unit, file: int, given: Given, deadly: frozenset[Spot], at: At) -> Iterator[Document | Refused]:
    """The documents of one file of a unit, as `saksi read` takes them in; up to where taking in killed a worker."""
    path = unit.paths[file]
    take = read_object if is_stored(path) else read_one
    found = read_lines(Path(path), given, unit.stretch) if unit.stretch else take(path, given)
    number = 0
    while True:
        spot = Spot(file, number, False)
        at(spot)
        if spot in deadly:
            yield Refused(f"{path}: after {number} documents, {DIED}: the rest of it is not read")
            return
        document = next(found, None)
        if document is None:
            return
        yield document
        number += 1


def read_one(path: str, given: Given) -> Iterator[Document | Refused]:
    """The documents of a file on this machine."""
    return read_files([path], given)


def keep(reader: Reader, document: Document, done: Done) -> None:
    """Reads one document, or sets it aside."""
    try:
        reading = reader.read(document)
        rows = rows_of(reading, reader.actor_names(str(reading.document.language)))
        done.reads.append(Read(reading.document, reading.version, rows, reading.unread))
    except VocabularyError:
        raise
    except SaksiError as error:
        done.aside.append(Aside(named(document), str(error)))
    except Exception as error:  # poison: it costs itself alone
        said = " ".join(str(error).split())[:300]
        done.aside.append(Aside(named(document), f"the reader fails on it: {type(error).__name__}: {said}"))


def named(document: Document) -> str:
    """What a document is called where it is set aside."""
    return ", ".join(w for w in (document.taken_from, document.ref, document.url) if w) or document.id
