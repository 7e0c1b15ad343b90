"""What a sentence leaves unsaid and takes from around it: place, period, speaker, owner.

Each inheritance is an Inferred whose basis is a span, a document field or the source file. Nothing
is taken across a related link, and a dateline is never a place of events.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec

from saksi.reading.clauses.borders import told_in_passing
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.taking import Event
from saksi.reading.mentions.belief import PlaceMention
from saksi.reading.mentions.calendar import shifted
from saksi.reading.mentions.clocks import clock_in
from saksi.reading.mentions.struck import DONE_TO_PLACES
from saksi.reading.mentions.times import Time, dates_nothing
from saksi.reading.pages.page import Page, Sentence
from saksi.reading.values import Inferred, Mention, Period, Place, Span, Value
from saksi.reading.voices.attributions import Attribution
from saksi.registers.load import Source

INCLUDING = 4  # tokens between an area and a part of it that is named beside it
JOINERS = frozenset((",", "(", ")", "/"))
FINE = frozenset(("city", "village", "site", "admin2"))  # levels that are one spot rather than an area
OPENERS = frozenset(("after", "before", "while", "that", "relative"))
LARGER = {
    "country": 5,
    "region": 4,
    "admin1": 3,
    "admin2": 2,
    "city": 1,
    "village": 0,
    "site": 0,
    "water": 4,
}
Places = tuple[Value[Place], ...]


class PlacePhrase(msgspec.Struct, gc=False):
    """Places that stand together, finest level each, at items [first, last]. `passed`: on the way to or from them."""

    first: int
    last: int
    places: tuple[Mention[Place], ...]
    passed: bool = False


class Told(msgspec.Struct, gc=False):
    """One sentence with all that was read in it."""

    sentence: Sentence
    items: list[Item]
    events: list[Event]
    attributions: list[Attribution]
    phrases: list[PlacePhrase]
    times: list[tuple[int, Time]]
    said: frozenset[Span] = frozenset()  # the days of saying, which seldom date what is told
    stood: frozenset[Span] = frozenset()  # the days of stands, which never do
    section: tuple[Mention[Place], ...] = ()  # of the headings that it stands under
    one_happening: bool | None = None  # whether it tells of one that is over, once that was asked


def place_phrases(page: Page, items: list[Item], attributions: list[Attribution]) -> list[PlacePhrase]:
    """The places of a sentence that can be places of events, joined into lists and chains."""
    runs: list[list[tuple[int, PlaceMention]]] = []
    titled = bool(items) and page.block_at(items[0].i).kind == "heading"
    near: frozenset[str | None] = page.countries if titled and any(i.place for i in items) else frozenset()
    for k, item in enumerate(items):
        if item.kind != "place" or item.place is None or in_source(k, attributions):
            continue
        last = runs[-1][-1][0] + 1 if runs else 0
        if runs and offset_from(items, last, k):
            continue
        if runs and (only_joins(items, last, k) or owns_place(page, items, last, k)):
            runs[-1].append((k, item.place))
        elif (
            item.place.place.country in near
            or item.place.cue is not None
            or heads_sentence(items, k)
            or freed(items, k)
        ):
            runs.append([(k, item.place)])
    return [PlacePhrase(run[0][0], run[-1][0], folded(page, run), on_the_way(items, run[0][0])) for run in runs]


def on_the_way(items: list[Item], k: int) -> bool:
    """Whether a place is told as an end of a journey: "a bus in Baghdad which was carrying pilgrims to Karbala"."""
    return k > 0 and items[k - 1].kind == "function" and items[k - 1].name in ("to", "from")


def freed(items: list[Item], k: int) -> bool:
    """Whether a place is what a verb just before it is told of: "captured Raqqa", "fled western Mosul"."""
    n = k - 1
    while n > 0 and items[n].kind == "word" and k - n < 2:
        n -= 1
    form = items[n].form if n >= 0 and items[n].kind == "verb" else None
    return form is not None and form.value in DONE_TO_PLACES


def in_source(k: int, attributions: list[Attribution]) -> bool:
    """Whether an item belongs to the words of a saying."""
    return any(a.items[0] <= k < a.items[1] for a in attributions)


def only_joins(items: list[Item], a: int, b: int) -> bool:
    """Whether items [a, b) only join two places."""
    return all(
        i.name in JOINERS or (i.kind == "function" and i.name in ("and", "in", "including")) or i.kind == "place_type"
        or (i.kind == "group" and i.group is not None and i.group.object_class == "town")
        or (i.name == "of" and k > a and items[k - 1].kind in ("place_type", "group"))  # "West Bank village of Azzun"
        for k, i in enumerate(items[a:b], a)
    )  # fmt: skip


def owns_place(page: Page, items: list[Item], a: int, b: int) -> bool:
    """Whether a place is told as another's: "Thailand's restive Pattani province"."""
    own = b - a in (1, 2) and page.possessive(items[a].i)
    return own and items[b - 1].kind == "word"


