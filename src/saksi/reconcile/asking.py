"""A ledger asked for tallies: its claims loaded once, many questions put to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from saksi.reconcile.assess import ties_of
from saksi.reconcile.boxes import Question, reaches
from saksi.reconcile.components import components
from saksi.reconcile.dimensions import holds
from saksi.reconcile.figures import Ties, TiesByClaim
from saksi.reconcile.links import Link
from saksi.reconcile.lists import with_wholes
from saksi.reconcile.series import Series, day_of, running, series_of, standing_by
from saksi.reconcile.speakers.known import Speakers
from saksi.reconcile.tallies import Bound, Tally, accepted, pertinent, tally
from saksi.reconcile.terms import Spot, Term, country_spot, described, relations
from saksi.reconcile.totals import measured
from saksi.registers.load import Registers

STEPS = ("day", "week", "month", "year")
PARTS = ("country", "place", "actor", "target")
LARGE = 300  # claims of a group that are all looked at for each day of a question
FEW = 6  # numbers of a sum that are written out


class Asked:
    """The claims that bear on one family of kinds, grouped by what bears on what."""

    def __init__(self, terms: Sequence[Term], links: Sequence[Link], registers: Registers, kind: str) -> None:
        self.registers = registers
        self.speakers = Speakers()
        self.ties: Ties = ties_of(links)
        some = measured(pertinent([t for t in terms if t.constrains], Question(kind=kind), registers), registers)
        self.told = some.told
        self.doubts, self.doubted = some.doubts, [t for t in terms if t.id in some.doubts]
        self.series = series_of(some.told)
        self.terms = with_wholes(accepted(some.told, self.series))
        self.by = {t.id: t for t in self.terms}
        self.tied = TiesByClaim(self.ties)
        ids = set(self.by)
        near = [k for k in links if k.a in ids and k.b in ids]
        groups = components(self.terms, near, registers)
        inside = {id for group in groups for id in group}
        self.groups = [[self.by[id] for id in group] for group in groups]
        self.groups += [[t] for t in self.terms if t.id not in inside]

    def rows(self, question: Question, *, sides: bool = True, together: bool = True) -> list[Tally]:
        """The rows of one question: each speaker, what `sides` concede and allege, `together` envelope and joint."""
        terms = self.about(question)
        speakers: dict[tuple[bool, str], None] = {}
        for term in terms:
            if self.reaches(term, question) and term.scope != "list" and not relations(term, "restates"):
                speakers.setdefault((term.outlet, term.speaker))
        rows: list[Tally] = []
        own: list[Term] = []
        voices: dict[tuple[bool, str], list[Term]] = {}
        for term in terms:
            voices.setdefault((term.outlet, term.speaker), []).append(term)
        for key in sorted(speakers):
            own = voices[key]
            row = self.row_of_speaker(own, question)
            if row.claims:
                rows.append(row)
        one = len(rows) == 1 and len(speakers) == 1 and len(terms) == len(own)
        told = self.sides(terms, question) if sides and len(rows) > 1 else []
        if not together:
            return [*rows, *told]
        joint = alone(rows[0]) if one else self.row(terms, question, of="joint")
        return [*rows, *told, envelope(rows, joint), joint]

    def about(self, question: Question) -> list[Term]:
        """The claims that bear on a question; of a running total that has grown since, what it was by the last day."""
        terms = [t for group in self.groups for t in self.bearing(group, question)]
        if question.last is None:
            return terms
        then = standing_by(self.series, question.last)
        earlier = [t for t in self.told if t.id in then and t.constrains and self.reaches(t, question)]
        return [*terms, *(msgspec.structs.replace(t, high=None) for t in earlier)]

    def bearing(self, group: list[Term], question: Question) -> list[Term]:
        """The claims of a group that bear on a question: all where one may speak of it.

        Of a large group those that may, and what is tied to them: without the others the bounds can only be wider.
        """
        near = {t.id for t in group if self.reaches(t, question)}
        if not near or len(group) <= LARGE or (question.first is None and question.last is None):
            return group if near else []
        ties = [(t.id, o) for t in group for _, o in t.relations] + [
            (a.id, o) for a in group for _, o in self.tied.of.get(a.id, ())
        ]
        tied = {b for a, b in ties if a in near} | {a for a, b in ties if b in near}
        return [t for t in group if t.id in near or t.id in tied]

    def name(self, key: str, words: str) -> str:
        """A speaker's name: the register's, else the words."""
        known = self.registers.actors.get(key)
        return known.name if known else words

    def row_of_speaker(self, own: Sequence[Term], question: Question) -> Tally:
        """The row of one who speaks, by the claims of that one."""
        key, words = own[0].speaker, own[0].speaker_name
        row = self.row(own, question, of="speaker", speaker=key, speaker_name=self.name(key, words))
        return msgspec.structs.replace(row, voice=voice(own, row))

    def row(self, terms: Sequence[Term], question: Question, **said: object) -> Tally:
        """One row, with the question's own fields and its sum in words."""
        found = tally(terms, self.ties_among(terms), self.registers, question)
        return self.stamped(found, terms, question, **said)

    def stamped(self, found: Tally, terms: Sequence[Term], question: Question, **said: object) -> Tally:
        """A row with the question's own fields and its sum in words."""
        doubts = self.doubts_of({(t.outlet, t.speaker) for t in terms}, question)
        return msgspec.structs.replace(
            found, **said, doubts=doubts, kind=question.kind, target=question.target, start=question.first,
            end=question.last, place=", ".join(dict.fromkeys(s.name for s in question.spots)) or None,
            actor=question.actor, owner=question.owner, derived=self.derived(found),
        )  # fmt: skip

    def ties_among(self, terms: Sequence[Term]) -> Ties:
        """The ties among some of the claims."""
        return self.tied.among({t.id for t in terms})

    @property
    def in_all(self) -> bool:
        """Whether any running total is told."""
        return any(t.scope == "cumulative" for t in self.told)

    def running(self, question: Question) -> list[Tally]:
        """What each speaker's running total of what is asked said as of each day, and what it grew by."""
        asked = [t for t in self.told if runs(t, question, self.registers) and self.reaches(t, question)]
        groups: dict[tuple[bool, str], dict[date, list[Term]]] = {}
        for term in asked:
            day = day_of(term)
            if day is not None and (question.first is None or day >= question.first):
                groups.setdefault((term.outlet, term.speaker), {}).setdefault(day, []).append(term)
        many = sorted((k for k, days in groups.items() if len(days) > 2), key=lambda k: (-len(groups[k]), k))
        return [row for key in many for row in self.run(running(groups[key]), question)]

    def run(self, series: Series, question: Question) -> list[Tally]:
        """The rows of one running total, one for each day."""
        by = {t.id: t for t in self.told}
        found: list[Tally] = []
        for day, low, high, id in series.reports:
            if found and found[-1].end == day:
                continue
            term, before = by[id], found[-1].low if found else None
            found.append(Tally(
                of="running", speaker=term.speaker, speaker_name=self.name(term.speaker, term.speaker_name),
                kind=question.kind, target=question.target, start=term.start, end=day, low=low or 0, high=high,
                place=", ".join(dict.fromkeys(s.name for s in question.spots)) or None,
                state="agreed" if low == high else "open", claims=(id,), as_of=day,
                low_from=Bound((id,), True), added=None if before is None else (low or 0) - before,
            ))  # fmt: skip
        return found

    def doubts_of(self, speakers: set[tuple[bool, str]], question: Question) -> tuple[str, ...]:
        """Why claims of some speakers that may speak of what is asked are not counted."""
        told = [t for t in self.doubted if (t.outlet, t.speaker) in speakers and self.reaches(t, question)]
        return tuple(f"{described(t, self.registers)} ({t.id}): {self.doubts[t.id]}" for t in told)

    def derived(self, row: Tally) -> str | None:
        """The sum in words, where the low rests on more than one claim."""
        some = [self.by[id] for id in row.binding if id in self.by]
        some = [t for t in some if t.least > 0 and t.scope != "list"]
        if len(some) < 2:
            return None
        if len(some) > FEW:
            return f"the sum of {len(some)} figures"
        one = len({(t.target, t.kind) for t in some}) == 1
        parts = [described(t, self.registers) + (place_of(t) if one else "") for t in some]
        listed = any(b.id in relations(a, "apart_from") for a in some for b in some)
        return (" and, listed apart, " if listed else " + ").join(parts)

    def sides(self, terms: Sequence[Term], question: Question) -> list[Tally]:
        """For each party what it concedes of its own acts and losses, beside what others allege of them."""
        found = []
        actors = sorted({a for t in terms for a in t.actors}) if question.actor is None else []
        owners = sorted({t.owner for t in terms if t.owner}) if question.owner is None else []
        for role, party in (*(("actor", a) for a in actors), *(("owner", o) for o in owners)):
            asked = msgspec.structs.replace(question, **{role: party})
            about = [t for t in terms if party in (t.actors if role == "actor" else (t.owner,)) or t.scope == "list"]
            own = [t for t in about if t.speaker == party]
            others = [t for t in about if t.speaker != party and t.scope != "list"]
            rows = [self.row(own, asked, of="conceded", speaker=party), self.row(others, asked, of="alleged")]
            if all(row.claims for row in rows):
                what = "own acts" if role == "actor" else "own losses"
                name = self.name(party, party)
                found += [msgspec.structs.replace(r, speaker_name=name, voice=what) for r in rows]
        return found

    def reaches(self, term: Term, question: Question) -> bool:
        """Whether a claim may speak of the days, places and doer asked for."""
        return reaches(term, question, self.registers)


