"""What stands beside a time in its sentence: a word of saying, an act, a mark; and whose act stands nearest to it.

"Killed, he said on Sunday" tells when he spoke, "three men held after a raid on Tuesday" when the raid was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from saksi.reading.clauses.items import Item
from saksi.reading.mentions.times import Time
from saksi.reading.scenes.ground import Asked, Ground, Option
from saksi.reading.voices.attributions import documents_of

BACK, ON = 8, 6  # items before and after a time that are looked at
NAMED = {"say": "saying", "carriers": "saying", "verb": "act", "light": "act", "time": "time"}
QUOTES = frozenset(('"', "”"))


class Neighbours(NamedTuple):
    """The nearest word that tells something before a time and behind it, and the mark right before it."""

    behind: str
    mark: str
    before: str
    possessive: bool


class Beside:
    """The sentences of a page, to be asked what stands beside their times."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.page = ground, ground.page
        self.documents = documents_of(self.page)
        self.found: dict[int, list[int]] = {}
        self.inquiries: dict[int, bool] = {}

    def of(self, time: Time) -> Neighbours | None:
        """What stands beside a time; None where its sentence took its words for something else."""
        items = self.ground.told[self.ground.sentence(time.i)].items
        k = next((n for n, i in enumerate(items) if i.time is not None and i.i == time.i), None)
        if k is None:
            return None
        behind = next((w for i in reversed(items[max(0, k - BACK) : k]) if (w := self.tells(i))), "nothing")
        before = next((w for i in items[k + 1 : k + 1 + ON] if (w := self.tells(i))), "nothing")
        mark = "start" if not k else items[k - 1].name if items[k - 1].kind == "mark" else ""
        return Neighbours(behind, mark, before, self.page.possessive(time.j - 1))

    def tells(self, item: Item) -> str | None:
        """What an item tells of: a saying, an act, a document, a time; None for all else."""
        if item.kind in NAMED:
            return NAMED[item.kind]
        if item.group is not None and item.group.event:
            return "act"
        if item.name in QUOTES:
            return "quote"
        norms = self.page.norms
        return "document" if any(norms[n] in self.documents for n in range(item.i, item.j)) else None

    def acts(self, sentence: int) -> list[int]:
        """The items of a sentence that are acts, in order."""
        found = self.found.get(sentence)
        if found is None:
            items = self.ground.told[sentence].items
            found = self.found[sentence] = [k for k, item in enumerate(items) if is_act(item)]
        return found

    def inquired(self, sentence: int) -> bool:
        """Whether a sentence tells of an inquiry: what is taken in one is taken some time after what it looks into."""
        found = self.inquiries.get(sentence)
        if found is None:
            told = self.ground.told[sentence].sentence
            listed = self.page.vocabulary.data["times"].get("inquiries", ())
            found = self.inquiries[sentence] = any(self.page.norms[k] in listed for k in range(told.i, told.j))
        return found


def is_act(item: Item) -> bool:
    """Whether an item is an act: its verb, or its noun."""
    return item.kind in ("verb", "light") or (item.group is not None and bool(item.group.event))


def beside_signs(found: Neighbours | None) -> Iterator[str]:
    """The signs of what stands beside a time."""
    if found is None:
        return
    yield f"behind {found.behind}"
    yield f"behind {found.behind}, {found.mark}"
    yield f"behind {found.behind}, before {found.before}"
    yield f"before {found.before}"
    if found.possessive:
        yield "possessive"


def nearest_act(beside: Beside, asked: Asked, option: Option) -> tuple[str, str]:
    """Whether the claim's act or another of its sentence stands nearest to a time there, and that one on which side."""
    ground, page = beside.ground, beside.page
    items = ground.told[asked.sentence].items
    k = ground.item(option.sentence, option.at)
    span = asked.claim.kind.span
    i, j = page.between(span.start, span.end) if span is not None else (-1, -1)
    acts = beside.acts(asked.sentence)
    own = min((abs(n - k) for n in acts if items[n].i < j and i < items[n].j), default=len(items))
    others = [n for n in acts if not (items[n].i < j and i < items[n].j)]
    near = min(others, key=lambda n: abs(n - k), default=None)
    if near is None or own <= abs(near - k):
        return "own act nearest", ""
    between = min(k, asked.item) <= near <= max(k, asked.item)
    return "another act nearer", f"{'behind' if near < k else 'before'}, {'between' if between else 'beyond'}"


def act_signs(which: str, where: str) -> Iterator[str]:
    """The signs of whose act stands nearest."""
    yield which
    if where:
        yield f"{which}, {where}"
        yield from (f"{which}, {part}" for part in where.split(", "))


def inquiry_signs(kind: str, how: str) -> Iterator[str]:
    """The signs of an inquiry in a claim's own sentence."""
    yield f"inquiry, {how}"
    yield f"{kind} in an inquiry, {how}"
