"""A claim as arithmetic sees it: bounds on a number, and the sets it speaks of.

A `Term` is cut from a row of the ledger, so that 100,000 of them fit in memory and load in seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from saksi.figures import figure
from saksi.ledger.columns import PlaceCell, Row
from saksi.ledger.grounds import grounds_in, weakest
from saksi.reconcile.peoples import people_called
from saksi.reconcile.speakers.known import Speakers
from saksi.registers.load import Registers
from saksi.registers.places.build import TARGET
from saksi.registers.places.folding import fold
from saksi.registers.places.gazetteer import Gazetteer

SILENT = frozenset(("denies", "plans", "fears"))  # stances that never constrain
FINE = frozenset(("city", "village", "site"))  # levels of a place that holds no other
NAMELESS = "outlet"  # the speaker of claims in the voice of outlets that nobody names
SPELLED = re.compile(r"^\D*\d+(?:[.,](\d+))?\s*(ribu|thousand|juta|million)\b", re.I)
SCALES = {"ribu": 1000, "thousand": 1000, "juta": 1_000_000, "million": 1_000_000}


class Spot(msgspec.Struct, frozen=True, cache_hash=True):
    """A place of a claim; `key` names it within the ledger, `near` is its surroundings.

    `inside` are the keys of wider places that some text puts it in.
    """

    key: str
    name: str
    country: str | None
    admin1: str | None
    level: str
    near: bool = False
    lat: float | None = None
    lon: float | None = None
    inside: tuple[str, ...] = ()

    @property
    def pointed(self) -> bool:
        """Whether it is a point of the map, near enough for one happening: a town or a district."""
        return self.level in FINE or self.level == "admin2"


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One claim, cut to what reconciling needs. `low` and `high` are inclusive, None is open.

    `speaker` is the key of the speaker in its ledger (an id of the register, or folded words), else the publisher's;
    `said_by` what the claim itself calls it, folded. `actors` and
    `owner` are ids of the register, else folded words; a description in small letters ("gunmen")
    names nobody and is left out. `guessed` are the claims it is tied to by inference, not by words.
    `said` is the day of saying, else of publication. `dated` tells whether its own words (or a source's habit) give
    the days: a day carried from a neighbouring sentence sets no two happenings apart. `coded` are rows made by people.
    """

    id: str
    reading: str
    document: str
    text_hash: str
    kind: str
    counts: str | None
    low: int | None
    high: int | None
    target: str | None
    target_text: str | None
    age: str | None
    sex: str | None
    status: str | None
    owner: str | None
    perpetrators: bool | None
    actors: tuple[str, ...]
    spots: tuple[Spot, ...]
    start: date | None
    end: date | None
    precision: str
    time_start: str | None
    time_end: str | None
    speaker: str
    speaker_name: str
    said_by: str
    outlet: bool
    said: date | None
    stance: str
    negated: bool
    scope: str
    complete: bool | None
    release: str | None
    relations: tuple[tuple[str, str], ...]
    guessed: tuple[str, ...]
    counted: bool
    sentence: str
    dated: bool = True
    coded: bool = False
    grounds: str = "stated"  # the weakest of place, days and speaker

    @property
    def constrains(self) -> bool:
        """Whether the claim bounds a number at all: it has one, and it is told as done."""
        if self.stance in SILENT:
            return False
        return self.negated or (self.counts is not None and (self.low is not None or self.high is not None))

    @property
    def least(self) -> int:
        """The lower bound; nothing is counted below zero."""
        return 0 if self.negated else (self.low or 0)

    @property
    def most(self) -> int | None:
        """The upper bound, None where open."""
        return 0 if self.negated else self.high

    @property
    def line(self) -> bool:
        """Whether it is a line of a release: a count at a point of the map, not a total of a country."""
        fine = bool(self.spots) and all(s.level not in ("country", "admin1", "region") for s in self.spots)
        return self.release is not None and fine and self.scope == "incident"

    @property
    def bounding(self) -> bool:
        """Whether it also bounds what happened: it tells all there was, or that there was nothing.

        What is said of one happening ("all 12 aboard", "nobody was hurt") bounds its area only where a party
        tells its own acts, or somebody coded it so; nothing happened there only if day and place are certain.
        """
        if self.coded or self.scope != "incident" or self.release is not None:
            return self.negated or self.whole
        if self.negated:
            day = self.dated and self.start is not None and self.start == self.end
            return day and bool(self.spots) and all(s.pointed for s in self.spots)
        return self.whole and self.speaker in self.actors

    @property
    def whole(self) -> bool:
        """Whether it tells all there was, with a number."""
        return self.complete is True and (self.high is not None or self.scope == "list")


