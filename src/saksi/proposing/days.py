"""What quoted words tell of days, by the reader's own grammar: a day, a stretch, since when a running total counts.

Words that date nothing by themselves are read too, since somebody who has read the page says that they date the claim:
"now", "the last couple of days", "by the end of the year", "the previous day" where the page tells none before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from saksi.proposing.laid import Laid
from saksi.proposing.quotes import Range
from saksi.proposing.words import Refused
from saksi.reading.claims.beginnings import beginnings, struggle_at, struggle_since
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.totals import LASTING
from saksi.reading.mentions.calendar import last_units, shifted, year_period
from saksi.reading.mentions.soft import Seen, read_loose
from saksi.reading.mentions.times import Time
from saksi.reading.mentions.windows import opening
from saksi.reading.scenes.stretches import as_told
from saksi.reading.values import Inferred, Mention, Period, Span, Value

FAR = 12  # tokens between the word that something began and its day
STILL = 20  # tokens between a figure and the word that what it tells goes on
SHORT, SHARED = 3, 2  # letters of words that say too little; words that two tellings of one happening share
YEAR = re.compile(r"(?:19|20)\d\d")  # quoted as days where the page takes it for the year of a name: "bom Bali 2002"
LENGTH = re.compile(r"P(\d+)([DWMY])")  # of TIMEX3: "P2D" is two days
UNITS = {"D": 1, "W": 7, "M": 30, "Y": 365}
PRESENT = "PRESENT_REF"  # of TIMEX3: "now"
RULE = "reading/proposing:today"
SINCE = "reading/proposing:since"


def days_of(laid: Laid, *words: Range) -> Mention[Period] | Refused:
    """The days that words tell: from the first day of all times in them to the last, "last week" but for its days."""
    told = [times_in(laid, each) for each in words]
    if not all(told):
        if len(words) == 1 and is_year(laid, words[0]):
            return Mention(laid.page.at(*words[0]), year_period(int(laid.at(words[0]))), "reading/proposing:year")
        return Refused("the words tell no day that the reader knows")
    times = [t for each in told for t in each]
    span = laid.page.at(min(t.span.start for t in times), max(t.span.end for t in times))
    times = [t for t in times if not any(is_within(o.value, t.value) for o in times)]
    if len(times) == 1:
        return from_today(laid, words[0], times[0])
    starts, ends = [t.value.start for t in times], [t.value.end for t in times]
    start = min((s for s in starts if s), default=None)
    end = max((e for e in ends if e), default=None)
    return Mention(span, Period(start, end, "range" if start and end else "unknown"), times[0].rule)


def from_today(laid: Laid, words: Range, told: Mention[Period]) -> Mention[Period]:
    """Days that lie ahead, up to which words lead, begin with publication: "will leave by the end of the year"."""
    page, (i, _) = laid.page, laid.tokens(words)
    today, end = page.published, told.value.end
    if today is None or end is None or end <= today or page.norms[i] not in page.vocabulary.data["times"]["until"]:
        return told
    return Mention(told.span, Period(today, end, "range"), told.rule)


def lies_ahead(claim: Claim, published: date | None) -> bool:
    """Whether a claim's words lead from publication to a later day: what is planned is not over when it is told."""
    days = claim.period.value if claim.period is not None else None
    return days is not None and published is not None and days.precision == "range" and days.start == published


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


def times_in(laid: Laid, words: Range) -> list[Mention[Period]]:
    """The times in some words, as the page tells them; by themselves where the page has none there, or opens one."""
    i, j = laid.tokens(words)
    times = [t for t in laid.times if t.i < j and i < t.j]
    if not times or any(opened_before(t, i) for t in times):
        times = times_alone(laid, words) or times
    told = [Mention(t.span, as_told(t, t.period, laid.page.published), t.rule) for t in times]
    return told or list(pointing(laid, i, j)) or list(loosely(laid, words))


def pointing(laid: Laid, i: int, j: int) -> Iterator[Mention[Period]]:
    """Days that lie before one which the page tells behind them, else before publication: "the previous day"."""
    today = laid.page.published
    for time in laid.found.times.values():
        if time.anaphor is None or time.away[0] >= 0 or not (i <= time.i < j):
            continue
        told = laid.sentence(time.i)
        behind = (t.period for t in laid.times if told is not None and time.j <= t.i < told.sentence.j)
        base = next(behind, None) or (Period(today, today, "day") if today is not None else None)
        if base is not None:
            yield Mention(time.span, shifted(base, *time.away), f"{time.anaphor} next")


