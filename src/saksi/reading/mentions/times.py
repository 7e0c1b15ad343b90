"""Times with their spans: days, ranges, weekdays, soft words, clock times; checked against each other.

A weekday that does not fit its date is reported as an Unread beside the time, never repaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple

from saksi.errors import VocabularyError
from saksi.reading.mentions.ahead import lies_ahead
from saksi.reading.mentions.anniversaries import as_kept
from saksi.reading.mentions.calendar import ANAPHORS, RESOLVERS, UNDATED, UNKNOWN
from saksi.reading.mentions.lengths import WORDS, soft_names, soft_pieces
from saksi.reading.mentions.prefixes import made_by_prefix
from saksi.reading.pages.page import Page, Sentence
from saksi.reading.values import Period, Span, Unread

# readers of stretches told by both ends
WINDOWS = frozenset(
    (
        "range_of_days",
        "range_of_weekdays",
        "range_of_months",
        "last_days",
        "last_units",
        "last_hours",
        "first_months",
        "half",
        "quarter",
    )
)
YEAR = re.compile(r"(?:19|20)\d\d")
BRACKETS = re.compile(r"(?<!\\)\((?:[^()\\]|\\.)*\)")
FIGURE = re.compile(r"\d")
NEEDS = {
    "{month}": "month", "{month2}": "months", "{weekday}": "weekday", "{year}": "year", "{year2}": "year",
    "{day}": "figure", "/{mm}": "slash", "/ ?{mm}": "slash", "{unit}": "unit", "{hour}": "hour",
}  # fmt: skip
DIGIT_DATE = re.compile(r"\d/\d|\d{4}-\d\d-\d\d")
PIECES = {
    "day": r"(?P<day>0?[1-9]|[12]\d|3[01])",
    "day2": r"(?P<day2>0?[1-9]|[12]\d|3[01])",
    "mm": r"(?P<mm>0?[1-9]|1[0-2])",
    "mm2": r"(?P<mm2>0?[1-9]|1[0-2])",
    "dd": r"(?P<dd>0[1-9]|[12]\d|3[01])",
    "year": r"(?P<year>(?:19|20)\d\d)",
    "year2": r"(?P<year2>(?:19|20)\d\d)",
    "hh": r"(?P<hh>[01]?\d|2[0-4])",
    "mi": r"(?P<mi>[0-5]\d)",
}

BORN = 3  # tokens between a word of birth and its day


class Time(NamedTuple):
    """A time at tokens [i, j): the period it means, the rule, and what it points back at.

    `away`: how many units of how many days it lies from what it points back at, less than 0 before it;
    `since`: something goes on from it; `as_of`: something is known as of it; `window`: a stretch told by both ends;
    `own`: the days of its words alone, where a word before it ("since") makes another period of them;
    `reader`, `parts`: by what function the words were read, and from what.
    """

    i: int
    j: int
    span: Span
    period: Period
    rule: str
    anaphor: str | None = None
    since: bool = False
    as_of: bool = False
    window: bool = False
    away: tuple[int, int] = (0, 1)
    own: Period | None = None
    reader: str = ""
    parts: Mapping[str, int | None] = MappingProxyType({})


Form = tuple[re.Pattern[str], str, str, frozenset[str]]  # pattern, reader, rule, what a sentence must hold


class Grammar(NamedTuple):
    """A language's time forms, compiled."""

    forms: list[Form]
    loose: list[Form]
    clocks: list[re.Pattern[str]]
    names: dict[str, dict[str, int]]  # by piece, what its words mean
    weekdays: frozenset[str]
    units: frozenset[str]
    hours: frozenset[str]


def grammar_of(page: Page) -> Grammar:
    """The time forms of a page's language; in a text that is all capitals, capitals say nothing of a word."""
    return grammar_in(page.vocabulary, re.IGNORECASE if page.shouted else re.NOFLAG)


