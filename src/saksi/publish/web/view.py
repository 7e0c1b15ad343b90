"""What the templates see: words in the page's language, addresses, and drawings of what a page answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context, select_autoescape
from markupsafe import Markup
from starlette.requests import Request

from saksi.intake.document import is_web
from saksi.ledger.columns import Row
from saksi.ledger.judgements import FIELDS
from saksi.ledger.people import Session
from saksi.publish.desk import Desk
from saksi.publish.documents import begins, pieces, value_of
from saksi.publish.drawing.bars import draw_timeline
from saksi.publish.drawing.map import draw_map
from saksi.publish.drawing.outlines import load_boundaries
from saksi.publish.facets import FACETS
from saksi.publish.readings import readers_of
from saksi.publish.web import marks
from saksi.publish.web.counted import Sheet
from saksi.publish.web.pictured import speakers_pictures, tally_picture
from saksi.publish.web.texts import LANGUAGES, number, translations
from saksi.publish.web.words import Words, named, shortened, unbroken
from saksi.reading.claims.claim import STANCES

BUILT = Path(__file__).parent / "static" / "map.js"


@lru_cache(maxsize=4)
def environment(code: str) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=PackageLoader("saksi.publish.web"), autoescape=select_autoescape(default=True),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    made.install_gettext_translations(translations(code), newstyle=True)  # type: ignore[attr-defined]
    plain = cast("Callable[..., str]", made.globals["ngettext"])

    @pass_context
    def ngettext(context: Any, one: str, several: str, n: int, **more: Any) -> str:
        return plain(context, one, several, n, **{"num": number(n, code), **more})

    made.globals.update(fields=FIELDS, languages=LANGUAGES, page_language=code, stances=STANCES, facet_names=FACETS,
                        value_of=value_of, ngettext=ngettext, marks=marks, named=named, is_web=is_web)  # fmt: skip
    made.filters["thousands"] = lambda value: number(value, code)
    made.filters["shortened"] = shortened
    made.filters["unbroken"] = unbroken
    made.filters["label"] = lambda word: translations(code).gettext(word)
    return made


class View:
    """One page for one request."""

    def __init__(self, desk: Desk, request: Request, session: Session | None, code: str) -> None:
        self.desk, self.request, self.session, self.code = desk, request, session, code
        self.say = Words(code, desk.registers)
        self.given = [(k, encoded(k, v)) for k, v in request.query_params.multi_items() if v]

    def render(self, template: str, **values: Any) -> str:
        """The page as HTML."""
        shared = {
            "view": self, "desk": self.desk, "registers": self.desk.registers, "session": self.session,
            "guard": self.session.guard if self.session else "",
            "person": self.session.person if self.session else None, "say": self.say,
            "label": self.say.label, "link": self.link, "here": self.here, "who": self.say.who,
            "scripted": BUILT.exists(),
        }  # fmt: skip
        return environment(self.code).get_template(template).render(**shared, **values)

    @property
    def here(self) -> str:
        """The address of this page, for forms that come back to it."""
        return self.same(self.request.url.path)

    def same(self, path: str) -> str:
        """Another page with the parameters of this one."""
        query = self.request.url.query
        return path + (f"?{query}" if query else "")

    def link(self, path: str | None = None, **changes: Any) -> str:
        """An address: of another page with its parameters, or of this one with some changed (None takes one away)."""
        if path is None:
            return self.moved(self.request.url.path, **changes)
        query = "&".join(listed(changes))
        return path + (f"?{query}" if query else "")

    def moved(self, path: str, **changes: Any) -> str:
        """Another page with the parameters of this one, some of them changed."""
        query = "&".join([*(told for name, told in self.given if name not in changes), *listed(changes)])
        return path + (f"?{query}" if query else "")

    def neighbour(self, suffix: str, path: str) -> str:
        """The address of the same answer as JSON or CSV."""
        return self.same(("/overview" if path == "/" else path) + suffix)

    def onward(self, *paths: str) -> str:
        """The page of a list that `back` names, if it is one of these; else the first of them."""
        back = self.request.query_params.get("back", "")
        return back if back in paths else paths[0]

    def document_name(self, cell: Any) -> str:
        """What a document is called."""
        return named(cell, None if cell.title or cell.ref else begins(self.desk, cell.id))

    def countries(self) -> list[tuple[str, str]]:
        """The countries that claims of the ledger are placed in, by name."""
        codes = self.desk.index.values["country"].keys
        return sorted(((code, self.say.country(code)) for code in codes), key=lambda c: (c[1].casefold(), c[0]))

    def places(self) -> list[str]:
        """The places that most claims are in, for a form to propose."""

        def make() -> list[str]:
            index = self.desk.index
            counts = index.counts("place", index.everything)
            return list(dict.fromkeys(spot.name for _, spot, _ in counts if spot.level != "country"))[:500]

        return self.desk.kept(("place names",), make)

    def places_of(self, rows: Iterable[Row]) -> str:
        """The places of some claims, each once."""
        return "; ".join(dict.fromkeys(self.say.place(p) for row in rows for p in row.places))

    def tension(self, strain: Any) -> str:
        """A tension in words of the page's language."""
        rules = [t for t in self.desk.registers.tensions if t.status == strain.rule]
        return rules[0].says.get(self.code, strain.says) if rules else str(strain.says)

    def by_id(self, rows: Iterable[Row]) -> dict[str, Row]:
        """Claims by their ids."""
        return {row.id: row for row in rows}

    def sentence_pieces(self, row: Row) -> Any:
        """A claim's sentence, cut where its words stand for values; offsets are those of the document."""
        begin, end = row.sentence.start, row.sentence.end
        inside = [
            e for e in row.evidence if e.start is not None and e.end is not None and begin <= e.start and e.end <= end
        ]
        moved = [msgspec.structs.replace(e, start=(e.start or 0) - begin, end=(e.end or 0) - begin) for e in inside]
        cut = pieces(row.sentence.text, [msgspec.structs.replace(row, evidence=moved)], [])
        return [msgspec.structs.replace(p, start=p.start + begin, end=p.end + begin) for p in cut]

    def readers(self, row: Row, field: str) -> list[str]:
        """Who reads a field of a claim so."""
        return readers_of(row, field)

    def read(self, row: Row, field: str) -> str:
        """A field of a claim in words, as one of its readers has it."""
        say = self.say
        told = {"kind": say.what, "target": say.what, "place": say.where, "days": say.when, "speaker": say.who}
        return told[field](row) if field in told else ", ".join(say.label(r.type) for r in row.relations)

    def pieces(self, page: Any) -> Any:
        """A document's text, cut where marks begin and end."""
        return pieces(page.text, page.claims, page.unread)

    def map(self, found: Any) -> Any:
        """The map of an answer."""
        return draw_map(found.places, self.desk.kept(("boundaries",), lambda: load_boundaries(self.desk.boundaries)))

    def timeline(self, found: Any) -> Any:
        """The timeline of an answer."""
        return draw_timeline(found.bars)

    def sheet(self, found: Any, asked: Any) -> Sheet:
        """The rows of a tally as the page lays them out, with the claims they rest on."""
        return Sheet(self.desk, found.items, asked)

    def tally_picture(self, found: Any, asked: Any, sheet: Sheet) -> Markup:
        """A tally as a chart: of a question that is split the same rows as in the table."""
        key = ("tally picture", self.code, *(getattr(asked, f) for f in asked.__struct_fields__))
        rows = [line.row for line in sheet.parts] or found.items
        return self.desk.kept(key, lambda: tally_picture(self.desk, self.code, rows, asked))

    def speakers_pictures(self, rows: Sequence[Row]) -> list[Markup]:
        """Who says what of one happening, as charts."""
        return speakers_pictures(self.desk, self.code, rows)

    def by_speaker(self, rows: Sequence[Row]) -> dict[str, list[tuple[Row, list[Row]]]]:
        """Claims in columns, one for each who speaks; what is told in the same words is told once, with its copies."""
        found: dict[str, dict[tuple[str, str, str], list[Row]]] = {}
        for row in rows:
            same = (row.sentence.text, self.say.told(row), self.say.when(row))
            known = self.desk.speakers.of(row)
            who = self.say.party(known.id, known.name) if known else self.say.who(row)
            found.setdefault(who, {}).setdefault(same, []).append(row)
        return {who: [(some[0], some[1:]) for some in told.values()] for who, told in found.items()}


def listed(changes: dict[str, Any]) -> list[str]:
    """Parameters of an address; a list stands for several, None and nothing for none."""
    found: list[str] = []
    for name, value in changes.items():
        values = value if isinstance(value, (list, tuple)) else (value,)
        found += [encoded(name, str(each)) for each in values if each is not None and each != ""]
    return found


@lru_cache(maxsize=4096)
def encoded(name: str, value: str) -> str:
    """One parameter of an address."""
    return urlencode([(name, value)])
