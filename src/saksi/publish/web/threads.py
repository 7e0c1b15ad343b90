"""The threads that answers are made in: few, since Python does one thing at a time, and more would only wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from anyio import CapacityLimiter, to_thread

T = TypeVar("T")
Lane = Literal["quick", "slow", "waiting", "judging"]
THREADS: dict[Lane, int] = {"quick": 1, "slow": 2, "waiting": 16, "judging": 1}


class Threads:
    """The threads of one site, in lanes: what is slow, or only waits for another process, holds nobody up."""

    def __init__(self) -> None:
        self.limits: dict[Lane, CapacityLimiter] = {}

    async def run(self, work: Callable[..., T], *given: Any, lane: Lane = "quick") -> T:
        """The outcome of some work in a thread."""
        if lane not in self.limits:
            self.limits[lane] = CapacityLimiter(THREADS[lane])
        return await to_thread.run_sync(work, *given, limiter=self.limits[lane])
