"""When it happened: every time of the page, and the day of publication, as an option for a claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from saksi.reading.claims.afterwards import SO_LONG_AFTER
from saksi.reading.claims.beginnings import beginnings, named_in, records, struggle_at
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.spoken_of import spoken_of
from saksi.reading.mentions.times import Time, dates_nothing
from saksi.reading.scenes.beside import Beside, act_signs, beside_signs, inquiry_signs, nearest_act
from saksi.reading.scenes.choice import Weighed, likeliest_days, number_of
from saksi.reading.scenes.ground import (
    SHARED,
    SINGLE,
    Asked,
    Ground,
    Option,
    OptionRow,
    carried,
    sorted_signs,
    stands_in,
)
from saksi.reading.scenes.stretches import ALONE, OTHERWISE, UNTIL, Days, dated, finer, stretches
from saksi.reading.values import Inferred, Mention, Period, Span, Value
from saksi.reading.weights import Part, Signs

DAYS = "reading/scenes:days"  # the rule of days that a page tells elsewhere
# shares below which days are as often wrong as right (documents held back), so that none are better than those: of
# what the claim's own sentence says, and of what stands elsewhere
LEAST_HERE, LEAST = 0.3, 0.45
NEARLY = 0.95  # of the share of publication, which days of the claim's own sentence must have to be told instead
BESIDE_ACT = "before act"  # the sign of a time right behind which an act is told
SURE = 0.6  # the share from which the days of a page without a war are those that its totals began on
BEGINNING = "named beginning"  # the sign of days from which the page says that a war or an operation began
AGES = (0, 1, 2, 3, 7, 31, 366)
MANY = 3  # mentions of the same days that are told apart


class Known(NamedTuple):
    """What is the case of a time whatever the claim."""

    how: str  # it is taken, else how precise it is
    words: Hashable  # its days as its sentence has them, before they were taken in any way
    age: str
    said: bool
    begun: bool
    since: bool


class DayOptions:
    """The days of one page, weighed for one claim after another."""

    may_be_empty = True

    def __init__(self, ground: Ground) -> None:
        self.ground, self.page = ground, ground.page
        self.said = frozenset().union(*(t.said for t in ground.told))
        self.beside = Beside(ground)
        stood = frozenset().union(*(t.stood for t in ground.told))
        dating = (t for t in ground.found.times.values() if t.span not in stood and not dates_nothing(self.page, t))
        found = sorted(dating, key=lambda t: t.i)
        times = list(dated(found))
        self.count = min(4, len(times))
        self.often = Counter(days(t) for t in times)
        begun = beginnings(self.page, found)
        self.begun = {(day, self.page.published) for day in begun.days()}
        self.named = {(day, self.page.published) for day, _ in begun.named.values()}
        self.ages: dict[date | None, str] = {}
        self.others: dict[int, list[Option]] = {}  # by its first token, a time taken otherwise
        self.plain = {t.i: days(t) for t in times}  # and its days as the sentence has them
        self.row = OptionRow([self.told(t) for t in times])
        for plain in self.row.options:
            for other in self.others[plain.at]:
                other.rank = plain.rank
        self.of_page = list(self.published())

    @cached_property
    def warlike(self) -> bool:
        """Whether the page tells of a war."""
        sentences = (t.sentence for t in self.ground.told)
        return any(named_in(self.page, s.i, s.j, "wars") for s in sentences)

    def of_one_happening(self, asked: Asked) -> bool:
        """Whether a total counts "so far" of what happened once: the page tells no war, its sentence no operation."""
        sentence = self.ground.told[asked.sentence].sentence
        words = range(sentence.i, sentence.j)
        if asked.scope in SINGLE or self.warlike or any(struggle_at(self.page, k) is not None for k in words):
            return False
        return named_in(self.page, sentence.i, sentence.j, "so_far")

    def told(self, time: Time) -> Option:
        """A time that the page tells, as it tells it; "the deadliest since a raid in May" counts nothing from May."""
        if time.since and time.own is not None and records(self.page, time.i):
            time = time._replace(period=time.own, own=None, since=False)
        beside = tuple(beside_signs(self.beside.of(time)))
        plain, *others = (self.taken(time, how, p, beside) for how, p in stretches(time, self.page.published))
        self.others[time.i] = others
        return plain

    def taken(self, time: Time, how: str, period: Period, beside: tuple[str, ...]) -> Option:
        """A time with the days that it may mean."""
        value: Value[Period] = Mention(time.span, period, time.rule)
        if how == UNTIL:
            value = Inferred(period, "span", "reading/scenes:until-publication", time.span)
        own = (*self.signs_of(time, period), *beside, *((how, f"{time.period.precision} {how}") if how else ()))
        if days(value) in self.named:
            own = (*own, BEGINNING)
        return self.known(Option((period.start, period.end), value, time.span, time.i, own), how or self.aged(period))

    def known(self, day: Option, sort: str) -> Option:
        """A day with where it stands, and what is the case of it whatever the claim."""
        period = day.value.value
        how, words = (sort, day.key) if sort in OTHERWISE else (period.precision, self.plain.get(day.at, day.key))
        begun, since = day.key in self.begun, "since" in day.own
        day.known = Known(how, words, self.aged(period), day.span in self.said, begun, since)
        return self.ground.placed(day, sort)

    def published(self) -> Iterator[Option]:
        """The day of publication, with the day before it, for news tells of yesterday."""
        if (day := self.page.published) is not None:
            period = Period(day - timedelta(days=1), day, "range")
            value = Inferred(period, "published", "reading/scenes:published")
            own = ("published", f"published, of {self.count} times")
            yield self.known(Option((period.start, period.end), value, None, -1, own), "")

    def signs_of(self, time: Time, period: Period) -> Iterator[str]:
        """The signs of a time's own words, taken as these days."""
        block = self.ground.block(time.i)
        yield f"precision {period.precision}"
        yield f"read {time.rule}"
        yield f"block {self.page.blocks[block].kind}"
        for name in ("since", "as_of", "window"):
            if getattr(time, name):
                yield name
        if time.span in self.said:
            yield "day of saying"
        if records(self.page, time.i):
            yield "of a record"
        yield from self.age(period)
        yield f"one of {self.count}"
        yield f"told {min(MANY, self.often[days(time)])} times"

    def age(self, period: Period) -> Iterator[str]:
        """The signs of how long before publication a time lies."""
        age = self.aged(period)
        if age != "age none":
            yield age
            yield f"{period.precision} of {age}"

    def aged(self, period: Period) -> str:
        """How many days before publication a time begins, in a few steps; counted once for all claims."""
        age = self.ages.get(period.start)
        if age is None:
            age = self.ages[period.start] = self.counted(period.start)
        return age

    def counted(self, start: date | None) -> str:
        """How many days before publication a day lies, in a few steps."""
        published = self.page.published
        if published is None or start is None:
            return "age none"
        apart = (published - start).days
        return "age later" if apart < 0 else f"age {next((str(a) for a in AGES if apart <= a), 'far')}"

    def parts(self, asked: Asked, option: Option) -> list[Part]:
        """What speaks for one time for one claim."""
        parts = self.parts_told(asked, option) if option.at >= 0 else []
        told = option.known.how if option.at >= 0 else "published"
        if self.beside.inquired(asked.sentence):
            parts.append(("inquired", asked.claim.kind.value, told))
        parts.append(("days of", asked.where, asked.scope, asked.claim.kind.value, told))
        parts.append(self.by_rules(asked, option))
        return parts

    def parts_told(self, asked: Asked, option: Option) -> list[Part]:
        """What speaks for a time that the page tells, by where its words stand."""
        parts, known = self.ground.apart("days apart", asked, option), option.known
        if option.rank >= 0:
            parts.append(self.row.turns(asked, option))
        parts.append(("stands", place_of(asked, option), known.how, known.said, known.age))
        if option.sentence == asked.sentence:
            parts.append(("acts", *nearest_act(self.beside, asked, option)))
        if known.begun:
            parts.append(("begun", asked.scope))
        if known.since:
            parts.append(("goes on", asked.scope, option.sentence == asked.sentence))
        return parts

    def by_rules(self, asked: Asked, option: Option) -> Part:
        """How a time stands to what the claim's own sentence and its kind of total gave it."""
        given = asked.claim.period
        if given is None:
            return "days rules", "none", "", ""
        how = "agree" if days(given) in (option.key, option.known.words) else "say another"
        if how != "agree" and finer(option.value.value, given.value):
            how = "say coarser"
        return "days rules", how, given.rule if isinstance(given, Inferred) else "words", asked.scope

    def of(self, asked: Asked) -> list[Option]:
        """The days that a claim may have: those of the page, and those that its own sentence made."""
        given, plain = asked.claim.period, self.ground.near(self.row, asked)
        near = [*plain, *(o for p in plain for o in self.others[p.at]), *self.of_page]
        if (span := asked.claim.kind.span) is not None and spoken_of(
            self.page, self.page.between(span.start, span.end)[0]
        ):
            near = [o for o in near if not of_speaking(asked, o)]
        told = None if given is None else days(given)
        if given is None or any(told in (o.key, o.known.words) for o in near):
            return near
        at = self.page.between(given.span.start, given.span.end)[0] if given.span is not None else -1
        own = ("made", f"precision {given.value.precision}", *self.age(given.value))
        return [*near, self.known(Option(days(given), given, given.span, at, own), self.aged(given.value))]


