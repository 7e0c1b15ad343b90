"""Where it happened: every place of the page as an option for a claim, with what speaks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from functools import cached_property
from itertools import pairwise

import msgspec

from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import FINE, PlacePhrase, Places, offset_from
from saksi.reading.claims.totals import SUMMED
from saksi.reading.clauses.items import Item
from saksi.reading.mentions.belief import PlaceMention, base_after
from saksi.reading.mentions.places import place_of
from saksi.reading.pages.page import Page
from saksi.reading.scenes.brought import brought_to
from saksi.reading.scenes.choice import Weighed, likeliest
from saksi.reading.scenes.ground import SINGLE, Asked, Ground, Option, OptionRow, carried, stands_in
from saksi.reading.scenes.inside import Inside
from saksi.reading.values import Inferred, Mention, Place, Span
from saksi.reading.weights import Part

PLACE = "reading/scenes:place"
DATELINE, COUNTRY = "reading/scenes:dateline", "reading/scenes:country"  # values that only a town's words tell
METONYMY = "reading/read:metonymy"
ATTACK, ITS_ATTACK = "attack", "its attack"  # a kind of event; the sign of a country that only names whose it was
AREAS = frozenset(("country", "region"))
WIDE = AREAS | {"admin1"}


class PlaceOptions:
    """The places of one page, weighed for one claim after another."""

    may_be_empty = True

    def __init__(self, ground: Ground) -> None:
        self.ground, self.page, self.found = ground, ground.page, ground.found
        placed = [m for m in self.found.places.values() if m.place.country]
        here = [m for m in placed if m.cue != "dateline" and not base_after(self.page, m.j)] or placed
        self.countries = Counter(m.place.country for m in here if m.place.country)
        if not self.countries:  # "Syrian rebels" in a town that no list has
            self.countries = Counter(str(form.value) for _, form in self.page.layered["demonym"].values())
        self.every = sum(self.countries.values())
        items = (i for t in ground.told for i in t.items if i.actor is not None)
        self.acting = frozenset(i.i for i in items if i.actor is not None and i.actor.rule == METONYMY)
        self.cued = frozenset(m.i for m in self.found.places.values() if m.cue and m.cue != "dateline")
        self.names = Counter(m.place.id for m in self.found.places.values())
        self.inside = Inside(ground.told, self.found.places.values())
        found = (*self.mentioned(), *self.together(), *self.peoples())
        self.row = OptionRow([self.placed(o) for o in found])

    def placed(self, option: Option) -> Option:
        """An option with where it stands, and the countries that it lies in."""
        option.known = country_of(option.value)
        return self.ground.placed(option, sort_of(option.value))

    @cached_property
    def home(self) -> str | None:
        """The country that most places of the page lie in."""
        return max(sorted(self.countries), key=lambda c: self.countries[c]) if self.countries else None

    def mentioned(self) -> Iterator[Option]:
        """The places that the page names; a name that only tells where another lies is no place of its own."""
        told = {k for t in self.ground.told for a in t.attributions for k in sourced(t.items, a.items)}
        several = {p.span for phrase in self.lists() for p in phrase.places}
        joined, away = self.joined(), self.offset() | self.passed() | self.announced()
        away |= brought_to(self.page, self.ground.told, self.found.places.values())
        attacking = self.attacking()
        for mention in self.found.places.values():
            span, place = self.page.span(mention.i, mention.j), self.known(mention)
            chained = mention.i in joined and span not in joined[mention.i]
            if chained or mention.i in away or place.country is None or self.of_origin(mention.i):
                continue
            value = Mention(span, place, DATELINE if mention.cue == "dateline" else mention.rule)
            own = (*self.signs_of(mention, in_source=mention.i in told), *(["one of several"] * (span in several)))
            own += (ITS_ATTACK,) * (mention.i in attacking)
            yield Option(place.id, (value,), span, mention.i, own)

    def of_origin(self, i: int) -> bool:
        """Whether a name at token i only says whose national somebody is: "delapan warga negara Tiongkok"."""
        return self.page.any_before(i, self.page.vocabulary.data["places"].get("origins", ()))

    def joined(self) -> dict[int, frozenset[Span]]:
        """For each name of a chain ("Zahra Mosque in Baghdad") the names by which the chain is placed."""
        found: dict[int, frozenset[Span]] = {}
        for told in self.ground.told:
            for phrase in told.phrases:
                kept = frozenset(p.span for p in phrase.places)
                found |= {i.i: kept for i in told.items[phrase.first : phrase.last + 1] if i.kind == "place"}
        return found

    def offset(self) -> frozenset[int]:
        """The places that only tell where another lies: "in Latifiyah, south of Baghdad"."""
        found = set()
        for told in self.ground.told:
            at = [k for k, i in enumerate(told.items) if i.kind == "place"]
            found |= {told.items[b].i for a, b in pairwise(at) if offset_from(told.items, a + 1, b)}
        return frozenset(found)

    def passed(self) -> frozenset[int]:
        """The ends of a journey whose sentence names another place: "travelled to China were killed in Chicago".

        Or of a way in a sentence that tells no act: "They guarded the approaches to Tripoli."
        """
        ways = self.page.vocabulary.data["places"].get("ways", ())
        away: set[int] = set()
        for told in self.ground.told:
            other = not all(p.passed for p in told.phrases)
            ends = [p.first for p in told.phrases if p.passed]
            way = [k for k in ends if not told.events and self.page.norms[told.items[k - 1].i - 1] in ways]
            away |= {told.items[k].i for k in (ends if other else way)}
        return frozenset(away)

    def announced(self) -> frozenset[int]:
        """The places in the name of who speaks next: "Mr. OWENS of Utah."."""
        return frozenset(k for who in self.ground.announced for k in range(who.i, who.j))

    def attacking(self) -> frozenset[int]:
        """The countries that only name whose attack it was: "serangan udara Israel", "Israel's raid"."""
        page, registers = self.page, self.page.vocabulary.registers
        lands = [m for m in self.found.places.values() if m.place.level == "country" and not m.cue]
        doers = {e.actor.i for t in self.ground.told for e in t.events if e.actor and registers.is_a(e.kind, ATTACK)}
        return frozenset(m.i for m in lands if m.i in doers or owns_attack(page, m))

    def known(self, mention: PlaceMention) -> Place:
        """A place as a claim may have it: a dateline stands for its country, a name of no list lies in the page's."""
        place = mention.place
        if mention.cue == "dateline" and place.country is not None:
            row = self.page.vocabulary.gazetteer.country(place.country)
            return place if row is None else place_of(self.page, row, (), None)
        return self.lying(place)

    def lying(self, place: Place) -> Place:
        """A place with its country: that of the page, where no list has it."""
        if place.country is None and place.level != "region" and self.home is not None:
            return msgspec.structs.replace(place, country=self.home)
        return place

    def lists(self) -> list[PlacePhrase]:
        """The places that stand together, where several do: "in Iraq and Syria"."""
        return [p for t in self.ground.told for p in t.phrases if len(p.places) > 1]

    def together(self) -> Iterator[Option]:
        """Places that stand together, as one option."""
        for phrase in self.lists():
            first = phrase.places[0]
            at = self.page.between(first.span.start, first.span.end)[0]
            mention = self.found.places.get(at)
            own = ["several", f"several, {first.value.level}", *self.share(first.value)]
            own += [f"several behind {mention.cue if mention else 'nothing'}"]
            places = tuple(msgspec.structs.replace(p, value=self.lying(p.value)) for p in phrase.places)
            yield Option(key_of(places), places, first.span, at, tuple(own))

    def peoples(self) -> Iterator[Option]:
        """The countries that only the name of their people tells: "Iraqi police"."""
        inside = {k for m in self.found.places.values() for k in range(m.i, m.j)}
        acting = self.found.acting()
        for i, (j, form) in self.page.layered["demonym"].items():
            row = self.page.vocabulary.gazetteer.country(form.value)
            if row is None or i in inside:
                continue
            place = place_of(self.page, row, (), None)
            value = Mention(self.page.span(i, j), place, form.rule)
            own = ["people", f"people, {'an' if i in acting else 'no'} actor", *self.share(place)]
            yield Option(place.id, (value,), value.span, i, tuple(own))

    def share(self, place: Place) -> Iterator[str]:
        """The signs of how much of the page speaks of a place and its country."""
        share = self.countries[place.country or ""] / self.every if self.every else 0.0
        yield f"country has {int(4 * share) * 25}%"
        if place.country == self.home:
            yield "country first"
            yield f"country first, {place.level}"
        yield f"named {min(4, self.names[place.id])} times"

    def signs_of(self, mention: PlaceMention, *, in_source: bool) -> Iterator[str]:
        """The signs of a place's own words."""
        page, place = self.page, mention.place
        yield f"level {place.level}"
        yield f"behind {mention.cue or 'nothing'}"
        yield f"{'area' if place.level in AREAS else 'spot'} behind {mention.cue or 'nothing'}"
        yield f"block {page.blocks[self.ground.block(mention.i)].kind}"
        yield from self.share(place)
        if not mention.cue and mention.i in page.openings:
            yield "opens its sentence"
        if mention.i in page.hits and page.form(mention.i, "country") is None:
            yield f"another word too, behind {'a cue' if mention.cue else 'nothing'}"
        if not place.listed:
            yield "in no list"
        if place.precision == "near":
            yield "near it"
        if in_source:
            yield "in a source"
        if mention.cue == "dateline":
            yield f"dateline, country first {place.country == self.home}"
        if base_after(page, mention.j):
            yield "based there"
        if how := self.inside.how(place):
            yield f"of the page's places {how}"
        if page.possessive(mention.j):
            yield "owner"
        elif mention.j < len(page.norms) and page.gap(mention.j) == " ":
            follows = "capital" if page.capitals[mention.j] else "small"
            yield f"then {follows} behind {'cue' if mention.cue else 'nothing'}"

    def parts(self, asked: Asked, option: Option) -> list[Part]:
        """What speaks for one place for one claim."""
        parts: list[Part] = []
        if option.at >= 0:
            parts = self.ground.apart("place apart", asked, option)
            here = option.sentence == asked.sentence
            parts.append(("place own", here, bool(self.ground.told[asked.sentence].phrases), option.at in self.cued))
        if option.rank >= 0:
            parts.append(self.row.turns(asked, option))
        if option.at in self.acting:
            parts.append(("place acts", asked.claim.kind.value))
        if asked.scope != "incident":
            parts.append(("place of", asked.scope, option.value[-1].value.level))
        parts.append(self.by_rules(asked, option))
        return parts

    def by_rules(self, asked: Asked, option: Option) -> Part:
        """How a place stands to what the claim's own sentence gave it."""
        given = asked.claim.places
        if not given:
            return ("place rules", "none", "")
        how = given[0].rule if isinstance(given[0], Inferred) else "words"
        if key_of(given) == option.key:
            return "place rules", "agree", how
        if given[0].value.country == option.value[0].value.country:
            beside = self.inside.beside(option.value[0].value, given[0].value)
            return "place rules", "agree on the country", how, beside
        return "place rules", "say another", how

    def of(self, asked: Asked) -> list[Option]:
        """The places that a claim may have: those of the page, and several together where its sentence has them so."""
        given = asked.claim.places
        near = self.ground.near(self.row, asked)
        if len(given) < 2 or any(o.key == key_of(given) for o in near):
            return near
        span = given[0].span
        at = self.page.between(span.start, span.end)[0] if span is not None else -1
        own = ("several", f"level {given[0].value.level}", *self.share(given[0].value))
        return [*near, self.placed(Option(key_of(given), given, span, at, own))]


