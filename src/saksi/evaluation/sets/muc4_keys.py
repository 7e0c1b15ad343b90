"""The answer keys of MUC-4 as incidents: each template's targets, its days and its places."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import msgspec

from saksi.ledger.columns import Row
from saksi.registers.places.folding import fold

SMALL = frozenset(("the", "a", "an", "of", "and", "de", "la", "el", "two", "three", "former", "other"))
STRING = re.compile(r'"([^"]*)"')


Fill = tuple[str, frozenset[str], bool]  # value, words, given
Days = tuple[date | None, date | None]
Bounds = tuple[int | None, int | None]


class Target(msgspec.Struct):
    """Someone or something struck: the words for it, how many, and what became of it. `given`: the fill is no "?".

    `others`: other bounds that are as right, where a template gives several. `claims`: ours that tell it.
    """

    words: frozenset[str]
    low: int | None = None
    high: int | None = None
    effects: frozenset[str] = frozenset()
    given: bool = True
    others: list[Bounds] = []
    claims: set[str] = set()


class Incident(msgspec.Struct):
    """One incident, of a template or of our claims."""

    human: list[Target] = []
    physical: list[Target] = []
    days: list[Days] = []  # of which any is right: templates give several, and a weekday of ours may be theirs or none
    places: list[str] = []
    country: str | None = None
    sort: str = "ATTACK"
    optional: bool = False

    def join(self, row: Row, sort: str | None) -> None:
        """Takes from a claim the sort, days and places that tell the incident."""
        self.sort = sort or self.sort
        self.days = self.days or told_days(row)
        self.places += [fold(n) for p in row.places for n in (p.name, p.text or "", p.admin1 or "") if n]
        self.country = self.country or next((p.country for p in row.places if p.country), None)


def key_of(template: dict[str, Any]) -> Incident:
    """A template as an incident."""
    numbers, effects = entries(template, "HUM TGT: NUMBER"), entries(template, "HUM TGT: EFFECT OF INCIDENT")
    things, damage = entries(template, "PHYS TGT: NUMBER"), entries(template, "PHYS TGT: EFFECT OF INCIDENT")
    said = descriptions(template)
    numbers = [named(fill, said) for fill in numbers]
    return Incident(
        targets(numbers, effects), targets(things, damage), days_of((template.get("INCIDENT: DATE") or [""])[0]),
        finest((template.get("INCIDENT: LOCATION") or [""])[0]), None,
        (template.get("INCIDENT: TYPE") or ["ATTACK"])[0].split(" ")[0], bool(template.get("optional")),
    )  # fmt: skip


def finest(location: str) -> list[str]:
    """The finest names of their places, of which any is right: "(PERU: LIMA (CITY)) / (PERU)" is Lima or Peru."""
    told = (re.sub(r"\([^()]*\)", "", part).split(":")[-1].split(" - ")[0] for part in re.split(r"\) / \(", location))
    return [name for name in map(fold, told) if name]


def descriptions(template: dict[str, Any]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """(words of the name, of what it is described by) for each person who is told of by both."""
    pairs = (fill.partition(": ") for fill in template.get("HUM TGT: DESCRIPTION") or ())
    return [(words_of(" ".join(STRING.findall(name))), words_of(role)) for role, _, name in pairs if name]


def named(fill: Fill, said: list[tuple[frozenset[str], frozenset[str]]]) -> Fill:
    """A fill with the words that describe its person, since we may quote "governor" where it says the name."""
    value, words, given = fill
    roles = [role for name, role in said if name and name <= words]
    return value, words.union(*roles), given


def entries(template: dict[str, Any], slot: str) -> list[tuple[str, frozenset[str], bool]]:
    """(value, words, given) of each fill of a slot: "DEATH", the words of its strings, whether it is no "?"."""
    found = []
    for fill in template.get(slot) or ():
        value, _, rest = fill.partition(": ")
        found.append((value.strip(" ?"), words_of(" ".join(STRING.findall(rest))), not fill.startswith("?")))
    return found


def targets(numbers: list[Fill], effects: list[Fill]) -> list[Target]:
    """The targets of a template; effects go to the targets of the same words."""
    made = []
    for value, words, given in numbers:
        own = {part for e, w, _ in effects if w & words for part in e.split(" / ")}
        told = [bounds(part) for part in re.split(r" ?/ ?", value)]
        made.append(Target(words, *told[0], frozenset(own), given, told[1:]))
    return made


def bounds(value: str) -> Bounds:
    """Their number as bounds: "PLURAL" is two and more, "~100" about, "-15" at most, "7 -" at least."""
    if "PLURAL" in value:
        return 2, None
    figure = int(re.sub(r"\D", "", value) or 0)
    if value.startswith("~"):
        return int(figure * 0.9), int(figure * 1.1) + 1
    if value.startswith("-"):
        return None, figure
    return (figure, None) if value.endswith("-") else (figure, figure)


def words_of(text: str) -> frozenset[str]:
    """The words that name a target."""
    return frozenset(singular(w) for w in fold(text).split() if w not in SMALL)


def singular(word: str) -> str:
    """A word without its plural s, since keys and claims quote either."""
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def days_of(text: str) -> list[Days]:
    """Their date as days, of which any is right: "02 FEB 90", "(02 FEB 90) / (- 04 FEB 90)" (on or before)."""
    told: list[Days] = []
    for part in (p.strip("() ?") for p in text.split("/")):
        found = [datetime.strptime(d, "%d %b %y").date() for d in re.findall(r"\d\d [A-Z]{3} \d\d", part)]
        if found:
            told.append((None if part.startswith("-") else found[0], found[-1]))
    return told


def told_days(row: Row) -> list[Days]:
    """The days that words give; a presumed day is no day of their keys."""
    return [(row.start, row.end)] if (row.start or row.end) and row.days_grounds != "presumed" else []
