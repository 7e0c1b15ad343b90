"""Places told by what was done to them: "shelled Gossi", "entered Kavumu", "retook Khiam", "merebut Dekai"."""

from __future__ import annotations

from saksi.reading.pages.page import Page

DONE_TO_PLACES = frozenset(
    (
        "capture_place",
        "withdraw",
        "displace",
        "attack",
        "bomb",
        "shell",
        "hit",
        "aim_at",
        "search",
        "clear_mines",
        "damage",
    )
)  # fmt: skip


def struck_or_taken(page: Page, i: int) -> bool:
    """Whether what is done to places stands right before token i, as an active verb or a word of going there."""
    if page.any_before(i, page.vocabulary.data["places"].get("done_to", ())):
        return True
    begin = page.ending_at(i, "event")
    form = page.layered["event"][begin][1] if begin is not None else None
    return form is not None and form.value in DONE_TO_PLACES and form.voice in ("active", "either")
