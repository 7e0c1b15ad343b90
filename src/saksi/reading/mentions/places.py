"""Place names with their rivals: looked up at capitals only, and believed only with support.

What makes a name believed stands in reading/mentions/belief.py. A name that no list has is still a place
where the words around it say so; it keeps its words and has no coordinates.
"""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

from saksi.reading.mentions.belief import (
    PlaceMention,
    Support,
    believed,
    country_after,
    cue_before,
    is_acronym,
    passed,
    short_province,
    support_of,
)
from saksi.reading.mentions.home import Home
from saksi.reading.mentions.namesakes import settle_namesakes
from saksi.reading.pages.page import Page, Sentence
from saksi.reading.values import Place
from saksi.registers.places.folding import fold
from saksi.registers.places.gazetteer import PlaceRow

LONGEST = 4
FAR = 12  # tokens between a name and the known place that it is told to lie near
ARTICLES = frozenset(("al", "ar", "as", "ad", "an", "at", "az", "ash", "el", "ez"))
SMALL_WORDS = frozenset(
    ("al", "el", "az", "ar", "as", "ad", "an", "ez", "ash", "at", "e", "i", "de", "la", "del", "ul")
)


def read_places(
    page: Page, taken: set[int], countries: tuple[str, ...], home: Home | None = None
) -> dict[int, PlaceMention]:
    """All places by their first token. `countries` is the context, most likely first; `home` that of the page."""
    found: dict[int, PlaceMention] = {}
    own = page.vocabulary.data["language"].get("countries", ())
    context = frozenset(countries) | page.countries | frozenset(map(str, own))
    context |= {home.row.country} if home is not None and home.row.country else set()
    datelines = in_datelines(page, context)
    context |= {m.place.country for m in datelines.values() if m.place.country}
    countries_here = page.layered["country"]
    for sentence in page.sentences:
        i = sentence.i
        while i < sentence.j:
            mention = None
            may = page.may_name(i) or i in countries_here or page.norms[i] in ARTICLES or passed(page, i)
            if may and i not in taken:
                mention = place_at(page, sentence, i, found, context)
            if mention is None:
                i += 1
                continue
            found[mention.i] = mention
            i = mention.j
    for i, row in settle_namesakes(page, found, home, context).items():
        found[i] = instead(page, found[i], row)
    return found | unlocated(page, taken, found) | datelines


def instead(page: Page, mention: PlaceMention, row: PlaceRow) -> PlaceMention:
    """The mention with another place of its name."""
    if row.id == mention.place.id:
        return mention
    rows = page.vocabulary.gazetteer.named(" ".join(page.norms[mention.i : mention.j]))
    chosen = mention_of(page, (mention.i, mention.j), row, rows, Support(mention.cue, None, False))
    return chosen._replace(rule=mention.rule)


def in_datelines(page: Page, context: frozenset[str]) -> dict[int, PlaceMention]:
    """The places that reports were written from: kept in the layer, never a place of events."""
    found: dict[int, PlaceMention] = {}
    for block in page.blocks:
        if block.kind in ("paragraph", "dateline") and block.text_start > block.start:
            i, j = page.between(block.start, block.text_start)
            while i < j:
                mention = from_dateline(page, i, j, context)
                if mention is not None:
                    found[i] = mention
                i = mention.j if mention is not None else i + 1
    return found


def from_dateline(page: Page, i: int, end: int, context: frozenset[str]) -> PlaceMention | None:
    """The place whose name begins at token i of a dateline."""
    if not page.capital(i):
        return None
    support = Support("dateline", None, False)
    return longest_believed(page, i, range(name_end(page, i, end), i, -1), context, lambda j: support)


def longest_believed(
    page: Page, i: int, ends: range, context: frozenset[str], support_at: Callable[[int], Support]
) -> PlaceMention | None:
    """The place of the first of these ends of a name at token i that a list has and that is believed."""
    for j in ends:
        rows = page.vocabulary.gazetteer.named(" ".join(page.norms[i:j]))
        if rows and (row := believed(page, (i, j), rows, support_at(j), context)) is not None:
            return mention_of(page, (i, j), row, rows, support_at(j))
    return None


