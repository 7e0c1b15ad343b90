"""Files and addresses in the order they were named, as documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from saksi.errors import IntakeError
from saksi.intake.document import Document, Given
from saksi.intake.files import ADDRESS, read_files
from saksi.intake.texts import Refused

if TYPE_CHECKING:
    from saksi.fetching.fetcher import Fetcher


def read_named(names: list[str], given: Given, snapshots: Path | None, fetcher: Fetcher | None = None, *,
               allow_private: bool = False) -> Iterator[Document | Refused]:  # fmt: skip
    """The documents of all that is named; what is refused does not stop the others."""
    for name in names:
        if not ADDRESS.match(name):
            yield from read_files([name], given)
            continue
        try:
            fetcher = fetcher or fetcher_for(allow_private)
        except IntakeError as error:
            yield Refused(str(error))
            continue
        yield from read_address(name, given, fetcher, snapshots)


def fetcher_for(allow_private: bool) -> Fetcher:
    """A client for pages. Raises IntakeError where its libraries are not installed."""
    try:
        import protego  # noqa: F401  asked for here, before anything is fetched

        from saksi.fetching.door import Door
        from saksi.fetching.fetcher import Fetcher
    except ImportError:
        raise IntakeError(
            "addresses are fetched with an extra that is not installed: pip install 'saksi[fetch]'"
        ) from None
    return Fetcher(door=Door(allow_private=allow_private))


def read_address(name: str, given: Given, fetcher: Fetcher, snapshots: Path | None) -> Iterator[Document | Refused]:
    """The documents of a page, kept as it came before it is read."""
    from saksi.fetching.answers import NotFetched
    from saksi.fetching.snapshots import Snapshots
    from saksi.fetching.taken import documents_of

    got = fetcher.get(name)
    if isinstance(got, NotFetched):
        yield Refused(got.reason)
        return
    try:
        kept = Snapshots(snapshots).keep(got) if snapshots is not None else None
    except IntakeError as error:
        yield Refused(str(error))
        return
    yield from documents_of(got, given, kept)
