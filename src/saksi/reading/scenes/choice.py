"""The likeliest of a claim's options: their signs' weights add up, and what is likelier than nothing is chosen.

The weights are learned so that exp(sum) is in proportion to how often an option is right (a conditional logit,
McFadden 1974); mentions of one place or of the same days add up, those of one voice do not.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

from saksi.reading.scenes.ground import Option

FAR = -999  # no day's number
TO_THE_DAY = 0.1  # what days that are right are worth beside days that are right within one


class Weighed:
    """Options with their share of all that could be meant; `none` is the share of nothing on the page."""

    def __init__(self, options: Sequence[Option], scores: Sequence[float], *, empty: bool) -> None:
        top = max((0.0, *scores))
        parts = [math.exp(s - top) for s in scores]
        nothing = math.exp(-top) if empty else 0.0
        whole = sum(parts) + nothing
        self.options = options
        self.shares = [p / whole for p in parts]
        self.none = nothing / whole

    def by(self, keys: Sequence[Hashable]) -> dict[Hashable, float]:
        """The shares added up by what the options mean, in the order of the page."""
        found: dict[Hashable, float] = {}
        for key, share in zip(keys, self.shares, strict=True):
            found[key] = found.get(key, 0.0) + share
        return found

    def highest(self, keys: Sequence[Hashable]) -> dict[Hashable, float]:
        """The largest share of what means the same: who is heard all over a page need not tell all that it tells."""
        found: dict[Hashable, float] = {}
        for key, share in zip(keys, self.shares, strict=True):
            found[key] = max(found.get(key, 0.0), share)
        return found

    def best(self, key: Hashable) -> Option:
        """The likeliest mention of a key, of equals the first."""
        own = [n for n, o in enumerate(self.options) if o.key == key]
        return self.options[max(own, key=lambda n: (self.shares[n], -n))]


def likeliest(shares: dict[Hashable, float]) -> tuple[Hashable, float]:
    """The key with the largest share; of equals the first."""
    return max(shares.items(), key=lambda found: found[1])


def likeliest_days(shares: Mapping[Any, float]) -> tuple[Any, float]:
    """The days most likely right within one at either end, with the share of all that agree with them.

    A night is told as the day it begins and as the day it ends, an arrest as of a day and as of all days until it is
    told: of what may be meant, those are chosen that are seldom far off, and rather those that are right to the day.
    """
    ends = {key: (number_of(key[0]), number_of(key[1])) for key in shares}
    every = [(*ends[key], share) for key, share in shares.items()]
    agreed = {
        key: sum(share for first, last, share in every if abs(first - begin) <= 1 and abs(last - end) <= 1)
        for key, (begin, end) in ends.items()
    }
    best = max(agreed, key=lambda key: (agreed[key] + TO_THE_DAY * shares[key], shares[key]))
    return best, agreed[best]


def number_of(day: date | None) -> int:
    """The number of a day, for days are counted apart faster by number; that of an open end lies near none."""
    return FAR if day is None else day.toordinal()
