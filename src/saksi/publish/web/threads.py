"""The threads that answers are made in: few, since Python does one thing at a time, and more would only wait."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

T = TypeVar("T")
QUICK, SLOW = 1, 4


class Threads:
    """The threads of one site; what may take long has its own, so that it holds nobody else up."""

    def __init__(self) -> None:
        self.limits: dict[bool, CapacityLimiter] = {}

    async def run(self, work: Callable[..., T], *given: Any, slow: bool = False) -> T:
        """The outcome of some work in a thread."""
        if slow not in self.limits:
            self.limits[slow] = CapacityLimiter(SLOW if slow else QUICK)
        return await to_thread.run_sync(work, *given, limiter=self.limits[slow])

    def of(
        self, answer: Callable[[Request], Response], *, slow: bool = False
    ) -> Callable[[Request], Awaitable[Response]]:
        """An answer made in a thread, so that others are served meanwhile."""

        async def handle(request: Request) -> Response:
            return await self.run(answer, request, slow=slow)

        return handle
