"""Bringing texts in: pasted or as files; what is missing (day, publisher) is asked before anything is read."""

from __future__ import annotations

import itertools
import tempfile
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from saksi.errors import NotFoundError, SaksiError, UsageError
from saksi.intake.document import Document, Given
from saksi.intake.files import Refused, read_files
from saksi.publish.changes import take_in
from saksi.publish.desk import Desk
from saksi.reading.reader import Reader
from saksi.registers.load import load_source

ASKED_AT_ONCE = 50  # documents whose day is asked, in one form


class Asked(msgspec.Struct):
    """A document that does not say its day, or by whom it was published."""

    number: int
    title: str
    begins: str
    day: bool
    publisher: bool


class Job(msgspec.Struct, kw_only=True):
    """Some texts being brought in: `state` is looking, asking, reading, done, stopped or failed."""

    id: str
    source: str | None
    state: str = "looking"
    documents: list[Document] = []
    asked: list[Asked] = []
    done: int = 0
    claims: int = 0
    unread: int = 0
    known: int = 0
    refused: list[str] = []
    read: list[tuple[str, str, int]] = []
    error: str | None = None
    unwanted: bool = False


class Bringing:
    """The jobs of one server, the newest hundred."""

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        self.desk = desk
        self.changed = changed
        self.numbers = itertools.count(1)
        self.jobs: dict[str, Job] = {}

    def job(self, id: str) -> Job:
        """A job. Raises NotFoundError."""
        if id not in self.jobs:
            raise NotFoundError(f"there is no job {id}: the server may have been started again since")
        return self.jobs[id]

    def begin(self, given: dict[str, str], files: list[tuple[str, bytes]]) -> str:
        """Begins a job with a pasted text or files, and returns its id."""
        text = given.get("text", "")
        if not text.strip() and not files:
            raise UsageError("paste a text or choose files")
        if given.get("source"):
            load_source(given["source"], self.desk.registers)
        day = day_of(given.get("published"))
        about = Given(day, given.get("language") or None, given.get("publisher") or None)
        job = Job(id=str(next(self.numbers)), source=given.get("source") or None)
        self.jobs[job.id] = job
        for old in list(self.jobs)[:-100]:
            del self.jobs[old]
        if text.strip():
            job.documents.append(Document(text=text, title=given.get("title") or None, url=given.get("url") or None,
                                          publisher=about.publisher, language=about.language, published=day,
                                          published_basis="given" if day else None))  # fmt: skip
        self.start(job, lambda: self.look(job, about, files))
        return job.id

    def start(self, job: Job, work: Callable[[], None]) -> None:
        """Does a part of a job in a thread of its own; whatever goes wrong in it ends the job and is said."""

        def done() -> None:
            try:
                work()
            except StoppedError:
                job.state = "stopped"
            except SaksiError as error:
                job.state, job.error = "failed", str(error)
            except Exception as error:
                job.state, job.error = "failed", f"{type(error).__name__}: {error}"
            if job.read:
                self.changed()

        threading.Thread(target=done, daemon=True).start()

    def stop(self, job: Job) -> None:
        """Ends a job after the document that it is at; what was read stays in the ledger."""
        job.unwanted = True
        if job.state == "asking":
            job.asked, job.state = [], "stopped"

    def look(self, job: Job, about: Given, files: list[tuple[str, bytes]]) -> None:
        """Takes the files in and looks what they leave unsaid; reads them where that is nothing."""
        with tempfile.TemporaryDirectory() as folder:
            for name, data in files:
                path = Path(folder) / (Path(name).name or "file.txt")
                path.write_bytes(data)
                for document in read_files([str(path)], about):
                    if isinstance(document, Refused):
                        job.refused.append(document.reason.replace(f"{folder}/", ""))
                    else:
                        job.documents.append(plain_name(document, folder))
        reader = Reader(self.desk.overlay, job.source)
        for n, document in enumerate(job.documents):
            wanted(job)
            if len(job.asked) < ASKED_AT_ONCE and not self.is_known(reader, document):
                self.ask(job, n, document, reader)
        if job.asked:
            job.state = "asking"
        else:
            self.read(job)

    def is_known(self, reader: Reader, document: Document) -> bool:
        """Whether a document was read before."""
        return self.desk.ledger.has(document, reader.version(document))

    def ask(self, job: Job, n: int, document: Document, reader: Reader) -> None:
        """Notes what a document leaves unsaid."""
        day = document.published is None and reader.read(document).published[0] is None
        publisher = document.publisher is None and job.source is None
        if day or publisher:
            begins = " ".join(document.text.split())[:160]
            job.asked.append(Asked(n, document.title or document.ref or "", begins, day, publisher))

    def answer(self, job: Job, given: dict[str, str]) -> None:
        """Takes the answers to what was asked, and reads. A day left empty stays unknown."""
        if job.state != "asking":
            raise UsageError("this job asks nothing")
        for each in job.asked:
            day = day_of(given.get(f"published_{each.number}"))
            publisher = given.get(f"publisher_{each.number}", "").strip() or None
            document = job.documents[each.number]
            if each.day and day is not None:
                document = msgspec.structs.replace(document, published=day, published_basis="given")
            if each.publisher and publisher is not None:
                document = msgspec.structs.replace(document, publisher=publisher)
            job.documents[each.number] = document
        job.asked, job.state = [], "reading"
        self.start(job, lambda: self.read(job))

    def read(self, job: Job) -> None:
        """Reads all documents of a job; what cannot be read is said, and the others are read all the same."""
        job.state = "reading"
        reader = Reader(self.desk.overlay, job.source)
        for document in job.documents:
            wanted(job)
            try:
                made = take_in(self.desk, reader, document)
                job.claims, job.unread, job.known = (
                    job.claims + made.claims,
                    job.unread + made.unread,
                    job.known + made.known,
                )
                job.read.append((made.document, document.title or document.ref or made.document, made.claims))
            except SaksiError as error:
                job.refused.append(f"{document.title or document.ref or 'text'}: {error}")
            job.done += 1
        job.state = "done"


class StoppedError(Exception):
    """Somebody stopped a job."""


def wanted(job: Job) -> None:
    """Nothing while a job is wanted. Raises StoppedError."""
    if job.unwanted:
        raise StoppedError


def day_of(value: str | None) -> date | None:
    """A day of a form."""
    if not value or not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise UsageError(f"{value!r} is no day (YYYY-MM-DD)") from None


def plain_name(document: Document, folder: str) -> Document:
    """A document whose reference is the name of its file, without the folder that we put it in."""
    if document.ref and document.ref.startswith(folder):
        return msgspec.structs.replace(document, ref=document.ref.removeprefix(f"{folder}/"))
    return document
