"""Numbers in words: "dua puluh satu", "one hundred and two", "two and a half million", "dua setengah juta"."""

from __future__ import annotations

from typing import NamedTuple

from saksi.reading.pages.page import Page


class Spelled(NamedTuple):
    """A number in words that ends before token j, and the rule of its first word."""

    value: int
    j: int
    rule: str


def spelled_at(page: Page, i: int, end: int) -> Spelled | None:
    """The number in words that begins at token i, as far as it goes."""
    total = current = 0
    j, seen, rule = i, False, ""
    while j < end:
        word = page.form(j, "number")
        times = page.form(j, "multiplier") if seen else None
        half = half_more(page, j, end) if seen else None
        if half:
            total, current, j = total + int((current + 0.5) * half[0]), 0, half[1]
        elif word:
            if seen and not may_follow(current, int(word[1].value)):
                break
            current += int(word[1].value)
            j, seen, rule = word[0], True, rule or word[1].rule
        elif times:
            total, current = multiplied(total, current, times[1].value)
            j = times[0]
        elif seen and joins(page, j, end, total or current):
            j += 1
        else:
            break
    return Spelled(total + current, j, rule) if seen else None


def joins(page: Page, j: int, end: int, so_far: int) -> bool:
    """Whether token j joins two parts of one number: the "and" of "one hundred and two", the hyphen at a line's end."""
    joiner = page.norms[j] in page.vocabulary.data["numbers"].get("joiner", ()) and so_far >= 100
    return (joiner or is_cut(page, j)) and j + 1 < end and page.form(j + 1, "number") is not None


def half_more(page: Page, j: int, end: int) -> tuple[int, int] | None:
    """What a half and more is of, and the token behind: "and a half million", "setengah juta"; None where it is not."""
    k = page.phrase_end(j, page.vocabulary.data["numbers"].get("half_more", ()))
    times = page.form(k, "multiplier") if k is not None and k < end else None
    if times is None or not times[1].value.isdecimal() or int(times[1].value) <= 1:
        return None
    return int(times[1].value), times[0]


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
