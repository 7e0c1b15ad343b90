"""What programs ask of a ledger: tallies, contradictions and tensions, incidents; the commands print the same.

Checks and incidents bring what is derived up to date first; tallies make the links they need, and write nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from saksi.errors import UsageError
from saksi.ledger.query import Query
from saksi.ledger.store import Ledger
from saksi.reconcile import incidents as stories
from saksi.reconcile.asking import PARTS, STEPS, Asked, split
from saksi.reconcile.cells import Question
from saksi.reconcile.contradictions import Contradiction
from saksi.reconcile.links import Link
from saksi.reconcile.refresh import Progress, contradictions, links, links_among, refresh, terms
from saksi.reconcile.tallies import Tally
from saksi.reconcile.tensions import Strain, strains
from saksi.reconcile.terms import Naming, Spot, Term
from saksi.registers.load import Registers, load_registers, must_know
from saksi.registers.places.folding import fold
from saksi.selection import Selection

BY = (*STEPS, *PARTS, "speaker")


class Told(msgspec.Struct, frozen=True):
    """Incidents, the pairs left to people, near misses, and the claims they speak of by id."""

    incidents: list[stories.Incident]
    undecided: list[Link]
    misses: list[Link]
    terms: dict[str, Term]


def tally(
    ledger: Ledger,
    selection: Selection,
    *,
    first: date | None = None,
    last: date | None = None,
    registers: Registers | None = None,
) -> list[Tally]:
    """The rows of a question: each speaker, what sides concede and allege, the envelope, the joint row.

    `first` and `last` are days, inclusive. Raises UsageError for words that no register knows.
    """
    registers = registers or load_registers()
    checked(selection, registers)
    kind = str(selection.kind)
    family = [k for k in registers.kinds if registers.kinds[k].counts == registers.kinds[kind].counts]
    naming = Naming(registers)
    known = terms(ledger, naming, family)
    if selection.trust:
        known = trusted(known, selection.trust)
    asked = Asked(known, links_among(ledger, known, registers), registers, kind)
    actor, owner = (naming.party(None, word, coded=True) for word in (selection.actor, selection.owner))
    question = Question(
        kind=kind, target=selection.target, without=tuple(selection.without), age=selection.age, sex=selection.sex,
        status=selection.status, actor=actor, owner=owner, spots=spots_named(selection, known),
        first=first, last=last,
    )  # fmt: skip
    return [row for q in split(asked, question, selection.by) for row in asked.rows(q)]


def check(
    ledger: Ledger, registers: Registers | None = None, progress: Progress | None = None
) -> tuple[list[Contradiction], list[Strain]]:
    """Every contradiction, worst first, and every tension."""
    registers = registers or load_registers()
    refresh(ledger, registers, progress)
    statuses = {k for r in registers.tensions for k in registers.kinds if registers.is_a(k, r.status)}
    if next(iter(ledger.claims(Query(kinds=tuple(sorted(statuses))))), None) is None:
        return contradictions(ledger), []
    later = {k for r in registers.tensions for w in r.later for k in registers.kinds if registers.is_a(k, w)}
    return contradictions(ledger), strains(terms(ledger, Naming(registers), later | statuses), registers)


def incidents(ledger: Ledger, registers: Registers | None = None, progress: Progress | None = None) -> Told:
    """The incidents told in more than one document or revised, and the pairs that no rule and nobody has decided."""
    registers = registers or load_registers()
    refresh(ledger, registers, progress)
    told, known = terms(ledger, Naming(registers)), links(ledger)
    found = stories.incidents(told, known)
    of = {id: each.id for each in found for id in each.claims}
    apart = [k for k in known if k.a not in of or of[k.a] != of.get(k.b)]
    undecided, misses = ([k for k in apart if k.verdict == v] for v in ("maybe", "miss"))
    return Told(found, undecided, misses, {t.id: t for t in told})


def checked(selection: Selection, registers: Registers) -> None:
    """Refuses words that no register knows."""
    if selection.kind is None:
        raise UsageError("--kind is needed: saksi tally --kind kill. Known are: " + " ".join(sorted(registers.kinds)))
    must_know(selection.kind, registers.kinds, "--kind")
    if selection.target is not None:
        must_know(selection.target, registers.classes, "--target")
    for word in selection.without:
        must_know(word, registers.classes, "--not")
    for part in selection.by:
        if part not in BY:
            raise UsageError(f"--by {part!r} is not one of: {' '.join(BY)}")


def trusted(told: Sequence[Term], trust: Sequence[str]) -> list[Term]:
    """The claims of the speakers named, by id of the register or by name."""
    wanted = {*trust, *(fold(t) for t in trust)}
    kept = [t for t in told if t.speaker in wanted or fold(t.speaker_name) in wanted]
    if not kept:
        raise UsageError(f"--trust: none of {', '.join(trust)} speaks here. Who does: saksi tally without --trust")
    return kept


def spots_named(selection: Selection, known: Sequence[Term]) -> tuple[Spot, ...]:
    """The places of a question: a country by its code, a place by a name that some claim has."""
    code = selection.country.upper() if selection.country else None
    if selection.place is None:
        return (Spot(code, code, code, None, "country"),) if code else ()
    name = fold(selection.place)
    spots = sorted({s for t in known for s in t.spots}, key=lambda s: (s.key, s.near))
    inside = [s for s in spots if code is None or s.country == code]
    found = [s for s in inside if fold(s.name) == name]
    if not found:
        regions = sorted({(s.country, s.admin1) for s in inside if s.admin1 and fold(s.admin1) == name}, key=str)
        found = [Spot(f"{c}/{name}", str(a), c, a, "admin1") for c, a in regions]
    if not found:
        raise UsageError(
            f"no claim of this sort is placed at {selection.place!r}. Places: saksi claims --kind {selection.kind}"
        )
    return tuple(found)