def unlocated(page: Page, taken: set[int], found: dict[int, PlaceMention]) -> dict[int, PlaceMention]:
    """Places the gazetteer lacks: a name after a word of place, with its sort or a known place after it.

    "in Samboora, near Pampore", "Charsu village": they keep their words, and have no coordinates.
    """
    named: dict[int, PlaceMention] = {}
    inside = {k for m in found.values() for k in range(m.i, m.j)} | taken
    for sentence in page.sentences:
        for i in range(sentence.i + 1, sentence.j):
            if i in inside or not page.capitals[i] or i in page.hits or i - 1 in named:
                continue
            j = name_end(page, i, sentence.j)
            if any(k in inside for k in range(i, j)) or not page.capital(j - 1):
                continue
            if cue_before(page, i) is None and (page.norms[i] in page.surnames or not sorted_here(page, i, j)):
                continue
            if (mention := without_point(page, i, j, found)) is not None:
                named[i] = mention
    return named


def without_point(page: Page, i: int, j: int, found: dict[int, PlaceMention]) -> PlaceMention | None:
    """A place of words alone, its country that of the known place after it."""
    kind = page.form(j, "place_type") if j < len(page.norms) else None
    if kind is None and i and page.vocabulary.head_first and not in_role(page, i):
        kind = page.form(i - 1, "place_type")  # "Desa Kampal"
    after = place_after(page, j, found)
    beside = after is not None and j < len(page.norms) and page.norms[j] in (",", "(")
    sort = kind is not None or sorted_here(page, i, j)
    joined = beside or sort or country_after(page, j) is not None or set_in(page, i, j)
    if not joined:
        return None
    name = page.span(i, j).text
    country = after.place.country if after is not None else only_country(page)
    level = kind[1].value if kind is not None else "village"
    admin1 = (after.place.admin1, after.place.admin1_id) if after is not None else (None, None)
    cue = cue_before(page, i)
    point = (after.place.lat, after.place.lon) if beside and after is not None and is_spot(after) else (None, None)
    near = "near" if cue == "near" or point[0] is not None else "exact"
    within = after.place.geonames_id if point[0] is not None and after is not None and after.cue != "near" else None
    id = -1 - crc32(fold(name).encode())
    place = Place(name, id, None, country, *admin1, *point, level, near, within=within)
    return PlaceMention(i, j, place, "reading/places:unlocated", cue)


def is_spot(mention: PlaceMention) -> bool:
    """Whether a place is small enough for what lies in it or beside it to take its point."""
    return mention.place.listed and mention.place.level in ("city", "village", "admin2", "site")


def sort_after(page: Page, j: int) -> bool:
    """Whether a word for a sort of place stands at token j: "district", "market", "junction"."""
    if j >= len(page.norms) or page.vocabulary.head_first or page.gap(j) != " ":
        return False
    return page.form(j, "place_type") is not None or page.norms[j] in page.vocabulary.site_words


def sorted_here(page: Page, i: int, j: int) -> bool:
    """Whether a word for a sort of place ends a name or follows it: "Istiklal Street", "Zahra district"."""
    return sort_after(page, j) or (j - i > 1 and sort_after(page, j - 1))


def place_after(page: Page, j: int, found: dict[int, PlaceMention]) -> PlaceMention | None:
    """The known place that a name is told beside: "Dalori, 12 kilometres from Maiduguri"."""
    near = next((found[k] for k in range(j, j + 5) if k in found), None)
    if near is not None or j >= len(page.norms) or page.norms[j] != ",":
        return near
    for k in range(j + 1, min(j + FAR, len(page.norms))):
        if page.norms[k] in (".", ";", ",") or k in page.openings:
            return None
        if k in found:
            return found[k] if cue_before(page, k) == "near" else None
    return None


def set_in(page: Page, i: int, j: int) -> bool:
    """Whether "in" or "near" stands just before an unknown name, which nothing goes on from: "in Latifiyah"."""
    sorted_of = i > 1 and page.function(i - 1, "of") is not None and page.form(i - 2, "place_type") is not None
    cue = cue_before(page, i) in page.vocabulary.data["places"].get("sets_in", ())
    if page.shouted or page.small or not (cue or sorted_of):
        return False
    if sorted_of and page.norms[i] not in page.surnames:
        return True  # "the village of Qaa near the border"
    word = page.text[page.tokens.starts[i] : page.tokens.ends[j - 1]]
    after = page.norms[j] if j < len(page.norms) else "."
    closed = not after[0].isalnum() or (page.function(j, *CLOSERS) is not None and not page.capital(j))
    return closed and len(word) > 3 and not word.isupper() and page.norms[i] not in page.surnames


