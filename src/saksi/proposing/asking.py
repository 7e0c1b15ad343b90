"""Asks a model about documents: each in one request, a long one part by part, several documents at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from saksi.intake.document import Document
from saksi.proposing.answers import Broken, answers_in
from saksi.proposing.cost import Used, estimated
from saksi.proposing.endpoint import AskingError, Endpoint
from saksi.proposing.kept import Reply
from saksi.proposing.prompt import asked_of, instructions, load_prompt
from saksi.proposing.quotes import Range
from saksi.proposing.reader import Parted
from saksi.proposing.schema import Proposal
from saksi.proposing.windows import windows_of

NAMED = 12  # words of place, days and speakers of earlier parts that a later part is told
FIELDS = ("place", "days", "running_total_since", "speaker")


class Asked(msgspec.Struct):
    """What a model proposes for a document, what of its answers could not be used, and what it took.

    `failed` says why the server gave nothing; then the document has the rules' reading alone.
    """

    document: Document
    told: Parted
    broken: list[str]
    used: Used
    failed: str | None = None


class Asking:
    """One model, asked about one document after another."""

    def __init__(self, endpoint: Endpoint, registers: Path | None = None, workers: int = 2) -> None:
        self.endpoint, self.registers, self.workers = endpoint, registers, workers

    def all(self, documents: Sequence[tuple[str, Document]]) -> Iterator[Asked]:
        """Asks about documents under their names, so many at once, and gives what came back in their order."""
        with ThreadPoolExecutor(max_workers=self.workers) as pool:
            yield from pool.map(lambda each: self.one(*each), documents)

    def one(self, name: str, document: Document) -> Asked:
        """Asks about one document; a later part is told what was named before."""
        prompt = load_prompt(str(document.language), self.registers)
        rules, asked = instructions(prompt), Asked(document, Parted(), [], Used())
        for window in windows_of(document.text, document.title):
            words = asked_of(prompt, document, name, window, named_before(asked.told.proposals))
            try:
                reply = self.endpoint.ask(rules, words, is_answer)
            except AskingError as error:
                asked.failed = str(error)
                return asked
            asked.used.add(reply.used)
            if not take(asked, reply, name, (window.start, window.end)):
                asked.failed = f"{asked.broken.pop() if asked.broken else name}: no answer that can be read"
                return asked
        return asked

    def expected(self, name: str, document: Document) -> Used:
        """What asking about a document is expected to take; the first part may have been asked before."""
        prompt = load_prompt(str(document.language), self.registers)
        rules, used = instructions(prompt), Used()
        for number, window in enumerate(windows_of(document.text, document.title)):
            words = asked_of(prompt, document, name, window)
            if not number and self.endpoint.is_kept(rules, words):
                return Used(kept=1)
            used.add(estimated(rules + words, window.end - window.start))
        return used


def is_answer(text: str) -> bool:
    """Whether a model's words hold an answer."""
    return any(not isinstance(answer, Broken) for answer in answers_in(text, "", ""))


def take(asked: Asked, reply: Reply, name: str, part: Range) -> bool:
    """Adds what one reply proposes, whatever document it says it is of; whether it is an answer at all."""
    found = False
    for answer in answers_in(reply.text, name, name):
        if isinstance(answer, Broken):
            asked.broken.append(str(answer))
        else:
            asked.told.add(answer.claims, part)
            found = True
    return found


def named_before(proposals: Sequence[Proposal]) -> str:
    """The words that earlier claims named, the latest first, each once."""
    words = (getattr(p, field) for p in reversed(proposals) for field in FIELDS)
    return "; ".join(list(dict.fromkeys(" ".join(w.split()) for w in words if w))[:NAMED])
