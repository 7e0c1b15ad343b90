"""The file of sources: whose feeds and pages are followed, how often, and what is known of who publishes there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from saksi.errors import VocabularyError
from saksi.fetching.addresses import address_of
from saksi.languages.files import line_of, load_as

Minutes = Annotated[int, msgspec.Meta(ge=1, le=10_080)]


class Watched(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One source: feeds, whose items are pages to read, and pages that are read whenever they change."""

    feeds: list[str] = []
    pages: list[str] = []
    minutes: Minutes = 30
    publisher: str | None = None
    home: str | None = None
    language: str | None = None
    source: str | None = None  # of registers/sources: its speaker, actor and habits


class SourcesFile(msgspec.Struct, forbid_unknown_fields=True):
    """The file."""

    sources: dict[str, Watched]


def load_sources(path: Path) -> dict[str, Watched]:
    """The sources of a file. Raises VocabularyError with file and line for what is wrong in it."""
    sources = load_as(path, SourcesFile).sources
    seen: dict[str, str] = {}
    for name, source in sources.items():
        if not source.feeds and not source.pages:
            raise VocabularyError(f"{path}:{line_of(path, f'.sources.{name}')}: {name} has neither feeds nor pages")
        for address in (*source.feeds, *source.pages):
            try:
                address_of(address)
            except ValueError as error:
                where = line_of(path, f".sources.{name}.{'feeds' if address in source.feeds else 'pages'}")
                raise VocabularyError(f"{path}:{where}: {address} is no address that can be fetched: {error}") from None
            if seen.setdefault(address, name) != name:
                raise VocabularyError(f"{path}: {address} stands under {seen[address]} and under {name}")
    return sources
