"""Bodies and whose they are: "jenazah dua korban" are two bodies, "jenazah tiga prajurit yang gugur" three dead."""

from __future__ import annotations

from saksi.reading.mentions.found import Found

DEAD_WITHIN = 5  # words behind the number of those whose bodies they are


def counts_dead(found: Found, at: int) -> bool:
    """Whether who is counted at a token is told as killed too: "jenazah tiga prajurit yang gugur"."""
    number, page = found.numbers.get(at), found.page
    for k in range(number.j, number.j + DEAD_WITHIN) if number is not None else ():
        act = page.form(k, "event")
        if act is not None and act[1].value == "kill":
            return True
        if k >= len(page.norms) or not page.norms[k][0].isalnum():
            break
    return False
