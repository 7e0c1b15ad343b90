"""How numbers are told to people: open ends in words, and nouns that agree with them.

An open bound is told as the text has it: "more than 180,000" is kept as 180,001 and above, a number that nobody said.
"""

from __future__ import annotations

ROUND = 2  # digits of a round number that are not 0: 180,000 and 1,900, but not 1,310
SMALL = 20  # "11 or more" is told as it is


def just_over(low: int) -> int | None:
    """The round number that a bound lies just above: 180000 for 180001; None for any other."""
    below = low - 1
    is_round = below >= SMALL and below % 10 == 0 and len(str(below).rstrip("0")) <= ROUND
    return below if is_round else None


def figure(low: int | None, high: int | None) -> str:
    """Bounds as people write them: 12, 12 or more, more than 180000, 12-15, up to 15."""
    if low == high:
        return "unknown" if low is None else str(low)
    if low is None or high is None:
        return f"up to {high}" if low is None else at_least(low)
    return f"{low}-{high}" if low else f"up to {high}"


def at_least(low: int) -> str:
    """A low without a high: 12 or more, more than 180000."""
    over = just_over(low)
    return f"{low} or more" if over is None else f"more than {over}"


def some(number: int, noun: str) -> str:
    """A number with its noun: 1 tension, 2,000 tensions."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
