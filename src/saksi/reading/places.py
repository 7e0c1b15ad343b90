"""Place names with their rivals: looked up at capitals only, and believed only with support.

A name is believed when a word of place stands beside it ("in", "kota", "province"), when it goes on
from a place ("Andar district, Ghazni"), or when many people live there. Ordinary words that are also
place names ("Hit", "Tank") need such a word and a country of the context as well. Of several places
of one name, the country of the context, the level named beside it and the population decide.
"""

from __future__ import annotations

import math
from typing import NamedTuple
from zlib import crc32

from saksi.reading.page import Page, Sentence
from saksi.reading.values import Place
from saksi.registers.places.folding import fold
from saksi.registers.places.gazetteer import PlaceRow

LONGEST = 4
ARTICLES = frozenset(("al", "ar", "as", "ad", "an", "at", "az", "ash", "el", "ez"))
LARGE = 100_000  # a town of so many people is believed without a word of place beside it
SMALL_WORDS = frozenset(
    ("al", "el", "az", "ar", "as", "ad", "an", "ez", "ash", "at", "e", "i", "de", "la", "del", "ul")
)
TYPE_FIT, CONTEXT_FIT, OWN, UNPLACED = 4.0, 4.0, 2.0, 3.0


class PlaceMention(NamedTuple):
    """A place at tokens [i, j); `cue` is the word of place before it, `near` whether it is "near"."""

    i: int
    j: int
    place: Place
    rule: str
    cue: str | None


class Support(NamedTuple):
    """What around a name speaks for a place."""

    cue: str | None
    level: str | None
    follows_place: bool

    @property
    def any(self) -> bool:
        """Whether anything does."""
        return bool(self.cue or self.level or self.follows_place)


def read_places(page: Page, taken: set[int], countries: tuple[str, ...]) -> dict[int, PlaceMention]:
    """All places by their first token. `countries` is the context, most likely first."""
    found: dict[int, PlaceMention] = {}
    home = page.vocabulary.data["language"].get("countries", ())
    context = frozenset(countries) | countries_named(page) | frozenset(map(str, home))
    countries_here = page.layered["country"]
    for sentence in page.sentences:
        i = sentence.i
        while i < sentence.j:
            mention = None
            may = page.capitals[i] or i in countries_here or page.norms[i] in ARTICLES
            if may and i not in taken:
                mention = place_at(page, sentence, i, found, context)
            if mention is None:
                i += 1
                continue
            found[mention.i] = mention
            i = mention.j
    return found | unlocated(page, taken, found)


def unlocated(page: Page, taken: set[int], found: dict[int, PlaceMention]) -> dict[int, PlaceMention]:
    """Places the gazetteer lacks: a name after a word of place, with its sort or a known place after it.

    "in Samboora, near Pampore", "Charsu village": they keep their words, and have no coordinates.
    """
    named: dict[int, PlaceMention] = {}
    inside = {k for m in found.values() for k in range(m.i, m.j)} | taken
    for sentence in page.sentences:
        for i in range(sentence.i + 1, sentence.j):
            if i in inside or not page.capitals[i] or i in page.hits or cue_before(page, i) is None:
                continue
            j = name_end(page, i, sentence.j)
            if any(k in inside for k in range(i, j)) or not page.capital(j - 1):
                continue
            if (mention := without_point(page, i, j, found)) is not None:
                named[i] = mention
    return named


def without_point(page: Page, i: int, j: int, found: dict[int, PlaceMention]) -> PlaceMention | None:
    """A place of words alone, its country that of the known place after it."""
    kind = page.form(j, "place_type") if j < len(page.norms) else None
    after = next((found[k] for k in range(j, j + 5) if k in found), None)
    beside = after is not None and j < len(page.norms) and page.norms[j] in (",", "(")
    joined = beside or kind is not None or country_after(page, j) is not None
    if not joined:
        return None
    name = page.span(i, j).text
    country = after.place.country if after is not None else None
    level = kind[1].value if kind is not None else "village"
    admin1 = (after.place.admin1, after.place.admin1_id) if after is not None else (None, None)
    cue = cue_before(page, i)
    near = "near" if cue == "near" else "exact"
    place = Place(name, -crc32(fold(name).encode()), None, country, *admin1, None, None, level, near)
    return PlaceMention(i, j, place, "reading/places:unlocated", cue)


