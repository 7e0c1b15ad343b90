"""Documents that tell one text: the same words, a copy that another outlet took over, an update by the same one,
or a page of the same story at the same address.

Candidates come from MinHash over runs of five words; each pair is then measured on the runs themselves, so that chance
can hide a pair (one in some thousands) but never make one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import msgspec
import sqlalchemy as sa

from saksi.errors import UsageError
from saksi.ledger import schema
from saksi.ledger.store import Ledger
from saksi.reconcile.copied import runs_of
from saksi.together import Together

NEAR = 0.7  # of the runs of both that both have
HASHES, BANDS, SEED = 128, 32, 20


Cells = dict[str, Any]  # what a ledger holds of a document, but for its text


class Copy(msgspec.Struct, frozen=True):
    """One document of a group: first, same text, same address, copy or update; the share of words as in the first."""

    id: str
    how: str
    share: float
    published: date | None
    publisher: str | None
    title: str | None
    url: str | None


class Text(msgspec.Struct):
    """One text, with the documents that have it."""

    runs: frozenset[str]
    documents: list[Cells]


def copies_in(ledger: Ledger) -> list[list[Copy]]:
    """The groups of documents that tell one text, the largest first; each begins with its earliest document."""
    texts = list(texts_of(ledger))
    groups: dict[int, list[Text]] = {}
    for number, root in enumerate(joined(texts)):
        groups.setdefault(root, []).append(texts[number])
    found = [told(group) for group in groups.values() if sum(len(t.documents) for t in group) > 1]
    return sorted(found, key=lambda group: (-len(group), str(group[0].published), group[0].id))


def texts_of(ledger: Ledger) -> Iterator[Text]:
    """The texts of a ledger, each once; what was forgotten is none, and rows coded elsewhere have none of their own."""
    d = schema.documents.c
    wanted = (d.id, d.text_hash, d.text, d.published, d.publisher, d.title, d.url)
    seen: dict[str, Text] = {}
    with ledger.engine.connect() as db:
        for row in db.execute(sa.select(*wanted).where(d.coded.is_(None)).order_by(d.number)).mappings():
            if not row["text"]:
                continue
            known = seen.get(row["text_hash"])
            if known is None:
                known = seen[row["text_hash"]] = Text(runs_of(row["text"]), [])
            known.documents.append({k: v for k, v in row.items() if k != "text"})
    yield from seen.values()


def joined(texts: list[Text]) -> list[int]:
    """For each text the number of the first that it hangs together with."""
    try:
        from rensa import RMinHash, RMinHashLSH
    except ImportError:
        raise UsageError("near copies need an extra that is not installed: pip install 'saksi[copies]'") from None
    index, together = RMinHashLSH(NEAR, HASHES, BANDS), by_address(texts)
    for number, text in enumerate(texts):
        sign = RMinHash(HASHES, SEED)
        sign.update(sorted(text.runs))
        for other in sorted(index.query(sign)):
            a, b = sorted((together.of(number), together.of(other)))
            if a != b and shared(text, texts[other]) >= NEAR:
                together.tie(a, b)
        index.insert(number, sign)
    return [together.of(number) for number in range(len(texts))]


def by_address(texts: list[Text]) -> Together[int]:
    """Texts together that have documents of one address: pages of one story say so, and updates."""
    together, first = Together(range(len(texts))), dict[str, int]()
    for number, text in enumerate(texts):
        for address in sorted({d["url"] for d in text.documents if d["url"]}):
            together.tie(*sorted((together.of(number), together.of(first.setdefault(address, number)))))
    return together


def shared(one: Text, other: Text) -> float:
    """The share of the runs of two texts that both have."""
    both = len(one.runs & other.runs)
    return both / (len(one.runs) + len(other.runs) - both)


def told(group: list[Text]) -> list[Copy]:
    """A group of texts as its documents, the earliest first."""
    every = [(document, text) for text in group for document in text.documents]
    every.sort(key=lambda each: (each[0]["published"] is None, str(each[0]["published"])))
    (first, origin), *_ = every
    return [copy_of(document, first, shared(text, origin)) for document, text in every]


def copy_of(document: Cells, first: Cells, share: float) -> Copy:
    """A document beside the earliest of its group."""
    if document is first:
        how = "first"
    elif document["text_hash"] == first["text_hash"]:
        how = "same text"
    elif share < NEAR and document["url"] is not None and document["url"] == first["url"]:
        how = "same address"
    else:
        how = "update" if outlet_of(document) is not None and outlet_of(document) == outlet_of(first) else "copy"
    about = {name: document[name] for name in ("published", "publisher", "title", "url")}
    return Copy(document["id"], how, round(share, 3), **about)


def outlet_of(document: Cells) -> str | None:
    """Who published a document: its publisher, else the host of its address."""
    return document["publisher"] or (urlsplit(document["url"]).hostname if document["url"] else None)