def offset_from(items: list[Item], a: int, b: int) -> bool:
    """Whether a place only says where another lies: "in Yusufiyah, a town just south of Baghdad"."""
    if a >= b or items[b - 1].name != "near":
        return False
    return all(
        i.kind == "word" or i.name in (",", "near", "adverb", "determiner")
        or (i.group is not None and (i.group.object_class == "town" or i.group.event is None))
        for i in items[a:b]
    )  # fmt: skip


def heads_sentence(items: list[Item], k: int) -> bool:
    """Whether a place opens its sentence as a heading does: "Syria:", "- Raqqa, three strikes"."""
    return k == 0 and len(items) > 1 and items[1].name in (":", ",", "-")


def folded(page: Page, run: list[tuple[int, PlaceMention]]) -> tuple[Mention[Place], ...]:
    """The run's places; a larger place after a smaller one that it holds belongs to its name."""
    kept: list[PlaceMention] = []
    for _, mention in run:
        if kept and included(page, kept[-1], mention):
            continue
        site = bool(kept) and is_site(page, kept[-1]) and mention.place.listed
        if kept and not site and (holds(page, mention.place, kept[-1].place) or chained(page, kept[-1], mention)):
            continue
        if kept and (site or holds(page, kept[-1].place, mention.place)):
            kept.pop()
        kept.append(mention)
    return tuple(Mention(page.span(m.i, m.j), m.place, m.rule) for m in kept)


def included(page: Page, larger: PlaceMention, smaller: PlaceMention) -> bool:
    """Whether a place is but named as a part of the one before: "the West Bank, including East Jerusalem"."""
    words = range(larger.j, smaller.i)
    near = len(words) <= INCLUDING or holds(page, larger.place, smaller.place)
    return near and any(page.function(k, "including") is not None for k in words)


def is_site(page: Page, mention: PlaceMention) -> bool:
    """Whether a place that no list has is a site by its name: the town it lies in says more to a map."""
    words, openers = page.vocabulary.site_words, page.vocabulary.site_openers
    return not mention.place.listed and (page.norms[mention.j - 1] in words or page.norms[mention.i] in openers)


def chained(page: Page, smaller: PlaceMention, larger: PlaceMention) -> bool:
    """Whether a larger area of the same country follows after a bare comma: "Nduga, Papua".

    The words join them even where today's borders do not: Papua was divided in 2022.
    """
    words = page.norms[smaller.j : larger.i]
    comma, capital = words == [","], page.vocabulary.data["places"].get("capital_of", ())
    if words[:1] == [","] and words[1:] and all(word in capital for word in words[1:]):
        return True  # "El Fasher, ibu kota Darfur Utara"
    wider = LARGER.get(larger.place.level, 0) > LARGER.get(smaller.place.level, 0)
    return comma and wider and larger.place.country == smaller.place.country


def holds(page: Page, larger: Place, smaller: Place) -> bool:
    """Whether one place lies in the other."""
    if LARGER.get(larger.level, 0) <= LARGER.get(smaller.level, 0) or larger.country != smaller.country:
        return False
    return larger.level != "admin1" or smaller.admin1_id in (None, larger.id)


def own_times(page: Page, items: list[Item], said: frozenset[Span]) -> list[tuple[int, Time]]:
    """The times of a sentence that date what is told: no days of saying or of a stand, of a birth or in a name."""
    told = [(k, i.time) for k, i in enumerate(items) if i.time is not None and i.time.span not in said]
    return [(k, time) for k, time in told if not dates_nothing(page, time)]


