"""Whether a capitalised name is a place here, and which of the places of that name.

A name is believed when a word of place stands beside it ("in", "kota", "province"), when it goes on
from a place ("Andar district, Ghazni"), or when many people live there. Ordinary words that are also
place names ("Hit", "Tank") need such a word and a country of the context as well. Of several places
of one name, the country of the context, the level named beside it and the population decide.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from saksi.reading.mentions.described import owned, sort_of_list
from saksi.reading.mentions.likeliest import likeliest
from saksi.reading.mentions.struck import struck_or_taken
from saksi.reading.pages.page import Page, Sentence
from saksi.reading.values import Place
from saksi.registers.places.folding import fold
from saksi.registers.places.gazetteer import PlaceRow

LARGE = 100_000  # a town of so many people is believed without a word of place beside it
SMALL_TOWN = 20_000
VERY_LARGE = 500_000  # and one of so many even where nothing else of its country is named
RIVAL = 5
CODE = 2  # letters of a province's postal code: "TX"
SHORT_WORD = 4  # letters; longer words behind a word of place are seldom anything but a name
SPELLED = 0.7  # likeness (difflib's ratio) of two spellings of one name: "Baquba", "Ba'qubah"
PARTS = frozenset(("al", "ar", "as", "ad", "an", "at", "az", "ash", "el", "abu", "umm", "wadi", "ein", "beit", "bir"))
AGED, OLDEST = 3, 110  # tokens of an age in brackets; an age is less
LONGEST_CUE, LONGEST_TYPE, LONGEST_ROLE = 3, 2, 3  # words of a word of place, a sort of place, a role before a name
ORDINARY = frozenset(("event", "object", "say", "roles", "titles", "time_word", "place_type", "light", "scope"))
LONGEST_ACRONYM = 6  # letters; longer words of mixed letters are names


class PlaceMention(NamedTuple):
    """A place at tokens [i, j); `cue` is the word of place before it, `near` whether it is "near"."""

    i: int
    j: int
    place: Place
    rule: str
    cue: str | None


class PlacesSoFar(dict[int, PlaceMention]):
    """The places that were read on a page up to here, by their first token, and by their words."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[tuple[str, ...]] = set()

    def take(self, page: Page, mention: PlaceMention) -> None:
        """Keeps the next place."""
        self[mention.i] = mention
        self.names.add(tuple(page.norms[mention.i : mention.j]))

    def named(self, page: Page, i: int, j: int) -> bool:
        """Whether a name of two words or more was read as a place before."""
        return j - i > 1 and tuple(page.norms[i:j]) in self.names


class Support(NamedTuple):
    """What around a name speaks for a place."""

    cue: str | None
    level: str | None
    follows_place: bool

    @property
    def any(self) -> bool:
        """Whether anything does."""
        return bool(self.cue or self.level or self.follows_place)


def passed(page: Page, i: int) -> bool:
    """Whether token i is a word between a word of place and the name: "in northern Burkina Faso"."""
    return page.norms[i] in page.vocabulary.passed


def is_acronym(page: Page, i: int) -> bool:
    """Whether token i is written as the initials of a body, small letters among them: "MoH", "MoPW"."""
    word = page.word(i)
    return not page.shouted and len(word) < LONGEST_ACRONYM and word[-1].isupper() and any(map(str.islower, word))


def support_of(page: Page, sentence: Sentence, i: int, j: int, found: PlacesSoFar) -> Support:
    """The words around tokens [i, j) that speak for a place."""
    types = page.form(j, "place_type") if j < sentence.j else None
    level = types[1].value if types else None
    level = level or sort_before(page, sentence, i)
    level = level or sort_of_list(page, i, j)
    follows = follows_place(page, i, found) or follows_village(page, i) or found.named(page, i, j)
    follows = follows or owned(page, i, found) or struck_or_taken(page, i)
    return Support(cue_before(page, i), level, follows)


def sort_before(page: Page, sentence: Sentence, i: int) -> str | None:
    """The sort of place that is told right before token i: "provinsi", "negara bagian"."""
    k = type_before(page, i)
    return page.layered["place_type"][k][1].value if k is not None and k >= sentence.i else None


