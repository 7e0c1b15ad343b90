"""Keeps what is derived up to date: after a new document only the components that it touches are solved again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from saksi.circles import uncollected
from saksi.errors import LedgerError
from saksi.intake.document import content_hash
from saksi.ledger import derived
from saksi.ledger.columns import Row
from saksi.ledger.derived import Extent, Reach
from saksi.ledger.judgements import Judged, judged, judgements
from saksi.ledger.query import Query
from saksi.ledger.store import Ledger
from saksi.reconcile.assess import Assessment, assess, bearing_on, judged_links, standing
from saksi.reconcile.boxes import Question
from saksi.reconcile.contradictions import WITHIN, Contradiction
from saksi.reconcile.links import RARE, Link, links_of, undated_names
from saksi.reconcile.speakers.gathering import is_kept, keep, kept_before, speakers_of, stamp_of
from saksi.reconcile.speakers.known import moved
from saksi.reconcile.speakers.said import Said, said_of
from saksi.reconcile.tallies import kinds_about
from saksi.reconcile.terms import Naming, Term, contained
from saksi.registers.load import Registers
from saksi.version import __version__

Progress = Callable[[int, int], None]
RULES = 3  # raised when what is derived from the same claims changes, so that ledgers are reconciled anew
TRIES = 20
LATE = 2_000  # claims not assessed yet, of which more are not looked at one by one


class Refreshed(msgspec.Struct, frozen=True):
    """How much a refresh had to look at: claims new or gone, claims assessed, components solved."""

    changed: int
    assessed: int
    components: int


@uncollected()
def refresh(ledger: Ledger, registers: Registers, progress: Progress | None = None) -> Refreshed:
    """Brings links, components and contradictions up to date with the claims and judgements of a ledger.

    Where another process judges or reconciles meanwhile, the work is done again on what there is then.
    """
    for _ in range(TRIES):
        done = attempt(ledger, registers, progress)
        if done is not None:
            return done
    raise LedgerError(f"{ledger.name}: others change it faster than it can be reconciled. Try again later")


def attempt(ledger: Ledger, registers: Registers, progress: Progress | None) -> Refreshed | None:
    """One refresh; None where somebody else changed the ledger meanwhile."""
    identity, before = identity_of(registers), derived.as_of(ledger)
    whole = derived.stamp(ledger) != identity
    if not whole and derived.noted(ledger, "reconciled of") == before and is_kept(ledger, registers):
        return Refreshed(0, 0, 0)
    so_far = derived.so_far(ledger)
    fresh, gone = derived.changes(ledger)
    stamp, speakers = stamp_of(ledger, registers), speakers_of(ledger, registers)
    others = moved(kept_before(ledger), speakers) if not whole else set()
    fresh |= claims_by(ledger, others)
    if not whole and not fresh and not gone:
        keep(ledger, speakers, stamp)
        derived.confirm(ledger)
        derived.note_assessed(ledger, so_far)
        return Refreshed(0, 0, 0)
    naming, opinions = Naming(registers, speakers), judged(judgements(ledger))
    rows = list(ledger.claims()) if whole else region(ledger, fresh, gone, opinions, naming)
    terms = standing(rows, opinions, naming)
    common = frozenset() if whole else derived.common_figures(ledger, RARE)
    done = assess(terms, opinions, registers, progress, common)
    touched = None if whole else {row.id for row in rows} | gone
    if not derived.replace(ledger, touched, kept(rows, done, registers), before, identity):
        return None
    keep(ledger, speakers, stamp)
    derived.note_assessed(ledger, so_far)
    return Refreshed(len(fresh | gone), len(rows), len(done.components))


def claims_by(ledger: Ledger, names: set[tuple[str, Said]]) -> set[str]:
    """The claims that some names of some documents tell."""
    rows = derived.rows_of_documents(ledger, {document for document, _ in names})
    return {row.id for row in rows if (row.document.id, said_of(row)) in names}


class Newcomers(msgspec.Struct, frozen=True):
    """Claims that are not assessed yet, how far they reach, and the ids of all that may bear on them."""

    told: list[Term]
    extents: list[Extent]
    near: set[str]


def newcomers(ledger: Ledger, fresh: set[str], opinions: Judged, naming: Naming) -> Newcomers:
    """Claims that are not assessed yet, with their neighbours."""
    new = derived.rows_by_id(ledger, fresh)
    told = standing(new, opinions, naming)
    extents = [x for t in told for x in extents_of(t, "", naming.registers)]
    judged_with = {id for pair in opinions.pairs if not fresh.isdisjoint(pair) for id in pair}
    near = derived.neighbours(ledger, extents, {r.document.text_hash for r in new}) | judged_with
    return Newcomers(told, extents, near)


def region(ledger: Ledger, fresh: set[str], gone: set[str], opinions: Judged, naming: Naming) -> list[Row]:
    """The claims to assess again: new ones, what they bear on, and all that hung together with what is gone."""
    return around(ledger, newcomers(ledger, fresh, opinions, naming), fresh, gone, (opinions, naming))


def around(ledger: Ledger, new: Newcomers, fresh: set[str], gone: set[str], known: tuple[Judged, Naming]) -> list[Row]:
    """The same, where the neighbours of the new ones are known."""
    opinions, naming = known
    old_terms = standing(derived.rows_by_id(ledger, new.near - fresh), opinions, naming)
    bearing = touched_by({t.id for t in new.told}, [*new.told, *old_terms], opinions, naming.registers)
    old = derived.components_of(ledger, bearing | gone | fresh)
    return derived.rows_by_id(ledger, derived.members_of(ledger, old) | bearing | fresh)


def touched_by(fresh: set[str], terms: Sequence[Term], opinions: Judged, registers: Registers) -> set[str]:
    """The claims that new ones bear on."""
    pairs = [Link(a, b, "same") for a, b in opinions.pairs]
    links = [*links_of(terms, registers), *pairs]
    _, groups = bearing_on(terms, links, registers)
    near = {id for group in groups if not fresh.isdisjoint(group) for id in group}
    missed = {id for k in links if not fresh.isdisjoint((k.a, k.b)) for id in (k.a, k.b)}
    return near | missed


def extents_of(term: Term, component: str, registers: Registers) -> list[Extent]:
    """How far a claim reaches; things are of one family whatever was done to them."""
    person = term.target is None or registers.is_a(term.target, "person")
    root = registers.family(term.kind) if term.counts != "things" or person else "things"
    first, last = (d.toordinal() if d else None for d in (term.start, term.end))
    key = [term.speaker, term.kind, term.low, term.high, term.target]
    figure = content_hash(key) if term.counted and not term.outlet else None
    countries: list[str | None] = sorted({s.country or "?" for s in term.spots}) or [None]  # type: ignore[assignment]
    reach = [Extent(term.id, term.reading, root, c, first, last, figure, component) for c in countries]
    names = [f"{root} {name}" for name in undated_names(term, registers)]
    return reach + [Extent(term.id, term.reading, root, None, None, None, name, component) for name in names]


def kept(
    rows: Sequence[Row], made: Assessment, registers: Registers
) -> tuple[list[Extent], list[dict[str, object]], list[dict[str, object]]]:
    """An assessment as the ledger keeps it: extents, links, findings."""
    of = {id: component for c in made.components for component in [content_hash(list(c.claims))] for id in c.claims}
    extents = [x for t in made.terms for x in extents_of(t, of.get(t.id, t.id), registers)]
    known = {t.id for t in made.terms}
    extents += [Extent(r.id, r.reading, "", None, None, None, None, r.id) for r in rows if r.id not in known]
    for t in {t.id: t for pair in contained(made.terms) for t in pair}.values():
        extents.append(Extent(t.id, t.reading, "", None, None, None, derived.INSIDE, of.get(t.id, t.id)))
    links = [{**msgspec.structs.asdict(k), "reasons": msgspec.json.encode(k.reasons).decode()} for k in made.links]
    findings: list[dict[str, object]] = [
        {"component": of[c.claims[0]], "content": msgspec.json.encode(each).decode()}
        for c in made.components
        for each in c.contradictions
    ]
    return extents, links, findings


def identity_of(registers: Registers) -> str:
    """By what a ledger is reconciled: the program's version, the rules of this folder, and the registers."""
    return f"{__version__} {RULES} {registers.identity()}"


