"""What the commands of a second reader do: write what to ask, ground what was answered, settle it with the rules."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from saksi.commands.asking import Asks, complain, confirm, folder_of, key, unwritable
from saksi.commands.lines import write_lines
from saksi.commands.reading import Options, Progress, handle, write_table
from saksi.commands.terminal import say
from saksi.errors import IntakeError, SaksiError, UsageError
from saksi.figures import some
from saksi.intake.document import Document, Given
from saksi.intake.files import Refused, read_files
from saksi.ledger.backends import backend_of
from saksi.ledger.columns import Read, RefusedQuote, Row
from saksi.ledger.readers import RULES
from saksi.ledger.store import Ledger
from saksi.ledger.taking import overlay_files
from saksi.proposing.answers import Broken, read_answers
from saksi.proposing.asking import Asked, Asking
from saksi.proposing.cost import Price, Used, parsed_price
from saksi.proposing.cost import told as tokens
from saksi.proposing.endpoint import Endpoint, Limits, server_of
from saksi.proposing.ground import Refusal
from saksi.proposing.kept import Kept
from saksi.proposing.prompt import asked_of, instructions, load_prompt
from saksi.proposing.reader import Parted, Proposed, read_with
from saksi.proposing.schema import Proposal
from saksi.proposing.windows import windows_of
from saksi.reading.reader import Reader

NAME = re.compile(r"[a-zA-Z0-9][\w.:/@-]{0,79}")


def checked_name(name: str) -> str:
    """A reader's name: letters, figures and - . : / @ _, and none of ours."""
    if not NAME.fullmatch(name) or name in (RULES, "person"):
        raise UsageError(f"--name {name!r} is no name for a reader: use letters, figures, - . : / @ and _")
    return name


class Named:
    """Documents by the names that answers may use: a file's, a reference, an address, an id; one of two is nobody's."""

    def __init__(self, documents: Iterable[tuple[str, Document]]) -> None:
        every = list(documents)
        files = Counter(file for file, _ in every)
        self.documents = [d for _, d in every]
        self.names = {d.id: list(names_of(d, f if files[f] == 1 else None)) for f, d in every}
        self.counts = Counter(name for names in self.names.values() for name in names)
        self.by_name = {name: d for d in self.documents for name in self.names[d.id]}

    def called(self, name: str) -> Document | None:
        """The one document of a name."""
        return self.by_name[name] if self.counts[name] == 1 else None

    def name(self, document: Document) -> str:
        """The first of a document's names that is its alone."""
        return next((n for n in self.names[document.id] if self.counts[n] == 1), document.id)


def names_of(document: Document, file: str | None) -> dict[str, None]:
    """The names of a document, the handiest first; `file` is one that holds it alone."""
    path = Path(file) if file is not None and file != "-" else None
    own = (document.ref, *((path.stem, path.name, str(path)) if path is not None else ()), document.url, document.id)
    return dict.fromkeys(n for n in own if n)


def documents_in(files: list[str], given: Given, reader: Reader) -> tuple[Named, int]:
    """The documents of some files with their languages, and how many were refused, each a line."""
    found: list[tuple[str, Document]] = []
    refused = 0
    for file in files:
        for document in read_files([file], given):
            if isinstance(document, Refused):
                complain(document.reason)
                refused += 1
            else:
                found.append((file, reader.prepared(document)))
    return Named(found), refused


def propose_command(files: list[str], given: Given, out: Path, registers: Path | None) -> int:
    """Writes one file a document (or part of a long one) with what to ask. Returns the exit code."""
    reader = Reader(registers)
    named, refused = documents_in(files, given, reader)
    documents, written = named.documents, 0
    out.mkdir(parents=True, exist_ok=True)
    for document in documents:
        prompt = load_prompt(str(document.language), registers)
        parts = windows_of(document.text, document.title)
        for number, window in enumerate(parts, 1):
            name = named.name(document)
            part = f".{number}" if len(parts) > 1 else ""
            path = out / f"{file_name(name)}{part}.txt"
            path.write_text(instructions(prompt) + "\n" + asked_of(prompt, document, name, window), "utf-8")
            written += 1
    print(f"{out}: {some(written, 'file')} written, one for each of {some(len(documents), 'document')}"
          + (", more for long ones" if written > len(documents) else ""))  # fmt: skip
    return 2 if refused else 0


def file_name(name: str) -> str:
    """A name that a file may have."""
    return re.sub(r"[^\w.-]+", "_", name)[-120:]


