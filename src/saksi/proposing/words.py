"""What quoted words mean, by the reader's own grammars: a number, days, places, a speaker, a kind, what is counted.

Each function takes a range of the text and gives a value pinned to words inside it, or a `Refused` with its reason.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from zlib import crc32

import msgspec

from saksi.proposing.laid import Laid
from saksi.proposing.quotes import Range
from saksi.reading.claims.beginnings import beginnings, struggle_since
from saksi.reading.claims.discourse import folded
from saksi.reading.mentions.belief import PlaceMention
from saksi.reading.mentions.numbers import Number, number_at
from saksi.reading.mentions.places import place_of
from saksi.reading.mentions.times import Time
from saksi.reading.mentions.unlisted import only_country
from saksi.reading.values import Mention, Period, Place, Span
from saksi.registers.places.folding import fold

FAR = 12  # tokens between the word that something began and its day
SHORT, SHARED = 3, 2  # letters of words that say too little; words that two tellings of one happening share
COUNTING = frozenset(("count", "article", "both"))


class Refused(msgspec.Struct, frozen=True):
    """Why words do not enter."""

    reason: str


def number_of(laid: Laid, words: Range) -> Number | Refused:
    """The number that words are: the whole of one, in a block that may speak, and one that counts."""
    page = laid.page
    i, j = laid.tokens(words)
    if i >= j or page.tokens.starts[i] < words[0] or page.tokens.ends[j - 1] > words[1]:
        return Refused("the words are a part of a longer word or figure")
    told = laid.sentence(i)
    if told is None:
        return Refused(f"the words stand in a {page.block_at(i).kind} block, which makes no claims")
    if any(t.i < j and i < t.j for t in laid.found.times.values()):
        return Refused("the number belongs to a date or a time")
    here = [n for n in laid.found.numbers.values() if n.core_i < j and i < n.core_j]
    if len({n.quantity for n in here}) > 1:
        return Refused("the words hold more than one number")
    number = here[0] if here else number_at(page, i, told.sentence.j, set())
    if number is None or (not here and number.core_i >= j):
        return Refused("the words are no number that the reader knows")
    if (number.core_i < i or number.core_j > j) and not means_the_same(laid, words, number):
        return Refused(f"the words are a part of the number {page.span(number.i, number.j).text!r}")
    if number.kind not in COUNTING:
        return Refused(f"the number counts nothing: {number.kind}")
    return number


def means_the_same(laid: Laid, words: Range, number: Number) -> bool:
    """Whether a part of a number's words means all of it by itself: "dozens" of "dozens of"."""
    alone = list(laid.alone(words).numbers.values())
    return len(alone) == 1 and alone[0].quantity == number.quantity


def days_of(laid: Laid, words: Range) -> Mention[Period] | Refused:
    """The days that words tell: from the first day of all times in them to the last, "last week" but for its days."""
    i, j = laid.tokens(words)
    times = [t for t in laid.times if t.i < j and i < t.j]
    if not times or any(opened_before(t, i) for t in times):
        times = times_alone(laid, words) or times
    if not times:
        return Refused("the words tell no day that the reader knows")
    span = laid.page.at(min(t.span.start for t in times), max(t.span.end for t in times))
    times = [t for t in times if not any(is_within(o.period, t.period) for o in times)]
    if len(times) == 1:
        return Mention(times[0].span, times[0].period, times[0].rule)
    starts, ends = [t.period.start for t in times], [t.period.end for t in times]
    start = min((s for s in starts if s), default=None)
    end = max((e for e in ends if e), default=None)
    return Mention(span, Period(start, end, "range" if start and end else "unknown"), times[0].rule)


def is_within(days: Period, other: Period) -> bool:
    """Whether some days are a part of others: the Wednesday of "Wednesday of last week"."""
    ends = (days.start, days.end, other.start, other.end)
    if None in ends or ends[:2] == ends[2:]:
        return False
    return (days.start or date.min) >= (other.start or date.min) and (days.end or date.max) <= (other.end or date.max)