def type_before(page: Page, i: int) -> int | None:
    """Where the sort of place begins that stands right before token i: "kota", "kamp pengungsi"."""
    begin = page.ending_at(i, "place_type")
    return begin if begin is not None and begin >= i - LONGEST_TYPE else None


def short_province(page: Page, i: int) -> tuple[str, str] | None:
    """The country and name of a province written short at token i, after a comma: "Paris, Ill.", "Austin, TX"."""
    short = page.vocabulary.data["places"].get("provinces_short")
    if not short or not 0 < i < len(page.norms) or page.norms[i - 1] != "," or not page.capitals[i]:
        return None
    dotted = i + 1 < len(page.norms) and page.norms[i + 1] == "." and page.gap(i + 1) == ""
    word = page.word(i)
    if not dotted and (page.shouted or not (len(word) == CODE and word.isupper())):
        return None  # where all are capitals, "KILLED, OR" is no Oregon
    return next(((country, names[page.norms[i]]) for country, names in short.items() if page.norms[i] in names), None)


def cue_before(page: Page, i: int) -> str | None:
    """The word of place before token i; "near" where the words say so. "northern" and "the" are passed."""
    while i and passed(page, i - 1):
        i -= 1
    if ends_before(page, i, "place_near"):
        return "near"
    if ends_before(page, i, "place_cue"):
        return page.norms[i - 1]
    if (k := type_before(page, i)) is not None:
        return cue_before(page, k) or page.norms[i - 1]
    if i > 2 and page.vocabulary.head_first and page.norms[i - 1] == ",":
        return cue_of_chain(page, i)
    if i > 1 and describes_place(page, i - 1):
        found = page.form(i - 2, "place_cue")
        return page.norms[i - 2] if found and found[0] == i - 1 else None
    return None


def ends_before(page: Page, i: int, layer: str) -> bool:
    """Whether a form of a layer, of up to three words, ends right before token i."""
    begin = page.ending_at(i, layer)
    return begin is not None and begin >= i - LONGEST_CUE


def cue_of_chain(page: Page, i: int) -> str | None:
    """The word of place before a street or site that a chain of places begins with: "di Jalan Legian, Kuta"."""
    k = i - 2
    while k > 0 and page.capitals[k - 1] and page.norms[k] not in page.vocabulary.site_words:
        k -= 1
    return cue_before(page, k) if page.norms[k] in page.vocabulary.site_words else None


def describes_place(page: Page, k: int) -> bool:
    """Whether a plain small word stands between a word of place and a name: "in restive Pattani"."""
    return not page.capitals[k] and page.norms[k].isalpha() and k not in page.hits and not page.vocabulary.head_first


def follows_place(page: Page, i: int, found: dict[int, PlaceMention]) -> bool:
    """Whether a place ends just before, with a comma, a bracket or "and" between."""
    near = (found[k] for k in range(max(0, i - 5), i) if k in found)
    return any(p.j < i <= p.j + 2 and between_places(page, p.j, i) for p in near)


def follows_village(page: Page, i: int) -> bool:
    """Whether a name of a sort of place that no list has ends just before: "Distrik Serambakon, ..."."""
    k = i - 1
    if k < 1 or page.norms[k] != ",":
        return False
    while k and page.capitals[k - 1] and page.form(k - 1, "place_type") is None:
        k -= 1
    return 0 < k < i - 1 and page.form(k - 1, "place_type") is not None


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
    best = likeliest(rows, support.level, context)
    alone = page.vocabulary.gazetteer.alone(" ".join(page.norms[i:j])) if support.level is None else None
    best = alone if alone is not None and (alone.country == best.country or best.lat is None) else best
    known = best.country in context or best.country is None
    if not known and foreign(page, where, best, support):
        return None
    if page.shouted and j - i == 1 and support.level != best.level and not stands_out(page, i, best, known=known):
        return None
    if page.small and not widely_known(page, where, best, support.any if known else None):
        return None
    if j - i == 1 and is_doubtful(page, i, best):
        typed = support.level is not None and support.level == best.level  # "Tank district"
        spoken = support.any and (known or typed) and not first_word(page, i)
        return best if spoken and not is_other_name(best.name, page.norms[i]) else None
    named = j - i == 1 and (inside_name(page, i, j) or is_code(page, i, best))
    if after_title(page, i) or is_aged(page, j) or named:
        return None
    if not support.cue and best.population < LARGE and (j - i == 1 and is_other_name(best.name, page.norms[i])):
        return None  # "Old", of Old Town
    if support.cue or support.level or (support.follows_place and known):
        if not known and support.level not in (None, best.level):
            return None  # "Desa Astina" is no city abroad
        one_country = len({row.country for row in rows}) == 1
        return best if known or one_country or best.population >= SMALL_TOWN or support.level else None
    if j - i == 1 and page.norms[i] in page.surnames:
        return None
    if known and j - i > 1 and best.level in ("admin1", "admin2"):
        return best  # "Raja Ampat", "Intan Jaya": a name of two words in a country spoken of
    if not known and context:
        return best if best.population >= VERY_LARGE and without_rival(best, rows) else None
    return best if best.population >= LARGE else None


