"""Tallies: the least and the most that the accepted claims allow for a question, speaker by speaker.

One row for each body that speaks within the question, the envelope of them (lowest low to highest
high), and the joint row (all of them right at once). Where claims contradict, bounds are those of the
solutions that relax the claims by least, and the row is marked `contested`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import msgspec

from saksi.ledger.columns import says
from saksi.reconcile.cells import Question, cells_of
from saksi.reconcile.figures import Figure, Ties, figures_of, perhaps_one
from saksi.reconcile.model import Model
from saksi.reconcile.series import series_of, superseded
from saksi.reconcile.solver import NEAR
from saksi.reconcile.terms import Term
from saksi.registers.load import Registers

FEW = 12  # claims of a bound that are tried one by one, whether it falls without them


class Bound(msgspec.Struct, frozen=True):
    """The claims that a bound rests on; `unique` is false where other claims would give the same bound."""

    claims: tuple[str, ...]
    unique: bool | None


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """A row: what some claims allow for a question; the codebook prints each field's meaning."""

    of: Annotated[
        str, says("speaker, conceded, alleged, envelope (lowest low to highest high), joint (all right at once)")
    ]
    speaker: Annotated[
        str | None, says("who speaks: id of the register, else folded words; of `conceded`, the party")
    ] = None
    speaker_name: Annotated[str | None, says("the same, for people")] = None
    kind: Annotated[str, says("kind asked for")] = ""
    target: Annotated[str | None, says("class asked for")] = None
    place: Annotated[str | None, says("places asked for")] = None
    start: Annotated[date | None, says("first day asked for")] = None
    end: Annotated[date | None, says("last day asked for")] = None
    actor: Annotated[str | None, says("doer asked for")] = None
    actors: Annotated[tuple[str, ...] | None, says("whose acts the bounds cover; null: anybody's")] = None
    owners: Annotated[tuple[str, ...] | None, says("whose things the bounds cover; null: anybody's")] = None
    low: Annotated[int, says("the least that the claims allow")]
    high: Annotated[int | None, says("the most that they allow; null is open")]
    apart: Annotated[int | None, says("the sum if no two undecided reports were the same; beside an open high")] = None
    state: Annotated[str, says("agreed (one number), open (the claims leave room), contested (they cannot all hold)")]
    low_from: Annotated[Bound | None, says("the claims that bind the low; `unique` false: others would do")] = None
    high_from: Annotated[Bound | None, says("the claims that bind the high")] = None
    derived: Annotated[str | None, says("the sum in words, where the low rests on several claims")] = None
    voice: Annotated[str | None, says("own acts, own losses, others' acts: on what the speaker speaks")] = None
    claims: Annotated[tuple[str, ...], says("the claims inside the question")] = ()
    conflict: Annotated[tuple[str, ...], says("where contested, the claims that cannot all hold")] = ()
    as_of: Annotated[date | None, says("the day of a stock: stocks are compared only at one date")] = None


class Situation:
    """Some claims with their cells and figures, for one question."""

    def __init__(self, terms: Sequence[Term], ties: Ties, registers: Registers, question: Question | None) -> None:
        self.terms = list(terms)
        self.cells, self.beyond = cells_of(self.terms, registers, question, perhaps_one(self.terms, ties))
        self.figures = figures_of(self.terms, self.cells, ties)

    def model(self, *, slack: bool = False) -> Model:
        """The program of this situation."""
        return Model(self.terms, self.cells, self.figures, slack=slack)


def accepted(terms: Sequence[Term]) -> list[Term]:
    """The claims that bound numbers: told as done, and not replaced by a newer figure of their series."""
    old = superseded(series_of(terms))
    return [t for t in terms if t.constrains and t.id not in old]


def tally(terms: Sequence[Term], ties: Ties, registers: Registers, question: Question) -> tuple[Tally, Situation]:
    """One row for the claims given: its bounds, state and the claims that they rest on."""
    terms, as_of = newest_stock(pertinent(accepted(terms), question, registers), question)
    situation = Situation(terms, ties, registers, question)
    if not terms:
        return Tally(of="joint", low=0, high=None, state="open"), situation
    told = {"as_of": as_of, **whose(within_question(situation))}
    model = situation.model()
    low = model.program.bound(model.asked(surely=True), most=False)
    if low is None:
        return msgspec.structs.replace(contested(situation), **told), situation
    least, low_from = int(low.value or 0), bound_from(model, low.binding, low.value, most=False)
    most = None if situation.beyond else model.program.bound(model.asked(surely=False), most=True)
    high = None if most is None or most.value is None else int(most.value)
    high_from = (
        bound_from(model, most.binding, most.value, most=True) if most is not None and high is not None else None
    )
    inside = tuple(t.id for t in within_question(situation) if t.scope != "list")
    row = Tally(
        of="joint", low=least, high=high, state="agreed" if least == high else "open", low_from=low_from,
        high_from=high_from, claims=inside, apart=apart_sum(situation) if high is None else None,
    )  # fmt: skip
    return msgspec.structs.replace(row, **told), situation


