"""What programs ask of a ledger: tallies, contradictions and tensions, incidents; the commands print the same.

Checks and incidents bring what is derived up to date first; tallies make the links they need, and write nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from saksi.circles import uncollected
from saksi.errors import NowhereError, UsageError
from saksi.inquiry.selection import Selection
from saksi.ledger import derived
from saksi.ledger.derived import Story
from saksi.ledger.grounds import PROPOSED, as_strong
from saksi.ledger.judgements import judged, judgements
from saksi.ledger.query import Query
from saksi.ledger.store import Ledger
from saksi.reconcile import incidents as stories
from saksi.reconcile.asking import PARTS, STEPS, Asked
from saksi.reconcile.assess import standing
from saksi.reconcile.boxes import Question
from saksi.reconcile.broad.parts import rows_of
from saksi.reconcile.contradictions import Contradiction
from saksi.reconcile.figures import retold
from saksi.reconcile.links import Link, worth_asking, would_contradict
from saksi.reconcile.refresh import (
    Progress,
    contradictions,
    links,
    links_among,
    refresh,
    terms,
    terms_about,
)
from saksi.reconcile.ruled import is_seconded, ruled_links, ruled_terms
from saksi.reconcile.speakers.gathering import speakers_of
from saksi.reconcile.speakers.known import Speakers
from saksi.reconcile.tallies import Tally, kinds_about
from saksi.reconcile.tensions import Strain, strains
from saksi.reconcile.terms import Naming, Spot, Term, country_spot
from saksi.registers.countries import country_code
from saksi.registers.load import Registers, load_registers, must_know
from saksi.registers.places.folding import fold
from saksi.together import Together

BY = (*STEPS, *PARTS, "speaker")
Days = tuple[date | None, date | None]  # the first and the last


class IncidentsFound(msgspec.Struct, frozen=True):
    """Incidents, the pairs worth asking people, the strongest first; all other near ones; the claims by id."""

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

    Where too many claims bear on it: the rows `sure`, `linked` and `told`, and those of who tells a running total.

    `first` and `last` are days, inclusive. Raises UsageError for words that no register knows.
    """
    registers = registers or load_registers()
    checked(selection, registers)
    return tally_by(ledger, selection, (first, last), naming_of(ledger, registers))


@uncollected()
def tally_by(ledger: Ledger, selection: Selection, days: Days, naming: Naming) -> list[Tally]:
    """The rows of a question, where it is known already who speaks."""
    checked(selection, naming.registers)
    asked, question = asked_by(ledger, selection, days, naming)
    return rows_of(asked, question, selection.by)


def naming_of(ledger: Ledger, registers: Registers) -> Naming:
    """How the names of a ledger become keys, its speakers up to date."""
    return Naming(registers, speakers_of(ledger, registers))


def asked_of(ledger: Ledger, selection: Selection, days: Days, registers: Registers) -> tuple[Asked, Question]:
    """The claims of a ledger that bear on a question, and the question."""
    checked(selection, registers)
    return asked_by(ledger, selection, days, naming_of(ledger, registers))


def asked_by(ledger: Ledger, selection: Selection, days: Days, naming: Naming) -> tuple[Asked, Question]:
    """The same of a question that makes sense, where it is known already who speaks."""
    registers = naming.registers
    actor, owner = (naming.party(None, word, coded=True) for word in (selection.actor, selection.owner))
    question = Question(
        kind=str(selection.kind), target=selection.target, without=tuple(selection.without), age=selection.age,
        sex=selection.sex, status=selection.status, actor=actor, owner=owner, first=days[0], last=days[1],
        spots=spots_asked(ledger, selection, naming),
    )  # fmt: skip
    ruled = selection.grounds not in (None, PROPOSED) and is_seconded(ledger)
    kinds = kinds_about(question.kind, registers)
    known = ruled_terms(ledger, naming, kinds) if ruled else terms_about(ledger, naming, question)
    if selection.trust:
        known = trusted(known, selection.trust, naming.speakers)
    if selection.grounds:
        known = [t for t in known if t.grounds in as_strong(selection.grounds)]
    found = ruled_links(ledger, known, naming) if ruled else links_among(ledger, known, registers)
    asked = Asked(known, found, registers, question.kind)
    asked.speakers = naming.speakers
    return asked, question


@uncollected()
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
    return contradictions(ledger), strains(terms(ledger, naming_of(ledger, registers), later | statuses), registers)