def land_of_all(rows: Sequence[PlaceRow]) -> str | None:
    """The country in which all places of one name lie, the most populous first, where that one is large."""
    alone = len({row.country for row in rows}) == 1 and rows[0].population >= LARGE
    return rows[0].country if alone else None


def foreign(page: Page, where: tuple[int, int], best: PlaceRow, support: Support) -> bool:
    """Whether a name is none of a place in a country not spoken of: a direction, ordinary words, far-fetched."""
    i, j = where
    if is_direction(page, i, j) or only_words(page, where, best):
        return True  # "in the North West" of Nigeria is no province of South Africa; "May Day"
    return country_after(page, j) not in (None, best.country) or far_fetched(page, where, best, support)


def only_words(page: Page, where: tuple[int, int], best: PlaceRow) -> bool:
    """Whether a name of several words is made of ordinary ones alone, and of no province that everybody knows.

    The West Bank is one; "Western Area" and "Central Region" are directions and sorts of place wherever they are.
    """
    i, j = where
    if j - i == 1 or any(page.norms[k] not in page.vocabulary.not_places for k in range(i, j)):
        return False
    if best.level != "admin1" or best.population < VERY_LARGE:
        return True
    directions = page.vocabulary.data["places"].get("directions", ())
    return all(page.norms[k] in directions or passed(page, k) or page.form(k, "place_type") for k in range(i, j))


def is_doubtful(page: Page, i: int, best: PlaceRow) -> bool:
    """Whether one word is more likely to be a word than a place: an ordinary one, an acronym, one of the page's own.

    "Kali ini" opens a sentence of a page that has "kali" in small letters too; no town of few people is meant by it.
    """
    if page.norms[i] in page.vocabulary.not_places or len(page.norms[i]) < 3 or short(page, i):
        return True
    return best.population < VERY_LARGE and page.norms[i] in page.lowered


def is_code(page: Page, i: int, best: PlaceRow) -> bool:
    """Whether a short word is only the code or the nickname of a place: "Was" of Washington, "Sam" of Damascus.

    A regency bears the name of its island ("Kabupaten Nias"); counties of English-speaking lands bear people's.
    """
    letters, spoken = len(page.norms[i]), page.vocabulary.data["places"].get("bears_words", ())
    if letters > SHORT_WORD or page.word(i).isupper() or (best.population >= VERY_LARGE and letters == SHORT_WORD):
        return False  # "Wina" is Vienna
    own = page.norms[i] in fold(best.name).split()
    if best.country not in spoken and (letters == SHORT_WORD or (own and best.level in ("admin1", "admin2"))):
        return False  # "Bost" is Lashkar Gah
    return (letters < SHORT_WORD and not own) or is_other_name(best.name, page.norms[i])


def base_after(page: Page, j: int) -> bool:
    """Whether a place is where somebody has their seat: "London-based"."""
    return j < len(page.norms) and page.norms[j] == "based"


def is_direction(page: Page, i: int, j: int) -> bool:
    """Whether a name is nothing but a direction: "North East"."""
    words = page.vocabulary.data["places"].get("directions", ())
    return all(norm in words for k in range(i, j) for norm in page.norms[k].split("-"))


