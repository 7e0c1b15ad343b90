"""Which claims are meant: a selection by facets, words and days, as flags over the index."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
import sqlalchemy as sa
from msgspec import Meta

from saksi.errors import UsageError
from saksi.ledger.grounds import Ground, as_strong
from saksi.publish.desk import Desk
from saksi.publish.index import Flags, Index
from saksi.publish.limits import Text
from saksi.reading.claims.claim import STANCES
from saksi.registers.load import must_know


class Selected(msgspec.Struct, frozen=True, kw_only=True):
    """Which claims: each parameter narrows the list; kinds and classes take the narrower ones along."""

    kind: Annotated[Text | None, Meta(description="kind of event, with those under it")] = None
    target: Annotated[Text | None, Meta(description="class of things or people, with those under it")] = None
    actor: Annotated[Text | None, Meta(description="who did it: id of the register, or the words")] = None
    speaker: Annotated[
        Text | None, Meta(description="who says it: any of a speaker's names, or the id of the register")
    ] = None
    country: Annotated[Text | None, Meta(description="ISO 3166-1 alpha-2")] = None
    place: Annotated[Text | None, Meta(description="key of a place, as the facet gives it")] = None
    language: Annotated[Text | None, Meta(description="code of the document's language")] = None
    stance: Annotated[Text | None, Meta(description="how it is said")] = None
    grounds: Annotated[
        Ground | None,
        Meta(description="the weakest ground on which place, days and speaker may rest"),
    ] = None
    reviewed: Annotated[Literal["yes", "no"] | None, Meta(description="judged by somebody, or not yet")] = None
    document: Annotated[Text | None, Meta(description="id of a document")] = None
    sentence: Annotated[Text | None, Meta(description="words of the claim's sentence; quoted words stand together")] = (
        None
    )
    words: Annotated[Text | None, Meta(description="words anywhere in its document")] = None
    first: Annotated[date | None, Meta(description="claims whose period ends before it are left out")] = msgspec.field(
        name="from", default=None
    )
    last: Annotated[date | None, Meta(description="claims whose period begins after it are left out")] = msgspec.field(
        name="to", default=None
    )


def selection_of(asked: Selected) -> tuple[object, ...]:
    """The selection of a list, without its order and page."""
    return tuple(getattr(asked, f) for f in Selected.__struct_fields__)


def chosen_by(desk: Desk, asked: Selected) -> tuple[Index, Flags]:
    """The index, and which claims of it are selected."""
    index = desk.index
    return index, all_of(index, masks_of(desk, index, asked))


def masks_of(desk: Desk, index: Index, asked: Selected) -> dict[str, Flags]:
    """For each parameter that is given, which claims fit it. Raises UsageError for unknown words of the registers."""
    registers = desk.registers
    found: dict[str, Flags] = {}
    for name, table in (("kind", registers.kinds), ("target", registers.classes)):
        value = getattr(asked, name)
        if value is not None:
            must_know(value, table, name)
            found[name] = index.having(name, [k for k in table if registers.is_a(k, value)])
    if asked.stance is not None and asked.stance not in STANCES:
        raise UsageError(f"stance {asked.stance!r} is not one of: {' '.join(STANCES)}")
    if asked.speaker is not None:
        named = (s.key for s in desk.speakers.named(asked.speaker))
        found["speaker"] = index.having("speaker", {asked.speaker, *named})
    for name in ("actor", "place", "language", "stance", "document"):
        if getattr(asked, name) is not None:
            found[name] = index.having(name, [getattr(asked, name)])
    of_one = {"grounds": ["", *as_strong(asked.grounds)] if asked.grounds else None,
              "country": [asked.country.upper()] if asked.country else None}  # fmt: skip
    found |= {name: index.having(name, keys) for name, keys in of_one.items() if keys is not None}
    if asked.reviewed is not None:
        found["reviewed"] = index.reviewed if asked.reviewed == "yes" else ~index.reviewed
    if asked.sentence is not None and asked.sentence.strip():
        found["sentence"] = index.numbered(claims_saying(desk, asked.sentence))
    if asked.words is not None and asked.words.strip():
        found["words"] = index.having("document", documents_with(desk, asked.words))
    for name, day, column in (("from", asked.first, "last"), ("to", asked.last, "first")):
        if day is not None:
            days = index.columns[column]
            fits = days >= day.toordinal() if name == "from" else days <= day.toordinal()
            found[name] = fits & (days > 0)
    return found


def documents_with(desk: Desk, words: str) -> list[str]:
    """The documents that hold all of some words."""
    return found_by(desk, ("words", words), desk.ledger.backend.matching(words).columns(sa.column("id", sa.Text)))


def claims_saying(desk: Desk, words: str) -> list[int]:
    """The numbers of the claims whose sentences hold all of some words."""
    return found_by(desk, ("sentence", words), desk.ledger.backend.saying(words).columns(sa.column("n", sa.Integer)))


def found_by(desk: Desk, key: tuple[str, str], statement: sa.TextualSelect) -> list[Any]:
    """What a search finds, kept until the ledger changes."""

    def search() -> list[Any]:
        with desk.ledger.engine.connect() as db:
            return [row[0] for row in db.execute(statement)]

    return desk.kept(key, search)


def all_of(index: Index, masks: dict[str, Flags], without: str | None = None) -> Flags:
    """The claims that fit all parameters, or all but one."""
    chosen = index.everything
    for name, mask in masks.items():
        if name != without:
            chosen &= mask
    return chosen