CLOSERS = ("and", "after", "while", "with", "for", "by", "on", "that", "relative", "when", "in", "to", "before")


def in_role(page: Page, i: int) -> bool:
    """Whether the word before token i belongs to a role: "Wali Kota Budi" is no town of Budi."""
    return any(k >= 0 and (role := page.form(k, "roles")) and role[0] >= i for k in (i - 1, i - 2, i - 3))


def only_country(page: Page) -> str | None:
    """The country a page is about, where it names but one."""
    named = page.countries
    return min(named) if len(named) == 1 else None


def place_at(
    page: Page, sentence: Sentence, i: int, found: dict[int, PlaceMention], context: frozenset[str]
) -> PlaceMention | None:
    """The place whose name begins at token i, if one is believed."""
    if (whole := capital_of(page, i) or province_at(page, sentence, i) or area_at(page, sentence, i)) is not None:
        return whole
    country = page.form(i, "country")
    if country and not longer_actor(page, i, country[0]):
        ends = range(name_end(page, i, sentence.j), country[0], -1)  # "Guatemala City"
        longer = longest_believed(page, i, ends, context, lambda j: support_of(page, sentence, i, j, found))
        return longer or country_mention(page, i, *country)
    if not page.may_name(i) and not (page.norms[i] in ARTICLES and i + 1 < sentence.j and page.capital(i + 1)):
        return None
    for j in range(name_end(page, i, sentence.j), i, -1):
        if goes_on_hyphened(page, j):
            continue
        if not page.may_name(j - 1) or longer_actor(page, i, j) or (j == i + 1 and only_a_word(page, i)):
            continue
        if is_acronym(page, j - 1):
            continue
        rows = page.vocabulary.gazetteer.named(" ".join(page.norms[i:j]))
        if not rows and page.norms[i] not in ARTICLES and not maybe_near(page, i):
            continue  # no list has it, and no other spelling is worth looking for
        support = support_of(page, sentence, i, j, found)
        if (told := in_short_province(page, j, rows)) is not None:
            return mention_of(page, (i, j), told, rows, support)
        rows = rows or spelled(page, i, j, support, context)
        if rows:
            row = believed(page, (i, j), rows, support, context)
            if row is not None:
                return mention_of(page, (i, j), row, rows, support)
    return None


def maybe_near(page: Page, i: int) -> bool:
    """Whether a word such as "near" stands a little before token i, so that misspelt names are looked for."""
    near = page.layered["place_near"]
    return any(k in near for k in range(max(0, i - 4), i))


def goes_on_hyphened(page: Page, j: int) -> bool:
    """Whether a name is but the first half of one with a hyphen: "Pont-Sonde" is no Pont."""
    if j >= len(page.norms) or page.gap(j) != "-" or not page.capital(j):
        return False
    return not page.vocabulary.gazetteer.has(page.norms[j])


def capital_of(page: Page, i: int) -> PlaceMention | None:
    """The country of "the Afghan capital", "Syrian territory": where in it is not said."""
    people = page.form(i, "demonym")
    if people is None or people[0] >= len(page.norms):
        return None
    if page.norms[people[0]] not in page.vocabulary.data["places"].get("parts_of_country", ()):
        return None
    return country_mention(page, i, people[0] + 1, people[1])


def province_at(page: Page, sentence: Sentence, i: int) -> PlaceMention | None:
    """The province that is written short after a town: "Paris, Ill."."""
    told = short_province(page, i) if i > sentence.i + 1 and page.capital(i - 2) else None
    if told is None:
        return None
    rows = page.vocabulary.gazetteer.named(fold(told[1]))
    row = next((r for r in rows if r.level == "admin1" and r.country == told[0]), None)
    return None if row is None else mention_of(page, (i, i + 1), row, (row,), Support(None, None, True))


def in_short_province(page: Page, j: int, rows: tuple[PlaceRow, ...]) -> PlaceRow | None:
    """The largest of these places in the province that is written short after a comma at token j."""
    told = short_province(page, j + 1) if rows else None
    if told is None:
        return None
    above = page.vocabulary.gazetteer.named(fold(told[1]))
    province = next((r for r in above if r.level == "admin1" and r.country == told[0]), None)
    return next((r for r in rows if province is not None and r.admin1 == province.id and r is not province), None)


