"""How a claim's place, days and speaker are known: `stated`, `carried`, `presumed` or `proposed`.

Stated: words of the claim's own sentence. Carried: words elsewhere on the page that set the scene or introduce the
voice. Presumed: a convention (the dateline's country, the day of publication, what a source usually does). Proposed:
words of the page that only a second reader, such as a model, takes for it; so are whole claims (`claim_grounds`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, Literal, Protocol, get_args

Ground = Literal["stated", "carried", "presumed", "proposed"]
GROUNDS: tuple[str, ...] = get_args(Ground)  # the strongest first
WEAKEST_FIRST = GROUNDS[::-1]
COLUMNS = {"place_grounds": "place", "days_grounds": "period", "speaker_grounds": "speaker"}
GRADED = (*COLUMNS, "claim_grounds")  # the columns that hold a ground; of the last, null is the rules' own reading
grounds_in: Callable[[Any], tuple[str | None, ...]] = attrgetter(*GRADED)  # the grounds of a row
PROPOSED = "proposed"
READER = "reader:"  # what the rule of a second reader's evidence begins with, then its name and the rule
# words that do not name the place they tell: of a town its country, of a party its home, where a report was written
CONVENTIONS = frozenset(("registers/actors:country", "reading/scenes:country", "reading/scenes:dateline"))


class Known(Protocol):
    """An entry of evidence, as far as grounds go."""

    @property
    def field(self) -> str:
        """The field of the contract it is of."""

    @property
    def start(self) -> int | None:
        """Where its words begin, None where there are none."""

    @property
    def rule(self) -> str:
        """The rule that read it."""

    @property
    def inferred(self) -> bool:
        """Whether no words of the claim's own sentence say it."""


def grounds_of(evidence: Iterable[Known], begin: int, end: int, *, dated: bool) -> dict[str, str | None]:
    """For each column the weakest ground of its field; None where the field is empty. The sentence is [begin, end).

    `dated` tells whether any day is known: words such as "Wednesday" give none without a day of publication.
    """
    entries = list(evidence)
    found: dict[str, str | None] = {}
    for column, field in COLUMNS.items():
        own = [e for e in entries if e.field == field]
        own = own[:1] if field == "speaker" else own  # the body that a speaker speaks for follows
        found[column] = weakest(ground_of(e, begin, end) for e in own)
    return found if dated else found | {"days_grounds": None}


def ground_of(entry: Known, begin: int, end: int) -> str:
    """The ground of one entry; a row that people coded states all it says."""
    if entry.rule.startswith(READER):
        return PROPOSED
    if entry.rule in CONVENTIONS:
        return "presumed"
    if entry.start is not None:
        return "stated" if begin <= entry.start < end else "carried"
    return "presumed" if entry.inferred else "stated"


def weakest(grounds: Iterable[str | None]) -> str | None:
    """The weakest of some grounds."""
    told = tuple(grounds)
    for ground in WEAKEST_FIRST:
        if ground in told:
            return ground
    return None


def as_strong(ground: str) -> Sequence[str]:
    """A ground and all stronger ones."""
    return GROUNDS[: GROUNDS.index(ground) + 1]