def countries_named(page: Page) -> frozenset[str]:
    """The countries a page names, by name, adjective, or through an actor that belongs to one."""
    named = set()
    for hits in page.hits.values():
        for hit in hits:
            for form in hit.forms:
                if form.layer in ("country", "demonym"):
                    named.add(form.value)
                elif form.layer == "actor":
                    named.add(page.vocabulary.registers.actors[form.value].country or "")
    return frozenset(named - {""})


def place_at(
    page: Page, sentence: Sentence, i: int, found: dict[int, PlaceMention], context: frozenset[str]
) -> PlaceMention | None:
    """The place whose name begins at token i, if one is believed."""
    country = page.form(i, "country")
    if country and not longer_actor(page, i, country[0]):
        longer = None
        if name_end(page, i, sentence.j) > country[0]:  # "Guatemala City"
            longer = longer_name(page, sentence, i, country[0], (found, context))
        return longer or country_mention(page, i, *country)
    if not page.capital(i) and not (page.norms[i] in ARTICLES and i + 1 < sentence.j and page.capital(i + 1)):
        return None
    for j in range(name_end(page, i, sentence.j), i, -1):
        if not page.capital(j - 1) or longer_actor(page, i, j) or (j == i + 1 and only_a_word(page, i)):
            continue
        rows = page.vocabulary.gazetteer.named(" ".join(page.norms[i:j]))
        support = support_of(page, sentence, i, j, found)
        rows = rows or spelled(page, i, j, support, context)
        if rows:
            row = believed(page, (i, j), rows, support, context)
            if row is not None:
                return mention_of(page, (i, j), row, rows, support)
    return None


def longer_name(
    page: Page, sentence: Sentence, i: int, shortest: int, known: tuple[dict[int, PlaceMention], frozenset[str]]
) -> PlaceMention | None:
    """The place whose name begins with a country's and goes on."""
    found, context = known
    for j in range(name_end(page, i, sentence.j), shortest, -1):
        rows = page.vocabulary.gazetteer.named(" ".join(page.norms[i:j]))
        support = support_of(page, sentence, i, j, found)
        if rows and (row := believed(page, (i, j), rows, support, context)) is not None:
            return mention_of(page, (i, j), row, rows, support)
    return None


def passed(page: Page, i: int) -> bool:
    """Whether token i is a word between a word of place and the name: "in northern Burkina Faso"."""
    return page.norms[i] in page.vocabulary.data["places"].get("passed", ())


def only_a_word(page: Page, i: int) -> bool:
    """Whether token i is a word for a sort of place or a direction, and no name by itself."""
    return passed(page, i) or page.form(i, "place_type") is not None


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
        if not page.capital(k) and norm not in SMALL_WORDS:
            break
        k += 1
    return k


def support_of(page: Page, sentence: Sentence, i: int, j: int, found: dict[int, PlaceMention]) -> Support:
    """The words around tokens [i, j) that speak for a place."""
    types = page.form(j, "place_type") if j < sentence.j else None
    level = types[1].value if types else None
    if level is None and i > sentence.i and (before := page.form(i - 1, "place_type")):
        level = before[1].value
    follows = follows_place(page, i, found) or follows_village(page, i) or named_before(page, (i, j), found)
    return Support(cue_before(page, i), level, follows)


def cue_before(page: Page, i: int) -> str | None:
    """The word of place before token i; "near" where the words say so. "northern" and "the" are passed."""
    while i and passed(page, i - 1):
        i -= 1
    for back in (3, 2, 1):
        if i - back >= 0 and (near := page.form(i - back, "place_near")) and near[0] == i:
            return "near"
    for back in (3, 2, 1):
        if i - back >= 0 and (cue := page.form(i - back, "place_cue")) and cue[0] == i:
            return page.norms[i - 1]
    if i and page.form(i - 1, "place_type"):
        return cue_before(page, i - 1) or page.norms[i - 1]
    return None


