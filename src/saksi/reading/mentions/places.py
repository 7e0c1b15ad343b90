"""Place names with their rivals: looked up at capitals only, and believed only with support.

What makes a name believed stands in reading/mentions/belief.py. A name that no list has is still a place
where the words around it say so; it keeps its words and has no coordinates.
"""

from __future__ import annotations

from collections.abc import Callable

from saksi.reading.mentions.belief import (
    PlaceMention,
    PlacesSoFar,
    Support,
    base_after,
    believed,
    cue_before,
    is_acronym,
    passed,
    short_province,
    support_of,
)
from saksi.reading.mentions.home import Home
from saksi.reading.mentions.namesakes import settle_namesakes, strangers
from saksi.reading.mentions.unlisted import name_end, unlocated
from saksi.reading.pages.page import Page, Sentence
from saksi.reading.values import Place
from saksi.registers.places.folding import fold
from saksi.registers.places.gazetteer import PlaceRow

HYPHENS = ("-", "‑", "–")
ARTICLES = frozenset(("al", "ar", "as", "ad", "an", "at", "az", "ash", "el", "ez"))


def read_places(
    page: Page, taken: set[int], countries: tuple[str, ...], home: Home | None = None
) -> dict[int, PlaceMention]:
    """All places by their first token. `countries` is the context, most likely first; `home` that of the page."""
    found = PlacesSoFar()
    own = page.vocabulary.data["language"].get("countries", ())
    context = frozenset(countries) | (page.countries - only_tied(page)) | frozenset(map(str, own))
    context |= {home.row.country} if home is not None and home.row.country else set()
    context |= lands_of_names(page, context)
    datelines = in_datelines(page, context, taken)
    context |= {m.place.country for m in datelines.values() if m.place.country}
    opens = may_open(page)
    for sentence in page.sentences:
        i = sentence.i
        while i < sentence.j:
            mention = None
            if i in opens and i not in taken:
                mention = place_at(page, sentence, i, found, context)
            if mention is None:
                i += 1
                continue
            found.take(page, mention)
            i = mention.j
    kept = {i: m for i, m in found.items() if not in_compound(page, m.j)}
    for i, row in settle_namesakes(page, kept, home, context).items():
        kept[i] = instead(page, kept[i], row)
    away = strangers(page, kept)
    kept = {i: m for i, m in kept.items() if i not in away}
    return kept | unlocated(page, taken, kept) | datelines


def lands_of_names(page: Page, context: frozenset[str]) -> set[str]:
    """The countries of names that mean one place alone: "Gaza", unless a country spoken of has a place so named."""
    gazetteer, lands = page.vocabulary.gazetteer, set()
    for norm in {page.norms[i] for i in range(len(page.norms)) if page.capitals[i]}:
        alone = gazetteer.alone(norm)
        own = alone is not None and any(r.country in context and r.lat is not None for r in gazetteer.named(norm))
        if alone is not None and alone.country is not None and not own:
            lands.add(alone.country)
    return lands


def may_open(page: Page) -> set[int]:
    """The tokens at which a place may begin: a name, a country, an article, a direction."""
    words = ARTICLES | page.vocabulary.passed
    begun = {i for i, naming in enumerate(page.naming) if naming}
    return begun.union(page.tokens_among(words, 0, len(page.norms)), page.layered["country"])


def in_compound(page: Page, j: int) -> bool:
    """Whether a name is the first half of a word for who leads or makes something: "U.S.-led", "Iran-backed"."""
    tied = page.vocabulary.data["places"].get("tied", ())
    begin, k = page.tokens.ends[j - 1], j
    while k < len(page.norms) and not page.norms[k][0].isalnum():
        k += 1
    return (
        k < len(page.norms)
        and page.norms[k] in tied
        and page.text[begin : page.tokens.starts[k]].lstrip(".") in HYPHENS
    )


def only_tied(page: Page) -> frozenset[str]:
    """The countries that a page names only as a seat or in a compound: "Britain-based", "U.S.-led"."""
    named = [(str(form.value), j) for j, form in page.layered["country"].values()]
    tied = {country for country, j in named if in_compound(page, j) or base_after(page, j)}
    free = {country for country, j in named if not (in_compound(page, j) or base_after(page, j))}
    peoples = {str(form.value) for _, form in page.layered["demonym"].values()}
    return frozenset(tied - free - peoples)


def instead(page: Page, mention: PlaceMention, row: PlaceRow) -> PlaceMention:
    """The mention with another place of its name."""
    if row.id == mention.place.id:
        return mention
    rows = page.vocabulary.gazetteer.named(" ".join(page.norms[mention.i : mention.j]))
    chosen = mention_of(page, (mention.i, mention.j), row, rows, Support(mention.cue, None, False))
    return chosen._replace(rule=mention.rule)


def in_datelines(page: Page, context: frozenset[str], taken: set[int]) -> dict[int, PlaceMention]:
    """The places that reports were written from: kept in the layer, never a place of events."""
    found: dict[int, PlaceMention] = {}
    for block in page.blocks:
        if block.kind in ("paragraph", "dateline") and block.text_start > block.start:
            i, j = page.between(block.start, block.text_start)
            while i < j:
                mention = from_dateline(page, i, j, context) if i not in taken else None
                if mention is not None:
                    found[i] = mention
                i = mention.j if mention is not None else i + 1
    return found


