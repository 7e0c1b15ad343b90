"""The words of pictures and reports, the same keys in each language; numbers and days as it writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from saksi.errors import UsageError
from saksi.figures import just_over
from saksi.languages.files import data_file
from saksi.ledger.columns import Row
from saksi.publish.web.texts import territories
from saksi.registers.countries import countries
from saksi.registers.load import Registers
from saksi.version import __version__

HERE = Path(__file__).parent
CODES = tuple(sorted(path.stem for path in HERE.glob("*.yml")))


@lru_cache(maxsize=8)
def words_of(code: str) -> dict[str, Any]:
    """The words of a language. Raises UsageError for one that has none."""
    if code not in CODES:
        raise UsageError(f"--language {code!r} is not one of: {' '.join(CODES)}")
    found: dict[str, Any] = data_file(HERE / f"{code}.yml")
    return found


def several(noun: str, code: str) -> str:
    """A noun of more than one thing."""
    known = words_of(code)
    if noun in known["plurals"]:
        return str(known["plurals"][noun])
    endings = ((re.compile(ending), made) for ending, made in known["plural_endings"])
    return next((ending.sub(made, noun, count=1) for ending, made in endings if ending.search(noun)), noun)


class Words:
    """The words of one language over some registers."""

    def __init__(self, code: str, registers: Registers) -> None:
        self.code, self.registers, self.known = code, registers, words_of(code)

    def say(self, key: str, **values: object) -> str:
        """A phrase, with what it is said of."""
        return str(self.known[key]).format(**values)

    def label(self, name: str | None) -> str:
        """A kind or class as people of the language say it."""
        entry = self.registers.kinds.get(name or "") or self.registers.classes.get(name or "")
        if entry is None:
            return (name or "").replace("_", " ")
        return entry.label.get(self.code) or entry.label.get("en") or str(name)

    def some(self, noun: str, number: int) -> str:
        """So many of something: 1 claim, 2,000 claims."""
        one, several = self.known[noun]
        return f"{self.number(number)} {one if number == 1 else several}"

    def number(self, value: int) -> str:
        """A number with its thousands set apart."""
        return f"{value:,}".replace(",", str(self.known["thousands"]))

    def bounds(self, low: int | None, high: int | None) -> str:
        """Bounds: 12, 12 or more, 12–15, up to 15."""
        if low is None:
            return self.say("unknown") if high is None else self.say("most", high=self.number(high))
        if high is None:
            over = just_over(low)
            return self.say("more", low=self.number(low)) if over is None else self.say("over", low=self.number(over))
        return self.number(low) if low == high else f"{self.number(low)}–{self.number(high)}"

    def day(self, day: date | None) -> str:
        """A day: 16 Jul 2022."""
        return self.say("unknown") if day is None else f"{day.day} {self.known['months'][day.month - 1]} {day.year}"

    def begin(self, day: date, step: str) -> str:
        """How a stretch of days that begins with a day is called: a year by its number, a month by its name."""
        if step == "year":
            return str(day.year)
        return f"{self.known['months'][day.month - 1]} {day.year}" if step == "month" else self.day(day)

    def country(self, code: str | None) -> str | None:
        """A country's name: in the language where Babel is installed (with the page), else in English."""
        if code is None:
            return None
        try:
            return territories(self.code).get(code.upper(), code)
        except ImportError:
            known = countries().get(code.upper())
            return known.name if known else code

    def days(self, first: date | None, last: date | None) -> str:
        """A day or a period: 3–5 Apr 2019."""
        if first is None or last is None or first == last:
            return self.day(first or last)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.day(last)}"
        return f"{self.day(first)} – {self.day(last)}"

    def what(
        self, kind: str | None, target: str | None, place: str | None, days: tuple[date | None, date | None]
    ) -> str:
        """What a picture is of."""
        label = self.label(kind) if kind else self.say("everything")
        told = [f"{label[:1].upper()}{label[1:]}", self.label(target), place]
        period = self.days(*days) if days[0] and days[1] else None
        return ", ".join(each for each in (*told, period) if each)

    def source(self, rows: Iterable[Row], ledger: str) -> str:
        """The line that says where a picture is from."""
        some = list(rows)
        return self.source_of(len(some), len({row.document.id for row in some}), ledger)

    def source_of(self, claims: int, documents: int, ledger: str) -> str:
        """The same of so many claims in so many documents."""
        told = {"claims": self.some("some_claims", claims), "documents": self.some("some_documents", documents)}
        return self.say("source", **told, ledger=ledger, version=__version__)

    def chosen(self, option: str, value: Any) -> str:
        """One option that chose what is told, with what was given: from 2024-01-01, kind killed."""
        given = value if isinstance(value, tuple) else (value,)
        name = str(self.known["chosen"][option])
        return f"{name} {', '.join(self.label(v) if option in ('kind', 'target') else str(v) for v in given)}"

    def who(self, row: Row) -> str:
        """Who says a claim: the body that is spoken for, else the person, else the outlet."""
        org = row.speaker_org or row.speaker
        if org is None:
            return row.document.publisher or self.say("outlet")
        known = self.registers.actors.get(org.id or "")
        return known.shown(self.code) if known else org.text
