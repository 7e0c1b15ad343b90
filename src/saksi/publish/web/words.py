"""What claims, places and findings say, in the language of a page: numbers, days, names, headings."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from saksi.errors import NowhereError, UsageError
from saksi.figures import just_over
from saksi.ledger.backends import phrases
from saksi.ledger.columns import PlaceCell, Row
from saksi.publish.documents import value_of
from saksi.publish.web.texts import label, language_names, number, territories, translations
from saksi.publish.where_and_when import Place
from saksi.reconcile.contradictions import Contradiction
from saksi.registers.load import Registers

SHORT = 90  # characters of a heading


class Words:
    """The words of one language over some registers."""

    def __init__(self, code: str, registers: Registers) -> None:
        self.code, self.registers = code, registers
        self.gettext = translations(code).gettext
        self.ngettext = translations(code).ngettext

    def claims(self, n: int) -> str:
        """So many claims."""
        return self.ngettext("%(num)s claim", "%(num)s claims", n) % {"num": self.thousands(n)}

    def claims_of_days(self, n: int) -> str:
        """So many claims that tell of one day."""
        return self.ngettext("%(num)s claim of a day", "%(num)s claims of a day", n) % {"num": self.thousands(n)}

    def claims_of_periods(self, n: int) -> str:
        """So many claims that tell of more days."""
        return self.ngettext("%(num)s of a longer period", "%(num)s of a longer period", n) % {"num": self.thousands(n)}

    def label(self, word: str | None) -> str:
        """A word of the ledger's vocabulary."""
        return label(word, self.code, self.registers)

    def thousands(self, value: int) -> str:
        """A number with its thousands set apart."""
        return number(value, self.code)

    def country(self, code: str | None) -> str:
        """A country's name by its code (Unicode CLDR); a code that has none stands for itself."""
        return territories(self.code).get(code or "", code or "")

    def party(self, id: str | None, text: str) -> str:
        """The name of a party: that of the register, else the words."""
        known = self.registers.actors.get(id or "")
        return known.shown(self.code) if known else text

    def who(self, row: Row) -> str:
        """Who says a claim: the body that is spoken for, else the person, else the outlet."""
        org = row.speaker_org or row.speaker
        if org is None:
            return row.document.publisher or self.gettext("the outlet")
        return self.party(org.id, org.text)

    def bounds(self, low: int | None, high: int | None) -> str:
        """Bounds as people write them: 12, 12 or more, 12-15, up to 15."""
        if low is None and high is None:
            return self.gettext("not known")
        if low is None:
            return self.gettext("up to %(high)s") % {"high": self.thousands(high or 0)}
        if high is None:
            over = just_over(low)
            told = self.gettext("%(low)s or more") if over is None else self.gettext("more than %(low)s")
            return told % {"low": self.thousands(low if over is None else over)}
        return self.thousands(low) if low == high else f"{self.thousands(low)}–{self.thousands(high)}"

    def amount(self, row: Row) -> str:
        """A claim's number."""
        if row.negated and not row.high:
            return self.gettext("none")
        return self.gettext("no number") if row.counts is None else self.bounds(row.low, row.high)

    def has_amount(self, row: Row) -> bool:
        """Whether a claim gives a number at all."""
        return row.counts is not None or row.negated

    def what(self, row: Row) -> str:
        """What happened, to whom or what, and whose it was."""
        target = self.label(row.target) if row.target else row.target_text
        owner = f" ({row.target_owner})" if row.target_owner else ""
        return self.label(row.kind) + (f": {target}" if target else "") + owner

    def told(self, row: Row) -> str:
        """The number and what happened."""
        return f"{self.amount(row)} {self.what(row)}" if self.has_amount(row) else self.what(row)

    def when(self, row: Row) -> str:
        """The period, empty where it is not known."""
        if row.date_precision == "unknown":
            return ""
        if row.start and row.end:
            return self.days(row.start, row.end)
        if row.end:
            return self.gettext("before %(day)s") % {"day": row.end}
        return self.gettext("from %(day)s") % {"day": row.start} if row.start else ""

    def days(self, first: date, last: date | None) -> str:
        """A day, or a stretch of days."""
        return f"{first} – {last}" if last and last != first else str(first)

    def language(self, code: str | None) -> str:
        """The name of a language that documents are in."""
        return language_names(self.code).get(code or "", code or "")

    def place(self, place: PlaceCell | Place) -> str:
        """A place: a country by its name, anything else with its country behind it."""
        if place.level == "country" and place.country:
            name = self.country(place.country)
        else:
            name = f"{place.name}, {self.country(place.country)}" if place.country else place.name
        return f"{name} ({self.gettext('near')})" if place.precision == "near" else name

    def where(self, row: Row) -> str:
        """The places of a claim, empty where it names none."""
        return "; ".join(self.place(p) for p in row.places)

    def value(self, row: Row, field: str, text: str | None) -> str:
        """The value of a field of a claim."""
        if field == "number":
            return self.amount(row)
        if field == "period":
            return self.when(row) or self.gettext("day not known")
        told = value_of(row, field, text)
        return self.label(told) if field in ("kind", "target", "stance") else told

    def facet_value(self, name: str, key: str, shown: str) -> str:
        """A value of a facet."""
        if name in ("kind", "target", "stance"):
            return self.label(key)
        if name == "country":
            return self.country(key)
        if name == "reviewed":
            return self.gettext("yes") if key == "yes" else self.gettext("no")
        if name == "language":
            return self.language(key)
        if name in ("actor", "speaker"):
            return self.gettext("outlet not named") if key == "—" else self.party(key, shown)
        return shown

    def contradiction(self, found: Contradiction, rows: dict[str, Row]) -> str:
        """A contradiction as a heading: what is told in two ways, where, and when."""
        some = [rows[id] for id in found.smallest if id in rows]
        if not some:
            return self.label(found.type)
        first = some[0]
        about = ", ".join(part for part in (self.what(first), self.where(first), self.when(first)) if part)
        amounts = list(dict.fromkeys(self.amount(row) for row in some))
        if found.type == "count" and len(amounts) > 1:
            told = self.gettext("%(one)s or %(other)s?") % {"one": ", ".join(amounts[:-1]), "other": amounts[-1]}
            return f"{about}: {told}"
        wrong = {"count": self.gettext("the numbers differ"),
                 "internal arithmetic": self.gettext("the numbers do not add up")}  # fmt: skip
        return f"{about}: {wrong.get(found.type) or self.label(found.type)}"

    def wrong(self, error: UsageError) -> str:
        """What is wrong with a question."""
        if not isinstance(error, NowhereError):
            return str(error)
        told = {"place": self.gettext("No claim of this sort names the place “%(word)s”."),
                "speaker": self.gettext("Nobody called “%(word)s” speaks of this.")}  # fmt: skip
        return told[error.what] % {"word": error.word}

    def quoted(self, text: str, words: str | None) -> Markup:
        """A sentence with the words that were searched for marked."""
        wanted = phrases(words or "")
        if not wanted:
            return escape(text)
        found = re.split(pattern(tuple(wanted)), text)
        return Markup("").join(Markup("<mark>{}</mark>").format(p) if n % 2 else escape(p) for n, p in enumerate(found))


@lru_cache(maxsize=64)
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some words, whole, whatever their capitals are."""
    return re.compile(r"\b(" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + r")\b", re.I)


def unbroken(text: str) -> Markup:
    """Words in which no day is broken at the end of a line."""
    return Markup(re.sub(r"\d{4}-\d\d-\d\d", r'<span class="whole">\g<0></span>', str(escape(text))))


def shortened(text: str, most: int = SHORT) -> str:
    """A text cut between words where it is too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + "…"


def named(cell: Any, begins: str | None) -> str:
    """What a document is called: its title, else its reference, else how it begins."""
    return str(cell.title or cell.ref or (shortened(begins, 72) if begins else "") or cell.id)
