"""Lengths of time in words ("two and a half years", "several weeks"), as TIMEX3 writes them: P2Y, PXW.

The words stand in each language's times.yml: `lengths` gives the pattern of each with N for how many,
`ordinals`, `seasons`, `decades`, `beside` (last, this, next) and `thirds` (early, mid, late) what the other words of
soft times mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

WORDS = frozenset(("amount", "length", "length2", "plus"))  # pieces whose words are no one number
NAMED = {"nth": "ordinals", "season": "seasons", "decade": "decades", "beside": "beside", "third": "thirds"}


def soft_names(times: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """What the words of each soft piece mean, in small letters as texts are matched."""
    return {piece: {str(k).lower(): int(v) for k, v in times.get(key, {}).items()} for piece, key in NAMED.items()}


def soft_pieces(data: Mapping[str, Any]) -> dict[str, str]:
    """The pieces that soft forms are made of."""
    times, numbers = data["times"], data["numbers"]
    pieces = {piece: f"(?P<{piece}>(?i:{listed(words)}))" for piece, words in soft_names(times).items()}
    pieces["decade"] = rf"(?P<decade>(?:1[5-9]|20)?\d0(?=[s-])|(?i:{listed(times.get('decades', ()))}))"
    pieces["length"] = f"(?P<length>(?i:{listed(times.get('lengths', ()))}))"
    pieces["length2"] = pieces["length"].replace("length", "length2")
    pieces["plus"] = f"(?P<plus>(?i:{listed(times.get('halves', ()))}))"
    word = f"(?:{listed([*numbers['words'], *numbers['multipliers']])})"
    figure = r"\d[\d.,]*(?: 1/2|½)?"
    pieces["amount"] = rf"(?P<amount>{figure}|(?i:{word}(?:[ -]{word})*))"
    return pieces


def listed(words: Iterable[Any]) -> str:
    """Words as alternatives, the longest first; one that never matches where there are none."""
    ordered = sorted(map(str, words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", " ") for w in ordered) or r"(?!)"


def timex_of_length(match: Mapping[str, str | None], data: Mapping[str, Any], amount: str | None) -> str | None:
    """The TIMEX3 value of a matched length of time; `amount` is how many where the form itself says it."""
    length = match.get("length")
    if length is None:
        return None
    pattern = str(data["times"]["lengths"][length.lower()])
    words = match.get("amount")
    many = amount or ("1" if words is None else amount_of(words.lower(), data["numbers"]))
    whole, _, part = many.partition(".")
    if (part == "5" or match.get("plus")) and pattern in HALVES:
        return HALVES[pattern].format(whole)
    return re.sub("N0*", "X", pattern) if many == "X" else pattern.replace("N", many)


HALVES = {"PNY": "P{}Y6M", "PTNH": "PT{}H30M"}  # "two and a half years"


def amount_of(words: str, numbers: Mapping[str, Any]) -> str:
    """How many, as TIMEX3 writes it; X where the words do not say."""
    if words[0].isdigit():
        return figure_of(words, str(numbers["decimal"]), str(numbers["thousands"]))
    total = current = 0
    for word in re.split(r"[ -]", words):
        times = numbers["multipliers"].get(word)
        if times is None:
            current += int(numbers["words"].get(word, 0))
        elif times == "teen":
            current += 10
        else:
            current = max(current, 1) * int(times)
            if times >= 1000:
                total, current = total + current, 0
    return str(total + current) if total + current else "X"


def figure_of(words: str, decimal: str, thousands: str) -> str:
    """A figure as TIMEX3 writes it: "2 1/2" is 2.5."""
    half = "½" in words or "1/2" in words
    figure = re.split(r"[ ½]", words)[0].rstrip(".,").replace(thousands, "").replace(decimal, ".")
    return figure + ".5" if half else figure
