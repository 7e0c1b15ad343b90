"""The time of day and waiting, so that whoever fetches can be given another clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This moment, in UTC, to the second."""
        return datetime.now(UTC).replace(microsecond=0)

    def sleep(self, seconds: float) -> None:
        """Waits."""
        time.sleep(seconds)