def far_fetched(page: Page, where: tuple[int, int], best: PlaceRow, support: Support) -> bool:
    """Whether a word abroad is another name of its place, or a part of a longer one: "HHs", "Part of", "Al Amal".

    A town that everybody knows may be told in the page's own language: "di Kairo".
    """
    name = page.norms[where[0] : where[1]]
    large = best.population >= VERY_LARGE
    if len(name) > 1:
        return name[0] in PARTS and best.population < LARGE
    if support.cue and (large or len(name[0]) > SHORT_WORD):
        own = bool(page.vocabulary.data["language"].get("countries"))  # where names that no list has are sooner at home
        return own and best.population < SMALL_TOWN and name[0] not in fold(best.name).split()  # "Sinak", Singac
    return is_other_name(best.name, name[0])


@lru_cache(maxsize=50_000)  # news names the same towns again and again
def is_other_name(name: str, words: str) -> bool:
    """Whether folded words are quite another name than the one that a place bears first: "Rasa", of a town of Ross."""
    compared = difflib.SequenceMatcher(None, fold(name), words)
    bounds = compared.real_quick_ratio, compared.quick_ratio  # of the ratio from above, and sooner known
    return any(bound() < SPELLED for bound in bounds) or compared.ratio() < SPELLED


def widely_known(page: Page, where: tuple[int, int], best: PlaceRow, supported: bool | None) -> bool:
    """Whether a name without a capital is one that a reader knows: no word of ours, and many people live there."""
    i, j = where
    if j - i == 1 and i in page.hits and "place_cue" not in {f.layer for h in page.hits[i] for f in h.forms}:
        return False
    if supported is None:  # in a country that nothing speaks of
        return best.population >= VERY_LARGE and len(page.norms[i]) > 4
    return best.population >= (SMALL_TOWN if supported else LARGE)


def stands_out(page: Page, i: int, best: PlaceRow, *, known: bool) -> bool:
    """Whether one word of a text that is all capitals is a place: no word of ours, no other name, no village abroad.

    "CONGRESS", "WAR" and "JUSTICE" are towns of a country that speaks the page's language: there only cities count.
    """
    word = page.means(i, ORDINARY) or i in page.functions or page.norms[i] in page.vocabulary.not_places
    if word or (page.norms[i] not in fold(best.name).split() and is_other_name(best.name, page.norms[i])):
        return False
    spoken = page.vocabulary.data["places"].get("bears_words", ())
    return best.population >= (VERY_LARGE if not known else LARGE if best.country in spoken else 0)


def short(page: Page, i: int) -> bool:
    """Whether token i is a short word of capitals, in a text that is not all of them: an acronym, no town."""
    word = page.word(i)
    return len(word) <= 5 and word.isupper() and not page.shouted


def without_rival(best: PlaceRow, rows: tuple[PlaceRow, ...]) -> bool:
    """Whether no place of that name in another country comes near in people."""
    return all(r.population * RIVAL < best.population for r in rows if r.country != best.country)


def inside_name(page: Page, i: int, j: int) -> bool:
    """Whether the name goes on after the place, so that it is an office or a house: "Bank of Ceylon Building"."""
    if j >= len(page.norms) or not page.capitals[j] or page.gap(j) != " " or (page.shouted and j in page.hits):
        return False  # "IN AREQUIPA ON MONDAY": where all are capitals, a known word ends the name
    return not page.block_at(i).titled and not page.form(
        j, "place_type", "time_cue", "country", "demonym", "actor", "time_word"
    )


def first_word(page: Page, i: int) -> bool:
    """Whether token i opens its sentence, where a capital says nothing."""
    return i in page.openings


def is_aged(page: Page, j: int) -> bool:
    """Whether an age in brackets follows a name, so that it is a person's: "Maria (27)"."""
    told = page.norms[j : j + 3]
    return len(told) == AGED and told[0] == "(" and told[2] == ")" and told[1].isdecimal() and 0 < int(told[1]) < OLDEST


def after_title(page: Page, i: int) -> bool:
    """Whether a title, a first name or an English role stands before token i, so that it is a person's name."""
    if i == 0:
        return False
    role = None if page.vocabulary.head_first else page.ending_at(i, "roles")
    if role is not None and role >= i - LONGEST_ROLE:
        return True  # "Vice President Harris", but "Gubernur Papua"
    return page.form(i - 1, "titles") is not None and page.gap(i).strip(" .") == ""
