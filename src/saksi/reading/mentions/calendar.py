"""Turns matched words of time into days. Each function is named by `read:` in a times.yml.

Every function takes the parts of a match and the day of publication (None where unknown) and gives
a Period; where the year or the day cannot be known, both ends are None. Nothing here asks the clock.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from saksi.reading.mentions.seasons import PARTS_OF_YEARS, months_of, told_year
from saksi.reading.values import Period

AHEAD = timedelta(days=31)  # a date without a year may lie this far after publication
FAR = 90  # a day that was so many days ago is hardly meant of the next year, whatever is told as to come
UNKNOWN = Period(None, None, "unknown")
Parts = Mapping[str, int | None]
Resolver = Callable[[Parts, date | None], Period | None]


# readers of days that a word of what is to come puts after publication; their parts then hold `ahead`
UNDATED = frozenset(("day_of_month", "month", "weekday"))


def year_near(month: int, day: int, published: date | None, *, ahead: int | None = None) -> int | None:
    """The year that puts a day and month on, before or shortly after publication; with `ahead`, on or after it."""
    if published is None:
        return None
    if ahead:
        last = day_or_none(published.year, month, day)
        begun = last is not None and (last < published if day > 1 else month < published.month)
        if not begun or (published.month - month) * 30 > FAR:
            return published.year + begun
    for year in (published.year + 1, published.year, published.year - 1):
        when = day_or_none(year, month, day)
        if when is not None and when <= published + AHEAD:
            return year
    return None


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of_month(parts: Parts, published: date | None) -> Period | None:
    """A day: "11 April 2019", "Kamis (11/4)"."""
    day, month = parts["day"], parts.get("month") or parts.get("mm")
    if not day or not month or day_or_none(2000, month, day) is None:
        return None
    year = parts.get("year") or year_near(month, day, published, ahead=parts.get("ahead"))
    when = day_or_none(year, month, day) if year else None
    return Period(when, when, "day") if when else UNKNOWN


def iso_day(parts: Parts, published: date | None) -> Period | None:
    """A day written as 2019-04-11."""
    return day_of_month({"day": parts["dd"], "month": parts["mm"], "year": parts["year"]}, published)


def range_of_days(parts: Parts, published: date | None) -> Period | None:
    """Both ends of "24 Maret dan 6 April"; the month and year of the last day serve the first."""
    month2 = parts.get("month2") or parts.get("mm2") or parts.get("month") or parts.get("mm")
    month = parts.get("month") or parts.get("mm") or month2
    year = parts.get("year2") or parts.get("year")
    last = day_of_month({"day": parts["day2"], "month": month2, "year": year}, published)
    if last is None or month is None or not parts["day"]:
        return None
    if last.start is None:
        return UNKNOWN
    first = day_or_none(parts.get("year") or last.start.year, month, parts["day"])
    if first and first > last.start:
        first = day_or_none(last.start.year - 1, month, parts["day"])
    return Period(first, last.start, "range") if first and first <= last.start else None


def range_of_months(parts: Parts, published: date | None) -> Period | None:
    """The first day of one month to the last of another: "Juli 2022 hingga Juni 2023", "between May and June"."""
    begun, ended = parts.get("month"), parts.get("month2")
    if not begun or not ended:
        return None
    year = parts.get("year2") or year_near(ended, 1, published)
    if not year:
        return UNKNOWN
    first = parts.get("year") or year - (begun > ended)
    if (first, begun) > (year, ended):
        return None
    return Period(month_period(first, begun).start, month_period(year, ended).end, "range")


def month(parts: Parts, published: date | None) -> Period | None:
    """A whole month."""
    number = parts.get("month")
    if not number:
        return None
    year = parts.get("year") or year_near(number, 1, published, ahead=parts.get("ahead"))
    return month_period(year, number) if year else UNKNOWN


def first_months(parts: Parts, published: date | None) -> Period | None:
    """So many months from the first of a year: "the first eight months of this year"."""
    this = published.year if published is not None else None  # "of the year"
    year, count = told_year(parts, published) or this, parts.get("n") or 0
    return months_of(year, 1, count, "range") if year and 1 <= year < 9999 and 1 <= count <= 12 else None


def month_period(year: int, number: int) -> Period:
    """The first to the last day of a month."""
    return Period(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month")


def month_last_year(parts: Parts, published: date | None) -> Period | None:
    """That month of the year before publication: "Oktober tahun lalu"."""
    number = parts.get("month")
    return month_period(published.year - 1, number) if published is not None and number else UNKNOWN


def year(parts: Parts, published: date | None) -> Period | None:
    """A whole year."""
    return year_period(parts["year"] or 1)


def year_period(number: int) -> Period:
    """The first to the last day of a year."""
    return Period(date(number, 1, 1), date(number, 12, 31), "year")


def weekday(parts: Parts, published: date | None) -> Period | None:
    """The nearest such weekday up to publication, the day of publication included; with `ahead`, from it on."""
    if published is None:
        return UNKNOWN
    back = (published.weekday() - (parts["weekday"] or 0)) % 7
    when = published + timedelta(days=-back % 7) if parts.get("ahead") else published - timedelta(days=back)
    return Period(when, when, "day")


def range_of_weekdays(parts: Parts, published: date | None) -> Period | None:
    """Both ends of "from Monday to Wednesday": the last such Wednesday, and the Monday before it."""
    last = weekday({"weekday": parts["weekday2"]}, published)
    if last is None or last.start is None:
        return last
    first = weekday({"weekday": parts["weekday"]}, last.start)
    return Period(first.start, last.start, "range") if first is not None else None


def weekday_before(parts: Parts, published: date | None) -> Period | None:
    """The nearest such weekday before the day of publication: "last Monday"."""
    return weekday(parts, published - timedelta(days=1)) if published is not None else UNKNOWN


def weekday_after(parts: Parts, published: date | None) -> Period | None:
    """The nearest such weekday after the day of publication: "next Monday"."""
    return weekday({**parts, "ahead": 1}, published + timedelta(days=1)) if published is not None else UNKNOWN


def month_before(parts: Parts, published: date | None) -> Period | None:
    """The nearest such month before that of publication: "last April"."""
    return month(parts, published.replace(day=1) - timedelta(days=32)) if published is not None else UNKNOWN


def month_after(parts: Parts, published: date | None) -> Period | None:
    """The nearest such month from that of publication on: "next April"."""
    return month({**parts, "ahead": 1}, published)


def day_after(parts: Parts, published: date | None) -> Period | None:
    """The nearest such day from that of publication on: "27 November mendatang"."""
    return day_of_month({**parts, "ahead": 1}, published)


def from_now(parts: Parts, published: date | None) -> Period | None:
    """So many days, weeks, months or years after publication, as precise as the unit."""
    return ago({**parts, "n": -(parts.get("n") or 0)}, published)


def weekday_last_week(parts: Parts, published: date | None) -> Period | None:
    """That weekday of the week before the week of publication: "Kamis pekan lalu"."""
    if published is None:
        return UNKNOWN
    monday = published - timedelta(days=published.weekday() + 7)
    when = monday + timedelta(days=parts["weekday"] or 0)
    return Period(when, when, "day")


def days_before(parts: Parts, published: date | None) -> Period | None:
    """So many days before publication."""
    if published is None:
        return UNKNOWN
    when = published - timedelta(days=parts.get("days") or 0)
    return Period(when, when, "day")


def overnight(parts: Parts, published: date | None) -> Period | None:
    """The night into the day of publication."""
    if published is None:
        return UNKNOWN
    return Period(published - timedelta(days=1), published, "range")


def weekend(parts: Parts, published: date | None) -> Period | None:
    """The last Saturday and Sunday that ended by publication, or are under way."""
    if published is None:
        return UNKNOWN
    sunday = published - timedelta(days=(published.weekday() - 6) % 7)
    if published.weekday() == 5:
        sunday = published + timedelta(days=1)
    return Period(sunday - timedelta(days=1), sunday, "range")


def weeks_before(parts: Parts, published: date | None) -> Period | None:
    """The week, Monday to Sunday, so many weeks before that of publication."""
    if published is None:
        return UNKNOWN
    monday = published - timedelta(days=published.weekday() + 7 * (parts.get("weeks") or 0))
    return Period(monday, monday + timedelta(days=6), "week")


def months_before(parts: Parts, published: date | None) -> Period | None:
    """The month so many months before that of publication."""
    if published is None:
        return UNKNOWN
    index = published.year * 12 + published.month - 1 - (parts.get("months") or 0)
    return month_period(index // 12, index % 12 + 1)


def years_before(parts: Parts, published: date | None) -> Period | None:
    """The year so many years before that of publication."""
    if published is None:
        return UNKNOWN
    return year({"year": published.year - (parts.get("years") or 0)}, published)


def last_days(parts: Parts, published: date | None) -> Period | None:
    """The last so many days up to publication."""
    if published is None:
        return UNKNOWN
    return Period(published - timedelta(days=parts.get("days") or 1), published, "range")


def ago(parts: Parts, published: date | None) -> Period | None:
    """So many days, weeks, months or years before publication, as precise as the unit."""
    if published is None:
        return UNKNOWN
    count, unit = parts.get("n") or 0, parts.get("unit") or 1
    if unit == 30:
        return months_before({"months": count}, published)
    if unit == 365:
        return years_before({"years": count}, published) if 0 < published.year - count < 9999 else None
    if unit == 7:
        return weeks_before({"weeks": count}, published)
    return days_before({"days": count}, published)


def same_day_ago(parts: Parts, published: date | None) -> Period | None:
    """The day so many days, weeks, months or years before publication: "one year ago today"."""
    if published is None:
        return UNKNOWN
    count, unit = parts.get("n") or 1, parts.get("unit") or 365
    if unit not in (30, 365):
        return days_before({"days": count * unit}, published)
    months = count * (1 if unit == 30 else 12)
    if months >= (published.year - 1) * 12:
        return None
    when = months_back(published, months)
    return Period(when, when, "day")


def week_of_month(parts: Parts, published: date | None) -> Period | None:
    """Seven days of a month by their number: "the first week of February"."""
    whole, number = month(parts, published), parts.get("nth") or 0
    if whole is None or whole.start is None or whole.end is None or not 1 <= number <= 4:
        return whole
    first = whole.start + timedelta(days=7 * (number - 1))
    return Period(first, first + timedelta(days=6), "range")


def last_units(parts: Parts, published: date | None) -> Period | None:
    """The last so many days, weeks, months or years up to publication."""
    count, unit = parts.get("n") or 1, parts.get("unit") or 1
    if published is not None and count * unit > (published - date.min).days:
        return None
    if published is not None and unit in (30, 365):
        return Period(months_back(published, count * (1 if unit == 30 else 12)), published, "range")
    return last_days({"days": count * unit}, published)


def months_back(day: date, count: int) -> date:
    """The same day so many months before, or the last of a shorter month."""
    index = day.year * 12 + day.month - 1 - count
    when, month = index // 12, index % 12 + 1
    return date(when, month, min(day.day, calendar.monthrange(when, month)[1]))


def last_hours(parts: Parts, published: date | None) -> Period | None:
    """The days that the last so many hours up to publication reach back into."""
    return last_days({"days": -(-(parts.get("n") or 24) // 24)}, published)


def spell(parts: Parts, published: date | None) -> Period | None:
    """A length of time that no day is known of: "two months"."""
    return UNKNOWN


def week_near(parts: Parts, published: date | None) -> Period | None:
    """The week of publication, or so many beside it: "the end of next week"."""
    return weeks_before({"weeks": -(parts.get("beside") or 0)}, published)


def month_near(parts: Parts, published: date | None) -> Period | None:
    """The month of publication, or so many beside it: "the end of the month"."""
    return months_before({"months": -(parts.get("beside") or 0)}, published)


def year_beside(parts: Parts, published: date | None) -> Period | None:
    """The year of publication, or so many beside it: "the start of next year"."""
    return years_before({"years": -(parts.get("beside") or 0)}, published)


def one_ago(parts: Parts, published: date | None) -> Period | None:
    """One day, week, month or year before publication: "a year ago"."""
    return ago({**parts, "n": 1}, published)


def told_before(parts: Parts, published: date | None) -> Period | None:
    """What points back at a time told before, which is not known here: "two days earlier", "that day"."""
    return UNKNOWN


RESOLVERS: dict[str, Resolver] = {
    f.__name__: f
    for f in (
        day_of_month, iso_day, range_of_days, range_of_weekdays, range_of_months, month, month_last_year, year, weekday,
        weekday_last_week, days_before, overnight, weekend, weeks_before, months_before, years_before, last_days, ago,
        last_units, last_hours, spell,
        weekday_before, weekday_after, month_before, month_after, day_after, from_now, one_ago, week_near, month_near,
        year_beside, same_day_ago, week_of_month, first_months,
    )
} | PARTS_OF_YEARS  # fmt: skip
POINTING = ("before_that", "after_that", "that_day", "that_part", "that_year", "a_year_before_that")
RESOLVERS |= dict.fromkeys(POINTING, told_before)
# words that point at a time told before, or lie so far from it; reading/claims/discourse.py and scenes/days.py find it
ANAPHORS = {"same_period": 0, "before_that": -1, "after_that": 1}


def within_one(start: date, end: date, unit: int) -> bool:
    """Whether days lie in one month or one year; a shorter unit holds none."""
    return start.year == end.year and (unit == 365 or (unit == 30 and start.month == end.month))


def shifted(period: Period, count: int, unit: int) -> Period:
    """So many days, weeks, months or years from the beginning of a period, as precise as the unit.

    No months or years from it is the month or year that it lies in; what lies in no one of them is itself, and so is
    no days from it ("In 2014 ... that month").
    """
    start = period.start
    if start is None or (not count and not within_one(start, period.end or start, unit)):
        return period
    if unit == 30:
        index = start.year * 12 + start.month - 1 + count
        return month_period(index // 12, index % 12 + 1) if 12 < index < 9999 * 12 else UNKNOWN
    if unit == 365:
        return (year({"year": start.year + count}, start) or UNKNOWN) if 1 <= start.year + count <= 9999 else UNKNOWN
    if not 0 < start.toordinal() + count * unit <= date.max.toordinal():
        return UNKNOWN
    when = start + timedelta(days=count * unit)
    if unit == 7:
        monday = when - timedelta(days=when.weekday())
        return Period(monday, monday + timedelta(days=6), "week")
    return Period(when, when, "day")
