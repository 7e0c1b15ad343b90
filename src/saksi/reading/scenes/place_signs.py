"""The signs of a place, as texts that a person can read: what each part of the evidence says for or against it."""

from __future__ import annotations

from collections.abc import Iterator

from saksi.reading.scenes.ground import SHARED, sorted_signs
from saksi.reading.weights import Signs


def rules_signs(how: str, rule: str, beside: str = "") -> Iterator[str]:
    """The signs of what the constructions gave a claim; `beside`: how a place stands to it."""
    yield f"rules {how}"
    if rule:
        yield f"rules {how}, {rule}"
    if beside:
        yield f"rules say {beside}"
        yield f"rules say {beside}, {rule}"


def own_sentence_signs(here: bool, named: bool, cued: bool) -> Iterator[str]:
    """The signs of a place behind a word of place in the claim's own sentence, and of others where it has one."""
    if here:
        yield f"own sentence, behind {'a word of place' if cued else 'nothing'}"
    else:
        yield f"elsewhere, own sentence names {'a place' if named else 'none'}"


def acting_signs(kind: str) -> Iterator[str]:
    """The signs of a country or town that only stands for its government, which acts or speaks."""
    yield "acts"
    yield f"acts, {kind}"


def total_signs(scope: str, level: str) -> Iterator[str]:
    """The signs of the place of what is no single incident."""
    yield f"{scope}, {level}"


SIGNS: dict[str, Signs] = SHARED | {
    "place apart": sorted_signs, "place rules": rules_signs, "place of": total_signs,
    "place acts": acting_signs, "place own": own_sentence_signs,
}  # fmt: skip
