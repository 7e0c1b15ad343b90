"""A ledger asked broadly: three figures in place of rows that say "0 or more", in all or part by part, as they come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from saksi.reconcile.asking import Asked, split
from saksi.reconcile.boxes import Question
from saksi.reconcile.broad.asides import may_reach
from saksi.reconcile.broad.figures import Broad
from saksi.reconcile.cells import MANY
from saksi.reconcile.dimensions import line_up
from saksi.reconcile.figures import grouped, retold
from saksi.reconcile.proven import Proven
from saksi.reconcile.tallies import Ready, Tally, is_too_broad, proven_of, ready
from saksi.reconcile.terms import Term

YEAR = 366  # days: what lasts longer is never surely of one part of a question
SPEAKER = "speaker"
Month = tuple[int, int]


class Broadly:
    """The claims that were asked, as one question after the other sees them."""

    def __init__(self, asked: Asked, question: Question) -> None:
        self.asked, self.question = asked, question
        self.terms = asked.about(question)

    @cached_property
    def told(self) -> Ready:
        """All claims made ready for the whole question."""
        return self.ready(self.terms, self.question)

    @cached_property
    def is_broad(self) -> bool:
        """Whether the claims are too many for the parts of the world that they speak of to be told apart."""
        return len(self.terms) > MANY and is_too_broad(self.told, self.proven)

    @cached_property
    def proven(self) -> Proven:
        """The same claims, looked at for what is proven apart."""
        return proven_of(self.told)

    def ready(self, terms: Sequence[Term], question: Question) -> Ready:
        """Some claims made ready for a question."""
        return ready(terms, self.asked.ties_among(terms), self.asked.registers, question)

    def rows(self) -> list[Tally]:
        """The three figures, and what each says in all who tells a running total: by its totals alone."""
        own: dict[tuple[bool, str], list[Term]] = {}
        for term in self.terms:
            if term.scope == "cumulative" and term.counted:
                own.setdefault((term.outlet, term.speaker), []).append(term)
        rows = (self.asked.row_of_speaker(own[key], self.question) for key in sorted(own))
        return [*self.three(self.told, self.question), *(row for row in rows if row.claims)]

    def three(self, told: Ready, question: Question) -> list[Tally]:
        """The three figures of some claims."""
        counted = {t.id for t in told.terms}
        some = [t for t in self.set_aside if may_reach(t, told) and t.id not in counted]
        others = [("misread" if t.id in self.asked.doubts else "again", t.id) for t in some]
        proven = self.proven if told is self.told else proven_of(told)
        return [self.asked.stamped(row, told.terms, question) for row in Broad(told, proven, others).rows()]

    @cached_property
    def set_aside(self) -> list[Term]:
        """The claims that were replaced by newer figures, or cannot be what they were read as."""
        return [t for t in (*self.asked.told, *self.asked.doubted) if t.id not in self.asked.by]

    def parts(self, by: Sequence[str]) -> Iterator[list[Tally]]:
        """The three figures of each part of a question that some claim is surely of, one part after the other."""
        for question in split(self.asked, self.question, [b for b in by if b != SPEAKER]):
            terms = self.of_part(question) if question != self.question else self.terms
            if SPEAKER not in by:
                yield from (rows for rows in [self.part(terms, question)] if rows)
                continue
            for key, own in self.by_speaker(terms):
                name = self.asked.name(key, own[0].speaker_name)
                rows = self.part(own, question)
                if rows:
                    yield [msgspec.structs.replace(r, speaker=key, speaker_name=name) for r in rows]

    def part(self, terms: Sequence[Term], question: Question) -> list[Tally]:
        """The three figures of a part; none where no claim is surely of it."""
        rows = self.three(self.ready(terms, question), question) if terms else []
        return rows if any(row.claims for row in rows) else []

    def by_speaker(self, terms: Iterable[Term]) -> list[tuple[str, list[Term]]]:
        """The claims of each who speaks, those first who have the most."""
        found: dict[tuple[bool, str], list[Term]] = {}
        for term in terms:
            if term.scope != "list":
                found.setdefault((term.outlet, term.speaker), []).append(term)
        return [(key[1], own) for key, own in sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))]

    def of_part(self, question: Question) -> list[Term]:
        """The claims that may be surely of a part, with all that they are tied to: others add nothing to it."""
        near = {self.component[t.id] for t in self.candidates(question) if self.asked.reaches(t, question)}
        near |= {other for each in near for other in self.perhaps.get(each, ())}
        return [t for each in sorted(near) for t in self.components[each]]

    def candidates(self, question: Question) -> Collection[Term]:
        """The claims that stand under the days of a question, else under its doer or its country, else all."""
        first, last = question.first, question.last
        if first is not None and last is not None:
            months = [m for m in self.by_month if (first.year, first.month) <= m <= (last.year, last.month)]
            return list({t.id: t for m in months for t in self.by_month[m]}.values())
        if question.actor is not None and question.actor != self.question.actor:
            return self.by_actor.get(question.actor, [])
        countries = {s.country for s in question.spots}
        if question.spots != self.question.spots and None not in countries:
            found = (t for c in sorted(countries, key=str) for t in self.by_country.get(c, []))
            return list({t.id: t for t in found}.values())
        return self.terms

    @cached_property
    def by_month(self) -> dict[Month, list[Term]]:
        """The claims that know their days, under each month that they touch."""
        found: dict[Month, list[Term]] = {}
        for term in self.terms:
            if term.start is None or term.end is None or (term.end - term.start).days > YEAR:
                continue
            first, last = (d.year * 12 + d.month - 1 for d in (term.start, term.end))
            for n in range(first, last + 1):
                found.setdefault((n // 12, n % 12 + 1), []).append(term)
        return found

    @cached_property
    def by_actor(self) -> dict[str, list[Term]]:
        """The claims under each party that did it, and those that it is part of."""
        found: dict[str, list[Term]] = {}
        for term in self.terms:
            for key in dict.fromkeys(k for actor in term.actors for k in line_up(self.asked.registers, actor)):
                found.setdefault(key, []).append(term)
        return found

    @cached_property
    def by_country(self) -> dict[str | None, list[Term]]:
        """The claims under each country that they name."""
        found: dict[str | None, list[Term]] = {}
        for term in self.terms:
            for country in dict.fromkeys(s.country for s in term.spots):
                found.setdefault(country, []).append(term)
        return found

    @cached_property
    def components(self) -> list[list[Term]]:
        """The claims in groups that stay together whatever is asked."""
        by = {t.id: t for t in self.terms}
        ties = self.told.ties
        pairs = [
            *ties.same,
            *ties.different,
            *retold(self.terms),
            *((t.id, o) for t in self.terms for _, o in t.relations),
        ]
        return [[by[id] for id in group] for group in grouped(list(by), pairs)]

    @cached_property
    def component(self) -> dict[str, int]:
        """The group of each claim."""
        return {t.id: n for n, group in enumerate(self.components) for t in group}

    @cached_property
    def perhaps(self) -> dict[int, set[int]]:
        """For each group those that are perhaps of one happening with it."""
        found: dict[int, set[int]] = {}
        for a, b in self.told.ties.undecided:
            one, other = self.component[a], self.component[b]
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return found


def every_row(broadly: Broadly) -> list[Tally]:
    """The three figures, and the rows of all who speak, with what sides concede and allege."""
    rows = broadly.asked.rows(broadly.question, together=False)
    return [*broadly.three(broadly.told, broadly.question), *(row for row in rows if row.claims)]


def rows_of(asked: Asked, question: Question, by: Sequence[str]) -> list[Tally]:
    """The rows of a question, or of its parts: three figures where it is broad, else what each speaker says and all."""
    broadly = Broadly(asked, question)
    if not broadly.is_broad:
        return [row for q in split(asked, question, by) for row in asked.rows(q)]
    return [row for rows in broadly.parts(by) for row in rows] if by else broadly.rows()