def owns_attack(page: Page, mention: PlaceMention) -> bool:
    """Whether a country stands right beside a noun of attack as its owner: behind it where heads stand first."""
    if page.vocabulary.head_first:
        begins = [k for k in range(max(0, mention.i - 3), mention.i) if page.nouns.get(k, (0,))[0] == mention.i]
    else:
        begins = [mention.j + 1] if page.possessive(mention.j) else []
    nouns = (page.nouns[k][1] for k in begins if k in page.nouns)
    return any(n.layer == "event" and page.vocabulary.registers.is_a(n.value, ATTACK) for n in nouns)


def sort_of(places: Places) -> str:
    """Whether places are areas or spots, by the last."""
    return "area" if places[-1].value.level in AREAS else "spot"


def key_of(places: Places) -> Hashable:
    """What tells one choice of places from another."""
    return places[0].value.id if len(places) == 1 else tuple(sorted(p.value.id for p in places))


def keeps_places(claim: Claim) -> bool:
    """Whether a claim keeps its places: a running total those of its words or heading, a part those of its clause."""
    return bool(claim.places) and (claim.scope not in SINGLE or own_part(claim))


def give_places(claim: Claim, countries: Weighed, places: Weighed, page: Page) -> None:
    """Puts a claim in the likeliest country, and there in the likeliest place; in none where that is likelier."""
    if not places.options:
        return
    lying = [o.known for o in places.options]
    free = {c for o, c in zip(places.options, lying, strict=True) if ITS_ATTACK not in o.own}
    among = countries.by([c if c in free else None for c in lying])  # whose attack it was places nothing by itself
    among.pop(None, None)
    country, share = likeliest(among) if among else (None, 0.0)
    offered = bool(claim.places) and key_of(claim.places) in {o.key for o in places.options}
    stated = stated_country(claim) if offered else None
    if stated is None and share <= countries.none:
        claim.places = ()
        return
    country = stated or country
    spots = [o for o, c in zip(places.options, lying, strict=True) if c == country]
    if not spots:
        return
    wide = claim.scope in SUMMED
    fitting = {o.key for o in spots if not (wide and (is_fine(o.value) or counts_several(o, claim)))}
    shares = places.by([o.key if o.key in fitting else None for o in places.options])
    shares.pop(None, None)
    if not shares:
        claim.places = in_the_large(spots[0].value, page)
        return
    option = places.best(likeliest(shares)[0])
    if not claim.places or not (same_place(claim.places, option) or lists(claim.places, option)):
        claim.places = tuple(carried(p, claim, DATELINE if p.rule == DATELINE else PLACE) for p in option.value)