def loosely(laid: Laid, words: Range) -> Iterator[Mention[Period]]:
    """The days of words that date nothing by themselves; a figure alone is none of them."""
    found = laid.alone(words)
    for seen in read_loose(found.page, found.dated(), found.counted()):
        days = loose_days(laid, words, seen)
        if days is not None and any(letter.isalpha() for letter in seen.time.span.text):
            start, end = seen.time.span.start, seen.time.span.end
            yield Mention(laid.page.at(words[0] + start, words[0] + end), days, seen.time.rule)


def loose_days(laid: Laid, words: Range, seen: Seen) -> Period | None:
    """The days of a loose time: publication for "now", so many up to it for "the last two days", else its own."""
    page, today = laid.page, laid.page.published
    if today is None:
        return None
    if seen.timex == PRESENT:
        return Period(today, today, "day")
    if seen.time.period.start is not None:
        return seen.time.period
    length = LENGTH.fullmatch(seen.timex or "")
    i, j = laid.tokens(words)
    if length is None or set(page.vocabulary.data["times"]["latest"]).isdisjoint(page.norms[i:j]):
        return None
    return last_units({"n": int(length[1]), "unit": UNITS[length[2]]}, today)


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


def since_of(laid: Laid, words: Range, until: date | None) -> Value[Period] | Refused:
    """The days of a running total: from the first day that words tell until a day; of a war perhaps only until."""
    told = days_of(laid, words)
    start, span = (None, None) if isinstance(told, Refused) else (told.value.start, told.span)
    if start is None or span is None:
        begun = begun_elsewhere(laid, words)
        if begun is None and is_happening(laid, *laid.tokens(words)) and until is not None:
            return Inferred(Period(None, until, "before"), "published", SINCE)
        if begun is None:
            return Refused("the words tell no day that it began on, and nor does the page")
        start, span = begun
    start, span = finer_start(laid, words) or (start, span)
    end = until if until is not None and until >= start else None
    return Mention(span, Period(start, end, "range" if end else "after"), SINCE)


def finer_start(laid: Laid, words: Range) -> tuple[date, Span] | None:
    """The one day since which the page counts something, where words tell only its month or year: "since 2023"."""
    page, times = laid.page, list(laid.found.times.values())
    told = [t.own or t.period for t in times if t.span.start < words[1] and words[0] < t.span.end]
    told = told or [t.own or t.period for t in laid.alone(words).times.values()]
    if len(told) != 1 or told[0].precision not in ("month", "year"):
        return None
    since = {t.period.start: t.span for t in reversed(times) if t.since and (t.own or t.period).precision == "day"}
    since |= dict(beginnings(page, times).named.values())
    days = [(day, span) for day, span in since.items() if day is not None and is_in(Period(day, day, "day"), told[0])]
    return days[0] if len(days) == 1 else None


def is_happening(laid: Laid, i: int, j: int) -> bool:
    """Whether tokens [i, j) tell of a happening that goes on: "the war", "the occupation of the valley"."""
    page = laid.page
    lasting = page.vocabulary.data["times"]["totals"]["lasting"]
    return any(struggle_at(page, k) is not None or page.norms[k] in lasting for k in range(i, j))


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


def today(published: date | None) -> Inferred[Period] | None:
    """The day of publication, where it is known."""
    return Inferred(Period(published, published, "day"), "published", RULE) if published is not None else None


def lasting(laid: Laid, claim: Claim, told: Value[Period]) -> Value[Period]:
    """Days since which people are what the text says they still are, up to publication: "are still held"."""
    if claim.kind.value not in LASTING or told.span is None:
        return told
    if (claim.scope != "stock" and not goes_on(laid, claim)) or counted_then(laid, told.span):
        return told
    return until_now(laid, told)


def until_now(laid: Laid, told: Value[Period]) -> Value[Period]:
    """Days from those told until publication: "Friday ..."."""
    now, days = laid.page.published, told.value
    if told.span is None or now is None or days.start is None or days.end is None or days.end >= now:
        return told
    return Mention(told.span, Period(days.start, now, "range"), told.rule)


def counted_then(laid: Laid, span: Span) -> bool:
    """Whether something was counted as of some days, not so since then: "as of December 2015"."""
    page, (i, _) = laid.page, laid.tokens((span.start, span.end))
    return opening(page, i, page.vocabulary.data["times"].get("as_of", [])) is not None


def goes_on(laid: Laid, claim: Claim) -> bool:
    """Whether what a figure tells goes on: "still" stands behind it in its sentence, and nothing else between."""
    page = laid.page
    i, _ = laid.tokens((claim.anchor.start, claim.anchor.end))
    _, j = laid.tokens((claim.sentence.start, claim.sentence.end))
    going = page.vocabulary.data["times"]["ongoing"]
    for k in range(i, min(j, i + STILL)):
        if page.norms[k] in going:
            return True
        if page.norms[k] == ";" or page.function(k, "and") is not None:
            return False
    return False
