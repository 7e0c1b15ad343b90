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
from saksi.ledger.grounds import PROPOSED
from saksi.reconcile.bounds import apart_sum, bounds_of
from saksi.reconcile.boxes import Boxes, Question
from saksi.reconcile.broad.asides import Aside, Pair
from saksi.reconcile.cells import MANY, Surely, TooBroadError, cells_of
from saksi.reconcile.figures import Ties, adrift, figures_of, perhaps_one
from saksi.reconcile.model import Model
from saksi.reconcile.proven import Proven
from saksi.reconcile.series import Series, series_of, superseded
from saksi.reconcile.terms import Term
from saksi.reconcile.totals import Inclusion, included
from saksi.registers.load import Registers


class Bound(msgspec.Struct, frozen=True):
    """The claims that a bound rests on; `unique` is false where other claims would give the same bound."""

    claims: tuple[str, ...]
    unique: bool | None


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """A row: what some claims allow for a question; the codebook prints each field's meaning."""

    of: Annotated[
        str,
        says(
            "speaker, conceded, alleged, envelope (lowest low to highest high), joint (all right at once), "
            "running (what one total said as of a day); of a broad question sure (proven apart), linked (each incident "
            "once), told (every claim once)"
        ),
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
    owner: Annotated[str | None, says("owner asked for")] = None
    actors: Annotated[tuple[str, ...] | None, says("whose acts the bounds cover; null: anybody's")] = None
    owners: Annotated[tuple[str, ...] | None, says("whose things the bounds cover; null: anybody's")] = None
    low: Annotated[int, says("the least that the claims allow")]
    high: Annotated[int | None, says("the most that they allow; null is open")]
    apart: Annotated[int | None, says("the sum if no two undecided reports were the same; beside an open high")] = None
    state: Annotated[str, says("agreed (one number), open (the claims leave room), contested (they cannot all hold)")]
    low_from: Annotated[Bound | None, says("the claims that bind the low; `unique` false: others would do")] = None
    high_from: Annotated[Bound | None, says("the claims that bind the high")] = None
    derived: Annotated[str | None, says("the sum in words, where the low rests on several claims")] = None
    voice: Annotated[str | None, says("own acts, own losses, others' acts: what the speaker speaks of")] = None
    claims: Annotated[tuple[str, ...], says("the claims inside the question")] = ()
    conflict: Annotated[tuple[str, ...], says("where contested, the claims that cannot all hold")] = ()
    as_of: Annotated[
        date | None, says("the day of a stock, or as of which the running total stands that is the low")
    ] = None
    added: Annotated[int | None, says("of a running total, what it grew by since its report before")] = None
    aside: Annotated[int, says("claims not added to the low, since they may be of the others or in a total")] = 0
    presumed: Annotated[int, says("claims whose place, days or speaker no words of the page give")] = 0
    proposed: Annotated[int, says("claims that rest on what a second reader alone says")] = 0
    doubts: Annotated[
        tuple[str, ...], says("claims left out because they cannot be what they were read as, and why")
    ] = ()
    figures: Annotated[int | None, says("of a broad question, how many figures are added up")] = None
    undecided: Annotated[int, says("of `linked`, pairs of incidents that are perhaps one: high counts them as two")] = 0
    pairs: Annotated[tuple[Pair, ...], says("of these, the ones whose judgement settles most")] = ()
    asides: Annotated[tuple[Aside, ...], says("of `linked`, the claims that stand aside, by reason")] = ()

    @property
    def binding(self) -> tuple[str, ...]:
        """The claims that bind the low; none where the low is 0 for want of a claim inside the question."""
        return self.low_from.claims if self.low_from is not None else ()


class Situation:
    """Some claims with their cells and figures, for one question."""

    def __init__(self, terms: Sequence[Term], ties: Ties, registers: Registers, question: Question | None) -> None:
        self.terms = list(terms)
        boxes = Boxes(self.terms, registers, perhaps_one(self.terms, ties), question)
        lost = adrift(self.terms, ties) if question is None else ()
        self.cells, self.beyond = cells_of(self.terms, boxes, question, adrift=lost)
        self.figures = figures_of(self.terms, self.cells, ties)

    def model(self, *, slack: bool = False) -> Model:
        """The program of this situation."""
        return Model(self.terms, self.cells, self.figures, slack=slack)


def accepted(terms: Sequence[Term], series: Sequence[Series] | None = None) -> list[Term]:
    """The claims that bound numbers: told as done, and not replaced by a newer figure of their series."""
    old = superseded(series_of(terms) if series is None else series)
    return [t for t in terms if t.constrains and t.id not in old]


class Ready(msgspec.Struct, frozen=True):
    """Claims made ready for one question: without what is adrift from it, and what totals inside it may include.

    `left` are the claims that totals may include, `adrift` those that may always be elsewhere, `as_of` is the day of a
    stock.
    """

    terms: list[Term]
    ties: Ties
    registers: Registers
    question: Question
    left: tuple[str, ...] = ()
    adrift: tuple[Term, ...] = ()
    as_of: date | None = None


def ready(terms: Sequence[Term], ties: Ties, registers: Registers, question: Question) -> Ready:
    """Accepted and pertinent claims, made ready for a question."""
    terms, as_of = newest_stock(terms, question)
    target = question.target or registers.kinds[question.kind].theme
    known = registers.classes.get(target or "")
    status = question.status or (known.status if known else None)
    question = msgspec.structs.replace(question, target=target, status=status)
    days, places = question.first is not None or question.last is not None, bool(question.spots)
    lost = adrift(terms, ties, days=days, places=places) if days or places else ()
    away = tuple(t for t in terms if t.id in lost)
    terms = [t for t in terms if t.id not in lost]
    terms, left = included(terms, lambda some: held_alone(some, registers, question), Inclusion(registers))
    return Ready(terms, ties, registers, question, left, away, as_of)


def tally(terms: Sequence[Term], ties: Ties, registers: Registers, question: Question) -> Tally:
    """One row for the claims given, accepted and pertinent ones: its bounds, state and the claims that they rest on."""
    told = ready(terms, ties, registers, question)
    proven = proven_of(told)
    row = None if is_open(told, proven) else bounded(told)
    return row or finished(uncut(proven, told.as_of), told)


def proven_of(told: Ready) -> Proven:
    """The claims of a question as they are looked at where they are too many to be cut."""
    return Proven(told.terms, told.ties, told.registers, told.question)


def is_open(told: Ready, proven: Proven) -> bool:
    """Whether many claims plainly leave open how much there was at most."""
    return len(told.terms) > MANY and proven.is_open


def bounded(told: Ready) -> Tally | None:
    """The row of claims whose parts of the world can all be told; None where they are too many."""
    try:
        return finished(cut(told.terms, told.ties, told.registers, told.question, told.as_of), told)
    except TooBroadError:
        return None


def finished(row: Tally, told: Ready) -> Tally:
    """A row with what has to be said of the claims that it rests on."""
    resting = set(row.claims)
    presumed = sum(t.id in resting and t.grounds == "presumed" for t in told.terms)
    proposed = sum(t.id in resting and t.grounds == PROPOSED for t in told.terms)
    aside = row.aside + len(told.left)
    return dated(msgspec.structs.replace(row, aside=aside, presumed=presumed, proposed=proposed), told.terms)


def held_alone(terms: Sequence[Term], registers: Registers, question: Question) -> set[str]:
    """The claims that lie wholly inside a question, each by its own words."""
    boxes, surely = Boxes(terms, registers, None, question), Surely(registers, question)
    return {t.id for t in terms if surely.holds(t, boxes.of[t.id])}


def dated(row: Tally, terms: Sequence[Term]) -> Tally:
    """A row with the day as of which the running total stands that is its low, where one is."""
    binding = set(row.binding)
    told = [t for t in terms if t.id in binding]
    one = told[0] if len(told) == 1 else None
    if one is None or one.scope != "cumulative" or row.as_of is not None:
        return row
    return msgspec.structs.replace(row, as_of=one.end or one.said)


def uncut(proven: Proven, as_of: date | None) -> Tally:
    """The row of a question that is too broad to be cut as a whole: its high is left open."""
    found, inside = proven.low(), proven.inside()
    unique = None if found.aside else True
    row = Tally(
        of="joint", low=found.low, high=None, claims=tuple(t.id for t in inside if t.scope != "list"),
        state="contested" if found.conflict else "open", low_from=Bound(found.claims, unique),
        apart=None if found.conflict else proven.apart(found.low), conflict=found.conflict, as_of=as_of,
        aside=len(found.aside),
    )  # fmt: skip
    return msgspec.structs.replace(row, **whose(inside))


def situated(terms: list[Term], ties: Ties, registers: Registers, question: Question) -> Situation:
    """Some claims with the parts of the world that they tell apart, among those named. Raises TooBroadError."""
    situation = Situation(terms, ties, registers, question)
    parties = whose(within_question(situation, set()))
    if all(named is None for named in parties.values()):
        return situation
    among = {role: named or () for role, named in parties.items()}
    return Situation(terms, ties, registers, msgspec.structs.replace(question, **among))


def is_too_broad(told: Ready, proven: Proven) -> bool:
    """Whether the parts of the world that claims speak of are too many to be told apart."""
    if is_open(told, proven):
        return True
    try:
        situated(told.terms, told.ties, told.registers, told.question)
    except TooBroadError:
        return True
    return False


def cut(terms: list[Term], ties: Ties, registers: Registers, question: Question, as_of: date | None) -> Tally:
    """The row of a question whose parts of the world can all be told. Raises TooBroadError."""
    situation = situated(terms, ties, registers, question)
    if not terms:
        return Tally(of="joint", low=0, high=None, state="open")
    cells, figures = situation.cells, situation.figures
    found = bounds_of(situation.terms, cells, figures, high=not situation.beyond)
    high = None if situation.beyond else found.high
    binding = {*found.low_from, *(found.high_from if high is not None else ())}
    inside = within_question(situation, binding)
    ids = [t.id for t in situation.terms]
    row = Tally(
        of="joint", low=found.low, high=high, claims=tuple(t.id for t in inside if t.scope != "list"),
        state="contested" if found.conflict else "agreed" if found.low == high else "open",
        low_from=Bound(tuple(ids[n] for n in found.low_from), found.low_only),
        high_from=Bound(tuple(ids[n] for n in found.high_from), found.high_only) if high is not None else None,
        apart=apart_sum(situation.terms, cells, figures) if high is None and not found.conflict else None,
        conflict=tuple(ids[n] for n in found.conflict), as_of=as_of,
    )  # fmt: skip
    return msgspec.structs.replace(row, **whose(inside))


def newest_stock(terms: Sequence[Term], question: Question) -> tuple[list[Term], date | None]:
    """Stocks are compared only at one date: the newest in the question; other claims are left as they are."""
    days = [t.end for t in terms if t.scope == "stock" and t.end and (not question.last or t.end <= question.last)]
    newest = max(days, default=None)
    return [t for t in terms if t.scope != "stock" or t.end == newest], newest


def whose(terms: Sequence[Term]) -> dict[str, tuple[str, ...] | None]:
    """Whose acts, and things of whom, a row speaks of: those its claims name; None where a claim leaves it open."""
    told = [t for t in terms if t.scope != "list"]
    actors = None if not told or any(not t.actors for t in told) else tuple(sorted({a for t in told for a in t.actors}))
    owners = (
        None if not told or any(t.owner is None for t in told) else tuple(sorted({t.owner for t in told if t.owner}))
    )
    return {"actors": actors, "owners": owners}


def pertinent(terms: Sequence[Term], question: Question, registers: Registers) -> list[Term]:
    """The claims of the family of kinds that a question is about, counting what it counts."""
    kin, counts = kinds_about(question.kind, registers), registers.kinds[question.kind].counts
    return [t for t in terms if t.counts == counts and t.kind in kin]


def kinds_about(kind: str, registers: Registers) -> frozenset[str]:
    """The kinds that a question about one of them looks at: its family, what that covers, and what covers it."""
    family = registers.root(kind)
    kin = {family, *registers.kinds[family].covers} if family in registers.kinds else {family}
    kin |= {k for k, v in registers.kinds.items() for c in v.covers if family in registers.ancestors(c)}
    return frozenset(k for k in registers.kinds if kin & set(registers.ancestors(k) or [k]))


def within_question(situation: Situation, binding: set[int]) -> list[Term]:
    """The terms inside the question: all they may mean is in it, they bound something in it, or bind the row."""
    touched = bounding = outside = 0
    for cell in situation.cells:
        touched |= cell.outer if cell.maybe else 0
        bounding |= cell.inner if cell.maybe else 0
        outside |= 0 if cell.maybe else cell.outer
    held = (touched & ~outside) | bounding
    return [t for n, t in enumerate(situation.terms) if held >> n & 1 or n in binding]