class Heading(msgspec.Struct, frozen=True):
    """A heading: how deep it lies, its places, and whether it opens with one."""

    depth: int
    places: tuple[Mention[Place], ...]
    opens: bool


class Memory(msgspec.Struct):
    """What the sentences so far leave for the next ones."""

    period: Value[Period] | None = None
    period_block: int = -1
    anaphor: Value[Period] | None = None
    headings: tuple[Heading, ...] = ()  # in force, the outer first
    block_places: Places = ()
    places_block: int = -1
    headline_places: tuple[Mention[Place], ...] = ()
    opening_places: Places = ()
    opening_block: int = -1

    @property
    def heading_places(self) -> tuple[Mention[Place], ...]:
        """The places of the innermost heading that names any."""
        return next((h.places for h in reversed(self.headings) if h.places), ())


def inferred(value: Value[Any], rule: str) -> Inferred[Any]:
    """A value taken from other words of the document, with those words as its basis."""
    span = value.span
    basis = "span" if isinstance(value, Mention) else value.basis
    return Inferred(value.value, basis, rule, span)


def place_for(told: Told, at: int) -> Places:
    """The places of the event or group at an item, by the words of its own sentence.

    The first phrase after it, for a list's country comes last; else the nearest before it.
    """
    later = next((p for p in told.phrases if p.first > at), None)  # what bars it bars all behind it
    if later is not None and not barrier(told.items, at, later.first):
        return later.places
    earlier = [p for p in told.phrases if p.last < at]
    if not earlier and later is not None and opener_before(told.items, at) not in ("after", "before"):
        earlier = [] if any(i.name == ";" for i in told.items[at : later.first]) else [later]
    settled = [p for p in earlier if not p.passed] or earlier
    return settled[-1].places if settled else ()


def barrier(items: list[Item], a: int, b: int) -> bool:
    """Whether a clause of its own begins between two items."""
    if opener_before(items, a) in ("after", "before", "while") and any(i.name == "," for i in items[a:b]):
        return True
    return any(i.name == ";" or (i.kind == "function" and i.name == "while") for i in items[a:b])


def opener_before(items: list[Item], a: int) -> str | None:
    """The word that opens the clause an item stands in."""
    return next((i.name for i in reversed(items[:a]) if i.kind == "function" and i.name in OPENERS), None)


def time_for(told: Told, at: int) -> Time | None:
    """The time of the event at an item: the nearest one of its sentence."""
    known = [(k, t) for k, t in told.times if t.anaphor is None and at in (told_in_passing(told.items, k) or (at,))]
    plain = [(k, t) for k, t in known if not t.as_of] or known  # what is known as of a day need not be of that day
    if not plain:
        return None
    return min(
        plain,
        key=lambda kt: (abs(kt[0] - at) + 3 * barrier(told.items, *sorted((at, kt[0]))), kt[0]),
    )[1]


def period_for(page: Page, told: Told, at: int, memory: Memory, source: Source | None) -> Value[Period] | None:
    """The period of an event: its own, one it points back at, or one it stands under."""
    time = time_for(told, at)
    if time is not None:
        return Mention(time.span, with_clock(page, told, time.period), time.rule)
    pointing = next((t for _, t in told.times if t.anaphor), None)
    if pointing is not None:
        return pointed_at(pointing, memory)
    if memory.period is not None and memory.period_block == told.sentence.block:
        return inferred(memory.period, "reading/discourse:same-paragraph")
    if memory.anaphor is not None and any(points_back(i) for i in told.items[:6]):
        return inferred(memory.anaphor, "reading/discourse:same-happening")
    if page.blocks[told.sentence.block].kind == "bullet" and memory.period is not None:
        return inferred(memory.period, "reading/discourse:list-lead")
    return by_habit(page, source)


def with_clock(page: Page, told: Told, period: Period) -> Period:
    """The day with the clock time of its sentence."""
    clock = clock_in(page, told.sentence) if period.precision == "day" else None
    return period if clock is None else Period(period.start, period.end, "day", clock[1])


def points_back(item: Item) -> bool:
    """Whether an item is a happening told before: "the strikes", "serangan itu"."""
    return item.kind == "definite" or bool(item.group and item.group.event and item.group.definite)