def runs(term: Term, question: Question, registers: Registers) -> bool:
    """Whether a claim is a running total of exactly what is asked: its class and traits, in its places."""
    q, theme = question, registers.kinds[question.kind].theme
    if term.scope != "cumulative" or not registers.is_a(term.kind, q.kind) or not term.counted:
        return False
    if (term.target or theme) != (q.target or theme) or (term.age, term.sex) != (q.age, q.sex):
        return False
    inside = [max((holds(s, t) for s in q.spots), default=0) for t in term.spots]
    return not q.spots or (0 not in inside and 2 in inside)


def place_of(term: Term) -> str:
    """Where a term is, as words after its number."""
    names = ", ".join(dict.fromkeys(s.name for s in term.spots))
    return f" in {names}" if names else ""


def alone(row: Tally) -> Tally:
    """The joint row where only one body speaks: what it says."""
    return msgspec.structs.replace(row, of="joint", speaker=None, speaker_name=None, voice=None)


def voice(terms: Sequence[Term], row: Tally) -> str | None:
    """On whose acts a speaker speaks."""
    claims = set(row.claims)
    told = [t for t in terms if t.id in claims]
    if told and all(t.speaker in t.actors for t in told):
        return "own acts"
    if told and all(t.owner == t.speaker for t in told):
        return "own losses"
    return "others' acts" if any(t.actors and t.speaker not in t.actors for t in told) else None