def stated_country(claim: Claim) -> tuple[str, ...] | None:
    """The country of an area that a claim's own sentence states: "in Iraq", "di Papua"; it decides where it lies."""
    told = bool(claim.places) and all(isinstance(p, Mention) and p.value.level in WIDE for p in claim.places)
    country = country_of(claim.places) if told else ()
    return country if len(country) == 1 and country[0] else None


def same_place(given: Places, option: Option) -> bool:
    """Whether a claim has the place of an option; a name of no list has no country until the page gives it one."""
    return key_of(given) == option.key and all(p.value.country for p in given)


def own_part(claim: Claim) -> bool:
    """Whether a claim is a part of another whose place its own sentence tells: "30 in Ralo and 11 in Sehl".

    Where the country of such a place is not known it is asked as any other.
    """
    told = isinstance(claim.places[0], Mention) and all(p.value.country for p in claim.places)
    return told and any(r.type == "part_of" for r in claim.relations)


def lists(given: Places, option: Option) -> bool:
    """Whether a claim's own sentence names a place among others of its country: "in Surabaya and Malang".

    "In Kunduz and Herat" stays so though the page goes on with "Herat district".
    """
    told = len(given) > 1 and all(isinstance(p, Mention) for p in given) and len(country_of(given)) == 1
    return told and (option.key in {p.value.id for p in given} or named_anew(given, option))


