"""Labelled documents as candidates: for each number the signs of every act it could belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from saksi.evaluation.learning.fitting import Choice
from saksi.evaluation.learning.labels import Label, Labelled
from saksi.reading.clauses.acts import Act, kind_of
from saksi.reading.clauses.binding import laid_out, last_act, with_told
from saksi.reading.clauses.counting import within_reach
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.number_signs import SIGNS
from saksi.reading.clauses.signs import Counted, LaidOut, between_numbers, counted_parts, pair_parts
from saksi.reading.read import find, propose
from saksi.reading.reader import Reader
from saksi.reading.weights import signs_of
from saksi.registers.load import Registers


class Candidate(msgspec.Struct):
    """One number of a sentence with the acts it could belong to, by the gold and by their signs."""

    document: str
    language: str
    start: int  # of the number, in code points
    opens: bool  # it is the first number of its sentence
    alone: list[str]
    acts: dict[int, list[str]]
    goes_on: list[str]
    leaves: list[str]
    right: list[int]
    counts: bool  # the gold has it
    unsure: bool
    before: int | None = None  # the act of the number before it
    worth: float = 1.0  # how much it counts among the others

    def signs(self, act: int) -> list[str]:
        """All signs that speak for one of its acts, given the act of the number before it."""
        link = [] if self.before is None else self.goes_on if act == self.before else self.leaves
        return [*self.alone, *self.acts[act], *link]

    def choice(self) -> Choice | None:
        """The number as a choice to learn from; what is unsure, or has no right act among its own, is none."""
        if not self.acts or self.unsure or (self.counts and not self.right):
            return None
        options, right = [self.signs(act) for act in self.acts], [act in self.right for act in self.acts]
        return Choice(self.document, options, right, not self.counts, self.worth)


def choices(found: Iterable[Candidate]) -> list[Choice]:
    """The numbers that something can be learned from."""
    return [c for each in found if (c := each.choice()) is not None]


def candidates(documents: Iterable[Labelled]) -> Iterator[Candidate]:
    """The numbers of labelled documents, in the order of their texts."""
    readers: dict[str | None, Reader] = {}
    for labelled in documents:
        reader = readers.setdefault(labelled.source, Reader(source=labelled.source))
        rows = rows_of(labelled, reader)
        told = told_of(rows, labelled.labels)
        last: Act | None = None
        for row in rows:
            if last is not None and row.counted:
                row = msgspec.structs.replace(row, acts=[last, *row.acts])
            yield from of_sentence(row, labelled, told)
            last = last_act(row, [settled(row, c, right_of(row, c, told)) for c in row.counted])


def rows_of(labelled: Labelled, reader: Reader) -> list[LaidOut]:
    """The sentences of a document laid out for weighing."""
    vocabulary = reader.vocabulary(str(labelled.document.language))
    found, _ = find(labelled.document, vocabulary, reader.source(vocabulary))
    rows: list[LaidOut] = []
    for sentence in found.page.sentences:
        items, events = propose(found, sentence)
        rows.append(laid_out(found, sentence, (items, with_told(found, items, events, None))))
    return rows


def told_of(rows: list[LaidOut], labels: list[Label]) -> dict[int, Label]:
    """The label of each number, by its first token; labels without a place are met in the order of the text.

    Of several numbers of one value the first that has a fitting act near is meant.
    """
    numbers = [(row, number) for row in rows for number in row.counted]
    told: dict[int, Label] = {}
    begin = 0
    for label in labels:
        own = [(n, row, number) for n, (row, number) in enumerate(numbers) if is_meant(row, number, label)]
        if label.start >= 0:
            for _, _, number in own:
                if number.number.i not in told or told[number.number.i].unsure:
                    told[number.number.i] = label
            continue
        own = [each for each in own if each[0] >= begin]
        fitting = [each for each in own if right_acts(each[1], each[2], label)]
        for n, _, number in (fitting or own)[:1]:
            told[number.number.i], begin = label, n + 1
    return told


def is_meant(row: LaidOut, number: Counted, label: Label) -> bool:
    """Whether a number is one that a label can be of."""
    span = row.found.page.span(number.number.i, number.number.j)
    return label.is_of(span.start, span.end, number.number.quantity.low, number.number.quantity.high)


def right_of(row: LaidOut, number: Counted, told: dict[int, Label]) -> list[int]:
    """The acts that the gold says a number can belong to."""
    label = told.get(number.number.i)
    return right_acts(row, number, label) if label is not None else []


def right_acts(row: LaidOut, number: Counted, label: Label) -> list[int]:
    """The acts near a number that the label says it can belong to."""
    registers = row.found.page.vocabulary.registers
    return [k for k in within_reach(row, number) if fits(row.acts[k], number.group, label, registers)]


def of_sentence(row: LaidOut, labelled: Labelled, told: dict[int, Label]) -> Iterator[Candidate]:
    """The numbers of one sentence, each with the act that the gold gives the one before it."""
    before: int | None = None
    for n, number in enumerate(row.counted):
        candidate = candidate_of(row, n, labelled, told.get(number.number.i))
        candidate.before = before
        yield candidate
        before = settled(row, number, candidate.right)


def settled(row: LaidOut, number: Counted, right: list[int]) -> int | None:
    """The act that the gold gives a number; of several that are right the constructions' choice, else the first."""
    own = [k for k in right if number.taken is not None and row.acts[k].event is number.taken]
    return next(iter(own or right), None)


def candidate_of(row: LaidOut, n: int, labelled: Labelled, label: Label | None) -> Candidate:
    """One number with its signs and what the gold says of it."""
    number = row.counted[n]
    before = row.counted[n - 1] if n else None
    return Candidate(
        document=labelled.document.ref or "", language=row.found.page.vocabulary.code, opens=n == 0,
        start=row.found.page.tokens.starts[number.number.i],
        alone=list(signs_of(counted_parts(row, number), SIGNS)),
        acts={k: list(signs_of(pair_parts(row, number, row.acts[k]), SIGNS)) for k in within_reach(row, number)},
        goes_on=chained_signs(row, before, number, "same"), leaves=chained_signs(row, before, number, "other"),
        right=right_acts(row, number, label) if label is not None else [],
        counts=label is not None, unsure=label is not None and label.unsure, worth=labelled.worth,
    )  # fmt: skip


def chained_signs(row: LaidOut, before: Counted | None, number: Counted, word: str) -> list[str]:
    """The signs of a number that belongs to the "same" act as the number before it, or to an "other"."""
    return list(signs_of([("chain", word, *between_numbers(row, before, number))], SIGNS)) if before else []


def fits(act: Act, group: Group, label: Label, registers: Registers) -> bool:
    """Whether an act's word tells of one of the kinds that are right, or of one outcome of an open one."""
    kinds = {kind_of(act, group, registers)}
    covered = {c for k in label.kinds if k in registers.kinds for c in registers.kinds[k].covers}
    return any(registers.is_a(k, told) or registers.is_a(told, k) for k in kinds for told in label.kinds | covered)
