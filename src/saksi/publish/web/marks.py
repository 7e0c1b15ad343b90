"""The many marks of a map and a timeline as SVG: hundreds of links, which take long in templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup, escape

from saksi.publish.drawing.bars import Timeline
from saksi.publish.drawing.map import Drawing
from saksi.publish.web.words import Words
from saksi.publish.where_and_when import Bar, Place

Link = Callable[..., str]


def areas(drawing: Drawing, say: Words, link: Link) -> Markup:
    """The areas of a map, each a link that narrows the selection to its place."""
    return joined(at(a.place, say, link, f'<path class="w{a.weight}" d="{a.path}"/>') for a in drawing.areas)


def dots(drawing: Drawing, say: Words, link: Link) -> Markup:
    """The circles of a map: whole for a place itself, broken for its surroundings."""
    sorts = {True: "sure", False: "unsure"}
    return joined(
        at(d.place, say, link, f'<circle class="{sorts[d.sure]}" cx="{d.x}" cy="{d.y}" r="{d.radius}"/>')
        for d in drawing.dots
    )


def bars(drawing: Timeline, say: Words, link: Link) -> Markup:
    """The bars of a timeline: claims of a day below, those of a longer period on top, each bar a link to its days."""
    made = []
    for each in drawing.bars:
        bar, base = each.bar, drawing.height - each.days
        parts = (
            ("space", 0.0, drawing.height),
            ("days", base, each.days),
            ("periods", base - each.periods, each.periods),
        )
        boxes = "".join(
            f'<rect class="{name}" x="{each.x}" y="{y:g}" width="{each.width}" height="{high:g}"/>'
            for name, y, high in parts
        )
        days = f' data-first="{bar.first}" data-last="{bar.last}"'
        made.append(linked(link(**{"from": bar.first, "to": bar.last, "page": None}), bar_title(bar, say), boxes, days))
    return joined(made)


def at(place: Place, say: Words, link: Link, shape: str) -> str:
    """The mark of a place: its link, and how many claims are there."""
    return linked(link(place=place.key, page=None), f"{say.place(place)}: {say.claims(place.claims)}", shape)


def linked(address: str, title: str, shape: str, more: str = "") -> str:
    """A shape that is a link with a title."""
    return f'<a{more} href="{escape(address)}"><title>{escape(title)}</title>{shape}</a>'


def joined(parts: Iterable[str]) -> Markup:
    """Marks as one piece of markup; what they were given was escaped."""
    return Markup("".join(parts))


def bar_title(bar: Bar, say: Words) -> str:
    """A stretch of days with its claims."""
    return f"{say.days(bar.first, bar.last)}: {say.claims_of_days(bar.days)}, {say.claims_of_periods(bar.periods)}"