class Naming:
    """How names become keys: ids of the register, or folded words."""

    def __init__(self, registers: Registers, speakers: Speakers | None = None) -> None:
        self.registers = registers
        self.speakers = speakers or Speakers()  # who speaks in a ledger; without one each name is its own speaker
        self.ids = {fold(a.name): key for key, a in registers.actors.items()}
        self.gazetteer: Gazetteer | None = Gazetteer() if TARGET.exists() else None
        self.spot_of: dict[PlaceCell, Spot] = {}
        self.counts = {name: kind.counts for name, kind in registers.kinds.items()}
        self.theme = {name: kind.theme for name, kind in registers.kinds.items()}
        self.words = {
            fold(label): name
            for name, kind in registers.kinds.items()
            if kind.counts == "events"
            for label in (*kind.label.values(), name)
        }

    def party(self, id: str | None, text: str | None, coded: bool = False) -> str | None:
        """The key of a party; None for a description that names nobody. Who codes a row means a name."""
        if id is not None or not text:
            return id
        if text in self.registers.actors:
            return text
        if text == text.lower() and not coded:
            return None
        folded = fold(text) or text.casefold()
        return (
            self.ids.get(folded) or people_called(folded) or (folded.removesuffix("s") if len(folded) > 4 else folded)
        )

    def kind(self, row: Row) -> str:
        """The kind a count is of: "18 sorties" told as air strikes count sorties."""
        if row.counts == "events" and row.unit:
            unit = fold(row.unit)
            return next((self.words[w] for w in (unit, unit.removesuffix("s")) if w in self.words), row.kind)
        return row.kind

    def spot(self, place: PlaceCell) -> Spot:
        """A place with its key; where nobody gave its point, that of the gazetteer's place of its name and country."""
        near = place.precision == "near"
        if place.geonames_id is None and place.level not in ("country", "admin1") and self.gazetteer is not None:
            named = self.gazetteer.named(fold(place.name))
            row = next((r for r in named if r.country == place.country and r.level not in ("country", "admin1")), None)
            if row is not None and place.country is not None:
                region = self.gazetteer.by_id(row.admin1) if row.admin1 else None
                admin1 = region.name if region else place.admin1  # spelt as where Saksi read it
                point = (place.lat or row.lat, place.lon or row.lon)
                return Spot(f"#{row.id}", place.name, row.country, admin1, row.level, near, *point)
        key = spot_key(place.geonames_id, place.name, place.country, place.admin1, place.level)
        inside = () if place.within is None else (f"#{place.within}",)
        near = near and place.within is None  # "near" is its point, not itself
        return Spot(key, place.name, place.country, place.admin1, place.level, near, place.lat, place.lon, inside)

    def spots(self, row: Row) -> tuple[Spot, ...]:
        """The places of a row with their keys, sorted."""
        if len(row.places) == 1:
            return (self.known_spot(row.places[0]),)
        return tuple(sorted({self.known_spot(p) for p in row.places}, key=lambda s: (s.key, s.near, s.name)))

    def known_spot(self, place: PlaceCell) -> Spot:
        """A place with its key; claims of one place share it."""
        found = self.spot_of.get(place)
        if found is None:
            found = self.spot_of[place] = self.spot(place)
        return found


def term_of(row: Row, naming: Naming) -> Term:
    """The term of a row."""
    low, high = bounds(row)
    kind = naming.kind(row)
    coded, stated, dated = signs(row)
    one = (row.start or row.end) if row.date_precision == "day" else None  # a day needs no second end
    parties = [naming.party(a.id, a.text, coded) for a in row.actors]
    org = row.speaker_org or row.speaker
    known = naming.speakers.of(row)
    words = fold(org.text if org else row.document.publisher or "") or NAMELESS
    key = known.key if known else naming.party(org.id, org.text) if org else None
    published = row.document.published
    theme = naming.theme.get(kind) if row.counts == "things" else None
    target = row.target or (None if row.target_text else theme)
    class_of = naming.registers.classes.get(target or "")
    return Term(
        id=row.id, reading=row.reading, document=row.document.id, text_hash=row.document.text_hash,
        kind=kind, counts=row.counts or naming.counts.get(kind),
        low=low, high=high, target=target, target_text=row.target_text,
        age=row.target_age, sex=row.target_sex, status=row.target_status or (class_of.status if class_of else None),
        owner=naming.party(None, row.target_owner, coded), perpetrators=row.includes_perpetrators,
        actors=tuple(sorted({p for p in parties if p})) if parties and all(parties) else (),
        spots=naming.spots(row), start=row.start or one, end=row.end or one, precision=row.date_precision,
        time_start=row.time_start, time_end=row.time_end,
        speaker=key or words, said_by=words,
        speaker_name=(known.name if known else org.text if org else row.document.publisher) or "the outlet",
        outlet=org is None, said=row.said_on or published or (row.end if row.scope == "cumulative" else None),
        stance=row.stance, negated=row.negated,
        scope=row.scope, complete=row.complete, release=row.release,
        relations=tuple([(r.type, r.claim) for r in row.relations]),
        guessed=tuple([r.claim for r in row.relations if r.inferred]),
        counted=row.counts is not None and stated, sentence=row.sentence.text, dated=dated,
        coded=coded, grounds=weakest(grounds_in(row)) or "stated",
    )  # fmt: skip


