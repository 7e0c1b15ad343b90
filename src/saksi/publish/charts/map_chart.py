"""A map of claims: a dot for a place that is named itself, a broken ring for its surroundings, a shade for an area."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

import msgspec

from saksi.ledger.columns import PlaceCell, Row
from saksi.publish.charts.svg import DARK, INK, LIGHT, SOFT, Sheet, width_of
from saksi.publish.charts.words import Words
from saksi.publish.drawing.map import HEIGHT, WIDTH, Dot, Drawing, Shape, draw_map
from saksi.publish.drawing.outlines import Boundaries
from saksi.publish.where_and_when import Place

SEA, LAND, COAST = "#eef2f4", "#e4e0d6", "#a9a294"
CROWD = 25  # dots, of which more are drawn smaller
NAMES = 14  # places whose names are written
Box = tuple[float, float, float, float]


def map_chart(sheet: Sheet, rows: Sequence[Row], boundaries: Boundaries, words: Words) -> Sheet:
    """The picture of where some claims are placed."""
    sheet.head()
    drawing = draw_map(places_of(rows), boundaries)
    scale = (sheet.width - 2 * sheet.margin) / WIDTH
    top = sheet.y - 8
    frame = f'<svg x="{sheet.margin:g}" y="{top:.1f}" width="{WIDTH * scale:.1f}" height="{HEIGHT * scale:.1f}" '
    sheet.parts.append(f'{frame}viewBox="0 0 {WIDTH:g} {HEIGHT:g}">')
    paint(sheet, drawing, scale, words)
    sheet.parts.append("</svg>")
    sheet.y = top + HEIGHT * scale + 6
    legend(sheet, words)
    placeless = sum(not any(p.lat is not None for p in row.places) for row in rows)
    told = [words.say("map_left", n=words.number(placeless))] if placeless else []
    if drawing.outside + drawing.left_out:
        told.append(words.say("map_off", n=words.number(drawing.outside + drawing.left_out)))
    sheet.foot(*told)
    return sheet


def places_of(rows: Sequence[Row]) -> list[Place]:
    """The places of some claims with how many claims each has, the most frequent first."""
    counts: dict[PlaceCell, int] = {}
    for row in rows:
        for place in dict.fromkeys(msgspec.structs.replace(p, text=None, geonames_id=None) for p in row.places):
            counts[place] = counts.get(place, 0) + 1
    found = [
        Place(key=f"{p.country}/{p.name}", name=p.name, country=p.country, admin1=p.admin1, lat=p.lat, lon=p.lon,
              level=p.level, precision=p.precision, claims=n) for p, n in counts.items()
    ]  # fmt: skip
    return sorted(found, key=lambda p: (-p.claims, p.name, p.level, p.precision))


def paint(sheet: Sheet, drawing: Drawing, scale: float, words: Words) -> None:
    """Sea, land, areas, dots and names, in the units of the drawing."""
    sheet.shape("rect", width=WIDTH, height=HEIGHT, fill=SEA)
    sheet.shape("path", d=drawing.land, fill=LAND, stroke=COAST, stroke_width=0.7 / scale)
    for area in drawing.areas:
        sheet.shape("path", tip(area, words), d=area.path, fill=LIGHT, fill_opacity=0.12 + 0.11 * area.weight,
                    stroke=INK, stroke_width=0.8 / scale, fill_rule="evenodd")  # fmt: skip
    crowd = min(1.0, (CROWD / max(len(drawing.dots), 1)) ** 0.5)
    for dot in drawing.dots:
        style = {"fill": DARK, "fill_opacity": 0.85, "stroke": "#ffffff", "stroke_width": 1 / scale} if dot.sure else {
            "fill": DARK, "fill_opacity": 0.1, "stroke": DARK, "stroke_width": 1.4 / scale, "stroke_dasharray": "5 4"
        }  # fmt: skip
        radius = max(dot.radius * crowd, 3.0 / scale) if dot.sure else dot.radius
        sheet.shape("circle", tip(dot, words), cx=dot.x, cy=dot.y, r=radius, **style)
    names(sheet, drawing, 11 / scale)


def tip(each: Dot | Shape, words: Words) -> str:
    """What a place says under a pointer."""
    return f"{each.place.name}: {words.number(each.place.claims)}"


def names(sheet: Sheet, drawing: Drawing, size: float) -> None:
    """The names of the places with most claims, where none covers another, nor the mark of another place."""
    taken: list[Box] = []
    for dot in sorted(drawing.dots, key=lambda d: (-d.place.claims, d.place.name))[:NAMES]:
        wide = width_of(dot.place.name, size)
        near = dot.radius if dot.sure else min(dot.radius, size)
        for x, y in ((dot.x + near + 3, dot.y + size / 3), (dot.x - near - 3 - wide, dot.y + size / 3),
                     (dot.x - wide / 2, dot.y - near - 4), (dot.x - wide / 2, dot.y + near + size)):  # fmt: skip
            box = (x, y - size, x + wide, y + size / 4)
            inside = box[0] >= 2 and box[1] >= 2 and box[2] <= WIDTH - 2 and box[3] <= HEIGHT - 2
            others = (other for other in drawing.dots if other is not dot)
            if inside and not any(meet(box, other) for other in taken) and not any(on(box, each) for each in others):
                taken.append(box)
                halo = (
                    f'<g stroke="#ffffff" stroke-width="{size / 4:.1f}" stroke-linejoin="round" paint-order="stroke">'
                )
                sheet.parts.append(halo)
                sheet.text(x, y, dot.place.name, round(size, 1))
                sheet.parts.append("</g>")
                break


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes cover each other."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def on(box: Box, dot: Dot) -> bool:
    """Whether a box touches the mark of a place, so that a name there could be taken for its name."""
    across, down = max(box[0] - dot.x, 0, dot.x - box[2]), max(box[1] - dot.y, 0, dot.y - box[3])
    return hypot(across, down) < dot.radius


def legend(sheet: Sheet, words: Words) -> None:
    """What the marks mean, in one line or below each other."""
    x = sheet.margin
    for sort in ("map_sure", "map_near", "map_area"):
        told = words.say(sort)
        if x + 22 + width_of(told, 11) > sheet.width - sheet.margin and x > sheet.margin:
            x, sheet.y = sheet.margin, sheet.y + 17
        y = sheet.y + 8
        if sort == "map_sure":
            sheet.shape("circle", cx=x + 7, cy=y, r=5, fill=DARK, fill_opacity=0.85)
        elif sort == "map_near":
            sheet.shape("circle", cx=x + 7, cy=y, r=6, fill=DARK, fill_opacity=0.1, stroke=DARK, stroke_width=1.4,
                        stroke_dasharray="4 3")  # fmt: skip
        else:
            sheet.shape("rect", x=x, y=y - 6, width=14, height=12, fill=LIGHT, fill_opacity=0.45, stroke=INK,
                        stroke_width=0.8)  # fmt: skip
        sheet.text(x + 20, y + 4, told, 11, fill=SOFT)
        x += 20 + width_of(told, 11) + 18
    sheet.y += 18