def of_speaking(asked: Asked, option: Option) -> bool:
    """Whether a day stands before an act that is only spoken of, and is that of the speaking."""
    before = option.span is not None and option.sentence == asked.sentence and option.at < asked.at
    return (before or option.known.said) and option.known.how in (*OTHERWISE, "day")


def place_of(asked: Asked, option: Option) -> str:
    """Where a time stands for a claim, in words."""
    if option.sentence == asked.sentence:
        return "in its sentence, before" if option.at < asked.at else "in its sentence, behind"
    if option.block == asked.block:
        away = option.sentence - asked.sentence
        return "the sentence before" if away == -1 else "earlier in its paragraph" if away < 0 else "later in it"
    if option.where != "body":
        return f"in the {option.where}"
    away = option.order - asked.order
    if abs(away) == 1:
        return "the paragraph before" if away < 0 else "the paragraph behind"
    return "farther before" if away < 0 else "farther behind"


def days(value: Value[Period] | Time) -> Days:
    """The first and last day, by which one choice of days is told from another."""
    period = value.period if isinstance(value, Time) else value.value
    return period.start, period.end


def rules_signs(how: str, rule: str, scope: str) -> Iterator[str]:
    """The signs of what the constructions gave a claim."""
    yield f"rules {how}"
    if rule:
        yield f"rules {how}, {rule}"
        yield f"rules {how}, {scope}"


