"""Contradictions: small sets of claims that cannot all hold, found within a document, a speaker, then across.

The rows of a Farkas ray come first: they are the whole sum, which is what people want to see. Of them a
smallest set is sought, by leaving out one claim after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from saksi.reconcile.bounds import blocks, cut
from saksi.reconcile.figures import Figure, Ties
from saksi.reconcile.model import Model
from saksi.reconcile.solver import Constraint
from saksi.reconcile.tallies import Situation
from saksi.reconcile.terms import NAMELESS, Term, relations
from saksi.registers.load import Registers

TYPES = ("count", "verb", "victim class", "occurrence", "actor", "place", "time", "internal arithmetic")
WITHIN = ("document", "speaker", "speakers")
UNKNOWN = 1_000_000  # days of a claim that does not know its own: more than any other has
LEVELS = ("site", "village", "city", "admin2", "admin1", "region", "country")  # of places, the narrower first
EXPLAINED = 12  # conflicts of one voice, or between all, that are told one by one; of those after them one is told


class Contradiction(msgspec.Struct, frozen=True):
    """Claims that cannot all hold: all that explain it, a smallest set, and by how much they miss.

    `type` is one of TYPES, `within` one of WITHIN. `claims` are ids; `gap` is the least by which bounds
    would have to give way in all, None where it is not arithmetic.
    """

    type: str
    within: str
    claims: tuple[str, ...]
    smallest: tuple[str, ...]
    gap: int | None
    says: str = ""


def contradictions_of(terms: Sequence[Term], ties: Ties, registers: Registers) -> list[Contradiction]:
    """All arithmetic contradictions of one component, the narrower ones first."""
    found: list[Contradiction] = []
    for some in failing(terms, ties, registers):
        blamed: set[str] = set()
        for within in WITHIN:
            for group in scopes([t for t in some if t.id not in blamed], within):
                for each, culprit in conflicts(group, ties, registers, within):
                    found.append(each)
                    blamed.add(culprit)
    return found


def failing(terms: Sequence[Term], ties: Ties, registers: Registers) -> Iterator[list[Term]]:
    """The claims that cannot all hold, in groups that do not bear on each other.

    A figure that may lie where nobody tells all there was can always be true there: it binds together only what
    it surely covers itself. So most of a large component falls apart, and little of it has to be solved.
    """
    situation = Situation(terms, ties, registers, None)
    figures = situation.figures
    covered = frozenset().union(*(f.inner for f in figures))
    for block in blocks([bound_by(f, covered) for f in figures]):
        if len(block) == 1 and holds_alone(situation, figures[block[0]]):
            continue
        cells, some = cut(situation.cells, figures, block)
        if Model(situation.terms, cells, some).program.solve({}, False) is None:
            yield [situation.terms[t] for t in sorted(t for n in block for t in figures[n].terms)]


def bound_by(figure: Figure, covered: frozenset[int]) -> Figure:
    """A figure with only those of its cells that bind it to others."""
    return figure if figure.outer <= covered else msgspec.structs.replace(figure, outer=figure.inner)


def holds_alone(situation: Situation, figure: Figure) -> bool:
    """Whether the claims of one figure, which shares nothing with others, can all hold."""
    told = [situation.terms[n] for n in figure.terms]
    most = min((t.most for t in told if t.most is not None), default=None)
    return not figure.partitions and (most is None or max(t.least for t in told) <= most)


def scopes(terms: Sequence[Term], within: str) -> list[list[Term]]:
    """The claims in the groups that are searched together."""
    groups: dict[str, list[Term]] = {}
    for term in terms:
        if within == "document" and not term.document:
            continue  # the whole of a list whose lines are documents of their own
        nameless = term.outlet and term.speaker == NAMELESS  # two of them need not be one
        voice = term.document if nameless else f"{term.outlet} {term.speaker}"
        key = {"document": term.document, "speaker": voice}.get(within, "")
        groups.setdefault(key, []).append(term)
    return [group for group in groups.values() if len(group) > 1]


def conflicts(
    terms: Sequence[Term], ties: Ties, registers: Registers, within: str
) -> Iterable[tuple[Contradiction, str]]:
    """Contradictions one after the other, each with the claim that is left out to find the next.

    The program is made once: leaving a claim out takes its bounds away, and what its figure covers with them.
    Claims that would hold by themselves are tied through others that say nothing of it: that is left untold.
    """
    model = Situation(terms, ties, registers, None).model()
    left = set(range(len(terms)))
    for told in range(EXPLAINED + 1):
        named = [n for n in model.program.ray() if isinstance(n, int)]
        if not named:
            return
        smallest = irreducible(model, named)
        few = [terms[n] for n in smallest]
        widest = max(smallest, key=lambda n: breadth(terms[n], few))
        picked = with_kin([terms[n] for n in named], [terms[n] for n in sorted(left)])
        shown = tuple(t.id for t in picked if t.scope != "list")
        least = tuple(t.id for t in few if t.scope != "list")
        says = "more claims around it do not fit either, and are not listed" if told == EXPLAINED else ""
        gap = gap_of(picked, ties, registers)
        if gap and not told_apart(few, within):
            yield Contradiction(type_of(few, within), within, shown, least, gap, says), terms[widest].id
        left.discard(widest)
        model.leave_out(widest, left)


def told_apart(terms: Sequence[Term], within: str) -> bool:
    """Whether one text tells some claims of two happenings rather than against itself: none here, some there."""
    one = within == "document" and len({(t.speaker, t.outlet) for t in terms}) == 1
    tied = any(o.id in {c for _, c in t.relations} for t in terms for o in terms)
    return one and not tied and any(t.negated for t in terms) and not all(t.coded for t in terms)


def with_kin(named: Sequence[Term], terms: Sequence[Term]) -> list[Term]:
    """The claims named, with the other parts of the wholes among them: people want to see the whole sum."""
    ids = {t.id for t in named}
    wholes = {o for t in named for o in relations(t, "partition_of")} | ids
    return [t for t in terms if t.id in ids or not wholes.isdisjoint(relations(t, "partition_of")) or (t.id in wholes)]


def irreducible(model: Model, named: Sequence[int]) -> list[int]:
    """A smallest set of claims that cannot all hold: leaving any one out, the others can."""
    rows = model.program.rows
    kept: list[int] = list(named)
    for n in named:
        if not can_hold(model, rows, set(kept) - {n}):
            kept.remove(n)
    model.program.rows = rows
    return kept


def can_hold(model: Model, rows: list[Constraint], tags: set[int]) -> bool:
    """Whether the bounds of these claims alone can hold."""
    model.program.rows = [r for r in rows if not isinstance(r.tag, int) or r.tag in tags]
    return model.program.solve({}, False) is not None


def breadth(term: Term, beside: Sequence[Term]) -> tuple[int, int, int, str]:
    """How much of the world a claim speaks of: as the whole of others beside it, in days, and in places."""
    parts = sum(term.id in relations(t, "partition_of", "part_of") for t in beside)
    days = (term.end - term.start).days if term.start and term.end else UNKNOWN
    places = max((LEVELS.index(s.level) if s.level in LEVELS else 0 for s in term.spots), default=len(LEVELS))
    return parts, days, places * UNKNOWN + len(term.spots), term.id


def gap_of(terms: Sequence[Term], ties: Ties, registers: Registers) -> int | None:
    """The least by which the claims' bounds would have to give way in all."""
    model = Situation(terms, ties, registers, None).model(slack=True)
    answer = model.program.solve({c: 1.0 for ease in model.slack.values() for c in ease}, False)
    return round(answer.value) if answer is not None and answer.value is not None else None


def type_of(terms: Sequence[Term], within: str) -> str:
    """What sort of contradiction it is (count, occurrence, internal arithmetic): two parties have no sum in common."""
    if any(t.negated for t in terms) and any(t.least > 0 for t in terms):
        return "occurrence"
    if len({(t.speaker, t.outlet) for t in terms}) > 1:
        return "count"
    tied = any(relations(t, "part_of", "partition_of", "restates") for t in terms)
    own = within == "document" or (tied and len({t.document for t in terms}) == 1)
    return "internal arithmetic" if own else "count"
