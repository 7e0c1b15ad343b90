"""Numbers with their bounds and spans, and which of them count nothing.

phenomena: digits with either grouping, words, soft words ("puluhan"), bounds before and after
("sedikitnya", "or more"), ranges, half-numbers with "juta". Ages, clock times, dates, unit names,
measures and labels are numbers that count no people and no things: they are kept in the layer with
their reason, and no claim is made of them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from saksi.languages.forms import Form
from saksi.reading.mentions.uncounted import no_count, was_before
from saksi.reading.pages.page import Page
from saksi.reading.values import Quantity

GROUPED = {",": re.compile(r"\d{1,3}(?:,\d{3})+$"), ".": re.compile(r"\d{1,3}(?:\.\d{3})+$")}
NUMBER_LAYERS = ("number", "vague", "one", "both", "both_alone", "bound_before")
ROUND = 100  # a multiple of it is a round number
DASH = re.compile(r"\s?[-–—]\s?$")
NOTHING: dict[str, tuple[int, Form]] = {}  # what a word that is not known means
MOST = 10**12  # nothing that is counted here comes near; what is larger is an account, a key or noise


class Number(NamedTuple):
    """A number at tokens [i, j); its bare figure or word at [core_i, core_j).

    `kind` is `count`, `article` ("a strike"), `both` ("kedua prajurit") or the reason why it counts
    nothing. `whole` is the number it is part of: "22 of the 27".
    """

    i: int
    j: int
    core_i: int
    core_j: int
    quantity: Quantity
    rule: str
    kind: str = "count"
    whole: tuple[int, int, int] | None = None  # value, first and last token

    @property
    def value(self) -> int | None:
        """The one number it is, if it is one."""
        return self.quantity.low if self.quantity.exact else None


def read_numbers(page: Page, taken: set[int]) -> dict[int, Number]:
    """All numbers by the token of their first word (bounds included), outside the tokens taken."""
    numbers: dict[int, Number] = {}
    words = page.tokens_of(*NUMBER_LAYERS)
    for sentence in page.sentences:
        i = sentence.i
        while i < sentence.j:
            known = i in words or page.norms[i][0].isdecimal()
            number = number_at(page, i, sentence.j, taken) if known and i not in taken else None
            if number is None:
                i += 1
                continue
            numbers[number.i] = number
            i = number.j
    return numbers


def number_at(page: Page, i: int, end: int, taken: set[int]) -> Number | None:
    """The number whose first word, or bound, is token i."""
    start = i
    bound = page.form(i, "bound_before")
    if bound:
        i = bound[0]
        again = page.form(i, "bound_before") if i < end else None
        if again and bound[1].value == "filler":
            bound, i = again, again[0]
    if i >= end or i in taken:
        return None
    core = core_at(page, i, end)
    if core is None and bound:
        bound, i = None, start
        core = core_at(page, i, end)
    if core is None:
        return None
    core = with_digits(page, core, end)
    if bound and core.kind in ("article", "both"):
        return None
    if core.kind == "count" and was_before(page, start):
        return core._replace(kind="earlier figure")
    number = with_range(page, core, end)
    number = with_bounds(page, number, bound[1] if bound else None, start, end)
    number = with_whole(page, number, end)
    if bound and bound[1].value == "all_but":
        number = all_but(number)
    reason = no_count(page, number, end)
    return number._replace(kind=reason) if reason else number


def core_at(page: Page, i: int, end: int) -> Number | None:
    """A bare figure or number word at token i."""
    meant = page.meant.get(i, NOTHING)
    for layer, read in CORES:
        if layer == "figure" or layer in meant:
            number = read(page, i, end)
            if number is not None:
                return number
    return None


def plain(i: int, j: int, value: int, rule: str, kind: str = "count") -> Number:
    """A number that is one exact value."""
    return Number(i, j, i, j, Quantity(value, value), rule, kind)


def with_digits(page: Page, number: Number, end: int) -> Number:
    """The number with the same in brackets after it: "one (1)", "satu (1)"."""
    j = number.j
    if j + 2 < end and page.norms[j] == "(" and page.norms[j + 2] == ")" and page.norms[j + 1] == str(number.value):
        return number._replace(j=j + 3, core_j=j + 3)
    return number


def vague_at(page: Page, i: int, end: int) -> Number | None:
    """A soft word such as "puluhan" or "dozens of", with its published range."""
    found = page.form(i, "vague")
    if not found or found[0] > end or (page.function(i, "including") or 0) > found[0]:
        return None  # "sebagian besar" is no "sebagian"
    j, form = found
    if form.value.startswith("some") and j < end and figure_at(page, j, end):
        return None
    return Number(i, j, i, j, Quantity(form.data["low"], form.data["high"], True), form.rule)


def figure_at(page: Page, i: int, end: int) -> Number | None:
    """A figure, with a multiplier after it if one follows: "2,3 juta"."""
    word = page.norms[i]
    if not word[0].isdecimal():
        return None
    numbers = page.vocabulary.data["numbers"]
    value = figure_value(word, numbers["thousands"], numbers["decimal"])
    j, rule = i + 1, "numbers:digits"
    if j < end and (multiplier := page.form(j, "multiplier")) and multiplier[1].value.isdecimal():
        value = value * int(multiplier[1].value) if value is not None else None
        j, rule = multiplier[0], multiplier[1].rule
    if value is not None and value > MOST:
        return Number(i, j, i, j, Quantity(None, None), rule, "more than anything is counted in")
    if value is None or value != int(value):
        return Number(i, j, i, j, Quantity(None, None), rule, "not a whole number")
    return plain(i, j, int(value), rule)


def figure_value(word: str, thousands: str, decimal: str) -> float | None:
    """The value of a figure written either way; None for clock times and other compounds.

    >>> figure_value("1.200", ".", ","), figure_value("2,3", ".", ","), figure_value("16:30", ".", ",")
    (1200.0, 2.3, None)
    """
    if word.isdecimal():
        return float(word)
    if ":" in word:
        return None
    for mark in (thousands, decimal):
        if GROUPED[mark].match(word):
            return float(word.replace(mark, ""))
    whole, _, part = word.partition(decimal)
    return float(f"{whole}.{part}") if whole.isdecimal() and part.isdecimal() else None


def words_at(page: Page, i: int, end: int) -> Number | None:
    """A number in words: "dua puluh satu", "one hundred and two"."""
    total = current = 0
    j, seen, rule = i, False, ""
    joiners = page.vocabulary.data["numbers"].get("joiner", ())
    while j < end:
        word = page.form(j, "number")
        times = page.form(j, "multiplier") if seen else None
        if seen and (half := half_of(page, j)):
            total, current, j = total + current * half[1] + half[1] // 2, 0, half[0]
        elif word:
            if seen and not may_follow(current, int(word[1].value)):
                break
            current += int(word[1].value)
            j, seen, rule = word[0], True, rule or word[1].rule
        elif times:
            total, current = multiplied(total, current, times[1].value)
            j = times[0]
        elif (
            seen
            and ((page.norms[j] in joiners and (total or current >= 100)) or is_cut(page, j))
            and j + 1 < end
            and page.form(j + 1, "number")
        ):
            j += 1
        else:
            break
    return plain(i, j, total + current, rule) if seen else None


def half_of(page: Page, j: int) -> tuple[int, int] | None:
    """Where "and a half million" ends that begins at token j, and the million; None where none begins there."""
    halves = page.vocabulary.phrases(page.vocabulary.data["numbers"].get("halves", ())).by_first
    words = next((w for w in halves.get(page.norms[j], ()) if page.norms[j : j + len(w)] == w), None)
    times = page.form(j + len(words), "multiplier") if words and j + len(words) < len(page.norms) else None
    return (times[0], int(times[1].value)) if times and times[1].value.isdecimal() else None


def is_cut(page: Page, j: int) -> bool:
    """Whether token j is the hyphen at which the end of a line cuts a word in two: "sixty-" and "four" below."""
    cut = page.norms[j] == "-" and not page.gap(j) and j + 1 < len(page.norms)
    return cut and "\n" in page.text[page.tokens.ends[j] : page.tokens.starts[j + 1]]


def may_follow(current: int, value: int) -> bool:
    """Whether a number word goes on with the number before it: "twenty" "one", not "two" "three"."""
    return current == 0 or (current % 100 == 0 and value < 100) or (current % 10 == 0 and value < 10 < current)


def multiplied(total: int, current: int, times: str) -> tuple[int, int]:
    """(total, current) after a multiplier; "belas" makes teens, "puluh" tens."""
    if times == "teen":
        return total, current + 10
    factor = int(times)
    if factor == 10:
        ones, rest = current % 10, current - current % 10
        return total, rest + ones * 10
    if factor == 100:
        ones, rest = current % 100, current - current % 100
        return total, rest + max(ones, 1) * 100
    return total + max(current, 1) * factor, 0


def stands_alone(page: Page, j: int, end: int) -> bool:
    """Whether no noun follows a word that counts: "a second was hurt", "a third, badly hurt", but "a second blast"."""
    if j >= end or not page.norms[j][0].isalnum():
        return True
    conditions = page.vocabulary.data["constructions"].get("conditions", ())
    return j not in page.nouns and (j in page.functions or j in page.verbs or page.any_at(j, conditions))


def one_at(page: Page, i: int, end: int) -> Number | None:
    """An article or a counting prefix that means one: "an", "seorang"."""
    found = page.form(i, "one")
    if not found or found[0] > end or opens_name(page, i):
        return None
    word = page.norms[i]
    separate = page.vocabulary.data["numbers"].get("separate", ())
    if word in separate and found[0] < end and (figure_at(page, found[0], end) or words_at(page, found[0], end)):
        return None  # "another three" are three
    kind = "article" if page.vocabulary.data["numbers"]["words"].get(word) is None else "count"
    more = page.norms[found[0] - 1] in page.vocabulary.data["numbers"].get("one_more", ())
    if more and not stands_alone(page, found[0], end):
        more, found = False, (i + 1, found[1])  # "a second airstrike": an article as any other
    elif more and page.function(found[0], "of") is not None:
        return None  # "a third of the town"
    if kind == "article" and (more or not page.function(i, "article")):
        kind = "count"
    return plain(i, found[0], 1, found[1].rule, kind)


def opens_name(page: Page, i: int) -> bool:
    """Whether a word for one is written as the first of a name inside a sentence: "the camp of An Nuseirat"."""
    if i in page.openings or not page.capitals[i] or page.shouted or not page.norms[i - 1][0].isalnum():
        return False
    return i + 1 < len(page.norms) and page.capitals[i + 1] and not page.block_at(i).titled


def both_at(page: Page, i: int, end: int) -> Number | None:
    """A word for all of two or three already spoken of, before their noun: "both men", "kedua prajurit"."""
    found = page.form(i, "both")
    return all_of(page, i, found) if found and found[0] < end and counts_noun(page, found[0]) else None


def both_alone_at(page: Page, i: int, end: int) -> Number | None:
    """The same without a noun: "both died", "ketiganya tewas"."""
    found = page.form(i, "both_alone")
    return all_of(page, i, found) if found and found[0] < end and means_people(page, found[0]) else None


def all_of(page: Page, i: int, found: tuple[int, Form]) -> Number:
    """How many a word for all of those already spoken of means."""
    values = page.vocabulary.data["numbers"].get("both_values", {})
    return plain(i, found[0], int(values.get(page.norms[i], 2)), found[1].rule, "both")


def counts_noun(page: Page, j: int) -> bool:
    """Whether a noun stands where a number word ends: "both men", but not "both casualties and damage"."""
    noun = page.form(j, "object", "actor", "group")
    if noun is None or page.vocabulary.head_first:
        return noun is not None
    joined = page.function(noun[0], "and")
    if joined is None or joined > noun[0] + 1:  # "both leaders along with a driver"
        return True
    return page.function(joined, "article", "determiner") is not None


def means_people(page: Page, j: int) -> bool:
    """Whether a word for both ends right before what they did or what befell them; not so "both alive and dead"."""
    goes_on = j in page.verbs or page.function(j, "be", "have", "adverb") is not None
    return goes_on and page.function(j + 1, "and") is None


CORES = (
    ("vague", vague_at),
    ("figure", figure_at),
    ("number", words_at),
    ("one", one_at),
    ("both", both_at),
    ("both_alone", both_alone_at),
)


def with_range(page: Page, number: Number, end: int) -> Number:
    """The number joined with the upper end of a range: "7-10", "7 hingga 10"."""
    j = number.j
    if j >= end or not number.quantity.exact or number.kind != "count":
        return number
    words = page.vocabulary.data["numbers"]["range"]
    low = number.quantity.low or 0
    if DASH.match(page.gap(j)) and page.gap(j).strip():
        upper = figure_at(page, j, end)
    elif (page.norms[j] in (*words["to"], "-") and j + 1 < end) or (
        number.i and page.norms[number.i - 1] in words["between"] and page.norms[j] in words["and"] and j + 1 < end
    ):
        upper = core_at(page, j + 1, end)
    else:
        return number
    if upper is None or upper.value is None or upper.value <= low or upper.kind != "count":
        return number
    return number._replace(j=upper.j, core_j=upper.j, quantity=Quantity(low, upper.value))


def with_bounds(page: Page, number: Number, before: Form | None, start: int, end: int) -> Number:
    """The number with what its bound words make of it."""
    if before:
        number = bounded(number._replace(i=start), before)
    after = page.form(number.j, "bound_after") if number.j < end else None
    if after and number.kind == "count" and number.quantity.exact:
        number = bounded(number._replace(j=after[0]), after[1])
    return number


def bounded(number: Number, bound: Form) -> Number:
    """The interval that a bound word makes of an exact number; tolerances stand in the codebook."""
    value = number.value
    if value is None or bound.value in ("filler", "all_but"):
        return number
    made = {
        "at_least": Quantity(value, None),
        "at_least_if_round": Quantity(value, None if value % ROUND == 0 else value),
        "more_than": Quantity(value + 1, None),
        "at_most": Quantity(None, value),
        "less_than": Quantity(None, value - 1),
        "about": about(value, 1.1),
        "nearly": Quantity(about(value, 1.1).low, value, True),
    }[bound.value]
    return number._replace(quantity=made, rule=bound.rule)


def about(value: int, tolerance: float) -> Quantity:
    """The published tolerance for "about": a tenth either way, at least one."""
    slack = max(1, round(value * (tolerance - 1)))
    return Quantity(max(0, value - slack), value + slack, True)


def with_whole(page: Page, number: Number, end: int) -> Number:
    """The number with the total it was taken from: "22 of the 27"."""
    found = page.form(number.j, "of_launched") if number.j < end else None
    if not found or number.kind != "count" or found[0] >= end:
        return number
    whole = figure_at(page, found[0], end) or words_at(page, found[0], end)
    if whole is None or whole.value is None or number.value is None or whole.value < number.value:
        return number
    return number._replace(j=whole.j, whole=(whole.value, whole.i, whole.j))


def all_but(number: Number) -> Number:
    """What is left of a whole: "all but three of the 18" are 15; without a whole those left out count nothing."""
    value = number.value
    if number.whole is None or value is None:
        return number._replace(kind="those left out")
    left = number.whole[0] - value
    return number._replace(quantity=Quantity(left, left), whole=None)