def follows_place(page: Page, i: int, found: dict[int, PlaceMention]) -> bool:
    """Whether a place ends just before, with a comma, a bracket or "and" between."""
    near = (found[k] for k in range(max(0, i - 5), i) if k in found)
    return any(p.j < i <= p.j + 2 and between_places(page, p.j, i) for p in near)


def follows_village(page: Page, i: int) -> bool:
    """Whether a name of a sort of place that no list has ends just before: "Distrik Serambakon, ..."."""
    k = i - 1
    if k < 1 or page.norms[k] != ",":
        return False
    while k and page.capital(k - 1) and page.form(k - 1, "place_type") is None:
        k -= 1
    return 0 < k < i - 1 and page.form(k - 1, "place_type") is not None


def named_before(page: Page, where: tuple[int, int], found: dict[int, PlaceMention]) -> bool:
    """Whether a name of two words or more was read as a place earlier on the page."""
    i, j = where
    return j - i > 1 and any(page.norms[m.i : m.j] == page.norms[i:j] for m in found.values())


def country_after(page: Page, j: int) -> str | None:
    """The country a name is said to lie in: "Solhan in northern Burkina Faso"."""
    k = page.function(j, "in") if j < len(page.norms) else None
    while k is not None and k < len(page.norms) and passed(page, k):
        k += 1
    if k is None or k >= len(page.norms):
        return None
    form = page.form(k, "country")
    if form is not None:
        return getattr(form[1], "value", None)
    rows = (row for n in (3, 2, 1) for row in page.vocabulary.gazetteer.named(" ".join(page.norms[k : k + n])))
    return next((row.country for row in rows if row.level == "country"), None)


def between_places(page: Page, i: int, j: int) -> bool:
    """Whether tokens [i, j) only join places."""
    joins = (",", "(", "/")
    return all(page.norms[k] in joins or page.function(k, "and") or page.form(k, "place_type") for k in range(i, j))


def believed(
    page: Page,
    where: tuple[int, int],
    rows: tuple[PlaceRow, ...],
    support: Support,
    context: frozenset[str],
) -> PlaceRow | None:
    """The best place of a name, or None where too little speaks for any."""
    i, j = where
    best = max(rows, key=lambda row: score(row, support, context))
    known = best.country in context or best.country is None
    if not known and country_after(page, j) not in (None, best.country):
        return None
    doubtful = j - i == 1 and (page.norms[i] in page.vocabulary.not_places or len(page.norms[i]) < 3)
    if doubtful:
        return best if support.any and known and not first_word(page, i) else None
    if after_title(page, i) or (j - i == 1 and inside_name(page, i, j)):
        return None
    if support.cue or support.level or (support.follows_place and known):
        if not known and support.level not in (None, best.level):
            return None  # "Desa Astina" is no city abroad
        alone = len({row.country for row in rows}) == 1
        return best if known or alone or best.population >= 20_000 or support.level else None
    return best if best.population >= LARGE and (known or not context) else None


def score(row: PlaceRow, support: Support, context: frozenset[str]) -> float:
    """How much speaks for one place of a name."""
    points = math.log10(row.population + 1) / 2
    points -= UNPLACED * (row.lat is None)
    points += CONTEXT_FIT * (row.country in context) + OWN * (row.geonames_id is None)
    points += TYPE_FIT * (support.level == row.level) + 0.5 * (row.level in ("city", "country"))
    return points


def inside_name(page: Page, i: int, j: int) -> bool:
    """Whether the name goes on after the place, so that it is an office or a house: "Bank of Ceylon Building"."""
    if j >= len(page.norms) or not page.capital(j) or page.gap(j) != " ":
        return False
    block = next((b for b in page.blocks if b.start <= page.tokens.starts[i] < b.end), None)
    titled = block is not None and block.kind in ("headline", "heading")
    return not titled and not page.form(j, "place_type", "time_cue", "country", "demonym", "actor", "time_word")


def first_word(page: Page, i: int) -> bool:
    """Whether token i opens its sentence, where a capital says nothing."""
    return i in page.openings


def after_title(page: Page, i: int) -> bool:
    """Whether a title or a first name stands before token i, so that it is a person's name."""
    if i == 0:
        return False
    return page.form(i - 1, "titles") is not None and page.gap(i).strip(" .") == ""


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
