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
    return joined(
        linked(link(place=shape.place.key, page=None), place_title(shape.place, say),
               f'<path class="w{shape.weight}" d="{shape.path}"/>')
        for shape in drawing.areas
    )  # fmt: skip


def dots(drawing: Drawing, say: Words, link: Link) -> Markup:
    """The circles of a map: whole for a place itself, broken for its surroundings."""
    return joined(
        linked(link(place=dot.place.key, page=None), place_title(dot.place, say),
               f'<circle class="{"sure" if dot.sure else "unsure"}" cx="{dot.x}" cy="{dot.y}" r="{dot.radius}"/>')
        for dot in drawing.dots
    )  # fmt: skip


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


def linked(address: str, title: str, shape: str, more: str = "") -> str:
    """A shape that is a link with a title."""
    return f'<a{more} href="{escape(address)}"><title>{escape(title)}</title>{shape}</a>'


def joined(parts: Iterable[str]) -> Markup:
    """Marks as one piece of markup; what they were given was escaped."""
    return Markup("".join(parts))


def place_title(place: Place, say: Words) -> str:
    """A place with how many claims are there."""
    return f"{say.place(place)}: {say.claims(place.claims)}"


def bar_title(bar: Bar, say: Words) -> str:
    """A stretch of days with its claims."""
    days = str(bar.first) if bar.first == bar.last else f"{bar.first} – {bar.last}"
    return f"{days}: {say.claims_of_days(bar.days)}, {say.claims_of_periods(bar.periods)}"
