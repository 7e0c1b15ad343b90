"""When it happened: every time of the page, and the day of publication, as an option for a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from saksi.reading.claims.claim import Claim
from saksi.reading.mentions.calendar import shifted
from saksi.reading.mentions.times import Time
from saksi.reading.scenes.choice import Weighed, likeliest
from saksi.reading.scenes.ground import SHARED, SINGLE, Asked, Ground, Option, Part, Row, Signs, carried, sorted_signs
from saksi.reading.values import Inferred, Mention, Period, Value

LEAST = 0.3  # a share below it is more often wrong than right (documents held back): no days are better than those
AGES = (0, 1, 2, 3, 7, 31, 366)


class DayOptions:
    """The days of one page, weighed for one claim after another."""

    may_be_empty = True

    def __init__(self, ground: Ground) -> None:
        self.ground, self.page = ground, ground.page
        self.said = {a.said_on.span for t in ground.told for a in t.attributions if a.said_on is not None}
        times = list(dated(sorted(ground.found.times.values(), key=lambda t: t.i)))
        self.count = min(4, len(times))
        self.row = Row([ground.placed(self.told(t), self.aged(t.period)) for t in times])
        self.of_page = list(self.published())

    def told(self, time: Time) -> Option:
        """A time that the page tells."""
        value = Mention(time.span, time.period, time.rule)
        return Option((time.period.start, time.period.end), value, time.span, time.i, tuple(self.signs_of(time)))

    def published(self) -> Iterator[Option]:
        """The day of publication, with the day before it, for news tells of yesterday."""
        if (day := self.page.published) is not None:
            period = Period(day - timedelta(days=1), day, "range")
            value = Inferred(period, "published", "reading/scenes:published")
            yield Option(
                (period.start, period.end), value, None, -1, ("published", f"published, of {self.count} times")
            )

    def signs_of(self, time: Time) -> Iterator[str]:
        """The signs of a time's own words."""
        period, page = time.period, self.page
        block = self.ground.block(time.i)
        yield f"precision {period.precision}"
        yield f"read {time.rule}"
        yield f"block {page.blocks[block].kind}"
        for name in ("since", "as_of", "window"):
            if getattr(time, name):
                yield name
        if time.span in self.said:
            yield "day of saying"
        yield from self.age(period)
        yield f"one of {self.count}"

    def age(self, period: Period) -> Iterator[str]:
        """The signs of how long before publication a time lies."""
        age = self.aged(period)
        if age != "age none":
            yield age
            yield f"{period.precision} of {age}"

    def aged(self, period: Period) -> str:
        """How many days before publication a time begins, in a few steps."""
        published, start = self.page.published, period.start
        if published is None or start is None:
            return "age none"
        days = (published - start).days
        return "age later" if days < 0 else f"age {next((str(a) for a in AGES if days <= a), 'far')}"

    def parts(self, asked: Asked, option: Option) -> Iterator[Part]:
        """What speaks for one time for one claim."""
        if option.at >= 0:
            yield from self.ground.apart("days apart", asked, option)
            if option.rank >= 0:
                yield self.row.turns(asked, option)
        yield "days of", asked.where, asked.scope, "published" if option.at < 0 else option.value.value.precision
        yield self.by_rules(asked, option)

    def by_rules(self, asked: Asked, option: Option) -> Part:
        """How a time stands to what the claim's own sentence and its kind of total gave it."""
        given = asked.claim.period
        if given is None:
            return "days rules", "none", "", ""
        how = "agree" if days(given) == option.key else "say another"
        return "days rules", how, given.rule if isinstance(given, Inferred) else "words", asked.scope

    def of(self, asked: Asked) -> list[Option]:
        """The days that a claim may have: those of the page, and those that its own sentence made."""
        given, near = asked.claim.period, [*self.ground.near(self.row, asked), *self.of_page]
        if given is None or any(o.key == days(given) for o in near):
            return near
        at = self.page.between(given.span.start, given.span.end)[0] if given.span is not None else -1
        own = ("made", f"precision {given.value.precision}", *self.age(given.value))
        return [*near, self.ground.placed(Option(days(given), given, given.span, at, own), self.aged(given.value))]


def dated(times: Sequence[Time]) -> Iterator[Time]:
    """The times whose days are known; one that points back lies so far from the nearest before and from the first."""
    first: Period | None = None
    last: Period | None = None
    for time in times:
        if time.anaphor is None:
            if time.period.start or time.period.end:
                yield time
            if time.period.start is not None:
                first, last = first or time.period, time.period
            continue
        for base, name in ((last, "last"), (first, "first"))[last is first :]:
            if base is not None:
                yield time._replace(period=shifted(base, *time.away), rule=f"{time.anaphor} {name}")


def days(period: Value[Period]) -> tuple[date | None, date | None]:
    """The first and last day, by which one choice of days is told from another."""
    return period.value.start, period.value.end


def rules_signs(how: str, rule: str, scope: str) -> Iterator[str]:
    """The signs of what the constructions gave a claim."""
    yield f"rules {how}"
    if rule:
        yield f"rules {how}, {rule}"
        yield f"rules {how}, {scope}"


def total_signs(where: str, scope: str, precision: str) -> Iterator[str]:
    """The signs of how a time fits what is counted."""
    yield f"{scope}, {precision}"
    if precision == "published":
        yield f"published, in {where}"


SIGNS: dict[str, Signs] = SHARED | {"days apart": sorted_signs, "days rules": rules_signs, "days of": total_signs}


def give_days(claim: Claim, weighed: Weighed) -> None:
    """Gives a claim the likeliest days, or none; a running total keeps those that its words gave it.

    How many there are at a time is of no scene's days.
    """
    if not weighed.options or claim.scope == "stock" or (claim.scope not in SINGLE and claim.period is not None):
        return
    key, share = likeliest(weighed.by([o.key for o in weighed.options]))
    if share <= weighed.none or share < LEAST:
        claim.period = None
    elif claim.period is None or key != days(claim.period):
        claim.period = carried(weighed.best(key).value, claim, "reading/scenes:days")
