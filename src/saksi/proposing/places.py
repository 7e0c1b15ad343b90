"""The places that quoted words name: as the page has them, by themselves, or by a word that goes back to one.

A name that no list has keeps its words, has no point, and lies in the country that the claim's other words tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from zlib import crc32

import msgspec

from saksi.proposing.laid import Laid
from saksi.proposing.quotes import Range
from saksi.proposing.words import Refused
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import folded
from saksi.reading.mentions.belief import VERY_LARGE, PlaceMention, is_other_name, land_of_all
from saksi.reading.mentions.places import place_of
from saksi.reading.mentions.unlisted import only_country
from saksi.reading.scenes.ground import Option
from saksi.reading.values import Mention, Place, Value
from saksi.registers.places.folding import fold

SPOTS = ("city", "village", "admin2", "site")  # small enough for what lies in them to take their point
Places = tuple[Mention[Place], ...]


def places_of(laid: Laid, words: Range, country: str | None) -> Places | Refused:
    """The places that words name, the finest of each chain; a name of no list is kept without a point, in a country."""
    words = before_near(laid, words)
    i, j = laid.tokens(words)
    country = land_by_name(laid, i, j) or country
    quoted = [p for p in laid.places if p.i < j and i < p.j and not is_cut(laid, p, i, j)]
    stray = [p for p in quoted if is_stray(laid, p, country) and not (is_large(laid, p) and (p.i, p.j) == (i, j))]
    here = [within(p, country, {s.place.country for s in stray}) for p in quoted if p not in stray]
    here = headed(laid, here)
    here += [other for p in stray if (other := namesake(laid, p, country)) is not None]
    if here and (leading := unlisted_before(laid, here, i, j)) is not None:
        return named(laid, leading, around(here, country))
    if here:
        return tuple(lying(m, country) for m in folded(laid.page, list(enumerate(finest(laid, here, country)))))
    known = laid.alone(words).places.values() if not any(p.i < j and i < p.j for p in laid.places) else ()
    if apart := [moved(laid, p, words) for p in known]:
        return tuple(lying(m, country) for m in apart)
    if found := people_of(laid, i, j) or gone_back_to(laid, i, j):
        return found
    return named(laid, words, country)


def before_near(laid: Laid, words: Range) -> Range:
    """The words before what they only tell the place by: "Wesai, near Nduga"."""
    page, (i, j) = laid.page, laid.tokens(words)
    near = next((k for k in range(i + 1, j) if page.form(k, "place_near") is not None), None)
    if near is None or not any(page.capitals[k] for k in range(i, near)):
        return words
    return words[0], page.tokens.ends[near - 1 - (page.norms[near - 1] == ",")]


def headed(laid: Laid, here: list[PlaceMention]) -> list[PlaceMention]:
    """Places but for those that only tell of which sort another is: "the Black Sea port town of Skadovsk"."""
    page = laid.page
    heads = [p.i for p in here if page.function(p.i - 1, "of") and page.form(p.i - 2, "place_type")]
    return [p for p in here if not any(p.j < k and "," not in page.norms[p.j : k] for k in heads)]


def within(mention: PlaceMention, country: str | None, strays: set[str | None]) -> PlaceMention:
    """A place; one of no list that lies in a stray's country by being told beside it lies in the claim's."""
    place = mention.place
    if place.listed or place.country not in strays or country is None:
        return mention
    return mention._replace(place=msgspec.structs.replace(place, country=country))


def around(here: list[PlaceMention], country: str | None) -> str | None:
    """The country of what lies around a name: the claim's where they name it, else the first."""
    lands = [m.place.country for m in here if m.place.country is not None]
    return country if country in lands or not lands else lands[0]


def finest(laid: Laid, here: list[PlaceMention], country: str | None) -> list[PlaceMention]:
    """Places but for those around a name that no list has: "Wesai in Nduga" is Wesai, which lies where Nduga does."""
    first, *rest = sorted(here, key=lambda m: m.i)
    if first.place.id > 0 or first.place.level == "region" or not rest:
        return here
    sole = first.place.country is None and len({m.place.country for m in rest}) == 1
    if not (sole or told_more(laid, first.j) or sets_in(laid, first.j)):
        return here
    place = msgspec.structs.replace(first.place, country=first.place.country or around(rest, country))
    return [first._replace(place=beside(place, rest[0].place))]


def beside(place: Place, town: Place) -> Place:
    """A place that no list has with the point of the town that it is told to lie in."""
    if place.lat is not None or not town.listed or town.level not in SPOTS or town.country != place.country:
        return place
    return msgspec.structs.replace(place, lat=town.lat, lon=town.lon, precision="near", within=town.geonames_id)


def sets_in(laid: Laid, k: int) -> bool:
    """Whether token k is a word behind which a place stands in which another lies: "in"."""
    norms = laid.page.norms
    return k < len(norms) and norms[k] in laid.page.vocabulary.data["places"]["sets_in"]