@uncollected()
def incidents(ledger: Ledger, registers: Registers | None = None, progress: Progress | None = None) -> IncidentsFound:
    """The incidents told in more than one document or revised, and the pairs that no rule and nobody has decided."""
    registers = registers or load_registers()
    refresh(ledger, registers, progress)
    told, known = terms(ledger, naming_of(ledger, registers)), links(ledger)
    by = {t.id: t for t in told}
    undecided = asked_about([k for k in known if k.verdict == "maybe"], known, by)
    asked = {(k.a, k.b) for k in undecided}
    found = stories.incidents(told, known)
    of = {id: each.id for each in found for id in each.claims}
    apart = [k for k in known if k.a not in of or of[k.a] != of.get(k.b)]
    misses = [k for k in apart if k.verdict == "miss" or (k.verdict == "maybe" and (k.a, k.b) not in asked)]
    return IncidentsFound(found, undecided, misses, by)


def may_contradict(ledger: Ledger, registers: Registers) -> list[Link]:
    """The pairs that people should be asked about whose numbers cannot both hold, if they are of one happening."""
    known = links(ledger)
    pairs = [k for k in known if k.verdict == "maybe" and would_contradict(k)]
    tied = [k for k in known if k.verdict == "same"]
    rows = derived.rows_by_id(ledger, {id for k in (*pairs, *tied) for id in (k.a, k.b)} if pairs else ())
    told = standing(rows, judged(judgements(ledger)), naming_of(ledger, registers))
    return asked_about(pairs, tied, {t.id: t for t in told})


def asked_about(pairs: Sequence[Link], known: Sequence[Link], by: dict[str, Term]) -> list[Link]:
    """The pairs that people should be asked about, first what would contradict, each once however many tell it.

    Two claims that already tell one figure, by a link or since one tells the other again, are asked about no more; nor
    are those that would be told by the answers to the questions before: five reports of one shelter are four questions.
    """
    there = [k for k in pairs if k.a in by and k.b in by]
    open_pairs = [k for k in there if k.by != "rule" or worth_asking(k, by[k.a], by[k.b])]
    together = Together(by)
    for a, b in [*((k.a, k.b) for k in known if k.verdict == "same"), *retold(list(by.values()))]:
        if a in together and b in together:
            together.tie(a, b)
    asked = []
    for pair in sorted(open_pairs, key=lambda k: (not would_contradict(k), -k.score, k.a, k.b)):
        if together.of(pair.a) != together.of(pair.b):
            asked.append(pair)
            together.tie(pair.a, pair.b)
    return asked


def retell(ledger: Ledger, registers: Registers) -> None:
    """Brings what is derived up to date, and keeps incidents, undecided pairs and tensions as told."""
    while derived.told_as_of(ledger) != (now := derived.as_of(ledger)):
        _, strains = check(ledger, registers)
        now = derived.as_of(ledger)
        found = incidents(ledger, registers)
        kept: list[tuple[str, str, Any]] = [
            *(("incident", i.id, i) for i in found.incidents),
            *(("pair", f"{k.a} {k.b}", k) for k in found.undecided),
            *(("tension", " ".join(t.status), t) for t in strains),
        ]
        stories = [Story(sort, id, msgspec.json.encode(each).decode()) for sort, id, each in kept]
        derived.put_stories(ledger, stories, now)


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


def trusted(told: Sequence[Term], trust: Sequence[str], speakers: Speakers) -> list[Term]:
    """The claims of the speakers named, by id of the register or by any of their names."""
    wanted = {*trust, *(fold(t) for t in trust), *(s.key for t in trust for s in speakers.named(t))}
    kept = [t for t in told if t.speaker in wanted or fold(t.speaker_name) in wanted]
    if not kept:
        names = ", ".join(trust)
        raise NowhereError("speaker", names, f"--trust: none of {names} speaks here. Who does: saksi tally without it")
    return kept


def spots_asked(ledger: Ledger, selection: Selection, naming: Naming) -> tuple[Spot, ...]:
    """The places of a question: a country by its code, a place by a name that some claim has."""
    code = country_code(selection.country)
    if selection.place is None:
        return (country_spot(code),) if code else ()
    kinds = kinds_about(str(selection.kind), naming.registers)
    return spots_named(selection.place, code, terms(ledger, naming, kinds), str(selection.kind))


def spots_named(place: str, code: str | None, known: Sequence[Term], kind: str) -> tuple[Spot, ...]:
    """The places of some claims that have a name, or the provinces; in one country where it is given."""
    name = fold(place)
    spots = sorted({s for t in known for s in t.spots}, key=lambda s: (s.key, s.near))
    inside = [s for s in spots if code is None or s.country == code]
    found = [s for s in inside if fold(s.name) == name]
    if not found:
        regions = sorted({(s.country, s.admin1) for s in inside if s.admin1 and fold(s.admin1) == name}, key=str)
        found = [Spot(f"{c}/{name}", str(a), c, a, "admin1") for c, a in regions]
    if not found:
        way = f"Places: saksi claims --kind {kind}"
        raise NowhereError("place", place, f"no claim of this sort is placed at {place!r}. {way}")
    return tuple(found)