def area_at(page: Page, sentence: Sentence, i: int) -> PlaceMention | None:
    """The part of a country or territory that begins at token i: "southern Lebanon", "Gaza utara"."""
    opens = passed(page, i) and i + 1 < sentence.j and page.may_name(i + 1)
    if not opens and not (page.may_name(i) and page.vocabulary.head_first):
        return None
    end = name_end(page, i + opens, sentence.j)
    if not opens and end < sentence.j and passed(page, end):
        end = min(sentence.j, end + 2)  # "Gaza bagian utara", "Suriah timur laut"
    for j in range(end, i + 1, -1):
        rows = page.vocabulary.gazetteer.named(" ".join(page.norms[i:j]))
        area = next((r for r in rows if r.level == "region" and not goes_on_hyphened(page, j)), None)
        if area is not None:
            return mention_of(page, (i, j), area, (area,), Support(cue_before(page, i), None, False))
    return None


def only_a_word(page: Page, i: int) -> bool:
    """Whether token i is a word for a sort of place or a direction, and no name by itself."""
    return passed(page, i) or page.form(i, "place_type") is not None or page.norms[i] in page.vocabulary.site_words


def spelled(page: Page, i: int, j: int, support: Support, context: frozenset[str]) -> tuple[PlaceRow, ...]:
    """The places of a name with another Arabic article, or, after "near", almost so spelled."""
    gazetteer, norms = page.vocabulary.gazetteer, page.norms[i:j]
    if len(norms) < 2 and support.cue is None:
        return ()
    if norms[0] in ARTICLES and len(norms) > 1:
        for article in ("", *sorted(ARTICLES)):
            name = " ".join([article, *norms[1:]] if article else norms[1:])
            rows = tuple(r for r in gazetteer.named(name) if r.country in context)
            if rows:
                return rows
    ends = page.text[page.tokens.ends[j - 1] : page.tokens.ends[j - 1] + 1] in (",", ".", ":", "")
    if support.cue == "near" and ends:
        return tuple(r for r in gazetteer.almost(" ".join(norms)) if r.country in context)
    return ()


def country_mention(page: Page, i: int, j: int, form: object) -> PlaceMention | None:
    """A country by a name of this language's list."""
    code = getattr(form, "value", "")
    row = page.vocabulary.gazetteer.country(code)
    if row is None:
        return None
    cue = cue_before(page, i)
    return PlaceMention(i, j, place_of(page, row, (), cue), getattr(form, "rule", ""), cue)


def longer_actor(page: Page, i: int, j: int) -> bool:
    """Whether an actor's name begins here and reaches as far: "Israeli army", "Papua police"."""
    found = page.form(i, "actor")
    return found is not None and found[0] >= j


def name_end(page: Page, i: int, end: int) -> int:
    """Where the longest name that begins at token i can end: capitals, small particles only inside, no stops."""
    k = i
    while k < min(i + LONGEST, end):
        norm = page.norms[k]
        if not norm[0].isalpha() or (k > i and page.gap(k).strip(" -'’") != ""):
            break
        if (not page.may_name(k) and norm not in SMALL_WORDS) or (page.shouted and k in page.functions):
            break
        k += 1
    return k


def mention_of(
    page: Page, where: tuple[int, int], row: PlaceRow, rows: tuple[PlaceRow, ...], support: Support
) -> PlaceMention:
    """The chosen place with its rivals."""
    rivals = tuple(f"{r.name}, {r.country or '-'} ({r.level})" for r in rows if r is not row)[:5]
    return PlaceMention(*where, place_of(page, row, rivals, support.cue), "registers/places:name", support.cue)


def place_of(page: Page, row: PlaceRow, rivals: tuple[str, ...], cue: str | None) -> Place:
    """A gazetteer row as a claim holds it."""
    above = page.vocabulary.gazetteer.by_id(row.admin1) if row.admin1 else None
    near = "near" if cue == "near" else "exact"
    return Place(
        row.name, row.id, row.geonames_id, row.country, None if above is None else above.name, row.admin1,
        row.lat, row.lon, row.level, near, rivals,
    )  # fmt: skip
