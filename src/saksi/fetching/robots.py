"""What a site lets programs fetch: its robots.txt, read by the rules of RFC 9309."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

LARGEST = 500_000  # bytes that are looked at
LONGEST_DELAY = 60.0  # seconds; a site that asks for more is asked this seldom, and not more seldom


class Robots(msgspec.Struct):
    """The rules of one site at a moment; `closed` says why nothing is fetched, `again` whether it may be later."""

    at: datetime
    rules: Any = None
    closed: str | None = None
    again: bool = False

    def allows(self, address: str, agent: str) -> bool:
        """Whether a page may be fetched."""
        return self.rules is None or bool(self.rules.can_fetch(address, agent))

    def delay(self, agent: str) -> float:
        """The seconds that the site asks for between two requests."""
        said = self.rules.crawl_delay(agent) if self.rules is not None else None
        return min(float(said), LONGEST_DELAY) if said else 0.0


def rules_of(data: bytes) -> Any:
    """The rules in a robots.txt; what is none, as a page instead, forbids nothing."""
    from protego import Protego

    try:
        return Protego.parse(data[:LARGEST].decode("utf-8", "replace"))
    except Exception:  # whatever stands there, it must not stop the others
        return None