@lru_cache(maxsize=16)
def grammar_in(vocabulary: Any, flags: re.RegexFlag) -> Grammar:
    """Compiles the time forms of a vocabulary once."""
    times = vocabulary.data["times"]
    months = {str(k).lower(): int(v) for k, v in times["months"].items()}
    weekdays = {str(k).lower(): int(v) for k, v in times["weekdays"].items()}
    pieces = dict(PIECES)
    for name, words in (("month", months), ("weekday", weekdays)):
        for group in (name, f"{name}2"):
            pieces[group] = named_piece(group, words, capitals=name in times["names_have_capitals"])
    units = {str(k): int(v) for k, v in (times["units"] | times.get("one_unit", {})).items()}
    counts = {str(k): int(v) for k, v in vocabulary.data["numbers"]["words"].items() if 0 < int(v) <= 20}
    pieces["unit"] = f"(?P<unit>{'|'.join(sorted(units, key=lambda u: (-len(u), u)))})"
    hours = frozenset(map(str, times.get("hours", ())))
    pieces["hour"] = f"(?:{'|'.join(sorted(hours))})"
    pieces |= soft_pieces(vocabulary.data)
    pieces["n"] = rf"(?P<n>\d{{1,3}}|(?i:{'|'.join(sorted(counts, key=lambda w: (-len(w), w)))}))"
    made = partial(compiled_form, vocabulary.code, pieces, flags)
    forms = [made(entry, rule) for rule, entry in numbered(times, "forms")]
    loose = [made(entry, rule) for rule, entry in numbered(times, "loose")]
    clocks = [re.compile(rf"(?<!\w)(?i:{expand(c, pieces)})(?!\w)") for c in times["clock"]]
    names = {"n": counts, "unit": units, "month": months, "weekday": weekdays, **soft_names(times)}
    return Grammar(forms, loose, clocks, names, frozenset(weekdays), frozenset(units), hours)


def numbered(times: Mapping[str, Any], key: str) -> list[tuple[str, dict[str, str]]]:
    """The forms of a list with their rules: by name, else by number, so that a named one moves no other's number."""
    entries, number = [], 0
    for entry in times.get(key, ()):
        entries.append((entry.get("name") or f"{key}.{number}", entry | {"form": with_pieces(entry["form"], times)}))
        number += "name" not in entry
    return entries


def with_pieces(form: str, times: Mapping[str, Any]) -> str:
    """A form with the pieces that its language gives a name: what leads from one day to another."""
    for name, piece in times.get("pieces", {}).items():
        form = form.replace(f"{{{name}}}", piece)
    return form


def compiled_form(code: str, pieces: dict[str, str], flags: re.RegexFlag, entry: dict[str, str], name: str) -> Form:
    """One form as a pattern, with its reader, its rule and what a sentence must hold."""
    if entry["read"] not in RESOLVERS:
        raise VocabularyError(f"languages/{code}/times.yml: no reader {entry['read']!r}")
    compiled = re.compile(rf"(?<![\w/]){expand(entry['form'], pieces)}(?!\w)", flags)
    return compiled, entry["read"], f"times:{name}", needs_of(entry["form"])


def needs_of(form: str) -> frozenset[str]:
    """What a sentence must hold for a form to be worth trying: by its pieces that stand in no brackets.

    >>> sorted(needs_of(r"(?:{weekday},? )?{month} {day} to {month2}"))
    ['figure', 'month', 'months']
    """
    sure = outside_brackets(form)
    return frozenset(need for piece, need in NEEDS.items() if piece in sure and "|" not in sure)


def outside_brackets(form: str) -> str:
    """What of a form stands in no brackets, and so is in all that it matches."""
    left = BRACKETS.sub("", form)
    return form if left == form else outside_brackets(left)


def held_by(page: Page, sentence: Sentence, grammar: Grammar) -> set[str]:
    """What of all that a form may need a sentence holds."""
    looked = (("year", YEAR), ("figure", FIGURE))
    held = {need for need, found in looked if found.search(page.text, sentence.start, sentence.end)}
    cues = page.layered["time_cue"]
    for i in range(sentence.i, sentence.j):
        if i in cues:
            held.add("weekday" if cues[i][1].value in grammar.weekdays else "months" if "month" in held else "month")
        elif page.norms[i] == "/":
            held.add("slash")
        elif page.norms[i] in grammar.units:
            held.add("unit")
        elif page.norms[i] in grammar.hours:
            held.add("hour")
    return held