def opened_before(time: Time, i: int) -> bool:
    """Whether a word that stands before the quoted ones makes a time open: "since an assault in August 2018"."""
    return (time.since or time.period.precision in ("before", "after")) and time.i <= i


def times_alone(laid: Laid, words: Range) -> list[Time]:
    """The times of words that stand by themselves, with their place in the text."""
    found = []
    for time in laid.alone(words).times.values():
        if time.period.start or time.period.end:
            span = laid.page.at(words[0] + time.span.start, words[0] + time.span.end)
            found.append(time._replace(span=span))
    return found


def since_of(laid: Laid, words: Range, until: date | None) -> Mention[Period] | Refused:
    """The days of a running total: from the first day that words tell until a day."""
    told = days_of(laid, words)
    start, span = (None, None) if isinstance(told, Refused) else (told.value.start, told.span)
    if start is None or span is None:
        begun = begun_elsewhere(laid, words)
        if begun is None:
            return Refused("the words tell no day that it began on, and nor does the page")
        start, span = begun
    end = until if until is not None and until >= start else None
    return Mention(span, Period(start, end, "range" if end else "after"), "reading/proposing:since")


def begun_elsewhere(laid: Laid, words: Range) -> tuple[date, Span] | None:
    """The day on which the happening that "since" leads to began, as the page tells it anywhere."""
    times = list(laid.found.times.values())
    struggle = struggle_since(laid.page, *laid.tokens(words), times)
    known = beginnings(laid.page, times).of(struggle.name) if struggle is not None else None
    return known or told_elsewhere(laid, words)


def told_elsewhere(laid: Laid, words: Range) -> tuple[date, Span] | None:
    """The one day that the page gives the same words: "since the truce was announced", "announced on Wednesday"."""
    page, (i, j) = laid.page, laid.tokens(words)
    said = [page.norms[k] for k in range(i, j) if len(page.norms[k]) > SHORT and k not in page.functions]
    found: dict[date, Span] = {}
    for time in laid.times if len(said) >= SHARED else ():
        told, day = laid.sentence(time.i), time.period.start
        if told is None or day is None or day != time.period.end or i <= time.i < j:
            continue
        before = page.norms[max(told.sentence.i, time.i - FAR) : time.i]
        shared = set(said) & set(page.norms[told.sentence.i : told.sentence.j])
        if said[-1] in before and len(shared) >= SHARED:
            found.setdefault(day, time.span)
    return next(iter(found.items())) if len(found) == 1 else None


def places_of(laid: Laid, words: Range, country: str | None) -> tuple[Mention[Place], ...] | Refused:
    """The places that words name, the finest of each chain; a name of no list is kept without a point, in a country."""
    i, j = laid.tokens(words)
    here = [p for p in laid.places if p.i < j and i < p.j and not is_cut(laid, p, i, j) and not is_stray(laid, p)]
    if here and (leading := unlisted_before(laid, here, i, j)) is not None:
        return named(laid, leading, here[0].place.country or country)
    if here:
        return tuple(lying(m, country) for m in folded(laid.page, list(enumerate(finest(here)))))
    known = laid.alone(words).places.values() if not any(p.i < j and i < p.j for p in laid.places) else ()
    if apart := [moved(laid, p, words) for p in known]:
        return tuple(lying(m, country) for m in apart)
    if people := people_of(laid, i, j):
        return people
    return named(laid, words, country)


def finest(here: list[PlaceMention]) -> list[PlaceMention]:
    """Places but for those around a name that no list has: "Wesai in Nduga" is Wesai, which lies where Nduga does."""
    first, *around = sorted(here, key=lambda m: m.i)
    lands = {m.place.country for m in around}
    if first.place.country is not None or first.place.level == "region" or len(lands) != 1:
        return here
    return [first._replace(place=msgspec.structs.replace(first.place, country=lands.pop()))]


