"""The day a page was published, by the page's own word: its markup, the words by its headline, its address.

What a crawler would guess from any other day on the page, a copyright, a caption or a table, is no day of publication.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from saksi.languages.files import HERE, known_languages, load_yaml

PUBLISHED = frozenset((
    "article:published_time", "og:published_time", "datepublished", "date.published", "pubdate", "publishdate",
    "publish-date", "publish_date", "dc.date.issued", "dc.date", "dcterms.issued", "dcterms.created", "sailthru.date",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "content_publishdate", "article.published", "date",
))  # fmt: skip
ARTICLES = re.compile(r"article|posting|report|pressrelease|webpage", re.IGNORECASE)
NEAR_TITLE = re.compile(
    r"date|tanggal|tgl|waktu|time|publish|posted|posting|byline|meta|author|penulis|detail__", re.IGNORECASE
)
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
IN_ADDRESS = re.compile(r"/(20\d\d|19\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
SHORT = 160  # characters of a line that tells when a page was published
LONG = 200  # characters of a paragraph: the story has begun
DEEPEST = 2_000  # elements looked at before a story begins
EARLIEST = 1990
DAY_FIRST = frozenset(("id", "ms"))  # languages of pages in which 5/6/2024 is 5 June


class Dated(NamedTuple):
    """A day and where the page says it: `page` its markup, `words` the words by its headline, `address`."""

    day: date
    basis: str


def day_of_page(page: Any, address: str | None) -> Dated | None:
    """The day a page says it was published, or None."""
    marked = next(by_markup(page), None)
    if marked is not None:
        return Dated(marked, "page")
    told = next(by_words(page), None)
    if told is not None:
        return Dated(told, "words")
    found = IN_ADDRESS.search(urlsplit(address).path) if address else None
    day = made(int(found[1]), int(found[2]), int(found[3])) if found else None
    return Dated(day, "address") if day is not None else None


def made(year: int, month: int, day: int) -> date | None:
    """A day that there is and on which there may have been pages."""
    try:
        return date(year, month, day) if year >= EARLIEST else None
    except ValueError:
        return None


def first_iso(text: str | None) -> date | None:
    """The day at the beginning of a stamp such as 2024-05-16T10:31:00+07:00."""
    found = ISO.match((text or "").strip())
    return made(*map(int, found.groups())) if found else None


def by_markup(page: Any) -> Iterator[date]:
    """The days of publication that the markup says, the surest first."""
    for script in page.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            yield from filter(None, map(first_iso, stamps(script.text)))
    for meta in page.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in PUBLISHED and (day := first_iso(meta.get("content")) or worded(meta.get("content") or "")):
            yield day
    for time in page.iter("time"):
        if time.get("pubdate") is not None or "datePublished" in (time.get("itemprop") or ""):
            yield from filter(None, (first_iso(time.get("datetime")),))


def stamps(script: str | None) -> Iterator[str]:
    """When the articles were published that a script of JSON-LD describes."""
    try:
        waiting: list[Any] = [json.loads(script or "")]
    except (ValueError, RecursionError):
        return
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting.extend(reversed(each))
        elif isinstance(each, dict):
            said = each.get("datePublished")
            if isinstance(said, str) and ARTICLES.search(str(each.get("@type", ""))):
                yield said
            waiting.extend(v for k, v in reversed(each.items()) if k in ("@graph", "mainEntity"))


def by_words(page: Any) -> Iterator[date]:
    """The days told in short lines between the headline and the story."""
    started = next(page.iter("h1"), None) is None
    for number, each in enumerate(page.iter()):
        if number > DEEPEST or not isinstance(each.tag, str):
            continue
        started = started or each.tag == "h1"
        if not started or each.tag in ("script", "style", "nav", "aside", "footer", "table", "figcaption"):
            continue
        named = f"{each.get('class') or ''} {each.get('id') or ''} {each.get('itemprop') or ''}"
        near = each.tag == "time" or NEAR_TITLE.search(named) is not None
        words = beginning(each) if near or each.tag == "p" else ""
        if each.tag == "p" and len(words) > LONG:
            return
        if near and not is_changed(words):
            day = first_iso(each.get("datetime")) or worded(words, day_first=page.get("lang", "")[:2] in DAY_FIRST)
            if day is not None:
                yield day


def beginning(element: Any) -> str:
    """The words of an element on one line, of a long one the first."""
    words = ""
    for piece in element.itertext():
        words = f"{words} {piece}".strip()
        if len(words) > 2 * LONG:
            break
    return " ".join(words.split())


def is_changed(words: str) -> bool:
    """Whether words tell when a page was changed last."""
    return words.casefold().lstrip(" (:").startswith(changed())


def worded(words: str, *, day_first: bool = False) -> date | None:
    """The first day told in words, unless it is that of a change: "Kamis, 16 Mei 2024 10:31 WIB"."""
    if len(words) > SHORT:
        return None
    low = words.casefold()
    cut = min((at for word in changed() if (at := low.find(word)) >= 0), default=len(low))
    known = months()
    found = re.search(r"\b(\d{1,2})[. ]+([^\W\d_]+)\.?,? +(\d{4})\b", low[:cut])
    if found and found[2] in known:
        return made(int(found[3]), known[found[2]], int(found[1]))
    found = re.search(r"\b([^\W\d_]+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})\b", low[:cut])
    if found and found[1] in known:
        return made(int(found[3]), known[found[1]], int(found[2]))
    iso, slashed = ISO.search(low[:cut]), SLASHED.search(low[:cut])
    if iso:
        return made(*map(int, iso.groups()))
    if slashed and (day_first or int(slashed[1]) > 12):  # else nobody can tell which is the month
        return made(int(slashed[3]), int(slashed[2]), int(slashed[1]))
    return None


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """The names of months in every language."""
    found: dict[str, int] = {}
    for code in known_languages():
        found |= {str(k): v for k, v in load_yaml(HERE / code / "times.yml")["months"].items()}
    return found


@lru_cache(maxsize=1)
def changed() -> tuple[str, ...]:
    """The words before the day of a change, in every language."""
    return tuple(sorted({word for words in words_of_pages("changed") for word in words}))


@lru_cache(maxsize=4)
def words_of_pages(key: str) -> list[list[str]]:
    """One list of every language's pages.yml."""
    paths = [HERE / code / "pages.yml" for code in known_languages()]
    return [load_yaml(path)[key] for path in paths if path.exists()]