def newest_stock(terms: list[Term], question: Question) -> tuple[list[Term], date | None]:
    """Stocks are compared only at one date: the newest in the question; other claims are left as they are."""
    days = [t.end for t in terms if t.scope == "stock" and t.end and (not question.last or t.end <= question.last)]
    newest = max(days, default=None)
    return [t for t in terms if t.scope != "stock" or t.end == newest], newest


def whose(terms: Sequence[Term]) -> dict[str, tuple[str, ...] | None]:
    """Whose acts, and things of whom, a row speaks of: those its claims name; None where a claim leaves it open."""
    told = [t for t in terms if t.scope != "list"]
    actors = None if any(not t.actors for t in told) else tuple(sorted({a for t in told for a in t.actors}))
    owners = None if any(t.owner is None for t in told) else tuple(sorted({t.owner for t in told if t.owner}))
    return {"actors": actors, "owners": owners}


def pertinent(terms: Sequence[Term], question: Question, registers: Registers) -> list[Term]:
    """The claims of the family of kinds that a question is about, counting what it counts."""
    family = (registers.ancestors(question.kind) or [question.kind])[-1]
    kin = {family, *registers.kinds[family].covers} if family in registers.kinds else {family}
    kin |= {k for k, v in registers.kinds.items() for c in v.covers if family in registers.ancestors(c)}
    counts = registers.kinds[question.kind].counts
    return [t for t in terms if t.counts == counts and kin & set(registers.ancestors(t.kind) or [t.kind])]


def within_question(situation: Situation) -> list[Term]:
    """The terms inside the question: all they may mean is in it, or they bound something in it."""
    touched = bounding = outside = 0
    for cell in situation.cells:
        touched |= cell.outer if cell.maybe else 0
        bounding |= cell.inner if cell.maybe else 0
        outside |= 0 if cell.maybe else cell.outer
    held = (touched & ~outside) | bounding
    return [t for n, t in enumerate(situation.terms) if held >> n & 1]


def contested(situation: Situation) -> Tally:
    """A row where not all claims can hold: bounds over what relaxes them by the least in all."""
    model = situation.model(slack=True)
    slack = [c for ease in model.slack.values() for c in ease]
    least = model.program.solve(dict.fromkeys(slack, 1.0), False)
    total = (least.value or 0.0) if least is not None else 0.0
    model.program.row([(c, 1.0) for c in slack], high=total + NEAR)
    low = model.program.bound(model.asked(surely=True), most=False)
    most = None if situation.beyond else model.program.bound(model.asked(surely=False), most=True)
    named = situation.model().program.ray()
    conflict = tuple(situation.terms[n].id for n in named if isinstance(n, int))
    return Tally(
        of="joint", low=int(low.value or 0) if low is not None else 0,
        high=None if most is None or most.value is None else int(most.value), state="contested",
        claims=tuple(t.id for t in within_question(situation) if t.scope != "list"), conflict=conflict,
    )  # fmt: skip


def bound_from(model: Model, binding: Sequence[object], value: float | None, *, most: bool) -> Bound:
    """The claims a bound rests on, and whether no other claims would give it.

    Duals of a degenerate optimum are one answer of many, so each claim is left out in turn: where
    the bound stands without one, others would do.
    """
    tags = [n for n in binding if isinstance(n, int)]
    rows = model.program.rows
    unique: bool | None = None
    if len(tags) <= FEW:
        unique = True
        for tag in tags:
            model.program.rows = [r for r in rows if r.tag != tag]
            other = model.program.solve(dict.fromkeys(model.asked(surely=not most), 1.0), most)
            same = other is not None and other.value is not None and value is not None
            unique = unique and not (same and other is not None and abs((other.value or 0) - (value or 0)) < 0.5)
        model.program.rows = rows
    return Bound(tuple(model.terms[n].id for n in tags), unique)


def apart_sum(situation: Situation) -> int | None:
    """The least if no two undecided reports were of one happening; None where that cannot be."""
    figures = [msgspec.structs.replace(f) for f in situation.figures]
    single = [n for n, f in enumerate(figures) if is_report(f, situation.terms)]
    for n in single:
        figures[n].apart = frozenset(single) - {n}
    parted = Model(situation.terms, situation.cells, figures)
    found = parted.program.bound(parted.asked(surely=True), most=False)
    return int(found.value or 0) if found is not None else None


def is_report(figure: Figure, terms: Sequence[Term]) -> bool:
    """Whether a figure is a report of a happening of its own: no part of another, no running total."""
    return not figure.wholes and all(terms[n].scope in ("incident", "increment") for n in figure.terms)