def signs(row: Row) -> tuple[bool, bool, bool]:
    """Whether a person coded the row, whether words give its number, and whether they give its days.

    "12 houses" is a number, the least that "houses" allows is none. The known habit of a source gives days too.
    """
    coded, stated, dated = False, True, True
    for entry in row.evidence:
        if entry.basis == "row":
            coded = True
        if entry.inferred:
            stated = stated and entry.field != "number"
            dated = dated and (entry.field != "period" or entry.basis == "source")
    return coded, stated, dated


def bounds(row: Row) -> tuple[int | None, int | None]:
    """The bounds of a row's number; "9 ribu" is any number that is rounded so."""
    if row.counts is None or row.low is None or row.low != row.high:
        return row.low, row.high
    words = next((e.text for e in row.evidence if e.field == "number" and e.text), None)
    match = SPELLED.match(words) if words else None
    if match is None:
        return row.low, row.high
    half = SCALES[match[2].lower()] // 10 ** len(match[1] or "") // 2
    return row.low - half, row.low + half


def spot_key(number: int | None, name: str, country: str | None, admin1: str | None, level: str) -> str:
    """The key of a place: its country's code, its GeoNames id, or its folded name."""
    if level == "country" and country:
        return country
    if level == "admin1":
        return f"{country}/{fold(name) or name}"
    return f"#{number}" if number is not None else f"{country}/{fold(admin1 or '')}/{fold(name) or name}"


def country_spot(code: str) -> Spot:
    """A country as a place, by its code."""
    return Spot(code, code, code, None, "country")


def relations(term: Term, *types: str) -> list[str]:
    """The claims that a term is tied to in one of these ways."""
    return [claim for type, claim in term.relations if type in types] if term.relations else []


def placed(terms: list[Term]) -> list[Term]:
    """The terms, their places put inside those that a retelling of the same names: a village in its regency."""
    inside: dict[str, set[str]] = {}
    for small, large in contained(terms):
        inside.setdefault(small.spots[0].key, set()).add(large.spots[0].key)
    if not inside:
        return terms
    found = []
    for term in terms:
        spots = tuple(
            msgspec.structs.replace(s, inside=tuple(sorted(inside[s.key] | set(s.inside)))) if s.key in inside else s
            for s in term.spots
        )
        found.append(term if spots == term.spots else msgspec.structs.replace(term, spots=spots))
    return found


def contained(terms: Iterable[Term]) -> Iterator[tuple[Term, Term]]:
    """Pairs of claims that tell one figure twice, one of a place and one of a wider place that it can lie in."""
    by = {t.id: t for t in terms}
    for term in by.values():
        for other in (by[o] for o in relations(term, "restates") if o in by):
            for small, large in ((term, other), (other, term)):
                if len(small.spots) == len(large.spots) == 1 and lies_in(small.spots[0], large.spots[0]):
                    yield small, large


def lies_in(small: Spot, large: Spot) -> bool:
    """Whether one place can lie in the other, by level, country and province."""
    levels = small.level in FINE and large.level in ("admin2", "region")
    return levels and small.country == large.country and (small.admin1 in (None, large.admin1) or not large.admin1)


def described(term: Term, registers: Registers) -> str:
    """The number with its noun, as people write it: 72 vehicles, 12 or more persons."""
    known = registers.classes.get(term.target or "")
    noun = known.label["en"] if known else (registers.kinds[term.kind].label["en"] if term.counts == "events" else "")
    noun = noun or term.target_text or ""
    number = figure(term.least, term.most)
    return f"{number} {noun}{'s' if noun and number != '1' and noun != term.target_text else ''}".strip()