def total_signs(where: str, scope: str, kind: str, how: str) -> Iterator[str]:
    """The signs of how a time fits what is counted."""
    yield f"{scope}, {how}"
    yield f"{kind}, {how}"
    if how == "published":
        yield f"published, in {where}"


def stands_signs(place: str, how: str, said: bool, age: str) -> Iterator[str]:
    """The signs of a time's kind together with where it stands."""
    yield f"{place}: {how}"
    yield f"{place}: {age}"
    if said:
        yield f"{place}: day of saying"


def begun_signs(scope: str) -> Iterator[str]:
    """The sign of days that go on from the beginning of a war or an operation."""
    yield f"from a beginning, {scope}"


def since_signs(scope: str, here: bool) -> Iterator[str]:
    """The sign of days that began long before and go on: in a claim's own sentence, or told of something else."""
    yield f"since, {'its sentence' if here else 'elsewhere'}, {scope}"


SIGNS: dict[str, Signs] = SHARED | {
    "days apart": sorted_signs, "days rules": rules_signs, "days of": total_signs, "stands": stands_signs,
    "acts": act_signs, "inquired": inquiry_signs, "begun": begun_signs, "goes on": since_signs,
}  # fmt: skip


def keeps_days(claim: Claim) -> bool:
    """Whether a claim keeps its days: how many there are at a time is of no scene's days."""
    return claim.scope == "stock"