def from_dateline(page: Page, i: int, end: int, context: frozenset[str]) -> PlaceMention | None:
    """The place whose name begins at token i of a dateline; the agency in brackets is none: "(Xinhua)"."""
    actor = page.form(i, "actor")
    if not page.capitals[i] or (actor is not None and page.norms[i - 1 : i] == ["("]):
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


def place_at(
    page: Page, sentence: Sentence, i: int, found: PlacesSoFar, context: frozenset[str]
) -> PlaceMention | None:
    """The place whose name begins at token i, if one is believed."""
    if (whole := capital_of(page, i) or province_at(page, sentence, i) or area_at(page, sentence, i)) is not None:
        return whole
    if (named := named_after_owner(page, sentence, i, found, context)) is not None:
        return named
    country = page.form(i, "country")
    if country and not longer_actor(page, i, country[0]):
        ends = range(name_end(page, i, sentence.j), country[0], -1)  # "Guatemala City"
        longer = longest_believed(page, i, ends, context, lambda j: support_of(page, sentence, i, j, found))
        beside = support_of(page, sentence, i, country[0], found)
        return longer or namesake_province(page, (i, country[0]), beside) or country_mention(page, i, *country)
    article = page.norms[i] in ARTICLES
    if (article and not opens_name(page, sentence, i)) or not (article or page.naming[i]):
        return None
    respelled = article or maybe_near(page, i)
    for j in range(name_end(page, i, sentence.j), i, -1):
        rows = page.vocabulary.gazetteer.named(" ".join(page.norms[i:j]))
        if not rows and not respelled:
            continue  # no list has it, and no other spelling is worth looking for
        if is_no_name(page, i, j):
            continue
        support = support_of(page, sentence, i, j, found)
        if (told := in_short_province(page, j, rows)) is not None:
            return mention_of(page, (i, j), told, rows, support)
        rows = rows or spelled(page, i, j, support, context)
        if rows:
            row = believed(page, (i, j), rows, support, context)
            if row is not None:
                return mention_of(page, (i, j), row, rows, support)
    return None


def named_after_owner(
    page: Page, sentence: Sentence, i: int, found: PlacesSoFar, context: frozenset[str]
) -> PlaceMention | None:
    """The place whose name holds the "'s" of an owner, which lists write in one word: "Cox's Bazar", "King's Lynn"."""
    if not (page.naming[i] and page.possessive(i + 1)) or i + 2 >= sentence.j or not page.naming[i + 2]:
        return None
    for j in range(name_end(page, i + 2, sentence.j), i + 2, -1):
        rows = page.vocabulary.gazetteer.named(" ".join([page.norms[i] + "s", *page.norms[i + 2 : j]]))
        support = support_of(page, sentence, i, j, found)
        if rows and (row := believed(page, (i, j), rows, support, context)) is not None:
            return mention_of(page, (i, j), row, rows, support)
    return None


def opens_name(page: Page, sentence: Sentence, i: int) -> bool:
    """Whether an Arabic article at token i opens a name, and is no small word of the language: "at Aden", "As Kyiv"."""
    if i + 1 >= sentence.j or not page.capitals[i + 1]:
        return False
    word = i in page.functions or i in page.layered["place_cue"]
    return not word or page.gap(i + 1) in HYPHENS or (page.capitals[i] and i not in page.openings)


def is_no_name(page: Page, i: int, j: int) -> bool:
    """Whether tokens [i, j) are no name of a place, whatever a list has: part of another name, a body, a word."""
    if i in page.hyphened and i - 1 in page.hyphened:
        return True  # "the Officer-in-Charge"
    if not page.naming[j - 1] or longer_actor(page, i, j) or (j == i + 1 and only_a_word(page, i)):
        return True
    return goes_on_hyphened(page, j) or is_acronym(page, j - 1)


def maybe_near(page: Page, i: int) -> bool:
    """Whether a word such as "near" stands a little before token i, so that misspelt names are looked for."""
    near = page.layered["place_near"]
    return bool(near) and any(k in near for k in range(max(0, i - 4), i))


def goes_on_hyphened(page: Page, j: int) -> bool:
    """Whether a name is but the first half of one with a hyphen: "Pont-Sonde" is no Pont."""
    if j not in page.hyphened:
        return False
    if not page.capitals[j]:  # "Croix-des-Bouquets"
        return j + 1 in page.hyphened and page.capitals[j + 1]
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
    told = short_province(page, i) if i > sentence.i + 1 and page.capitals[i - 2] else None
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
    opens = passed(page, i) and i + 1 < sentence.j and page.naming[i + 1]
    if not opens and not (page.naming[i] and page.vocabulary.head_first):
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


def namesake_province(page: Page, where: tuple[int, int], support: Support) -> PlaceMention | None:
    """The province that bears a country's name, where the words beside it say a province: "Negara Bagian Niger"."""
    if support.level != "admin1":
        return None
    rows = page.vocabulary.gazetteer.named(" ".join(page.norms[where[0] : where[1]]))
    row = next((r for r in rows if r.level == "admin1"), None)
    return None if row is None else mention_of(page, where, row, rows, support)


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