def named_piece(group: str, words: dict[str, int], *, capitals: bool) -> str:
    """A pattern for one of these names; a shortened name may have its full stop."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    short = {w for w in words if any(w != o and o.startswith(w) and words[o] == words[w] for o in words)}
    listed = "|".join(f"(?:{w.capitalize()}|{w.upper()}{'' if capitals else '|' + w})" for w in ordered)
    dots = "".join(f"|(?<={w.capitalize()})" for w in sorted(short))[1:]
    return f"(?P<{group}>(?:{listed})(?![a-z]))" + (rf"(?:(?:{dots})\.)?" if dots else "")


def expand(form: str, pieces: dict[str, str]) -> str:
    """A form with its pieces filled in; words may begin with a capital."""
    loose = re.sub(r"(?<![\\?<{\w])([a-z])(?=[a-z]*[ |()\[])", r"(?i:\1)", form)
    filled = re.sub(r"\{([a-z]+\d?)\}", lambda m: pieces.get(m[1], m[0]), loose)
    return filled.replace(" ", r"\s")  # a line may be cut inside a date


def read_times(page: Page) -> tuple[list[Time], list[Unread]]:
    """All times of a page in order, and those that contradict themselves."""
    times: list[Time] = []
    unread: list[Unread] = []
    grammar = grammar_of(page)
    cues = page.tokens_of("time_cue", "time_word")
    for word, tokens in page.places_of_words.items():
        if word in grammar.units or word in grammar.hours or (len(word) == 4 and word.isdecimal()):
            cues.update(tokens)
    for sentence in page.sentences:
        if worth_looking(page, sentence, cues):
            found = [*matched(page, sentence, grammar, unread), *worded(page, sentence)]
            times.extend(without_overlap(found))
    dating = (t._replace(period=UNKNOWN) if of_name(page, t) else t for t in times)
    return [made_by_prefix(page, t) for t in dating], unread


def date_by_dateline(page: Page, release_number: str | None) -> None:
    """Takes the day of publication from a dateline, where nothing else gives it.

    The year must be said: in the dateline, or in the number of the release, whose form a source file
    gives (`habits: release_number`, with a group for the year).
    """
    if page.published is not None:
        return
    numbered = re.search(release_number, page.text) if release_number else None
    known = date(int(numbered[1]), 12, 31) if numbered else None
    grammar = grammar_of(page)
    for block in page.blocks:
        for pattern, reader, *_ in grammar.forms if block.dateline_date else ():
            match = pattern.search(page.text, *(block.dateline_date or (0, 0)))
            period = RESOLVERS[reader](parts_of(match, grammar.names), known) if match else None
            if period is not None and period.start is not None and period.start == period.end:
                page.published, page.published_basis = period.start, "dateline"
                return


def worth_looking(page: Page, sentence: Sentence, cues: set[int]) -> bool:
    """Whether a sentence holds any word or figure that a time could begin with."""
    if not cues.isdisjoint(range(sentence.i, sentence.j)):
        return True
    return DIGIT_DATE.search(page.text, sentence.start, sentence.end) is not None


def matched(page: Page, sentence: Sentence, grammar: Grammar, unread: list[Unread]) -> list[Time]:
    """Times that the forms match in a sentence."""
    found: list[Time] = []
    covered: list[tuple[int, int]] = []
    held = held_by(page, sentence, grammar)
    for form in grammar.forms:
        if not form[3] <= held:
            continue
        for time, _ in matches_of(page, sentence, grammar, form):
            start, end = time.span.start, time.span.end
            if any(start < b and a < end for a, b in covered):
                continue
            covered.append((start, end))
            unread.extend(weekday_conflict(time.span, time.parts, time.period))
            found.append(time)
    return found


def matches_of(page: Page, sentence: Sentence, grammar: Grammar, form: Form) -> Iterator[tuple[Time, re.Match[str]]]:
    """The times that one form finds in a sentence, with each match."""
    pattern, reader, rule, _ = form
    for match in pattern.finditer(page.text, sentence.start, sentence.end):
        parts = parts_of(match, grammar.names)
        i, j = token_range(page, sentence, *match.span())
        if reader in UNDATED and not parts.get("year") and lies_ahead(page, sentence, i, j):
            parts["ahead"] = 1
        reader = as_kept(page, form[1], parts)
        period = RESOLVERS[reader](parts, page.published)
        if period is not None:
            window = reader in WINDOWS
            anaphor = reader if reader in ANAPHORS else None
            away = away_of(reader, parts)
            where = page.at(*match.span())
            yield Time(i, j, where, period, rule, anaphor, window=window, away=away, reader=reader, parts=parts), match


def dates_nothing(page: Page, time: Time) -> bool:
    """Whether a time says when somebody was born, or is but a part of a name."""
    return of_birth(page, time) or of_name(page, time)


def of_birth(page: Page, time: Time) -> bool:
    """Whether a time says when somebody was born: "born in 1995"."""
    listed = page.vocabulary.data["times"].get("births", ())
    last = page.tokens_among(page.vocabulary.phrases(listed).by_last, max(0, time.i - BORN), time.i)
    return any(page.any_before(k + 1, listed) for k in last)


def of_name(page: Page, time: Time) -> bool:
    """Whether a day is but a part of a name: "the 19 April Movement", "Gerakan 30 September"."""
    sides = page.vocabulary.data["times"].get("names_with_days", {})
    if not time.parts.get("day") or not time.parts.get("month") or time.parts.get("year"):
        return False
    beside = ((time.i - 1, time.i, "before"), (time.j, time.j, "after"))
    near = (
        k
        for k, gap, side in beside
        if 0 <= k < len(page.norms) and page.norms[k] in sides.get(side, ()) and page.gap(gap) == " "
    )
    return any(page.capitals[k] for k in near)


def away_of(reader: str, parts: Mapping[str, int | None]) -> tuple[int, int]:
    """How many units of how many days a time lies from the one it points back at."""
    return ANAPHORS.get(reader, 0) * (parts.get("n") or 1), parts.get("unit") or 1


def parts_of(match: re.Match[str], names: dict[str, dict[str, int]]) -> dict[str, int | None]:
    """The named parts of a match as numbers."""
    parts: dict[str, int | None] = {}
    for name, text in match.groupdict().items():
        if text is None or name in WORDS:
            parts[name] = None
        else:
            parts[name] = int(text) if text.isdecimal() else names[name.rstrip("2")][text.lower()]
    return parts


def weekday_conflict(span: Span, parts: Mapping[str, int | None], period: Period) -> list[Unread]:
    """What is said when the weekday does not fit the day it stands beside."""
    said = parts.get("weekday")
    if said is None or period.start is None or period.precision != "day" or not parts.get("day"):
        return []
    if period.start.weekday() == said:
        return []
    return [Unread(span, "times", f"the weekday does not fit {period.start.isoformat()}")]


def worded(page: Page, sentence: Sentence) -> list[Time]:
    """Times in words: "yesterday", "akhir pekan kemarin"."""
    words = page.vocabulary.data["times"]["words"]
    found = []
    begun = page.layered["time_word"]
    for i in (k for k in range(sentence.i, sentence.j) if k in begun):
        hit = begun[i]
        entry = words[hit[1].value]
        anaphor = entry["read"] if entry["read"] in ANAPHORS else None
        read = RESOLVERS.get(entry["read"])
        period = read(entry, page.published) if read else None
        period = with_day_part(page, period or UNKNOWN, entry.get("time"))
        window = entry["read"] in WINDOWS
        span, away = page.span(i, hit[0]), away_of(entry["read"], entry)
        time = Time(i, hit[0], span, period, hit[1].rule, anaphor, window=window, away=away, reader=entry["read"])
        found.append(time._replace(parts=entry))
    return found


def with_day_part(page: Page, period: Period, part: str | None) -> Period:
    """The period with the published hours of a part of the day."""
    buckets = page.vocabulary.data["times"]["times_of_day"]
    if part not in buckets or period.start is None:
        return period
    start, end = buckets[part]
    return Period(period.start, period.end, period.precision, start, end)


def token_range(page: Page, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The tokens of a sentence that lie in [start, end)."""
    i = sentence.i
    while i < sentence.j - 1 and page.tokens.ends[i] <= start:
        i += 1
    j = i
    while j < sentence.j and page.tokens.starts[j] < end:
        j += 1
    return i, max(j, i + 1)


def without_overlap(times: list[Time]) -> list[Time]:
    """Times in order; of two that overlap the longer, then the earlier found."""
    kept: list[Time] = []
    for time in sorted(times, key=lambda t: t.span.start - t.span.end):
        if all(time.span.end <= k.span.start or k.span.end <= time.span.start for k in kept):
            kept.append(time)
    return sorted(kept, key=lambda t: t.span)
