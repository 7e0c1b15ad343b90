"""Who says it: the source of a sentence, its role, the day of saying, and the outlets it passed through."""

from __future__ import annotations

import msgspec

from saksi.reading.actors import ActorMention
from saksi.reading.found import Found
from saksi.reading.items import Item
from saksi.reading.sources import PRONOUNS, person_group, run_of
from saksi.reading.times import Time
from saksi.reading.values import ActorRef, Carrier, Mention, Span, SpeakerRef

OUTLETS = frozenset(("agency", "outlet"))


class Attribution(msgspec.Struct):
    """One saying in a sentence: who, by which word, in what stance, when, through whom."""

    at: int
    cue: Span
    stance: str
    rule: str
    source: Span | None = None
    speaker: Mention[SpeakerRef] | None = None
    org: Mention[ActorRef] | None = None
    said_on: Time | None = None
    carriers: list[Mention[Carrier]] = []
    pronoun: bool = False
    speaks: bool = True  # false for a bare carrier with no word of saying
    items: tuple[int, int] = (0, 0)  # the items its own words cover
    fear: bool = False


def read_attributions(found: Found, items: list[Item]) -> list[Attribution]:
    """The attributions of a sentence in order, carriers joined to the saying beside them."""
    sayings = [a for k, item in enumerate(items) if (a := saying_at(found, items, k)) is not None]
    if (label := label_of(found, items)) is not None:
        sayings.insert(0, label)
    carried = carriers_of(found, items)
    if carried and not sayings:
        first = carried[0]
        sayings = [Attribution(first[0], first[3], "", "saying:carriers", speaks=False, items=(first[0], first[1]))]
    for begin, end, carrier, _, day in carried:
        near = min(sayings, key=lambda a: abs(a.at - begin))
        near.carriers.append(carrier)
        near.said_on = near.said_on or day
        near.items = (min(near.items[0], begin), max(near.items[1], end))
    return sayings


def saying_at(found: Found, items: list[Item], at: int) -> Attribution | None:
    """The attribution of a word of saying at item `at`, with its source on either side."""
    item = items[at]
    if item.kind == "stance_noun" and item.form:
        cue = found.page.span(item.i, item.j)
        return Attribution(at, cue, item.name, item.form.rule, items=(at, at + 1), fear=True)
    if item.kind != "say" or item.form is None or (at and items[at - 1].name in ("purpose", "future")):
        return None
    cue = found.page.span(item.i, item.j)
    before = found.page.form(item.i, "source_before") is not None
    run = run_of(found, items, at, before=before)
    if run is None:
        return None
    attribution = Attribution(at, cue, item.name, item.form.rule, items=(min(at, run[0]), max(at + 1, run[1])))
    if at - run[1] > 2:  # the source stands apart, and what is between is no part of it
        attribution.items = (at, at + 1)
    fill_source(found, items, run, attribution)
    attribution.said_on = day_of_saying(items, attribution)
    return attribution


LABELS = frozenset(("actor", "role", "place"))
LONGEST_LABEL = 4  # items: "Menhan", "Israel"


def label_of(found: Found, items: list[Item]) -> Attribution | None:
    """The source that opens a headline before a colon: "Kemenkes: 12 Orang Tewas", "Pentagon: 12 killed".

    A name that no register and no list of roles knows is passed over, since a topic is told the same way.
    """
    end = next((k for k, item in enumerate(items[: LONGEST_LABEL + 1]) if item.name == ":"), 0)
    label = [i for i in items[:end] if not (i.kind == "group" and person_group(i))]
    known = any(i.kind in ("actor", "role") for i in label) or len(label) < end
    if not known or end + 1 >= len(items) or not all(i.kind in LABELS for i in label):
        return None
    if found.page.block_at(items[0].i).kind != "headline":
        return None
    colon = items[end]
    cue = found.page.span(colon.i, colon.j)
    attribution = Attribution(end, cue, "", "reading/attributions:label", items=(0, end + 1))
    fill_source(found, items, (0, end), attribution)
    return attribution