def envelope(rows: Sequence[Tally], joint: Tally) -> Tally:
    """From the lowest low of any speaker to the highest high of any."""
    low = min((r.low for r in rows), default=0)
    open_high = any(r.high is None for r in rows) or not rows
    high = None if open_high else max(r.high or 0 for r in rows)
    state = "contested" if any(r.state == "contested" for r in rows) or joint.state == "contested" else "open"
    claims = tuple(dict.fromkeys(c for r in rows for c in r.claims))
    return msgspec.structs.replace(
        joint, of="envelope", low=low, high=high, state="agreed" if low == high and state == "open" else state,
        claims=claims, apart=None, low_from=None, high_from=None, derived=None,
    )  # fmt: skip


def stretches(step: str, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days, weeks (from Monday), months or years between two days, cut at both."""
    day = first
    while day <= last:
        end = end_of(step, day)
        yield day, min(end, last)
        day = end + timedelta(days=1)


def end_of(step: str, day: date) -> date:
    """The last day of the day, week (from Monday), month or year that a day is in."""
    if step == "day":
        return day
    if step == "week":
        return day + timedelta(days=6 - day.weekday())
    if step == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return day.replace(month=12, day=31)


def split(asked: Asked, question: Question, by: Sequence[str]) -> list[Question]:
    """The questions that a question splits into: by stretches of time, country, place, actor or class."""
    found = [question]
    for part in by:
        if part in STEPS:
            days = span_of(asked, question)
            found = [
                msgspec.structs.replace(q, first=a, last=b)
                for q in found
                for a, b in (stretches(part, *days) if days else ())
            ]
        elif part in PARTS:
            found = [each for q in found for each in parted(asked, q, part)]
    return found


def span_of(asked: Asked, question: Question) -> tuple[date, date] | None:
    """The first and last day of a question, where it leaves them open those that its claims name."""
    told = [t for t in asked.terms if asked.reaches(t, question)]
    first = question.first or min((t.start for t in told if t.start), default=None)
    last = question.last or max((t.end for t in told if t.end), default=None)
    return (first, last) if first is not None and last is not None else None


def parted(asked: Asked, question: Question, part: str) -> Iterator[Question]:
    """One question for each country, place, actor or class that its claims name."""
    told = [t for t in asked.terms if asked.reaches(t, question) and t.scope != "list"]
    replace = msgspec.structs.replace
    if part == "actor":
        yield from (replace(question, actor=a) for a in sorted({a for t in told for a in t.actors}))
    elif part == "target":
        yield from (replace(question, target=c) for c in sorted({t.target for t in told if t.target}))
    elif part == "country":
        codes = sorted({s.country for t in told for s in t.spots if s.country})
        yield from (replace(question, spots=(country_spot(c),)) for c in codes)
    else:
        places: dict[str, list[Spot]] = {}
        for spot in sorted({s for t in told for s in t.spots}, key=lambda s: (s.name, s.key, s.near)):
            places.setdefault(spot.key, []).append(spot)
        yield from (replace(question, spots=tuple(spots)) for spots in places.values())