def pointed_at(time: Time, memory: Memory) -> Value[Period] | None:
    """The period that "selama periode yang sama" or "the day before" points at."""
    if memory.anaphor is None:
        return None
    period = memory.anaphor.value
    rule = "reading/discourse:same-period"
    if time.away[0]:
        period, rule = shifted(period, *time.away), "reading/discourse:away-from-it"
    return Inferred(period, "span", rule, memory.anaphor.span)


def by_habit(page: Page, source: Source | None) -> Value[Period] | None:
    """The day a source's releases tell of, from the day of publication."""
    published = page.published
    if source is None or published is None:
        return None
    habit = source.habits.get("reports_on")
    if habit not in ("day_before", "same_day"):
        return None
    day = published - timedelta(days=1 if habit == "day_before" else 0)
    return Inferred(Period(day, day, "day"), "source", f"registers/sources:{habit}")


def remember(told: Told, page: Page, memory: Memory, period: Value[Period] | None) -> None:
    """Keeps the sentence's last time and its places for what follows."""
    block = page.blocks[told.sentence.block]
    known = [t for k, t in told.times if t.anaphor is None and not told_in_passing(told.items, k)]
    times = [t for t in known if not t.as_of] or known
    if times:
        last = times[-1]
        memory.period = memory.anaphor = Mention(last.span, last.period, last.rule)
        memory.period_block = told.sentence.block
    elif period is not None:
        memory.period, memory.period_block = period, told.sentence.block
    places = tuple(p for phrase in told.phrases for p in phrase.places)
    if block.kind == "headline" and places:
        memory.headline_places = places
    elif block.kind == "heading" or (not told.events and places and len(told.items) <= 6):
        opens = bool(told.phrases) and told.phrases[0].first == next(
            (k for k, i in enumerate(told.items) if i.kind != "mark"), 0
        )
        depth = depth_of(page.text[block.start : block.end])
        memory.headings = under_heading(memory.headings, Heading(depth, places, opens))
    told.section = memory.heading_places
    if places and told.events and not block.titled and opens_anew(told, memory):
        memory.opening_places, memory.opening_block = places, told.sentence.block
    same_block = memory.places_block == told.sentence.block
    background = same_block and bool(told.events) and all(e.nominal for e in told.events)
    if places and not background:
        memory.block_places, memory.places_block = places, told.sentence.block


def depth_of(heading: str) -> int:
    """How deep a heading lies by the marks before it ("## West Bank"); 0 where nothing says."""
    return len(heading) - len(heading.lstrip("#"))


def under_heading(headings: tuple[Heading, ...], new: Heading) -> tuple[Heading, ...]:
    """The headings in force after one more: it ends those as deep as itself; without marks only a place ends one.

    One that opens with its place ("West Bank overview") opens a part, which others as deep but without a place go on.
    """
    if not new.depth:
        return (*(h for h in headings if h.depth), new) if new.places else headings
    held = new.depth + (not new.places)
    return (*(h for h in headings if 0 < h.depth < (held if h.opens else new.depth)), new)


def opens_anew(told: Told, memory: Memory) -> bool:
    """Whether a sentence tells of a new happening: the first of its paragraph, pointing back at none."""
    return memory.opening_block != told.sentence.block and not any(points_back(i) for i in told.items[:6])


def inherited_places(told: Told, following: Told | None, memory: Memory, page: Page) -> Places:
    """Places of an event whose own sentence names none."""
    if memory.opening_places and any(points_back(i) for i in told.items[:6]):
        return tuple(inferred(p, "reading/discourse:same-happening") for p in memory.opening_places)
    same_block = memory.places_block == told.sentence.block
    if same_block and memory.block_places:
        return tuple(inferred(p, "reading/discourse:same-paragraph") for p in memory.block_places)
    if following is not None and following.sentence.block == told.sentence.block and following.events:
        tail = place_for(following, following.events[-1].at)
        if tail:
            return tuple(inferred(p, "reading/discourse:list-tail") for p in tail)
    block = page.blocks[told.sentence.block]
    if memory.heading_places and block.kind in ("bullet", "paragraph"):
        return tuple(inferred(p, "reading/discourse:heading") for p in memory.heading_places)
    if memory.headline_places and block.kind == "paragraph":
        return tuple(inferred(p, "reading/discourse:headline") for p in memory.headline_places)
    return ()