def told_more(laid: Laid, j: int) -> bool:
    """Whether a comma and no name stand behind a name: "Camp Santavela, the oldest clinic of Peru"."""
    page = laid.page
    return j + 1 < len(page.norms) and page.norms[j] == "," and not page.capitals[j + 1]


def unlisted_before(laid: Laid, here: list[PlaceMention], i: int, j: int) -> Range | None:
    """The name of no list with which words begin, where it lies in the places after it: "Kampung Wesai di Nduga"."""
    page, first = laid.page, min(p.i for p in here)
    opens = {k for k in range(i + 1, min(first, j)) if sets_in(laid, k)}
    opens |= {k for k in range(i + 1, min(first, j)) if told_more(laid, k) or (page.norms[k] == "," and len(here) == 1)}
    at = min(opens, default=None)
    named = (page.capitals[k] or (k > i and page.norms[k] in page.vocabulary.site_words) for k in range(i, at or i))
    if at is None or i in page.layered["demonym"] or not all(named):
        return None
    return page.tokens.starts[i], page.tokens.ends[at - 1]


def is_cut(laid: Laid, mention: PlaceMention, i: int, j: int) -> bool:
    """Whether a place is but a part of a name with a hyphen among the quoted words: "Sistan-Baluchistan"."""
    page = laid.page
    before = mention.i > i and mention.i in page.hyphened and page.capitals[mention.i - 1]
    return before or (mention.j < j and mention.j in page.hyphened and page.capitals[mention.j])


def is_stray(laid: Laid, mention: PlaceMention, land: str | None) -> bool:
    """Whether a place of a list is a namesake of what is meant, in a country that nothing else speaks of.

    So is one abroad that bears the name only besides its own, where the claim lies in another country.
    """
    place = mention.place
    if not place.listed or place.country is None or place.level == "country" or is_known(laid, mention):
        return False
    words = fold(laid.page.span(mention.i, mention.j).text)
    if land is not None and place.country != land and is_other_name(place.name, words):
        return True
    others = {m.place.country for m in laid.found.places.values() if m.place.listed and m.place.id != place.id}
    return place.country not in laid.page.countries | others and bool(others - {None})


def is_known(laid: Laid, mention: PlaceMention) -> bool:
    """Whether everybody knows a place that stands behind a word of place: "in Paris", in news of another country."""
    return mention.cue is not None and is_large(laid, mention)


def is_large(laid: Laid, mention: PlaceMention) -> bool:
    """Whether so many people live in a place that it is known everywhere."""
    row = laid.page.vocabulary.gazetteer.by_id(mention.place.id)
    return row is not None and row.population >= VERY_LARGE


def namesake(laid: Laid, mention: PlaceMention, land: str | None) -> PlaceMention | None:
    """The largest place of a name in a country."""
    page = laid.page
    rows = page.vocabulary.gazetteer.named(" ".join(page.norms[mention.i : mention.j]))
    row = next((r for r in rows if r.country == land and land is not None), None)
    return None if row is None else mention._replace(place=place_of(page, row, (), mention.cue))


def lying(mention: Mention[Place], country: str | None) -> Mention[Place]:
    """A place; one that no list has lies in the country given."""
    place = mention.value
    if place.country is None and place.level != "region" and country is not None:
        return Mention(mention.span, msgspec.structs.replace(place, country=country), mention.rule)
    return mention


def land_of(laid: Laid, claim: Claim, words: Range) -> str | None:
    """The likeliest country of a claim by all listed places but those in some words, else the page's only one."""
    weighed = laid.scenes.weighed(laid.scenes.ground.asked(claim), "countries")[0]
    shares: dict[str, float] = {}
    for option, share in zip(weighed.options, weighed.shares, strict=True):
        for country in countries_of(option) if stands_apart(option, words) else ():
            shares[country] = shares.get(country, 0.0) + share
    return max(sorted(shares), key=lambda c: shares[c]) if shares else only_country(laid.page, laid.found.places)


def countries_of(option: Option) -> set[str]:
    """The countries of the places that lists have of an option."""
    return {str(p.value.country) for p in option.value if p.value.listed and p.value.country is not None}


def stands_apart(option: Option, words: Range) -> bool:
    """Whether an option is told by other words than some."""
    return option.span is None or option.span.end <= words[0] or words[1] <= option.span.start


def moved(laid: Laid, mention: PlaceMention, words: Range) -> Mention[Place]:
    """A place of words that were read by themselves, at their place in the text."""
    apart = laid.alone(words).page.span(mention.i, mention.j)
    span = laid.page.at(words[0] + apart.start, words[0] + apart.end)
    return Mention(span, mention.place, mention.rule)


