"""Numbers that count nothing: names, dates, ages, sizes, distances, money, labels.

A reason is a word for people ("label", "measure", "year"), kept as the number's kind. phenomena: digits in names
(Yonif 321), ages in brackets, ordinals, plates, years before a happening (the 1965 killings).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from saksi.reading.pages.page import Page

if TYPE_CHECKING:
    from saksi.reading.mentions.numbers import Number

PART_OF_WORD = "part of a word"
FAR = 6  # words between one of growing and the figure that it grew from: "climbed to 14 people from 9"
CHANGED = 12  # words behind a figure within which it is said to have changed
HYPHENS = frozenset("-‑–")
STOPS = frozenset((".", ",", ";", ":", "!", "?"))
JOINED = 5  # words before a dash among which the first of two counts stands
OLDEST = 120  # an age is less
YEARS = range(1900, 2100)
LAST_DAY = 31
HOURS, MINUTES = 24, 60
UNIT = 3  # words of a unit's name behind its figure
LONGEST_SIZE = 6  # words that make a number the size of a thing
STREET = 5  # words from the word for a street to the number of a house
CODE, SHORT = 3, 2  # letters of a code before a number, and of a label that ends in a dot: "no."
CURRENCY = frozenset("$€£¥") | {"rp", "usd", "us$"}
DEGREES = frozenset("°′″")


def no_count(page: Page, number: Number, end: int) -> str | None:
    """Why a number counts no people and no things, or None."""
    i, j, norms = number.core_i, number.j, page.norms
    if number.kind == "article":
        return "measure" if j < end and page.form(j, "units") and not page.form(j, "object", "event") else None
    if number.kind != "count":
        return None
    if hyphenated(page, j, end):
        return PART_OF_WORD
    if tells_size(page, number.i):
        return "size"
    if len(norms[i]) > 1 and not norms[i].strip("0"):
        return "label"  # the end of a figure that was cut: "13 , 000"
    if norms[i][0].isdecimal():
        named = names_unit(page, j, end) or closes_name(page, i, j, end)
        reason = "label" if named else label_reason(page, i, j, end)
        if reason:
            return reason
    if j < end and page.form(j, "units") and not page.form(j, "object"):
        return "measure"
    if j < end and norms[j] == "year" and j + 1 < end and norms[j + 1] == "old":
        return "age"
    return None


def was_before(page: Page, i: int) -> bool:
    """Whether a number is what another grew from, or was put right: "rose from 9 to 14", "14 died, not 20"."""
    if is_refused(page, i):
        return True
    growth = page.vocabulary.data["numbers"].get("growth")
    if growth is not None and was_first_told(page, i, growth):
        return True
    if growth is None or i < 2 or page.norms[i - 1] not in growth["from"]:
        return False
    for norm in reversed(page.norms[max(0, i - 1 - FAR) : i - 1]):
        if norm in growth["words"]:
            return True
        if norm in STOPS:
            return False
    return False


def is_refused(page: Page, i: int) -> bool:
    """Whether a number is what another figure is told not to be: "twelve people died, not 20 as the rebels say"."""
    if not 3 <= i < len(page.norms) or page.norms[i - 2] != "," or page.function(i - 1, "negation") is None:
        return False
    word = page.form(i, "number")
    if not page.norms[i][0].isdecimal() and (word is None or word[1].value == "1"):
        return False  # "no soldiers", "not one soldier"
    figures = page.layered["number"]
    for k in range(i - 3, max(-1, i - 3 - FAR), -1):
        if page.norms[k] in STOPS:
            return False
        if page.norms[k][0].isdecimal() or k in figures:
            return True
    return False


def was_first_told(page: Page, i: int, growth: dict[str, list[str]]) -> bool:
    """Whether a number is what was told before it changed: "initially put at eight, was revised to six"."""
    if not page.any_before(i, growth.get("former", ())):
        return False
    rest = page.norms[i : i + CHANGED]
    end = next((k for k, norm in enumerate(rest) if norm == "."), len(rest))
    return any(norm in growth["words"] for norm in rest[:end])


def tells_size(page: Page, i: int) -> bool:
    """Whether the words before a number make it the size of a thing: "gedung berlantai lima", "a crew of six"."""
    begin = page.ending_at(i, "sizes")
    return begin is not None and begin >= i - LONGEST_SIZE


def hyphenated(page: Page, j: int, end: int) -> bool:
    """Whether a number is tied to the word after it: "the 11-floor building", "a five-member team"."""
    tied = j < end and page.gap(j) in ("-", "‑") and page.norms[j][0].isalpha() and not page.form(j, "multiplier")
    loose = j + 1 < end and page.norms[j] in HYPHENS and page.form(j + 1, "units") is not None
    if loose and page.gap(j) and page.norms[j + 1].endswith(str(page.vocabulary.data["language"]["plural"])):
        return False  # "killed 12 - hours later"
    return tied or loose  # "a 41- year old", "a 41 - year old"


def label_reason(page: Page, i: int, j: int, end: int) -> str | None:
    """Why a figure is a name, a date, an age or an amount of money."""
    norms, before = page.norms, page.norms[i - 1] if i else ""
    after = norms[j] if j < end else ""
    if before in CURRENCY or after in ("%", "persen"):
        return "measure"
    if "/" in (before, after) or ":" in norms[i] or is_clock(page, i, j, end) or is_day_of_year(page, i, j, end):
        return "date or clock"
    if i and page.gap(i) in ("", "-", "–") and before[-1:].isalnum() and not before[0].isdecimal():
        return None if joins_counts(page, i, j, end) else "name"
    if page.gap(j) == "" and j < end and page.capitals[j] and after.isalpha():
        return "name"  # "10News"
    if is_score(page, i) or is_score(page, i - 1):
        return "score"
    if (before == "[" and after == "]") or DEGREES & {before, after}:
        return "label"  # a footnote, a coordinate
    if page.gap(j) == "" and ends_ordinal(page, after):
        return "ordinal"
    if before == "(" and after == ")" and i > 1 and (page.capitals[i - 2] or norms[i - 2][0].isalpha()):
        return "age or label"
    if before == "," and is_age(norms[i]) and (follows_name(page, i - 1, after) or follows_one(page, i - 1, after)):
        return "age or label"
    if i and (
        in_address(page, i, j, end)
        or ends_with_label(page, i)
        or (goes_on(page, i) and not (j < end and page.form(j, "object", "classifiers")))
    ):
        return "label"
    if norms[i].isdecimal() and len(norms[i]) == 4 and int(norms[i]) in YEARS:
        capitals = not page.vocabulary.head_first and j + 1 < end and page.capitals[j] and page.capitals[j + 1]
        named = capitals and not page.shouted  # "the 1951 Refugee Convention"
        counts = counted_noun(page, j, end) and (j in page.nouns or page.form(j, "classifiers") is not None)
        return "year" if named or not counts or dates_noun(page, i, j) else None  # "HDR 2005 diluncurkan"
    return None


def is_clock(page: Page, i: int, j: int, end: int) -> bool:
    """Whether four figures behind an "at" are an hour and its minutes: "at 2220 last night"."""
    figure, before = page.norms[i], page.norms[i - 1] if i else ""
    told = before in page.vocabulary.data["numbers"].get("before_clock", ()) and figure.isdecimal() and len(figure) == 4
    hour = told and int(figure[:2]) < HOURS and int(figure[2:]) < MINUTES
    return hour and not counted_noun(page, j, end)


def is_day_of_year(page: Page, i: int, j: int, end: int) -> bool:
    """Whether a figure is a day cut off from its month, or its year: "Feb . 2 , 2009 the guard was hurt"."""
    day, comma, year = (i, j, j + 1) if i in page.openings else (i - 2, i - 1, i)
    if day not in page.openings or year >= end or page.norms[comma] != ",":
        return False
    figures = page.norms[day], page.norms[year]
    return all(f.isdecimal() for f in figures) and is_date(int(figures[0]), int(figures[1]))


def is_date(day: int, year: int) -> bool:
    """Whether two figures can be the day of a month and a year."""
    return 0 < day <= LAST_DAY and year in YEARS


def in_address(page: Page, i: int, j: int, end: int) -> bool:
    """Whether a figure is the number of a house: "Jl Melati 12, Bandung"."""
    streets = page.vocabulary.data["numbers"].get("streets", ())
    opens = next((k for k in range(i - 2, max(0, i - STREET) - 1, -1) if page.norms[k] in streets), None)
    closed = j >= end or not page.norms[j][0].isalnum()
    return opens is not None and closed and STOPS.isdisjoint({*page.norms[opens:i]} - {"."})


def is_score(page: Page, i: int) -> bool:
    """Whether figures at token i are no range, since they fall or go on: "an 88-72 loss", "15-21, 14-21"."""
    if not is_pair(page, i):
        return False
    goes_on = page.norms[i + 2 : i + 3] == [","] and is_pair(page, i + 3)
    went_on = i > 2 and page.norms[i - 1] == "," and is_pair(page, i - 3)
    return int(page.norms[i]) >= int(page.norms[i + 1]) or goes_on or went_on


def is_pair(page: Page, i: int) -> bool:
    """Whether two figures of up to three digits stand at token i, joined by a hyphen."""
    if i < 0 or i + 1 >= len(page.norms) or page.gap(i + 1) not in ("-", "–"):
        return False
    return all(page.norms[k].isdecimal() and len(page.norms[k]) <= CODE for k in (i, i + 1))


def names_unit(page: Page, j: int, end: int) -> bool:
    """Whether capitals that end with a word for a unit follow a figure: "the 44 Engineering Brigade"."""
    if page.shouted or j >= end or page.block_at(j).titled:
        return False
    units = page.vocabulary.data["numbers"].get("named_units", ())
    for k in range(j, min(j + UNIT, end)):
        if not page.capitals[k]:
            return False
        if page.norms[k] in units:
            return True
    return False


def closes_name(page: Page, i: int, j: int, end: int) -> bool:
    """Whether a figure ends a name that no list has, with nothing behind it to count: "TB Sinar Mahakam 7 di"."""
    if page.shouted or i < 2 or not page.norms[i].isdecimal() or len(page.norms[i]) > CODE:
        return False
    named = all(page.capitals[k] and k not in page.hits and page.gap(k + 1) == " " for k in (i - 2, i - 1))
    behind = j >= end or not page.norms[j][0].isalnum() or page.function(j, "in", "on", "from", "to", "of") is not None
    return named and behind and not page.block_at(i).titled


def dates_noun(page: Page, i: int, j: int) -> bool:
    """Whether a year dates the happening named after it: "the 1965 killings", "a 2019 attack"; "2019 attacks" count."""
    noun = page.form(j, "event")
    if noun is None or page.form(j, "object") is not None or page.vocabulary.head_first:
        return False
    many = page.norms[noun[0] - 1].endswith(str(page.vocabulary.data["language"]["plural"]))
    return not many or (i > 0 and page.function(i - 1, "determiner") is not None)


def follows_name(page: Page, k: int, after: str) -> bool:
    """Whether the comma at token k parts a name from its age: "Garcia Alvarado, 56, was", "killing Ana Ruiz, 40."."""
    capitals = k > 0 and page.capitals[k - 1]
    full = capitals and k > 2 and page.capitals[k - 2] and page.gap(k - 1) == " "
    full = full and not (page.shouted and (k - 1 in page.hits or k - 2 in page.hits))  # where all are capitals
    full = full and page.function(k - 3, "in", "near", "from", "on", "to") is None  # "in San Salvador, 15."
    if after == ";":  # "Ana Ruiz, 40; Luis Mora, 31"
        return full and not page.vocabulary.gazetteer.has(" ".join(page.norms[k - 2 : k]))
    return (capitals and after == ",") or (full and after in ("", ".") and not page.block_at(k).titled)


def follows_one(page: Page, k: int, after: str) -> bool:
    """Whether the comma at token k parts somebody told as one from an age: "a nurse, 38, was", "and her son, 9."."""
    person = page.form(k - 1, "object") if k else None
    many = str(page.vocabulary.data["language"]["plural"])
    if person is None or after not in (",", ".", "") or person[1].value not in page.vocabulary.people:
        return False
    opens = any(page.function(n, "article", "determiner") is not None for n in range(max(0, k - FAR), k))
    if page.vocabulary.head_first:  # "seorang guru, 38, dan anaknya, 9,"
        owned = str(page.vocabulary.data["language"].get("possessive") or " ")
        opens = opens or page.norms[k - 1].endswith(owned) or (k > 1 and page.form(k - 2, "one") is not None)
    return opens and not (many and page.norms[k - 1].endswith(many))


def is_age(norm: str) -> bool:
    """Whether a figure can be how old somebody is."""
    return norm.isdecimal() and len(norm) < 4 and int(norm) < OLDEST


def joins_counts(page: Page, i: int, j: int, end: int) -> bool:
    """Whether a dash only joins a count to one whose act ends before it: "3 Orang Tewas-14 Orang Terluka".

    An act ends what it befalls only where heads stand first: "3 killed-14 hurt" is no English.
    """
    if not page.vocabulary.head_first or page.gap(i) == "" or page.form(i - 1, "event") is None:
        return False
    before = page.norms[max(0, i - JOINED) : i - 1]
    return any(norm[0].isdecimal() for norm in before) and counted_noun(page, j, end)


def counted_noun(page: Page, j: int, end: int) -> bool:
    """Whether a noun that can be counted follows."""
    return j < end and page.form(j, "object", "classifiers", "event") is not None


def ends_ordinal(page: Page, norm: str) -> bool:
    """Whether a token behind figures makes them an ordinal: "3rd"."""
    return norm in page.vocabulary.data["numbers"].get("ordinal_ends", ())


def ends_with_label(page: Page, i: int) -> bool:
    """Whether the words before token i make its number a name: "Yonif 321", "usia 19", "plate no. GP 7720"."""
    norms, abbreviated = page.norms, page.vocabulary.data["language"]["abbreviations"]
    for end in (i, i - 1) if is_code(page, i - 1) else (i,):
        dot = end > 0 and norms[end - 1] == "."
        if page.ending_at(end - dot, "labels") is None:
            continue
        for k in range(max(0, end - dot - 2), end - dot):
            found = page.form(k, "labels")
            if found is None or found[0] != end - dot:
                continue
            if dot and len(norms[k]) > SHORT and norms[k] not in abbreviated:
                continue
            if end < i or not (k == i - 1 and norms[k] in ("s", "b", "c", "f", "m", "k")):
                return True
    return False


def goes_on(page: Page, i: int) -> bool:
    """Whether a figure goes on with one that is a name: "aged 7 and 9", "divisions 3 and 5"."""
    words = page.vocabulary.data["numbers"]["range"]
    joined = i > 2 and page.norms[i - 1] in (*words["and"], *words["to"]) and page.norms[i - 2].isdecimal()
    return joined and ends_with_label(page, i - 2)


def is_code(page: Page, k: int) -> bool:
    """Whether a token is a few capitals, as stand before the figures of a plate or a unit: "GP 7720", "Yonif R 321"."""
    return k >= 0 and len(page.norms[k]) <= CODE and page.norms[k].isalpha() and page.span(k, k + 1).text.isupper()
