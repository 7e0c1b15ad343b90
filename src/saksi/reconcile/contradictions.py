"""Contradictions: small sets of claims that cannot all hold, found within a document, a speaker, then across.

The rows of a Farkas ray come first: they are the whole sum, which is what people want to see. Of them a
smallest set is sought, by leaving out one claim after the other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import msgspec

from saksi.reconcile.figures import Ties
from saksi.reconcile.model import Model
from saksi.reconcile.solver import Row
from saksi.reconcile.tallies import Situation
from saksi.reconcile.terms import NAMELESS, Term, relations
from saksi.registers.load import Registers

TYPES = ("count", "verb", "victim class", "occurrence", "actor", "place", "time", "internal arithmetic")
WITHIN = ("document", "speaker", "speakers")
UNKNOWN = 1_000_000  # days of a claim that does not know its own: more than any other has
LEVELS = ("site", "village", "city", "admin2", "admin1", "region", "country")  # of places, the narrower first
MANY = 200  # contradictions of one component after which the search for more is given up


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
    if feasible(terms, ties, registers):
        return []
    found: list[Contradiction] = []
    blamed: set[str] = set()
    for within in WITHIN:
        for group in scopes([t for t in terms if t.id not in blamed], within):
            for each, culprit in conflicts(group, ties, registers, within):
                found.append(each)
                blamed.add(culprit)
    return found


def feasible(terms: Sequence[Term], ties: Ties, registers: Registers) -> bool:
    """Whether all claims can hold at once."""
    return Situation(terms, ties, registers, None).model().program.solve({}, False) is not None


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
    """Contradictions one after the other, each with the claim that is left out to find the next."""
    left = list(terms)
    for _ in range(MANY):
        model = Situation(left, ties, registers, None).model()
        named = [n for n in model.program.ray() if isinstance(n, int)]
        if not named:
            return
        smallest = irreducible(model, named)
        widest = max(smallest, key=lambda n: breadth(left[n], [left[m] for m in smallest]))
        picked, few = with_kin([left[n] for n in named], left), [left[n] for n in smallest]
        shown = tuple(t.id for t in picked if t.scope != "list")
        least = tuple(t.id for t in few if t.scope != "list")
        gap = gap_of(picked, ties, registers)
        yield Contradiction(type_of(few, within), within, shown, least, gap), left[widest].id
        left = [t for n, t in enumerate(left) if n != widest]


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


def can_hold(model: Model, rows: list[Row], tags: set[int]) -> bool:
    """Whether the bounds of these claims alone can hold."""
    chosen: set[Hashable] = {None, *tags}
    model.program.rows = [r for r in rows if r.tag in chosen]
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
    """What sort of contradiction it is (phenomena: count, occurrence, internal arithmetic)."""
    if any(t.negated for t in terms) and any(t.least > 0 for t in terms):
        return "occurrence"
    tied = any(relations(t, "part_of", "partition_of", "restates") for t in terms)
    return (
        "internal arithmetic" if within == "document" or (tied and len({t.document for t in terms}) == 1) else "count"
    )