def give_days(claim: Claim, weighed: Weighed, *, alone: bool) -> None:
    """Gives a claim the likeliest days, or none; a running total keeps those of its words that say when it began.

    What something came so long after keeps that month or year, unless the page tells a day of it. `alone`: it counts
    "so far" of one happening, not of a war that a total without a beginning may go back to.
    """
    if not weighed.options:
        return
    given = claim.period
    if given is not None and claim.scope not in SINGLE:
        give_beginning(claim, given, weighed, alone=alone)
        return
    key, share = likeliest_days(weighed.by([o.key for o in weighed.options]))
    best = stated_within(weighed, weighed.best(key), claim.sentence)
    key = best.key
    so_long_after = isinstance(given, Mention) and given.rule == SO_LONG_AFTER
    least = LEAST_HERE if stands_in(best.span, claim.sentence) else LEAST
    if given is not None and so_long_after and (share < least or not finer(best.value.value, given.value)):
        return
    if share <= weighed.none or share < least:
        claim.period = None
        return
    if given is None or key != days(given):
        claim.period = carried(best.value, claim, DAYS)


def stated_within(weighed: Weighed, best: Option, sentence: Span) -> Option:
    """The day of publication's likeliest rival, where the claim's own sentence tells it and it is nearly as likely."""
    if best.own[0] != "published":
        return best
    shared = list(zip(weighed.options, weighed.shares, strict=True))
    least = NEARLY * max(share for option, share in shared if option.key == best.key)
    told = [
        (option, share)
        for option, share in shared
        if share >= least and BESIDE_ACT in option.own  # no day of a burial
        and stands_in(option.span, sentence) and within(option.key, best.key)
    ]  # fmt: skip
    return max(told, key=lambda pair: pair[1])[0] if told else best


def within(few: Any, many: Any) -> bool:
    """Whether days that are known lie within others, both told by their first and last."""
    every = [many[0], *few, many[1]]
    return None not in every and every == sorted(every, key=number_of)


def give_beginning(claim: Claim, given: Value[Period], weighed: Weighed, *, alone: bool) -> None:
    """Gives a running total the likeliest of the days that can be its own: as its words say, or from a beginning."""
    shares = weighed.by([o.key for o in weighed.options])
    alone = alone and likeliest_days(shares)[1] >= SURE
    silent = isinstance(given, Inferred) and given.basis == "published"  # its words name nothing that it goes back to
    fit = {o.key for o in weighed.options if begins(o, given.value, alone=alone, silent=silent)}
    own = {key: share for key, share in shares.items() if key in fit or key == days(given)}
    key = told_finer(weighed, likeliest_days(own)[0] if own else days(given))
    if key in fit:
        claim.period = carried(weighed.best(key).value, claim, DAYS)


def told_finer(weighed: Weighed, key: Any) -> Any:
    """The same beginning as the page tells it to the day elsewhere: "since 2023" beside "since 7 October 2023".

    Days stay as they are where two such beginnings lie in the month or year that they name.
    """
    told = {o.at: o.value.value for o in weighed.options if o.sort == ALONE}
    going = (o for o in weighed.options if "since" in o.own and o.sort not in OTHERWISE and o.at in told)
    since = {o.key: told[o.at] for o in going}
    within = {k: period for k, period in since.items() if key in since and finer(period, since[key])}
    finest = [k for k, period in within.items() if not any(finer(other, period) for other in within.values())]
    return finest[0] if len(finest) == 1 else key


def begins(option: Option, given: Period, *, alone: bool, silent: bool) -> bool:
    """Whether days tell when a running total began whose words told no beginning, or only its month or year.

    `alone`: nothing on the page goes on, so that days which end as the total does are those of its one happening.
    `silent`: they name nothing either that it goes back to, so that it may begin where another total does.
    """
    if given.start is not None:
        return finer(option.value.value, given)
    told = option.value.value
    if told.start is None or told.end is None or given.end is None or abs(given.end - told.end) > timedelta(days=1):
        return BEGINNING in option.own
    since = silent and "since" in option.own and option.sort not in OTHERWISE
    goes_on = since and (told.start.month, told.start.day) != (1, 1)  # a bare year says too little
    return goes_on or alone or BEGINNING in option.own
