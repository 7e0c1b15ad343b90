"""Names that no list has and that are places all the same, where the words around them say so.

"in Samboora, near Pampore", "Charsu village", "the Syrian town of Khasham": they keep their words, and have no point of
their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from zlib import crc32

from saksi.reading.mentions.belief import (
    PlaceMention,
    after_title,
    base_after,
    country_after,
    cue_before,
    is_direction,
    land_of_all,
    passed,
)
from saksi.reading.mentions.described import explained, measured, sort_of_list
from saksi.reading.pages.page import Page
from saksi.reading.values import Place
from saksi.registers.places.folding import fold

LONGEST = 4
SHORT = 3  # letters; a name of so few is seldom read where nothing says that it is a place
SMALL_WORDS = frozenset(
    ("al", "el", "az", "ar", "as", "ad", "an", "ez", "ash", "at", "e", "i", "de", "la", "del", "ul", "es")
)
TOWNS = frozenset(("city", "village", "admin2"))
SEVERAL = 2  # towns that tell which country a page is about
BEFORE = 4  # words between a people and the name of its town: "the Syrian border town of"
OWNER = ("'S", "’S")  # "THE HARBOUR'S GATE"
FAR = 12  # tokens between a name and the known place that it is told to lie near


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
            if page.norms[i] in page.vocabulary.not_places and only_words(page, i, j):
                continue  # "wrote on Telegram", "police of the Autonomous Region"
            if (page.shouted and not sets_name(page, i, j)) or after_title(page, i):
                continue  # "THE SAME AREA", "TO OPERATE IN PERU", "General Azeez barracks"
            if any(k in inside for k in range(i, j)) or not page.capitals[j - 1]:
                continue
            if cue_before(page, i) is None and not called_place(page, i, j):
                continue
            if not shortens(page, i, j) and (mention := without_point(page, i, j, found)) is not None:
                named[i] = mention
    return {m.i: m for m in again(page, named, inside)} | named


def called_place(page: Page, i: int, j: int) -> bool:
    """Whether a name is one of a place without a word of place before it: by what ends it, or stands behind it."""
    if sort_of_list(page, i, j) is not None:
        return True
    return page.norms[i] not in page.surnames and told_as_place(page, i, j)


def told_as_place(page: Page, i: int, j: int) -> bool:
    """Whether its own last word, a site before it or the words behind it make a name that of a place."""
    return sorted_here(page, i, j) or explained(page, j) or measured(page, j) or behind_site(page, i)


def behind_site(page: Page, i: int) -> bool:
    """Whether a site behind a word of place bears the name that begins at token i: "di penjara Evin"."""
    if not page.vocabulary.head_first or i < 2 or page.capitals[i - 1] or page.word(i).isupper():
        return False
    return page.norms[i - 1] in page.vocabulary.site_words and cue_before(page, i - 1) is not None


def shortens(page: Page, i: int, j: int) -> bool:
    """Whether the page says in brackets that a word is short for another name: "Badan Metro Raya (Bamera)"."""
    if j - i > 1:
        return False
    brackets = (k for k in page.places_of_words[page.norms[i]] if k > 1 and page.norms[k - 1] == "(")
    return any(page.capitals[k - 2] and page.norms[k + 1 : k + 2] == [")"] for k in brackets)


def again(page: Page, named: dict[int, PlaceMention], inside: set[int]) -> Iterator[PlaceMention]:
    """The names of those places where the page names them once more without saying so: "captured Kumbe"."""
    spoken = {k for m in named.values() for k in range(m.i, m.j)} | inside
    for name, first in {tuple(page.norms[m.i : m.j]): m for m in named.values()}.items():
        if page.shouted or (len(name) == 1 and (len(name[0]) <= SHORT or name[0] in page.surnames)):
            continue
        for i in page.places_of_words[name[0]]:
            j = i + len(name)
            if i in spoken or tuple(page.norms[i:j]) != name or name_end(page, i, len(page.norms)) != j:
                continue
            inner = i and page.gap(i) == " " and (page.capitals[i - 1] or page.function(i - 1, "article", "determiner"))
            if page.capitals[i] and i not in page.hits and not inner and not page.block_at(i).titled:
                yield first._replace(i=i, j=j, cue=cue_before(page, i), rule="reading/places:named-again")


def only_words(page: Page, i: int, j: int) -> bool:
    """Whether what stands behind the first, ordinary word of a name makes it none: nothing, a sort of place, a word.

    "Green Zone" and "North West" are names all the same.
    """
    if j == i + 2 and page.form(j - 1, "place_type") is not None:
        return True
    sorts = page.vocabulary.site_words
    plain = all(norm in page.vocabulary.not_places and norm not in sorts for norm in page.norms[i + 1 : j])
    return plain and (j == i + 1 or not is_direction(page, i, j))


def sets_name(page: Page, i: int, j: int) -> bool:
    """Whether words may be a name where all are capitals: none of them is a common word, bar the sort of the place."""
    named = j - 1 if j - i > 1 and sort_after(page, j - 1) else j
    if named >= len(page.norms) or any(common(page, k) for k in range(i, named)):
        return False
    one = sort_after(page, named) and not page.norms[named].endswith("s")  # "THE LETTER STATES"
    return one or page.norms[named] in (",", "(")


def common(page: Page, i: int) -> bool:
    """Whether a word of a text that is all capitals is no name: one that is known, or made as common words are."""
    word, words = page.norms[i], page.vocabulary.data["places"].get("common_words", ())
    if word in SMALL_WORDS:
        return False
    known = word in words or word in page.vocabulary.not_places or page.word(i)[-2:] in OWNER
    told = any(hit.j > i for k in (i - 2, i - 1, i) for hit in page.hits.get(k, ()))
    return known or told or page.ends_so(i, "describing_endings") or page.ends_so(i, "common_endings")


def without_point(page: Page, i: int, j: int, found: dict[int, PlaceMention]) -> PlaceMention | None:
    """A place of words alone, its country that of the known place after it."""
    kind = page.form(j, "place_type") if j < len(page.norms) else None
    if kind is None and i and page.vocabulary.head_first and not in_role(page, i):
        kind = page.form(i - 1, "place_type")  # "Desa Kampal"
    after = place_after(page, j, found)
    beside = after is not None and j < len(page.norms) and page.norms[j] in (",", "(")
    listed = sort_of_list(page, i, j)
    sort = kind is not None or listed is not None or told_as_place(page, i, j)
    joined = beside or sort or country_after(page, j) is not None or set_in(page, i, j)
    if not joined:
        return None
    name = page.span(i, j).text
    beside_it = people_before(page, i) or country_of_town(page, name)
    country = after.place.country if after is not None else beside_it or only_country(page, found)
    level = kind[1].value if kind is not None else listed or "village"
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
    beside = next((k for k in range(j, j + 5) if k in found and not base_after(page, found[k].j)), None)
    if beside is not None and borders_on(page, j, beside):
        return None
    near = found[beside] if beside is not None else None
    if near is not None or j >= len(page.norms) or page.norms[j] != ",":
        return near
    for k in range(j + 1, min(j + FAR, len(page.norms))):
        if page.norms[k] in (".", ";", ",") or k in page.openings:
            return None
        if k in found:
            return found[k] if cue_before(page, k) == "near" else None
    return None


def borders_on(page: Page, j: int, k: int) -> bool:
    """Whether a word for a border stands between a name and a place: "near the border with Syria" is not in Syria."""
    words = page.vocabulary.data["places"].get("borders", ())
    return any(page.any_before(n, words) for n in range(j + 1, k + 1))


def set_in(page: Page, i: int, j: int) -> bool:
    """Whether "in" or "near" stands just before an unknown name, which nothing goes on from: "in Latifiyah"."""
    if i in page.hyphened:
        return False  # "the Officer-in-Charge"
    sorted_of = i > 1 and page.function(i - 1, "of") is not None and page.form(i - 2, "place_type") is not None
    cue = cue_before(page, i) in page.vocabulary.data["places"].get("sets_in", ())
    if page.shouted or page.small or not (cue or sorted_of) or only_here(page, i, j):
        return False
    if page.function(i - 1, "article") is not None and not is_direction(page, i, j):
        return False  # "in the Senate", but "in the North East"
    if sorted_of and page.norms[i] not in page.surnames:
        return True  # "the village of Qaa near the border"
    word = page.text[page.tokens.starts[i] : page.tokens.ends[j - 1]]
    after = page.norms[j] if j < len(page.norms) else "."
    goes_on = page.function(j, *CLOSERS) is not None or j in page.verbs
    closed = not after[0].isalnum() or (goes_on and not page.capitals[j])
    return closed and len(word) > 3 and not word.isupper() and page.norms[i] not in page.surnames


def only_here(page: Page, i: int, j: int) -> bool:
    """Whether a name stands in a title alone, where all words have capitals: "Shot in Parking Lot"."""
    if not page.block_at(i).titled:
        return False
    again = (k for k in page.places_of_words[page.norms[i]] if page.norms[k : k + j - i] == page.norms[i:j])
    return not any(page.capitals[k] and not page.block_at(k).titled for k in again)


CLOSERS = ("and", "after", "while", "with", "for", "by", "on", "that", "relative", "when", "in", "to", "before")


def in_role(page: Page, i: int) -> bool:
    """Whether the word before token i belongs to a role: "Wali Kota Budi" is no town of Budi."""
    return any(k >= 0 and (role := page.form(k, "roles")) and role[0] >= i for k in (i - 1, i - 2, i - 3))


def people_before(page: Page, i: int) -> str | None:
    """The country of a people named just before a sort of place: "the eastern Syrian town of Khasham"."""
    for k in range(i - 1, max(-1, i - 1 - BEFORE), -1):
        demonym = page.form(k, "demonym")
        if demonym is not None:
            return str(demonym[1].value)
        if page.form(k, "place_type") is None and page.function(k, "of") is None and not passed(page, k):
            return None
    return None


def country_of_town(page: Page, name: str) -> str | None:
    """The country of a large town that a bay, a camp or a road is named after: "Teluk Guantanamo" lies in Cuba."""
    return land_of_all(page.vocabulary.gazetteer.named(fold(name)))


def only_country(page: Page, found: dict[int, PlaceMention]) -> str | None:
    """The country a page is about, where it names but one: that one, or where all its known towns lie elsewhere.

    A local paper tells of Teknaf and Cox's Bazar and names Myanmar, over the border, alone.
    """
    named = page.countries
    if len(named) > 1:
        return None
    towns = {m.place.id: m.place.country for m in found.values() if m.place.level in TOWNS and m.place.listed}
    lands = Counter(country for country in towns.values() if country is not None)
    most = max(sorted(lands), key=lambda land: lands[land], default="")
    about = lands[most] >= SEVERAL and 2 * lands[most] > len(towns) and named.isdisjoint(lands)
    return most if about else min((land for land in named if land), default=None)


def name_end(page: Page, i: int, end: int) -> int:
    """Where the longest name that begins at token i can end: capitals, small particles only inside, no stops."""
    k, last = i, min(i + LONGEST, end)
    naming = page.naming
    while k < last and (naming[k] or page.norms[k] in SMALL_WORDS or inside_hyphens(page, k)):
        if not page.norms[k][0].isalpha() or (k > i and page.gap(k).strip(" -'’") != ""):
            break
        if page.shouted and k in page.functions:
            break
        k += 1
    return k


def inside_hyphens(page: Page, k: int) -> bool:
    """Whether a small word stands between hyphens, within a name: "Croix-des-Bouquets"."""
    return k in page.hyphened and k + 1 in page.hyphened
