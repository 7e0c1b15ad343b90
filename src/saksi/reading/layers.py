"""One layer of a reading as rows `{ref, start, end, text, value, rule}`: how a reader is debugged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from saksi.reading.claims.attitudes import attitudes_of, signed
from saksi.reading.clauses.parties import parties_in_passing
from saksi.reading.mentions.sites import read_sites
from saksi.reading.mentions.soft import layer_of_times
from saksi.reading.pages.quotations import Quotations
from saksi.reading.read import Reading
from saksi.reading.values import Span
from saksi.reading.voices.attributions import sayings_of


class LayerRow(msgspec.Struct, frozen=True):
    """One mention of a layer; offsets are code points, half open."""

    ref: str | None
    start: int
    end: int
    text: str
    value: Any
    rule: str


Found = Iterator[tuple[Span, Any, str]]


def layer_rows(reading: Reading, layer: str) -> Iterator[LayerRow]:
    """The mentions of one layer in the order of the text."""
    rows = sorted(LAYERS[layer](reading), key=lambda m: (m[0].start, m[0].end))
    ref = reading.document.ref
    for span, value, rule in rows:
        yield LayerRow(ref, span.start, span.end, span.text, value, rule)


def numbers(reading: Reading) -> Found:
    """Numbers with their bounds; `kind` says why one counts nothing."""
    page = reading.found.page
    for n in reading.found.numbers.values():
        q = n.quantity
        yield (
            page.span(n.i, n.j),
            {"low": q.low, "high": q.high, "vague": q.vague, "kind": n.kind},
            n.rule,
        )


def times(reading: Reading) -> Found:
    """Times with the days they mean and their TIMEX3 value; bare years, spells and "now" among them."""
    yield from layer_of_times(reading.found)


def places(reading: Reading) -> Found:
    """Places with their rivals, and sites that only their names tell."""
    found = reading.found
    every = (*read_sites(found.page, found.dated() | found.acting()).values(), *found.places.values())
    for p in {(p.i, p.j): p for p in every}.values():
        yield reading.found.page.span(p.i, p.j), p.place, p.rule


def demonyms(reading: Reading) -> Found:
    """Adjectives of countries and the names of their people: "Syrian", "Afghans"."""
    page = reading.found.page
    for i, (j, form) in page.layered["demonym"].items():
        yield page.span(i, j), form.value, form.rule


def actors(reading: Reading) -> Found:
    """Actors: of the register, forces of a country, names of organisations, groups and acting countries."""
    page = reading.found.page
    told = [item.actor for each in reading.told for item in each.items if item.actor is not None]
    passing = [a for each in reading.told for a in parties_in_passing(reading.found, each.items)]
    for a in {(a.i, a.j): a for a in (*passing, *told, *reading.found.actors.values())}.values():
        yield page.span(a.i, a.j), a.actor, a.rule


def objects(reading: Reading) -> Found:
    """Counted and bare noun groups with the class of their head."""
    page = reading.found.page
    for told in reading.told:
        for item in told.items:
            if item.group is not None and item.group.unit_i >= 0:
                group = item.group
                value = {"class": group.object_class, "event": group.event}
                yield page.span(group.i, group.j), value, group.rule


def events(reading: Reading) -> Found:
    """Words of happenings that made an event."""
    page = reading.found.page
    for told in reading.told:
        for event in told.events:
            value = {"kind": event.kind, "groups": len(event.parts)}
            yield page.span(event.i, event.j), value, event.rule


def attributions(reading: Reading) -> Found:
    """Sayings: the cue's span; the value holds source, content and carriers."""
    page = reading.found.page
    quotations = Quotations(page)
    for told in reading.told:
        doubtful = [a for a in sayings_of(reading.found, told.items) if a.doubtful]
        for a in (*told.attributions, *doubtful):
            content = page.at(told.sentence.start, told.sentence.end)
            value = {
                "source": a.source, "content": content, "stance": a.stance,
                "carriers": [c.value.text for c in a.carriers],
            }  # fmt: skip
            yield a.cue, value, a.rule
        for cue, source, rule in attitudes_of(reading.found, told, quotations):
            content = page.at(told.sentence.start, told.sentence.end)
            yield cue, {"source": source, "content": content, "stance": None, "carriers": []}, rule

    for cue, source, content, rule in signed(page):
        yield cue, {"source": source, "content": content, "stance": None, "carriers": []}, rule


def blocks(reading: Reading) -> Found:
    """The parts of the document."""
    page = reading.found.page
    for b in page.blocks:
        yield page.at(b.start, b.end), b.kind, "reading/blocks"


def unread(reading: Reading) -> Found:
    """What was seen and could not be read."""
    for u in reading.unread:
        yield u.span, u.reason, u.layer


LAYERS: dict[str, Callable[[Reading], Found]] = {
    f.__name__: f for f in (numbers, times, places, demonyms, actors, objects, events, attributions, blocks, unread)
}
