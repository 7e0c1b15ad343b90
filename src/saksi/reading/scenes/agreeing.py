"""Days of a figure that a page tells several times: each telling speaks a little for the days of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable

from saksi.reading.scenes.choice import Weighed

OTHERS = 0.5  # what the other tellings are worth beside a claim's own, as good as any on documents held back


def heard_together(told: Iterable[tuple[Hashable, Weighed]]) -> None:
    """Mixes into the shares of each telling of a figure those that the same days have where it is told again."""
    tellings: defaultdict[Hashable, list[Weighed]] = defaultdict(list)
    for figure, weighed in told:
        tellings[figure].append(weighed)
    for several in tellings.values():
        if len(several) > 1:
            mix(several)


def mix(tellings: list[Weighed]) -> None:
    """Mixes the shares of several tellings; what none of a telling's own options means stays out of it."""
    own = [weighed.by([o.key for o in weighed.options]) for weighed in tellings]
    every: defaultdict[Hashable, float] = defaultdict(float)
    for key, share in (pair for shares in own for pair in shares.items()):
        every[key] += share
    none, others = sum(w.none for w in tellings), len(tellings) - 1
    for weighed, shares in zip(tellings, own, strict=True):
        worth = {k: (s + OTHERS * (every[k] - s) / others) / (1 + OTHERS) / s if s else 0.0 for k, s in shares.items()}
        weighed.shares = [s * worth[o.key] for o, s in zip(weighed.options, weighed.shares, strict=True)]
        weighed.none = (weighed.none + OTHERS * (none - weighed.none) / others) / (1 + OTHERS)