def people_of(laid: Laid, i: int, j: int) -> Places:
    """The country that only the name of its people tells: "an Iraqi city", not "the Iraqi consulate"."""
    page = laid.page
    typed = any(k in page.layered["place_type"] for k in range(i, j))
    for k in range(i, j):
        if (hit := page.layered["demonym"].get(k)) is not None and (typed or hit[0] - k == j - i):
            row = page.vocabulary.gazetteer.country(hit[1].value)
            if row is not None:
                return (Mention(page.span(k, hit[0]), place_of(page, row, (), None), hit[1].rule),)
    return ()


def gone_back_to(laid: Laid, i: int, j: int) -> Places:
    """The place named last before words that go back to it: "the city", "selatan negeri itu"; never "a city"."""
    page = laid.page
    if any(page.capitals[k] and k not in page.openings for k in range(i, j)) or is_indefinite(laid, i, j):
        return ()
    back = frozenset(page.vocabulary.data["places"].get("goes_back", ()))
    if back.isdisjoint(page.norms[i : j + page.vocabulary.head_first]):  # "negeri" before "itu"
        return ()
    levels = {level for k in range(i, j) if (level := level_at(laid, k)) is not None}
    before = [p for p in laid.places if p.j <= i and p.cue != "dateline" and p.place.level in levels]
    return (
        (Mention(page.span(before[-1].i, before[-1].j), before[-1].place, "reading/proposing:back"),) if before else ()
    )


def is_indefinite(laid: Laid, i: int, j: int) -> bool:
    """Whether words tell of a place that was not named before: "a city", "one of the cities", "kota lain"."""
    counted = any(n.core_i < j and i < n.core_j for n in laid.found.numbers.values())
    return counted or any(laid.page.function(k, "article", "other") is not None for k in range(i, j))


def level_at(laid: Laid, k: int) -> str | None:
    """How large a place is for which token k is a word: a country, a province, a town."""
    page = laid.page
    if page.norms[k] in page.vocabulary.data["places"].get("country_words", ()):
        return "country"
    hit = page.layered["place_type"].get(k)
    return str(hit[1].value) if hit is not None else None


def named(laid: Laid, words: Range, country: str | None) -> Places | Refused:
    """A place that only its words tell, by the name in them where there is one; it has no point."""
    page, (i, j) = laid.page, laid.tokens(words)
    counted = any(n.kind == "count" for n in laid.alone(words).numbers.values())
    if counted or laid.alone(words).times or not any(page.norms[k][0].isalpha() for k in range(i, j)):
        return Refused("the words name no place")
    a, b = capitals_in(laid, i, j)
    span = page.span(a, b)
    place = Place(span.text, -1 - crc32(fold(span.text).encode()), None, country, None, None, None, None, "site")
    return (Mention(span, place, "reading/proposing:name"),)


def settle_lands(claims: Sequence[Claim]) -> None:
    """Lets each name that no list has lie in one country on a page: where most claims there have it, else the first."""
    lands: dict[int, Counter[str | None]] = {}
    for place in (p.value for c in claims for p in c.places if drifts(p.value)):
        lands.setdefault(place.id, Counter())[place.country] += 1
    for claim in claims:
        claim.places = tuple(settled_in(p, lands) if drifts(p.value) else p for p in claim.places)


def drifts(place: Place) -> bool:
    """Whether nothing but a claim's other words tells where a name lies: no list has it, nor a town beside it."""
    return not place.listed and place.lat is None and place.name[:1].isupper()


def settled_in(told: Value[Place], lands: dict[int, Counter[str | None]]) -> Value[Place]:
    """A place in the country that most claims give its name."""
    (land, _), *_ = lands[told.value.id].most_common(1)
    return msgspec.structs.replace(told, value=msgspec.structs.replace(told.value, country=land))


def land_by_name(laid: Laid, i: int, j: int) -> str | None:
    """The country in which all places lie that bear the name of a site, where one is large: "Kandahar prison"."""
    page = laid.page
    sites = page.vocabulary.site_words | {page.norms[k] for k in range(i, j) if k in page.layered["place_type"]}
    a, b = i, j
    while a < b and page.norms[a] in sites:
        a += 1
    while a < b and page.norms[b - 1] in sites:
        b -= 1
    named = (a, b) != (i, j) and all(page.capitals[k] for k in range(a, b))
    return land_of_all(page.vocabulary.gazetteer.named(" ".join(page.norms[a:b]))) if named else None


def capitals_in(laid: Laid, i: int, j: int) -> tuple[int, int]:
    """The last run of capitalised words of tokens [i, j) with its noun; all of them where there is none."""
    page = laid.page
    b = next((k + 1 for k in range(j - 1, i - 1, -1) if page.capitals[k] and k not in page.openings), None)
    if b is None or page.shouted or b - 1 in page.layered["demonym"]:
        return i, j
    a = b - 1
    while a > i and page.capitals[a - 1] and page.gap(a) in (" ", "-"):
        a -= 1
    while b < j and not page.vocabulary.head_first and page.norms[b].isalpha() and b not in page.functions:
        b += 1  # "Mredi market"
    return a, b
