"""Gold as choices of place, days and voice: for each claim that is read and marked, the options that are right.

Real documents are marked with names and days that count as right (evaluation/sets/real.py); our own gold with the
fields that are written. Where no option has the place, one in its country is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from saksi.evaluation.gold import GoldClaim, GoldDocument, load_gold
from saksi.evaluation.learning.fitting import Choice
from saksi.evaluation.learning.labels import Label, examples
from saksi.evaluation.sets.pages import FOLDER, page_documents
from saksi.evaluation.sets.real import Marked, agree, days_of, marked_documents, overlap, voice_told
from saksi.intake.document import Document, Given
from saksi.intake.files import Refused, read_files
from saksi.reading.claims.claim import Claim
from saksi.reading.read import Drafted, draft_document
from saksi.reading.reader import Reader
from saksi.reading.scenes.ground import Option
from saksi.reading.scenes.places import country_of
from saksi.reading.scenes.voice_signs import OWN

SORTS = ("countries", "places", "days", "voices")
LARGE = frozenset(("countries", "days"))  # sorts in which what is right in the large is right
OF = {"countries": "places"}  # a country is right where its place is at least right in the large
Fits = Callable[[Option], int]  # 0 wrong, 1 right in the large, 2 right
# what a written page is worth beside a real one: more of it is far apart than news is, but not its days
PAGE_WORTH = {"countries": 0.6, "places": 0.6, "days": 1.0, "voices": 0.2}
OWN_WORTH = 1.0  # what a page of our own is worth beside a real one
# what a narrower choice is worth beside the choice of its sort: days that are right to the day beside days within one,
# the place among those of its country, as it is chosen once the country is known, beside the place among all
NARROWER = {"days": 0.6, "places": 2.0}


class Wanted(msgspec.Struct):
    """A marked claim: which read claim it is, and for each sort that is asked what fits."""

    is_of: Callable[[Claim], bool]
    fits: dict[str, Fits]


class Page(msgspec.Struct):
    """A document with what is marked in it."""

    document: Document
    wanted: list[Wanted]
    source: str | None = None
    worth: float = 1.0
    written: bool = False  # in the manner of real ones (PAGE_WORTH)


class Case(msgspec.Struct):
    """One choice of one sort with its language."""

    sort: str
    language: str
    keys: list[Any]
    choice: Choice
    finer: Choice | None = None  # a narrower one that is taught beside it (NARROWER)


def real_pages(texts: Path, gold: Path) -> Iterator[Page]:
    """Whole real documents with the numbers that people marked."""
    marked = marked_documents(gold)
    for document in read_files([str(texts)], Given()):
        if not isinstance(document, Refused) and (told := marked.get(str(document.ref))) is not None:
            yield Page(document, [wanted_of(m) for m in told.claims if not m.unsure])


def wanted_of(marked: Marked) -> Wanted:
    """What fits a number as people marked it."""
    fits: dict[str, Fits] = {"voices": lambda o: says(o, marked.who)}
    if marked.country or marked.place:
        fits["places"] = lambda o: lies(o, marked.country, marked.place)
    if marked.start or marked.end:
        fits["days"] = lambda o: dated(marked, o.value.value.start, o.value.value.end)
    at = marked.at
    return Wanted(lambda c: number_at(c, at) and c.kind.value in marked.kind, fits)


def dated(marked: Marked, start: date | None, end: date | None) -> int:
    """How well days fit those that are marked: within one, or to the day."""
    return days_of(marked, start, end) + days_of(marked, start, end, within=0)


def dated_of(marked: Marked) -> Wanted:
    """What fits a number of a page that tells only days: who speaks there is not marked."""
    wanted = wanted_of(marked)
    return Wanted(wanted.is_of, {sort: fits for sort, fits in wanted.fits.items() if sort == "days"})


# folders of pages in the manner of real ones, and what is asked of them
WRITTEN = {FOLDER: wanted_of, "dated": dated_of}


def number_at(claim: Claim, at: tuple[int, int]) -> bool:
    """Whether a claim's number stands at these characters."""
    span = claim.quantity.span if claim.quantity is not None else None
    return span is not None and overlap(at, (span.start, span.end))


def lies(option: Option, countries: list[str], names: list[str]) -> int:
    """How well places fit: the countries, and with them a word of the name."""
    places = option.value
    if countries and {p.value.country for p in places} != set(countries):
        return 0
    told = " ".join(f"{p.value.name} {p.span.text if p.span else ''}" for p in places)
    return 1 + (not names or agree(told, names))


def says(option: Option, names: list[str]) -> int:
    """Whether a voice is one of those named, or the outlet's own where none is."""
    if not names:
        return 2 * (option.key == OWN)
    return 2 * agree(voice_told(*voices_of(option)), names)


def voices_of(option: Option) -> list[Any]:
    """The person and the body that a voice names."""
    return [v.value for v in (option.value.speaker, option.value.org) if v is not None]


def own_pages(folder: Path) -> Iterator[Page]:
    """Our own gold, its claims told by quotes: short texts, and pages in the manner of real ones."""
    for gold in load_gold(folder):
        yield Page(gold.document(), [told_by(gold, c) for c in gold.claims], gold.source, OWN_WORTH)
    yield from example_pages()
    for name, wanted in WRITTEN.items():
        for document, marked in page_documents(folder / name):
            yield Page(document, [wanted(m) for m in marked.claims if not m.unsure], written=True)


