"""A sheet to draw on: an SVG of plain shapes and texts, whose widths are known without any font at hand.

Widths are those of Helvetica, which Arial and Liberation Sans share: one of them is on every machine, and what makes
PNG files brings the last.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from html import escape

FONT = "'Liberation Sans', Arial, Helvetica, sans-serif"
INK, SOFT, FAINT, LINE = "#1d1c1a", "#5a5751", "#8a867e", "#d9d4ca"
DARK, LIGHT, MARK = "#00466e", "#e69f00", "#cfdde6"  # told apart by those who see no colours, and in grey
NARROW = {
    191: "'", 222: "ijl", 278: " !,./:;I[]\\ft|", 333: "()-`r‚", 355: '"', 389: "*", 500: "Jckszvxy", 556: "#$?L_–",
    584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W",
    1000: "—…", 1015: "@",
}  # fmt: skip
OTHER = 570  # letters, digits, and what is not in the table
WIDTHS = defaultdict(lambda: OTHER, {char: width for width, chars in NARROW.items() for char in chars})


BOLD = 1.09  # times as wide
RARE = (*range(0x1E00, 0x1E80), *range(0x1E86, 0x1EA0))  # letters with marks that the font has not


def width_of(text: str, size: float) -> float:
    """How wide a text is."""
    return sum(map(WIDTHS.__getitem__, text)) * size / 1000


def drawable(text: str) -> str:
    """A text without the marks of letters that the font has not, so that no other font takes over a word.

    >>> drawable("Ḩadīthah")
    'Hadīthah'
    """
    if text.isascii():
        return text
    return "".join(unicodedata.normalize("NFD", c)[0] if ord(c) in RARE else c for c in text)


def lines_of(text: str, size: float, room: float, most: int = 9) -> list[str]:
    """A text in lines that fit; what does not fit into the most lines ends with an ellipsis."""
    found = [""]
    for word in re.split(r" +", text.strip()):
        longer = f"{found[-1]} {word}".strip()
        if width_of(longer, size) <= room or not found[-1]:
            found[-1] = longer
        else:
            found.append(word)
    kept = found[:most]
    if len(found) > most:
        kept[-1] += " …"
    return [shortened(line, size, room) for line in kept]


def shortened(text: str, size: float, room: float) -> str:
    """A text cut to fit, with an ellipsis."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(text + "…", size) > room:
        text = text[:-1].rstrip(" …")
    return text + "…"


class Sheet:
    """What is drawn, from the top down; `y` is where the next thing goes."""

    def __init__(self, width: float, title: str, source: str) -> None:
        self.width, self.title, self.source, self.y = width, title, source, 0.0
        self.margin = 16.0
        self.parts: list[str] = []

    @property
    def room(self) -> float:
        """How wide a text over the whole sheet may be."""
        return self.width - 2 * self.margin

    def text(self, x: float, y: float, text: str, size: float = 12, **style: str) -> None:
        """A text, its base line at y; style: fill, anchor, weight, halo (white around it)."""
        anchor, weight = style.get("anchor", "start"), style.get("weight", "normal")
        halo = (
            ' stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if "halo" in style else ""
        )
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{style.get("fill", INK)}" '
            f'text-anchor="{anchor}" font-weight="{weight}"{halo}>{escape(drawable(text), quote=False)}</text>'
        )

    def shape(self, name: str, tip: str | None = None, **values: object) -> None:
        """A shape; low lines of names stand for hyphens. A tip is read out and shown under a pointer."""
        told = " ".join(f'{key.replace("_", "-")}="{plain(value)}"' for key, value in values.items())
        end = f"><title>{escape(tip)}</title></{name}>" if tip else "/>"
        self.parts.append(f"<{name} {told}{end}")

    def paragraph(self, text: str, size: float, **style: str) -> None:
        """A text over the whole width."""
        for line in lines_of(text, size, self.room / (BOLD if style.get("weight") == "bold" else 1)):
            self.y += size * 1.3
            self.text(self.margin, self.y, line, size, **style)

    def head(self, key: str = "") -> None:
        """The title, and how to read the picture."""
        self.y += 10
        self.paragraph(self.title, 17, weight="bold")
        self.y += 3
        if key:
            self.paragraph(key, 12, fill=SOFT)
        self.y += 12

    def foot(self, *told: str) -> None:
        """What is to be said below: what is not shown, and the source."""
        self.y += 8
        for text in (*told, self.source):
            self.paragraph(text, 11, fill=SOFT)
        self.y += 14

    def _repr_svg_(self) -> str:
        """The drawing, as notebooks ask for it."""
        return self.svg()

    def svg(self) -> str:
        """The drawing."""
        width, height = f"{self.width:g}", f"{self.y:.0f}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'role="img" font-family="{FONT}"><title>{escape(self.title)}</title>'
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>' + "\n".join(self.parts) + "</svg>\n"
        )


def plain(value: object) -> str:
    """A value of a shape: numbers with a digit after the point."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else escape(str(value))


class Scale:
    """From numbers to where they are drawn, from nought to the most."""

    def __init__(self, most: int, left: float, right: float) -> None:
        self.most, self.left, self.right = max(most, 1), left, right

    def at(self, value: float) -> float:
        """Where a number is drawn."""
        return self.left + (self.right - self.left) * min(value, self.most) / self.most