def named_anew(given: Places, option: Option) -> bool:
    """Whether an option begins with the name of one of several places: "Herat district" behind "Kunduz and Herat"."""
    names = tuple(p.span.text for p in given if p.span is not None)
    return option.span is not None and option.span.text.startswith(names)


def in_the_large(places: Places, page: Page) -> Places:
    """The countries of spots: all that is known of where a war's total lies that was told beside them."""
    rows = {c: page.vocabulary.gazetteer.country(c) for c in country_of(places) if c}
    found = ((p, rows.pop(p.value.country, None)) for p in places if p.value.country)
    return tuple(Inferred(place_of(page, row, (), None), "span", COUNTRY, p.span) for p, row in found if row)


def is_fine(places: Places) -> bool:
    """Whether places are spots, in which no total of a war or a window is counted."""
    return any(p.value.level in FINE for p in places)


def counts_several(option: Option, claim: Claim) -> bool:
    """Whether an option is a list of provinces in another sentence, of which a running total is none."""
    elsewhere = not stands_in(option.span, claim.sentence)
    return len(option.value) > 1 and elsewhere and any(p.value.level not in AREAS for p in option.value)


def country_of(places: Places) -> tuple[str, ...]:
    """The countries of places, as one key."""
    if len(places) == 1:
        return (places[0].value.country or "",)
    return tuple(sorted({p.value.country or "" for p in places}))


def sourced(items: list[Item], run: tuple[int, int]) -> range:
    """The tokens of the items of a source."""
    a, b = run
    return range(items[a].i, items[b - 1].j) if b > a else range(0)