class Answered(msgspec.Struct):
    """What the answers of a file say of some documents, and how much of it could not be used."""

    claims: dict[str, list[Proposal]]  # by the id of the document
    broken: int


def answers_for(path: Path, named: Named) -> Answered:
    """The proposals of a file of answers, by document; what cannot be used is one line each."""
    found: dict[str, list[Proposal]] = {}
    broken = 0
    for answer in read_answers(path):
        if isinstance(answer, Broken):
            complain(answer)
            broken += 1
            continue
        document = named.called(answer.document)
        if document is None:
            several = named.counts[answer.document] > 1
            why = "names several of the files" if several else "is none of the documents given"
            complain(f"{path}: the document {answer.document!r} {why}")
            broken += 1
            continue
        found.setdefault(document.id, []).extend(answer.claims)
    return Answered(found, broken)


class Grounding(msgspec.Struct, frozen=True):
    """Whose answers are grounded, and the ledger they are kept in, if any."""

    answers: Path
    name: str
    ledger: str | None
    gold: Path | None = None  # the folder that settled claims are written to, as gold


def ground_command(asked: Grounding, files: list[str], given: Given, options: Options) -> int:
    """Grounds answers in their documents; keeps both readers' claims in a ledger or prints them."""
    name = checked_name(asked.name)
    reader = Reader(options.registers, options.source)
    named, refused = documents_in(files, given, reader)
    if not named.documents:
        raise IntakeError("none of the files can be read")
    answered = answers_for(asked.answers, named)
    store = Ledger.open(asked.ledger) if asked.ledger is not None else None
    taking = Taking(reader, store, name, options)
    for document in (d for d in named.documents if d.id in answered.claims):
        try:
            taking.take(document, answered.claims[document.id])
        except SaksiError as error:
            if store is not None:
                raise
            complain(error)
            refused += 1
    taking.told.print(store)
    if asked.gold is not None:
        teach(asked.gold, [(named.name(m.document), m.document, m.rows) for m in taking.made], store)
    return 2 if refused or answered.broken else 0


def teach(folder: Path, told: list[tuple[str, Document, list[Row]]], store: Ledger | None) -> None:
    """Writes settled claims as gold, and says how the reader learns from it."""
    from saksi.inquiry.teaching import write_gold

    sure, unsure = write_gold(folder, told, store)
    learn = f"python -m saksi.evaluation.learning --real {folder}/texts.jsonl {folder}/gold.jsonl"
    print(f"{folder}: {some(sure, 'settled claim')}, {unsure} wait for somebody and are marked unsure. "
          f"Learn from them: {learn} --out registers/weights.yml")  # fmt: skip


class Taking:
    """Takes what a second reader proposes, document by document: settled with the rules, kept or printed, counted."""

    def __init__(self, reader: Reader, store: Ledger | None, name: str, options: Options) -> None:
        self.reader, self.store, self.name, self.options = reader, store, name, options
        self.told = GroundedSoFar(name)
        self.made: list[Proposed] = []

    def take(self, document: Document, proposals: list[Proposal] | Parted) -> None:
        """Settles one document's proposals with what the rules read."""
        made = read_with(self.reader, document, self.name, proposals)
        self.told.count(made, self.put(made))
        self.made.append(made)

    def put(self, made: Proposed) -> int:
        """Keeps or prints what two readers made of a document; returns how many claims the ledger gained."""
        if self.options.format == "jsonl":
            write_lines(iter(made.rows))
        elif self.options.format == "table":
            write_table(iter(made.rows))
        if self.store is None or self.store.forgotten(made.document):
            return 0
        if self.options.registers is not None:
            self.store.keep_vocabulary(made.version, overlay_files(self.options.registers))
        quotes = refusals(made.refused, self.name)
        return self.store.keep(Read(made.document, made.version, made.rows, made.unread, quotes, made.over))

    def answer(self, asked: Asked) -> int:
        """Takes what a model was asked for; returns how much of it could not be used.

        A document that the model gave no answer for has the rules' reading alone.
        """
        for line in asked.broken:
            complain(line)
        if asked.failed is None:
            self.take(asked.document, asked.told)
            return len(asked.broken)
        complain(f"{asked.failed}; the rules alone have read this document")
        handle(asked.document, self.reader, self.store, self.options, Progress(1, False))
        return 1


