"""The answer keys of MUC-4 as choices of days: news of another time and manner, beside real documents.

A template tells the day of an incident, or that it was on or before the report. Then no day that the page tells is
right, for most such reports only speak of the happening: "the judge said today that the murder ...". The reports of
its tests (`TST...`) are left to the measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from saksi.evaluation.learning.settings import Case, Fits, Page, Wanted, of_page
from saksi.evaluation.sets.lines import Line, corpus_lines
from saksi.evaluation.sets.muc4 import DAMAGE, EFFECTS, ON_PEOPLE, days_unresolved, same_number
from saksi.evaluation.sets.muc4_keys import Days, Incident, Target, key_of, words_of
from saksi.reading.claims.claim import Claim
from saksi.reading.read import draft_document
from saksi.reading.reader import Reader
from saksi.reading.scenes.ground import Option

TESTS = "TST"  # how the ids of reports begin on which the measure is taken
WORTH = 0.2  # what a choice is worth beside one of a document labelled by hand; more costs days of documents held back
TELLINGS = 3  # claims that may tell one target again
NEAR = 1  # days between a key's and an option that is right in the large


def key_cases(path: Path) -> Iterator[Case]:
    """The choices of days in the reports that the tests leave."""
    reader = Reader()
    for line in corpus_lines(path):
        page = key_page(line) if not line.id.startswith(TESTS) else None
        if page is None:
            continue
        vocabulary = reader.vocabulary(str(page.document.language))
        drafted = draft_document(page.document, vocabulary, reader.source(vocabulary))
        loose = days_unresolved(drafted.found.times.values())
        for case in of_page(page, drafted):
            if not (case.choice.none and loose.intersection(case.keys)):  # their keys look up no weekday
                yield case


def key_page(line: Line) -> Page | None:
    """A report with the targets of its templates that have days; None where none has."""
    keys = [key_of(template) for template in line.gold["templates"]]
    wanted = [w for key in keys if key.days for w in wanted_of(key)]
    return Page(line.document(), wanted, worth=WORTH) if wanted else None


def wanted_of(key: Incident) -> Iterator[Wanted]:
    """Each target of a template, as often as it may be told, with the days that fit."""
    fits: dict[str, Fits] = {"days": partial(dated, key.days)}
    for targets, kinds in ((key.human, ON_PEOPLE), (key.physical, frozenset(DAMAGE))):
        for target in targets:
            yield from [Wanted(partial(tells, target, kinds), fits)] * TELLINGS


def tells(target: Target, kinds: frozenset[str], claim: Claim) -> bool:
    """Whether a claim tells a target: a word of it, its number, what became of it."""
    kind, number = claim.kind.value, claim.quantity.value if claim.quantity is not None else None
    if number is None or kind not in kinds:
        return False
    span = claim.target.span if claim.target is not None else None
    words = words_of(span.text if span is not None else "")
    became = EFFECTS.get(kind)
    other = became is not None and target.effects and not any(became in effect for effect in target.effects)
    return bool(words & target.words) and not other and same_number(target, Target(words, number.low, number.high))


def dated(keys: list[Days], option: Option) -> int:
    """How well days fit those of a key: within one, or to the day; nothing fits "on or before"."""
    told = option.value.value.start, option.value.value.end
    return max((fit(key, told) for key in keys), default=0)


def fit(key: Days, told: Days) -> int:
    """How well days fit one of a key's; a night is two days with them, and the day that it begins on with us."""
    if key == told:
        return 2 * (None not in key)
    apart = [days_apart(a, b) for a, b in zip(key, told, strict=True)]
    return int(None not in apart and max(a for a in apart if a is not None) <= NEAR)


def days_apart(a: date | None, b: date | None) -> int | None:
    """How many days lie between two; None where one is not known."""
    return None if a is None or b is None else abs((a - b).days)