def fill_source(found: Found, items: list[Item], run: tuple[int, int], attribution: Attribution) -> None:
    """Fills speaker and organisation from the items of a source."""
    page, (a, b) = found.page, run
    inside = items[a:b]
    named = next((i for i in inside if i.kind == "name"), None)
    role = next((i for i in inside if i.kind in ("role", "group")), None)
    actors = [i.actor for i in inside if i.kind == "actor" and i.actor]
    actor = next((a for a in actors if a.named), actors[0] if actors else None)
    attribution.source = page.span(inside[0].i, inside[-1].j)
    pronoun = next((i for i in inside if i.name in PRONOUNS or i.kind == "back_reference"), None)
    if pronoun and not (named or actor):
        attribution.pronoun = True
        attribution.source = page.span(pronoun.i, pronoun.j)
        return
    rule = "reading/attributions:source"
    role_text = page.span(role.i, role.j).text if role else None
    if actor and actor.actor.kind in OUTLETS and (named or role):
        actor = None
    if named:
        span = page.span(past_titles(found, named), named.j)
        attribution.speaker = Mention(span, SpeakerRef(None, span.text, role_text), rule)
    elif actor:
        span = page.span(actor.i, actor.j)
        attribution.speaker = Mention(span, SpeakerRef(actor.actor.id, span.text, role_text), actor.rule)
    elif role:
        span = page.span(role.i, role.j)
        attribution.speaker = Mention(span, SpeakerRef(None, span.text, role_text), rule)
    else:
        words = attribution.source
        attribution.speaker = Mention(words, SpeakerRef(None, words.text), "reading/attributions:noun")
    if actor:
        attribution.org = Mention(page.span(actor.i, actor.j), actor.actor, actor.rule)


def past_titles(found: Found, named: Item) -> int:
    """The token a person's own name begins with: "Letkol Inf Rahman Saleh" is Rahman Saleh."""
    short = found.page.vocabulary.data["language"]["abbreviations"]
    last = [k for k in range(named.i, named.j - 1) if found.page.form(k, "titles") or found.page.norms[k] in short]
    return last[-1] + 1 if last else named.i


def day_of_saying(items: list[Item], attribution: Attribution) -> Time | None:
    """The time among the words of the saying, or just after them."""
    a, b = attribution.items
    for item in items[a:b]:
        if item.kind == "time":
            return item.time
    k = b
    while k < len(items) and items[k].kind in ("mark", "function") and items[k].name in (",", "on", "in", "adverb"):
        k += 1
    if k < len(items) and items[k].kind == "time" and b > attribution.at:
        attribution.items = (a, k + 1)
        return items[k].time
    return None


def carriers_of(found: Found, items: list[Item]) -> list[tuple[int, int, Mention[Carrier], Span, Time | None]]:
    """Outlets a sentence says it came through: (first item, last item, carrier, cue, day)."""
    carriers = []
    for k, item in enumerate(items):
        told = item.kind == "say" and k + 1 < len(items) and is_outlet(items[k + 1].actor)
        if item.kind != "carriers" and not told:
            continue
        source = next(
            (n for n in range(k + 1, min(k + 4, len(items))) if items[n].kind in ("actor", "name")),
            None,
        )
        if source is None:
            continue
        carriers.append(carrier_at(found, items, k, source))
    return carriers


def is_outlet(actor: ActorMention | None) -> bool:
    """Whether an actor is an agency or outlet."""
    return actor is not None and actor.actor.kind in OUTLETS


def carrier_at(
    found: Found, items: list[Item], at: int, source: int
) -> tuple[int, int, Mention[Carrier], Span, Time | None]:
    """One carrier with the day beside it."""
    page, item = found.page, items[source]
    k = source + 1
    if k < len(items) and items[k].name == ",":
        k += 1
    day = items[k].time if k < len(items) and items[k].kind == "time" else None
    end = k + 1 if day else source + 1
    actor = item.actor.actor if item.actor else None
    span = page.span(item.i, item.j)
    when = day.period.start if day and day.period.precision == "day" else None
    carrier = Mention(span, Carrier(actor.id if actor else None, span.text, when), "saying:carriers")
    return at, end, carrier, page.span(items[at].i, items[at].j), day


def cited(attributions: list[Attribution], at: int) -> Attribution | None:
    """The attribution that covers the event at an item: the last before it, else the first after."""
    before = [a for a in attributions if a.at < at]
    after = [a for a in attributions if a.at >= at]
    fears = [a for a in before if a.fear and at - a.at <= 6]
    if fears:
        return fears[-1]
    plain_before = [a for a in before if not a.fear]
    plain_after = [a for a in after if not a.fear]
    return plain_before[-1] if plain_before else plain_after[0] if plain_after else None