def read_second(files: list[str], given: Given, ledger: str | None, options: Options, asks: Asks) -> int:
    """Reads files with the rules and a model. Returns the exit code: 2 where anything was refused or not answered."""
    if options.layer is not None:
        raise UsageError("--layer prints what the rules find; it does not go with --second")
    reader = Reader(options.registers, options.source)
    server = server_of(str(asks.second), asks.model, key())
    name, price = checked_name(server.model), parsed_price(asks.price)
    named, refused = documents_in(files, given, reader)
    known = Ledger.open(ledger) if ledger is not None and not asks.dry_run and backend_of(ledger).is_there() else None
    documents = [(named.name(d), d) for d in named.documents if known is None or not known.forgotten(d)]
    kept = Kept(folder_of(asks))
    asking = Asking(Endpoint(server, kept, Limits(asks.seconds, asks.retries)), options.registers, asks.workers)
    fresh = expect(asking, documents, price)
    if asks.dry_run or not documents:
        return 2 if refused else 0
    if fresh and not server.is_here:
        confirm(server.host, len(fresh), sum(len(d.text) for d in fresh), yes=asks.yes)
    store = known or (Ledger.open(ledger) if ledger is not None else None)
    taking, used = Taking(reader, store, name, options), Used()
    try:
        for asked in asking.all(documents):
            used.add(asked.used)
            refused += taking.answer(asked)
    except OSError as error:
        raise unwritable(error, kept.folder) from None
    taking.told.print(store)
    sys.stderr.write(f"{name}: {some(used.sent, 'request')}, {some(used.kept, 'answer')} kept before; "
                     f"{tokens(used, price, about=False)}; answers are kept in {kept.folder}\n")  # fmt: skip
    return 2 if refused else 0


def expect(asking: Asking, documents: list[tuple[str, Document]], price: Price | None) -> list[Document]:
    """Says what asking is expected to take, and gives the documents that nobody asked about before."""
    expected, fresh = Used(), []
    for name, document in documents:
        one = asking.expected(name, document)
        expected.add(one)
        if one.sent:
            fresh.append(document)
    server = asking.endpoint.server
    asked = f"{some(expected.sent, 'request')} for {some(len(fresh), 'document')}"
    complete = f"{asked}, {some(expected.kept, 'answer')} kept before"
    sys.stderr.write(f"{server.model} at {server.host}: {complete}; {tokens(expected, price, about=True)}\n")
    if fresh:
        sys.stderr.write(
            f"  a thousand such documents: {tokens(expected.times(1000 / len(fresh)), price, about=True)}\n"
        )
    return fresh


def refusals(refused: Iterable[Refusal], name: str) -> list[RefusedQuote]:
    """What was refused, as a ledger keeps it."""
    return [RefusedQuote(name, r.field, r.quote, r.reason, msgspec.json.encode(r.proposal).decode()) for r in refused]


class GroundedSoFar:
    """Counts what was grounded and what was refused, and why."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.documents = self.added = self.claims = self.fields = 0
        self.reasons: Counter[str] = Counter()

    def count(self, made: Proposed, added: int) -> None:
        """Counts one document."""
        self.documents += 1
        self.added += added
        self.claims += len(made.second)
        for each in made.refused:
            self.reasons[f"{each.field}: {re.sub(REPEATED, '', each.reason)}"] += 1

    def lines(self) -> Iterator[str]:
        """What was grounded and what refused, in words."""
        whole = sum(n for reason, n in self.reasons.items() if reason.startswith(("number:", "kind:")))
        grounded = f"{some(self.claims, 'claim')} of {some(self.documents, 'document')} grounded"
        yield f"{self.name}: {grounded}, {whole} refused"
        for reason, number in sorted(self.reasons.items(), key=lambda each: (-each[1], each[0])):
            yield f"  {number} × {reason}"

    def print(self, store: Ledger | None) -> None:
        """Says on standard error what was grounded and refused, and what a ledger gained."""
        for line in self.lines():
            sys.stderr.write(line + "\n")
        if store is not None:
            read = f"{some(self.documents, 'document')} read with {self.name}"
            say(f"{store.name}: {read}, {some(self.added, 'claim')} added")


REPEATED = re.compile(r"[:]? '.*'| \".*\"", re.DOTALL)


def refused_command(ledger: Ledger, reader: str | None, format: str) -> None:
    """Lists what second readers proposed and the text did not bear out, by document."""
    for line in ledger.refusals(reader):
        if format == "jsonl":
            sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
        else:
            print(f"{line['document']}  {line['reader']}  {line['field']}: {line['quote']!r}: {line['reason']}")