def links_among(ledger: Ledger, told: Sequence[Term], registers: Registers) -> list[Link]:
    """The links among some claims: those kept where they are up to date, else made now and not kept."""
    if derived.is_current(ledger, identity_of(registers)):
        return links(ledger, {t.id for t in told})
    return judged_links(links_of(told, registers), judged(judgements(ledger)), {t.id: t for t in told})


def links(ledger: Ledger, among: set[str] | None = None) -> list[Link]:
    """The links kept in a ledger, or those among some claims."""
    return [
        Link(a, b, verdict, score, tuple(msgspec.json.decode(reasons)), by)
        for a, b, verdict, score, reasons, by in derived.kept_links(ledger, among)
    ]


def contradictions(ledger: Ledger) -> list[Contradiction]:
    """The contradictions kept in a ledger, worst first: between speakers before within, then the greatest gap."""
    found = [msgspec.json.decode(text, type=Contradiction) for text in derived.kept_findings(ledger)]
    return sorted(found, key=lambda c: (-WITHIN.index(c.within), -(c.gap or 0), len(c.smallest), c.smallest))


def terms_about(ledger: Ledger, naming: Naming, question: Question) -> list[Term]:
    """The terms that bear on a question: those that may speak of its places and days, and all that hangs together.

    Claims that are not assessed yet are looked at with their neighbours; where nothing or too little is
    assessed, the terms of all its kinds.
    """
    registers = naming.registers
    kinds = kinds_about(question.kind, registers)
    countries = {s.country for s in question.spots}
    broad = None in countries or (not countries and question.first is None and question.last is None)
    if broad or derived.stamp(ledger) != identity_of(registers):
        return terms(ledger, naming, kinds)
    fresh, gone = derived.unassessed(ledger)
    if len(fresh) + len(gone) > LATE:
        return terms(ledger, naming, kinds)
    opinions = judged(judgements(ledger))
    reach = Reach(
        families={registers.family(kind) for kind in kinds} | {"things"}, countries={c for c in countries if c},
        first=question.first.toordinal() if question.first else None,
        last=question.last.toordinal() if question.last else None,
    )  # fmt: skip
    near = derived.reaching(ledger, reach)
    if fresh or gone:
        new = newcomers(ledger, fresh, opinions, naming)
        if bear_on(new, fresh | gone, reach, near):
            near |= {row.id for row in around(ledger, new, fresh, gone, (opinions, naming))}
    rows = [row for row in derived.rows_by_id(ledger, near) if row.kind in kinds]
    return standing(rows, opinions, naming)


def bear_on(new: Newcomers, changed: set[str], reach: Reach, near: set[str]) -> bool:
    """Whether any claim that is new or gone may speak of what is asked, or hang together with one that may.

    Where none does, a question about last year need not look at what was read this morning.
    """
    within = any(reach.holds(x) for x in new.extents) or any(True for _ in contained(new.told))
    return within or not near.isdisjoint(new.near | changed)


def terms(ledger: Ledger, naming: Naming, kinds: Iterable[str] | None = None) -> list[Term]:
    """The terms of the newest claims (of some kinds) as judged, in the ledger's order."""
    query = Query(kinds=tuple(sorted(kinds))) if kinds is not None else None
    return standing(ledger.claims(query), judged(judgements(ledger)), naming)
