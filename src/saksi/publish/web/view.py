"""What the templates see: words in the page's language, addresses, and drawings of what a page answers."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request

from saksi.explain import days, figure
from saksi.ledger.judgements import FIELDS
from saksi.ledger.people import Session
from saksi.publish.desk import Desk
from saksi.publish.documents import pieces, value_of
from saksi.publish.drawing.bars import draw_timeline, tally_bars
from saksi.publish.drawing.map import draw_map, load_boundaries
from saksi.publish.listing import FACETS
from saksi.publish.web.texts import LANGUAGES, label, number, translations
from saksi.reading.claim import STANCES
from saksi.reconcile.terms import number_of

BUILT = Path(__file__).parent / "static" / "map.js"


@lru_cache(maxsize=4)
def environment(code: str) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=PackageLoader("saksi.publish.web"), autoescape=select_autoescape(default=True),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    made.install_gettext_translations(translations(code), newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(days=days, figure=figure, number_of=number_of, value_of=value_of, fields=FIELDS,
                        languages=LANGUAGES, page_language=code, stances=STANCES, facet_names=FACETS)  # fmt: skip
    made.filters["thousands"] = lambda value: number(value, code)
    made.filters["label"] = lambda word: translations(code).gettext(word)
    return made


class View:
    """One page for one request."""

    def __init__(self, desk: Desk, request: Request, session: Session | None, code: str) -> None:
        self.desk, self.request, self.session, self.code = desk, request, session, code

    def render(self, template: str, **values: Any) -> str:
        """The page as HTML."""
        shared = {
            "view": self, "desk": self.desk, "registers": self.desk.registers, "session": self.session,
            "guard": self.session.guard if self.session else "",
            "person": self.session.person if self.session else None,
            "label": self.label, "link": self.link, "here": self.here, "who": self.who, "scripted": BUILT.exists(),
        }  # fmt: skip
        return environment(self.code).get_template(template).render(**shared, **values)

    def label(self, word: str | None) -> str:
        """A word of the ledger's vocabulary in the page's language."""
        return label(word, self.code, self.desk.registers)

    @property
    def here(self) -> str:
        """The address of this page, for forms that come back to it."""
        query = self.request.url.query
        return self.request.url.path + (f"?{query}" if query else "")

    def link(self, path: str | None = None, **changes: Any) -> str:
        """An address: of another page with its parameters, or of this one with some changed (None takes one away)."""
        kept = (
            [] if path is not None else [(k, v) for k, v in self.request.query_params.multi_items() if k not in changes]
        )
        added: list[tuple[str, str]] = []
        for name, value in changes.items():
            values = value if isinstance(value, (list, tuple)) else [value]
            added += [(name, str(each)) for each in values if each is not None and each != ""]
        query = urlencode([*((k, v) for k, v in kept if v), *added])
        return (path if path is not None else self.request.url.path) + (f"?{query}" if query else "")

    def neighbour(self, suffix: str, path: str) -> str:
        """The address of the same answer as JSON or CSV."""
        query = self.request.url.query
        return ("/overview" if path == "/" else path) + suffix + (f"?{query}" if query else "")

    def who(self, row: Any) -> str:
        """Who says a claim: the body that is spoken for, else the person, else the outlet."""
        org = row.speaker_org or row.speaker
        if org is None:
            return row.document.publisher or translations(self.code).gettext("the outlet")
        known = self.desk.registers.actors.get(org.id or "")
        return known.name if known else org.text

    def same(self, path: str) -> str:
        """Another page with the parameters of this one."""
        query = self.request.url.query
        return path + (f"?{query}" if query else "")

    def tension(self, strain: Any) -> str:
        """A tension in words of the page's language."""
        rules = [t for t in self.desk.registers.tensions if t.status == strain.rule]
        return rules[0].says.get(self.code, strain.says) if rules else str(strain.says)

    def by_id(self, rows: Any) -> dict[str, Any]:
        """Claims by their ids."""
        return {row.id: row for row in rows}

    def sentence_pieces(self, row: Any) -> Any:
        """A claim's sentence, cut where its words stand for values; offsets are those of the document."""
        begin, end = row.sentence.start, row.sentence.end
        inside = [e for e in row.evidence if e.start is not None and begin <= e.start and e.end <= end]
        moved = [msgspec.structs.replace(e, start=e.start - begin, end=e.end - begin) for e in inside]
        cut = pieces(row.sentence.text, [msgspec.structs.replace(row, evidence=moved)], [])
        return [msgspec.structs.replace(p, start=p.start + begin, end=p.end + begin) for p in cut]

    def pieces(self, page: Any) -> Any:
        """A document's text, cut where marks begin and end."""
        return pieces(page.text, page.claims, page.unread)

    def map(self, found: Any) -> Any:
        """The map of an answer."""
        return draw_map(found.places, self.desk.kept(("boundaries",), lambda: load_boundaries(self.desk.boundaries)))

    def timeline(self, found: Any) -> Any:
        """The timeline of an answer."""
        return draw_timeline(found.bars)

    def tally_bars(self, rows: Any) -> Any:
        """The bars of tallies."""
        return tally_bars(rows)

    def cited(self, rows: Any) -> dict[str, Any]:
        """The claims that tallies rest on, by their ids: of each row the first few."""
        ids = [
            id for r in rows for id in (*r.conflict[:3], *(r.low_from.claims[:3] if r.low_from else ()), *r.claims[:3])
        ]
        return self.by_id(self.desk.rows(list(dict.fromkeys(ids))))

    def by_speaker(self, rows: Any) -> dict[str, list[Any]]:
        """Claims in columns, one for each who speaks."""
        found: dict[str, list[Any]] = {}
        for row in rows:
            found.setdefault(self.who(row), []).append(row)
        return found
