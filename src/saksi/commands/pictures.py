"""The commands that draw and tell: charts, maps and reports of what is claimed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from saksi.commands.options import WHOLE, Extent
from saksi.figures import some
from saksi.inquiry.selection import Selection
from saksi.releasing.choice import Asking, Chosen

if TYPE_CHECKING:
    from saksi.reporting.pictures import Drawer

chart_app = App(name="chart", help="Draws what is claimed as a picture: tally, timeline, speakers; SVG or PNG.")
ALL, ANY = Chosen(), Selection()


@Parameter(name="*")
@dataclass(frozen=True)
class Look(Extent):
    """How a picture looks, and what it is drawn from."""

    language: Annotated[str, Parameter(help="The language of its words: en, id.")] = "en"
    width: Annotated[int, Parameter(help="How wide it is, in pixels: 760 for a page, 400 for a column.")] = 760
    title: Annotated[str | None, Parameter(help="Another title than the one that says what was chosen.")] = None

    def drawer(self) -> Drawer:
        """What draws it."""
        from saksi.reporting.pictures import Drawer

        return Drawer(self.opened(), self.known(), self.language, self.width, self.title)

    def asking(self, chosen: Chosen) -> Asking:
        """What was chosen, with its days."""
        return Asking(chosen, *self.days())


LOOK = Look()


@chart_app.command(name="tally")
def tally_picture(*, out: Path, selection: Selection = ANY, look: Look = LOOK) -> None:
    """Draws a tally: bars from the least to the most that the claims allow, the claims as points by speaker.

    Parameters
    ----------
    out
        The file to write, .svg or .png.
    """
    from saksi.reporting.pictures import save

    save(look.drawer().tally(selection, *look.days()), out)
    print(out)


@chart_app.command(name="timeline")
def timeline_picture(*, out: Path, chosen: Chosen = ALL, look: Look = LOOK) -> None:
    """Draws how many claims tell of each day, week, month or year.

    Parameters
    ----------
    out
        The file to write, .svg or .png.
    """
    from saksi.reporting.pictures import save

    save(look.drawer().timeline(look.asking(chosen)), out)
    print(out)


@chart_app.command(name="speakers")
def speakers_picture(*, out: Path, of: str | None = None, chosen: Chosen = ALL, look: Look = LOOK) -> None:
    """Draws who says what side by side: of the happening that a claim tells of, or of the claims that are chosen.

    Parameters
    ----------
    out
        The file to write, .svg or .png.
    of
        A claim, by its id or its beginning: all that is told of the same happening is drawn.
    """
    from saksi.reporting.pictures import save

    save(look.drawer().speakers(look.asking(chosen), of), out)
    print(out)


def report(
    *,
    out: Path,
    chosen: Chosen = ALL,
    extent: Extent = WHOLE,
    language: str = "en",
    title: str | None = None,
) -> None:
    """Writes a report of a period for an editor: what is claimed, by whom, what cannot all be true, where, when.

    Parameters
    ----------
    out
        The file to write: .html, one page with its pictures, to be read and printed; or .md, with tables instead.
    language
        The language of its words: en, id.
    title
        Another title than the one that says what was chosen.
    """
    from saksi.reporting.report import Edition
    from saksi.reporting.report import report as reported

    asking = Asking(chosen, *extent.days())
    print(f"{out}: {some(reported(extent.opened(), out, asking, extent.known(), Edition(language, title)), 'claim')}")


def map_picture(*, out: Path, boundaries: Path | None = None, chosen: Chosen = ALL, look: Look = LOOK) -> None:
    """Draws where claims are placed, what is uncertain of a place drawn as uncertain.

    Parameters
    ----------
    out
        The file to write, .svg or .png.
    boundaries
        A GeoJSON file of provinces and districts, drawn as areas where claims are placed in them.
    """
    from saksi.reporting.pictures import save

    save(look.drawer().map(look.asking(chosen), boundaries), out)
    print(out)