def unlisted_before(laid: Laid, here: list[PlaceMention], i: int, j: int) -> Range | None:
    """The name of no list with which words begin, where it lies in the places after it: "Kampung Wesai di Nduga"."""
    page, first = laid.page, min(p.i for p in here)
    sets_in = page.vocabulary.data["places"]["sets_in"]
    at = next((k for k in range(i + 1, min(first, j)) if page.norms[k] in sets_in), None)
    if at is None or i in page.layered["demonym"] or not all(page.capital(k) for k in range(i, at)):
        return None
    return page.tokens.starts[i], page.tokens.ends[at - 1]


def is_cut(laid: Laid, mention: PlaceMention, i: int, j: int) -> bool:
    """Whether a place is but a part of a name with a hyphen among the quoted words: "Sistan-Baluchistan"."""
    page = laid.page
    before = mention.i > i and page.gap(mention.i) == "-" and page.capital(mention.i - 1)
    return before or (mention.j < j and page.gap(mention.j) == "-" and page.capital(mention.j))


def is_stray(laid: Laid, mention: PlaceMention) -> bool:
    """Whether a place lies in a country that nothing else of the page speaks of: a namesake of what is meant."""
    country = mention.place.country
    if country is None or mention.place.level == "country" or country in laid.page.countries:
        return False
    others = {m.place.country for m in laid.found.places.values() if m.place.id != mention.place.id}
    return country not in others and bool(others - {None})


def lying(mention: Mention[Place], country: str | None) -> Mention[Place]:
    """A place; one that no list has lies in the country given."""
    place = mention.value
    if place.country is None and place.level != "region" and country is not None:
        return Mention(mention.span, msgspec.structs.replace(place, country=country), mention.rule)
    return mention


def home_of(laid: Laid, words: Range) -> str | None:
    """The country that most places of the page lie in, but for those in some words; else the one that it names."""
    i, j = laid.tokens(words)
    others = (m.place.country for m in laid.found.places.values() if not (m.i < j and i < m.j))
    counts = Counter(country for country in others if country is not None)
    return max(sorted(counts), key=lambda c: counts[c]) if counts else only_country(laid.page)


def moved(laid: Laid, mention: PlaceMention, words: Range) -> Mention[Place]:
    """A place of words that were read by themselves, at their place in the text."""
    apart = laid.alone(words).page.span(mention.i, mention.j)
    span = laid.page.at(words[0] + apart.start, words[0] + apart.end)
    return Mention(span, mention.place, mention.rule)


def people_of(laid: Laid, i: int, j: int) -> tuple[Mention[Place], ...]:
    """The country that only the name of its people tells: "an Iraqi city", not "the Iraqi consulate"."""
    page = laid.page
    typed = any(k in page.layered["place_type"] for k in range(i, j))
    for k in range(i, j):
        if (hit := page.layered["demonym"].get(k)) is not None and (typed or hit[0] - k == j - i):
            row = page.vocabulary.gazetteer.country(hit[1].value)
            if row is not None:
                return (Mention(page.span(k, hit[0]), place_of(page, row, (), None), hit[1].rule),)
    return ()


def named(laid: Laid, words: Range, country: str | None) -> tuple[Mention[Place], ...] | Refused:
    """A place that only its words tell, by the name in them where there is one; it has no point."""
    page, (i, j) = laid.page, laid.tokens(words)
    counted = any(n.kind == "count" for n in laid.alone(words).numbers.values())
    if counted or laid.alone(words).times or not any(page.norms[k][0].isalpha() for k in range(i, j)):
        return Refused("the words name no place")
    a, b = capitals_in(laid, i, j)
    span = page.span(a, b)
    place = Place(span.text, -1 - crc32(fold(span.text).encode()), None, country, None, None, None, None, "site")
    return (Mention(span, place, "reading/proposing:name"),)


def capitals_in(laid: Laid, i: int, j: int) -> tuple[int, int]:
    """The last run of capitalised words of tokens [i, j); all of them where there is none."""
    page = laid.page
    b = next((k + 1 for k in range(j - 1, i - 1, -1) if page.capital(k) and k not in page.openings), None)
    if b is None or page.shouted or b - 1 in page.layered["demonym"]:
        return i, j
    a = b - 1
    while a > i and page.capital(a - 1) and page.gap(a) in (" ", "-"):
        a -= 1
    return a, b
