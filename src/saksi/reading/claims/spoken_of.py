"""Acts that a sentence only speaks of: "later deplored the murder of a judge", "involved in the killing of six monks".

The day of the sentence is that of the speaking; of the act's own days tells only what stands behind it.
"""

from __future__ import annotations

from saksi.reading.claims.discourse import Memory, Told, period_for
from saksi.reading.clauses.taking import Event
from saksi.reading.mentions.times import Time
from saksi.reading.pages.page import Page
from saksi.reading.values import Mention, Period, Value
from saksi.registers.load import Source

FAR = 5  # tokens between the words that speak of an act and it: "involved in the six monks' slaying"
APART = frozenset(("verb", "say", "light"))  # items behind which a time is of something else
LISTS = (("constructions", "topics"), ("constructions", "looks_into"), ("saying", "spoken_of"))


def spoken_of(page: Page, i: int) -> bool:
    """Whether the act at a token is only what somebody speaks of, looks into or is accused of."""
    data = page.vocabulary.data
    phrases = [data[name].get(key, ()) for name, key in LISTS]
    for k in range(i, max(0, i - FAR), -1):
        if any(page.any_before(k, words) for words in phrases):
            return True
        if k - 1 in page.verbs or not (opens_noun(page, k - 1) or is_plain(page, k - 1)):
            return False
    return False


def is_gerund(page: Page, i: int) -> bool:
    """Whether an act is told by the form that says what somebody was accused of: "charged with killing two"."""
    return page.ends_so(i, "participle_endings")


def opens_noun(page: Page, k: int) -> bool:
    """Whether a small word or the mark of an owner stands at a token: "the", "a", "'s"."""
    return page.function(k, "article", "determiner") is not None or page.marks_owner(k)


def is_plain(page: Page, k: int) -> bool:
    """Whether a token is a word or a number, and no small word."""
    return page.norms[k].isalnum() and k not in page.functions


def own_time(told: Told, at: int) -> Time | None:
    """The first time behind the act at an item, before another verb: "the murder of a judge on 3 May".

    Else what is told before it and is no day: "in May they claimed responsibility for two attacks".
    """
    behind = (t for k, t in told.times if k > at and not any(i.kind in APART for i in told.items[at + 1 : k]))
    long = (t for k, t in told.times if k < at and t.period.precision != "day")
    return next((t for times in (behind, long) for t in times if t.anaphor is None), None)


def days_of(page: Page, told: Told, event: Event, memory: Memory, source: Source | None) -> Value[Period] | None:
    """The days of an event as its sentence and those before it tell them; of one only spoken of, its own."""
    if not ((event.nominal or is_gerund(page, event.i)) and spoken_of(page, event.i)):
        return period_for(page, told, event.at, memory, source)
    time = own_time(told, event.at)
    return Mention(time.span, time.period, time.rule) if time is not None else None
