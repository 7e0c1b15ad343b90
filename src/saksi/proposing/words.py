"""What quoted words mean, by the reader's own grammars: a number, days; places stand in `places.py`.

Each function takes a range of the text and gives a value pinned to words inside it, or a `Refused` with its reason.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from saksi.proposing.laid import Laid
from saksi.proposing.quotes import Range
from saksi.reading.claims.beginnings import beginnings, struggle_since
from saksi.reading.claims.claim import Claim
from saksi.reading.mentions.calendar import year_period
from saksi.reading.mentions.numbers import Number, number_at
from saksi.reading.mentions.times import Time
from saksi.reading.scenes.stretches import as_told
from saksi.reading.values import Mention, Period, Quantity, Span

FAR = 12  # tokens between the word that something began and its day
SHORT, SHARED = 3, 2  # letters of words that say too little; words that two tellings of one happening share
ZERO, NEGATION = Quantity(0, 0), "language:negation"  # "no casualties"
YEAR = re.compile(r"(?:19|20)\d\d")  # quoted as days where the page takes it for the year of a name: "bom Bali 2002"
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
    if is_none(laid, i, j):
        return none_at(laid, i, j, told.sentence.j)
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


def is_none(laid: Laid, i: int, j: int) -> bool:
    """Whether tokens [i, j) are words for nobody: "no", "none", "no one"."""
    page = laid.page
    return " ".join(page.norms[i:j]) in page.vocabulary.data["numbers"].get("none", ()) or is_nobody(laid, i, j)


def is_nobody(laid: Laid, i: int, j: int) -> bool:
    """Whether tokens [i, j) are one word for no person: "no one"."""
    return laid.page.function(i, "nobody") == j


def none_at(laid: Laid, i: int, j: int, end: int) -> Number | Refused:
    """The zero that words for nobody are; not those of "no more than 5", "No. 5" or "no doubt that"."""
    page = laid.page
    if not is_nobody(laid, i, j) and any(n.i < j and i < n.j for n in laid.found.numbers.values()):
        return Refused("the words belong to a number")
    rest = page.norms[j:end]
    if rest and (rest[0][0].isdecimal() or (rest[0] == "." and len(rest) > 1)):
        return Refused("the words open a label")
    if doubts(laid, j, end):
        return Refused("the words deny no happening: a clause of its own tells that")
    return Number(i, j, i, j, ZERO, NEGATION)


def doubts(laid: Laid, j: int, end: int) -> bool:
    """Whether a clause hangs on the noun at token j and the noun is no thing that is counted: "doubt that"."""
    page = laid.page
    k = next((k for k in range(j, end) if k in page.functions or not page.norms[k].isalpha()), end)
    things = (page.form(n, "object", "event", "classifiers") for n in range(j, k))
    return k < end and page.function(k, "that") is not None and not any(things)


def means_the_same(laid: Laid, words: Range, number: Number) -> bool:
    """Whether a part of a number's words means all of it by itself: "dozens" of "dozens of"."""
    alone = list(laid.alone(words).numbers.values())
    return len(alone) == 1 and alone[0].quantity == number.quantity


def days_of(laid: Laid, *words: Range) -> Mention[Period] | Refused:
    """The days that words tell: from the first day of all times in them to the last, "last week" but for its days."""
    told = [times_in(laid, each) for each in words]
    if not all(told):
        if len(words) == 1 and is_year(laid, words[0]):
            return Mention(laid.page.at(*words[0]), year_period(int(laid.at(words[0]))), "reading/proposing:year")
        return Refused("the words tell no day that the reader knows")
    times = [t for each in told for t in each]
    span = laid.page.at(min(t.span.start for t in times), max(t.span.end for t in times))
    times = [t for t in times if not any(is_within(o.period, t.period) for o in times)]
    if len(times) == 1:
        return Mention(times[0].span, times[0].period, times[0].rule)
    starts, ends = [t.period.start for t in times], [t.period.end for t in times]
    start = min((s for s in starts if s), default=None)
    end = max((e for e in ends if e), default=None)
    return Mention(span, Period(start, end, "range" if start and end else "unknown"), times[0].rule)


def is_year(laid: Laid, words: Range) -> bool:
    """Whether words are the year of a name by the page's own reading, not a count ("2003 guards") nor a label."""
    i, j = laid.tokens(words)
    here = [n.kind for n in laid.found.numbers.values() if n.i < j and i < n.j]
    return YEAR.fullmatch(laid.at(words)) is not None and here == ["year"]


def meant_of(laid: Laid, claim: Claim, told: Mention[Period] | Refused) -> Mention[Period] | Refused:
    """Days as their time is meant of a claim where it may mean fewer: "a year ago" is the year, or the very day."""
    if isinstance(told, Refused) or told.value.precision not in ("week", "year"):
        return told
    weighed = laid.scenes.weighed(laid.scenes.ground.asked(claim), "days")[0]
    shares = zip(weighed.shares, weighed.options, strict=True)
    own = [(share, o.value.value) for share, o in shares if o.span == told.span and is_in(o.value.value, told.value)]
    return Mention(told.span, max(own, key=lambda each: each[0])[1], told.rule) if own else told


def is_in(days: Period, other: Period) -> bool:
    """Whether some days are others, or a part of them."""
    return (days.start, days.end) == (other.start, other.end) or is_within(days, other)


def times_in(laid: Laid, words: Range) -> list[Time]:
    """The times in some words, as the page tells them; by themselves where the page has none there, or opens one."""
    i, j = laid.tokens(words)
    times = [t for t in laid.times if t.i < j and i < t.j]
    if not times or any(opened_before(t, i) for t in times):
        times = times_alone(laid, words) or times
    return [t._replace(period=as_told(t, t.period, laid.page.published)) for t in times]


def is_within(days: Period, other: Period) -> bool:
    """Whether some days are a part of others: the Wednesday of "Wednesday of last week"."""
    ends = (days.start, days.end, other.start, other.end)
    if None in ends or ends[:2] == ends[2:]:
        return False
    return (days.start or date.min) >= (other.start or date.min) and (days.end or date.max) <= (other.end or date.max)


def opened_before(time: Time, i: int) -> bool:
    """Whether a word that stands before the quoted ones makes a time open: "since a fire in June 2017"."""
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