def example_pages() -> Iterator[Page]:
    """The sentences of each language's examples.yml, for the countries that they tell."""
    for example in examples():
        wanted = [Wanted(partial(is_labelled, label), {"places": partial(lies_in, label)}) for label in example.labels]
        yield Page(example.document, wanted, worth=OWN_WORTH)


def is_labelled(label: Label, claim: Claim) -> bool:
    """Whether a claim has the kind and the bounds of a label."""
    number = claim.quantity.value if claim.quantity is not None else None
    return number is not None and claim.kind.value in label.kinds and label.is_of(-1, -1, number.low, number.high)


def lies_in(label: Label, option: Option) -> int:
    """Whether places lie in the countries of a label."""
    return lies(option, sorted(label.countries), []) if label.countries else 0


def told_by(gold: GoldDocument, claim: GoldClaim) -> Wanted:
    """What fits a claim of our own gold."""
    start = gold.text.index(claim.quote)
    at = start, start + len(claim.quote)
    fits: dict[str, Fits] = {}
    if claim.country is not msgspec.UNSET or claim.place is not msgspec.UNSET:
        fits["places"] = lambda o: named(o, claim)
    if claim.start is not msgspec.UNSET and claim.end is not msgspec.UNSET:
        fits["days"] = lambda o: 2 * ((o.value.value.start, o.value.value.end) == (claim.start, claim.end))
    if claim.speaker is not msgspec.UNSET:
        fits["voices"] = lambda o: spoken(o, claim.speaker)
    return Wanted(lambda c: number_at(c, at) and c.kind.value == claim.kind and same_low(c, claim), fits)


def same_low(claim: Claim, gold: GoldClaim) -> bool:
    """Whether a claim has the low that is written."""
    return gold.low is msgspec.UNSET or (claim.quantity is not None and claim.quantity.value.low == gold.low)


def named(option: Option, claim: GoldClaim) -> int:
    """How well places fit what our own gold writes of them."""
    places = option.value
    countries, names = listed(claim.country), listed(claim.place)
    if countries is not None and {p.value.country for p in places} != set(countries):
        return 0
    if names is None:
        return 2
    told = {n for p in places for n in (p.value.name, p.span.text if p.span else "")}
    return 2 if len(places) == len(names) and told & set(names) else int(countries is not None)


def listed(value: str | list[str] | msgspec.UnsetType | None) -> list[str] | None:
    """A field that may hold one or several; None where it is not written."""
    if isinstance(value, msgspec.UnsetType):
        return None
    return [] if value is None else [value] if isinstance(value, str) else value


def spoken(option: Option, speaker: Any) -> int:
    """Whether a voice is the one that our own gold names."""
    if speaker is None:
        return 2 * (option.key == OWN)
    return 2 * any(speaker in (c.id, c.text) for c in voices_of(option))


def cases(pages: Iterable[Page]) -> Iterator[Case]:
    """The choices of all pages, in the order of their texts."""
    readers: dict[str | None, Reader] = {}
    for page in pages:
        reader = readers.setdefault(page.source, Reader(source=page.source))
        vocabulary = reader.vocabulary(str(page.document.language))
        drafted = draft_document(page.document, vocabulary, reader.source(vocabulary))
        yield from of_page(page, drafted)


def of_page(page: Page, drafted: Drafted) -> Iterator[Case]:
    """The choices of one page: a marked claim takes the first read one that is it."""
    scenes, used = drafted.scenes(), set[str]()
    for wanted in page.wanted:
        claim = next((c for c in drafted.claims if c.id not in used and wanted.is_of(c)), None)
        if claim is None:
            continue
        used.add(claim.id)
        asked = scenes.ground.asked(claim)
        for name in (n for n in SORTS if OF.get(n, n) in wanted.fits):
            fits, sort = wanted.fits[OF.get(name, name)], scenes.sorts[name]
            options = sort.of(asked)
            signs = [scenes.signs(name, asked, o) for o in options]
            told = [fits(o) for o in options]
            choice = choice_of(page, PAGE_WORTH[name], signs, [min(1, t) for t in told] if name in LARGE else told)
            finer = narrower(page, name, signs, told)
            yield Case(name, str(page.document.language), keys_of(name, options), choice, finer)


def narrower(page: Page, name: str, signs: list[list[str]], told: list[int]) -> Choice | None:
    """The choice of what is wholly right: of days among all, of places among those of the right country."""
    if name not in NARROWER or 2 not in told:
        return None
    kept = [n for n, fit in enumerate(told) if fit or name == "days"]
    finer = choice_of(page, PAGE_WORTH[name], [signs[n] for n in kept], [told[n] for n in kept])
    finer.worth *= NARROWER[name]
    return finer


def keys_of(name: str, options: list[Option]) -> list[Any]:
    """What the options mean: the countries they lie in, or themselves."""
    return [country_of(o.value) if name == "countries" else o.key for o in options]


def choice_of(page: Page, written: float, signs: list[list[str]], told: list[int]) -> Choice:
    """The options with the best of them as right; none is where nothing fits at all."""
    best = max(told, default=0)
    right = [best > 0 and t == best for t in told]
    return Choice(page.document.ref or "", signs, right, best == 0, written if page.written else page.worth)
